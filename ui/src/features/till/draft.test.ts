import { describe, expect, it } from "vitest";
import {
  acted,
  addProduct,
  attachMember,
  currentLine,
  type History,
  moveTo,
  nudge,
  opened,
  openTicket,
  piecesOf,
  questionOf,
  removeLine,
  setLineOff,
  setOrderOff,
  setPrice,
  setQty,
  type Ticket,
  type TicketProduct,
  undone,
} from "./draft";

const product = (id: string): TicketProduct => ({ id, code: id, barcode: null, name: id, stock_milli: 5000, no_commission: false });
const tea = product("tea");
const soap = product("soap");
const scanned = (...products: TicketProduct[]): Ticket => products.reduce((ticket, one) => addProduct(ticket, one), openTicket("s1"));
const shape = (ticket: Ticket) => ticket.lines.map((line) => `${line.product.id}*${line.qty_milli / 1000}`).join(" ");
const member = { id: "m1", number: "M1", name: "王芳", phone: null, rank: null };

describe("the ticket", () => {
  it("adds one to the line of a product that is scanned again, and makes it current", () => {
    const ticket = scanned(tea, soap, tea);
    expect(shape(ticket)).toBe("tea*2 soap*1");
    expect(currentLine(ticket)?.product.id).toBe("tea");
  });

  it("keeps a line with a price or a discount by hand apart from a new scan", () => {
    expect(shape(addProduct(setPrice(scanned(tea), 500), tea))).toBe("tea*1 tea*1");
    expect(shape(addProduct(setLineOff(scanned(tea), { percent_ppm: 100_000 }), tea))).toBe("tea*1 tea*1");
  });

  it("sets the quantity of the current line, and 0 removes it", () => {
    expect(shape(setQty(scanned(tea, soap), 2500))).toBe("tea*1 soap*2.5");
    expect(shape(setQty(scanned(tea, soap), 0))).toBe("tea*1");
    expect(shape(setQty(scanned(tea), -1000))).toBe("tea*1");
    expect(shape(setQty(scanned(tea), 6_901_234_567_892_000))).toBe("tea*1");
    expect(setQty(openTicket("s1"), 2000).lines).toEqual([]);
  });

  it("nudges by a piece but never to nothing", () => {
    expect(shape(nudge(scanned(tea), 1))).toBe("tea*2");
    expect(shape(nudge(scanned(tea), -1))).toBe("tea*1");
  });

  it("removes the current line and stays on the list", () => {
    const last = removeLine(scanned(tea, soap));
    expect([shape(last), last.current]).toEqual(["tea*1", 0]);
    const first = removeLine(moveTo(scanned(tea, soap), 0));
    expect([shape(first), first.current]).toEqual(["soap*1", 0]);
    expect(removeLine(last).current).toBe(-1);
  });

  it("moves along the lines and never off them", () => {
    expect([-5, 0, 1, 9].map((index) => moveTo(scanned(tea, soap), index).current)).toEqual([0, 0, 1, 1]);
  });

  it("undoes act by act, but not the moving along the lines", () => {
    const act = (history: History, ...acts: ((ticket: Ticket) => Ticket)[]) => acts.reduce(acted, history);
    const history = act(
      opened(openTicket("s1")),
      (ticket) => addProduct(ticket, tea),
      (ticket) => addProduct(ticket, soap),
      (ticket) => moveTo(ticket, 0),
      removeLine,
    );
    expect(shape(history.now)).toBe("soap*1");
    expect(shape(undone(history).now)).toBe("tea*1 soap*1");
    expect(shape(undone(undone(history)).now)).toBe("tea*1");
    expect(undone(undone(undone(undone(history)))).now.lines).toEqual([]);
  });

  it("counts pieces, a weighed line as one", () => {
    expect(piecesOf(setQty(scanned(tea, tea, soap), 350))).toBe(3);
  });

  it("asks the books for the same sale with and without tenders", () => {
    const ticket = setOrderOff(attachMember(scanned(tea), member), { amount_minor: 500 });
    const quote = questionOf(ticket);
    expect(quote).toMatchObject({ sale: "s1", member: "m1", tenders: [], discounts: [{ kind: { plain: { amount_minor: 500 } } }] });
    expect(quote.lines).toEqual([{ product: "tea", qty_milli: 1000, discount: null, gift: false, price_minor: null, label_minor: null }]);
    const tenders = [{ kind: "cash" as const, amount_minor: 10_000, reference: null }];
    expect(questionOf(ticket, tenders)).toEqual({ ...quote, tenders });
  });
});
