import { expect, test } from "vitest";
import { isWhole, proofOf, signsOf } from "./recovery";

test("a key is taken as a pen writes it", () => {
  expect(signsOf(" 7k3f-９abc ")).toBe("7K3F9ABC");
  expect(isWhole("AAAA BBBB CCCC DDDD EEEE FFFF GGGG")).toBe(true);
  expect(isWhole("AAAA BBBB CCCC DDDD EEEE FFFF GGG")).toBe(false);
});

test("the proof is two whole groups", () => {
  expect(proofOf(["ab12", "CD-34"])).toEqual({ groups: ["AB12", "CD34"] });
  expect(proofOf(["ab1", "CD34"])).toBeNull();
  expect(proofOf(["ab12"])).toBeNull();
});
