-- The ledger: every act is a leaf of its office's tree.

ALTER TABLE acts ADD COLUMN leaf INTEGER;

DROP TRIGGER acts_are_never_changed;

UPDATE acts SET leaf = numbered.leaf
FROM (SELECT seq, ROW_NUMBER() OVER (PARTITION BY office ORDER BY seq) - 1 AS leaf FROM acts) AS numbered
WHERE numbered.seq = acts.seq;

CREATE TRIGGER acts_are_never_changed BEFORE UPDATE ON acts
BEGIN
    SELECT RAISE(ABORT, 'acts are never changed');
END;

CREATE UNIQUE INDEX acts_by_leaf ON acts (office, leaf);

CREATE TABLE trees (
    office    TEXT PRIMARY KEY NOT NULL,
    size      INTEGER NOT NULL, -- leaves given out
    published INTEGER NOT NULL  -- leaves that the newest checkpoint covers
) STRICT;

INSERT INTO trees (office, size, published) SELECT office, COUNT(*), 0 FROM acts GROUP BY office;

-- C2SP tlog-tiles of height 8; a partial tile is overwritten by a fuller one.
CREATE TABLE tiles (
    office TEXT NOT NULL,
    level  INTEGER NOT NULL,
    place  INTEGER NOT NULL,
    hashes BLOB NOT NULL,
    PRIMARY KEY (office, level, place)
) STRICT;

CREATE TABLE checkpoints (
    office TEXT NOT NULL,
    size   INTEGER NOT NULL,
    note   TEXT NOT NULL, -- the signed note
    PRIMARY KEY (office, size)
) STRICT;

-- The vault: private values encrypted, each under a key of its own that the office's key encrypts. Rows of
-- before wait in vault_plain until the program has encrypted them.

DROP TRIGGER vault_is_never_changed;
DROP INDEX vault_by_matter;
ALTER TABLE vault RENAME TO vault_plain;

CREATE TABLE vault (
    id         TEXT PRIMARY KEY NOT NULL,
    matter     TEXT NOT NULL,
    office     TEXT NOT NULL,
    sealed_key BLOB NOT NULL,
    body       BLOB NOT NULL -- encrypted: 16 bytes of salt, then canonical JSON of the private value
) STRICT;

CREATE INDEX vault_by_matter ON vault (matter);

-- A private value may lawfully be erased, but never replaced.
CREATE TRIGGER vault_is_never_changed BEFORE UPDATE ON vault
BEGIN
    SELECT RAISE(ABORT, 'private values are never changed');
END;

INSERT INTO settings (key, value) VALUES ('vault_plain', 'waiting');

-- One row: raised whenever an office or the calendar changes, so that processes know what to read again.
CREATE TABLE offices_version (
    version INTEGER NOT NULL
) STRICT;

INSERT INTO offices_version (version) VALUES (1);
