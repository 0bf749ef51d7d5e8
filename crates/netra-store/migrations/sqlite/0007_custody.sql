-- Custody: every touch of an exhibit after it was taken in. Each entry holds the digest of the one before, so that a changed or
-- removed one shows. What was typed by hand lies in the vault; the entry holds its commitment.

CREATE TABLE custody (
    matter     TEXT NOT NULL,
    exhibit    INTEGER NOT NULL,
    n          INTEGER NOT NULL,
    office     TEXT NOT NULL, -- whose officer it was
    account    TEXT,          -- nothing: the program itself
    at         INTEGER NOT NULL,
    what       TEXT NOT NULL,
    detail     TEXT NOT NULL, -- numbers and digests, never personal data
    note       TEXT,          -- where the vault has what was typed
    commitment TEXT,
    prev       TEXT NOT NULL,
    digest     TEXT NOT NULL,
    PRIMARY KEY (matter, exhibit, n)
) STRICT;

CREATE TRIGGER custody_is_never_changed BEFORE UPDATE ON custody
BEGIN
    SELECT RAISE(ABORT, 'entries of custody are never changed');
END;

CREATE TRIGGER custody_is_never_removed BEFORE DELETE ON custody
BEGIN
    SELECT RAISE(ABORT, 'entries of custody are never removed');
END;

-- Likeness: which pictures there are, and codes by which they are compared. Computed from acts and exhibits, and can be
-- thrown away.

CREATE TABLE pictures (
    matter  TEXT NOT NULL,
    exhibit INTEGER NOT NULL,
    sha256  TEXT NOT NULL,
    PRIMARY KEY (matter, exhibit)
) STRICT;

CREATE TABLE likeness (
    sha256 TEXT PRIMARY KEY NOT NULL,
    codes  BLOB -- nothing: not computed yet; empty: nothing to compare
) STRICT;

CREATE INDEX likeness_waiting ON likeness (sha256) WHERE codes IS NULL;

-- Acts of before hold pictures too: they are looked through again.
DELETE FROM search_progress;
