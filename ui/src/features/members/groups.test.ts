import { expect, test } from "vitest";
import { filterOf, groupNames, isNarrowed, LIFE, RFM, rfmOf, stateOf, usual } from "./groups";

test("a view shows again what was kept", () => {
  const state = {
    ...usual,
    q: "wang",
    level: "金卡",
    group: "sleeping",
    tag: "茶友",
    from: "10000",
    below: "50000",
    by: "net",
    down: true,
  };
  const filter = filterOf(state, "wang");
  expect(isNarrowed(filter)).toBe(true);
  expect({ ...usual, ...stateOf(filter) }).toEqual(state);
});

test("what is no group or figure narrows nothing", () => {
  const filter = filterOf({ ...usual, group: "rich", from: "much" }, "");
  expect(isNarrowed(filter)).toBe(false);
});

test("every group stands in one of the two lists, and every answer once", () => {
  expect([...LIFE, ...RFM].sort()).toEqual(Object.keys(groupNames).sort());
  expect(new Set(RFM.map((group) => JSON.stringify(rfmOf[group]))).size).toBe(8);
});
