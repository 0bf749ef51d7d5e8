-- Search: which matters hold which terms. A term is kept as a keyed digest, with a key of the office that searches, so that
-- the table tells neither words nor names. Everything here is computed from the acts and can be thrown away.

CREATE TABLE search_docs (
    doc    INTEGER PRIMARY KEY NOT NULL, -- newer matters have higher numbers
    office TEXT NOT NULL,
    matter TEXT NOT NULL,
    terms  BLOB NOT NULL,                -- the matter's terms in order, eight bytes each
    UNIQUE (office, matter)
) STRICT;

CREATE TABLE search_terms (
    term INTEGER NOT NULL,
    doc  INTEGER NOT NULL,
    PRIMARY KEY (term, doc)
) STRICT, WITHOUT ROWID;

-- How many acts of an office's ledger have been looked through.
CREATE TABLE search_progress (
    office TEXT PRIMARY KEY NOT NULL,
    leaves INTEGER NOT NULL
) STRICT;
