/** Changes to a plan that is being written, all of them pure. Whatever a change does not speak of stays as it was. */
import type { Accrue, Condition, Kind, Limit, OrderFilter, Plan, Rank, Rates, Row, Rule, Table, WalkRule } from "./language";

const replaced = <T>(list: readonly T[], at: number, one: T): T[] => list.map((old, on) => (on === at ? one : old));
const without = <T>(list: readonly T[], at: number): T[] => list.filter((_, on) => on !== at);
function moved<T>(list: readonly T[], at: number, step: -1 | 1): T[] {
  const other = list[at + step];
  const one = list[at];
  return other === undefined || one === undefined ? [...list] : replaced(replaced(list, at, other), at + step, one);
}

/** A field of an object, or the object without it. */
export function put<T extends object, K extends keyof T>(object: T, key: K, value: T[K] | undefined): T {
  if (value !== undefined) return { ...object, [key]: value };
  const { [key]: _, ...rest } = object;
  return rest as T;
}

export const setRule = (plan: Plan, at: number, rule: Rule): Plan => ({ ...plan, rules: replaced(plan.rules, at, rule) });
export const setRank = (plan: Plan, at: number, rank: Rank): Plan => ({ ...plan, ranks: replaced(plan.ranks, at, rank) });
export const setLimit = (plan: Plan, at: number, limit: Limit): Plan => ({ ...plan, limits: replaced(plan.limits, at, limit) });
export const addLimit = (plan: Plan, limit: Limit): Plan => ({ ...plan, limits: [...plan.limits, limit] });
export const removeLimit = (plan: Plan, at: number): Plan => ({ ...plan, limits: without(plan.limits, at) });

/** A name that none of these has yet. */
export function freeName(taken: readonly string[], word: string): string {
  for (let number = taken.length + 1; ; number += 1) {
    if (!taken.includes(`${word} ${number}`)) return `${word} ${number}`;
  }
}

/** The smallest rule of a kind that is one; it pays nothing before figures are filled in. */
export function newRule(kind: Kind, id: string): Rule {
  switch (kind) {
    case "walk":
      return {
        id,
        kind,
        accrue: "paid",
        source: { event: "order", base: "net", factor: "1", aggregate: "none" },
        path: { tree: "sponsor", self: false, hold: "always", pay: { active: true }, index: "depth", mark_unpaid: false, max: 1 },
        rate: { mode: "absolute", table: { "*": ["0%"] } },
      };
    case "pool":
      return {
        id,
        kind,
        accrue: "period",
        fund: { rate: "1%", of: "net" },
        share: { who: { active: true }, weight: { measure: "group.net" } },
      };
    case "pair":
      return { id, kind, accrue: "period", measure: "net", rate: { table: { "*": "0%" } }, pay: { active: true }, carry: "net_off" };
    case "award":
      return { id, kind, accrue: "period", who: { measure: "group.net", gte: "10000" }, amount: "0" };
  }
}

export const addRule = (plan: Plan, rule: Rule): Plan => ({ ...plan, rules: [...plan.rules, rule] });

/** Without the rule, and without what other rules say of it; a rule that started from it alone starts from what the buyer paid. */
export function removeRule(plan: Plan, at: number): Plan {
  const gone = plan.rules[at]?.id;
  const rules = without(plan.rules, at).map((rule): Rule => {
    if (rule.kind !== "walk" || rule.source.event !== "earning" || !rule.source.rules.includes(gone ?? "")) return rule;
    const left = rule.source.rules.filter((id) => id !== gone);
    return left.length > 0
      ? { ...rule, source: { ...rule.source, rules: left } }
      : { ...rule, source: { event: "order", base: "net", factor: rule.source.factor, aggregate: "none" } };
  });
  return { ...plan, rules };
}

/** May the rule change places with the one before (−1) or after (+1)? Earnings come from earlier rules only. */
export function mayMoveRule(plan: Plan, at: number, step: -1 | 1): boolean {
  const [first, second] = step === -1 ? [plan.rules[at - 1], plan.rules[at]] : [plan.rules[at], plan.rules[at + 1]];
  if (!first || !second) return false;
  return !(second.kind === "walk" && second.source.event === "earning" && second.source.rules.includes(first.id));
}

export const moveRule = (plan: Plan, at: number, step: -1 | 1): Plan =>
  mayMoveRule(plan, at, step) ? { ...plan, rules: moved(plan.rules, at, step) } : plan;

