-- Accounts: invitations, second factors, sessions that can be told apart, and a log of what happens to accounts.

-- Sessions get a stage, a name by which one can be ended, and a limit for standing idle. Who is logged in while the
-- program is replaced logs in again.
DROP TABLE sessions;

CREATE TABLE sessions (
    token_hash TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    id         TEXT COLLATE "C" NOT NULL UNIQUE, -- drawn by itself: says nothing about the token
    account    TEXT COLLATE "C" NOT NULL REFERENCES accounts (id),
    stage      TEXT COLLATE "C" NOT NULL,
    device     TEXT COLLATE "C" NOT NULL,        -- a coarse word, such as Android
    created    BIGINT NOT NULL,
    seen       BIGINT NOT NULL,
    idle       BIGINT NOT NULL,     -- seconds that it may stand unused
    expires    BIGINT NOT NULL
);

CREATE INDEX sessions_by_account ON sessions (account);

-- Counts are forgotten after a quiet time.
ALTER TABLE login_failures ADD COLUMN last BIGINT NOT NULL DEFAULT 0;

-- One open link for each account; of its token only the digest.
CREATE TABLE invitations (
    account    TEXT COLLATE "C" PRIMARY KEY NOT NULL REFERENCES accounts (id),
    token_hash TEXT COLLATE "C" NOT NULL UNIQUE,
    made       BIGINT NOT NULL,
    expires    BIGINT NOT NULL
);

-- Secrets of time-based codes, encrypted under the office's key. A new one is 'pending' until its first code was right.
CREATE TABLE second_factors (
    account   TEXT COLLATE "C" NOT NULL REFERENCES accounts (id),
    stage     TEXT COLLATE "C" NOT NULL,
    office    TEXT COLLATE "C" NOT NULL,
    sealed    BYTEA NOT NULL,
    made      BIGINT NOT NULL,
    last_step BIGINT NOT NULL, -- of codes that were used: never the same or an older one again
    PRIMARY KEY (account, stage)
);

CREATE TABLE recovery_codes (
    account   TEXT COLLATE "C" NOT NULL REFERENCES accounts (id),
    code_hash TEXT COLLATE "C" NOT NULL,
    used      BIGINT NOT NULL, -- when; 0: not yet
    PRIMARY KEY (account, code_hash)
);

-- A lost second factor is taken away by two administrators: who asked first.
CREATE TABLE factor_resets (
    account TEXT COLLATE "C" PRIMARY KEY NOT NULL REFERENCES accounts (id),
    asked   BIGINT NOT NULL,
    asker   TEXT COLLATE "C" NOT NULL
);

-- What happened to accounts. No names, no addresses of networks.
CREATE TABLE account_events (
    seq     BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    office  TEXT COLLATE "C" NOT NULL,
    account TEXT COLLATE "C" NOT NULL,
    at      BIGINT NOT NULL,
    what    TEXT COLLATE "C" NOT NULL,
    actor   TEXT COLLATE "C",          -- another account; nothing: the account itself or the machine's command line
    detail  TEXT COLLATE "C" NOT NULL
);

CREATE INDEX account_events_by_office ON account_events (office, seq);

-- An event is never changed or removed: the program takes these rights from itself.
REVOKE UPDATE, DELETE, TRUNCATE ON account_events FROM CURRENT_USER;

-- Whose matters are handed over when an officer leaves.
CREATE INDEX matters_by_owner ON matters (owner) WHERE owner IS NOT NULL;
