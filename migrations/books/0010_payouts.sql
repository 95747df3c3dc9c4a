-- Paying commission out: where members want it, each payout with its steps, batches, and who is held back.

CREATE TABLE payees (
    member   INTEGER PRIMARY KEY,
    channel  TEXT NOT NULL,
    holder   TEXT NOT NULL,
    account  TEXT NOT NULL,
    bank     TEXT NOT NULL,
    identity TEXT NOT NULL,
    entry    INTEGER NOT NULL
);
-- Members who share an account.
CREATE INDEX payees_account ON payees (account) WHERE account <> '';

CREATE TABLE payouts (
    key          INTEGER PRIMARY KEY,
    id           BLOB NOT NULL UNIQUE,
    entry        INTEGER NOT NULL, -- that asked for it
    number       TEXT NOT NULL,
    member       INTEGER NOT NULL,
    month        INTEGER, -- that a run paid; absent where a member asked
    amount_minor INTEGER NOT NULL,
    fee_minor    INTEGER NOT NULL,
    channel      TEXT NOT NULL,
    holder       TEXT NOT NULL,
    account      TEXT NOT NULL,
    bank         TEXT NOT NULL,
    identity     TEXT NOT NULL,
    outside      INTEGER NOT NULL,
    state        TEXT NOT NULL,
    batch        INTEGER,
    first_by     BLOB, -- who approved first
    reason       TEXT NOT NULL,
    reference    TEXT NOT NULL,
    date         TEXT NOT NULL -- of the last step, the shop's day
);
CREATE INDEX payouts_number ON payouts (number);
CREATE INDEX payouts_state ON payouts (state, key);
CREATE INDEX payouts_member ON payouts (member, key);
CREATE INDEX payouts_batch ON payouts (batch) WHERE batch IS NOT NULL;
CREATE INDEX payouts_date ON payouts (date);

CREATE TABLE payout_steps (
    entry     INTEGER NOT NULL,
    line      INTEGER NOT NULL,
    payout    INTEGER NOT NULL,
    state     TEXT NOT NULL,
    at_ms     INTEGER NOT NULL,
    person    BLOB,
    reason    TEXT NOT NULL,
    reference TEXT NOT NULL,
    PRIMARY KEY (entry, line)
) WITHOUT ROWID;
CREATE INDEX payout_steps_payout ON payout_steps (payout, entry);

CREATE TABLE payout_batches (
    key           INTEGER PRIMARY KEY,
    id            BLOB NOT NULL UNIQUE,
    entry         INTEGER NOT NULL,
    number        TEXT NOT NULL,
    channel       TEXT NOT NULL,
    business_date TEXT NOT NULL,
    person        BLOB
);

-- Whose amounts are held back, and why.
CREATE TABLE payout_holds (
    member INTEGER PRIMARY KEY,
    reason TEXT NOT NULL,
    entry  INTEGER NOT NULL
);
