import { i18n } from "@lingui/core";
import { beforeEach, expect, it } from "vitest";
import type { PlanChange, TryAnswer } from "../../host";
import { asPercent, boundWords } from "./boundWords";
import { wordChange } from "./changes";
import { earnedAt, passedAt, shareUp, wayWords } from "./example";
import { isFigure, tidy } from "./fields";
import { conditionWords, filterWords, showPercent } from "./words";

beforeEach(() => i18n.loadAndActivate({ locale: "en", messages: {} }));

it("reads figures as people type them and invents none", () => {
  expect(["８．５", "8.50%", "08", ".5", "12。5"].map(tidy)).toEqual(["8.5", "8.5", "8", "0.5", "12.5"]);
  expect(["", "abc", "-1", "1.2.3"].map((typed) => isFigure(tidy(typed)))).toEqual([false, false, false, false]);
  expect(tidy("100000000000000000000.10")).toBe("100000000000000000000.1");
});

it("moves the point and rounds nothing", () => {
  expect(["0.08", "0.035", "1", "0.000001", "1.5"].map(asPercent)).toEqual(["8%", "3.5%", "100%", "0.0001%", "150%"]);
  expect(["3%", "2.5%", "0.125%", "x"].map(showPercent)).toEqual(["3.00%", "2.50%", "0.125%", "x"]);
});

it("says conditions as half sentences", () => {
  expect(conditionWords({ all: [{ active: true }, { any: [{ rank_gte: "Gold" }, { measure: "group.net", gte: "50000" }] }] })).toBe(
    "active and (rank Gold or higher or group volume ≥ 50,000)",
  );
  expect(conditionWords({ not: { member: "A" } })).toBe("not: the member A");
  expect(filterWords({ all: [{ tag: "tea" }, { no_tag: "kit" }] })).toBe("sales marked “tea” and sales not marked “kit”");
});

const change = (part: string, id: string | null, path: string, before: unknown, after: unknown) =>
  wordChange({ part, id, path: path === "" ? [] : path.split(" "), before, after } as PlanChange);

it("says what differs in words", () => {
  expect(change("rule", "Sales", "rate table * 2", "2%", "3%")).toEqual({ about: "Sales", words: "depth 2 pays 3.00% instead of 2.00%" });
  expect(change("rule", "Sales", "rate table Gold 1", "8%", "10%").words).toBe("Gold: depth 1 pays 10.00% instead of 8.00%");
  expect(change("rule", "Sales", "rate table Gold", null, ["8%", "3%"]).words).toBe("Gold now earns 8.00%, 3.00%");
  expect(change("rule", "Sales", "rate table Gold", "8%", "9%").words).toBe("Gold earns 9.00% instead of 8.00%");
  expect(change("rule", "Sales", "path max", 2, null).words).toBe("paid places: no end instead of 2");
  expect(change("rule", "Sales", "path pay", "always", { active: true }).words).toBe("who is paid: active instead of anyone");
  expect(change("rule", "Sales", "rate equal rate", "1%", "2%").words).toBe("equal-rank bonus › rate: 2.00% instead of 1.00%");
  expect(change("rule", "Sales", "", null, { kind: "pool" }).words).toBe("a new rule: a fund that is shared");
  expect(change("limit", "company", "", { scope: "company", rate: "30%" }, null)).toEqual({
    about: "Limit of all commission",
    words: "the limit is gone (was 30.00%)",
  });
  expect(change("rank_order", null, "", ["a", "b"], ["b", "a"]).words).toBe("now in the order b → a");
});

it("proves a bound in a line", () => {
  expect(boundWords({ code: "rates", beta: "1", factor: "1", highest: ["0.08", "0.045"] })).toBe("8% + 4.5%");
  expect(boundWords({ code: "rates", beta: "0.2", factor: "1", highest: ["0.1", "0.05"] })).toBe("0.2 × (10% + 5%)");
  expect(boundWords({ code: "telescopes", beta: "1", factor: "1", highest: "0.15", peers: "0.03", minimum: "0" })).toBe(
    "the differences add up to the highest rate: 15% + 3%",
  );
  expect(boundWords({ code: "pair" })).toBe("matched legs have no bound");
});

it("reckons the example from the engine's own explanation", () => {
  const answer: TryAnswer[] = [
    { depth: 1, rule: "up", amount_micro: 10, why: { way: "rate", rate: "0.08", base: "1280", factor: "1" } },
    {
      depth: 3,
      rule: "up",
      amount_micro: 5,
      why: { way: "difference", rate: "0.12", mark: "0.05", base: "1280", factor: "1", passed: [{ member: "002", reason: "not_paid" }] },
    },
  ];
  expect(earnedAt(answer, 1).micro).toBe(10);
  expect(wayWords(answer[0]?.why ?? null)).toBe("1,280 × 8%");
  expect(wayWords(answer[1]?.why ?? null)).toBe("1,280 × (12% − 5%)");
  expect([...passedAt(answer)]).toEqual([[2, "keeps the place, is not paid"]]);
  expect(shareUp(1, 3)).toBe(1);
});