/** Another name of a rule, wherever it stands. */
export function renameRule(plan: Plan, at: number, id: string): Plan {
  const before = plan.rules[at]?.id;
  const rules = plan.rules.map((rule, on): Rule => {
    const named = on === at ? { ...rule, id } : rule;
    if (named.kind !== "walk" || named.source.event !== "earning") return named;
    return { ...named, source: { ...named.source, rules: named.source.rules.map((one) => (one === before ? id : one)) } };
  });
  return { ...plan, rules };
}

/** The condition after every part of it, innermost first. `null` leaves a part out. */
function within(condition: Condition, change: (part: Condition) => Condition | null): Condition | null {
  if (typeof condition === "string") return change(condition);
  const all = (parts: Condition[]) => parts.flatMap((part) => within(part, change) ?? []);
  if ("all" in condition) return change({ all: all(condition.all) });
  if ("any" in condition) return change({ any: all(condition.any) });
  if ("not" in condition) {
    const inside = within(condition.not, change);
    return inside === null ? null : change({ not: inside });
  }
  return change(condition);
}

/** Every condition of the plan after a change; a condition of which nothing is left holds always. */
function conditions(plan: Plan, change: (part: Condition) => Condition | null): Plan {
  const on = (condition: Condition): Condition => within(condition, change) ?? "always";
  const rule = (one: Rule): Rule => {
    switch (one.kind) {
      case "walk": {
        const path = { ...one.path, hold: on(one.path.hold), pay: on(one.path.pay) };
        const stop = one.path.stop_at === undefined ? undefined : (within(one.path.stop_at, change) ?? undefined);
        const equal = one.rate.equal && { ...one.rate.equal, who: on(one.rate.equal.who) };
        return { ...one, path: put(path, "stop_at", stop), rate: put(one.rate, "equal", equal) };
      }
      case "pool":
        return { ...one, share: { ...one.share, who: on(one.share.who) } };
      case "pair":
        return { ...one, pay: on(one.pay) };
      case "award":
        return { ...one, who: on(one.who) };
    }
  };
  const ranks = plan.ranks.map((rank) => put(rank, "when", rank.when === undefined ? undefined : (within(rank.when, change) ?? undefined)));
  return { ...plan, ranks, rules: plan.rules.map(rule) };
}

/** Every table by rank after a change of its keys. */
function tables(plan: Plan, change: <V>(table: Record<string, V>) => Record<string, V>): Plan {
  const rates = <R extends Rates>(by: R): R => put(put(by, "table", by.table && change(by.table)), "fixed", by.fixed && change(by.fixed));
  const inRule = (rule: Rule): Rule => {
    if (rule.kind === "walk") return { ...rule, rate: rates(rule.rate) };
    if (rule.kind === "pair") return { ...rule, rate: rates(rule.rate) };
    if (rule.kind === "award") return rule;
    const { weight } = rule.share;
    if (typeof weight === "string" || !("rank" in weight)) return rule;
    return { ...rule, share: { ...rule.share, weight: { rank: change(weight.rank) } } };
  };
  const rules = plan.rules.map(inRule);
  return { ...plan, rules };
}

/** Another name of a rank, wherever it stands. While two ranks have one name only the list says so; the rest waits until each has its own. */
export function renameRank(plan: Plan, at: number, id: string): Plan {
  const before = plan.ranks[at]?.id ?? "";
  const listed = { ...plan, ranks: replaced(plan.ranks, at, { ...plan.ranks[at], id } as Rank) };
  const others = without(plan.ranks, at).map((rank) => rank.id);
  if (id === "" || id === "*" || others.includes(id) || others.includes(before)) return listed;
  const renamed = conditions(listed, (part) => {
    if (typeof part === "string") return part;
    if ("rank_gte" in part && part.rank_gte === before) return { rank_gte: id };
    if ("rank_is" in part && part.rank_is === before) return { rank_is: id };
    return part;
  });
  return tables(renamed, (table) => Object.fromEntries(Object.entries(table).map(([key, row]) => [key === before ? id : key, row])));
}

/** A higher rank; it is paid as the one below it, or as everyone where it is the first. */
export function addRank(plan: Plan, id: string): Plan {
  const below = plan.ranks.at(-1)?.id ?? "*";
  const copy = <V>(table: Record<string, V>): Record<string, V> => {
    const row = table[below];
    if (row === undefined) return table;
    // The first rank takes over the row that was for everyone.
    const { "*": everyone, ...rest } = table;
    return below === "*" ? { [id]: row, ...rest } : { ...rest, [id]: row, ...(everyone === undefined ? {} : { "*": everyone }) };
  };
  return tables({ ...plan, ranks: [...plan.ranks, { id }] }, copy);
}

