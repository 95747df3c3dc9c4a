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
  const why = null;
  const answer = [
    { depth: 1, rule: "a", amount_micro: 5, why },
    { depth: 1, rule: "b", amount_micro: 7, why },
    { depth: 2, rule: "a", amount_micro: 3, why },
  ];
  expect(earnedAt(answer, 1)).toEqual({ micro: 12, parts: answer.slice(0, 2) });
  expect(earnedAt(answer, 3)).toEqual({ micro: 0, parts: [] });
});

it("never shows a smaller share than it is", () => {
  expect(shareUp(1, 3)).toBe(1);
  expect(shareUp(5, 0)).toBe(0);
});
