-- Member levels that follow from growth: every movement of growth, every change of a level, and where each member stands.

CREATE TABLE growth_moves (
    entry         INTEGER PRIMARY KEY,
    member        BLOB NOT NULL,
    why           TEXT NOT NULL,
    growth        INTEGER NOT NULL,
    -- The sale or the day's coming by that it is of.
    of            BLOB NOT NULL,
    business_date TEXT NOT NULL
);
CREATE INDEX growth_moves_of ON growth_moves (of);
CREATE INDEX growth_moves_member ON growth_moves (member, entry);

CREATE TABLE level_changes (
    entry         INTEGER PRIMARY KEY,
    member        BLOB NOT NULL,
    from_level    TEXT,
    to_level      TEXT,
    until         TEXT,
    why           TEXT NOT NULL,
    growth        INTEGER NOT NULL,
    needed        INTEGER NOT NULL,
    gift_points   INTEGER NOT NULL,
    reason        TEXT,
    business_date TEXT NOT NULL,
    person        BLOB
);
CREATE INDEX level_changes_member ON level_changes (member, entry);

CREATE TABLE level_gifts (
    entry  INTEGER NOT NULL,
    line   INTEGER NOT NULL,
    member BLOB NOT NULL,
    level  TEXT NOT NULL,
    points INTEGER NOT NULL,
    PRIMARY KEY (entry, line)
) WITHOUT ROWID;
CREATE INDEX level_gifts_member ON level_gifts (member, entry);

-- The last day of the level, what it rests on, the level beneath it, and the growth when its validity began.
ALTER TABLE members ADD COLUMN level_until TEXT;
ALTER TABLE members ADD COLUMN level_rests TEXT NOT NULL DEFAULT 'hand';
ALTER TABLE members ADD COLUMN level_began INTEGER NOT NULL DEFAULT 0;
ALTER TABLE members ADD COLUMN under_level TEXT;
ALTER TABLE members ADD COLUMN under_until TEXT;
ALTER TABLE members ADD COLUMN under_rests TEXT NOT NULL DEFAULT 'hand';
CREATE INDEX members_level_until ON members (level_until) WHERE level_until IS NOT NULL;
