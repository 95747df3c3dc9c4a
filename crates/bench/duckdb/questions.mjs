// DuckDB's side of goals 6 and 7. Loads members, sales and earnings from the CSV files of a folder into a file of its own, says "ready", and then
// answers each line of its input, the name of a question, with the nanoseconds that DuckDB took and the number of rows of the result.
import { createInterface } from "node:readline";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";

const folder = process.argv[2];
const file = join(folder, "month.duckdb");
for (const name of [file, `${file}.wal`]) if (existsSync(name)) rmSync(name);
const instance = await DuckDBInstance.create(file, { threads: process.env.THREADS ?? "2" });
const connection = await instance.connect();
const csv = (name) => join(folder, `${name}.csv`).replaceAll("'", "''");

await connection.run(`CREATE TABLE members AS SELECT * FROM read_csv('${csv("members")}', columns = {'member': 'INTEGER', 'sponsor': 'INTEGER'})`);
await connection.run(`CREATE TABLE sales AS SELECT * FROM read_csv('${csv("sales")}', columns = {'buyer': 'INTEGER', 'net': 'BIGINT'})`);
await connection.run(`CREATE TABLE earnings AS SELECT * FROM read_csv('${csv("earnings")}', columns = {'member': 'INTEGER', 'base': 'BIGINT', 'amount': 'BIGINT'})`);
await connection.run("CHECKPOINT");

const questions = {
  // Two levels, 8% and 3%, over every sale, and one sum per payee.
  uplines: `SELECT count(*), sum(amount) FROM (
    SELECT payee, sum(amount) AS amount FROM (
      SELECT m.sponsor AS payee, s.net * 8 AS amount FROM sales s JOIN members m ON m.member = s.buyer WHERE m.sponsor IS NOT NULL
      UNION ALL
      SELECT g.sponsor, s.net * 3 FROM sales s JOIN members m ON m.member = s.buyer JOIN members g ON g.member = m.sponsor WHERE g.sponsor IS NOT NULL
    ) GROUP BY payee)`,
  // Everybody's own sales and those of everybody below: each buyer's sum walks up to the root.
  groups: `WITH RECURSIVE own AS (SELECT buyer AS member, sum(net)::BIGINT AS net FROM sales GROUP BY buyer),
    up AS (SELECT member, net FROM own
      UNION ALL SELECT m.sponsor, up.net FROM up JOIN members m ON m.member = up.member WHERE m.sponsor IS NOT NULL)
    SELECT count(*), sum(net) FROM (SELECT member, sum(net) AS net FROM up GROUP BY member)`,
  // The report's page from the rows: the two hundred who earned most.
  page: "SELECT count(*), max(amount) FROM (SELECT member, count(*), sum(base), sum(amount) AS amount FROM earnings GROUP BY member ORDER BY amount DESC LIMIT 200)",
};

console.log("ready");
for await (const name of createInterface({ input: process.stdin })) {
  const began = process.hrtime.bigint();
  const rows = (await connection.runAndReadAll(questions[name.trim()])).getRows();
  const nanos = process.hrtime.bigint() - began;
  console.log(`${nanos} ${rows[0][0]}`);
}
