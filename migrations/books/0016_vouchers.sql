-- Vouchers: each with its code, its last day and whether it is blocked. What is left on one is its account's balance. Two copies of the books may have
-- given the same code while apart, so a code is no key: the first one counts.

CREATE TABLE vouchers (
    entry         INTEGER PRIMARY KEY,
    id            BLOB NOT NULL UNIQUE,
    code          TEXT NOT NULL,
    how           TEXT NOT NULL, -- sold, given, replaced, returned
    number        TEXT NOT NULL,
    member        BLOB,
    person        BLOB,
    business_date TEXT NOT NULL,
    at_ms         INTEGER NOT NULL,
    amount_minor  INTEGER NOT NULL,
    expires       TEXT,
    blocked       INTEGER NOT NULL DEFAULT 0,
    reason        TEXT
);
CREATE INDEX vouchers_code ON vouchers (code, entry);

CREATE TABLE voucher_changes (
    entry   INTEGER PRIMARY KEY,
    voucher BLOB NOT NULL,
    person  BLOB,
    expires TEXT,
    blocked INTEGER,
    reason  TEXT NOT NULL
);
CREATE INDEX voucher_changes_of ON voucher_changes (voucher);
