/** A month is closed with the keyboard alone: worked out, looked over, released, read, opened again. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { answer, order, setUp } from "../shop.js";
import { Key, openWindow } from "../window.js";

let window;
let next;

before(async () => {
  window = await openWindow();
  await setUp(window, { sample: true });
  await window.size(1440, 900);
  ({ next } = await answer(window, "closing", null));
  // So that the sample shows signs: whoever buys anything at all.
  const settings = await answer(window, "settings", null);
  await answer(window, "save_settings", { ...settings, risk: { ...settings.risk, bought_ppm: 1 } });
});

after(() => window?.close());

test("working the month out records nothing, and shows what it comes to", async () => {
  await window.go("/month/close");
  await window.see("Working it out records nothing");
  await window.audit("close-open");
  await window.chord(Key.CONTROL, Key.ENTER);
  await window.see("To pay, tax included", 60_000);
  await window.see("not released");
  await window.focus("Statements of");
  await window.audit("close-worked");
  assert.deepEqual((await answer(window, "closing", null)).closes, []);
});

test("the review is worked by keyboard: evidence, a decision with its reason, and back", async () => {
  await window.see("Review (");
  await window.go("/month/risk");
  await window.see("Review of the month");
  await window.focus("Months worth a look");
  const before = await answer(window, "month_risks", { month: next, window: { offset: 0, limit: 1 } });
  assert.ok(before.waiting > 0);
  await window.audit("month-risk");
  await window.keys(Key.ENTER);
  await window.see("Hold…");
  await window.audit("month-risk-open");
  await window.keys(Key.ESCAPE);
  await window.focus("Months worth a look");
  await window.keys("h");
  await window.focus("Reason");
  await window.keys("own purchases", Key.ENTER);
  await window.focus("Months worth a look");
  const after = await answer(window, "month_risks", { month: next, window: { offset: 0, limit: 1 } });
  assert.deepEqual([after.waiting, after.held], [before.waiting - 1, 1]);
  await window.keys(Key.ESCAPE);
  await window.see("Look it over");
});

test("what was worked out is released by typing the month, and stands among the closed ones", async () => {
  const { worked } = await answer(window, "closing", null);
  await window.chord(Key.CONTROL, Key.ENTER);
  await window.see("Statements that were released never change");
  await window.focus(`Type ${next} to confirm`);
  await window.audit("close-release");
  await window.keys("1999-01", Key.ENTER);
  assert.deepEqual((await answer(window, "closing", null)).closes, []);
  await window.chord(Key.CONTROL, "a");
  await window.keys(next, Key.ENTER);
  await window.see("Closed months", 60_000);
  await window.focus("Statements of");
  const { closes, last } = await answer(window, "closing", null);
  assert.equal(last, next);
  assert.equal(closes[0].payable_minor, worked.payable_minor);
  // The same release a second time adds nothing.
  const again = await window.ask("release_month", { month: next, run_hash: worked.run_hash });
  assert.equal(again.failure.refusal.code, "already_closed");
  assert.equal((await answer(window, "closing", null)).closes.length, 1);
});

test("a statement opens with Enter, and each of its amounts says why", async () => {
  const statements = await answer(window, "statements", { month: next, provisional: false, window: { offset: 0, limit: 200 } });
  const { closes } = await answer(window, "closing", null);
  assert.equal(statements.count, closes[0].members);
  assert.equal(
    statements.rows.reduce((sum, row) => sum + row.payable_minor, 0),
    closes[0].payable_minor,
  );
  await window.keys(Key.ARROW_DOWN, Key.ENTER);
  await window.see(statements.rows[1].number);
  await window.tabTo("Why ");
  await window.audit("close-statement");
  await window.keys(Key.ENTER);
  await window.see("The chain on that day");
  await window.audit("close-why");
  await window.keys(Key.ESCAPE);
  await window.focus("Why ");
  await window.keys(Key.ESCAPE);
  await window.focus("Statements of");
});

test("the month proves itself: statements, ledger and payouts agree line by line", async () => {
  await window.go(`/month/proof?month=${next}`);
  await window.see("agree, to the cent");
  const proof = await answer(window, "reconcile_month", next);
  const owed = proof.month_rows.find((row) => row.line === "owed");
  assert.ok(owed.listed > 0 && owed.listed === owed.ledger && owed.ledger === owed.payouts);
  await window.audit("month-proof");
  await window.keys(Key.ESCAPE);
  await window.see("Commission by month");
  await window.go(`/month/review?month=${next}`);
  await window.see("Top promoters");
  await window.audit("month-review");
  await window.tabTo("View as table");
  await window.keys(Key.ENTER);
  await window.see("View as chart");
  await window.audit("month-review-table");
  await window.go("/month/close");
  await window.see("Closed months");
});

test("the owner opens the last closed month again, with a reason, in Chinese and in the dark", async () => {
  await order(window, "中文", "深色");
  await window.size(1280, 800);
  await window.see("已关账的月份");
  await window.tabTo("重开");
  await window.keys(Key.ENTER);
  await window.see("原因");
  await window.audit("close-reopen-zh-CN-dark");
  await window.keys(Key.ENTER);
  assert.equal((await answer(window, "closing", null)).closes[0].reopened, null);
  await window.keys("漏记一笔退货", Key.ENTER);
  await window.see("漏记一笔退货");
  await window.chord(Key.CONTROL, Key.ENTER);
  await window.see("未发放", 60_000);
  await window.audit("close-worked-zh-CN-dark");
  assert.equal((await answer(window, "closing", null)).worked.payable_minor, 0);
});
