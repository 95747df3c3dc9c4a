import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { answer, setUp } from "../shop.js";
import { openWindow } from "../window.js";

let window;

before(async () => {
  window = await openWindow();
  await setUp(window, { sample: true });
});

after(() => window?.close());

const report = async (month) => {
  const filter = { month, search: "", sort: null, descending: true };
  return answer(window, "month", { filter, window: { offset: 0, limit: 200 } });
};

test("first run with the sample: the shop opens with goods, members and months of sales", async () => {
  assert.equal((await answer(window, "setup_state", null)).shop.sample, true);
  const months = await answer(window, "months", null);
  assert.ok(months.length >= 3, `${months}`);
});

test("the month equals the ledger, and an amount is followed down to its rule", async () => {
  const [, month] = await answer(window, "months", null);
  const { page, totals, proof } = await report(month);
  assert.equal(proof.report_micro, proof.ledger_micro);
  assert.equal(page.rows.reduce((all, row) => all + row.amount_micro, 0), totals.amount_micro);

  await window.go(`/month?month=${month}`);
  await window.see("Equals the ledger to the cent and beyond");
  await window.audit("month");
  const most = page.rows.toSorted((one, other) => other.amount_micro - one.amount_micro)[0];
  await window.click("row", most.number);
  await window.see("Payable, rounded down once");
  await window.audit("month-member");
  await window.click("button", /^Why \d/);
  await window.see("The chain on that day, from the buyer up");
  await window.see(/\d × \d+(\.\d+)?%/);
  await window.audit("month-why");
  await window.click("button", "Close");
});

test("the books are verified from the settings", async () => {
  await window.go("/settings?part=data");
  await window.click("button", "Verify the books");
  await window.see("The books are whole:", 180_000);
  await window.audit("settings-verified");
});

/** Every screen, by its address and what stands on it in both languages. */
const SCREENS = {
  till: ["/till", "Scanner ready", "扫码枪就绪"],
  products: ["/products", "Products & stock", "商品与库存"],
  members: ["/members", "Members", "会员"],
  plan: ["/plan", "Bound and check", "上限与审查"],
  month: ["/month", "Equals the ledger", "与总账分毫不差"],
  imports: ["/imports", "Choose the file…", "选择文件…"],
  settings: ["/settings?part=shop", "Settings", "设置"],
};

const everyScreen = async (at, name) => {
  for (const [screen, [path, ...words]] of Object.entries(SCREENS)) {
    await window.go(path);
    await window.see(words[at]);
    await window.audit(`${screen}-${name}`);
  }
};

test("every screen can be used by everyone, in English", () => everyScreen(0, "en"));

test("the language is switched at once, and every screen can be used by everyone, in Chinese", async () => {
  await window.go("/settings?part=look");
  await window.select(/Language$/, "中文");
  await window.see("外观");
  assert.equal(await window.look("return document.documentElement.lang;"), "zh-CN");
  await everyScreen(1, "zh-CN");
});

test("the theme is switched at once, and every screen can be used by everyone, in the dark", async () => {
  await window.go("/settings?part=look");
  await window.select(/主题$/, "深色");
  assert.equal(await window.look("return document.documentElement.dataset.theme;"), "dark");
  await everyScreen(1, "zh-CN-dark");
});
