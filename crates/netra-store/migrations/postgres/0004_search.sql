-- Search: which matters hold which terms. A term is kept as a keyed digest, with a key of the office that searches, so that
-- the table tells neither words nor names. Everything here is computed from the acts and can be thrown away.

CREATE TABLE search_docs (
    doc    BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- newer matters have higher numbers
    office TEXT NOT NULL,
    matter TEXT NOT NULL,
    terms  BYTEA NOT NULL,                                  -- the matter's terms in order, eight bytes each
    UNIQUE (office, matter)
);

CREATE TABLE search_terms (
    term BIGINT NOT NULL,
    doc  BIGINT NOT NULL,
    PRIMARY KEY (term, doc)
);

-- How many acts of an office's ledger have been looked through.
CREATE TABLE search_progress (
    office TEXT PRIMARY KEY NOT NULL,
    leaves BIGINT NOT NULL
);
