-- Lists of people that are held against one another: candidates or party members, and civil servants. What a list says
-- about people is encrypted under a key of its own, which the office's key encrypts; without that key, which goes on the
-- day that was set, nothing of it can be read again. What stays is the record of who did what when.

CREATE TABLE register_lists (
    id         TEXT PRIMARY KEY NOT NULL,
    office     TEXT NOT NULL,
    kind       TEXT NOT NULL,
    regime     TEXT NOT NULL,
    dated      TEXT NOT NULL,    -- the day of which the list is
    about      BLOB NOT NULL,    -- title and purpose, encrypted under the office's key: they outlive the list
    entries    INTEGER NOT NULL,
    rejected   INTEGER NOT NULL,
    imported   INTEGER NOT NULL,
    account    TEXT NOT NULL,    -- who imported it
    delete_on  TEXT NOT NULL,
    deleted    INTEGER,
    deleted_by TEXT              -- nothing: the program itself, on the day
) STRICT;

CREATE INDEX register_lists_by_office ON register_lists (office, imported);

-- The key of a list, and its rows. Neither is in a backup: the day of deletion holds everywhere.
CREATE TABLE register_keys (
    list       TEXT PRIMARY KEY NOT NULL,
    sealed_key BLOB NOT NULL
) STRICT;

CREATE TABLE register_parts (
    list TEXT NOT NULL,
    n    INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (list, n)
) STRICT;

-- A comparison of two lists.
CREATE TABLE register_runs (
    id         TEXT PRIMARY KEY NOT NULL,
    office     TEXT NOT NULL,
    candidates TEXT NOT NULL,
    servants   TEXT NOT NULL,
    earlier    TEXT,             -- the list before, of the same kind
    state      TEXT NOT NULL,
    permille   INTEGER NOT NULL,
    beat       INTEGER NOT NULL, -- when it last gave a sign of life, or ended
    started    INTEGER NOT NULL,
    account    TEXT NOT NULL,
    model      TEXT NOT NULL,
    counts     TEXT NOT NULL     -- as JSON: numbers only
) STRICT;

CREATE INDEX register_runs_by_office ON register_runs (office, started);

-- A pair without the people in it: what agreed, as the names of the model's figures.
CREATE TABLE register_pairs (
    id          TEXT PRIMARY KEY NOT NULL,
    office      TEXT NOT NULL,
    run         TEXT NOT NULL,
    n           INTEGER NOT NULL, -- its place among the pairs of the run
    class       TEXT NOT NULL,
    probability INTEGER NOT NULL, -- in ten-thousandths
    entry       TEXT NOT NULL,    -- whether the candidate is new on the list
    figures     TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX register_pairs_by_run ON register_pairs (run, n);
CREATE INDEX register_pairs_by_office ON register_pairs (office);

-- The people in pairs and in what changed, encrypted under the key of the candidates' list. Not in a backup.
CREATE TABLE register_bodies (
    id   TEXT PRIMARY KEY NOT NULL, -- of the pair or the run
    run  TEXT NOT NULL,
    body BLOB NOT NULL
) STRICT;

CREATE INDEX register_bodies_by_run ON register_bodies (run);

CREATE TABLE register_decisions (
    pair    TEXT NOT NULL,
    n       INTEGER NOT NULL,
    office  TEXT NOT NULL,
    account TEXT NOT NULL,
    at      INTEGER NOT NULL,
    verdict TEXT NOT NULL,
    PRIMARY KEY (pair, n),
    UNIQUE (pair, account)
) STRICT;

CREATE TABLE register_outcomes (
    pair    TEXT NOT NULL,
    n       INTEGER NOT NULL,
    office  TEXT NOT NULL,
    account TEXT NOT NULL,
    at      INTEGER NOT NULL,
    result  TEXT NOT NULL,
    note    BLOB NOT NULL, -- what was seen, encrypted under the key of the candidates' list
    PRIMARY KEY (pair, n)
) STRICT;

-- Who looked at what, and when.
CREATE TABLE register_log (
    seq     INTEGER PRIMARY KEY,
    office  TEXT NOT NULL,
    account TEXT,          -- nothing: the program itself
    at      INTEGER NOT NULL,
    what    TEXT NOT NULL,
    list    TEXT,
    subject TEXT,          -- the comparison or the pair
    detail  BLOB NOT NULL  -- what was looked for, encrypted under the key of the list; mostly empty
) STRICT;

CREATE INDEX register_log_by_office ON register_log (office, seq);

CREATE TRIGGER register_decisions_are_never_changed BEFORE UPDATE ON register_decisions
BEGIN
    SELECT RAISE(ABORT, 'decisions about pairs are never changed');
END;

CREATE TRIGGER register_decisions_are_never_removed BEFORE DELETE ON register_decisions
BEGIN
    SELECT RAISE(ABORT, 'decisions about pairs are never removed');
END;

CREATE TRIGGER register_log_is_never_changed BEFORE UPDATE ON register_log
BEGIN
    SELECT RAISE(ABORT, 'the log of lists is never changed');
END;

CREATE TRIGGER register_log_is_never_removed BEFORE DELETE ON register_log
BEGIN
    SELECT RAISE(ABORT, 'the log of lists is never removed');
END;
