-- What a month's commission is made of, kept as it is earned: by rule, depth, rank and product, and by branch of the tree.

-- `part` is 'rule', 'depth', 'rank' or 'product'; `name` the rule, the depth as a number, the rank in force when it was earned, the key of the product.
-- Nothing and 0 stand for what has none.
CREATE TABLE earned_parts (
    month        INTEGER NOT NULL,
    part         TEXT NOT NULL,
    name         BLOB NOT NULL,
    amount_micro INTEGER NOT NULL,
    PRIMARY KEY (month, part, name)
) WITHOUT ROWID;

-- What was sold in a month of business days, to whomever.
CREATE TABLE sale_months (
    month     INTEGER PRIMARY KEY,
    receipts  INTEGER NOT NULL,
    net_minor INTEGER NOT NULL
);

-- What the member and everyone below earned, as the tree stands today.
ALTER TABLE branch_months ADD COLUMN earned_micro INTEGER NOT NULL DEFAULT 0;

INSERT INTO local (name, value) VALUES ('projections_stale', '1') ON CONFLICT (name) DO NOTHING;
