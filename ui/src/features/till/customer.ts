/** What the customer display is told of the open ticket: the books' figures, and nobody's whole name. */
import { useEffect, useRef } from "react";
import { workstation } from "../../design/workstation";
import { type CustomerView, call, type Quote, type SaleReceipt, type TicketQuote } from "../../host";
import type { Ticket } from "./draft";

/** A name as everybody near the till may read it: 王芳 is 王*, Wang Fang is W*** F***. */
export function masked(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  return words
    .map((word, place) => {
      const [first = "", ...rest] = word;
      if (rest.length === 0) return place === 0 ? first : "*";
      return first + "*".repeat(/[a-z]/i.test(first) ? 3 : Math.min(rest.length, 3));
    })
    .join(" ");
}

const nothing: CustomerView = { lines: [], due_minor: 0, off_minor: 0, member: null, paid_minor: 0, change_minor: null };

/** The view of an open ticket; `settled` while money is being taken. */
export function viewOf(ticket: Ticket, answer: TicketQuote | undefined, settled: Quote | undefined): CustomerView {
  if (ticket.lines.length === 0 || !answer) return nothing;
  const { quote, member } = answer;
  return {
    lines: ticket.lines.flatMap((line, index) => {
      const priced = quote.lines[index];
      return priced ? [{ name: line.product.name, qty_milli: line.qty_milli, net_minor: priced.net_minor }] : [];
    }),
    due_minor: quote.due_minor,
    off_minor: quote.lines.reduce((sum, line) => sum + line.discount_minor + line.points_offset_minor, 0),
    member: member && {
      name: masked(member.card.name),
      points: member.points,
      will_earn: quote.points_earned,
      balance_minor: member.balance_minor,
    },
    paid_minor: settled?.paid_minor ?? 0,
    change_minor: null,
  };
}

/** The view of a sale that was taken, until the next scan. */
export const viewOfDone = ({ sale }: SaleReceipt): CustomerView => ({
  ...nothing,
  lines: sale.lines.map((line) => ({ name: line.name, qty_milli: line.qty_milli, net_minor: line.net_minor })),
  due_minor: sale.due_minor,
  off_minor: sale.lines.reduce((sum, line) => sum + line.discount_minor, 0),
  paid_minor: sale.tenders.reduce((sum, tender) => sum + tender.amount_minor, 0),
  change_minor: sale.change_minor,
});

/** Tells the display where the sale stands, each time that changes. A display that does not hear stops no sale. */
export function useCustomerDisplay(view: CustomerView): void {
  const text = JSON.stringify(view);
  const told = useRef("");
  useEffect(() => {
    if (told.current === text) return;
    told.current = text;
    call("show_customer", JSON.parse(text)).catch(() => {});
  }, [text]);
  useEffect(() => {
    if (workstation().customerDisplay) call("open_display", { open: true }).catch(() => {});
    return () => void call("show_customer", nothing).catch(() => {});
  }, []);
}
