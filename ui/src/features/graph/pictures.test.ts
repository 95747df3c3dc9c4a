import { expect, test } from "vitest";
import type { GraphNode, Lineage, OverviewCell } from "../../host";
import { laidOut } from "./icicle";
import { drawn, SIZE } from "./lineage";
import { monthsOf, yearsOf } from "./months";

const node = (member: string): GraphNode => ({
  member,
  number: member,
  name: member,
  rank: null,
  active: true,
  direct: 0,
  below: 0,
  own_minor: 0,
  group_minor: 5,
  earned_micro: 0,
});

test("no two boxes of a lineage cover each other, and a line leads to each but the first", () => {
  const branches = Array.from({ length: 12 }, (_, place) => ({
    node: node(`b${place}`),
    below: Array.from({ length: place % 3 }, (_, one) => node(`g${place}-${one}`)),
  }));
  const lineage: Lineage = { upline: [node("u1"), node("u2")], above: 3, node: node("self"), branches };
  const { nodes, edges, width, height } = drawn(lineage);
  expect(nodes.length).toBe(2 + 1 + 12 + 12);
  expect(edges.length).toBe(nodes.length - 1);
  for (const [place, one] of nodes.entries()) {
    expect(one.x + SIZE.width).toBeLessThanOrEqual(width);
    expect(one.y + SIZE.height).toBeLessThanOrEqual(height);
    for (const other of nodes.slice(place + 1)) expect(one.x !== other.x || Math.abs(one.y - other.y) >= SIZE.height).toBe(true);
  }
});

test("cells stand within their branch and side by side", () => {
  const cell = (people: number, depth: number, within: number | null): OverviewCell => ({
    member: "m",
    name: "",
    depth,
    within,
    branches: 1,
    people,
    group_minor: -5,
  });
  const cells = [cell(60, 1, null), cell(40, 1, null), cell(10, 2, 1), cell(20, 2, 1), cell(59, 2, 0)];
  const laid = laidOut({ people: 100, group_minor: 0, cells }, "people");
  expect(laid.map(({ left, width }) => [left, width])).toEqual([
    [0, 60],
    [60, 40],
    [60, 10],
    [70, 20],
    [0, 59],
  ]);
  expect(laidOut({ people: 100, group_minor: 0, cells }, "sales").every(({ width }) => width === 0)).toBe(true);
});

test("a choice of months", () => {
  expect(monthsOf("2026")).toEqual({ from: "2026-01", to: "2026-12" });
  expect(monthsOf("2026-03")).toEqual({ from: "2026-03", to: "2026-03" });
  expect(monthsOf("")).toEqual({ from: null, to: null });
  expect(yearsOf(["2026-02", "2026-01", "2025-12"])).toEqual(["2026", "2025"]);
});
