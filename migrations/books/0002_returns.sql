-- Returns stand among the sales, with amounts and quantities below zero, so that every sum over sales is net of them.

ALTER TABLE sales ADD COLUMN kind TEXT NOT NULL DEFAULT 'sale'; -- sale, return
ALTER TABLE sales ADD COLUMN origin BLOB; -- id of the sale that came back, where there was a receipt
ALTER TABLE sale_lines ADD COLUMN origin_line INTEGER; -- which line of it
CREATE INDEX sales_origin ON sales (origin) WHERE origin IS NOT NULL;
