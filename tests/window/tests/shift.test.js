/** A shift from its float to its count, with the keyboard alone. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { answer, fillShelves, order, setUp, WORDS } from "../shop.js";
import { Key, openWindow } from "../window.js";

let window;
let goods;

before(async () => {
  window = await openWindow();
  await setUp(window);
  goods = await fillShelves(window);
});

after(() => window?.close());

test("F11 leads from the till to the shift, Enter opens it with its float", async () => {
  await window.keys(Key.F11);
  await window.focus("Cash in the drawer");
  await window.audit("shift-none");
  await window.keys("500", Key.ENTER);
  await window.see("This shift");
  await window.see("500.00");
  await window.audit("shift-open");
});

test("cash out wants its reason at the field, and is recorded with it", async () => {
  await window.keys("m");
  await window.focus("How much");
  await window.keys("100", Key.ENTER);
  await window.focus("What for");
  await window.keys(Key.ENTER);
  await window.see("Write what the cash is for.");
  await window.focus("What for");
  await window.audit("shift-cash");
  await window.keys("买胶带", Key.ENTER);
  await window.see("Recorded");
  await window.focus("Report so far");
});

test("the report so far counts the sales since, and closes again with Esc", async () => {
  await window.keys(Key.ESCAPE);
  await window.see(WORDS.en.ready);
  await window.code(goods.barcodes[0]);
  await window.see("128.00");
  await window.keys(Key.F5);
  await window.see(WORDS.en.taken);
  await window.keys(Key.F11);
  await window.see("This shift");
  await window.keys("x");
  // 500 in, 100 out, 128 taken.
  await window.see("528.00");
  await window.audit("shift-x");
  await window.keys(Key.ESCAPE);
  await window.seeNoMore("528.00");
});

test("the drawer is counted note by note, and a difference is explained before the shift ends", async () => {
  await window.keys("c");
  await window.focus("Pieces of 100.00");
  assert.ok(!(await window.text()).includes("528.00"), "the expected cash is not told before the count");
  await window.keys("4", Key.ENTER);
  await window.focus("Pieces of 50.00");
  await window.keys("2", Key.ENTER);
  // Nothing typed is lost unasked.
  await window.keys(Key.ESCAPE);
  await window.see("What you typed here is not saved yet.");
  await window.keys(Key.ENTER);
  await window.see("500.00");
  await window.chord(Key.CONTROL, Key.ENTER);
  await window.focus("Why they differ");
  await window.see("\u221228.00");
  await window.audit("shift-difference");
  await window.keys("找零时多给了", Key.ENTER);
  await window.see("End of shift (Z)");
  await window.see("找零时多给了");
  await window.audit("shift-z");
  // One Enter too many opens no other shift.
  await window.keys(Key.ENTER);
  assert.equal((await answer(window, "shift_state", null)).open, null);
  const { rows } = await answer(window, "shifts", { offset: 0, limit: 10 });
  assert.equal(rows.length, 1);
  assert.equal(rows[0].counted_minor - rows[0].expected_minor, -2_800);
});

test("its report is read again from the list, in Chinese and in the dark", async () => {
  await window.keys(Key.ESCAPE);
  await order(window, "中文", "深色");
  await window.size(1280, 800);
  await window.see("历次交班");
  await window.audit("shift-none-zh-CN-dark");
  await window.tabTo("历次交班");
  await window.keys(Key.ENTER);
  await window.see("找零时多给了");
  await window.audit("shift-z-zh-CN-dark");
});
