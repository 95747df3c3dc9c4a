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
  await window.go("/products");
  for (const name of goods.names) await window.see(name);
});

after(() => window?.close());

test("a product by keyboard alone; a barcode with a wrong last digit is refused beside its field", async () => {
  await window.audit("products-list");
  await window.keys("n");
  await window.find("textbox", "Second name");
  await window.keys("野生蜂蜜 250g", Key.TAB, Key.TAB, "HONEY", Key.TAB, "6901234500003", Key.TAB, "88");
  await window.chord(Key.CONTROL, "s");
  await window.see("The last digit of 6901234500003 should be 4.");
  assert.deepEqual(await answer(window, "find_products", "HONEY"), []);
  await window.audit("products-refused-barcode");

  await window.fill("Barcode", "6901234500004");
  await window.chord(Key.CONTROL, "s");
  await window.see("4 products");
  const [honey] = await answer(window, "find_products", "6901234500004");
  assert.deepEqual({ name: honey.card.name, code: honey.card.code, price: honey.card.price_minor }, { name: "野生蜂蜜 250g", code: "HONEY", price: 8_800 });
});

test("goods received are on the shelf, and the sheet says how they came", async () => {
  await window.click("row", "COFFEE");
  await window.click("button", "Receive");
  await window.find("textbox", "Quantity received");
  await window.keys("12", Key.ENTER);
  await window.see("12 received");
  await window.see("Goods received");
  await window.audit("products-received");
  const [coffee] = await answer(window, "find_products", goods.barcodes[1]);
  assert.equal(coffee.stock_milli, 32_000);
});
