// A voucher by keyboard and scanner: sold at the till, paid with by scan and by code, blocked and extended on its page.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { answer, fillShelves, setUp } from "../shop.js";
import { Key, openWindow } from "../window.js";

let window;
let goods;

before(async () => {
  window = await openWindow();
  await setUp(window);
  goods = await fillShelves(window);
  const settings = await answer(window, "settings", null);
  const tenders = settings.tenders.map((terms) => (terms.code === "voucher" ? { ...terms, archived: false, key: 6 } : terms));
  await answer(window, "save_settings", { ...settings, tenders });
  await window.look("window.location.reload();");
  await window.see("Scanner ready");
});

after(() => window?.close());

const all = async () => (await answer(window, "vouchers", { filter: {}, window: { offset: 0, limit: 50 } })).page.rows;

test("Alt+V sells one into the till: amount, printed card, what was given", async () => {
  await window.go("/till");
  await window.see("Scanner ready");
  await window.chord(Key.ALT, "v");
  await window.see("Sell a voucher");
  await window.keys("200");
  await window.audit("voucher-sell");
  await window.keys(Key.ENTER);
  await window.keys("200", Key.ENTER);
  await window.see(/Voucher \S+/);
  await window.audit("voucher-sold");
  await window.keys(Key.ENTER);
  assert.deepEqual((await all()).map((row) => [row.how, row.left_minor]), [["sold", 20_000]]);
});

test("its code pays what is missing, and the rest stays on it", async () => {
  await window.focus("Scan");
  await window.code(goods.barcodes[0]);
  await window.see("128.00");
  await window.keys(Key.F9);
  await window.chord(Key.ALT, "6");
  await window.see("Code of the voucher");
  await window.audit("voucher-paying");
  const [{ code }] = await all();
  await window.keys(code.toLowerCase(), Key.ENTER);
  await window.see(/Taken: \S+/);
  await window.audit("voucher-paid");
  assert.equal((await all())[0].left_minor, 20_000 - 12_800);
});

test("scanned where it does not suffice, it pays all it has and cash takes the rest", async () => {
  const made = { voucher: "0199a000-0000-7000-8000-000000000077", amount_minor: 5_000, code: "20260310001", reason: "opening" };
  await answer(window, "give_voucher", made);
  await window.focus("Scan");
  await window.code(goods.barcodes[0]);
  await window.see("128.00");
  await window.code("20260310001");
  await window.see("Voucher 20260310001");
  await window.focus("Received");
  await window.keys(Key.ENTER);
  await window.see(/Taken: \S+/);
  assert.equal((await all())[0].left_minor, 0);
});

test("the page of vouchers: one that is blocked is refused at the till in words, in both languages and themes", async () => {
  const [, { voucher, code }] = await all();
  await window.go(`/vouchers?open=${voucher}`);
  await window.see("Its history");
  await window.audit("voucher-page");
  await answer(window, "change_voucher", { voucher, blocked: true, reason: "lost" });
  await window.see("lost");
  await window.see("Let it through");
  await window.go("/till");
  await window.see("Scanner ready");
  await window.code(goods.barcodes[0]);
  await window.see("128.00");
  await window.keys(Key.F9);
  await window.chord(Key.ALT, "6");
  await window.keys(code, Key.ENTER);
  await window.see(`Voucher ${code} is blocked.`);
  await window.audit("voucher-blocked");
  await window.look(`localStorage.setItem("banyan.workstation", JSON.stringify({ ...JSON.parse(localStorage.getItem("banyan.workstation") ?? "{}"), language: "zh-CN", theme: "dark" })); window.location.hash = '#/vouchers'; window.location.reload();`);
  await window.see("售券");
  await window.audit("voucher-page-zh-dark");
});
