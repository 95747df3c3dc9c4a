/** Tasks in words: what is not as it should be, and what is proposed. */
import type { MessageDescriptor } from "@lingui/core";
import { msg, plural } from "@lingui/core/macro";
import { writeFixed, writeMonth, writeQty } from "../../design/figures";
import type { TaskKind, TaskRow } from "../../host";

const kinds: Record<TaskKind, MessageDescriptor> = {
  oversold: msg`Oversold`,
  points_short: msg`Points spent twice`,
  balance_short: msg`Stored value spent twice`,
  voucher_short: msg`Voucher spent twice`,
  same_phone: msg`One telephone number for two`,
  refused_move: msg`A move that would have been a ring`,
  two_moves: msg`Moved twice`,
  late_sales: msg`Sales after the close`,
  two_copies: msg`Two copies at work`,
};

export const kindOf = (kind: TaskKind): MessageDescriptor => kinds[kind];

/** An amount of the task in its own unit. */
export function amountOf(kind: TaskKind, amount: number, digits: number): string {
  if (kind === "oversold") return writeQty(amount);
  return writeFixed(amount, kind === "balance_short" || kind === "voucher_short" ? digits : 0);
}

/** What is not as it should be. */
export function saidOf(row: TaskRow, digits: number, locale: string): MessageDescriptor {
  const { name, number, other } = row;
  const amount = amountOf(row.kind, row.amount, digits);
  switch (row.kind) {
    case "oversold":
      return msg`${amount} more of ${name} was sold than was there.`;
    case "points_short":
      return msg`${name} spent ${amount} points that were not there.`;
    case "balance_short":
      return msg`${name} spent ${amount} of stored value that was not there.`;
    case "voucher_short":
      return msg`Voucher ${name} was spent ${amount} beyond what it is worth.`;
    case "same_phone":
      return msg`${name} (${number}) and ${other} have one telephone number.`;
    case "refused_move":
      return msg`${name} was to stand below ${other}, who stands below ${name}.`;
    case "two_moves":
      return other === ""
        ? msg`${name} was moved by two people who did not know of each other. The later one left no sponsor.`
        : msg`${name} was moved by two people who did not know of each other. The later one put ${other} above.`;
    case "late_sales": {
      const month = writeMonth(number, locale);
      return msg`${plural(row.amount, { one: "# sale", other: "# sales" })} of ${month} came in after that month was closed.`;
    }
    case "two_copies":
      return msg`Two copies of the books of one till were at work, as ${name} and ${other}.`;
  }
}

/** What is proposed. */
export function proposalOf(row: TaskRow, locale: string): MessageDescriptor {
  const { name, other } = row;
  switch (row.kind) {
    case "oversold":
      return msg`Set the shelf to 0: what was sold was there.`;
    case "points_short":
      return msg`It stays a debt: the points that come next fill it.`;
    case "balance_short":
      return msg`It stays a debt: the next top-up fills it.`;
    case "voucher_short":
      return msg`Note it: the goods are with the customer. Speak to them, or bear it.`;
    case "same_phone":
      return msg`${other} had it first and keeps it; the card of ${name} loses it.`;
    case "refused_move":
      return msg`The line stays as it is; the move was not carried out.`;
    case "two_moves":
      return msg`The later move stands.`;
    case "late_sales": {
      const month = writeMonth(other, locale);
      return msg`They count in ${month}; the closed statements stay as they are.`;
    }
    case "two_copies":
      return msg`Both stay: every sale is in the books once. Use one of the two, or add the other as a till of its own.`;
  }
}
