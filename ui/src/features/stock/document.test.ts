import { expect, test } from "vitest";
import type { ProductRow } from "../../host";
import { FLOOR, goodsOf, transferOf, withProduct } from "./document";

const row = (product: string, cost_minor: number | null): ProductRow => ({
  product,
  card: {
    code: product,
    barcode: null,
    name: product,
    name_2: null,
    category: null,
    price_minor: 1,
    cost_minor,
    tax: null,
    no_commission: false,
  },
  stock_milli: 0,
  archived: false,
});

test("scanning the same product again makes one more of it", () => {
  const lines = withProduct(withProduct(withProduct([], row("a", 40)), row("b", null)), row("a", 40));
  expect(lines.map((line) => [line.product, line.qty, line.unit])).toEqual([
    ["a", 2000, 40],
    ["b", 1000, null],
  ]);
});

test("the shop floor is no place of its own to the books", () => {
  const lines = withProduct([], row("a", 40));
  const goods = goodsOf("d", { supplier: "", reference: " ", place: FLOOR, note: "" }, lines);
  expect(goods).toEqual({
    document: "d",
    supplier: null,
    reference: null,
    location: null,
    lines: [{ product: "a", qty_milli: 1000, unit_minor: 40, cost_minor: null }],
    note: null,
  });
  expect(transferOf("d", { from: "x", to: FLOOR, note: "" }, lines)).toMatchObject({ from: "x", to: null });
});
