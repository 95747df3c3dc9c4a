-- The card that a member's card was merged into, and when; whoever looks one up is led to the other.

ALTER TABLE members ADD COLUMN merged_into INTEGER;
CREATE INDEX members_merged ON members (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE merges (
    entry INTEGER NOT NULL PRIMARY KEY,
    member BLOB NOT NULL,
    into_member BLOB NOT NULL,
    reason TEXT NOT NULL
) STRICT;
CREATE INDEX merges_member ON merges (member);
CREATE INDEX merges_into ON merges (into_member);
