-- Tokens with which other programs work for an office. Of the secret only the digest is kept.
CREATE TABLE tokens (
    id        TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    office    TEXT COLLATE "C" NOT NULL REFERENCES offices (id),
    label     TEXT COLLATE "C" NOT NULL, -- what the program is called
    role      TEXT COLLATE "C" NOT NULL,
    scopes    TEXT COLLATE "C" NOT NULL, -- words with one blank between them
    digest    TEXT COLLATE "C" NOT NULL, -- SHA-256 of the secret
    account   TEXT COLLATE "C" NOT NULL, -- who made it
    created   BIGINT NOT NULL,
    expires   BIGINT NOT NULL,
    revoked   BIGINT,
    last_used TEXT COLLATE "C"           -- a day
);

CREATE INDEX tokens_by_office ON tokens (office, created);

-- What a program asked for under a key of its own, so that asking again is told from asking for something else.
CREATE TABLE api_requests (
    token       TEXT COLLATE "C" NOT NULL,
    key_digest  TEXT COLLATE "C" NOT NULL,
    fingerprint TEXT COLLATE "C" NOT NULL, -- keyed digest of what was asked
    at          BIGINT NOT NULL,
    PRIMARY KEY (token, key_digest)
);
