import { expect, test } from "vitest";
import { textOf, writeSize } from "./copies";

test("a file's size is said in a few digits", () => {
  expect(writeSize(812_300, "en")).toBe("812 kB");
  expect(writeSize(3_449_999, "en")).toBe("3.4 MB");
});

test("only a report's result has its text", () => {
  expect(textOf({ text: "Banyan 0.1.0" })).toBe("Banyan 0.1.0");
  expect(textOf("Banyan 0.1.0")).toBeNull();
  expect(textOf(null)).toBeNull();
});
