-- Personal data stand beside an entry and can be cut off it; the hash does not cover them, and nothing else of an entry is ever changed.

CREATE TABLE beside (
    id     BLOB PRIMARY KEY CHECK (length(id) = 16),
    member BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX beside_member ON beside (member);

DROP TRIGGER journal_stands_update;
CREATE TRIGGER journal_stands_update BEFORE UPDATE ON journal
WHEN NOT ((NEW.number, NEW.id, NEW.chain, NEW.dseq, NEW.at_ms, NEW.at_tick, NEW.kind, NEW.hash)
        IS (OLD.number, OLD.id, OLD.chain, OLD.dseq, OLD.at_ms, OLD.at_tick, OLD.kind, OLD.hash)
    AND length(NEW.bytes) < length(OLD.bytes) AND NEW.bytes = substr(OLD.bytes, 1, length(NEW.bytes))
    AND EXISTS (SELECT 1 FROM beside WHERE id = OLD.id))
BEGIN SELECT raise(ABORT, 'the journal is never changed'); END;

-- Who was erased on which of the shop's days, also where the entry that enrolled them comes in later; repeated on the member for lists.
CREATE TABLE erasures (
    member BLOB PRIMARY KEY,
    day    TEXT NOT NULL
) WITHOUT ROWID;
ALTER TABLE members ADD COLUMN erased TEXT;
