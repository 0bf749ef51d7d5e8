-- The first shape of the store. Times are whole seconds since 1970; moments that keep their zone
-- are RFC 3339 text. Ids are hyphenated lower-case UUIDs or office ids.

-- Who works here -------------------------------------------------------------------------------

CREATE TABLE offices (
    id     TEXT PRIMARY KEY NOT NULL,
    body   TEXT NOT NULL, -- the whole office as JSON
    parent TEXT,
    kind   TEXT NOT NULL
) STRICT;

CREATE INDEX offices_by_parent ON offices (parent);

-- What decrees change after the packs were made; office is NULL for the whole country.
CREATE TABLE calendar_changes (
    seq      INTEGER PRIMARY KEY,
    office   TEXT REFERENCES offices (id),
    date     TEXT NOT NULL,
    kind     TEXT NOT NULL,
    name     TEXT NOT NULL,
    decree   TEXT NOT NULL,
    recorded TEXT NOT NULL,
    account  TEXT
) STRICT;

CREATE INDEX calendar_changes_by_office ON calendar_changes (office, seq);

CREATE TABLE accounts (
    id            TEXT PRIMARY KEY NOT NULL,
    office        TEXT NOT NULL REFERENCES offices (id),
    login         TEXT NOT NULL UNIQUE,
    name          TEXT NOT NULL,
    role          TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    state         TEXT NOT NULL
) STRICT;

CREATE INDEX accounts_by_office ON accounts (office);

CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY NOT NULL,
    account    TEXT NOT NULL REFERENCES accounts (id),
    created    INTEGER NOT NULL,
    expires    INTEGER NOT NULL
) STRICT;

CREATE INDEX sessions_by_account ON sessions (account);

CREATE TABLE login_failures (
    login TEXT PRIMARY KEY NOT NULL,
    count INTEGER NOT NULL,
    until INTEGER NOT NULL
) STRICT;

-- The record -----------------------------------------------------------------------------------

CREATE TABLE acts (
    seq      INTEGER PRIMARY KEY, -- order of commit
    id       TEXT NOT NULL UNIQUE,
    matter   TEXT NOT NULL,
    n        INTEGER NOT NULL,
    office   TEXT NOT NULL,
    kind     TEXT NOT NULL,
    at       INTEGER NOT NULL,
    recorded INTEGER NOT NULL,
    body     BLOB NOT NULL, -- the canonical bytes: everything else in this row is taken from them
    UNIQUE (matter, n)
) STRICT;

CREATE TRIGGER acts_are_never_changed BEFORE UPDATE ON acts
BEGIN
    SELECT RAISE(ABORT, 'acts are never changed');
END;

CREATE TRIGGER acts_are_never_removed BEFORE DELETE ON acts
BEGIN
    SELECT RAISE(ABORT, 'acts are never removed');
END;

CREATE TABLE vault (
    id     TEXT PRIMARY KEY NOT NULL,
    matter TEXT NOT NULL,
    salt   BLOB NOT NULL,
    body   BLOB NOT NULL -- canonical JSON of the private value
) STRICT;

CREATE INDEX vault_by_matter ON vault (matter);

-- A private value may lawfully be erased, but never replaced.
CREATE TRIGGER vault_is_never_changed BEFORE UPDATE ON vault
BEGIN
    SELECT RAISE(ABORT, 'private values are never changed');
END;

CREATE TABLE receipts (
    token_hash TEXT PRIMARY KEY NOT NULL,
    code_hash  TEXT NOT NULL UNIQUE,
    matter     TEXT NOT NULL
) STRICT;

CREATE TABLE sequences (
    office TEXT NOT NULL,
    series TEXT NOT NULL,
    year   INTEGER NOT NULL,
    last   INTEGER NOT NULL,
    PRIMARY KEY (office, series, year)
) STRICT;

-- Projections: computed from the acts, may be deleted and rebuilt at any time -----------------------

CREATE TABLE matters (
    matter       TEXT PRIMARY KEY NOT NULL,
    home         TEXT NOT NULL,
    office       TEXT NOT NULL,
    regime       TEXT NOT NULL,
    origin       TEXT NOT NULL,
    number       TEXT,
    subject_line TEXT NOT NULL,
    stage        TEXT NOT NULL,
    opened       TEXT NOT NULL,
    next_clock   TEXT,
    next_due     TEXT,
    owner        TEXT,
    length       INTEGER NOT NULL
) STRICT;

-- One row for each office that may see the matter: whoever has no row here sees nothing.
CREATE TABLE desk (
    office TEXT NOT NULL,
    matter TEXT NOT NULL,
    open   INTEGER NOT NULL,
    due    INTEGER NOT NULL, -- 9223372036854775807 without a clock
    stage  TEXT NOT NULL,
    owner  TEXT,
    PRIMARY KEY (office, matter)
) STRICT;

CREATE INDEX desk_in_order ON desk (office, open, due, matter, stage, owner);
CREATE INDEX desk_by_matter ON desk (matter);

CREATE TABLE notices (
    act    TEXT PRIMARY KEY NOT NULL,
    matter TEXT NOT NULL,
    office TEXT NOT NULL,
    at     INTEGER NOT NULL,
    moment TEXT NOT NULL, -- the same instant with its zone
    title  TEXT NOT NULL,
    text   TEXT NOT NULL
) STRICT;

CREATE INDEX notices_in_order ON notices (at, act);
CREATE INDEX notices_by_matter ON notices (matter);

-- The rest ---------------------------------------------------------------------------------------

-- Public forms that are being filled in. Personal data: short-lived.
CREATE TABLE drafts (
    token_hash TEXT PRIMARY KEY NOT NULL,
    body       TEXT NOT NULL,
    changed    INTEGER NOT NULL
) STRICT;

CREATE TABLE settings (
    key   TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT;
