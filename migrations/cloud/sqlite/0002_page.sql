-- What the owner's page in a browser shows and who may see it. The figures follow the journal up to `number`, in the transactions that number entries.

CREATE TABLE summaries (
    shop     BLOB PRIMARY KEY,
    number   BIGINT NOT NULL,
    name     TEXT NOT NULL,
    currency TEXT NOT NULL,
    digits   BIGINT NOT NULL,
    zone     TEXT NOT NULL
);

-- What each device sold on each of the shop's days, less what came back.
CREATE TABLE day_sums (
    shop      BLOB NOT NULL,
    day       TEXT NOT NULL,
    device    BLOB NOT NULL,
    sales     BIGINT NOT NULL,
    returns   BIGINT NOT NULL,
    net_minor BIGINT NOT NULL,
    PRIMARY KEY (shop, day, device)
);

-- Commission by the month it counts in, months counted from the year 0.
CREATE TABLE month_sums (
    shop         BLOB NOT NULL,
    month        BIGINT NOT NULL,
    earned_micro BIGINT NOT NULL,
    PRIMARY KEY (shop, month)
);

CREATE TABLE closed_months (
    shop  BLOB NOT NULL,
    month BIGINT NOT NULL,
    PRIMARY KEY (shop, month)
);

-- The account of the page: one that opens it (proven 1), and one whose first code has not been seen yet (proven 0).
CREATE TABLE pages (
    shop       BLOB NOT NULL,
    proven     BIGINT NOT NULL,
    password   TEXT NOT NULL,
    secret     BLOB NOT NULL,
    step       BIGINT NOT NULL,
    wrong      BIGINT NOT NULL,
    wait_until BIGINT NOT NULL,
    made_at    BIGINT NOT NULL,
    PRIMARY KEY (shop, proven)
);

CREATE TABLE page_sessions (
    shop     BLOB NOT NULL,
    token    BLOB NOT NULL,
    until_ms BIGINT NOT NULL,
    PRIMARY KEY (shop, token)
);
