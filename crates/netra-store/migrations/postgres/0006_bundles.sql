-- Bundles: what came in from other offices, what went out, and the receipts that came back.

CREATE TABLE inbox (
    fingerprint TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    office      TEXT COLLATE "C" NOT NULL, -- for whom it is
    sender      TEXT COLLATE "C" NOT NULL, -- the name of the sender's key
    sender_name TEXT COLLATE "C" NOT NULL, -- as the bundle says
    matter      TEXT COLLATE "C" NOT NULL,
    number      TEXT COLLATE "C",
    received    TEXT COLLATE "C" NOT NULL,
    distrust    TEXT COLLATE "C", -- why it is set aside; nothing if it is trusted
    why         TEXT COLLATE "C", -- the same in words
    blob        TEXT COLLATE "C" NOT NULL, -- SHA-256 of its bytes, as they are kept
    size        BIGINT NOT NULL,
    receipt     TEXT COLLATE "C" NOT NULL -- the signed receipt that was given for it
);

CREATE INDEX inbox_by_office ON inbox (office, received);

CREATE TABLE outbox (
    fingerprint TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    office      TEXT COLLATE "C" NOT NULL, -- who sent it
    matter      TEXT COLLATE "C" NOT NULL,
    act         TEXT COLLATE "C" NOT NULL, -- by which it was handed over
    receiver    TEXT COLLATE "C" NOT NULL, -- the name of the receiver's key
    made        TEXT COLLATE "C" NOT NULL
);

-- One receipt of each step.
CREATE TABLE bundle_receipts (
    fingerprint TEXT COLLATE "C" NOT NULL,
    state       TEXT COLLATE "C" NOT NULL,
    note        TEXT COLLATE "C" NOT NULL, -- as it was signed
    PRIMARY KEY (fingerprint, state)
);
