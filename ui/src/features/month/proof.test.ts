import { expect, it } from "vitest";
import { isTrue, payoutPpm, writeRatio } from "./proof";

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
