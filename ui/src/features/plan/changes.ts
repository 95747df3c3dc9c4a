/** Differences between two plans as sentences: “Sales commission: depth 2 pays 3.00% instead of 2.00%”. */
import { t } from "@lingui/core/macro";
import type { JsonValue, PlanChange } from "../../host";
import type { Condition, Kind, OrderFilter, Row } from "./language";
import { amountName, conditionWords, filterWords, kindName, measureName, showFigure, showPercent } from "./words";

/** A row of the list: what it is about, and what became of it. */
export interface Told {
  about: string;
  words: string;
}

const isRecord = (value: JsonValue | null): value is { [key in string]: JsonValue } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A figure as it is read: percentages with two decimals, sums with their thousands apart. */
const figure = (value: JsonValue | null): string => {
  if (value === null) return t`nothing`;
  if (typeof value === "string") return value.endsWith("%") ? showPercent(value) : /^\d+(\.\d+)?$/.test(value) ? showFigure(value) : value;
  if (typeof value === "boolean") return value ? t`yes` : t`no`;
  if (Array.isArray(value)) return value.map(figure).join(", ");
  return isRecord(value)
    ? Object.entries(value)
        .map(([key, one]) => `${key} ${figure(one)}`)
        .join(", ")
    : String(value);
};

const WORDS: Record<string, Record<string, () => string>> = {
  mode: { absolute: () => t`the own rate`, difference: () => t`what the own rate adds to the highest below` },
  tree: { sponsor: () => t`sponsors`, placement: () => t`placement` },
  index: { depth: () => t`every place`, same_rank: () => t`generations of the same rank` },
  self: { true: () => t`with the buyer as the first`, false: () => t`above the buyer`, level0: () => t`with the buyer as level 0` },
  aggregate: { none: () => t`each sale`, buyer: () => t`all sales of a buyer in the month` },
  event: { order: () => t`sales`, earning: () => t`earnings` },
  accrue: { paid: () => t`with the sale`, period: () => t`at the close of the month` },
  carry: { net_off: () => t`what was not matched`, carry: () => t`the difference of the legs`, flush: () => t`nothing` },
  seed: { source_rate: () => t`is the first mark` },
};

const CONDITIONS = ["when", "hold", "pay", "stop_at", "who"];

/** A value of a key, in words. */
function valueWords(key: string, value: JsonValue | null): string {
  if (CONDITIONS.includes(key)) return value === null ? t`nobody` : conditionWords(value as Condition);
  if (key === "where") return filterWords((value ?? undefined) as OrderFilter | undefined);
  if (key === "max" && value === null) return t`no end`;
  if ((key === "base" || key === "of" || key === "measure") && typeof value === "string")
    return value.includes(".") ? measureName(value) : amountName(value);
  if (key === "band" && isRecord(value)) {
    const steps = Array.isArray(value.steps) ? value.steps : [];
    return steps.map((step) => (Array.isArray(step) ? `${figure(step[0] ?? null)} → ${figure(step[1] ?? null)}` : "")).join(", ");
  }
  const known = value === null ? undefined : WORDS[key]?.[String(value)];
  return known ? known() : figure(value);
}

/** What a key of the language is about. */
function keyWords(key: string): string {
  const names: Record<string, string> = {
    currency: t`currency`,
    unit: t`smallest sum`,
    when: t`condition of the rank`,
    hold: t`who takes a place`,
    pay: t`who is paid`,
    stop_at: t`where it ends`,
    who: t`who`,
    where: t`which sales`,
    max: t`paid places`,
    mode: t`each earns`,
    tree: t`the way up`,
    index: t`places counted`,
    self: t`counting begins`,
    aggregate: t`it starts from`,
    event: t`it starts from`,
    rules: t`earnings of`,
    base: t`amount that counts`,
    of: t`of`,
    factor: t`factor`,
    accrue: t`worked out`,
    band: t`steps by volume`,
    attr: t`field with the rate`,
    max_attr: t`highest rate of a member`,
    cap_amount: t`most per place`,
    pay_from: t`first paid place`,
    mark_unpaid: t`the unpaid use up the difference`,
    seed: t`the buyer's own rate`,
    min: t`least margin`,
    equal: t`equal-rank bonus`,
    peers_per_rank: t`peers of a rank`,
    rate: t`rate`,
    amount: t`amount`,
    weight: t`shares go by`,
    measure: t`volume`,
    carry: t`brought forward`,
    carry_cap: t`most brought forward per leg`,
    cap_per_person: t`most per member and month`,
    table: t`table`,
    fixed: t`amounts per piece`,
    rank: t`by rank`,
  };
  return names[key] ?? key;
}