/** Without a rank: its rows go, and conditions on it. The row of the last rank is for everyone. */
export function removeRank(plan: Plan, at: number): Plan {
  const gone = plan.ranks[at]?.id ?? "";
  const last = plan.ranks.length === 1;
  const left = conditions({ ...plan, ranks: without(plan.ranks, at) }, (part) => {
    if (typeof part === "string") return part;
    if (("rank_gte" in part && part.rank_gte === gone) || ("rank_is" in part && part.rank_is === gone)) return null;
    return part;
  });
  return tables(left, (table) => {
    const { [gone]: row, ...rest } = table;
    return last && row !== undefined && !("*" in rest) ? { "*": row, ...rest } : rest;
  });
}

export const moveRank = (plan: Plan, at: number, step: -1 | 1): Plan => ({ ...plan, ranks: moved(plan.ranks, at, step) });

/** The rows of a table in the order of the ranks, the row for all others last; where there are no ranks only that one. */
export function rowsOf(table: Table, ranks: readonly string[]): { rank: string; row: Row | undefined }[] {
  const rows = ranks.map((rank) => ({ rank, row: table[rank] }));
  return ranks.length === 0 || "*" in table ? [...rows, { rank: "*", row: table["*"] }] : rows;
}

/** How many depths a table names; 0 where every row is the same at every depth. */
export const depthsOf = (table: Table): number => Math.max(0, ...Object.values(table).map((row) => (Array.isArray(row) ? row.length : 0)));

/** One cell; a row grows to it with nothing in between. */
export function setCell(table: Table, rank: string, depth: number | null, cell: string, nothing: string): Table {
  if (depth === null) return { ...table, [rank]: cell };
  const row = table[rank];
  const cells = Array.isArray(row) ? row : row === undefined ? [] : Array.from({ length: depth + 1 }, () => row);
  const length = Math.max(cells.length, depth + 1);
  return { ...table, [rank]: Array.from({ length }, (_, at) => (at === depth ? cell : (cells[at] ?? nothing))) };
}

/** A table of so many depths; `null` pays the same at every depth. New depths begin at nothing. */
export function setDepths(table: Table, depths: number | null, nothing: string): Table {
  const row = (old: Row): Row => {
    if (depths === null) return Array.isArray(old) ? (old[0] ?? nothing) : old;
    const cells = Array.isArray(old) ? old : [old];
    return Array.from({ length: depths }, (_, at) => cells[at] ?? nothing);
  };
  return Object.fromEntries(Object.entries(table).map(([rank, old]) => [rank, row(old)]));
}

/** How many places a rule pays, its table with them where it goes by depth. */
export function setMax(rule: WalkRule, max: number | undefined): WalkRule {
  const rate = { ...rule.rate };
  const by = rate.table ? "table" : rate.fixed ? "fixed" : null;
  const table = by && rate[by];
  if (by && table && max !== undefined && depthsOf(table) > 0) rate[by] = setDepths(table, max, by === "table" ? "0%" : "0");
  return { ...rule, rate, path: put(rule.path, "max", max) };
}

/** Walks that single orders decide may pay with the sale; whatever else needs the month. */
export function mayPayWithSale(rule: Rule, plan: Plan): boolean {
  if (rule.kind !== "walk" || rule.path.tree !== "sponsor" || rule.rate.band) return false;
  if (rule.source.event === "order" && rule.source.aggregate === "buyer") return false;
  if (rule.source.event === "earning") {
    const of = rule.source.rules;
    if (plan.rules.some((one) => of.includes(one.id) && one.accrue !== "paid")) return false;
  }
  let month = false;
  conditions({ ...plan, ranks: [], rules: [rule] }, (part) => {
    if (typeof part !== "string" && "measure" in part && !part.measure.startsWith("attr.")) month = true;
    return part;
  });
  return !month;
}

/** A rule with the time of pay that it can have: what needs the month waits for it. */
export function settled(rule: Rule, plan: Plan): Rule {
  if (rule.accrue !== "paid" || mayPayWithSale(rule, plan)) return rule;
  return { ...rule, accrue: "period" as Accrue };
}

/** Tags of an order filter that is a plain list of them, else `null`. */
export function filterParts(filter: OrderFilter | undefined): OrderFilter[] {
  if (!filter) return [];
  return "all" in filter ? filter.all : [filter];
}

export function joinFilter(parts: readonly OrderFilter[]): OrderFilter | undefined {
  return parts.length === 0 ? undefined : parts.length === 1 ? parts[0] : { all: [...parts] };
}
