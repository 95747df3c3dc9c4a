import { expect, it } from "vitest";
import type { TicketQuote } from "../../host";
import { masked, viewOf } from "./customer";
import { addProduct, openTicket } from "./draft";

it("shows nobody's whole name", () => {
  expect(["王芳", "欧阳小禾", "Wang Fang", "Li", "芳", "", "A B"].map(masked)).toEqual([
    "王*",
    "欧***",
    "W*** F***",
    "L***",
    "芳",
    "",
    "A *",
  ]);
});

it("shows the books' figures line by line, and nothing between sales", () => {
  const tea = { id: "tea", code: "tea", barcode: null, name: "Tea", stock_milli: 0, no_commission: false };
  const ticket = addProduct(openTicket("s"), tea);
  const line = { net_minor: 900, discount_minor: 100, points_offset_minor: 0 };
  const answer = { quote: { lines: [line], due_minor: 900, points_earned: 9 }, member: null } as unknown as TicketQuote;
  expect(viewOf(ticket, answer, undefined)).toEqual({
    lines: [{ name: "Tea", qty_milli: 1000, net_minor: 900 }],
    due_minor: 900,
    off_minor: 100,
    member: null,
    paid_minor: 0,
    change_minor: null,
  });
  expect(viewOf(openTicket("s"), answer, undefined).lines).toEqual([]);
});
