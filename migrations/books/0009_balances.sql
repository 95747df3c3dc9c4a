-- Stored value: money paid into balances, what went back of it, and what both left with each tender. They are no sales, so they stand apart from takings.

CREATE TABLE top_ups (
    entry          INTEGER PRIMARY KEY,
    id             BLOB NOT NULL UNIQUE,
    number         TEXT NOT NULL,
    member         BLOB NOT NULL,
    business_date  TEXT NOT NULL,
    at_ms          INTEGER NOT NULL,
    amount_minor   INTEGER NOT NULL,
    bonus_minor    INTEGER NOT NULL,
    refunded_minor INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX top_ups_member ON top_ups (member, entry);
CREATE INDEX top_ups_date ON top_ups (business_date);

CREATE TABLE top_up_refunds (
    entry         INTEGER PRIMARY KEY,
    top_up        BLOB NOT NULL,
    number        TEXT NOT NULL,
    kind          TEXT NOT NULL, -- the tender by which it went back
    business_date TEXT NOT NULL,
    amount_minor  INTEGER NOT NULL,
    bonus_minor   INTEGER NOT NULL
);
CREATE INDEX top_up_refunds_of ON top_up_refunds (top_up);
CREATE INDEX top_up_refunds_date ON top_up_refunds (business_date);

-- What each tender kept of money that is owed to customers; below zero where it went back.
CREATE TABLE owed_takings (
    entry         INTEGER NOT NULL,
    kind          TEXT NOT NULL,
    business_date TEXT NOT NULL,
    shift         INTEGER,
    amount_minor  INTEGER NOT NULL,
    PRIMARY KEY (entry, kind)
) WITHOUT ROWID;
CREATE INDEX owed_takings_shift ON owed_takings (shift) WHERE shift IS NOT NULL;
