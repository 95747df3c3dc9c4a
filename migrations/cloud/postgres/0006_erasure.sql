-- Whose personal data stand beside which entry, and who was erased: their data are cut off what is here and off whatever comes later.

CREATE TABLE beside (
    shop   BYTEA NOT NULL,
    id     BYTEA NOT NULL,
    member BYTEA NOT NULL,
    PRIMARY KEY (shop, id)
);
CREATE INDEX beside_member ON beside (shop, member);

CREATE TABLE erased (
    shop   BYTEA NOT NULL,
    member BYTEA NOT NULL,
    PRIMARY KEY (shop, member)
);
