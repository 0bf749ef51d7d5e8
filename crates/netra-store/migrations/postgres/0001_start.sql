-- The first shape of the store. Times are whole seconds since 1970; moments that keep their zone
-- are RFC 3339 text. Ids are hyphenated lower-case UUIDs or office ids. Texts are compared byte by byte, so
-- that lists have the same order as in the embedded database.

-- Who works here -------------------------------------------------------------------------------

CREATE TABLE offices (
    id     TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    body   TEXT COLLATE "C" NOT NULL, -- the whole office as JSON
    parent TEXT COLLATE "C",
    kind   TEXT COLLATE "C" NOT NULL
);

CREATE INDEX offices_by_parent ON offices (parent);

-- What decrees change after the packs were made; office is NULL for the whole country.
CREATE TABLE calendar_changes (
    seq      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    office   TEXT COLLATE "C" REFERENCES offices (id),
    date     TEXT COLLATE "C" NOT NULL,
    kind     TEXT COLLATE "C" NOT NULL,
    name     TEXT COLLATE "C" NOT NULL,
    decree   TEXT COLLATE "C" NOT NULL,
    recorded TEXT COLLATE "C" NOT NULL,
    account  TEXT COLLATE "C"
);

CREATE INDEX calendar_changes_by_office ON calendar_changes (office, seq);

CREATE TABLE accounts (
    id            TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    office        TEXT COLLATE "C" NOT NULL REFERENCES offices (id),
    login         TEXT COLLATE "C" NOT NULL UNIQUE,
    name          TEXT COLLATE "C" NOT NULL,
    role          TEXT COLLATE "C" NOT NULL,
    password_hash TEXT COLLATE "C" NOT NULL,
    state         TEXT COLLATE "C" NOT NULL
);

CREATE INDEX accounts_by_office ON accounts (office);

CREATE TABLE sessions (
    token_hash TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    account    TEXT COLLATE "C" NOT NULL REFERENCES accounts (id),
    created    BIGINT NOT NULL,
    expires    BIGINT NOT NULL
);

CREATE INDEX sessions_by_account ON sessions (account);

CREATE TABLE login_failures (
    login TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    count BIGINT NOT NULL,
    until BIGINT NOT NULL
);

-- The record -----------------------------------------------------------------------------------

CREATE TABLE acts (
    seq      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- order of commit
    id       TEXT COLLATE "C" NOT NULL UNIQUE,
    matter   TEXT COLLATE "C" NOT NULL,
    n        BIGINT NOT NULL,
    office   TEXT COLLATE "C" NOT NULL,
    kind     TEXT COLLATE "C" NOT NULL,
    at       BIGINT NOT NULL,
    recorded BIGINT NOT NULL,
    body     BYTEA NOT NULL, -- the canonical bytes: everything else in this row is taken from them
    UNIQUE (matter, n)
);

-- An act is never changed or removed: the program takes these rights from itself.
REVOKE UPDATE, DELETE, TRUNCATE ON acts FROM CURRENT_USER;


CREATE TABLE vault (
    id     TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    matter TEXT COLLATE "C" NOT NULL,
    salt   BYTEA NOT NULL,
    body   BYTEA NOT NULL -- canonical JSON of the private value
);

CREATE INDEX vault_by_matter ON vault (matter);

-- A private value may lawfully be erased, but never replaced.
REVOKE UPDATE, TRUNCATE ON vault FROM CURRENT_USER;

CREATE TABLE receipts (
    token_hash TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    code_hash  TEXT COLLATE "C" NOT NULL UNIQUE,
    matter     TEXT COLLATE "C" NOT NULL
);

CREATE TABLE sequences (
    office TEXT COLLATE "C" NOT NULL,
    series TEXT COLLATE "C" NOT NULL,
    year   BIGINT NOT NULL,
    last   BIGINT NOT NULL,
    PRIMARY KEY (office, series, year)
);

-- Projections: computed from the acts, may be deleted and rebuilt at any time -----------------------

CREATE TABLE matters (
    matter       TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    home         TEXT COLLATE "C" NOT NULL,
    office       TEXT COLLATE "C" NOT NULL,
    regime       TEXT COLLATE "C" NOT NULL,
    origin       TEXT COLLATE "C" NOT NULL,
    number       TEXT COLLATE "C",
    subject_line TEXT COLLATE "C" NOT NULL,
    stage        TEXT COLLATE "C" NOT NULL,
    opened       TEXT COLLATE "C" NOT NULL,
    next_clock   TEXT COLLATE "C",
    next_due     TEXT COLLATE "C",
    owner        TEXT COLLATE "C",
    length       BIGINT NOT NULL
);

-- One row for each office that may see the matter: whoever has no row here sees nothing.
CREATE TABLE desk (
    office TEXT COLLATE "C" NOT NULL,
    matter TEXT COLLATE "C" NOT NULL,
    open   BIGINT NOT NULL,
    due    BIGINT NOT NULL, -- 9223372036854775807 without a clock
    stage  TEXT COLLATE "C" NOT NULL,
    owner  TEXT COLLATE "C",
    PRIMARY KEY (office, matter)
);

CREATE INDEX desk_in_order ON desk (office, open, due, matter, stage, owner);
CREATE INDEX desk_by_matter ON desk (matter);

CREATE TABLE notices (
    act    TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    matter TEXT COLLATE "C" NOT NULL,
    office TEXT COLLATE "C" NOT NULL,
    at     BIGINT NOT NULL,
    moment TEXT COLLATE "C" NOT NULL, -- the same instant with its zone
    title  TEXT COLLATE "C" NOT NULL,
    text   TEXT COLLATE "C" NOT NULL
);

CREATE INDEX notices_in_order ON notices (at, act);
CREATE INDEX notices_by_matter ON notices (matter);

-- The rest ---------------------------------------------------------------------------------------

-- Public forms that are being filled in. Personal data: short-lived.
CREATE TABLE drafts (
    token_hash TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    body       TEXT COLLATE "C" NOT NULL,
    changed    BIGINT NOT NULL
);

CREATE TABLE settings (
    key   TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    value TEXT COLLATE "C" NOT NULL
);
