-- Shifts, what moved in their drawers, and what each sale was paid with.

CREATE TABLE shifts (
    key            INTEGER PRIMARY KEY,
    id             BLOB NOT NULL UNIQUE,
    device         BLOB NOT NULL,
    till           TEXT NOT NULL,
    business_date  TEXT NOT NULL,
    opened_at_ms   INTEGER NOT NULL,
    opened_by      BLOB,
    float_minor    INTEGER NOT NULL,
    number         TEXT, -- of its Z report; absent while it is open
    closed_entry   INTEGER,
    closed_at_ms   INTEGER,
    closed_by      BLOB,
    counted_minor  INTEGER,
    expected_minor INTEGER
);
CREATE INDEX shifts_open ON shifts (device) WHERE number IS NULL;

CREATE TABLE cash_moves (
    entry        INTEGER PRIMARY KEY,
    shift        INTEGER NOT NULL,
    way          TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    reason       TEXT NOT NULL,
    at_ms        INTEGER NOT NULL,
    person       BLOB
);
CREATE INDEX cash_moves_shift ON cash_moves (shift);

-- What each document of the till kept of each tender, after change; below zero where money went back.
CREATE TABLE takings (
    entry         INTEGER NOT NULL,
    kind          TEXT NOT NULL,
    business_date TEXT NOT NULL,
    shift         INTEGER,
    amount_minor  INTEGER NOT NULL,
    PRIMARY KEY (entry, kind)
) WITHOUT ROWID;
CREATE INDEX takings_kind ON takings (kind, business_date);
CREATE INDEX takings_date ON takings (business_date);
CREATE INDEX takings_shift ON takings (shift) WHERE shift IS NOT NULL;

ALTER TABLE sales ADD COLUMN shift INTEGER;
ALTER TABLE sales ADD COLUMN discount_minor INTEGER NOT NULL DEFAULT 0;
CREATE INDEX sales_shift ON sales (shift) WHERE shift IS NOT NULL;
CREATE INDEX sales_person ON sales (person, business_date);

-- The new tables follow from old entries too: opening the books fills them from the journal.
INSERT INTO local (name, value) VALUES ('projections_stale', '1') ON CONFLICT (name) DO NOTHING;
