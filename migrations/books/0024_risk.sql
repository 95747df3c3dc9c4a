-- What somebody decided about a member's month when it was looked over, and what is held of its released statement.

CREATE TABLE judgements (
    month         INTEGER NOT NULL,
    round         INTEGER NOT NULL,
    member        INTEGER NOT NULL,
    verdict       TEXT NOT NULL,
    reason        TEXT NOT NULL,
    person        BLOB,
    business_date TEXT NOT NULL,
    signs         TEXT NOT NULL,
    held_minor    INTEGER NOT NULL,
    entry         INTEGER NOT NULL,
    PRIMARY KEY (month, round, member)
) WITHOUT ROWID;
