-- Deliveries between servers: what is to go out, what is coming in, the receipts that were given, and what was opened.

CREATE TABLE deliveries (
    id            TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    office        TEXT COLLATE "C" NOT NULL, -- who sends
    matter        TEXT COLLATE "C" NOT NULL,
    act           TEXT COLLATE "C" NOT NULL, -- by which it is handed over, or the last one that is sent
    kind          TEXT COLLATE "C" NOT NULL,
    receiver      TEXT COLLATE "C" NOT NULL, -- the name of the receiver's key
    receiver_name TEXT COLLATE "C" NOT NULL,
    asked         TEXT COLLATE "C" NOT NULL, -- when, as a moment
    state         TEXT COLLATE "C" NOT NULL,
    attempts      BIGINT NOT NULL, -- that failed since something last went well
    next_at       BIGINT NOT NULL, -- when it is gone on with, in seconds since 1970
    why           TEXT COLLATE "C", -- why it was refused, or why the last attempt failed
    fingerprint   TEXT COLLATE "C", -- nothing before it is packed, as the others
    blob          TEXT COLLATE "C", -- SHA-256 of the file that is sent
    size          BIGINT NOT NULL, -- its bytes; 0 before it is packed
    waybill       TEXT COLLATE "C",
    UNIQUE (matter, act, receiver)
);

CREATE INDEX deliveries_in_order ON deliveries (state, next_at);
CREATE INDEX deliveries_by_matter ON deliveries (matter);

-- Files that other servers announced and that have not become a row of the inbox.
CREATE TABLE arrivals (
    fingerprint TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    office      TEXT COLLATE "C" NOT NULL, -- for whom it is
    sender      TEXT COLLATE "C" NOT NULL, -- the name of the key with which it was announced
    sender_key  TEXT COLLATE "C" NOT NULL, -- that key
    trust       TEXT COLLATE "C" NOT NULL, -- whether the key was known then
    sha256      TEXT COLLATE "C" NOT NULL,
    size        BIGINT NOT NULL,
    upload      TEXT COLLATE "C" NOT NULL, -- where its bytes come in
    announced   BIGINT NOT NULL, -- in seconds since 1970
    state       TEXT COLLATE "C" NOT NULL,
    fault       TEXT COLLATE "C", -- why it was refused, as a word
    why         TEXT COLLATE "C"  -- the same in words
);

CREATE INDEX arrivals_in_order ON arrivals (state, announced);

-- One receipt of each step that this store gave for a bundle.
CREATE TABLE given_receipts (
    fingerprint TEXT COLLATE "C" NOT NULL,
    step        BIGINT NOT NULL,
    note        TEXT COLLATE "C" NOT NULL, -- as it was signed
    PRIMARY KEY (fingerprint, step)
);

-- What became of the acts in a bundle that was taken in.
CREATE TABLE openings (
    fingerprint TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    matter      TEXT COLLATE "C", -- where they stand now; nothing if they could not be taken in
    why         TEXT COLLATE "C"  -- why not
);
