/**
 * What comes back before it is a return: how much of which line, where the goods go, why, and what is taken instead. Pure; every act returns
 * a new draft. No money is worked out here: refund, points and earnings are the books' answer to `questionOf`.
 */
import type { ReturnableLine, ReturnDraft, ReturnedTo, TenderKind } from "../../host";
import { MOST_MILLI, openTicket, type Ticket, type TicketMember } from "../till/draft";

/** So much of one line of the sale. */
export interface Chosen {
  qty_milli: number;
  to: ReturnedTo;
}

/** Goods without a receipt, at what is said to have been paid for one. */
export interface Loose extends Chosen {
  product: { id: string; code: string; name: string };
  paid_minor: number;
}

export interface Draft {
  /** Id of the return it will be; chosen when it is begun, so that sending it twice records one. */
  returned: string;
  /** The sale; `null` where nobody has a receipt. */
  sale: string | null;
  /** By line of the sale. */
  chosen: Readonly<Record<number, Chosen>>;
  loose: readonly Loose[];
  /** The line that keys act on. */
  current: number;
  reason: string;
  /** Where the money goes, where that is for a person to say. */
  refundTo: TenderKind | null;
  /** New goods, in an exchange. */
  ticket: Ticket | null;
}

/** A draft and the ones before it, for undo. */
export interface History {
  now: Draft;
  before: readonly Draft[];
}

const PIECE = 1000;
const REMEMBERED = 50;

export const begin = (returned: string, sale: string | null): Draft => ({
  returned,
  sale,
  chosen: {},
  loose: [],
  current: 0,
  reason: "",
  refundTo: null,
  ticket: null,
});

/** Puts an act on top of the history; moving along the lines is no act to undo. */
export function acted(history: History, act: (draft: Draft) => Draft): History {
  const now = act(history.now);
  if (now === history.now) return history;
  const moved = JSON.stringify({ ...now, current: 0 }) === JSON.stringify({ ...history.now, current: 0 });
  return { now, before: moved ? history.before : [...history.before, history.now].slice(-REMEMBERED) };
}

export function undone(history: History): History {
  const last = history.before.at(-1);
  return last ? { now: last, before: history.before.slice(0, -1) } : history;
}

/** True while nothing comes back yet. */
export const isNothing = (draft: Draft): boolean => draft.loose.length === 0 && Object.keys(draft.chosen).length === 0;

export const chosenOf = (draft: Draft, line: ReturnableLine): number => draft.chosen[line.line]?.qty_milli ?? 0;

/** Everything that may still come back. */
export function chooseAll(draft: Draft, lines: readonly ReturnableLine[]): Draft {
  const all = lines
    .filter((line) => line.left_milli > 0)
    .map((line) => [line.line, { ...choiceOf(draft, line), qty_milli: line.left_milli }]);
  return { ...draft, chosen: Object.fromEntries(all) };
}

/** A scanned product: one piece more of its first line that has any left; weighed goods all at once. `null` where no line has. */
export function addScanned(draft: Draft, lines: readonly ReturnableLine[], product: string): Draft | null {
  const index = lines.findIndex((line) => line.product === product && line.left_milli > chosenOf(draft, line));
  const line = lines[index];
  if (!line) return null;
  const piece = line.sold_milli % PIECE === 0 ? PIECE : line.left_milli;
  return { ...choose(draft, line, chosenOf(draft, line) + piece), current: index };
}

/** So much of a line, never more than may come back; 0 takes it off. */
export function choose(draft: Draft, line: ReturnableLine, qty_milli: number): Draft {
  const qty = Math.min(Math.max(0, qty_milli), Math.max(0, line.left_milli));
  if (qty === chosenOf(draft, line)) return draft;
  const { [line.line]: _, ...others } = draft.chosen;
  return { ...draft, chosen: qty === 0 ? others : { ...others, [line.line]: { ...choiceOf(draft, line), qty_milli: qty } } };
}

const choiceOf = (draft: Draft, line: ReturnableLine): Chosen => draft.chosen[line.line] ?? { qty_milli: 0, to: "shelf" };

const other = (to: ReturnedTo): ReturnedTo => (to === "shelf" ? "damaged" : "shelf");

/** The goods of the line go back on the shelf, or are not to be sold any more. */
export function turn(draft: Draft, line: ReturnableLine | undefined): Draft {
  if (draft.sale === null) return withLoose(draft, (loose) => ({ ...loose, to: other(loose.to) }));
  const chosen = line && draft.chosen[line.line];
  return chosen ? { ...draft, chosen: { ...draft.chosen, [line.line]: { ...chosen, to: other(chosen.to) } } } : draft;
}

/** One more of a product without a receipt, at its price of today until somebody says otherwise. */
export function addLoose(draft: Draft, product: Loose["product"], paid_minor: number): Draft {
  const known = draft.loose.findIndex((loose) => loose.product.id === product.id);
  if (known >= 0)
    return withLoose({ ...draft, current: known }, (loose) => ({ ...loose, qty_milli: Math.min(MOST_MILLI, loose.qty_milli + PIECE) }));
  return { ...draft, loose: [...draft.loose, { product, paid_minor, qty_milli: PIECE, to: "shelf" }], current: draft.loose.length };
}

/** Changes the current line of goods without a receipt; at a quantity of 0 it is gone. */
export function withLoose(draft: Draft, change: (loose: Loose) => Loose): Draft {
  const loose = draft.loose.map((one, index) => (index === draft.current ? change(one) : one)).filter((one) => one.qty_milli > 0);
  return { ...draft, loose, current: Math.max(0, Math.min(draft.current, loose.length - 1)) };
}

/** Goes up or down the lines, never off them. */
export function moveTo(draft: Draft, index: number, lines: number): Draft {
  const current = Math.max(0, Math.min(lines - 1, index));
  return current === draft.current ? draft : { ...draft, current };
}

/** New goods for the buyer of the sale; begun empty, given up with `null`. */
export const exchanging = (draft: Draft, ticket: string | null, member: TicketMember | null): Draft => ({
  ...draft,
  // What the new goods cost is set against the money that paid; nothing of it becomes stored value or a voucher.
  refundTo: draft.refundTo === "balance" || draft.refundTo === "voucher" ? null : draft.refundTo,
  ticket: ticket === null ? null : { ...openTicket(ticket), member },
});

/** True where new goods are on the draft, so that it is recorded as an exchange. */
export const isExchange = (draft: Draft): draft is Draft & { ticket: Ticket } => draft.ticket !== null && draft.ticket.lines.length > 0;

/** What the books are asked: the same question for a quote and for the return itself. */
export function questionOf(draft: Draft): ReturnDraft {
  const { returned, sale, reason, refundTo } = draft;
  const pieces = Object.entries(draft.chosen).map(([line, { qty_milli, to }]) => ({ line: Number(line), qty_milli, to }));
  const loose = draft.loose.map(({ product, paid_minor, qty_milli, to }) => ({ product: product.id, qty_milli, paid_minor, to }));
  return {
    returned,
    what: sale === null ? { by: "no_receipt", lines: loose } : { by: "receipt", sale, lines: pieces },
    ...(refundTo ? { refund_to: refundTo } : {}),
    ...(reason ? { reason } : {}),
  };
}
