/** Goods that come back, by key events alone: a whole sale by its receipt, a part, an exchange, and past the days for returns. */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { answer, fillShelves, setUp } from "../shop.js";
import { Key, openWindow } from "../window.js";

let window;
let goods;
let manager;
const sold = {};

/** A sale through the menu, as the till would send it. */
const sell = async (member, tender, ...pieces) => {
  const lines = pieces.map(([product, qty_milli]) => ({ product, qty_milli, discount: null, gift: false, price_minor: null, label_minor: null }));
  const sale = crypto.randomUUID();
  const draft = { sale, lines, discounts: [], points: 0, member, tenders: [] };
  const { quote } = await answer(window, "quote_sale", draft);
  return (await answer(window, "record_sale", { ...draft, tenders: [{ kind: tender, amount_minor: quote.due_minor, reference: null }] })).sale;
};

before(async () => {
  window = await openWindow();
  await setUp(window);
  goods = await fillShelves(window);
  manager = await answer(window, "save_person", { name: "刘敏", role: "manager", pin: "4711" });
  const [oil, coffee, tea] = goods.products.map((row) => row.product);
  const buyer = goods.buyer.row?.member ?? goods.buyer.member;
  sold.whole = await sell(buyer, "cash", [oil, 1_000], [tea, 2_000]);
  sold.part = await sell(buyer, "wechat", [coffee, 3_000], [tea, 1_000]);
  sold.exchanged = await sell(null, "wechat", [tea, 1_000]);
  // An earlier system's sale is older than the days for returns.
  const file = join(window.folder, "old.csv");
  await writeFile(file, "单号,日期,商品编码,商品名称,数量,单价\r\nOLD-7,2026-01-05,OIL,有机山茶油 500ml,2,128.00\r\n");
  const source = { path: file, kind: "sales" };
  const { mapping } = await answer(window, "import_preview", source);
  await answer(window, "import_run", { source, mapping, system: "old till", earn: false });
  await window.go("/till");
});

after(() => window?.close());

const scan = async (number) => {
  await window.code(number);
  await window.see("Return or exchange");
};

test("a whole sale by its receipt: scan, Enter, Enter", async () => {
  await scan(sold.whole.number);
  await window.see("Take everything back");
  await window.audit("returns-sale");
  await window.keys(Key.ENTER);
  await window.see("Give back 167.00");
  await window.see("Cash");
  await window.see("Earned points taken back");
  await window.audit("returns-everything");
  await window.keys(Key.ENTER);
  await window.see(/Taken back: \S+/);
  await window.audit("returns-taken-back");
  await window.keys(Key.ENTER);
  await window.see("Scanner ready");
  assert.match(await window.focused(), /Scan/, "the focus is in the till's box again");
  const { row, returns } = await answer(window, "return_sheet", sold.whole.sale);
  assert.equal(row.returned_minor, row.net_minor);
  assert.equal(returns.length, 1);
});

test("a part of a sale found by its goods; then its history stands on it", async () => {
  await window.keys(Key.F8);
  await window.see("open the sale");
  await window.audit("returns-find");
  await window.keys("yunnan");
  await window.seeNoMore(sold.whole.number);
  await window.keys(Key.ENTER);
  await window.see("云南小粒咖啡");
  await window.code(goods.barcodes[1]);
  await window.see("Give back 46.00");
  await window.keys("*");
  await window.see("Quantity");
  await window.keys("2", Key.ENTER);
  await window.see("Give back 92.00");
  await window.see("WeChat Pay");
  // What does not belong to the sale is said beside the box.
  await window.code(goods.barcodes[0]);
  await window.see("is not on this sale");
  await window.chord(Key.ALT, "d");
  await window.see("damaged, not on the shelf");
  await window.chord(Key.ALT, "r");
  await window.see("Changed their mind");
  await window.audit("returns-reason");
  await window.keys("leaking", Key.ENTER);
  await window.see("leaking");
  await window.audit("returns-part");
  await window.keys(Key.ENTER);
  await window.see(/Taken back: \S+/);
  await window.keys(Key.ENTER);
  await window.see("Scanner ready");
  await scan(sold.part.number);
  await window.see("Partly returned");
  await window.see("came back before");
  await window.see("took goods back");
  await window.audit("returns-history");
  await window.keys(Key.ESCAPE);
  await window.see("Partly returned");
  await window.keys(Key.ESCAPE);
  await window.see("Scanner ready");
  const [coffee] = await answer(window, "find_products", goods.barcodes[1]);
  assert.equal(coffee.stock_milli, 17_000, "what is damaged is not on the shelf");
});

test("an exchange for something dearer: the difference is paid, both documents are recorded", async () => {
  await scan(sold.exchanged.number);
  await window.keys(Key.ENTER);
  await window.see("Give back 19.50");
  await window.chord(Key.ALT, "x");
  await window.see("New goods");
  await window.code(goods.barcodes[1]);
  await window.see("Still to pay");
  await window.see("26.50");
  await window.audit("returns-exchange");
  await window.keys(Key.ENTER);
  await window.focus("Received");
  await window.keys("30", Key.ENTER);
  await window.see(/Exchanged: \S+/);
  await window.see("3.50");
  await window.audit("returns-exchanged");
  await window.keys(Key.ENTER);
  await window.see("Scanner ready");
});

test("past the days a clerk needs the manager's PIN; the language changes nothing", async () => {
  const clerk = await answer(window, "save_person", { name: "小李", role: "clerk", pin: "1357" });
  await answer(window, "sign_in", { person: clerk.person, pin: "1357" });
  await window.keys(Key.F8);
  await window.see("open the sale");
  await window.keys("OLD-7", Key.ENTER);
  await window.see("Take everything back");
  await window.keys(Key.ENTER);
  await window.see("Needs a manager's PIN");
  await window.see("Give back 256.00");
  await window.keys(Key.ENTER);
  await window.see("Somebody else has to agree");
  await window.see("goods come back within");
  await window.audit("returns-late");
  // The owner stands first in the list.
  await window.keys(Key.ARROW_DOWN, "4711", Key.ENTER);
  await window.see(/Taken back: \S+/);
  const [row] = await answer(window, "find_sales", "OLD-7");
  const { returned } = await answer(window, "sale", (await answer(window, "return_sheet", row.sale)).returns[0].sale);
  assert.equal(returned.approved_by, manager.person);
  await window.keys(Key.ENTER);
  await window.see("Scanner ready");
});
