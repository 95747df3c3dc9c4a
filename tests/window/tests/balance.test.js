// A member's stored value by keyboard alone, and the customer display that follows the sale.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { answer, fillShelves, setUp } from "../shop.js";
import { Key, openWindow } from "../window.js";

let window;
let goods;
let buyer;

before(async () => {
  window = await openWindow();
  await setUp(window);
  goods = await fillShelves(window);
  buyer = goods.buyer.row?.member ?? goods.buyer.member;
  const settings = await answer(window, "settings", null);
  await answer(window, "save_settings", { ...settings, balance: { bonus: [{ from_minor: 10_000, bonus_minor: 2_000 }] } });
});

after(() => window?.close());

const has = async () => {
  const sheet = await answer(window, "balance", { member: buyer, window: { offset: 0, limit: 50 } });
  return [sheet.paid_minor, sheet.bonus_minor];
};

test("a top-up by key: amount, Enter, what was given, Enter", async () => {
  await window.code(goods.barcodes[0]);
  await window.see("128.00");
  await window.code("M0002");
  await window.see("欧阳小禾");
  await window.chord(Key.ALT, "t");
  await window.see("Stored value: 欧阳小禾");
  await window.keys("100");
  await window.see("The shop adds");
  await window.see("20.00");
  await window.audit("top-up");
  await window.keys(Key.ENTER);
  await window.keys("150", Key.ENTER);
  await window.see(/Taken: \S+/);
  await window.see("120.00");
  await window.audit("top-up-taken");
  await window.keys(Key.ENTER);
  assert.deepEqual(await has(), [10_000, 2_000]);
});

test("paying with it is refused where it is short, and nothing is recorded", async () => {
  await window.see("Stored value");
  await window.keys(Key.F9);
  await window.chord(Key.ALT, "5");
  await window.keys(Key.ENTER);
  await window.see("The member's stored value does not suffice.");
  await window.audit("balance-short");
  assert.deepEqual(await has(), [10_000, 2_000]);
});

test("a part by stored value, the rest in cash", async () => {
  await window.keys(Key.ESCAPE, Key.ESCAPE);
  await window.keys(Key.F9);
  await window.chord(Key.ALT, "5");
  await window.keys("120", Key.ENTER);
  await window.chord(Key.ALT, "1");
  await window.keys(Key.ENTER);
  await window.see(/Taken: \S+/);
  assert.deepEqual(await has(), [0, 0]);
});

test("the member's page and the day's report say so, in both languages and themes", async () => {
  await window.go(`/members?open=${buyer}`);
  await window.see("Topped up");
  await window.audit("member-balance");
  await window.go("/sales?view=balance");
  await window.see("Owed today");
  await window.audit("sales-balance");
  await window.go("/settings?part=balance");
  await window.see("Add a bonus");
  await window.audit("settings-balance");
  await window.go("/settings?part=tenders");
  await window.see("Add a tender");
  await window.audit("settings-tenders");
  await window.go("/settings?part=keys");
  await window.see("Keys everywhere");
  await window.audit("settings-keys");
});

test("a key that was moved does at its new place what it did, and nothing at its old one", async () => {
  await window.click("button", "Change the key: Shift and drawer");
  await window.keys(Key.F9);
  await window.see("F9 is taken");
  await window.chord(Key.CONTROL, "m");
  await window.seeNoMore("Press the key…");
  await window.go("/till");
  await window.see("Scanner ready");
  await window.keys(Key.F11);
  await window.see("Scanner ready");
  await window.chord(Key.CONTROL, "m");
  await window.see("No shift is open");
});

test("the customer display follows what it is told, in both languages and themes", async () => {
  await window.go("/till");
  await window.see("Scanner ready");
  await window.chord(Key.ALT, "d");
  // A driver reaches the first window alone: it shows what the second one shows, and hears the same words.
  await window.look("window.location.hash = '#/customer'; window.location.reload();");
  await window.see("Welcome");
  await window.see("朝阳店");
  await window.audit("customer-idle");
  const member = { name: "欧***", points: 193, will_earn: 46, balance_minor: 12_000 };
  const view = { lines: [{ name: goods.names[1], qty_milli: 1_000, net_minor: 4_600 }], due_minor: 4_600, off_minor: 400, member, paid_minor: 0, change_minor: null };
  await answer(window, "show_customer", view);
  await window.see(goods.names[1]);
  await window.see("46.00");
  await window.see("欧***");
  await window.audit("customer-sale");
  await window.look(`localStorage.setItem("banyan.workstation", JSON.stringify({ ...JSON.parse(localStorage.getItem("banyan.workstation") ?? "{}"), language: "zh-CN", theme: "dark" })); window.location.reload();`);
  await window.see("应付");
  await window.audit("customer-sale-zh-dark");
  await answer(window, "show_customer", { ...view, paid_minor: 5_000, change_minor: 400 });
  await window.see("找零");
  await window.audit("customer-taken-zh-dark");
  await window.look("window.location.hash = '#/settings?part=balance'; window.location.reload();");
  await window.see("添加一档");
  await window.audit("settings-balance-zh-dark");
  await window.go("/settings?part=keys");
  await window.see("通用按键");
  await window.audit("settings-keys-zh-dark");
  await window.go("/settings?part=tenders");
  await window.see("添加支付方式");
  await window.audit("settings-tenders-zh-dark");
  await window.go(`/members?open=${buyer}`);
  await window.see("储值");
  await window.audit("member-balance-zh-dark");
});
