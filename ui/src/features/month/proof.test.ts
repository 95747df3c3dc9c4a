import { expect, it } from "vitest";
import { changePpm, isTrue, payoutPpm, ratioPpm, writeChange, writeRatio } from "./proof";

const proof = { report_micro: 15_360_000_000, ledger_micro: 15_360_000_000, net_minor: 128_000 };

it("is true only where not a millionth is missing", () => {
  expect(isTrue(proof)).toBe(true);
  expect(isTrue({ ...proof, ledger_micro: proof.ledger_micro + 1 })).toBe(false);
});

it("says how much of the sales was paid", () => {
  expect(payoutPpm(proof)).toBe(120_000);
  expect(payoutPpm({ ...proof, net_minor: 0 })).toBeNull();
  expect([120_000, 82_361, 5, 49, 1_000_000].map(writeRatio)).toEqual(["12.00%", "8.24%", "0.00%", "0.00%", "100.00%"]);
});

it("says by how much a month differs from another, rounded to the nearest both ways", () => {
  expect([changePpm(112, 100), changePpm(96, 100), changePpm(100, 100), changePpm(5, 0)]).toEqual([120_000, -40_000, 0, null]);
  expect([changePpm(1, 3_000_000), changePpm(2_999_999, 3_000_000)]).toEqual([-1_000_000, -0].map((ppm) => ppm || 0));
  expect([120_000, -40_000, 0].map(writeChange)).toEqual(["+12.00%", "−4.00%", "+0.00%"]);
  expect(ratioPpm({ amount_micro: 15_360_000_000, net_minor: 128_000 })).toBe(120_000);
});