function cellWords(row: string, depth: string | undefined, change: PlanChange): string {
  const before = figure(change.before);
  const after = figure(change.after);
  const everyone = row === "*";
  if (depth === undefined)
    return everyone ? t`everyone earns ${after} instead of ${before}` : t`${row} earns ${after} instead of ${before}`;
  if (change.before === null) return everyone ? t`depth ${depth} now pays ${after}` : t`${row}: depth ${depth} now pays ${after}`;
  if (change.after === null)
    return everyone ? t`depth ${depth} no longer pays (was ${before})` : t`${row}: depth ${depth} no longer pays (was ${before})`;
  return everyone ? t`depth ${depth} pays ${after} instead of ${before}` : t`${row}: depth ${depth} pays ${after} instead of ${before}`;
}

/** A whole row that came or went. */
function rowWords(row: string, change: PlanChange): string {
  const name = row === "*" ? t`everyone else` : row;
  const cells = (value: JsonValue | null) => figure((value ?? "") as Row as JsonValue);
  const after = cells(change.after);
  const before = cells(change.before);
  if (change.before === null) return t`${name} now earns ${after}`;
  return change.after === null ? t`${name} has no rates any more (had ${before})` : t`${name} earns ${after} instead of ${before}`;
}

function inside(change: PlanChange): string {
  const { path } = change;
  const at = path.findIndex((key) => key === "table" || key === "fixed");
  if (at >= 0 && path.length > at + 1) {
    const row = path[at + 1] ?? "*";
    const depth = path[at + 2];
    return depth === undefined && (Array.isArray(change.before ?? change.after) || change.before === null || change.after === null)
      ? rowWords(row, change)
      : cellWords(row, depth, change);
  }
  const named = path.filter((key) => !/^\d+$/.test(key));
  const key = named.at(-1) ?? "";
  // The outer word says which: the rate of the equal-rank bonus, of the fund …
  const outer = named.slice(0, -1).filter((one) => !["path", "rate", "source", "share", "rounding"].includes(one));
  const name = [...outer, key].map(keyWords).join(" › ");
  const before = valueWords(key, change.before);
  const after = valueWords(key, change.after);
  if (change.before === null && key !== "max" && !CONDITIONS.includes(key) && key !== "where") return t`${name}: now ${after}`;
  if (change.after === null && key !== "max" && !CONDITIONS.includes(key) && key !== "where") return t`${name}: no longer (was ${before})`;
  return t`${name}: ${after} instead of ${before}`;
}

/** One difference in words. */
export function wordChange(change: PlanChange): Told {
  const id = change.id ?? "";
  const order = (value: JsonValue | null) => (Array.isArray(value) ? value.map(String).join(" → ") : "");
  switch (change.part) {
    case "rank_order": {
      const ranks = order(change.after);
      return { about: t`Ranks`, words: t`now in the order ${ranks}` };
    }
    case "rule_order": {
      const rules = order(change.after);
      return { about: t`Rules`, words: t`now worked out in the order ${rules}` };
    }
    case "rule": {
      if (change.path.length > 0) return { about: id, words: inside(change) };
      const whole = change.after ?? change.before;
      const kind = kindName((isRecord(whole) ? whole.kind : "walk") as Kind);
      return { about: id, words: change.after === null ? t`the rule is gone (${kind})` : t`a new rule: ${kind}` };
    }
    case "rank": {
      if (change.path.length > 0) return { about: id, words: inside(change) };
      return { about: id, words: change.after === null ? t`the rank is gone` : t`a new rank` };
    }
    case "limit": {
      const about = id === "company" ? t`Limit of all commission` : t`Limit per member and month`;
      if (change.path.length > 0) return { about, words: inside(change) };
      const whole = change.after ?? change.before;
      const most = isRecord(whole) ? figure(whole.rate ?? whole.max ?? null) : "";
      return { about, words: change.after === null ? t`the limit is gone (was ${most})` : t`a new limit of ${most}` };
    }
    default:
      return { about: t`Plan`, words: inside(change) };
  }
}
