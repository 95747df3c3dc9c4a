-- Who reads a shop's entries as JSON: other systems, each by a token of its own, kept as its hash.

CREATE TABLE api_tokens (
    shop     BLOB NOT NULL,
    token    BLOB NOT NULL,
    name     TEXT NOT NULL,
    personal BIGINT NOT NULL,
    made_at  BIGINT NOT NULL,
    ended_at BIGINT,
    PRIMARY KEY (shop, token)
);
