import { expect, it } from "vitest";
import { afterCommission, isRun, pastMonths, twoDecimals } from "./simulation";

it("knows a run by its plan and month", () => {
  expect(isRun({ hash: "8f", month: "2026-10" })).toBe(true);
  expect([null, "done", { hash: "8f" }, []].map(isRun)).toEqual([false, false, false, false]);
});

it("offers months that are over", () => {
  expect(pastMonths(["2026-11", "2026-10", "2025-12"], "2026-11-22")).toEqual(["2026-10", "2025-12"]);
});

it("never shows a share smaller than it is", () => {
  expect([260_000, 260_001, 0, 1_000_000, 99].map(twoDecimals)).toEqual(["26.00%", "26.01%", "0.00%", "100.00%", "0.01%"]);
});

it("takes commission off the margin", () => {
  expect(afterCommission({ costed_net_minor: 1000, cost_minor: 600, after_minor: 150 })).toBe(250);
});
