/** A delivery or a transfer as a form: lines of products, put together by scanning. No rule of the shop lives here. */
import type { GoodsDraft, ProductRow, TransferDraft } from "../../host";

/** The place that every shop has. */
export const FLOOR = "00000000-0000-0000-0000-000000000000";

export interface DocumentLine {
  product: string;
  code: string;
  name: string;
  qty: number | null;
  /** Cost of one; asked on deliveries alone. */
  unit: number | null;
}

const PIECE = 1000;

/** One more of a product: on its line where there is one, else on a new line at the end. */
export function withProduct(lines: readonly DocumentLine[], row: ProductRow): DocumentLine[] {
  if (lines.some((line) => line.product === row.product)) {
    return lines.map((line) => (line.product === row.product ? { ...line, qty: (line.qty ?? 0) + PIECE } : line));
  }
  const { product, card } = row;
  return [...lines, { product, code: card.code, name: card.name, qty: PIECE, unit: card.cost_minor }];
}

export const changed = (lines: readonly DocumentLine[], at: number, part: Partial<DocumentLine>): DocumentLine[] =>
  lines.map((line, index) => (index === at ? { ...line, ...part } : line));

export const without = (lines: readonly DocumentLine[], at: number): DocumentLine[] => lines.filter((_, index) => index !== at);

/** `null` for the shop floor, as the books name it. */
export const placeOf = (key: string): string | null => (key === FLOOR ? null : key);

export function goodsOf(
  document: string,
  form: { supplier: string; reference: string; place: string; note: string },
  lines: readonly DocumentLine[],
): GoodsDraft {
  return {
    document,
    supplier: form.supplier || null,
    reference: form.reference.trim() || null,
    location: placeOf(form.place),
    lines: lines.map((line) => ({ product: line.product, qty_milli: line.qty ?? 0, unit_minor: line.unit, cost_minor: null })),
    note: form.note.trim() || null,
  };
}

export function transferOf(
  document: string,
  form: { from: string; to: string; note: string },
  lines: readonly DocumentLine[],
): TransferDraft {
  return {
    document,
    from: placeOf(form.from),
    to: placeOf(form.to),
    lines: lines.map((line) => ({ product: line.product, qty_milli: line.qty ?? 0 })),
    note: form.note.trim() || null,
  };
}
