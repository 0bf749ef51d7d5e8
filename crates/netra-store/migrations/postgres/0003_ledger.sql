-- The ledger: every act is a leaf of its office's tree.

ALTER TABLE acts ADD COLUMN leaf BIGINT;

GRANT UPDATE ON acts TO CURRENT_USER;

UPDATE acts SET leaf = numbered.leaf
FROM (SELECT seq, ROW_NUMBER() OVER (PARTITION BY office ORDER BY seq) - 1 AS leaf FROM acts) AS numbered
WHERE numbered.seq = acts.seq;

REVOKE UPDATE ON acts FROM CURRENT_USER;

CREATE UNIQUE INDEX acts_by_leaf ON acts (office, leaf);

CREATE TABLE trees (
    office    TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    size      BIGINT NOT NULL, -- leaves given out
    published BIGINT NOT NULL  -- leaves that the newest checkpoint covers
);

INSERT INTO trees (office, size, published) SELECT office, COUNT(*), 0 FROM acts GROUP BY office;

-- C2SP tlog-tiles of height 8; a partial tile is overwritten by a fuller one.
CREATE TABLE tiles (
    office TEXT COLLATE "C" NOT NULL,
    level  BIGINT NOT NULL,
    place  BIGINT NOT NULL,
    hashes BYTEA NOT NULL,
    PRIMARY KEY (office, level, place)
);

CREATE TABLE checkpoints (
    office TEXT COLLATE "C" NOT NULL,
    size   BIGINT NOT NULL,
    note   TEXT COLLATE "C" NOT NULL, -- the signed note
    PRIMARY KEY (office, size)
);

-- The vault: private values encrypted, each under a key of its own that the office's key encrypts. Rows of
-- before wait in vault_plain until the program has encrypted them.

DROP INDEX vault_by_matter;
ALTER TABLE vault RENAME TO vault_plain;
ALTER TABLE vault_plain RENAME CONSTRAINT vault_pkey TO vault_plain_pkey;

CREATE TABLE vault (
    id         TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    matter     TEXT COLLATE "C" NOT NULL,
    office     TEXT COLLATE "C" NOT NULL,
    sealed_key BYTEA NOT NULL,
    body       BYTEA NOT NULL -- encrypted: 16 bytes of salt, then canonical JSON of the private value
);

CREATE INDEX vault_by_matter ON vault (matter);

-- A private value may lawfully be erased, but never replaced.
REVOKE UPDATE, TRUNCATE ON vault FROM CURRENT_USER;

INSERT INTO settings (key, value) VALUES ('vault_plain', 'waiting');

-- One row: raised whenever an office or the calendar changes, so that processes know what to read again.
CREATE TABLE offices_version (
    version BIGINT NOT NULL
);

INSERT INTO offices_version (version) VALUES (1);
