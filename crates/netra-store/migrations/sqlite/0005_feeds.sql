-- Calendars that officers subscribe to on their telephones: one secret address for each account, of which only the digest is kept.
CREATE TABLE feeds (
    account    TEXT PRIMARY KEY NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    created    INTEGER NOT NULL
) STRICT;
