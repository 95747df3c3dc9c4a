import { expect, it } from "vitest";
import { chainFor, earnedAt, shareUp } from "./example";

it("keeps the ranks of the chain that the plan still knows", () => {
  const chain = [
    { rank: "普通", active: true },
    { rank: "金牌", active: false },
  ];
  expect(chainFor(chain, ["普通"], 3)).toEqual([
    { rank: "普通", active: true },
    { rank: "普通", active: false },
    { rank: "普通", active: true },
  ]);
  expect(chainFor(chain, [], 1)).toEqual([{ rank: null, active: true }]);
});

it("adds up what a place earns by several rules", () => {
  const answer = [
    { depth: 1, rule: "a", rate_ppm: 80_000, amount_micro: 5 },
    { depth: 1, rule: "b", rate_ppm: null, amount_micro: 7 },
    { depth: 2, rule: "a", rate_ppm: 30_000, amount_micro: 9 },
  ];
  expect(earnedAt(answer, 1)).toEqual({ micro: 12, rates: [80_000] });
  expect(earnedAt(answer, 3)).toEqual({ micro: 0, rates: [] });
});

it("never shows a share lower than it is", () => {
  expect(shareUp(15_360_000_000, 128_000)).toBe(120_000);
  expect(shareUp(1, 3)).toBe(1);
  expect(shareUp(0, 0)).toBe(0);
});
