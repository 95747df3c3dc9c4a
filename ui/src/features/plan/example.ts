/** The worked example's chain: the buyer and those above, each with a rank and whether they are frozen. */
import type { PlanSource, PlanTry, TryAnswer, TryLink } from "../../host";

/** The chain as long as asked, with only the ranks that the plan knows; new places take the lowest rank. */
export function chainFor(chain: readonly TryLink[], ranks: readonly string[], length: number): TryLink[] {
  return Array.from({ length }, (_, at) => {
    const link = chain[at];
    const rank = link?.rank && ranks.includes(link.rank) ? link.rank : (ranks[0] ?? null);
    return { rank, active: link?.active ?? true };
  });
}

export const question = (source: PlanSource, net_minor: number, chain: TryLink[]): PlanTry => ({ source, net_minor, chain });

/** What one place of the chain earns in all rules together. */
export function earnedAt(answer: readonly TryAnswer[], depth: number): { micro: number; rates: number[] } {
  const mine = answer.filter((one) => one.depth === depth);
  return {
    micro: mine.reduce((sum, one) => sum + one.amount_micro, 0),
    rates: mine.flatMap((one) => (one.rate_ppm === null ? [] : [one.rate_ppm])),
  };
}

/** A share of an amount in parts per million, rounded up as the bound is; 0 of nothing. */
export function shareUp(micro: number, minor: number): number {
  if (minor <= 0) return 0;
  return Number((BigInt(micro) + BigInt(minor) - 1n) / BigInt(minor));
}
