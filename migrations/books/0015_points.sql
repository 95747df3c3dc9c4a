-- The life of points: what of a member's movements is locked, where points came in and when they run out; and what is due on which day.

ALTER TABLE points_moves ADD COLUMN locked INTEGER NOT NULL DEFAULT 0;
-- The entry that the points came in with; the sale where a spending took them out.
ALTER TABLE points_moves ADD COLUMN of BLOB NOT NULL DEFAULT x'';
ALTER TABLE points_moves ADD COLUMN good_until TEXT;
ALTER TABLE points_moves ADD COLUMN beside INTEGER NOT NULL DEFAULT 0;
-- First day on which locked points can be spent.
ALTER TABLE points_moves ADD COLUMN usable_from TEXT;
-- Which day in a row a member came by.
ALTER TABLE points_moves ADD COLUMN streak INTEGER;

-- What the day's run will look at: a range of the key, in a shop of any size.
CREATE TABLE points_due (
    how    TEXT NOT NULL,
    day    TEXT NOT NULL,
    member BLOB NOT NULL,
    of     BLOB NOT NULL,
    PRIMARY KEY (how, day, member, of)
) WITHOUT ROWID;

-- `MM-DD`, and the whole date where the year is known.
ALTER TABLE members ADD COLUMN birthday TEXT;
CREATE INDEX members_birthday ON members (substr(birthday, -5)) WHERE birthday IS NOT NULL;

-- The newest birthday and the newest day of coming by that were honoured.
ALTER TABLE members ADD COLUMN birthday_honoured TEXT;
ALTER TABLE members ADD COLUMN came_by TEXT;
ALTER TABLE members ADD COLUMN came_streak INTEGER NOT NULL DEFAULT 0;

INSERT INTO local (name, value) VALUES ('projections_stale', '1') ON CONFLICT (name) DO NOTHING;
