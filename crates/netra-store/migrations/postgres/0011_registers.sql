-- Lists of people that are held against one another: candidates or party members, and civil servants. What a list says
-- about people is encrypted under a key of its own, which the office's key encrypts; without that key, which goes on the
-- day that was set, nothing of it can be read again. What stays is the record of who did what when.

CREATE TABLE register_lists (
    id         TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    office     TEXT COLLATE "C" NOT NULL,
    kind       TEXT COLLATE "C" NOT NULL,
    regime     TEXT COLLATE "C" NOT NULL,
    dated      TEXT COLLATE "C" NOT NULL,    -- the day of which the list is
    about      BYTEA NOT NULL,    -- title and purpose, encrypted under the office's key: they outlive the list
    entries    BIGINT NOT NULL,
    rejected   BIGINT NOT NULL,
    imported   BIGINT NOT NULL,
    account    TEXT COLLATE "C" NOT NULL,    -- who imported it
    delete_on  TEXT COLLATE "C" NOT NULL,
    deleted    BIGINT,
    deleted_by TEXT COLLATE "C"              -- nothing: the program itself, on the day
);

CREATE INDEX register_lists_by_office ON register_lists (office, imported);

-- The key of a list, and its rows. Neither is in a backup: the day of deletion holds everywhere.
CREATE TABLE register_keys (
    list       TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    sealed_key BYTEA NOT NULL
);

CREATE TABLE register_parts (
    list TEXT COLLATE "C" NOT NULL,
    n    BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (list, n)
);

-- A comparison of two lists.
CREATE TABLE register_runs (
    id         TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    office     TEXT COLLATE "C" NOT NULL,
    candidates TEXT COLLATE "C" NOT NULL,
    servants   TEXT COLLATE "C" NOT NULL,
    earlier    TEXT COLLATE "C",             -- the list before, of the same kind
    state      TEXT COLLATE "C" NOT NULL,
    permille   BIGINT NOT NULL,
    beat       BIGINT NOT NULL, -- when it last gave a sign of life, or ended
    started    BIGINT NOT NULL,
    account    TEXT COLLATE "C" NOT NULL,
    model      TEXT COLLATE "C" NOT NULL,
    counts     TEXT COLLATE "C" NOT NULL     -- as JSON: numbers only
);

CREATE INDEX register_runs_by_office ON register_runs (office, started);

-- A pair without the people in it: what agreed, as the names of the model's figures.
CREATE TABLE register_pairs (
    id          TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    office      TEXT COLLATE "C" NOT NULL,
    run         TEXT COLLATE "C" NOT NULL,
    n           BIGINT NOT NULL, -- its place among the pairs of the run
    class       TEXT COLLATE "C" NOT NULL,
    probability BIGINT NOT NULL, -- in ten-thousandths
    entry       TEXT COLLATE "C" NOT NULL,    -- whether the candidate is new on the list
    figures     TEXT COLLATE "C" NOT NULL
);

CREATE UNIQUE INDEX register_pairs_by_run ON register_pairs (run, n);
CREATE INDEX register_pairs_by_office ON register_pairs (office);

-- The people in pairs and in what changed, encrypted under the key of the candidates' list. Not in a backup.
CREATE TABLE register_bodies (
    id   TEXT COLLATE "C" PRIMARY KEY NOT NULL, -- of the pair or the run
    run  TEXT COLLATE "C" NOT NULL,
    body BYTEA NOT NULL
);

CREATE INDEX register_bodies_by_run ON register_bodies (run);

CREATE TABLE register_decisions (
    pair    TEXT COLLATE "C" NOT NULL,
    n       BIGINT NOT NULL,
    office  TEXT COLLATE "C" NOT NULL,
    account TEXT COLLATE "C" NOT NULL,
    at      BIGINT NOT NULL,
    verdict TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (pair, n),
    UNIQUE (pair, account)
);

CREATE TABLE register_outcomes (
    pair    TEXT COLLATE "C" NOT NULL,
    n       BIGINT NOT NULL,
    office  TEXT COLLATE "C" NOT NULL,
    account TEXT COLLATE "C" NOT NULL,
    at      BIGINT NOT NULL,
    result  TEXT COLLATE "C" NOT NULL,
    note    BYTEA NOT NULL, -- what was seen, encrypted under the key of the candidates' list
    PRIMARY KEY (pair, n)
);

-- Who looked at what, and when.
CREATE TABLE register_log (
    seq     BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    office  TEXT COLLATE "C" NOT NULL,
    account TEXT COLLATE "C",          -- nothing: the program itself
    at      BIGINT NOT NULL,
    what    TEXT COLLATE "C" NOT NULL,
    list    TEXT COLLATE "C",
    subject TEXT COLLATE "C",          -- the comparison or the pair
    detail  BYTEA NOT NULL  -- what was looked for, encrypted under the key of the list; mostly empty
);

CREATE INDEX register_log_by_office ON register_log (office, seq);

-- Neither decisions nor the log are ever changed or removed: the program takes these rights from itself.
REVOKE UPDATE, DELETE, TRUNCATE ON register_decisions FROM CURRENT_USER;
REVOKE UPDATE, DELETE, TRUNCATE ON register_log FROM CURRENT_USER;
