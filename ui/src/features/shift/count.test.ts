import { describe, expect, it } from "vitest";
import { counted, draftOf, piecesOf } from "./count";

describe("a count", () => {
  it("adds up what was typed and leaves out what was not", () => {
    const count = { 10000: 3, 100: 7, 50: null, 10: 0 };
    expect(counted(count)).toBe(30_700);
    expect(piecesOf(count)).toHaveLength(2);
  });

  it("asks for no reason that was not given", () => {
    expect(draftOf("s", {}, { card: null, wechat: 500 }, "  ")).toEqual({ shift: "s", cash: [], tenders: [["wechat", 500]], reason: null });
  });
});
