/** What the parts of a plan are called, and conditions as half sentences: “who is active and has at least the rank Gold”. */
import { t } from "@lingui/core/macro";
import type { Condition, Kind, OrderFilter, Scalar } from "./language";

/** An amount of an order by its name in the language. */
export const amountName = (of: string): string => (of === "net" ? t`what the buyer paid` : of.toUpperCase());

/** A percentage as the books write it, with two decimals at least: `3%` is `3.00%`. Anything else stays as it is. */
export function showPercent(rate: string): string {
  const match = /^(\d+)(?:\.(\d+))?%$/.exec(rate.trim());
  return match ? `${match[1]}.${(match[2] ?? "").padEnd(2, "0")}%` : rate;
}

/** An exact figure with its thousands grouped: `50000` is `50,000`. */
export function showFigure(figure: string): string {
  const [whole = "", rest] = figure.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return rest === undefined ? grouped : `${grouped}.${rest}`;
}

export const kindName = (kind: Kind): string =>
  ({
    walk: t`up the tree from each sale`,
    pool: t`a fund that is shared`,
    pair: t`two legs, matched`,
    award: t`a fixed amount`,
  })[kind];

/** Measures of a member: the scope and the amount that is summed. */
export function measureName(measure: string): string {
  const at = measure.indexOf(".");
  const scope = measure.slice(0, at);
  const of = measure.slice(at + 1);
  if (scope === "attr") return t`the field “${of}”`;
  const name = (
    { own: t`own purchases`, direct: t`purchases of direct members`, group: t`group volume`, company: t`the shop's sales` } as Record<
      string,
      string
    >
  )[scope];
  const more = of.toUpperCase();
  return of === "net" ? (name ?? measure) : `${name ?? scope} (${more})`;
}

const scalarWords = (value: Scalar | undefined): string =>
  value === undefined || value === true ? t`yes` : value === false ? t`no` : value === null ? t`nothing` : String(value);

const simple = (condition: Condition): boolean => typeof condition === "string" || !("all" in condition || "any" in condition);

/** A condition on a member, as what comes after “who”. */
export function conditionWords(condition: Condition): string {
  if (condition === "always") return t`anyone`;
  if (condition === "never") return t`nobody`;
  const inside = (part: Condition) => (simple(part) ? conditionWords(part) : `(${conditionWords(part)})`);
  if ("all" in condition) return condition.all.length === 0 ? t`anyone` : condition.all.map(inside).join(t` and `);
  if ("any" in condition) return condition.any.length === 0 ? t`nobody` : condition.any.map(inside).join(t` or `);
  if ("not" in condition) {
    const denied = inside(condition.not);
    return t`not: ${denied}`;
  }
  if ("active" in condition) return condition.active ? t`active` : t`frozen`;
  if ("rank_gte" in condition) {
    const rank = condition.rank_gte;
    return t`rank ${rank} or higher`;
  }
  if ("rank_is" in condition) {
    const rank = condition.rank_is;
    return t`rank ${rank}`;
  }
  if ("measure" in condition) {
    const name = measureName(condition.measure);
    const least = condition.gte === undefined ? "" : ` ≥ ${showFigure(condition.gte)}`;
    const below = condition.lt === undefined ? "" : ` < ${showFigure(condition.lt)}`;
    return `${name}${least}${below}`;
  }
  if ("attr" in condition) {
    const field = condition.attr;
    const value = scalarWords(condition.eq);
    return t`field “${field}” is ${value}`;
  }
  const member = condition.member;
  return t`the member ${member}`;
}

/** Which orders a rule accepts. */
export function filterWords(filter: OrderFilter | undefined): string {
  if (!filter) return t`every sale`;
  if ("all" in filter) return filter.all.length === 0 ? t`every sale` : filter.all.map(filterWords).join(t` and `);
  if ("tag" in filter) {
    const tag = filter.tag;
    return t`sales marked “${tag}”`;
  }
  if ("no_tag" in filter) {
    const tag = filter.no_tag;
    return t`sales not marked “${tag}”`;
  }
  const field = filter.order_attr;
  const least = filter.gte === undefined ? "" : ` ≥ ${showFigure(filter.gte)}`;
  const most = filter.lte === undefined ? "" : ` ≤ ${showFigure(filter.lte)}`;
  return t`sales with “${field}”${least}${most}`;
}
