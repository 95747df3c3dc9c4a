-- The shop's day on which somebody was thanked with points for bringing this member in; and who bought first on which day, for the day's run.

ALTER TABLE members ADD COLUMN thanked TEXT;
CREATE INDEX members_first_bought ON members (first_bought) WHERE sponsor IS NOT NULL AND thanked IS NULL;
