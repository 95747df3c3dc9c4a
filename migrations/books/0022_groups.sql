-- When each member bought first and last, and how often points were spent: what the groups of members follow from. And the shop's own tags.
ALTER TABLE members ADD COLUMN first_bought TEXT;
ALTER TABLE members ADD COLUMN last_bought TEXT;
ALTER TABLE members ADD COLUMN redeemed INTEGER NOT NULL DEFAULT 0;
-- One index moves with every sale, and every figure of a group that sales move is read from it alone; the others move with the member's card.
CREATE INDEX members_bought ON members (last_bought, purchases, net_minor, redeemed);
CREATE INDEX members_joined ON members (joined);
CREATE INDEX members_level ON members (level) WHERE level IS NOT NULL;

CREATE TABLE member_tags (
    tag    TEXT NOT NULL,
    member INTEGER NOT NULL,
    PRIMARY KEY (tag, member)
) WITHOUT ROWID;
CREATE INDEX member_tags_member ON member_tags (member);

INSERT INTO local (name, value) VALUES ('projections_stale', '1') ON CONFLICT (name) DO NOTHING;
