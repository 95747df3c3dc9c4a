-- The meeting place. Every key begins with the shop, so that a shop lies on one shard; the codes alone are found by what a person types.

CREATE TABLE shops (
    shop    BLOB PRIMARY KEY,
    journal BLOB NOT NULL,
    head    BIGINT NOT NULL,
    log     BLOB NOT NULL,
    tills   BIGINT NOT NULL,
    made_at BIGINT NOT NULL
);

CREATE TABLE devices (
    shop       BLOB NOT NULL,
    device     BLOB NOT NULL,
    public_key BLOB NOT NULL,
    name       TEXT NOT NULL,
    ceiling    TEXT NOT NULL,
    till       BIGINT NOT NULL,
    token      BLOB NOT NULL,
    state      TEXT NOT NULL,
    seen_at    BIGINT NOT NULL,
    cursor     BIGINT NOT NULL,
    PRIMARY KEY (shop, device)
);
CREATE UNIQUE INDEX devices_token ON devices (shop, token);

CREATE TABLE codes (
    code     BLOB PRIMARY KEY,
    shop     BLOB NOT NULL,
    ceiling  TEXT NOT NULL,
    name     TEXT NOT NULL,
    until_ms BIGINT NOT NULL
);

-- The last place of each chain.
CREATE TABLE chains (
    shop   BLOB NOT NULL,
    chain  BLOB NOT NULL,
    device BLOB NOT NULL,
    head   BIGINT NOT NULL,
    hash   BLOB NOT NULL,
    PRIMARY KEY (shop, chain)
);

-- One row per place of a chain, numbered or not; what is held back keeps its bytes here.
CREATE TABLE positions (
    shop   BLOB NOT NULL,
    chain  BLOB NOT NULL,
    dseq   BIGINT NOT NULL,
    hash   BLOB NOT NULL,
    number BIGINT,
    held   TEXT,
    bytes  BLOB,
    PRIMARY KEY (shop, chain, dseq)
);

CREATE TABLE journal (
    shop       BLOB NOT NULL,
    number     BIGINT NOT NULL,
    id         BLOB NOT NULL,
    chain      BLOB NOT NULL,
    dseq       BIGINT NOT NULL,
    log        BLOB NOT NULL,
    bytes      BLOB NOT NULL,
    public_key BLOB NOT NULL,
    signature  BLOB NOT NULL,
    PRIMARY KEY (shop, number)
);
CREATE UNIQUE INDEX journal_id ON journal (shop, id);

-- Who works in the shop, as its own numbered entries say.
CREATE TABLE people (
    shop   BLOB NOT NULL,
    person BLOB NOT NULL,
    role   TEXT NOT NULL,
    PRIMARY KEY (shop, person)
);

-- What was done to devices, and by which.
CREATE TABLE audit (
    shop   BLOB NOT NULL,
    at_ms  BIGINT NOT NULL,
    device BLOB NOT NULL,
    deed   TEXT NOT NULL,
    about  TEXT NOT NULL
);
CREATE INDEX audit_shop ON audit (shop, at_ms);
