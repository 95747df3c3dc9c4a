/**
 * Every key that a person may move, with the words for what it does: the help sheet, the settings and the reading of keys draw from this one
 * table. A key is known by how it comes; `workstation().keys` says where it was moved to on this device.
 */
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { type MovedKeys, shownKeys } from "../design/workstation";
import { sections, settings } from "./nav";

export interface KeyRow {
  /** As it comes. */
  keys: string;
  name: MessageDescriptor;
  where: "everywhere" | "till";
  /** Shown and never moved. */
  fixed?: boolean;
}

const till = (keys: string, name: MessageDescriptor, fixed = false): KeyRow => ({ keys, name, where: "till", fixed });
const everywhere = (keys: string, name: MessageDescriptor, fixed = false): KeyRow => ({ keys, name, where: "everywhere", fixed });

export const keyTable: readonly KeyRow[] = [
  till("F2", msg`Find a member`),
  till("F3", msg`To the scan box`),
  till("F4", msg`Who served`),
  till("F5", msg`Exact cash: take, print, next customer`),
  till("F6", msg`Hold the ticket`),
  till("Shift+F6", msg`Held tickets`),
  till("F7", msg`New member`),
  till("F8", msg`Return or exchange (also scan the receipt)`),
  till("F9", msg`Payment (also Enter in the empty box)`),
  till("F10", msg`Discount on the order`),
  till("F11", msg`Shift and drawer`),
  till("F12", msg`All products`),
  till("*", msg`Quantity of the line`),
  till(".", msg`Price of the line`),
  till("/", msg`Discount on the line`),
  till("+", msg`One more of the line`),
  till("-", msg`One less of the line`),
  till("Delete", msg`Remove the line`),
  till("End", msg`Remove the member`),
  till("Ctrl+Z", msg`Undo`),
  till("Ctrl+P", msg`Print the last receipt again`),
  till("Alt+T", msg`Top up the member's stored value`),
  till("Alt+V", msg`Sell a voucher`),
  till("Alt+D", msg`Open the customer display`),
  till("Alt+P", msg`Spend points`),
  till("Alt+G", msg`The line for points`),
  till("Alt+S", msg`Sign a member in for today`),
  till("Alt+C", msg`Coupon`),
  till("Alt+B", msg`Add what is often bought with the line`),
  till("Alt+Q", msg`Quick keys`),
  till("Alt+1", msg`Tender: Alt with its digit, as the settings give it`, true),
  till("Enter", msg`In payment: take and print`, true),
  till("ArrowUp", msg`Line above`, true),
  till("ArrowDown", msg`Line below`, true),
  till("Escape", msg`Back; twice: leave the till`, true),
  everywhere("F1", msg`Help`),
  everywhere("Ctrl+K", msg`Everything you can do`),
  everywhere("Ctrl+L", msg`Lock`),
  ...[...sections, settings].map((section) => everywhere(section.keys, section.name)),
];

/** Keys that text, lists and the system need for themselves. */
const ELSEWHERE =
  /^(Enter|Escape|Tab|Shift\+Tab|Space| |Backspace|Home|PageUp|PageDown|Arrow\w+|[A-Z0-9?]|Shift\+[A-Z0-9]|Ctrl\+([ACSVX]|Enter)|Alt\+[1-6]|Alt\+F4|Control|Shift|Alt|Meta|Process|Dead|Unidentified)$/;
/** A key alone that is neither of those above nor a function key is a sign, which only the scan box lets through. */
const MOVABLE = /^((Ctrl\+|Alt\+|Ctrl\+Alt\+)?(Shift\+)?(F([1-9]|1[0-2])|Delete|Insert|End|[A-Z0-9])|[*+\-./])$/;

export type KeyProblem = { problem: "needed" } | { problem: "taken"; by: KeyRow };

/** Why a key cannot be moved there; nothing where it can. */
export function problemOfMove(from: string, to: string, moved: MovedKeys): KeyProblem | null {
  if (ELSEWHERE.test(to) || !MOVABLE.test(to)) return { problem: "needed" };
  const taken = keyTable.find((row) => row.keys !== from && shownKeys(row.keys, moved) === to);
  return taken ? { problem: "taken", by: taken } : null;
}

/** The keys with one moved; back where it came from it is no longer listed. */
export function withKey(moved: MovedKeys, from: string, to: string): MovedKeys {
  const { [from]: _, ...rest } = moved;
  return to === from ? rest : { ...rest, [from]: to };
}

/** What a pressed key means: the key that was moved there; nothing where its own meaning was moved away. */
export function meantBy(pressed: string, moved: MovedKeys): string | null {
  const from = Object.entries(moved).find(([, to]) => to === pressed)?.[0];
  if (from !== undefined) return from;
  return pressed in moved ? null : pressed;
}
