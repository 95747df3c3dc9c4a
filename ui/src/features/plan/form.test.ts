import { expect, it } from "vitest";
import type { PlanForm, PlanVersion } from "../../host";
import { addRank, blankForm, draftOf, earliestDay, faultOf, moveRank, ranksOfText, readRate, removeRank, setLevels, setRate } from "./form";

const form: PlanForm = {
  ranks: ["普通", "金牌"],
  levels: 2,
  rates: [
    ["8", "3"],
    ["10", "4.5"],
  ],
  compress: true,
  self_purchase: false,
};
const version = (number: number, from: string, more: Partial<PlanVersion> = {}): PlanVersion => ({
  row: { version: number, effective_from: from, plan: "{}", hash: "00", bound_ppm: null },
  form: null,
  in_force: false,
  ...more,
});

it("reads percentages as people type them, and nothing beyond 100", () => {
  expect(["8", "2.50%", "８．５％", "0", "100", " 3 "].map(readRate)).toEqual(["8", "2.5", "8.5", "0", "100", "3"]);
  expect(["100.1", "1.23456", "-1", "", "abc"].map(readRate)).toEqual([null, null, null, null, null]);
});

it("keeps a row for each rank and a cell for each level", () => {
  const more = setLevels(addRank(form, "钻石"), 3);
  expect(more.rates).toEqual([
    ["8", "3", "0"],
    ["10", "4.5", "0"],
    ["10", "4.5", "0"],
  ]);
  expect(removeRank(more, 0)).toMatchObject({ ranks: ["金牌", "钻石"], rates: [more.rates[1], more.rates[2]] });
  expect(setLevels(form, 99).levels).toBe(10);
  expect(setLevels(form, 0).rates).toEqual([["8"], ["10"]]);
});

it("turns the row for everyone into the first rank's and back", () => {
  const one = addRank({ ...blankForm, rates: [["8", "3"]] }, "普通");
  expect(one).toMatchObject({ ranks: ["普通"], rates: [["8", "3"]] });
  expect(removeRank(one, 0)).toMatchObject({ ranks: [], rates: [["8", "3"]] });
});

it("moves a rank with its rates", () => {
  expect(moveRank(form, 1, -1)).toMatchObject({
    ranks: ["金牌", "普通"],
    rates: [
      ["10", "4.5"],
      ["8", "3"],
    ],
  });
  expect(moveRank(form, 1, 1)).toBe(form);
});

it("names what keeps a form from being a plan", () => {
  expect(faultOf(form)).toBeNull();
  expect(faultOf(setRate(form, 0, 1, "x"))).toBe("rate");
  expect(faultOf({ ...form, ranks: ["金牌", " 金牌"] })).toBe("rank_name");
  expect(faultOf({ ...form, ranks: ["", "金牌"] })).toBe("rank_name");
});

it("begins with the version in force, as text where the form cannot hold it", () => {
  expect(draftOf([])).toEqual({ from: "form", form: blankForm });
  expect(draftOf([version(2, "2027-01-01"), version(1, "2026-01-01", { in_force: true, form })])).toEqual({ from: "form", form });
  expect(draftOf([version(1, "2026-01-01", { in_force: true })])).toEqual({ from: "text", text: "{}" });
});

it("never reaches back before today or the newest version", () => {
  expect(earliestDay([], "2026-11-22")).toBeNull();
  expect(earliestDay([version(1, "2026-01-01")], "2026-11-22")).toBe("2026-11-22");
  expect(earliestDay([version(2, "2027-01-01"), version(1, "2026-01-01")], "2026-11-22")).toBe("2027-01-01");
});

it("finds the ranks of a plan text", () => {
  expect(ranksOfText('{"ranks": [{"id": "a"}, {"id": "b"}]}')).toEqual(["a", "b"]);
  expect(ranksOfText("{")).toEqual([]);
});
