import { type MessageDescriptor, setupI18n } from "@lingui/core";
import { expect, it } from "vitest";
import type { JsonValue, WhyAnswer } from "../../host";
import { cutsOf, formulaOf, moneyOf, percentOf, placesOf, wayOf } from "./why";

const [chinese = {}] = Object.values(import.meta.glob<Record<string, string>>("./locales/zh-CN.po", { eager: true, import: "messages" }));
const inEnglish = setupI18n({ locale: "en", messages: { en: {} } });
const inChinese = setupI18n({ locale: "zh-CN", messages: { "zh-CN": chinese } });

/** Every sentence is said in both languages: nothing of one is left in the other. */
function said(words: MessageDescriptor): string {
  const zh = inChinese._(words);
  expect(zh).toMatch(/[一-龥]/);
  expect(zh).not.toMatch(/[a-z]{3}/);
  return inEnglish._(words);
}

it("moves the point of a share, and leaves a fraction alone", () => {
  expect(["0.08", "0.085", "1", "0", "0.000125", "12.5", "1/3", "-0.02"].map(percentOf)).toEqual([
    "8%",
    "8.5%",
    "100%",
    "0%",
    "0.0125%",
    "1250%",
    "1/3",
    "\u22122%",
  ]);
});

it("writes exact money with at least the currency's decimals", () => {
  expect(["1280", "0.5", "1234567.891", "-3"].map((exact) => moneyOf(exact, 2))).toEqual([
    "1,280.00",
    "0.50",
    "1,234,567.891",
    "\u22123.00",
  ]);
  expect(moneyOf("1280", 0)).toBe("1,280");
});

it("shows the numbers of each way of reckoning", () => {
  const ways: [JsonValue, string][] = [
    [{ way: "rate", rate: "0.08", base: "1280", factor: "1" }, "1,280.00 × 8% = A"],
    [{ way: "rate", rate: "0.08", base: "1280", factor: "0.5" }, "1,280.00 × 8% × 0.5 = A"],
    [{ way: "difference", rate: "0.15", mark: "0.1", base: "100", factor: "1" }, "100.00 × (15% \u2212 10%) = A"],
    [{ way: "fixed", per_unit: "5", qty: "3", factor: "1" }, "5.00 × 3 = A"],
    [{ way: "equal_of_income", rate: "0.1", mark: "0.1", income: "40" }, "40.00 × 10% = A"],
    [{ way: "pool", share: { total: "900", weight: "2", weights: "9" } }, "900.00 × 2 ÷ 9 = A"],
    [{ way: "award", amount: "5" }, "A"],
  ];
  for (const [why, formula] of ways) {
    expect(formulaOf(why, "A", 2)).toBe(formula);
    said(wayOf(why));
  }
  said(wayOf({ way: "of tomorrow" }));
});

it("says what cut an amount", () => {
  const cuts = cutsOf({ cap: "50", limits: [{ of: "order", total: "10", weight: "1", weights: "3" }], reversed: "0.25" }, 2).map(said);
  expect(cuts).toEqual([
    "Cut to 50.00 by the rule's own cap.",
    "Cut by a limit of the plan to its share: 10.00 × 1 ÷ 3.",
    "A return took back 25% of it.",
  ]);
});

const answer = (member: string, depth: number, why: JsonValue): WhyAnswer => ({
  number: "S1",
  business_date: "2026-10-01",
  reversal: null,
  lines: [],
  plan: { version: 1, hash: "8f2c" },
  earned: { member, rule: "levels", depth, base_minor: 100_00, rate_ppm: 80_000, amount_micro: 8_000_000_00, why: "" },
  why,
  month: null,
  source: null,
  before_micro: null,
  names: [],
  sales: [],
  chain: [
    [{ member: "b", rank: null, active: true }, "赵超"],
    [{ member: "u1", rank: "普通", active: false }, "欧阳小禾"],
    [{ member: "u2", rank: "金牌", active: true }, "李伟"],
    [{ member: "u3", rank: "金牌", active: true }, "王芳"],
    [{ member: "u4", rank: null, active: true }, "何娟"],
  ],
});

it("reads the chain from the buyer up: who earned, who was passed over and why, who stands above", () => {
  const first = answer("u2", 2, { way: "rate", index: 1, passed: [{ member: "u1", reason: "not_holding" }] });
  const second = answer("u3", 3, { way: "rate", index: 2 });
  const places = placesOf([first, second]);
  expect(places.map((place) => place.part)).toEqual(["buyer", "passed", "earned", "earned", "above"]);
  expect(places.map((place) => place.index)).toEqual([null, null, 1, 2, null]);
  expect(places.map((place) => place.asked)).toEqual([false, false, false, true, false]);
  const reason = places[1]?.reason;
  expect(reason && said(reason)).toBe("Passed over: frozen then, and the plan gives the place to the next above.");
});

it("has words for every reason", () => {
  const reasons: { [key in string]: JsonValue }[] = [
    { reason: "not_holding" },
    { reason: "not_paid" },
    { reason: "before_first", pay_from: 2 },
    { reason: "past_max", max: 3 },
    { reason: "no_rate" },
    { reason: "not_above_mark", rate: "0.1", mark: "0.15" },
    { reason: "nothing_to_pay" },
    { reason: "of tomorrow" },
  ];
  const words = reasons.map((reason) => {
    const place = placesOf([answer("u2", 2, { passed: [{ member: "u1", ...reason }] })])[1];
    return place?.reason ? said(place.reason) : "";
  });
  expect(new Set(words).size).toBe(reasons.length);
  expect(words[5]).toBe("Not paid: the rate of 10% is not above the 15% that was paid below.");
});
