-- Prevention: whom an office addresses, and the values of the vulnerability index that offices type.

CREATE TABLE recipients (
    id         TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    office     TEXT COLLATE "C" NOT NULL REFERENCES offices (id),
    kind       TEXT COLLATE "C" NOT NULL,
    name       TEXT COLLATE "C" NOT NULL, -- an agency or function, never a person
    region     TEXT COLLATE "C" NOT NULL, -- home-affairs code; empty: none of its own
    address    TEXT COLLATE "C" NOT NULL,
    added      TEXT COLLATE "C" NOT NULL,
    added_by   TEXT COLLATE "C" NOT NULL,
    retired    TEXT COLLATE "C",          -- nothing: still on the list
    retired_by TEXT COLLATE "C"
);

-- The same agency stands on a list once; when it was retired, it can be added again.
CREATE UNIQUE INDEX recipients_once ON recipients (office, kind, name) WHERE retired IS NULL;

CREATE TABLE indicator_values (
    seq       BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- of several values of one indicator the last counts
    office    TEXT COLLATE "C" NOT NULL,       -- whose officer typed it
    region    TEXT COLLATE "C" NOT NULL,
    year      BIGINT NOT NULL,
    indicator TEXT COLLATE "C" NOT NULL,
    value     BIGINT NOT NULL,    -- hundredths
    source    TEXT COLLATE "C" NOT NULL,
    day       TEXT COLLATE "C" NOT NULL,       -- of what the source tells
    recorded  TEXT COLLATE "C" NOT NULL,
    account   TEXT COLLATE "C" NOT NULL
);

CREATE INDEX indicator_values_by_office ON indicator_values (office, seq);

-- A value is never changed or removed: the program takes these rights from itself.
REVOKE UPDATE, DELETE, TRUNCATE ON indicator_values FROM CURRENT_USER;

-- Projections: computed from the acts, may be deleted and rebuilt at any time.

CREATE TABLE measures (
    act        TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    matter     TEXT COLLATE "C" NOT NULL,
    n          BIGINT NOT NULL,
    office     TEXT COLLATE "C" NOT NULL,
    kind       TEXT COLLATE "C" NOT NULL,
    at         BIGINT NOT NULL,
    moment     TEXT COLLATE "C" NOT NULL, -- the same instant with its zone
    subject    TEXT COLLATE "C" NOT NULL,
    letter     TEXT COLLATE "C" NOT NULL,
    audience   TEXT COLLATE "C" NOT NULL, -- in words, as the officer wrote it
    addressed  BIGINT NOT NULL,
    answered   BIGINT NOT NULL
);

CREATE INDEX measures_in_order ON measures (office, at, act);
CREATE INDEX measures_by_matter ON measures (matter);

-- Whom of the list a measure was addressed to, whether it reached them, and whether something came back that says so.
CREATE TABLE reaches (
    act       TEXT COLLATE "C" NOT NULL,
    recipient TEXT COLLATE "C" NOT NULL,
    matter    TEXT COLLATE "C" NOT NULL,
    office    TEXT COLLATE "C" NOT NULL,
    kind      TEXT COLLATE "C" NOT NULL, -- of the recipient
    at        BIGINT NOT NULL,
    reached   BIGINT NOT NULL,
    confirmed BIGINT NOT NULL,
    PRIMARY KEY (act, recipient)
);

CREATE INDEX reaches_by_office ON reaches (office, reached, at);
CREATE INDEX reaches_by_matter ON reaches (matter);
