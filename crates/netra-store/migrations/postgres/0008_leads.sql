-- Leads: news texts that an office captured, what was read in each, and what has become of it. Who is named in a text stands in its
-- bytes alone, which lie among the exhibits under their digest.

CREATE TABLE leads (
    id          TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    office      TEXT COLLATE "C" NOT NULL,
    sha256      TEXT COLLATE "C" NOT NULL,    -- of the bytes of the source
    size        BIGINT NOT NULL,
    media_type  TEXT COLLATE "C" NOT NULL,
    entry       BIGINT NOT NULL, -- its place in a feed; 0: the source is one text
    source      TEXT COLLATE "C" NOT NULL,    -- typed, or a file
    address     TEXT COLLATE "C",           -- where it was seen, as the officer typed it; never fetched
    captured    TEXT COLLATE "C" NOT NULL,
    at          BIGINT NOT NULL, -- the same in seconds
    account     TEXT COLLATE "C" NOT NULL,    -- who captured it
    score       BIGINT NOT NULL, -- in hundredths
    reading     TEXT COLLATE "C" NOT NULL,    -- what was read, as JSON
    fingerprint BYTEA NOT NULL,    -- by which the same text is found again
    story       TEXT COLLATE "C" NOT NULL,    -- the first lead of the story
    relation    TEXT COLLATE "C" NOT NULL,
    related     TEXT COLLATE "C",           -- to this earlier lead
    state       TEXT COLLATE "C" NOT NULL,
    reason      TEXT COLLATE "C",           -- why it was set aside
    matter      TEXT COLLATE "C",           -- that was opened from it
    decided     TEXT COLLATE "C",
    decided_by  TEXT COLLATE "C"
);

-- The same entry of the same bytes is one lead of an office, however often it comes.
CREATE UNIQUE INDEX leads_once ON leads (office, sha256, entry);
CREATE INDEX leads_by_score ON leads (office, score, at, id);
CREATE INDEX leads_by_time ON leads (office, at, id);
CREATE INDEX leads_by_story ON leads (office, story);
