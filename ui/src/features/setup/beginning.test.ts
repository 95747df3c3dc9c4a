import { expect, it } from "vitest";
import { empty, pinIsSound, problemsOf } from "./beginning";

it("finds what is missing before the books are asked", () => {
  expect(problemsOf(empty, false)).toEqual({ name: "missing", owner: "missing", pin: "pin_shape" });
  const filled = { ...empty, name: "青禾", owner: "李静", pin: "1357", again: "1358" };
  expect(problemsOf(filled, false)).toEqual({ again: "pin_differs" });
  expect(problemsOf({ ...filled, again: "1357" }, false)).toEqual({});
  expect(problemsOf({ ...filled, again: "1357", passphrase: "短短短短短短短" }, true)).toEqual({ passphrase: "passphrase_short" });
});

it("holds a PIN to the same rule as the books", () => {
  expect(["1234", "123", "1111", "12a4", "1234567890123"].map(pinIsSound)).toEqual([true, false, false, false, false]);
});
