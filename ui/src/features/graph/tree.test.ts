import { describe, expect, test } from "vitest";
import type { GraphNode } from "../../host";
import { type Branch, fold, more, type Opened, openPath, pathOf, ROOT, rowsOf, typedAhead, unfold } from "./tree";

const node = (member: string, direct = 0): GraphNode => ({
  member,
  number: `N-${member}`,
  name: member,
  rank: null,
  active: true,
  direct,
  below: direct,
  own_minor: 0,
  group_minor: 0,
  earned_micro: 0,
});
const branches: Record<string, Branch> = {
  [ROOT]: { from: 0, rows: [node("a", 2), node("b")], count: 2 },
  a: { from: 100, rows: [node("a1", 1), node("a2")], count: 205 },
  a1: { from: 0, rows: [node("deep")], count: 1 },
};
const shown = (opened: Opened) => rowsOf(opened, (sponsor) => branches[sponsor]);
const keys = (opened: Opened) => shown(opened).map((row) => row.key);

describe("the tree as rows", () => {
  test("a branch shows what is here and what is left on both sides", () => {
    expect(keys({})).toEqual(["a", "b"]);
    expect(keys(unfold({}, "a"))).toEqual(["a", "before a", "a1", "a2", "after a", "b"]);
    const rest = shown(unfold({}, "a")).filter((row) => row.kind === "rest");
    expect(rest.map((row) => row.count)).toEqual([100, 103]);
  });
  test("folding keeps what was open within", () => {
    const opened = unfold(unfold({}, "a"), "a1");
    expect(keys(opened)).toContain("deep");
    expect(keys(fold(opened, "a"))).toEqual(["a", "b"]);
    expect(keys(unfold(fold(opened, "a"), "a"))).toContain("deep");
  });
  test("the way of commission is read off the rows", () => {
    const rows = shown(unfold(unfold({}, "a"), "a1"));
    expect(pathOf(rows, "deep").map((one) => one.member)).toEqual(["a", "a1", "deep"]);
  });
  test("a jump opens the page in which each stands and keeps neighbours together", () => {
    const at = (member: string, before: number) => ({ node: { member }, before });
    expect(openPath({ [ROOT]: { from: 0, to: 0 } }, [at("x", 150), at("y", 4_321)])).toEqual({
      [ROOT]: { from: 0, to: 1 },
      x: { from: 43, to: 43 },
    });
    expect(openPath({ [ROOT]: { from: 0, to: 0 } }, [at("x", 900)])).toEqual({ [ROOT]: { from: 9, to: 9 } });
  });
  test("more pages come on either side", () => {
    const opened: Opened = { a: { from: 3, to: 3 } };
    expect(more(opened, { sponsor: "a", before: true })).toEqual({ a: { from: 2, to: 3 } });
    expect(more(opened, { sponsor: "a", before: false })).toEqual({ a: { from: 3, to: 4 } });
  });
  test("typing goes to the next name, round the end, by name or number", () => {
    const rows = shown({});
    expect(typedAhead(rows, 0, "b")).toBe(1);
    expect(typedAhead(rows, 1, "a")).toBe(0);
    expect(typedAhead(rows, 0, "n-b")).toBe(1);
    expect(typedAhead(rows, 0, "z")).toBe(-1);
  });
});
