/** Prices beside the list price as a form. No rule of the shop lives here. */
import type { ProductPrices, SpecialPrice } from "../../host";

export interface PriceRow {
  by: "fixed" | "share";
  minor: number | null;
  ppm: number | null;
}

export interface PricesForm {
  levels: { level: string; price: PriceRow }[];
  dated: { from: string | null; to: string | null; price: PriceRow }[];
  breaks: { from_qty: number | null; price: PriceRow }[];
  gift_points: number | null;
  earns: "amount" | "times" | "piece" | "nothing";
  times_ppm: number | null;
  per_piece: number | null;
  weighed: boolean;
}

export const noPrice: PriceRow = { by: "fixed", minor: null, ppm: null };

const rowOf = (price: SpecialPrice): PriceRow =>
  "fixed_minor" in price
    ? { by: "fixed", minor: price.fixed_minor, ppm: null }
    : { by: "share", minor: null, ppm: price.share_of_list_ppm };

/** `null` while the figure is missing. */
const priceOf = (row: PriceRow): SpecialPrice | null => {
  if (row.by === "fixed") return row.minor === null ? null : { fixed_minor: row.minor };
  return row.ppm === null ? null : { share_of_list_ppm: row.ppm };
};

export function formOfPrices(prices: ProductPrices | null): PricesForm {
  const earns = prices?.earns ?? "by_amount";
  const form: PricesForm = {
    levels: Object.entries(prices?.level_prices ?? {}).flatMap(([level, price]) => (price ? [{ level, price: rowOf(price) }] : [])),
    dated: (prices?.dated_prices ?? []).map(({ from, to, price }) => ({ from, to, price: rowOf(price) })),
    breaks: (prices?.breaks ?? []).map(({ from_qty_milli, price }) => ({ from_qty: from_qty_milli, price: rowOf(price) })),
    gift_points: prices?.gift_points ?? null,
    earns: "amount",
    times_ppm: null,
    per_piece: null,
    weighed: prices?.weighed ?? false,
  };
  if (earns === "nothing") return { ...form, earns: "nothing" };
  if (earns === "by_amount") return form;
  return "times_ppm" in earns
    ? { ...form, earns: "times", times_ppm: earns.times_ppm }
    : { ...form, earns: "piece", per_piece: earns.per_piece };
}

/** What the books are asked; `null` while a figure is missing. */
export function pricesOf(form: PricesForm): ProductPrices | null {
  const level_prices: ProductPrices["level_prices"] = {};
  for (const { level, price } of form.levels) {
    const figure = priceOf(price);
    if (figure === null) return null;
    level_prices[level.trim()] = figure;
  }
  const dated_prices: ProductPrices["dated_prices"] = [];
  for (const { from, to, price } of form.dated) {
    const figure = priceOf(price);
    if (figure === null) return null;
    dated_prices.push({ from, to, price: figure });
  }
  const breaks: ProductPrices["breaks"] = [];
  for (const { from_qty, price } of form.breaks) {
    const figure = priceOf(price);
    if (figure === null || from_qty === null) return null;
    breaks.push({ from_qty_milli: from_qty, price: figure });
  }
  const earns: ProductPrices["earns"] =
    form.earns === "times"
      ? { times_ppm: form.times_ppm ?? 0 }
      : form.earns === "piece"
        ? { per_piece: form.per_piece ?? 0 }
        : form.earns === "nothing"
          ? "nothing"
          : "by_amount";
  return { level_prices, dated_prices, breaks, earns, gift_points: form.gift_points, weighed: form.weighed };
}

/** True where nothing of the kind is set. */
export const isPlain = (prices: ProductPrices): boolean => JSON.stringify(formOfPrices(prices)) === JSON.stringify(formOfPrices(null));
