-- The books: what happened (journal), what moved (postings) and what follows from both (projections).

-- One installation of one database; a restored or copied file begins a new chain.
CREATE TABLE chains (
    key        INTEGER PRIMARY KEY,
    chain      BLOB NOT NULL UNIQUE CHECK (length(chain) = 16),
    device     BLOB NOT NULL CHECK (length(device) = 16),
    public_key BLOB NOT NULL CHECK (length(public_key) = 32)
);

-- The facts in fold order. `bytes` is the canonical CBOR that `hash` covers; the other columns repeat what is searched for.
CREATE TABLE journal (
    number        INTEGER PRIMARY KEY,
    id            BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    chain         INTEGER NOT NULL REFERENCES chains (key),
    dseq          INTEGER NOT NULL,
    at_ms         INTEGER NOT NULL,
    at_tick       INTEGER NOT NULL,
    kind          TEXT NOT NULL,
    hash          BLOB NOT NULL CHECK (length(hash) = 32),
    bytes         BLOB NOT NULL,
    UNIQUE (chain, dseq)
);

-- Signatures over a chain's head: the hash path from an entry to the next seal proves the entry.
CREATE TABLE seals (
    chain     INTEGER NOT NULL REFERENCES chains (key),
    dseq      INTEGER NOT NULL,
    head      BLOB NOT NULL CHECK (length(head) = 32),
    signature BLOB NOT NULL CHECK (length(signature) = 64),
    PRIMARY KEY (chain, dseq)
) WITHOUT ROWID;

-- Units of the shop (money, earning, points) have keys below 16, the stock of each product one from 16 on.
CREATE TABLE units (
    key   INTEGER PRIMARY KEY,
    name  TEXT NOT NULL,
    party BLOB,
    UNIQUE (name, party)
);

-- Accounts of the shop have keys below 1024, those of one party from 1024 on: the partial indexes below rest on it.
CREATE TABLE accounts (
    key   INTEGER PRIMARY KEY,
    name  TEXT NOT NULL,
    party BLOB,
    UNIQUE (name, party)
);
CREATE INDEX accounts_party ON accounts (party) WHERE party IS NOT NULL;

CREATE TABLE postings (
    entry  INTEGER NOT NULL REFERENCES journal (number),
    line   INTEGER NOT NULL,
    unit   INTEGER NOT NULL,
    debit  INTEGER NOT NULL,
    credit INTEGER NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    CHECK (debit <> credit),
    PRIMARY KEY (entry, line)
) WITHOUT ROWID;
CREATE INDEX postings_stock ON postings (unit, entry) WHERE unit >= 16;
CREATE INDEX postings_debit ON postings (debit, entry) WHERE debit >= 1024;
CREATE INDEX postings_credit ON postings (credit, entry) WHERE credit >= 1024;

CREATE TABLE balances (
    account INTEGER NOT NULL,
    unit    INTEGER NOT NULL,
    amount  INTEGER NOT NULL,
    PRIMARY KEY (account, unit)
) WITHOUT ROWID;

CREATE TRIGGER journal_stands_update BEFORE UPDATE ON journal BEGIN SELECT raise(ABORT, 'the journal is never changed'); END;
CREATE TRIGGER journal_stands_delete BEFORE DELETE ON journal BEGIN SELECT raise(ABORT, 'the journal is never changed'); END;
CREATE TRIGGER postings_stand_update BEFORE UPDATE ON postings BEGIN SELECT raise(ABORT, 'the ledger is never changed'); END;
CREATE TRIGGER postings_stand_delete BEFORE DELETE ON postings BEGIN SELECT raise(ABORT, 'the ledger is never changed'); END;
CREATE TRIGGER seals_stand_update BEFORE UPDATE ON seals BEGIN SELECT raise(ABORT, 'a seal is never changed'); END;
CREATE TRIGGER seals_stand_delete BEFORE DELETE ON seals BEGIN SELECT raise(ABORT, 'a seal is never changed'); END;

-- Projections: rebuilt from the journal at any time. They accept every fact; rules are asked before a fact comes to be.

CREATE TABLE shop (
    key                INTEGER PRIMARY KEY CHECK (key = 1),
    name               TEXT NOT NULL,
    currency           TEXT NOT NULL,
    minor_digits       INTEGER NOT NULL,
    language           TEXT NOT NULL,
    time_zone    TEXT NOT NULL,
    sample             INTEGER NOT NULL
);

CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE people (
    key        INTEGER PRIMARY KEY,
    id         BLOB NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    role       TEXT NOT NULL,
    pin_hash   TEXT NOT NULL,
    archived   INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE products (
    key           INTEGER PRIMARY KEY,
    id            BLOB NOT NULL UNIQUE,
    code          TEXT NOT NULL,
    barcode       TEXT,
    name          TEXT NOT NULL,
    name_2        TEXT,
    py_full       TEXT NOT NULL,
    py_initials   TEXT NOT NULL,
    category      TEXT,
    price_minor   INTEGER NOT NULL,
    cost_minor    INTEGER,
    tax           TEXT,
    no_commission INTEGER NOT NULL,
    archived      INTEGER NOT NULL DEFAULT 0,
    stock_milli   INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX products_code ON products (code);
CREATE INDEX products_barcode ON products (barcode) WHERE barcode IS NOT NULL;
CREATE INDEX products_name ON products (name);
CREATE INDEX products_py_full ON products (py_full);
CREATE INDEX products_py_initials ON products (py_initials);

CREATE TABLE members (
    key         INTEGER PRIMARY KEY,
    id          BLOB NOT NULL UNIQUE,
    number      TEXT NOT NULL,
    name        TEXT NOT NULL,
    py_full     TEXT NOT NULL,
    py_initials TEXT NOT NULL,
    phone       TEXT,
    phone_end   TEXT GENERATED ALWAYS AS (substr(phone, -4)) STORED,
    sponsor     INTEGER,
    level       TEXT,
    rank        TEXT,
    joined      TEXT NOT NULL,
    active      INTEGER NOT NULL,
    note        TEXT,
    direct      INTEGER NOT NULL DEFAULT 0,
    purchases   INTEGER NOT NULL DEFAULT 0,
    net_minor   INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX members_number ON members (number);
CREATE INDEX members_name ON members (name);
CREATE INDEX members_py_full ON members (py_full);
CREATE INDEX members_py_initials ON members (py_initials);
CREATE INDEX members_phone ON members (phone) WHERE phone IS NOT NULL;
CREATE INDEX members_phone_end ON members (phone_end) WHERE phone_end IS NOT NULL;
CREATE INDEX members_sponsor ON members (sponsor) WHERE sponsor IS NOT NULL;

CREATE TABLE plans (
    version        INTEGER PRIMARY KEY,
    effective_from TEXT NOT NULL,
    plan           TEXT NOT NULL,
    hash           TEXT NOT NULL,
    bound_ppm      INTEGER,
    entry          INTEGER NOT NULL
);

-- Sales of the till and documents brought in; the key is the entry's number.
CREATE TABLE sales (
    entry         INTEGER PRIMARY KEY,
    number        TEXT NOT NULL,
    source        TEXT,
    business_date TEXT NOT NULL,
    made_at_ms    INTEGER NOT NULL,
    member        INTEGER,
    person        BLOB,
    pieces_milli  INTEGER NOT NULL,
    net_minor     INTEGER NOT NULL,
    tax_minor     INTEGER NOT NULL,
    earned_micro  INTEGER NOT NULL,
    origin_rounding_micro INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX sales_date ON sales (business_date, entry);
CREATE INDEX sales_member ON sales (member, entry) WHERE member IS NOT NULL;
CREATE INDEX sales_number ON sales (number);

CREATE TABLE sale_lines (
    entry     INTEGER NOT NULL,
    line      INTEGER NOT NULL,
    product   INTEGER,
    kind      TEXT NOT NULL,
    qty_milli INTEGER NOT NULL,
    net_minor INTEGER NOT NULL,
    PRIMARY KEY (entry, line)
) WITHOUT ROWID;

-- One row per earning of one member on one sale; `month` is 12 × year + month − 1.
CREATE TABLE earnings (
    entry        INTEGER NOT NULL,
    line         INTEGER NOT NULL,
    month        INTEGER NOT NULL,
    member       INTEGER NOT NULL,
    rule         TEXT NOT NULL,
    depth        INTEGER NOT NULL,
    base_minor   INTEGER NOT NULL,
    rate_ppm     INTEGER,
    amount_micro INTEGER NOT NULL,
    plan_version INTEGER NOT NULL,
    PRIMARY KEY (entry, line)
) WITHOUT ROWID;
CREATE INDEX earnings_member ON earnings (member, month);

-- A maintained total per member and month: the report reads this.
CREATE TABLE earned_months (
    month        INTEGER NOT NULL,
    member       INTEGER NOT NULL,
    sales        INTEGER NOT NULL,
    base_minor   INTEGER NOT NULL,
    amount_micro INTEGER NOT NULL,
    PRIMARY KEY (month, member)
) WITHOUT ROWID;

CREATE TABLE counters (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) WITHOUT ROWID;

-- This device alone: never in the journal.

CREATE TABLE local (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE held (
    id       BLOB PRIMARY KEY CHECK (length(id) = 16),
    label    TEXT NOT NULL,
    draft    TEXT NOT NULL,
    person   BLOB,
    at_ms    INTEGER NOT NULL,
    open     INTEGER NOT NULL -- 1: the ticket on the till right now; 0: put aside
) WITHOUT ROWID;
