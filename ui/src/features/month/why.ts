/**
 * The engine's explanation of one amount, read for people: the formula with its numbers, what cut it, and who on the way up earned or was
 * passed over and why. Figures are exact decimals as text and are never computed with here.
 */
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { JsonValue, WhyAnswer } from "../../host";

type Record = { readonly [key in string]?: JsonValue };

const isRecord = (value: JsonValue | undefined): value is { [key in string]: JsonValue } =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const list = (value: JsonValue | undefined): Record[] => (Array.isArray(value) ? value.filter(isRecord) : []);
const text = (value: JsonValue | undefined): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");

/** An exact share as a percentage, by moving the point: `0.085` is `8.5%`. A fraction stays one: `1/3`. */
export function percentOf(exact: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(exact);
  if (!match) return exact;
  const [, sign = "", whole = "0", part = ""] = match;
  const moved = part.padEnd(2, "0");
  const left = `${whole}${moved.slice(0, 2)}`.replace(/^0+(?=\d)/, "");
  const right = moved.slice(2).replace(/0+$/, "");
  return `${sign === "-" ? "\u2212" : ""}${left}${right ? `.${right}` : ""}%`;
}

/** An exact amount of money with grouped thousands and at least the currency's decimals: `1280` is `1,280.00`. */
export function moneyOf(exact: string, digits: number): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(exact);
  if (!match) return exact;
  const [, sign = "", whole = "0", part = ""] = match;
  const decimals = part.padEnd(digits, "0");
  return `${sign === "-" ? "\u2212" : ""}${whole.replace(/\B(?=(\d{3})+$)/g, ",")}${decimals ? `.${decimals}` : ""}`;
}

/** The amount as a product of its parts, in signs that every language reads. The last part is what is shown as the result. */
export function formulaOf(why: JsonValue, amount: string, digits: number): string {
  if (!isRecord(why)) return amount;
  const part = (name: string) => text(why[name]);
  const money = (name: string) => moneyOf(part(name), digits);
  const factor = part("factor") === "1" || part("factor") === "" ? "" : ` × ${part("factor")}`;
  switch (part("way")) {
    case "rate":
    case "equal_of_order":
      return `${money("base")} × ${percentOf(part("rate"))}${factor} = ${amount}`;
    case "difference":
      return `${money("base")} × (${percentOf(part("rate"))} \u2212 ${percentOf(part("mark"))})${factor} = ${amount}`;
    case "minimum":
      return `${money("base")} × ${percentOf(part("min"))}${factor} = ${amount}`;
    case "equal_of_income":
      return `${money("income")} × ${percentOf(part("rate"))} = ${amount}`;
    case "fixed":
      return `${money("per_unit")} × ${part("qty")}${factor} = ${amount}`;
    case "pair":
      return `${money("matched")} × ${percentOf(part("rate"))} = ${amount}`;
    case "pool":
      return isRecord(why.share) ? `${shareOf(why.share, digits)} = ${amount}` : amount;
    default:
      return amount;
  }
}

const shareOf = (share: Record, digits: number): string =>
  `${moneyOf(text(share.total), digits)} × ${text(share.weight)} ÷ ${text(share.weights)}`;

/** The way the amount was reckoned, in a sentence. */
export function wayOf(why: JsonValue): MessageDescriptor {
  switch (isRecord(why) ? text(why.way) : "") {
    case "rate":
      return msg`What counted, times the rate of this rank at this level.`;
    case "difference":
      return msg`What counted, times how far this rate is above the highest rate below.`;
    case "minimum":
      return msg`The margin over the rate below was smaller than the least margin, so the least counts.`;
    case "equal_of_order":
      return msg`What counted, times the rate among equals.`;
    case "equal_of_income":
      return msg`What the equal below earned, times the rate among equals.`;
    case "fixed":
      return msg`A fixed amount for each piece.`;
    case "pool":
      return msg`A share of the fund by weight.`;
    case "pair":
      return msg`What both legs had, times the rate.`;
    case "award":
      return msg`A fixed amount.`;
    default:
      return msg`Reckoned in a way that this version of the program has no words for.`;
  }
}

