-- Suppliers, places, documents of the back room, and counts under way.

ALTER TABLE products ADD COLUMN min_milli INTEGER;

CREATE TABLE suppliers (
    key      INTEGER PRIMARY KEY,
    id       BLOB NOT NULL UNIQUE,
    name     TEXT NOT NULL,
    contact  TEXT,
    phone    TEXT,
    note     TEXT,
    archived INTEGER NOT NULL
);

-- The nil id is the shop floor; it stands here only once it was given a name.
CREATE TABLE locations (
    key      INTEGER PRIMARY KEY,
    id       BLOB NOT NULL UNIQUE,
    name     TEXT NOT NULL,
    archived INTEGER NOT NULL
);

-- Deliveries, transfers and counts; the key is the entry's number. Places: the nil id for the shop floor.
CREATE TABLE stock_documents (
    entry         INTEGER PRIMARY KEY,
    number        TEXT NOT NULL,
    kind          TEXT NOT NULL,
    business_date TEXT NOT NULL,
    supplier      BLOB,
    reference     TEXT,
    place         BLOB NOT NULL,
    to_place      BLOB,
    person        BLOB,
    lines         INTEGER NOT NULL,
    qty_milli     INTEGER NOT NULL,
    value_minor   INTEGER NOT NULL,
    note          TEXT
);
CREATE INDEX stock_documents_kind ON stock_documents (kind, entry);

-- This device alone: counts under way, never in the journal.

CREATE TABLE stock_takes (
    id    BLOB PRIMARY KEY CHECK (length(id) = 16),
    label TEXT NOT NULL,
    place BLOB NOT NULL CHECK (length(place) = 16),
    person BLOB,
    at_ms INTEGER NOT NULL
) WITHOUT ROWID;

-- `seen` is the journal's length when the product was counted last.
CREATE TABLE stock_take_lines (
    take          BLOB NOT NULL,
    product       BLOB NOT NULL,
    counted_milli INTEGER NOT NULL,
    seen          INTEGER NOT NULL,
    at_ms         INTEGER NOT NULL,
    PRIMARY KEY (take, product)
) WITHOUT ROWID;
