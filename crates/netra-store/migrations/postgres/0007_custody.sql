-- Custody: every touch of an exhibit after it was taken in. Each entry holds the digest of the one before, so that a changed or
-- removed one shows. What was typed by hand lies in the vault; the entry holds its commitment.

CREATE TABLE custody (
    matter     TEXT COLLATE "C" NOT NULL,
    exhibit    BIGINT NOT NULL,
    n          BIGINT NOT NULL,
    office     TEXT COLLATE "C" NOT NULL, -- whose officer it was
    account    TEXT COLLATE "C",          -- nothing: the program itself
    at         BIGINT NOT NULL,
    what       TEXT COLLATE "C" NOT NULL,
    detail     TEXT COLLATE "C" NOT NULL, -- numbers and digests, never personal data
    note       TEXT COLLATE "C",          -- where the vault has what was typed
    commitment TEXT COLLATE "C",
    prev       TEXT COLLATE "C" NOT NULL,
    digest     TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (matter, exhibit, n)
);

-- An entry is never changed or removed: the program takes these rights from itself.
REVOKE UPDATE, DELETE, TRUNCATE ON custody FROM CURRENT_USER;

-- Likeness: which pictures there are, and codes by which they are compared. Computed from acts and exhibits, and can be
-- thrown away.

CREATE TABLE pictures (
    matter  TEXT COLLATE "C" NOT NULL,
    exhibit BIGINT NOT NULL,
    sha256  TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (matter, exhibit)
);

CREATE TABLE likeness (
    sha256 TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    codes  BYTEA -- nothing: not computed yet; empty: nothing to compare
);

CREATE INDEX likeness_waiting ON likeness (sha256) WHERE codes IS NULL;

-- Acts of before hold pictures too: they are looked through again.
DELETE FROM search_progress;
