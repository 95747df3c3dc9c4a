/** Papers of A4 are saved with the keyboard alone: a receipt and a delivery note, a statement, all statements of a month; a statement is checked. */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { answer, order, setUp } from "../shop.js";
import { Key, openWindow } from "../window.js";

let window;
let month;

const settled = async (job) => {
  for (;;) {
    const one = (await answer(window, "jobs", null)).find((known) => known.job === job);
    if (one?.end) return assert.equal(one.end.end, "done");
  }
};
const isPdf = async (path) => assert.equal((await readFile(path)).subarray(0, 5).toString("latin1"), "%PDF-");

before(async () => {
  window = await openWindow();
  await setUp(window, { sample: true });
  await window.size(1440, 900);
  ({ next: month } = await answer(window, "closing", null));
  await settled(await answer(window, "try_close", month));
  const { worked } = await answer(window, "closing", null);
  await settled(await answer(window, "release_month", { month, run_hash: worked.run_hash }));
});

after(() => window?.close());

test("a receipt and its delivery note are saved as PDF", async () => {
  const path = join(window.folder, "receipt.pdf");
  const note = join(window.folder, "note.pdf");
  await window.go("/sales");
  await window.see("receipts");
  await window.tabTo("Sales");
  await window.fileChosen(path);
  await window.keys(Key.ENTER);
  await window.find("button", "Receipt as PDF");
  await window.tabTo("Receipt as PDF");
  await window.audit("papers-sale");
  await window.keys(Key.ENTER);
  await window.see(path);
  await isPdf(path);
  await window.fileChosen(note);
  await window.tabTo("Delivery note as PDF");
  await window.keys(Key.ENTER);
  await window.see(note);
  await isPdf(note);
});

test("a statement is saved as PDF, and checked by its file and by its number", async () => {
  const path = join(window.folder, "statement.pdf");
  await window.go(`/month/close?month=${month}`);
  await window.focus("Statements of");
  await window.fileChosen(path);
  await window.keys(Key.ENTER);
  await window.find("button", "As PDF");
  await window.tabTo("As PDF");
  await window.audit("papers-statement");
  await window.keys(Key.ENTER);
  await window.see(path);
  const said = (await readFile(path)).toString("latin1");
  const [, number, hash] = /banyan-statement:([\w-]+):([0-9a-f]{64})/.exec(said);
  await window.keys(Key.ESCAPE);
  await window.tabTo("Check a statement", { back: true });
  await window.keys(Key.ENTER);
  await window.focus("Number of the statement");
  await window.keys(number, Key.TAB, hash, Key.ENTER);
  await window.see(`${number} is exactly as it was released.`);
  await window.audit("papers-check");
  await window.keys(Key.BACK_SPACE, hash.endsWith("0") ? "1" : "0", Key.ENTER);
  await window.see(`${number} was released with other figures.`);
  await window.keys(Key.ESCAPE);
});

test("all statements of the month are written to a new folder, in Chinese and in the dark", async () => {
  await order(window, "中文", "深色");
  const folder = join(window.folder, "statements");
  await window.fileChosen(folder);
  await window.tabTo("全部保存");
  await window.audit("papers-close-zh-CN-dark");
  await window.keys(Key.ENTER);
  await window.find("menuitem", /PDF/);
  await window.keys(Key.ENTER);
  await window.see(folder, 120_000);
  const { closes } = await answer(window, "closing", null);
  assert.equal((await readdir(folder)).length, closes[0].members + 1);
  await isPdf(join(folder, `${month}.pdf`));
});
