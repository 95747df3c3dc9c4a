import { expect, it } from "vitest";
import type { ImportPreview } from "../../host";
import {
  draftOf,
  fieldAt,
  fileName,
  firstWish,
  missing,
  nameOf,
  percentDone,
  reportOf,
  withField,
  withFile,
  withKind,
  withOptions,
} from "./wish";

const preview: ImportPreview = {
  preview: { found: { kind: "csv", encoding: "GB18030", delimiter: "comma", packed: false }, header: ["货号", "品名", "售价"], rows: [] },
  mapping: { code: 0, name: 1 },
  fields: [
    ["code", true],
    ["name", true],
    ["price", true],
    ["cost", false],
  ],
};
const wish = withFile(firstWish, "/tmp/商品.csv");

it("asks for the columns that must be there, and for nothing else", () => {
  expect(missing(preview.fields, preview.mapping)).toEqual(["price"]);
  expect(draftOf(wish, preview)).toBeNull();
  const mapped = { ...wish, mapping: withField(preview.mapping, 2, "price") };
  expect(draftOf(mapped, preview)?.mapping).toEqual({ code: 0, name: 1, price: 2 });
  expect(draftOf(mapped, undefined)).toBeNull();
});

it("keeps one column for a field and one field for a column", () => {
  const moved = withField(preview.mapping, 2, "name");
  expect(moved).toEqual({ code: 0, name: 2 });
  expect(withField(moved, 2, "price")).toEqual({ code: 0, price: 2 });
  expect(withField(moved, 0, null)).toEqual({ name: 2 });
  expect([0, 1, 2].map((column) => fieldAt(moved, column))).toEqual(["code", null, "name"]);
});

it("forgets the columns where the sheet is another, and keeps them where only the encoding is", () => {
  const mapped = { ...wish, mapping: preview.mapping };
  expect(withOptions(mapped, { encoding: "Big5" }).mapping).toEqual(preview.mapping);
  expect(withOptions(mapped, { sheet: "二月" }).mapping).toBeNull();
  expect(withKind(mapped, "members").mapping).toBeNull();
  expect(withFile(mapped, "/tmp/b.csv")).toMatchObject({ path: "/tmp/b.csv", mapping: null });
});

it("earns on sales alone", () => {
  const mapped = { ...wish, mapping: { code: 0, name: 1, price: 2 } };
  expect(draftOf(mapped, preview)?.earn).toBe(false);
});

it("ties a check to what was checked, wherever its remarks are written", () => {
  const mapped = { ...wish, mapping: { code: 0, name: 1, price: 2 } };
  expect(nameOf(draftOf(mapped, preview, { error_sheet: "/tmp/errors.xlsx", language: "en" }))).toBe(nameOf(draftOf(mapped, preview)));
  expect(nameOf(draftOf({ ...mapped, system: "other" }, preview))).not.toBe(nameOf(draftOf(mapped, preview)));
});

it("reads what jobs say", () => {
  expect(reportOf("/tmp/a.xlsx")).toBeNull();
  expect(reportOf({ counts: {}, remarks: [] })).not.toBeNull();
  expect([percentDone(1, 3), percentDone(5, 0), percentDone(9, 3)]).toEqual([33, null, 100]);
  expect(["/home/li/a.csv", "C:\\Users\\li\\a.csv", "a.csv"].map(fileName)).toEqual(["a.csv", "a.csv", "a.csv"]);
});
