import { expect, test } from "vitest";
import type { PromotionTerms } from "../../host";
import { draftOf, formOf, stateOf } from "./form";

const spend: PromotionTerms = {
  name: "满减",
  kind: { spend: { steps: [{ over_minor: 10000, off: { percent_ppm: 100000 } }], every: false } },
  on: { category: "茶", products: ["p"] },
  max_minor: 500,
  first: "2026-11-10",
  last: "2026-11-12",
  stopped: false,
};
const coupon: PromotionTerms = {
  ...spend,
  kind: { coupon: { code: "NEW10", off: { amount_minor: 1000 }, over_minor: 5000, limit: 100, per_member: null } },
};

test("what was read is what is asked again", () => {
  for (const terms of [spend, coupon]) {
    const row = { promotion: "x", terms, used: 0, amount_minor: 0, versions: 1 };
    expect(draftOf(formOf(terms), row)).toEqual({ promotion: "x", terms });
  }
});

test("a promotion waits, runs, is over, or was ended", () => {
  expect(["2026-11-09", "2026-11-10", "2026-11-12", "2026-11-13"].map((today) => stateOf(spend, today))).toEqual([
    "waiting",
    "running",
    "running",
    "over",
  ]);
  expect(stateOf({ ...spend, stopped: true }, "2026-11-10")).toBe("ended");
});
