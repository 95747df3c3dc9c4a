-- Copies of the books that meet: which entries the shop's numberer has numbered, how to take back those that it has not, and what was set aside.

-- An entry is for ever once it is numbered. In a shop without a cloud the books number themselves, and every entry is.
DROP TRIGGER journal_stands_delete;
CREATE TRIGGER journal_stands_delete BEFORE DELETE ON journal
WHEN NOT EXISTS (SELECT 1 FROM local WHERE name = 'sync.cursor' AND OLD.number > CAST(value AS INTEGER))
BEGIN SELECT raise(ABORT, 'the journal is never changed'); END;
DROP TRIGGER postings_stand_delete;
CREATE TRIGGER postings_stand_delete BEFORE DELETE ON postings
WHEN NOT EXISTS (SELECT 1 FROM local WHERE name = 'sync.cursor' AND OLD.entry > CAST(value AS INTEGER))
BEGIN SELECT raise(ABORT, 'the ledger is never changed'); END;

-- Statements that take back what entries without a number did to the tables that follow from the journal, newest first.
CREATE TABLE undo (
    seq    INTEGER PRIMARY KEY,
    number INTEGER NOT NULL,
    back   TEXT NOT NULL
);
CREATE INDEX undo_number ON undo (number);

-- Own entries that are not in the fold: the numberer holds them, another entry of the same id came first, or they were chained anew.
CREATE TABLE aside (
    chain  INTEGER NOT NULL REFERENCES chains (key),
    dseq   INTEGER NOT NULL,
    id     BLOB NOT NULL CHECK (length(id) = 16),
    hash   BLOB NOT NULL CHECK (length(hash) = 32),
    bytes  BLOB NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (chain, dseq)
) WITHOUT ROWID;
CREATE INDEX aside_id ON aside (id);

-- Moves that would have closed a ring in the sponsor tree when their number came.
CREATE TABLE refused_moves (
    entry   INTEGER PRIMARY KEY,
    member  BLOB NOT NULL,
    sponsor BLOB
);
