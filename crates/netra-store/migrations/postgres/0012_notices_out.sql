-- Notices to officers by mail: one row for each event and whom it is to be told, and how that ended. No text is kept: it is
-- made when the mail leaves, out of what the recipient may see then.

CREATE TABLE notices_out (
    id       TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    event    TEXT COLLATE "C" NOT NULL, -- what happened, as ids
    account  TEXT COLLATE "C" NOT NULL, -- who is to be told; empty if there was nobody
    kind     TEXT COLLATE "C" NOT NULL,
    office   TEXT COLLATE "C" NOT NULL, -- of that account; or the one at which nobody was there
    matter   TEXT COLLATE "C",
    delivery TEXT COLLATE "C" NOT NULL,
    state    TEXT COLLATE "C" NOT NULL,
    reason   TEXT COLLATE "C",
    made     BIGINT NOT NULL,
    due      BIGINT NOT NULL, -- not before
    tries    BIGINT NOT NULL,
    claim    TEXT COLLATE "C",    -- by whom it is being sent
    claimed  BIGINT, -- until when
    ended    BIGINT,
    UNIQUE (event, account)
);

CREATE INDEX notices_out_waiting ON notices_out (state, due);
CREATE INDEX notices_out_by_office ON notices_out (office, made, id);
CREATE INDEX notices_out_by_account ON notices_out (account, state);

-- How many acts of an office's ledger have been told. What was recorded before there were notices is told nobody.
CREATE TABLE notices_told (
    office TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    leaves BIGINT NOT NULL
);

INSERT INTO notices_told (office, leaves) SELECT office, size FROM trees;

CREATE TABLE notice_addresses (
    account TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    address TEXT COLLATE "C" NOT NULL
);

-- Only what an officer chose; the rest is as the program has it.
CREATE TABLE notice_choices (
    account  TEXT COLLATE "C" NOT NULL,
    kind     TEXT COLLATE "C" NOT NULL,
    delivery TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (account, kind)
);

-- How many mails went to an account in a span of time, so that a flood of events is none of mails.
CREATE TABLE notice_windows (
    account TEXT COLLATE "C" NOT NULL,
    begins  BIGINT NOT NULL,
    sent    BIGINT NOT NULL,
    PRIMARY KEY (account, begins)
);

-- Up to which act of a docket a reader has seen the messages: an account, or whoever has the tracking code.
CREATE TABLE read_marks (
    matter TEXT COLLATE "C" NOT NULL,
    reader TEXT COLLATE "C" NOT NULL,
    n      BIGINT NOT NULL,
    PRIMARY KEY (matter, reader)
);

CREATE INDEX acts_of_reporters ON acts (matter, n) WHERE kind = 'reporter-wrote';