/** What a rule of the month started from, in words; `source` as the books name it, with the numbers and names of what it mentions. */
export function sourceOf(
  source: string,
  sales: readonly (readonly [string, string])[],
  names: readonly (readonly [string, string])[],
): MessageDescriptor {
  const cut = source.startsWith("cut:");
  const bare = cut ? source.slice(4) : source;
  const number = sales.find(([sale]) => bare.includes(sale))?.[1] ?? "";
  const name = names.find(([member]) => bare.includes(member))?.[1] ?? "";
  if (cut) return msg`Taken back by a limit of the plan, from what was earned on ${number}.`;
  if (bare === "period") return msg`The whole month.`;
  if (bare.startsWith("buyer:")) return msg`All purchases of ${name} in the month, together.`;
  if (bare.includes("/")) return number === "" ? msg`What ${name} earned in the month.` : msg`What ${name} earned on ${number}.`;
  return msg`Sale ${number}`;
}

/** What cut the amount after it was reckoned, in the order in which it happened. */
export function cutsOf(why: JsonValue, digits: number): MessageDescriptor[] {
  if (!isRecord(why)) return [];
  const cuts: MessageDescriptor[] = [];
  const cap = text(why.cap);
  if (cap) {
    const most = moneyOf(cap, digits);
    cuts.push(msg`Cut to ${most} by the rule's own cap.`);
  }
  for (const limit of list(why.limits)) {
    const share = shareOf(limit, digits);
    cuts.push(msg`Cut by a limit of the plan to its share: ${share}.`);
  }
  const reversed = text(why.reversed);
  if (reversed) {
    const part = percentOf(reversed);
    cuts.push(msg`A return took back ${part} of it.`);
  }
  return cuts;
}

/** Why someone on the way up earned nothing. */
export function reasonOf(passed: Record): MessageDescriptor {
  switch (text(passed.reason)) {
    case "not_holding":
      return msg`Passed over: frozen then, and the plan gives the place to the next above.`;
    case "not_paid":
      return msg`Kept the place but earned nothing: frozen then. The amount stays with the shop.`;
    case "before_first": {
      const first = text(passed.pay_from);
      return msg`Not paid: the plan pays from L${first} on.`;
    }
    case "past_max": {
      const most = text(passed.max);
      return msg`Not paid: the plan pays up to L${most}.`;
    }
    case "no_rate":
      return msg`Not paid: the table has no rate for this rank at this level.`;
    case "not_above_mark": {
      const rate = percentOf(text(passed.rate));
      const mark = percentOf(text(passed.mark));
      return msg`Not paid: the rate of ${rate} is not above the ${mark} that was paid below.`;
    }
    case "nothing_to_pay":
      return msg`Not paid: nothing on this sale counted.`;
    default:
      return msg`Not paid.`;
  }
}

/** One place of the chain, the buyer first. */
export interface Place {
  /** Distance from the buyer. */
  depth: number;
  name: string;
  rank: string | null;
  active: boolean;
  /** What they have to do with this sale. */
  part: "buyer" | "earned" | "passed" | "above";
  /** Exact, in millionths of a minor unit; where they earned by several rules, together. */
  micro: number;
  /** The level at which the plan counted them; the distance where nobody below was passed over. */
  index: number | null;
  reason: MessageDescriptor | null;
  /** The earning that is being explained is theirs. */
  asked: boolean;
}

/**
 * The chain as it stood, from the buyer up. Each explanation knows who was passed over since the earner before, so all earnings of the sale
 * up to the one that is asked about are read together; `answers` are those, the one asked about last.
 */
export function placesOf(answers: readonly WhyAnswer[]): Place[] {
  const asked = answers.at(-1);
  if (!asked) return [];
  const passed = new Map(answers.flatMap((one) => (isRecord(one.why) ? list(one.why.passed) : [])).map((one) => [text(one.member), one]));
  return asked.chain.map(([link, name], depth): Place => {
    const mine = answers.filter((one) => one.earned.member === link.member);
    const skipped = mine.length === 0 ? passed.get(link.member) : undefined;
    const first = mine[0]?.why;
    const index = isRecord(first) ? first.index : skipped?.index;
    return {
      depth,
      name,
      rank: link.rank,
      active: link.active,
      part: mine.length > 0 ? "earned" : skipped ? "passed" : depth === 0 ? "buyer" : "above",
      micro: mine.reduce((sum, one) => sum + one.earned.amount_micro, 0),
      index: typeof index === "number" ? index : null,
      reason: skipped ? reasonOf(skipped) : null,
      asked: asked.earned.member === link.member,
    };
  });
}
