-- Leads: news texts that an office captured, what was read in each, and what has become of it. Who is named in a text stands in its
-- bytes alone, which lie among the exhibits under their digest.

CREATE TABLE leads (
    id          TEXT PRIMARY KEY NOT NULL,
    office      TEXT NOT NULL,
    sha256      TEXT NOT NULL,    -- of the bytes of the source
    size        INTEGER NOT NULL,
    media_type  TEXT NOT NULL,
    entry       INTEGER NOT NULL, -- its place in a feed; 0: the source is one text
    source      TEXT NOT NULL,    -- typed, or a file
    address     TEXT,             -- where it was seen, as the officer typed it; never fetched
    captured    TEXT NOT NULL,
    at          INTEGER NOT NULL, -- the same in seconds
    account     TEXT NOT NULL,    -- who captured it
    score       INTEGER NOT NULL, -- in hundredths
    reading     TEXT NOT NULL,    -- what was read, as JSON
    fingerprint BLOB NOT NULL,    -- by which the same text is found again
    story       TEXT NOT NULL,    -- the first lead of the story
    relation    TEXT NOT NULL,
    related     TEXT,             -- to this earlier lead
    state       TEXT NOT NULL,
    reason      TEXT,             -- why it was set aside
    matter      TEXT,             -- that was opened from it
    decided     TEXT,
    decided_by  TEXT
) STRICT;

-- The same entry of the same bytes is one lead of an office, however often it comes.
CREATE UNIQUE INDEX leads_once ON leads (office, sha256, entry);
CREATE INDEX leads_by_score ON leads (office, score, at, id);
CREATE INDEX leads_by_time ON leads (office, at, id);
CREATE INDEX leads_by_story ON leads (office, story);
