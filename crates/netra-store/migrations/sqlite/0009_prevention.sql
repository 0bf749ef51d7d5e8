-- Prevention: whom an office addresses, and the values of the vulnerability index that offices type.

CREATE TABLE recipients (
    id         TEXT PRIMARY KEY NOT NULL,
    office     TEXT NOT NULL REFERENCES offices (id),
    kind       TEXT NOT NULL,
    name       TEXT NOT NULL, -- an agency or function, never a person
    region     TEXT NOT NULL, -- home-affairs code; empty: none of its own
    address    TEXT NOT NULL,
    added      TEXT NOT NULL,
    added_by   TEXT NOT NULL,
    retired    TEXT,          -- nothing: still on the list
    retired_by TEXT
) STRICT;

-- The same agency stands on a list once; when it was retired, it can be added again.
CREATE UNIQUE INDEX recipients_once ON recipients (office, kind, name) WHERE retired IS NULL;

CREATE TABLE indicator_values (
    seq       INTEGER PRIMARY KEY, -- of several values of one indicator the last counts
    office    TEXT NOT NULL,       -- whose officer typed it
    region    TEXT NOT NULL,
    year      INTEGER NOT NULL,
    indicator TEXT NOT NULL,
    value     INTEGER NOT NULL,    -- hundredths
    source    TEXT NOT NULL,
    day       TEXT NOT NULL,       -- of what the source tells
    recorded  TEXT NOT NULL,
    account   TEXT NOT NULL
) STRICT;

CREATE INDEX indicator_values_by_office ON indicator_values (office, seq);

CREATE TRIGGER indicator_values_are_never_changed BEFORE UPDATE ON indicator_values
BEGIN
    SELECT RAISE(ABORT, 'values of indicators are never changed');
END;

CREATE TRIGGER indicator_values_are_never_removed BEFORE DELETE ON indicator_values
BEGIN
    SELECT RAISE(ABORT, 'values of indicators are never removed');
END;

-- Projections: computed from the acts, may be deleted and rebuilt at any time.

CREATE TABLE measures (
    act        TEXT PRIMARY KEY NOT NULL,
    matter     TEXT NOT NULL,
    n          INTEGER NOT NULL,
    office     TEXT NOT NULL,
    kind       TEXT NOT NULL,
    at         INTEGER NOT NULL,
    moment     TEXT NOT NULL, -- the same instant with its zone
    subject    TEXT NOT NULL,
    letter     TEXT NOT NULL,
    audience   TEXT NOT NULL, -- in words, as the officer wrote it
    addressed  INTEGER NOT NULL,
    answered   INTEGER NOT NULL
) STRICT;

CREATE INDEX measures_in_order ON measures (office, at, act);
CREATE INDEX measures_by_matter ON measures (matter);

-- Whom of the list a measure was addressed to, whether it reached them, and whether something came back that says so.
CREATE TABLE reaches (
    act       TEXT NOT NULL,
    recipient TEXT NOT NULL,
    matter    TEXT NOT NULL,
    office    TEXT NOT NULL,
    kind      TEXT NOT NULL, -- of the recipient
    at        INTEGER NOT NULL,
    reached   INTEGER NOT NULL,
    confirmed INTEGER NOT NULL,
    PRIMARY KEY (act, recipient)
) STRICT;

CREATE INDEX reaches_by_office ON reaches (office, reached, at);
CREATE INDEX reaches_by_matter ON reaches (matter);
