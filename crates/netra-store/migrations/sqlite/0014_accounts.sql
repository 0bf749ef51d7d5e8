-- Accounts: invitations, second factors, sessions that can be told apart, and a log of what happens to accounts.

-- Sessions get a stage, a name by which one can be ended, and a limit for standing idle. Who is logged in while the
-- program is replaced logs in again.
DROP TABLE sessions;

CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY NOT NULL,
    id         TEXT NOT NULL UNIQUE, -- drawn by itself: says nothing about the token
    account    TEXT NOT NULL REFERENCES accounts (id),
    stage      TEXT NOT NULL,
    device     TEXT NOT NULL,        -- a coarse word, such as Android
    created    INTEGER NOT NULL,
    seen       INTEGER NOT NULL,
    idle       INTEGER NOT NULL,     -- seconds that it may stand unused
    expires    INTEGER NOT NULL
) STRICT;

CREATE INDEX sessions_by_account ON sessions (account);

-- Counts are forgotten after a quiet time.
ALTER TABLE login_failures ADD COLUMN last INTEGER NOT NULL DEFAULT 0;

-- One open link for each account; of its token only the digest.
CREATE TABLE invitations (
    account    TEXT PRIMARY KEY NOT NULL REFERENCES accounts (id),
    token_hash TEXT NOT NULL UNIQUE,
    made       INTEGER NOT NULL,
    expires    INTEGER NOT NULL
) STRICT;

-- Secrets of time-based codes, encrypted under the office's key. A new one is 'pending' until its first code was right.
CREATE TABLE second_factors (
    account   TEXT NOT NULL REFERENCES accounts (id),
    stage     TEXT NOT NULL,
    office    TEXT NOT NULL,
    sealed    BLOB NOT NULL,
    made      INTEGER NOT NULL,
    last_step INTEGER NOT NULL, -- of codes that were used: never the same or an older one again
    PRIMARY KEY (account, stage)
) STRICT;

CREATE TABLE recovery_codes (
    account   TEXT NOT NULL REFERENCES accounts (id),
    code_hash TEXT NOT NULL,
    used      INTEGER NOT NULL, -- when; 0: not yet
    PRIMARY KEY (account, code_hash)
) STRICT;

-- A lost second factor is taken away by two administrators: who asked first.
CREATE TABLE factor_resets (
    account TEXT PRIMARY KEY NOT NULL REFERENCES accounts (id),
    asked   INTEGER NOT NULL,
    asker   TEXT NOT NULL
) STRICT;

-- What happened to accounts. No names, no addresses of networks.
CREATE TABLE account_events (
    seq     INTEGER PRIMARY KEY,
    office  TEXT NOT NULL,
    account TEXT NOT NULL,
    at      INTEGER NOT NULL,
    what    TEXT NOT NULL,
    actor   TEXT,          -- another account; nothing: the account itself or the machine's command line
    detail  TEXT NOT NULL
) STRICT;

CREATE INDEX account_events_by_office ON account_events (office, seq);

CREATE TRIGGER account_events_are_never_changed BEFORE UPDATE ON account_events
BEGIN
    SELECT RAISE(ABORT, 'events of accounts are never changed');
END;

CREATE TRIGGER account_events_are_never_removed BEFORE DELETE ON account_events
BEGIN
    SELECT RAISE(ABORT, 'events of accounts are never removed');
END;

-- Whose matters are handed over when an officer leaves.
CREATE INDEX matters_by_owner ON matters (owner) WHERE owner IS NOT NULL;
