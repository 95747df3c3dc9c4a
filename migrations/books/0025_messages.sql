-- Messages to members. They follow from the journal and are no part of it: only the device that sends has rows here, and a rebuilt file tells nobody twice.

-- How a member can be told, and by which ways the member wants nothing, as JSON.
ALTER TABLE members ADD COLUMN contact TEXT;

CREATE TABLE messages (
    key        INTEGER PRIMARY KEY AUTOINCREMENT,
    id         BLOB NOT NULL UNIQUE,       -- made of occasion, member and cause
    occasion   TEXT NOT NULL,
    channel    TEXT NOT NULL,
    member     BLOB NOT NULL,
    language   TEXT NOT NULL,
    subject    TEXT NOT NULL,
    body       TEXT NOT NULL,
    made_at_ms INTEGER NOT NULL,
    state      TEXT NOT NULL DEFAULT 'waiting', -- waiting, sending, sent, dead, doubtful, dropped
    tries      INTEGER NOT NULL DEFAULT 0,
    due_at_ms  INTEGER NOT NULL,           -- waiting: not tried before; sending: counted as broken off after
    done_at_ms INTEGER,                    -- sent or dropped
    fault      TEXT                        -- why the last try failed, as JSON
);
CREATE INDEX messages_due ON messages (due_at_ms) WHERE state IN ('waiting', 'sending');
CREATE INDEX messages_state ON messages (state, key);
CREATE INDEX messages_done ON messages (done_at_ms) WHERE done_at_ms IS NOT NULL;

-- Who was passed over, counted.
CREATE TABLE messages_passed (
    occasion TEXT NOT NULL,
    channel  TEXT NOT NULL,
    why      TEXT NOT NULL,                -- no_address, opted_out
    times    INTEGER NOT NULL,
    PRIMARY KEY (occasion, channel, why)
) WITHOUT ROWID;
