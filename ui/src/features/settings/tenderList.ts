/** The tenders of a shop as a list to arrange. */
import type { TenderTerms } from "../../host";

const first = ["cash", "card", "wechat", "alipay", "transfer", "balance", "voucher"];

/** True for the tenders that every shop has. */
export const isFirst = (code: string): boolean => first.includes(code);

/** A tender offered or put away: offered again it comes last of those offered. */
export function offers(tenders: readonly TenderTerms[], at: number, on: boolean): TenderTerms[] {
  const chosen = tenders[at];
  if (!chosen) return [...tenders];
  const others = tenders.filter((_, index) => index !== at);
  const changed = { ...chosen, archived: !on };
  return [...others.filter((one) => !one.archived), changed, ...others.filter((one) => one.archived)];
}

/** A tender one place earlier. */
export function earlier(tenders: readonly TenderTerms[], at: number): TenderTerms[] {
  const moved = [...tenders];
  const [one] = moved.splice(at, 1);
  if (one) moved.splice(Math.max(at - 1, 0), 0, one);
  return moved;
}

/** A tender of the shop's own with a code that none had before. */
export function newTender(tenders: readonly TenderTerms[]): TenderTerms {
  const taken = new Set(tenders.map((terms) => terms.code));
  let number = 1;
  while (taken.has(`own_${number}`)) number += 1;
  const plain = { name: "", name_2: "", gives_change: false, needs_reference: false, opens_drawer: false, counted: true };
  return { code: `own_${number}`, ...plain, key: null, archived: false };
}
