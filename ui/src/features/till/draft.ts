/**
 * The ticket on the till before it is a sale: what was scanned, in which order, for whom. Pure; every act returns a new ticket. No money
 * is worked out here: prices and sums are the books' answer to `questionOf`.
 */
import type { DraftLine, Off, OrderDiscount, SaleDraft, TenderDraft } from "../../host";

/** A product as the till shows it. */
export interface TicketProduct {
  id: string;
  code: string;
  barcode: string | null;
  name: string;
  /** Thousandths on the shelf, as they were when it was scanned. */
  stock_milli: number;
  no_commission: boolean;
}

export interface TicketLine {
  product: TicketProduct;
  qty_milli: number;
  /** A discount of this line, given by hand. */
  off: Off | null;
  /** A price of one given by hand, in minor units. */
  price_minor: number | null;
  /** Taken for points. */
  gift?: boolean;
  /** A scale's label as scanned: quantity and price are what it says. */
  label?: string;
}

export interface TicketMember {
  id: string;
  number: string;
  name: string;
  phone: string | null;
  rank: string | null;
}

export interface Ticket {
  /** Id of the sale it will be; chosen when the ticket is opened, so that sending it twice records one sale. */
  sale: string;
  lines: readonly TicketLine[];
  /** The line that keys act on; −1 where there is none. */
  current: number;
  member: TicketMember | null;
  /** A discount of the whole order. */
  off: Off | null;
  /** Codes of coupons, in the order they were shown. */
  coupons?: readonly string[];
  /** Points that are to be spent; as many as the shop allows are taken. */
  points?: number;
  /** Who served the customer, where that is not whoever takes the money. */
  salesperson?: { id: string; name: string } | null;
}

/** A ticket and the ones before it, for undo. */
export interface History {
  now: Ticket;
  before: readonly Ticket[];
}

const PIECE = 1000;
const REMEMBERED = 50;
/** As many points as the shop's rules allow. */
export const MOST_POINTS = 1_000_000_000;
/** More than a million pieces is a barcode typed into the quantity. */
export const MOST_MILLI = 1_000_000 * PIECE;

export const openTicket = (sale: string): Ticket => ({ sale, lines: [], current: -1, member: null, off: null });

export const opened = (ticket: Ticket): History => ({ now: ticket, before: [] });

/** Puts an act on top of the history; an act that changed nothing leaves no trace. */
export function acted(history: History, act: (ticket: Ticket) => Ticket): History {
  const now = act(history.now);
  if (now === history.now) return history;
  // Moving along the lines is no act to undo.
  const parts = (ticket: Ticket) => [ticket.lines, ticket.member, ticket.off, ticket.coupons, ticket.points, ticket.salesperson];
  const were = parts(history.now);
  const moved = parts(now).every((part, at) => part === were[at]);
  return { now, before: moved ? history.before : [...history.before, history.now].slice(-REMEMBERED) };
}

/** The ticket as it was before the last act. */
export function undone(history: History): History {
  const last = history.before.at(-1);
  return last ? { now: last, before: history.before.slice(0, -1) } : history;
}

export const isEmpty = (ticket: Ticket): boolean => ticket.lines.length === 0 && ticket.member === null;

/** One more of a product: on its line where there is one at the usual price, else on a new line, which becomes the current one. */
export function addProduct(ticket: Ticket, product: TicketProduct, qty_milli = PIECE): Ticket {
  const usual = (line: TicketLine) => line.price_minor === null && line.off === null && !line.gift && line.label === undefined;
  const known = ticket.lines.findIndex((line) => line.product.id === product.id && usual(line));
  if (known >= 0) {
    const line = ticket.lines[known];
    return line
      ? { ...withLine(ticket, known, { ...line, product, qty_milli: capped(line.qty_milli + qty_milli) }), current: known }
      : ticket;
  }
  return {
    ...ticket,
    lines: [...ticket.lines, { product, qty_milli: capped(qty_milli), off: null, price_minor: null }],
    current: ticket.lines.length,
  };
}

/** A line as its scale's label says; never put together with another. */
export const addLabelled = (ticket: Ticket, product: TicketProduct, qty_milli: number, label: string): Ticket => ({
  ...ticket,
  lines: [...ticket.lines, { product, qty_milli: capped(qty_milli), off: null, price_minor: null, label }],
  current: ticket.lines.length,
});

/** The current line for points, or for money again. What a scale has labelled is sold for what the label says. */
export function toggleGift(ticket: Ticket): Ticket {
  const line = currentLine(ticket);
  if (!line || line.label !== undefined) return ticket;
  return withLine(ticket, ticket.current, { ...line, gift: !line.gift, off: null, price_minor: null });
}

