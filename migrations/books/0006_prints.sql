-- What waits for paper on this device. Never part of the journal: another device, or a rebuilt file, prints nothing twice.
CREATE TABLE prints (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    what       TEXT NOT NULL,              -- receipt, labels, page
    title      TEXT NOT NULL,              -- what a person knows it by, such as the receipt's number
    sale       BLOB,                       -- the sale whose receipt it is; its bytes are made when its turn comes
    job        BLOB,                       -- else the job itself
    printer    TEXT NOT NULL,              -- receipt or label: the printer set for that; else the printer as JSON
    copy       INTEGER NOT NULL DEFAULT 0, -- 1: marked as a copy
    drawer     INTEGER NOT NULL DEFAULT 0, -- 1: opens the drawer, while the customer still stands there
    made_at_ms INTEGER NOT NULL,
    state      TEXT NOT NULL DEFAULT 'waiting', -- waiting, printing, doubtful
    tries      INTEGER NOT NULL DEFAULT 0,
    due_at_ms  INTEGER NOT NULL,           -- waiting: not tried before; printing: counted as broken off after
    fault      TEXT                        -- why the last try failed, as JSON
);
CREATE INDEX prints_waiting ON prints (printer, id) WHERE state = 'waiting';
