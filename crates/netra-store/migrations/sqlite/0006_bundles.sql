-- Bundles: what came in from other offices, what went out, and the receipts that came back.

CREATE TABLE inbox (
    fingerprint TEXT PRIMARY KEY NOT NULL,
    office      TEXT NOT NULL, -- for whom it is
    sender      TEXT NOT NULL, -- the name of the sender's key
    sender_name TEXT NOT NULL, -- as the bundle says
    matter      TEXT NOT NULL,
    number      TEXT,
    received    TEXT NOT NULL,
    distrust    TEXT, -- why it is set aside; nothing if it is trusted
    why         TEXT, -- the same in words
    blob        TEXT NOT NULL, -- SHA-256 of its bytes, as they are kept
    size        INTEGER NOT NULL,
    receipt     TEXT NOT NULL -- the signed receipt that was given for it
) STRICT;

CREATE INDEX inbox_by_office ON inbox (office, received);

CREATE TABLE outbox (
    fingerprint TEXT PRIMARY KEY NOT NULL,
    office      TEXT NOT NULL, -- who sent it
    matter      TEXT NOT NULL,
    act         TEXT NOT NULL, -- by which it was handed over
    receiver    TEXT NOT NULL, -- the name of the receiver's key
    made        TEXT NOT NULL
) STRICT;

-- One receipt of each step.
CREATE TABLE bundle_receipts (
    fingerprint TEXT NOT NULL,
    state       TEXT NOT NULL,
    note        TEXT NOT NULL, -- as it was signed
    PRIMARY KEY (fingerprint, state)
) STRICT;
