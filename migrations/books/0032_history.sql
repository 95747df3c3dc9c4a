-- Who stood under whom from when on, for a member's history; and a member's vouchers without a look through all.

CREATE TABLE sponsor_moves (
    entry   INTEGER PRIMARY KEY,
    member  BLOB NOT NULL,
    sponsor BLOB,
    reason  TEXT,
    day     TEXT NOT NULL
);
CREATE INDEX sponsor_moves_member ON sponsor_moves (member, entry);
CREATE INDEX vouchers_member ON vouchers (member, entry) WHERE member IS NOT NULL;
INSERT INTO local (name, value) VALUES ('projections_stale', '1') ON CONFLICT (name) DO NOTHING;
