-- Whose personal data stand beside which entry, and who was erased: their data are cut off what is here and off whatever comes later.

CREATE TABLE beside (
    shop   BLOB NOT NULL,
    id     BLOB NOT NULL,
    member BLOB NOT NULL,
    PRIMARY KEY (shop, id)
);
CREATE INDEX beside_member ON beside (shop, member);

CREATE TABLE erased (
    shop   BLOB NOT NULL,
    member BLOB NOT NULL,
    PRIMARY KEY (shop, member)
);
