-- Statistics: what is counted of each matter, the counts by leaf of the country, and what of them is shown to the public.
-- Everything here is computed from the acts and can be thrown away. No name and no text stands in it.

-- What was last counted of a matter, so that it can be taken out of the counts again.
CREATE TABLE statistics_matters (
    matter  TEXT PRIMARY KEY NOT NULL,
    facts   TEXT NOT NULL, -- JSON
    changes INTEGER        -- the last second at which it holds if nothing is recorded; nothing: it holds on
) STRICT;

CREATE INDEX statistics_matters_by_change ON statistics_matters (changes, matter) WHERE changes IS NOT NULL;

-- How many acts of an office's ledger have been counted.
CREATE TABLE statistics_progress (
    office TEXT PRIMARY KEY NOT NULL,
    leaves INTEGER NOT NULL
) STRICT;

-- Counts, updated by the difference. Never shown as they are.
CREATE TABLE statistics_cells (
    dimension TEXT NOT NULL,
    area      TEXT NOT NULL,
    election  TEXT NOT NULL,
    year      INTEGER NOT NULL,
    value     TEXT NOT NULL,
    count     INTEGER NOT NULL,
    PRIMARY KEY (dimension, area, election, year, value)
) STRICT, WITHOUT ROWID;

-- What the public sees: sums over areas, elections and years, small counts and what gives them away hidden.
CREATE TABLE statistics_published (
    area  TEXT NOT NULL,
    slice TEXT NOT NULL,
    line  TEXT NOT NULL, -- the dimension, or the unit for a total
    value TEXT NOT NULL,
    count INTEGER,       -- nothing: hidden
    PRIMARY KEY (area, slice, line, value)
) STRICT, WITHOUT ROWID;

-- One row: how often it was published, and when last.
CREATE TABLE statistics_edition (
    id      INTEGER PRIMARY KEY NOT NULL,
    edition INTEGER NOT NULL,
    moment  TEXT NOT NULL
) STRICT;

INSERT INTO statistics_edition (id, edition, moment) VALUES (1, 0, '');
