import { expect, it } from "vitest";
import { type MemberCard, type MemberHit, Refused } from "../../host";
import { cardOf, chainDown, differs, enrolDraftOf, enrolFormOf, fieldOf, formOf, levelsLike } from "./card";

const card: MemberCard = {
  name: "欧阳小禾",
  phone: "+8613800138000",
  level: "金卡",
  rank: null,
  active: false,
  note: null,
  birthday: null,
  contact: { email: "xiaohe@example.com", language: "en", silent: ["sms"] },
};
const hit = (name: string): MemberHit => ({ member: `id-${name}`, number: name, name, phone: null, rank: null });

it("takes a card to the form and back without a change", () => {
  expect(cardOf(formOf(card))).toEqual(card);
  expect(differs(formOf(card), card)).toBe(false);
  expect(differs({ ...formOf(card), frozen: false }, card)).toBe(true);
});

it("asks for the next free number where none is typed, and for the chosen sponsor", () => {
  const form = { ...enrolFormOf("2026-11-22"), name: " 王芳 ", phone: " 138 0013 8000 ", sponsor: hit("M1") };
  expect(enrolDraftOf(form)).toEqual({
    number: null,
    card: { name: "王芳", phone: "138 0013 8000", level: null, rank: null, active: true, note: null, birthday: null, contact: null },
    sponsor: "id-M1",
    joined: "2026-11-22",
  });
});

it("puts every refusal beside its field", () => {
  const codes = [
    "no_name",
    "phone_shape",
    "phone_taken",
    "number_taken",
    "unknown_rank",
    "unknown_sponsor",
    "cycle",
    "moved_meanwhile",
    "busy",
  ];
  expect(codes.map((code) => fieldOf(new Refused(code, {})))).toEqual([
    "name",
    "phone",
    "phone",
    "number",
    "rank",
    "sponsor",
    "sponsor",
    "sponsor",
    null,
  ]);
});

it("reads the chain from the root down and folds the middle of a long one", () => {
  const names = (hits: MemberHit[]) => hits.map((one) => one.name).join("");
  const short = chainDown(["c", "b", "a"].map(hit));
  expect([names(short.top), short.left, names(short.near)]).toEqual(["", 0, "abc"]);
  const long = chainDown(["h", "g", "f", "e", "d", "c", "b", "a"].map(hit));
  expect([names(long.top), long.left, names(long.near)]).toEqual(["a", 3, "efgh"]);
});

it("offers the levels in use that fit", () => {
  expect(levelsLike("", ["银卡", "金卡"])).toEqual(["银卡", "金卡"]);
  expect(levelsLike("金", ["银卡", "金卡"])).toEqual(["金卡"]);
  expect(levelsLike("金卡", ["银卡", "金卡"])).toEqual([]);
});
