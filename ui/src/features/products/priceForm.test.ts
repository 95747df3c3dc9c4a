import { expect, test } from "vitest";
import type { ProductPrices } from "../../host";
import { formOfPrices, isPlain, noPrice, pricesOf } from "./priceForm";

const full: ProductPrices = {
  level_prices: { 金卡: { fixed_minor: 9000 }, 银卡: { share_of_list_ppm: 950000 } },
  dated_prices: [{ from: "2026-11-11", to: null, price: { fixed_minor: 1 } }],
  breaks: [{ from_qty_milli: 5000, price: { share_of_list_ppm: 800000 } }],
  earns: { times_ppm: 2000000 },
  gift_points: 500,
  weighed: true,
};

test("what was read is what is asked again", () => {
  for (const earns of [full.earns, { per_piece: 3 }, "nothing", "by_amount"] as ProductPrices["earns"][]) {
    const prices = { ...full, earns };
    expect(pricesOf(formOfPrices(prices))).toEqual(prices);
  }
  const plain = pricesOf(formOfPrices(null));
  expect(plain && isPlain(plain)).toBe(true);
  expect(isPlain(full)).toBe(false);
});

test("a missing figure is not asked", () => {
  const form = formOfPrices(null);
  expect(pricesOf({ ...form, levels: [{ level: "金卡", price: noPrice }] })).toBeNull();
  expect(pricesOf({ ...form, breaks: [{ from_qty: null, price: { ...noPrice, minor: 1 } }] })).toBeNull();
});
