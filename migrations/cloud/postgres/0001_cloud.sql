-- The meeting place. Every key begins with the shop, so that a shop lies on one shard; the codes alone are found by what a person types.

CREATE TABLE shops (
    shop    BYTEA PRIMARY KEY,
    journal BYTEA NOT NULL,
    head    BIGINT NOT NULL,
    log     BYTEA NOT NULL,
    tills   BIGINT NOT NULL,
    made_at BIGINT NOT NULL
);

CREATE TABLE devices (
    shop       BYTEA NOT NULL,
    device     BYTEA NOT NULL,
    public_key BYTEA NOT NULL,
    name       TEXT NOT NULL,
    ceiling    TEXT NOT NULL,
    till       BIGINT NOT NULL,
    token      BYTEA NOT NULL,
    state      TEXT NOT NULL,
    seen_at    BIGINT NOT NULL,
    cursor     BIGINT NOT NULL,
    PRIMARY KEY (shop, device)
);
CREATE UNIQUE INDEX devices_token ON devices (shop, token);

CREATE TABLE codes (
    code     BYTEA PRIMARY KEY,
    shop     BYTEA NOT NULL,
    ceiling  TEXT NOT NULL,
    name     TEXT NOT NULL,
    until_ms BIGINT NOT NULL
);

-- The last place of each chain.
CREATE TABLE chains (
    shop   BYTEA NOT NULL,
    chain  BYTEA NOT NULL,
    device BYTEA NOT NULL,
    head   BIGINT NOT NULL,
    hash   BYTEA NOT NULL,
    PRIMARY KEY (shop, chain)
);

-- One row per place of a chain, numbered or not; what is held back keeps its bytes here.
CREATE TABLE positions (
    shop   BYTEA NOT NULL,
    chain  BYTEA NOT NULL,
    dseq   BIGINT NOT NULL,
    hash   BYTEA NOT NULL,
    number BIGINT,
    held   TEXT,
    bytes  BYTEA,
    PRIMARY KEY (shop, chain, dseq)
);

CREATE TABLE journal (
    shop       BYTEA NOT NULL,
    number     BIGINT NOT NULL,
    id         BYTEA NOT NULL,
    chain      BYTEA NOT NULL,
    dseq       BIGINT NOT NULL,
    log        BYTEA NOT NULL,
    bytes      BYTEA NOT NULL,
    public_key BYTEA NOT NULL,
    signature  BYTEA NOT NULL,
    PRIMARY KEY (shop, number)
);
CREATE UNIQUE INDEX journal_id ON journal (shop, id);

-- Who works in the shop, as its own numbered entries say.
CREATE TABLE people (
    shop   BYTEA NOT NULL,
    person BYTEA NOT NULL,
    role   TEXT NOT NULL,
    PRIMARY KEY (shop, person)
);

-- What was done to devices, and by which.
CREATE TABLE audit (
    shop   BYTEA NOT NULL,
    at_ms  BIGINT NOT NULL,
    device BYTEA NOT NULL,
    deed   TEXT NOT NULL,
    about  TEXT NOT NULL
);
CREATE INDEX audit_shop ON audit (shop, at_ms);
