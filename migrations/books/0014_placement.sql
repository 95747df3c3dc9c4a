-- The binary tree: every place that a member got, by the entry that gave it, and what the legs bring forward from month to month.

CREATE TABLE placements (
    entry  INTEGER PRIMARY KEY,
    member INTEGER NOT NULL,
    day    TEXT NOT NULL,
    under  INTEGER,
    side   TEXT
);
CREATE INDEX placements_member ON placements (member, entry);

-- Where everyone stands now.
CREATE TABLE places (
    member INTEGER PRIMARY KEY,
    under  INTEGER NOT NULL,
    side   TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX places_under ON places (under, side);

-- Months whose close knew legs; a further round takes the place of the one before.
CREATE TABLE leg_months (
    month INTEGER PRIMARY KEY,
    round INTEGER NOT NULL
);
CREATE TABLE legs (
    month      INTEGER NOT NULL,
    rule       TEXT NOT NULL,
    member     INTEGER NOT NULL,
    left_leg   TEXT NOT NULL,
    right_leg  TEXT NOT NULL,
    PRIMARY KEY (month, rule, member)
) WITHOUT ROWID;
