/** Goods in, between places and counted, and what comes off a ticket: with the keyboard alone. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { answer, fillShelves, order, setUp, WORDS } from "../shop.js";
import { Key, openWindow } from "../window.js";

let window;
let goods;
const documents = async () => (await answer(window, "stock_documents", { filter: {}, window: { offset: 0, limit: 10 } })).rows;

before(async () => {
  window = await openWindow();
  await setUp(window);
  goods = await fillShelves(window);
  await window.size(1440, 900);
});

after(() => window?.close());

test("a supplier and a place are written down", async () => {
  await window.go("/stock?part=parties");
  await window.see("No supplier yet.");
  await window.audit("stock-parties");
  await window.tabTo("New supplier");
  await window.keys(Key.ENTER);
  await window.focus("Its name");
  await window.keys("山泉茶厂", Key.ENTER);
  await window.see("山泉茶厂");
  await window.tabTo("New place");
  await window.keys(Key.ENTER);
  await window.focus("Its name");
  await window.keys("仓库", Key.ENTER);
  await window.see("This till sells from");
});

test("a delivery is scanned, counted in and booked", async () => {
  await window.chord(Key.ALT, "1");
  await window.focus(/^Product$/);
  await window.tabTo(/Supplier$/, { back: true });
  await window.keys(Key.ENTER);
  await window.find("option", "山泉茶厂");
  await window.keys(Key.ARROW_DOWN, Key.ENTER);
  await window.tabTo(/^Product$/);
  await window.code(goods.barcodes[0]);
  await window.see(goods.names[0]);
  await window.tabTo(`Quantity of ${goods.names[0]}`);
  await window.keys("12", Key.TAB, "64", Key.ENTER);
  await window.focus(/^Product$/);
  await window.audit("stock-receive");
  await window.chord(Key.CONTROL, "s");
  await window.see("is booked");
  const [delivery] = await documents();
  assert.deepEqual([delivery.kind, delivery.supplier, delivery.qty_milli, delivery.value_minor], ["received", "山泉茶厂", 12_000, 76_800]);
});

test("goods move to another place", async () => {
  await window.chord(Key.ALT, "2");
  await window.focus(/^Product$/);
  await window.code(goods.barcodes[0]);
  await window.tabTo(`Quantity of ${goods.names[0]}`);
  await window.keys("5", Key.ENTER);
  await window.audit("stock-transfer");
  await window.chord(Key.CONTROL, "s");
  await window.see(/AT-\d+ is booked/);
  const [moved] = await documents();
  assert.deepEqual([moved.kind, moved.to, moved.qty_milli], ["transferred", "仓库", 5_000]);
});

test("a count is blind until it is looked over, and only then posted", async () => {
  await window.chord(Key.ALT, "3");
  await window.focus("Name of the count");
  await window.keys("夜盘", Key.ENTER);
  await window.focus(/^Product$/);
  await window.code(goods.barcodes[0]);
  await window.see(goods.names[0]);
  await window.tabTo(`Counted of ${goods.names[0]}`);
  await window.keys("26", Key.ENTER);
  await window.focus(/^Product$/);
  assert.ok(!(await window.text()).includes("27"), "what the books expect is not told");
  await window.audit("stock-count");
  await window.chord(Key.CONTROL, Key.ENTER);
  await window.see("What the count found");
  // 20 at first, 12 delivered, 5 moved away.
  await window.see("27");
  await window.audit("stock-review");
  await window.chord(Key.CONTROL, Key.ENTER);
  await window.see("is posted");
  const [counted] = await documents();
  assert.equal(counted.kind, "counted");
  await window.chord(Key.ALT, "4");
  await window.focus("Documents");
  await window.keys(Key.ENTER);
  await window.see("Found difference");
  await window.audit("stock-document");
  await window.keys(Key.ESCAPE);
});

test("what has to be ordered stands on the list", async () => {
  const [oil] = goods.products;
  const card = { code: "OIL", barcode: goods.barcodes[0], name: goods.names[0], price_minor: 12_800, min_milli: 40_000 };
  await answer(window, "save_product", { product: oil.product, card, opening_milli: 0 });
  await window.tabTo("To be ordered", { back: true });
  await window.keys(Key.ENTER);
  await window.see(goods.names[0]);
  assert.ok(!(await window.text()).includes(goods.names[1]));
  await window.audit("stock-low");
});

test("a spend promotion is made, and the till gives it by itself", async () => {
  await window.go("/promotions");
  await window.see("No promotions yet.");
  await window.keys("n");
  await window.focus("Name of the promotion");
  await window.chord(Key.CONTROL, "s");
  await window.see("A name is needed.");
  await window.focus("Name of the promotion");
  await window.audit("promotion-refused");
  await window.keys("满300减50", Key.TAB, "300", Key.TAB, Key.TAB, "50");
  await window.chord(Key.CONTROL, "s");
  await window.see("from 300.00: 50.00 off");
  await window.audit("promotions");
  await window.chord(Key.CONTROL, "1");
  await window.see(WORDS.en.ready);
  for (let piece = 0; piece < 3; piece++) await window.code(goods.barcodes[0]);
  await window.see("满300减50");
  // 3 × 128.00 − 50.00.
  await window.see("334.00");
  await window.audit("promotion-at-the-till");
});

test("in Chinese and in the dark, on a small screen", async () => {
  await order(window, "中文", "深色");
  await window.size(1280, 800);
  for (const part of ["receive", "count", "value", "parties"]) {
    await window.go(`/stock?part=${part}`);
    await window.see("库存作业");
    await window.audit(`stock-${part}-zh-CN-dark`);
  }
  await window.go("/promotions");
  await window.see("满 300.00 减 50.00");
  await window.audit("promotions-zh-CN-dark");
});
