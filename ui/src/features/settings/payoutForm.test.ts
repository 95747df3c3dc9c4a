import { expect, test } from "vitest";
import type { PayoutTerms } from "../../host";
import { payoutFormOf, payoutTermsOf, readColumns, readDays } from "./payoutForm";

const terms: PayoutTerms = {
  minimum_minor: 1,
  maximum_minor: 0,
  fee_ppm: 6000,
  fee_least_minor: 0,
  free_from_minor: 0,
  free_to_minor: 0,
  days: [5, 20],
  approves: "manager",
  second_above_minor: null,
  identity: true,
  channels: [
    {
      id: "bank",
      name: "Bank",
      kind: "bank",
      points_per_unit: 0,
      template: {
        format: "xlsx",
        columns: [
          ["A = B", "number"],
          ["金额", "amount"],
        ],
      },
    },
  ],
};

test("terms come back from the form as they went in", () => {
  expect(payoutTermsOf(payoutFormOf(terms))).toEqual(terms);
});

test("days and columns that cannot be read are said, not lost", () => {
  expect(readDays("20、5，5")).toEqual([5, 20]);
  expect(readDays("32")).toBeNull();
  expect(readDays("")).toEqual([]);
  expect(readColumns("单号 = number\n金额 = amount")).toHaveLength(2);
  expect(readColumns("单号 = number")).toBeNull();
  expect(readColumns("单号 = serial\n金额 = amount")).toBeNull();
});
