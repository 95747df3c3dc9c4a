-- What tills that were apart leave behind for a person to look at, and what somebody said to it.

CREATE TABLE tasks_settled (
    task          TEXT PRIMARY KEY,
    done          TEXT NOT NULL,
    reason        TEXT NOT NULL,
    person        BLOB,
    business_date TEXT NOT NULL,
    entry         INTEGER NOT NULL
) WITHOUT ROWID;

-- Where to look, so that no question goes through the whole shop. These are hints and follow from no entry: whoever reads them looks at the account again.
CREATE TABLE crossed (account INTEGER PRIMARY KEY);
CREATE TRIGGER balances_crossed AFTER UPDATE OF amount ON balances
WHEN NEW.account >= 1024 AND ((OLD.amount < 0) <> (NEW.amount < 0) OR (OLD.amount > 0) <> (NEW.amount > 0))
BEGIN
    INSERT INTO crossed (account) SELECT key FROM accounts WHERE key = NEW.account AND key NOT IN (SELECT account FROM crossed)
        AND (name = 'points.held' AND NEW.amount < 0 OR name IN ('balance.paid', 'balance.bonus', 'voucher') AND NEW.amount > 0);
END;
CREATE TRIGGER balances_began AFTER INSERT ON balances WHEN NEW.account >= 1024
BEGIN
    INSERT INTO crossed (account) SELECT key FROM accounts WHERE key = NEW.account AND key NOT IN (SELECT account FROM crossed)
        AND (name = 'points.held' AND NEW.amount < 0 OR name IN ('balance.paid', 'balance.bonus', 'voucher') AND NEW.amount > 0);
END;
INSERT INTO crossed (account) SELECT DISTINCT a.key FROM accounts a JOIN balances b ON b.account = a.key
    WHERE a.name = 'points.held' AND b.amount < 0 OR a.name IN ('balance.paid', 'balance.bonus', 'voucher') AND b.amount > 0;

CREATE TABLE shared_phones (phone TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TRIGGER members_phone_came AFTER INSERT ON members
WHEN NEW.phone IS NOT NULL AND NEW.phone NOT IN (SELECT phone FROM shared_phones) AND EXISTS (SELECT 1 FROM members WHERE phone = NEW.phone AND key <> NEW.key)
BEGIN INSERT INTO shared_phones (phone) VALUES (NEW.phone); END;
CREATE TRIGGER members_phone_moved AFTER UPDATE OF phone ON members
WHEN NEW.phone IS NOT NULL AND NEW.phone NOT IN (SELECT phone FROM shared_phones) AND EXISTS (SELECT 1 FROM members WHERE phone = NEW.phone AND key <> NEW.key)
BEGIN INSERT INTO shared_phones (phone) VALUES (NEW.phone); END;
INSERT INTO shared_phones (phone) SELECT phone FROM members WHERE phone IS NOT NULL GROUP BY phone HAVING count(*) > 1;

-- Sales that count in a later month than their day's, because that was closed when they came.
CREATE INDEX sales_late ON sales (month, business_date)
WHERE month > CAST(substr(business_date, 1, 4) AS INTEGER) * 12 + CAST(substr(business_date, 6, 2) AS INTEGER) - 1;