/** A coupon more; the same one counts once. */
export const addCoupon = (ticket: Ticket, code: string): Ticket =>
  ticket.coupons?.includes(code) ? ticket : { ...ticket, coupons: [...(ticket.coupons ?? []), code] };

export const removeCoupon = (ticket: Ticket, code: string): Ticket => ({
  ...ticket,
  coupons: (ticket.coupons ?? []).filter((one) => one !== code),
});

export const setPoints = (ticket: Ticket, points: number): Ticket =>
  points === (ticket.points ?? 0) || points < 0 ? ticket : { ...ticket, points };

export const setSalesperson = (ticket: Ticket, salesperson: { id: string; name: string } | null): Ticket =>
  salesperson?.id === (ticket.salesperson?.id ?? undefined) ? ticket : { ...ticket, salesperson };

/** The quantity of the current line; 0 removes it, below 0 is not taken. */
export function setQty(ticket: Ticket, qty_milli: number): Ticket {
  const line = currentLine(ticket);
  if (!line || qty_milli < 0 || qty_milli > MOST_MILLI || qty_milli === line.qty_milli) return ticket;
  if (line.label !== undefined && qty_milli !== 0) return ticket;
  return qty_milli === 0 ? removeLine(ticket) : withLine(ticket, ticket.current, { ...line, qty_milli });
}

/** One piece more or less on the current line; never below one piece, for that is what Delete is for. */
export function nudge(ticket: Ticket, pieces: number): Ticket {
  const line = currentLine(ticket);
  const next = line ? line.qty_milli + pieces * PIECE : 0;
  return line && next > 0 ? setQty(ticket, next) : ticket;
}

export function setPrice(ticket: Ticket, price_minor: number | null): Ticket {
  const line = currentLine(ticket);
  return line && line.label === undefined && !line.gift ? withLine(ticket, ticket.current, { ...line, price_minor }) : ticket;
}

export function setLineOff(ticket: Ticket, off: Off | null): Ticket {
  const line = currentLine(ticket);
  return line ? withLine(ticket, ticket.current, { ...line, off }) : ticket;
}

export const setOrderOff = (ticket: Ticket, off: Off | null): Ticket => ({ ...ticket, off });

/** Takes the current line off; the one that moves into its place becomes current. */
export function removeLine(ticket: Ticket): Ticket {
  if (!currentLine(ticket)) return ticket;
  const lines = ticket.lines.filter((_, index) => index !== ticket.current);
  return { ...ticket, lines, current: Math.min(ticket.current, lines.length - 1) };
}

/** Goes up or down the lines, never off them. */
export function moveTo(ticket: Ticket, index: number): Ticket {
  const current = Math.max(0, Math.min(ticket.lines.length - 1, index));
  return ticket.lines.length === 0 || current === ticket.current ? ticket : { ...ticket, current };
}

export const attachMember = (ticket: Ticket, member: TicketMember | null): Ticket =>
  ticket.member === member ? ticket : { ...ticket, member };

export const currentLine = (ticket: Ticket): TicketLine | undefined => ticket.lines[ticket.current];

/** Whole pieces and weighed lines as the cashier counts them: a weighed line is one. */
export function piecesOf(ticket: Ticket): number {
  return ticket.lines.reduce((sum, line) => sum + (line.qty_milli % PIECE === 0 ? line.qty_milli / PIECE : 1), 0);
}

/** What the books are asked: the same question for a quote (without tenders) and for the sale itself. */
export function questionOf(ticket: Ticket, tenders: TenderDraft[] = []): SaleDraft {
  const lines: DraftLine[] = ticket.lines.map((line) => ({
    product: line.product.id,
    qty_milli: line.qty_milli,
    discount: line.off,
    gift: line.gift ?? false,
    price_minor: line.price_minor,
    label_minor: null,
    ...(line.label === undefined ? {} : { label: line.label }),
  }));
  const everything = { category: null, products: [] };
  const coupons: OrderDiscount[] = (ticket.coupons ?? []).map((code) => ({ kind: { coupon: code }, max_minor: null, on: everything }));
  const byHand: OrderDiscount[] = ticket.off ? [{ kind: { plain: ticket.off }, max_minor: null, on: everything }] : [];
  return {
    sale: ticket.sale,
    lines,
    discounts: [...coupons, ...byHand],
    points: ticket.member ? (ticket.points ?? 0) : 0,
    member: ticket.member?.id ?? null,
    tenders,
    ...(ticket.salesperson ? { salesperson: ticket.salesperson.id } : {}),
  };
}

function withLine(ticket: Ticket, index: number, line: TicketLine): Ticket {
  return { ...ticket, lines: ticket.lines.map((old, place) => (place === index ? line : old)) };
}

const capped = (qty_milli: number): number => Math.min(MOST_MILLI, qty_milli);
