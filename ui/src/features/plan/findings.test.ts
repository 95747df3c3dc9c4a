import { type MessageDescriptor, setupI18n } from "@lingui/core";
import { expect, it } from "vitest";
import type { PlanCheck } from "../../host";
import { saidOf } from "./beside";
import { findingsOf, toAccept } from "./findings";

const [chinese = {}] = Object.values(import.meta.glob<Record<string, string>>("./locales/zh-CN.po", { eager: true, import: "messages" }));

const finding = (severity: string, rule: string, reason: string, law: string | null, params: Record<string, string> = {}) => ({
  severity,
  rule,
  reason,
  law,
  params,
  path: "plan.rules[0].path.max",
});
const check: PlanCheck = {
  text: "{}",
  hash: "00",
  bound: "26.00%",
  bound_ppm: 260_000,
  limit: null,
  rules: [],
  worst: null,
  jurisdiction: "CN",
  as_of: "2026-01-01",
  amounts: ["net"],
  tags: [],
  findings: [
    finding("info", "proven_maximum", "the plan never pays more", "arithmetic", { bound: "26.00%" }),
    finding("confirm", "rank_inversion", "…", "arithmetic: a promotion would lower pay", { rank: "金牌", index: "2" }),
    finding("block", "too_deep", "pays more levels than allowed", "禁止传销条例", { levels: "3", allowed: "2" }),
    finding("block", "made_tomorrow", "something new", null),
  ],
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

it("finds the field that it concerns, and no other", () => {
  const found = findingsOf(check);
  expect(saidOf(found, "plan.rules[0]")).toHaveLength(4);
  expect(saidOf(found, "plan.rules[0].path", ["plan.rules[0].path.max"])).toHaveLength(0);
  expect(saidOf(found, "plan.rules[1]")).toHaveLength(0);
  expect(saidOf([{ path: "plan.rules[10].path" }], "plan.rules[1]")).toHaveLength(0);
});
