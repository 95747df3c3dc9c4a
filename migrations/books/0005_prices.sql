-- Prices beside the list price, promotions and coupons: versions that hold from a day on, and how often each promotion was used.

CREATE TABLE price_versions (
    entry      INTEGER PRIMARY KEY,
    product    BLOB NOT NULL,
    valid_from TEXT NOT NULL,
    prices     TEXT NOT NULL
);
CREATE INDEX price_versions_product ON price_versions (product, valid_from, entry);

CREATE TABLE promotion_versions (
    entry      INTEGER PRIMARY KEY,
    promotion  BLOB NOT NULL,
    valid_from TEXT NOT NULL,
    code       TEXT,
    terms      TEXT NOT NULL
);
CREATE INDEX promotion_versions_promotion ON promotion_versions (promotion, valid_from, entry);

CREATE TABLE promotion_uses (
    entry        INTEGER NOT NULL,
    promotion    BLOB NOT NULL,
    member       BLOB,
    amount_minor INTEGER NOT NULL,
    PRIMARY KEY (promotion, entry)
) WITHOUT ROWID;
CREATE INDEX promotion_uses_member ON promotion_uses (promotion, member) WHERE member IS NOT NULL;
