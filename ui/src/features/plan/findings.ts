/** The words for what the check of a plan finds, by its rule and figures; the engine's English stands in for rules that are new. */
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { SealTone } from "../../design/Seal";
import { type Failure, type PlanCheck, type PlanFinding, Refused } from "../../host";

/** One finding, ready to be shown. */
export interface Found {
  rule: string;
  /** The field that it concerns, as a path in the plan's JSON. */
  path: string;
  severity: "block" | "confirm" | "info";
  words: MessageDescriptor | string;
  /** The law it rests on; nothing where it rests on arithmetic. */
  law: string | null;
}

/** The figures that findings carry, by the engine's names. */
const figures = [
  "allowed",
  "amount",
  "base",
  "bound",
  "days",
  "index",
  "least",
  "levels",
  "limit",
  "line",
  "margin",
  "people",
  "rank",
  "window",
] as const;
type Params = Readonly<Record<(typeof figures)[number], string>>;

const words: Record<string, (params: Params) => MessageDescriptor> = {
  pay_for_joining: () => msg`It pays for people who join, without any sale.`,
  kit_commission: () => msg`It pays commission on what is bought in order to join.`,
  too_deep: ({ levels, allowed }) =>
    levels === "unlimited"
      ? msg`It pays levels without end; the law here allows ${allowed}.`
      : msg`It pays ${levels} levels; the law here allows ${allowed}.`,
  binary: () => msg`It pays on two matched legs.`,
  direct_seller_others: () => msg`It pays a licensed direct seller on the sales of others.`,
  direct_seller_rate: ({ bound, allowed }) => msg`It can pay ${bound} of revenue; a licensed direct seller may be paid ${allowed}.`,
  bound_over: ({ bound, allowed }) => msg`It can pay ${bound} of revenue; allowed are ${allowed}.`,
  unbounded: () => msg`Nothing keeps what it pays below what the shop receives.`,
  no_withholding: () => msg`Payouts are made without withholding tax.`,
  unidentified: () => msg`People are paid who are not identified.`,
  under_age: () => msg`People are paid who are not of age.`,
  own_purchase: ({ least, amount }) => msg`One has to buy for ${least} (${amount}) oneself in order to earn.`,
  base_not_net: ({ base }) => msg`Commission is worked out on “${base}” and not on money received.`,
  pool: () => msg`It shares revenue among members.`,
  no_customer_sales: () => msg`Nothing asks for sales to customers outside the plan.`,
  early_release: ({ days, window }) => msg`Commission is released after ${days} days, goods can be returned for ${window}.`,
  criminal_line: ({ people, line }) => msg`The tree has ${people} people; with ${line} and three levels the law speaks of a crime.`,
  bound_over_margin: ({ bound, margin }) => msg`It can pay ${bound}, the goods earn ${margin}.`,
  rank_inversion: ({ rank, index }) => msg`“${rank}” is paid less at L${index} than the rank below: a promotion would lower their pay.`,
  proven_maximum: ({ bound }) => msg`Proved: it never pays more than ${bound} of money received.`,
  pro_rata_cap: ({ limit }) => msg`Only a cut of every earning keeps it within ${limit}.`,
  heavy_buyers: ({ people }) => msg`${people} members buy far more than they sell.`,
};

const tones: Record<Found["severity"], SealTone> = { block: "stop", confirm: "wait", info: "note" };

/** The seal on a finding. */
export const toneOf = (severity: Found["severity"]): SealTone => tones[severity];

/** The figures of a finding; those it does not carry are empty. */
const paramsOf = (one: PlanFinding): Params => Object.fromEntries(figures.map((name) => [name, one.params[name] ?? ""])) as Params;

const order: readonly Found["severity"][] = ["block", "confirm", "info"];

/** What the check found: first what forbids the plan, then what has to be accepted, then what is worth knowing. */
export function findingsOf(check: PlanCheck): Found[] {
  const found = check.findings.map((one): Found => {
    const severity = order.find((known) => known === one.severity) ?? "info";
    const law = one.law && !/^(arithmetic|good practice)/.test(one.law) ? one.law : null;
    return { rule: one.rule, path: one.path, severity, words: words[one.rule]?.(paramsOf(one)) ?? one.reason, law };
  });
  return found.sort((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity));
}

/** The rules that the owner has to accept, each once. */
export const toAccept = (found: readonly Found[]): Found[] =>
  found.filter((one, at) => one.severity === "confirm" && found.findIndex((other) => other.rule === one.rule) === at);

/** Where a refused text is no plan: the field of it, and why. */
export function faultOf(failure: Failure, words: string): { path: string; words: string } | null {
  if (!(failure instanceof Refused)) return null;
  const { path } = failure.params;
  return failure.code === "not_a_plan" && typeof path === "string" ? { path, words } : null;
}
