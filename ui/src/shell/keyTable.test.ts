import { expect, it } from "vitest";
import { shownKeys } from "../design/workstation";
import { keyTable, meantBy, problemOfMove, withKey } from "./keyTable";

it("lists every key once", () => {
  const keys = keyTable.map((row) => row.keys);
  expect(new Set(keys).size).toBe(keys.length);
});

it("moves a key, and its old place means nothing any more", () => {
  const moved = withKey({}, "F9", "F8");
  expect([meantBy("F8", moved), meantBy("F9", moved), meantBy("F2", moved)]).toEqual(["F9", null, "F2"]);
  expect([shownKeys("F9", moved), shownKeys("F2", moved)]).toEqual(["F8", "F2"]);
  expect(withKey(moved, "F9", "F9")).toEqual({});
});

it("lets two keys change places in two steps, and refuses what is taken or needed elsewhere", () => {
  expect(problemOfMove("F9", "F2", {})).toMatchObject({ problem: "taken", by: { keys: "F2" } });
  const away = withKey({}, "F2", "Ctrl+M");
  expect(problemOfMove("F9", "F2", away)).toBeNull();
  const both = withKey(away, "F9", "F2");
  expect(problemOfMove("F2", "F9", both)).toBeNull();
  const swapped = withKey(both, "F2", "F9");
  expect([meantBy("F2", swapped), meantBy("F9", swapped)]).toEqual(["F9", "F2"]);
  for (const needed of ["Enter", "N", "5", "Ctrl+S", "Alt+3", "Shift+A", "Tab"]) {
    expect(problemOfMove("F9", needed, {}), needed).toEqual({ problem: "needed" });
  }
  for (const free of ["Shift+F8", "Alt+M", "Ctrl+Shift+F3", "Ctrl+M"]) expect(problemOfMove("F9", free, {}), free).toBeNull();
});
