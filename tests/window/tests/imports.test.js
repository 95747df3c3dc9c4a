import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { answer, setUp } from "../shop.js";
import { Key, openWindow } from "../window.js";

let window;

before(async () => {
  window = await openWindow();
  await setUp(window);
});

after(() => window?.close());

test("products from a file: looked through, remarked on row by row, then brought in", async () => {
  const file = join(window.folder, "goods.csv");
  const rows = ["货号,条码,品名,售价", "OIL,6901234567892,有机山茶油 500ml,128.00", "TEA,4006381333931,茉莉花茶 100g,19.50", "BAD,,没有价格的茶,便宜"];
  await writeFile(file, `${rows.join("\r\n")}\r\n`);
  await window.go("/imports");
  await window.find("button", "Choose the file");
  await window.audit("imports-choose");

  await window.fileChosen(file);
  await window.click("button", "Choose the file");
  await window.see(file);
  await window.see("2 · The columns");
  await window.audit("imports-columns");
  await window.chord(Key.CONTROL, Key.ENTER);
  await window.see("Not taken");
  assert.deepEqual(await answer(window, "find_products", "OIL"), [], "looking through writes nothing");
  await window.audit("imports-looked-through");

  await window.chord(Key.CONTROL, Key.ENTER);
  await window.find("button", "See them");
  const [oil] = await answer(window, "find_products", "6901234567892");
  assert.equal(oil.card.price_minor, 12_800);
  assert.deepEqual(await answer(window, "find_products", "BAD"), []);
  await window.audit("imports-done");
  await window.click("button", "See them");
  await window.see("2 products");
});
