import { type MessageDescriptor, setupI18n } from "@lingui/core";
import { expect, it } from "vitest";
import type { PlanCheck } from "../../host";
import { findingsOf, toAccept } from "./findings";

const [chinese = {}] = Object.values(import.meta.glob<Record<string, string>>("./locales/zh-CN.po", { eager: true, import: "messages" }));

const check: PlanCheck = {
  text: "{}",
  bound: "26.00%",
  bound_ppm: 260_000,
  findings: [
    { severity: "info", rule: "proven_maximum", reason: "the plan never pays more", law: "arithmetic" },
    { severity: "confirm", rule: "rank_inversion", reason: "…", law: "arithmetic: a promotion would lower pay" },
    { severity: "block", rule: "too_deep", reason: "pays more levels than allowed", law: "禁止传销条例" },
    { severity: "block", rule: "made_tomorrow", reason: "something new", law: null },
  ],
  report: {
    findings: [
      { params: { bound: "26.00%" } },
      { params: { rank: "金牌", index: "2" } },
      { params: { levels: "3", allowed: "2" } },
      { params: {} },
    ],
  },
};

it("puts what forbids the plan first, with its figures and its law, in both languages", () => {
  const found = findingsOf(check);
  expect(found.map((one) => one.severity)).toEqual(["block", "block", "confirm", "info"]);
  expect(found.map((one) => one.law)).toEqual(["禁止传销条例", null, null, null]);
  const first = found[0]?.words as MessageDescriptor;
  expect(setupI18n({ locale: "en", messages: { en: {} } })._(first)).toBe("It pays 3 levels; the law here allows 2.");
  const words = setupI18n({ locale: "zh-CN", messages: { "zh-CN": chinese } })._(first);
  expect(words).toMatch(/3.*2/);
  expect(words).toMatch(/[一-龥]/);
});

it("keeps the engine's words where a rule is new", () => {
  expect(findingsOf(check)[1]?.words).toBe("something new");
});

it("asks for each rule once", () => {
  const [one] = findingsOf(check).filter((found) => found.severity === "confirm");
  expect(one && toAccept([one, one])).toHaveLength(1);
});
