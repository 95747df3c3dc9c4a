/** What the till asks of the books, in the till's words. */
import { call, type HeldRow, type MemberHit, type ProductRow, type SaleRow, type VoucherRow } from "../../host";
import type { Ticket, TicketMember, TicketProduct } from "./draft";
import type { BoxHit } from "./TillBox";

export const onTicket = (row: ProductRow): TicketProduct => ({
  id: row.product,
  code: row.card.code,
  barcode: row.card.barcode,
  name: row.card.name,
  stock_milli: row.stock_milli,
  no_commission: row.card.no_commission,
});

export const buyer = (hit: MemberHit): TicketMember => ({
  id: hit.member,
  number: hit.number,
  name: hit.name,
  phone: hit.phone,
  rank: hit.rank,
});

/** Products by the start of a code, name, pinyin or initials. */
export async function findProducts(text: string): Promise<BoxHit[]> {
  const rows = await call("find_products", text);
  return rows.map((row) => ({ kind: "product", row }));
}

/** Members by phone, last four digits, number, name, pinyin or initials. */
export async function findMembers(text: string): Promise<BoxHit[]> {
  const hits = await call("find_members", text);
  return hits.map((hit) => ({ kind: "member", hit }));
}

/** What a code can mean beside a hit of the box: a label of the shop's scales, a coupon, a voucher, or a receipt. */
export type Found =
  | BoxHit
  | { kind: "label"; row: ProductRow; label: string; qty_milli: number }
  | { kind: "coupon"; code: string; name: string }
  | { kind: "voucher"; row: VoucherRow }
  | { kind: "sale"; row: SaleRow };

/** What has exactly this code: products by barcode or code, a label, a coupon, a voucher, a member by number or telephone, a receipt; nothing where it is unknown. */
export async function scanned(code: string): Promise<Found[]> {
  const found = await call("scan", code);
  switch (found.scan) {
    case "product":
      return [{ kind: "product", row: found.product }];
    case "several":
      return found.products.map((row) => ({ kind: "product", row }));
    case "label":
      return [{ kind: "label", row: found.product, label: found.label, qty_milli: found.qty_milli }];
    case "coupon":
      return [{ kind: "coupon", code: found.coupon, name: found.name }];
    case "voucher":
      return [{ kind: "voucher", row: found.voucher }];
    case "member":
      return [{ kind: "member", hit: found.member }];
    case "sale":
      return [{ kind: "sale", row: found.sale }];
    case "unknown":
      return [];
  }
}

/** Keeps a ticket in the books: as the open one of this till, or put aside with a word. */
export const keep = (ticket: Ticket, open: boolean, label = ""): Promise<unknown> =>
  call("hold_sale", { ticket: ticket.sale, label, draft: JSON.stringify(ticket), open });

/** A kept ticket as it was; `null` where another version of the program wrote it in a way that is not understood. */
export function readTicket(row: HeldRow): Ticket | null {
  try {
    const ticket = JSON.parse(row.draft) as Partial<Ticket>;
    const sound =
      ticket.sale === row.ticket && Array.isArray(ticket.lines) && ticket.lines.every((line) => line?.product?.id && line.qty_milli > 0);
    if (!sound || !ticket.lines) return null;
    const current = Math.min(ticket.current ?? 0, ticket.lines.length - 1);
    const { member = null, off = null, coupons = [], points = 0, salesperson = null } = ticket;
    return { sale: row.ticket, lines: ticket.lines, current, member, off, coupons, points, salesperson };
  } catch {
    return null;
  }
}

/** The member whose number or telephone this is, or the only one who is found by it; `null` where there is none, or several. */
export async function memberBy(text: string): Promise<Found | null> {
  const exact = (await scanned(text)).find((hit) => hit.kind === "member");
  if (exact) return exact;
  const [one, another] = await findMembers(text);
  return one && !another ? one : null;
}
