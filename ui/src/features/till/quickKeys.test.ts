import { expect, test } from "vitest";
import { moved, withKey, withoutKey } from "./quickKeys";

test("quick keys are arranged without losing one", () => {
  expect(withKey(["a", "b"], "b")).toEqual(["a", "b"]);
  expect(withKey(["a"], "b")).toEqual(["a", "b"]);
  expect(withoutKey(["a", "b"], "a")).toEqual(["b"]);
  expect(moved(["a", "b", "c"], "c", -1)).toEqual(["a", "c", "b"]);
  expect(moved(["a", "b", "c"], "a", -1)).toEqual(["a", "b", "c"]);
  expect(moved(["a", "b", "c"], "c", 5)).toEqual(["a", "b", "c"]);
});
