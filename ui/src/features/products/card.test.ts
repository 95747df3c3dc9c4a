import { expect, it } from "vitest";
import { type ProductRow, Refused } from "../../host";
import { adjustBy, categoriesLike, differs, draftOf, fieldOf, formOf } from "./card";

const row: ProductRow = {
  product: "p1",
  card: {
    code: "A01",
    barcode: "6901234567892",
    name: "山茶油",
    name_2: null,
    category: "粮油",
    price_minor: 12_800,
    cost_minor: null,
    tax: "13%",
    no_commission: false,
  },
  stock_milli: 34_000,
  archived: false,
};

it("takes a card to the form and back without a change", () => {
  expect(draftOf(formOf(row.card), row)).toEqual({ product: "p1", card: row.card, opening_milli: 0 });
  expect(differs(formOf(row.card), row.card)).toBe(false);
  expect(differs({ ...formOf(row.card), cost: 0 }, row.card)).toBe(true);
});

it("trims what is typed, makes empty text absent and never guesses a price", () => {
  const form = { ...formOf(null), code: " B1 ", name: " 茶 ", barcode: "  ", price: 0, opening: 2_500 };
  expect(draftOf(form, null)).toMatchObject({
    product: null,
    card: { code: "B1", name: "茶", barcode: null, price_minor: 0 },
    opening_milli: 2_500,
  });
  expect(draftOf({ ...form, price: null }, null)).toBeNull();
  // Opening stock belongs to new products alone.
  expect(draftOf(form, row)?.opening_milli).toBe(0);
});

it("puts every refusal of a card beside its field", () => {
  const beside = (code: string, form = formOf(row.card)) => fieldOf(new Refused(code, {}), form);
  expect(
    ["no_name", "no_code", "code_taken", "barcode_taken", "barcode_check_digit", "barcode_shape", "unknown_tax"].map((code) =>
      beside(code),
    ),
  ).toEqual(["name", "code", "code", "barcode", "barcode", "barcode", "tax"]);
  expect(beside("price_below_zero", { ...formOf(row.card), price: -1 })).toBe("price");
  expect(beside("price_below_zero", { ...formOf(row.card), cost: -1 })).toBe("cost");
  expect(beside("role_too_low")).toBeNull();
});

it("moves stock to what was counted, and takes away what was lost whatever sign was typed", () => {
  expect(adjustBy("count", 30_000, 34_000)).toBe(-4_000);
  expect(adjustBy("count", 0, -2_000)).toBe(2_000);
  expect([adjustBy("damage", 500, 34_000), adjustBy("loss", -500, 34_000), adjustBy("own_use", 500, 0)]).toEqual([-500, -500, -500]);
  expect(adjustBy("opening", 500, 0)).toBe(500);
});

it("offers the categories that fit, not the one that stands there", () => {
  expect(categoriesLike("油", ["粮油", "油", "茶"])).toEqual(["粮油"]);
  expect(categoriesLike("", ["粮油"])).toEqual([]);
});
