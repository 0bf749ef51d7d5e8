-- Notices to officers by mail: one row for each event and whom it is to be told, and how that ended. No text is kept: it is
-- made when the mail leaves, out of what the recipient may see then.

CREATE TABLE notices_out (
    id       TEXT PRIMARY KEY NOT NULL,
    event    TEXT NOT NULL, -- what happened, as ids
    account  TEXT NOT NULL, -- who is to be told; empty if there was nobody
    kind     TEXT NOT NULL,
    office   TEXT NOT NULL, -- of that account; or the one at which nobody was there
    matter   TEXT,
    delivery TEXT NOT NULL,
    state    TEXT NOT NULL,
    reason   TEXT,
    made     INTEGER NOT NULL,
    due      INTEGER NOT NULL, -- not before
    tries    INTEGER NOT NULL,
    claim    TEXT,    -- by whom it is being sent
    claimed  INTEGER, -- until when
    ended    INTEGER,
    UNIQUE (event, account)
) STRICT;

CREATE INDEX notices_out_waiting ON notices_out (state, due);
CREATE INDEX notices_out_by_office ON notices_out (office, made, id);
CREATE INDEX notices_out_by_account ON notices_out (account, state);

-- How many acts of an office's ledger have been told. What was recorded before there were notices is told nobody.
CREATE TABLE notices_told (
    office TEXT PRIMARY KEY NOT NULL,
    leaves INTEGER NOT NULL
) STRICT;

INSERT INTO notices_told (office, leaves) SELECT office, size FROM trees;

CREATE TABLE notice_addresses (
    account TEXT PRIMARY KEY NOT NULL,
    address TEXT NOT NULL
) STRICT;

-- Only what an officer chose; the rest is as the program has it.
CREATE TABLE notice_choices (
    account  TEXT NOT NULL,
    kind     TEXT NOT NULL,
    delivery TEXT NOT NULL,
    PRIMARY KEY (account, kind)
) STRICT;

-- How many mails went to an account in a span of time, so that a flood of events is none of mails.
CREATE TABLE notice_windows (
    account TEXT NOT NULL,
    begins  INTEGER NOT NULL,
    sent    INTEGER NOT NULL,
    PRIMARY KEY (account, begins)
) STRICT;

-- Up to which act of a docket a reader has seen the messages: an account, or whoever has the tracking code.
CREATE TABLE read_marks (
    matter TEXT NOT NULL,
    reader TEXT NOT NULL,
    n      INTEGER NOT NULL,
    PRIMARY KEY (matter, reader)
) STRICT;

CREATE INDEX acts_of_reporters ON acts (matter, n) WHERE kind = 'reporter-wrote';
