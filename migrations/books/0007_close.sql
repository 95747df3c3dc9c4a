-- Closing a month: which month a sale counts in, what period rules earned, statements, ranks and how they came about.

-- 12 × year + month − 1; later than the business date says where that month was closed already.
ALTER TABLE sales ADD COLUMN month INTEGER NOT NULL DEFAULT 0;
UPDATE sales SET month = 12 * CAST(substr(business_date, 1, 4) AS INTEGER) + CAST(substr(business_date, 6, 2) AS INTEGER) - 1;
CREATE INDEX sales_month ON sales (month, entry);

-- The order, buyer or period that a rule of the period started from; absent for what was earned with a sale.
ALTER TABLE earnings ADD COLUMN source TEXT;
CREATE INDEX earnings_month ON earnings (month, entry, line);

-- The rank in force is the one given by hand, else the one that the last close gave.
ALTER TABLE members ADD COLUMN rank_by_hand TEXT;
ALTER TABLE members ADD COLUMN rank_reached TEXT;
UPDATE members SET rank_by_hand = rank;

-- Every change of rank since ranks are kept with their reasons, and every month's decision about a rank above the lowest; `since` is the month in which
-- the rank was last reached.
CREATE TABLE ranks (
    entry     INTEGER NOT NULL,
    line      INTEGER NOT NULL,
    member    INTEGER NOT NULL,
    month     INTEGER,
    since     INTEGER,
    rank_from TEXT,
    rank_to   TEXT,
    how       TEXT NOT NULL,
    reason    TEXT NOT NULL,
    PRIMARY KEY (entry, line)
) WITHOUT ROWID;
CREATE INDEX ranks_member ON ranks (member, entry);
CREATE INDEX ranks_month ON ranks (month) WHERE month IS NOT NULL;

-- Closed months; `reopened` is the entry that opened one again.
CREATE TABLE closes (
    entry         INTEGER PRIMARY KEY,
    month         INTEGER NOT NULL,
    round         INTEGER NOT NULL,
    plan_version  INTEGER,
    plan_hash     TEXT,
    run_hash      TEXT NOT NULL,
    business_date TEXT NOT NULL,
    person        BLOB,
    members       INTEGER NOT NULL,
    earned_micro  INTEGER NOT NULL,
    payable_minor INTEGER NOT NULL,
    reopened      INTEGER,
    reason        TEXT
);
CREATE INDEX closes_month ON closes (month, entry);

-- One statement per member and round of a month's close.
CREATE TABLE statements (
    entry          INTEGER NOT NULL,
    line           INTEGER NOT NULL,
    month          INTEGER NOT NULL,
    round          INTEGER NOT NULL,
    member         INTEGER NOT NULL,
    number         TEXT NOT NULL,
    opening_micro  INTEGER NOT NULL,
    earned_micro   INTEGER NOT NULL,
    adjusted_micro INTEGER NOT NULL,
    payable_minor  INTEGER NOT NULL,
    tax_minor      INTEGER NOT NULL,
    closing_micro  INTEGER NOT NULL,
    PRIMARY KEY (entry, line)
) WITHOUT ROWID;
CREATE INDEX statements_month ON statements (month, round, member);
CREATE INDEX statements_member ON statements (member, entry);

-- What happened to members, found without reading the journal.
CREATE INDEX journal_members ON journal (at_ms) WHERE kind IN ('SponsorMoved', 'MemberChanged');
