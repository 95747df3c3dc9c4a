/** The worked example's chain: the buyer and those above, each with a rank and whether they are frozen. */
import { t } from "@lingui/core/macro";
import type { JsonValue, TryAnswer, TryLink } from "../../host";
import { asPercent } from "./boundWords";
import { showFigure } from "./words";

/** The chain as long as asked, with only the ranks that the plan knows; new places take the lowest rank. */
export function chainFor(chain: readonly TryLink[], ranks: readonly string[], length: number): TryLink[] {
  return Array.from({ length }, (_, at) => {
    const link = chain[at];
    const rank = link?.rank && ranks.includes(link.rank) ? link.rank : (ranks[0] ?? null);
    return { rank, active: link?.active ?? true };
  });
}

/** What one place of the chain earns in all rules together, and by which. */
export function earnedAt(answer: readonly TryAnswer[], depth: number): { micro: number; parts: TryAnswer[] } {
  const parts = answer.filter((one) => one.depth === depth);
  return { micro: parts.reduce((sum, one) => sum + one.amount_micro, 0), parts };
}

/** A share of an amount in parts per million, rounded up as the bound is; 0 of nothing. */
export function shareUp(micro: number, minor: number): number {
  if (minor <= 0) return 0;
  return Number((BigInt(micro) + BigInt(minor) - 1n) / BigInt(minor));
}

type Fields = { [key in string]?: JsonValue };
const fieldsOf = (value: JsonValue | undefined): Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
const text = (value: JsonValue | undefined): string => (typeof value === "string" ? value : "");

/** How an amount was reckoned, in one line, from the engine's own explanation. */
export function wayWords(why: JsonValue): string {
  const of = fieldsOf(why);
  const factor = text(of.factor) === "1" || text(of.factor) === "" ? "" : ` × ${text(of.factor)}`;
  const rate = asPercent(text(of.rate));
  const base = showFigure(text(of.base));
  const mark = asPercent(text(of.mark));
  switch (of.way) {
    case "rate":
      return `${base} × ${rate}${factor}`;
    case "difference":
      return `${base} × (${rate} − ${mark})${factor}`;
    case "minimum": {
      const min = asPercent(text(of.min));
      return t`${base} × ${min}${factor}, the least margin`;
    }
    case "equal_of_order":
      return t`${base} × ${rate}${factor}, equal rank`;
    case "equal_of_income": {
      const income = showFigure(text(of.income));
      return t`${income} × ${rate}, equal rank`;
    }
    case "fixed": {
      const perUnit = showFigure(text(of.per_unit));
      const qty = text(of.qty);
      return `${perUnit} × ${qty}${factor}`;
    }
    case "pool": {
      const share = fieldsOf(of.share);
      const total = showFigure(text(share.total));
      const weight = showFigure(text(share.weight));
      const weights = showFigure(text(share.weights));
      return t`${weight} of ${weights} shares in ${total}`;
    }
    case "pair": {
      const matched = showFigure(text(of.matched));
      return t`${matched} matched × ${rate}`;
    }
    case "award":
      return t`a fixed amount`;
    default:
      return "";
  }
}

/** Why someone on the way earned nothing, by the engine's reason. */
export function passedWords(reason: string): string {
  const words: Record<string, string> = {
    not_holding: t`passed over`,
    not_paid: t`keeps the place, is not paid`,
    before_first: t`before the first paid place`,
    past_max: t`past the last paid place`,
    no_rate: t`no rate here`,
    not_above_mark: t`not above those below`,
    nothing_to_pay: t`nothing to pay`,
  };
  return words[reason] ?? reason;
}

/** By place: why nothing was earned there, as far as an earning above tells. A place stands as its number in the explanations. */
export function passedAt(answer: readonly TryAnswer[]): Map<number, string> {
  const passed = new Map<number, string>();
  for (const one of answer) {
    const list = fieldsOf(one.why).passed;
    for (const item of Array.isArray(list) ? list : []) {
      const { member, reason } = fieldsOf(item);
      if (/^\d+$/.test(text(member))) passed.set(Number(text(member)), passedWords(text(reason)));
    }
  }
  return passed;
}
