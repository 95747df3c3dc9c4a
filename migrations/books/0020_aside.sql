-- Where a disk was cloned or restored, two entries may have stood at one place of a chain: both are kept until each is at home.
CREATE TABLE aside_kept (
    chain  INTEGER NOT NULL REFERENCES chains (key),
    dseq   INTEGER NOT NULL,
    id     BLOB NOT NULL CHECK (length(id) = 16),
    hash   BLOB NOT NULL CHECK (length(hash) = 32),
    bytes  BLOB NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (chain, dseq, hash)
) WITHOUT ROWID;
INSERT INTO aside_kept (chain, dseq, id, hash, bytes, reason) SELECT chain, dseq, id, hash, bytes, reason FROM aside;
DROP TABLE aside;
ALTER TABLE aside_kept RENAME TO aside;
CREATE INDEX aside_id ON aside (id);
