-- The sponsor tree in figures: how many stand below each member, and month by month what each bought and what the whole branch bought.

ALTER TABLE members ADD COLUMN below INTEGER NOT NULL DEFAULT 0;
-- Those below one sponsor, the largest branch first: a page of them is a range of this index, wherever in the tree it stands.
CREATE INDEX members_tree ON members (sponsor, below DESC, key);

-- `group_minor` is the member's own purchases and those of everyone below, as the tree stands today; member 0 is the whole shop.
CREATE TABLE branch_months (
    member      INTEGER NOT NULL,
    month       INTEGER NOT NULL,
    own_minor   INTEGER NOT NULL,
    group_minor INTEGER NOT NULL,
    PRIMARY KEY (member, month)
) WITHOUT ROWID;

CREATE INDEX earned_months_member ON earned_months (member, month, amount_micro);

INSERT INTO local (name, value) VALUES ('projections_stale', '1') ON CONFLICT (name) DO NOTHING;

-- Every movement of a member's points with its reason; per member they add up to the balance of the ledger.
CREATE TABLE points_moves (
    entry         INTEGER NOT NULL,
    line          INTEGER NOT NULL,
    member        INTEGER NOT NULL,
    why           TEXT NOT NULL,
    points        INTEGER NOT NULL,
    business_date TEXT NOT NULL,
    reason        TEXT,
    person        BLOB,
    PRIMARY KEY (entry, line)
) WITHOUT ROWID;
CREATE INDEX points_moves_member ON points_moves (member, entry, line);
