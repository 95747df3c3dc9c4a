import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { answer, fillShelves, setUp, WORDS } from "../shop.js";
import { Key, openWindow } from "../window.js";

const words = WORDS.en;
let window;
let goods;

before(async () => {
  window = await openWindow();
  await setUp(window);
  goods = await fillShelves(window);
});

after(() => window?.close());

const recorded = () => answer(window, "sales", { filter: {}, window: { offset: 0, limit: 200 } });

test("a sale by keyboard alone: three codes, the member, and one key", async () => {
  for (const [index, barcode] of goods.barcodes.entries()) {
    await window.code(barcode);
    await window.see(goods.names[index]);
  }
  await window.code("M0002");
  await window.see("欧阳小禾");
  // 128.00 + 46.00 + 19.50
  await window.see("193.50");
  await window.audit("till-with-lines");
  await window.keys(Key.F5);
  await window.see(words.taken);
  await window.audit("till-taken");

  const { rows, count } = await recorded();
  assert.equal(count, 1);
  assert.equal(rows[0].net_minor ?? rows[0].due_minor, 19_350);
  const [oil] = await answer(window, "find_products", goods.barcodes[0]);
  assert.equal(oil.stock_milli, 19_000);
});

test("the next scan begins the next ticket; quantity and removal by key", async () => {
  await window.code(goods.barcodes[1]);
  await window.see("46.00");
  await window.keys("*");
  await window.keys("3", Key.ENTER);
  await window.see("138.00");
  await window.keys(Key.DELETE);
  await window.seeNoMore("138.00");
});

test("a code that nobody knows is said beside the box, and the ticket stays as it was", async () => {
  await window.code("9999999999994");
  await window.see(words.unknown);
  await window.audit("till-unknown-code");
  await window.keys(Key.ESCAPE);
  await window.seeNoMore(words.unknown);
});

test("a refused sale: money that does not suffice is asked for, and nothing is recorded", async () => {
  const before = (await recorded()).count;
  await window.code(goods.barcodes[0]);
  await window.see("128.00");
  await window.keys(Key.F9);
  await window.focus("Received");
  await window.keys("100");
  await window.see("Still missing");
  await window.see("28.00");
  await window.audit("till-money-missing");
  await window.keys(Key.ENTER, Key.ESCAPE);
  assert.equal((await recorded()).count, before);
});

test("the menu itself refuses a sale that is paid too little, whoever asks", async () => {
  const before = (await recorded()).count;
  const [oil] = await answer(window, "find_products", goods.barcodes[0]);
  const line = { product: oil.product, qty_milli: 1_000, discount: null, gift: false, price_minor: null, label_minor: null };
  const draft = { sale: "0199a000-0000-7000-8000-000000000001", lines: [line], discounts: [], points: 0, member: null, tenders: [{ kind: "cash", amount_minor: 100, reference: null }] };
  const { failure } = await window.ask("record_sale", draft);
  assert.equal(failure.failure, "refused");
  assert.match(JSON.stringify(failure.refusal), /owes_more/);
  assert.equal((await recorded()).count, before);
});
