-- Deliveries between servers: what is to go out, what is coming in, the receipts that were given, and what was opened.

CREATE TABLE deliveries (
    id            TEXT PRIMARY KEY NOT NULL,
    office        TEXT NOT NULL, -- who sends
    matter        TEXT NOT NULL,
    act           TEXT NOT NULL, -- by which it is handed over, or the last one that is sent
    kind          TEXT NOT NULL,
    receiver      TEXT NOT NULL, -- the name of the receiver's key
    receiver_name TEXT NOT NULL,
    asked         TEXT NOT NULL, -- when, as a moment
    state         TEXT NOT NULL,
    attempts      INTEGER NOT NULL, -- that failed since something last went well
    next_at       INTEGER NOT NULL, -- when it is gone on with, in seconds since 1970
    why           TEXT, -- why it was refused, or why the last attempt failed
    fingerprint   TEXT, -- nothing before it is packed, as the others
    blob          TEXT, -- SHA-256 of the file that is sent
    size          INTEGER NOT NULL, -- its bytes; 0 before it is packed
    waybill       TEXT,
    UNIQUE (matter, act, receiver)
) STRICT;

CREATE INDEX deliveries_in_order ON deliveries (state, next_at);
CREATE INDEX deliveries_by_matter ON deliveries (matter);

-- Files that other servers announced and that have not become a row of the inbox.
CREATE TABLE arrivals (
    fingerprint TEXT PRIMARY KEY NOT NULL,
    office      TEXT NOT NULL, -- for whom it is
    sender      TEXT NOT NULL, -- the name of the key with which it was announced
    sender_key  TEXT NOT NULL, -- that key
    trust       TEXT NOT NULL, -- whether the key was known then
    sha256      TEXT NOT NULL,
    size        INTEGER NOT NULL,
    upload      TEXT NOT NULL, -- where its bytes come in
    announced   INTEGER NOT NULL, -- in seconds since 1970
    state       TEXT NOT NULL,
    fault       TEXT, -- why it was refused, as a word
    why         TEXT  -- the same in words
) STRICT;

CREATE INDEX arrivals_in_order ON arrivals (state, announced);

-- One receipt of each step that this store gave for a bundle.
CREATE TABLE given_receipts (
    fingerprint TEXT NOT NULL,
    step        INTEGER NOT NULL,
    note        TEXT NOT NULL, -- as it was signed
    PRIMARY KEY (fingerprint, step)
) STRICT;

-- What became of the acts in a bundle that was taken in.
CREATE TABLE openings (
    fingerprint TEXT PRIMARY KEY NOT NULL,
    matter      TEXT, -- where they stand now; nothing if they could not be taken in
    why         TEXT  -- why not
) STRICT;
