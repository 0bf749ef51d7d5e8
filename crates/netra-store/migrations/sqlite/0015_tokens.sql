-- Tokens with which other programs work for an office. Of the secret only the digest is kept.
CREATE TABLE tokens (
    id        TEXT PRIMARY KEY NOT NULL,
    office    TEXT NOT NULL REFERENCES offices (id),
    label     TEXT NOT NULL, -- what the program is called
    role      TEXT NOT NULL,
    scopes    TEXT NOT NULL, -- words with one blank between them
    digest    TEXT NOT NULL, -- SHA-256 of the secret
    account   TEXT NOT NULL, -- who made it
    created   INTEGER NOT NULL,
    expires   INTEGER NOT NULL,
    revoked   INTEGER,
    last_used TEXT           -- a day
) STRICT;

CREATE INDEX tokens_by_office ON tokens (office, created);

-- What a program asked for under a key of its own, so that asking again is told from asking for something else.
CREATE TABLE api_requests (
    token       TEXT NOT NULL,
    key_digest  TEXT NOT NULL,
    fingerprint TEXT NOT NULL, -- keyed digest of what was asked
    at          INTEGER NOT NULL,
    PRIMARY KEY (token, key_digest)
) STRICT;
