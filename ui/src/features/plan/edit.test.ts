import { expect, it } from "vitest";
import {
  addRank,
  addRule,
  depthsOf,
  mayMoveRule,
  mayPayWithSale,
  moveRule,
  newRule,
  put,
  removeRank,
  removeRule,
  renameRank,
  renameRule,
  rowsOf,
  setCell,
  setDepths,
  setMax,
  settled,
} from "./edit";
import { type Plan, readPlan, type WalkRule, writePlan } from "./language";

const up: WalkRule = {
  id: "up",
  kind: "walk",
  accrue: "paid",
  source: { event: "order", base: "net", factor: "1", aggregate: "none" },
  path: {
    tree: "sponsor",
    self: false,
    hold: "always",
    pay: { all: [{ active: true }, { rank_gte: "gold" }] },
    index: "depth",
    mark_unpaid: false,
    max: 2,
  },
  rate: { mode: "absolute", table: { plain: ["8%", "3%"], gold: ["10%", "4.5%"] } },
};
const plan: Plan = {
  id: "shop",
  version: 1,
  currency: "CNY",
  rounding: { unit: "0.01" },
  ranks: [{ id: "plain" }, { id: "gold", when: { measure: "group.net", gte: "1000" } }],
  rules: [
    up,
    { ...up, id: "match", source: { event: "earning", rules: ["up"], factor: "1" } },
    { id: "fund", kind: "pool", fund: { rate: "1%", of: "net" }, share: { who: { rank_is: "gold" }, weight: { rank: { gold: "2" } } } },
  ],
  limits: [],
};

it("writes what it read, key by key", () => {
  expect(readPlan(writePlan(plan))).toEqual(plan);
});

it("renames a rank wherever it stands", () => {
  const text = writePlan(renameRank(plan, 1, "金牌"));
  expect(text).not.toContain("gold");
  expect(readPlan(text).rules[0]).toMatchObject({
    rate: { table: { 金牌: ["10%", "4.5%"] } },
    path: { pay: { all: [{ active: true }, { rank_gte: "金牌" }] } },
  });
  expect(readPlan(text).rules[2]).toMatchObject({ share: { who: { rank_is: "金牌" }, weight: { rank: { 金牌: "2" } } } });
});

it("loses no row while a name is typed through another's", () => {
  const through = ["plai", "plain", "plainx"].reduce((now, name) => renameRank(now, 1, name), plan);
  expect(through.ranks.map((rank) => rank.id)).toEqual(["plain", "plainx"]);
  expect(Object.keys((through.rules[0] as WalkRule).rate.table ?? {})[0]).toBe("plain");
});

it("takes a rank away with its rows and the conditions on it", () => {
  const less = removeRank(plan, 1);
  expect(writePlan(less)).not.toContain("gold");
  expect((less.rules[0] as WalkRule).path.pay).toEqual({ all: [{ active: true }] });
  expect((less.rules[2] as { share: { who: unknown } }).share.who).toBe("always");
  expect((removeRank(less, 0).rules[0] as WalkRule).rate.table).toEqual({ "*": ["8%", "3%"] });
});

it("pays a new rank as the one below", () => {
  expect((addRank(plan, "top").rules[0] as WalkRule).rate.table).toEqual({
    plain: ["8%", "3%"],
    gold: ["10%", "4.5%"],
    top: ["10%", "4.5%"],
  });
  const alike = { ...plan, ranks: [], rules: [newRule("walk", "r")] };
  expect((addRank(alike, "first").rules[0] as WalkRule).rate.table).toEqual({ first: ["0%"] });
});

it("keeps earnings behind what they come from", () => {
  expect(mayMoveRule(plan, 1, -1)).toBe(false);
  expect(moveRule(plan, 0, 1)).toBe(plan);
  expect(moveRule(plan, 2, -1).rules.map((rule) => rule.id)).toEqual(["up", "fund", "match"]);
  expect((renameRule(plan, 0, "first").rules[1] as WalkRule).source).toMatchObject({ rules: ["first"] });
  expect((removeRule(plan, 0).rules[0] as WalkRule).source).toMatchObject({ event: "order", base: "net" });
});

it("grows and shrinks tables with the places that are paid", () => {
  expect(setMax(up, 3)).toMatchObject({ path: { max: 3 }, rate: { table: { plain: ["8%", "3%", "0%"] } } });
  expect(setMax(up, 1)).toMatchObject({ rate: { table: { gold: ["10%"] } } });
  expect("max" in setMax(up, undefined).path).toBe(false);
  expect(setDepths({ a: ["1%", "2%"] }, null, "0%")).toEqual({ a: "1%" });
  expect(setCell({ a: ["1%"] }, "a", 2, "5%", "0%")).toEqual({ a: ["1%", "0%", "5%"] });
  expect(setCell({ a: "1%" }, "a", null, "5%", "0%")).toEqual({ a: "5%" });
  expect(depthsOf({ a: "1%", b: ["1%", "2%"] })).toBe(2);
  expect(rowsOf({ a: "1%", "*": "2%" }, ["a", "b"]).map(({ rank }) => rank)).toEqual(["a", "b", "*"]);
});

it("lets what needs the month wait for it", () => {
  const waits = { ...up, path: { ...up.path, pay: { measure: "own.net", gte: "1" } } };
  expect(mayPayWithSale(up, plan)).toBe(true);
  expect(settled(waits, plan).accrue).toBe("period");
  expect(settled(up, plan)).toBe(up);
  expect(mayPayWithSale(put(up, "rate", { mode: "absolute", band: { measure: "group.net", steps: [] } }), plan)).toBe(false);
});

it("begins every kind of rule as a whole one", () => {
  for (const kind of ["walk", "pool", "pair", "award"] as const) {
    expect(addRule(plan, newRule(kind, "new")).rules.at(-1)).toMatchObject({ id: "new", kind });
  }
});
