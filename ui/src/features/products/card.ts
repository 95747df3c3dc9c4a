/** A product's card as a form: what is typed, and what the books are asked. No rule of the shop lives here. */
import type { AdjustReason, Failure, ProductCard, ProductDraft, ProductRow } from "../../host";

export interface CardForm {
  code: string;
  barcode: string;
  name: string;
  name_2: string;
  category: string;
  price: number | null;
  cost: number | null;
  /** Empty where untaxed. */
  tax: string;
  no_commission: boolean;
  /** Stock at which it is time to order. */
  min: number | null;
  /** Stock that is there already; only asked for a new product. */
  opening: number | null;
}

export type CardField = keyof CardForm;

/** An empty form for a new product, or a product's card as it stands. */
export function formOf(card: ProductCard | null): CardForm {
  return {
    code: card?.code ?? "",
    barcode: card?.barcode ?? "",
    name: card?.name ?? "",
    name_2: card?.name_2 ?? "",
    category: card?.category ?? "",
    price: card?.price_minor ?? null,
    cost: card?.cost_minor ?? null,
    tax: card?.tax ?? "",
    no_commission: card?.no_commission ?? false,
    min: card?.min_milli ?? null,
    opening: null,
  };
}

const orNull = (text: string): string | null => (text.trim() === "" ? null : text.trim());

/** What the books are asked; `null` while the price is missing, for a price of nothing must be typed as 0. */
export function draftOf(form: CardForm, row: ProductRow | null): ProductDraft | null {
  if (form.price === null) return null;
  return {
    product: row?.product ?? null,
    card: {
      code: form.code.trim(),
      barcode: orNull(form.barcode),
      name: form.name.trim(),
      name_2: orNull(form.name_2),
      category: orNull(form.category),
      price_minor: form.price,
      cost_minor: form.cost,
      tax: orNull(form.tax),
      no_commission: form.no_commission,
      ...(form.min === null ? {} : { min_milli: form.min }),
    },
    opening_milli: row ? 0 : (form.opening ?? 0),
  };
}

/** True where anything was typed that is not on the card yet. */
export const differs = (form: CardForm, card: ProductCard | null): boolean => JSON.stringify(form) !== JSON.stringify(formOf(card));

/** The field beside which a refusal stands; nothing where it is about none of them. */
export function fieldOf(failure: Pick<Failure, "name"> & { code?: string }, form: CardForm): CardField | null {
  switch (failure.code) {
    case "no_name":
      return "name";
    case "no_code":
    case "code_taken":
      return "code";
    case "barcode_taken":
    case "barcode_check_digit":
    case "barcode_shape":
      return "barcode";
    case "price_below_zero":
      return (form.price ?? 0) < 0 ? "price" : "cost";
    case "unknown_tax":
      return "tax";
    case "no_quantity":
    case "too_much":
    case "received_below_zero":
      return "opening";
    default:
      return null;
  }
}

/** Categories that begin or go on as typed, the typed one left out; at most four. */
export function categoriesLike(typed: string, known: readonly string[]): string[] {
  const text = typed.trim().toLowerCase();
  if (text === "") return [];
  return known.filter((name) => name.toLowerCase().includes(text) && name !== typed.trim()).slice(0, 4);
}

/** What a stock moves by: a count names what is there, every other reason what came or went. */
export function adjustBy(reason: AdjustReason, typed: number, stock: number): number {
  switch (reason) {
    case "count":
      return typed - stock;
    case "damage":
    case "loss":
    case "own_use":
      return -Math.abs(typed);
    case "opening":
      return typed;
  }
}
