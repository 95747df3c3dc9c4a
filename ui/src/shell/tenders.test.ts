import { expect, it } from "vitest";
import type { TenderTerms } from "../host";
import { namesOf, offeredTenders } from "./tenders";

const terms = (code: string, part: Partial<TenderTerms> = {}): TenderTerms => ({
  code,
  name: "",
  name_2: "",
  gives_change: false,
  needs_reference: false,
  opens_drawer: false,
  counted: true,
  key: null,
  archived: false,
  ...part,
});

it("offers what is not put away, each with its digit or the first that is left", () => {
  const offered = offeredTenders([terms("cash"), terms("card", { archived: true }), terms("mall", { key: 2 }), terms("wechat")]);
  expect(offered.map((one) => `${one.code} ${one.keys}`)).toEqual(["cash Alt+1", "mall Alt+2", "wechat Alt+3"]);
  expect(offeredTenders([]).map((one) => one.code)).toEqual(["cash"]);
  const many = offeredTenders(Array.from({ length: 11 }, (_, at) => terms(`t${at}`)));
  expect(many.map((one) => one.keys).slice(8)).toEqual(["Alt+9", undefined, undefined]);
});

it("names a tender in the shop's words, then in the program's, then by its code", () => {
  const list = [terms("cash", { name: "人民币" }), terms("mall", { name: "商场券", name_2: "Mall voucher" }), terms("x")];
  const names = (chinese: boolean) => namesOf(list, { cash: "Cash", card: "Card" }, chinese);
  expect(names(true)).toEqual({ cash: "人民币", card: "Card", mall: "商场券", x: "x" });
  expect(names(false)).toEqual({ cash: "人民币", card: "Card", mall: "Mall voucher", x: "x" });
});
