-- Statistics: what is counted of each matter, the counts by leaf of the country, and what of them is shown to the public.
-- Everything here is computed from the acts and can be thrown away. No name and no text stands in it.

-- What was last counted of a matter, so that it can be taken out of the counts again.
CREATE TABLE statistics_matters (
    matter  TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    facts   TEXT COLLATE "C" NOT NULL, -- JSON
    changes BIGINT                     -- the last second at which it holds if nothing is recorded; nothing: it holds on
);

CREATE INDEX statistics_matters_by_change ON statistics_matters (changes, matter) WHERE changes IS NOT NULL;

-- How many acts of an office's ledger have been counted.
CREATE TABLE statistics_progress (
    office TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    leaves BIGINT NOT NULL
);

-- Counts, updated by the difference. Never shown as they are.
CREATE TABLE statistics_cells (
    dimension TEXT COLLATE "C" NOT NULL,
    area      TEXT COLLATE "C" NOT NULL,
    election  TEXT COLLATE "C" NOT NULL,
    year      BIGINT NOT NULL,
    value     TEXT COLLATE "C" NOT NULL,
    count     BIGINT NOT NULL,
    PRIMARY KEY (dimension, area, election, year, value)
);

-- What the public sees: sums over areas, elections and years, small counts and what gives them away hidden.
CREATE TABLE statistics_published (
    area  TEXT COLLATE "C" NOT NULL,
    slice TEXT COLLATE "C" NOT NULL,
    line  TEXT COLLATE "C" NOT NULL, -- the dimension, or the unit for a total
    value TEXT COLLATE "C" NOT NULL,
    count BIGINT,                    -- nothing: hidden
    PRIMARY KEY (area, slice, line, value)
);

-- One row: how often it was published, and when last.
CREATE TABLE statistics_edition (
    id      BIGINT PRIMARY KEY NOT NULL,
    edition BIGINT NOT NULL,
    moment  TEXT COLLATE "C" NOT NULL
);

INSERT INTO statistics_edition (id, edition, moment) VALUES (1, 0, '');
