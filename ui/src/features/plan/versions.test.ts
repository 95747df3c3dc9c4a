import { expect, it } from "vitest";
import type { PlanVersion } from "../../host";
import { baseOf, earliestDay } from "./versions";

const version = (number: number, from: string, in_force = false): PlanVersion => ({
  row: { version: number, effective_from: from, plan: "{}", hash: "00", bound_ppm: null },
  in_force,
});

it("begins with the version in force, else with the newest", () => {
  expect(baseOf([])).toBeUndefined();
  expect(baseOf([version(2, "2027-01-01"), version(1, "2026-01-01", true)])?.row.version).toBe(1);
  expect(baseOf([version(2, "2027-01-01"), version(1, "2026-12-01")])?.row.version).toBe(2);
});

it("never reaches back before today or the newest version", () => {
  expect(earliestDay([], "2026-11-22")).toBeNull();
  expect(earliestDay([version(1, "2026-01-01")], "2026-11-22")).toBe("2026-11-22");
  expect(earliestDay([version(2, "2027-01-01"), version(1, "2026-01-01")], "2026-11-22")).toBe("2027-01-01");
});
