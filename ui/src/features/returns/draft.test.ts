import { expect, it } from "vitest";
import type { ReturnableLine } from "../../host";
import { acted, addLoose, addScanned, begin, choose, chooseAll, isNothing, moveTo, questionOf, turn, undone, withLoose } from "./draft";

const line = (line: number, product: string, sold_milli: number, left_milli = sold_milli): ReturnableLine => ({
  line,
  product,
  code: product,
  name: product,
  sold_milli,
  left_milli,
  unit_minor: 100,
  net_minor: 100,
});
const sheet = [line(0, "tea", 3000, 2000), line(1, "tea", 1000), line(2, "meat", 1234), line(3, "cup", 1000, 0)];

it("takes everything that is left, and nothing else", () => {
  const all = chooseAll(begin("r", "s"), sheet);
  expect(questionOf(all)).toEqual({
    returned: "r",
    what: {
      by: "receipt",
      sale: "s",
      lines: [
        { line: 0, qty_milli: 2000, to: "shelf" },
        { line: 1, qty_milli: 1000, to: "shelf" },
        { line: 2, qty_milli: 1234, to: "shelf" },
      ],
    },
  });
});

it("a scanned product goes line by line until nothing is left of it; weighed goods come back whole", () => {
  let draft = begin("r", "s");
  for (const qty of [1000, 2000, 3000]) {
    draft = addScanned(draft, sheet, "tea") ?? draft;
    expect(Object.values(draft.chosen).reduce((sum, one) => sum + one.qty_milli, 0)).toBe(qty);
  }
  expect(addScanned(draft, sheet, "tea")).toBeNull();
  expect(addScanned(draft, sheet, "cup")).toBeNull();
  expect(addScanned(begin("r", "s"), sheet, "meat")?.chosen[2]?.qty_milli).toBe(1234);
});

it("never more than is left, never less than nothing; nothing takes the line off", () => {
  const [tea] = sheet as [ReturnableLine];
  expect(choose(begin("r", "s"), tea, 9000).chosen[0]?.qty_milli).toBe(2000);
  expect(isNothing(choose(choose(begin("r", "s"), tea, 1000), tea, -1000))).toBe(true);
});

it("undo takes back an act, not a step along the lines", () => {
  const [tea] = sheet as [ReturnableLine];
  let history = { now: begin("r", "s"), before: [] as never[] } as Parameters<typeof undone>[0];
  history = acted(history, (draft) => choose(draft, tea, 1000));
  history = acted(history, (draft) => turn(draft, tea));
  history = acted(history, (draft) => moveTo(draft, 2, 4));
  expect(history.now.chosen[0]?.to).toBe("damaged");
  history = undone(history);
  expect(history.now.chosen[0]?.to).toBe("shelf");
  expect(isNothing(undone(history).now)).toBe(true);
});

it("goods without a receipt add up by product and go with their last piece", () => {
  const tea = { id: "tea", code: "T1", name: "Tea" };
  let draft = addLoose(addLoose(begin("r", null), tea, 500), tea, 500);
  draft = withLoose(draft, (loose) => ({ ...loose, paid_minor: 450 }));
  expect(questionOf(draft).what).toEqual({
    by: "no_receipt",
    lines: [{ product: "tea", qty_milli: 2000, paid_minor: 450, to: "shelf" }],
  });
  expect(isNothing(withLoose(draft, (loose) => ({ ...loose, qty_milli: 0 })))).toBe(true);
});
