/** What was sold, found and added up with the keyboard alone, and written as a file. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { answer, order, setUp } from "../shop.js";
import { Key, openWindow } from "../window.js";

let window;
const all = { search: "", from: null, to: null, member: null, person: null, tender: null, kind: null };
const list = (filter = {}) => answer(window, "sales_list", { filter: { ...all, ...filter }, window: { offset: 0, limit: 1 } });
const counted = (count) => new Intl.NumberFormat("en").format(count);

before(async () => {
  window = await openWindow();
  await setUp(window, { sample: true });
  await window.size(1440, 900);
  await window.go("/sales");
  await window.see("receipts");
  await window.focus("Sales");
});

after(() => window?.close());

test("the list is narrowed by tender, and a receipt opens beside it", async () => {
  await window.audit("sales");
  await window.tabTo(/Paid with$/, { back: true });
  await window.keys(Key.ENTER);
  await window.find("option", "Alipay");
  await window.keys("Alipay", Key.ENTER);
  await window.focus("Alipay Paid with");
  const { totals } = await list({ tender: "alipay" });
  await window.see(`${counted(totals.receipts)} receipts`);
  await window.tabTo("Sales");
  await window.keys(Key.ENTER);
  const { page } = await list({ tender: "alipay" });
  await window.find("button", "Print the receipt again");
  await window.see(`No. ${page.rows[0].number}`);
  await window.audit("sales-receipt");
  await window.keys(Key.ESCAPE);
  await window.gone("button", "Print the receipt again");
});

test("a number is found by its start", async () => {
  await window.keys("/");
  const { page } = await list({ tender: "alipay" });
  await window.keys(page.rows[0].number);
  await window.see("1 receipts");
  await window.chord(Key.CONTROL, "a");
  await window.keys(Key.DELETE);
});

test("a day's end adds the day up, and nothing sold says so", async () => {
  await window.tabTo(/Show$/);
  await window.keys(Key.ENTER);
  await window.find("option", "By day");
  await window.keys("By day", Key.ENTER);
  await window.focus("Sales added up");
  const { page, totals } = await answer(window, "trade", {
    filter: { by: "day", from: null, to: null },
    window: { offset: 0, limit: 200 },
  });
  await window.see(`${counted(totals.receipts)} receipts`);
  assert.equal(
    page.rows.reduce((sum, row) => sum + row.net_minor, 0),
    totals.net_minor,
  );
  await window.see(page.rows[0].name);
  await window.audit("sales-by-day");
  await window.keys("d");
  await window.see("Nothing was sold on these days.");
});

test("what is shown is written as a file with the same sum", async () => {
  const path = join(window.folder, "by-day.csv");
  await window.fileChosen(path);
  await window.go("/sales?view=day");
  await window.focus("Sales added up");
  const { totals } = await answer(window, "trade", { filter: { by: "day", from: null, to: null }, window: { offset: 0, limit: 1 } });
  await window.tabTo("Save as", { back: true });
  await window.keys(Key.ENTER);
  await window.find("menuitem", "Save as CSV");
  await window.keys(Key.ARROW_DOWN, Key.ENTER);
  await window.see("Saved:");
  const text = await readFile(path, "utf8");
  const [last] = text.trim().split("\n").slice(-1);
  assert.match(last, new RegExp(`^Total,.*${(totals.net_minor / 100).toFixed(2)}$`));
});

test("in Chinese and in the dark, on a small screen", async () => {
  await order(window, "中文", "深色");
  await window.size(1280, 800);
  await window.audit("sales-by-day-zh-CN-dark");
  await window.keys("l");
  await window.see("小票号");
  await window.audit("sales-zh-CN-dark");
});
