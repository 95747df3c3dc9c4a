import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { HeldRow, MemberHit, ProductRow, Quote, SaleDraft } from "../../host";
import { replaceTransport } from "../../host/transport";
import { type Session, SessionIs } from "../../shell/session";
import { faults, show } from "../../testing/render";
import Till from "./Till";

const product = (code: string, price_minor: number): ProductRow => ({
  product: `id-${code}`,
  card: {
    code,
    barcode: code,
    name: `Goods ${code}`,
    name_2: null,
    category: null,
    price_minor,
    cost_minor: null,
    tax: null,
    no_commission: false,
  },
  stock_milli: 5000,
  archived: false,
});
const shelf = [product("6901234567892", 12_800), product("6923450657713", 4_600), product("96385074", 50)];
const member: MemberHit = { member: "id-m", number: "M000123", name: "Wang Fang", phone: null, rank: null };

const tender = (code: string) => ({ code, name: "", name_2: "", needs_reference: false, key: null, archived: false });

/** Books that answer as the real ones do for plain prices, and remember what they were asked. */
class Books {
  asked: { name: string; question: unknown }[] = [];
  held: HeldRow[] = [];
  sold: SaleDraft[] = [];
  /** True where a clerk may give no discount. */
  limited = false;

  serve = async (name: string, question: unknown): Promise<unknown> => {
    this.asked.push({ name, question });
    switch (name) {
      case "people":
        return [
          { person: "p", name: "Li Jing", role: "clerk", archived: false },
          { person: "o", name: "Wang Fang", role: "owner", archived: false },
          { person: "m", name: "Liu Min", role: "manager", archived: false },
        ];
      case "settings":
        return { tenders: ["cash", "wechat"].map(tender), printer: null, idle_lock_seconds: 0 };
      case "show_customer":
        return null;
      case "held_sales":
        return this.held;
      case "hold_sale": {
        const row = question as HeldRow;
        this.held = [...this.held.filter((one) => one.ticket !== row.ticket), { ...row, at_ms: Date.now(), person: null }];
        return null;
      }
      case "drop_held":
        this.held = this.held.filter((one) => one.ticket !== question);
        return null;
      case "find_products":
        return shelf.filter((row) => row.card.name.toLowerCase().includes(String(question).trim().toLowerCase()));
      case "scan": {
        const row = shelf.find((one) => one.card.barcode === question);
        if (row) return { scan: "product", product: row };
        return question === member.number ? { scan: "member", member } : { scan: "unknown", code: question };
      }
      case "quote_sale":
        return { quote: this.quote(question as SaleDraft), products: [], member: null, will_earn: [] };
      case "record_sale": {
        const draft = question as SaleDraft;
        const quote = this.quote(draft);
        if (this.limited && draft.approval?.pin !== "4711") {
          const refusal = draft.approval
            ? { code: "wrong_pin", wait_seconds: 0 }
            : { code: "needs_approver", least: "manager", what: "discount", line: 0, given_minor: 640, allowed_minor: 128 };
          throw { failure: "refused", refusal, message: "" };
        }
        if (quote.missing_minor > 0) throw { failure: "refused", refusal: { code: "price", price: { code: "owes_more" } }, message: "" };
        this.sold.push(draft);
        this.held = this.held.filter((one) => one.ticket !== draft.sale);
        const { due_minor, change_minor } = quote;
        const { member, tenders } = draft;
        const sale = { sale: draft.sale, number: "1A-000001", due_minor, change_minor, points_earned: 0, member, tenders, lines: [] };
        return { sale, rows: [], printing: false };
      }
      default:
        throw { failure: "broken", trace: name };
    }
  };

  quote(draft: SaleDraft): Partial<Quote> & { missing_minor: number; due_minor: number; change_minor: number } {
    const lines = draft.lines.map((line) => {
      const unit_minor = shelf.find((row) => row.product === line.product)?.card.price_minor ?? 0;
      const net_minor = (unit_minor * line.qty_milli) / 1000;
      return {
        product: line.product,
        unit_minor,
        list_minor: unit_minor,
        gross_minor: net_minor,
        net_minor,
        line_discount_minor: 0,
        why: { from: "list" },
      };
    });
    const due_minor = lines.reduce((sum, line) => sum + line.net_minor, 0);
    const sum = (cash: boolean) =>
      draft.tenders.filter((one) => (one.kind === "cash") === cash).reduce((all, one) => all + one.amount_minor, 0);
    const rest = Math.max(0, due_minor - sum(false));
    return {
      lines: lines as never,
      discounts: [],
      due_minor,
      cash_asked_minor: rest,
      change_minor: Math.max(0, sum(true) - rest),
      missing_minor: Math.max(0, rest - sum(true)),
      points_offset_minor: 0,
      tax_on_top_minor: 0,
    };
  }
}

const session: Session = {
  shop: { name: "Celadon", currency: "CNY", digits: 2, sample: false, today: "2026-11-22" },
  person: { id: "p", name: "Li Jing", role: "clerk" },
  lock: () => {},
};

let books: Books;
let restore: () => void;
let clock = 1000;
beforeEach(() => {
  vi.stubGlobal("CSS", { escape: (text: string) => text });
  books = new Books();
  restore = replaceTransport({ serve: books.serve, listen: async () => () => {}, openFile: async () => null, saveFile: async () => null });
});
afterEach(() => restore());

async function openTill() {
  const shown = show(
    <SessionIs value={session}>
      <Till />
    </SessionIs>,
  );
  await screen.findByRole("combobox");
  return shown;
}

/** A scanner: keys 5 ms apart on whatever has the focus, then Enter. */
async function scan(code: string) {
  clock += 1000;
  await act(async () => {
    for (const key of [...code, "Enter"]) {
      clock += 5;
      const event = new KeyboardEvent("keydown", {
        key,
        code: /\d/.test(key) ? `Digit${key}` : key === "Enter" ? key : `Key${key}`,
        bubbles: true,
        cancelable: true,
      });
      Object.defineProperty(event, "timeStamp", { value: clock });
      (document.activeElement ?? document.body).dispatchEvent(event);
    }
  });
}
const press = (key: string, more: KeyboardEventInit = {}) =>
  act(async () => {
    fireEvent.keyDown(document.activeElement ?? document.body, { key, code: key, ...more });
  });
const lines = () =>
  screen
    .queryAllByRole("row")
    .slice(1)
    .map((row) => row.textContent ?? "");

it("sells three items to a member in four scans and one key", async () => {
  await openTill();
  await scan("6901234567892");
  await scan("6923450657713");
  await scan("96385074");
  await scan("M000123");
  await screen.findByText("Wang Fang");
  await press("F5");
  await waitFor(() => expect(books.sold.length).toBe(1));
  expect(books.sold[0]).toMatchObject({ member: "id-m", tenders: [{ kind: "cash", amount_minor: 17_450 }] });
  expect(books.sold[0]?.lines.map((line) => line.product)).toEqual(["id-6901234567892", "id-6923450657713", "id-96385074"]);
  await screen.findByText("Taken: 1A-000001");
  expect(books.held).toEqual([]);
});

it("takes a second scan as one more, a quantity by *, and shows the change until the next scan", async () => {
  const { container } = await openTill();
  await scan("96385074");
  await scan("96385074");
  await waitFor(() => expect(lines()[0]).toContain("Goods 96385074"));
  await press("*");
  await userEvent.keyboard("３{Enter}");
  await waitFor(() => expect(lines()[0]).toContain("1.50"));
  expect(await faults(container)).toEqual([]);
  await press("F9");
  await userEvent.type(await screen.findByLabelText("Received"), "2{Enter}");
  await screen.findByText("Taken: 1A-000001");
  expect(books.sold[0]?.tenders).toEqual([{ kind: "cash", amount_minor: 200, reference: null }]);
  expect(screen.getByText("0.50")).toBeTruthy();
  await scan("6923450657713");
  await waitFor(() => expect(screen.queryByText("Taken: 1A-000001")).toBeNull());
});

it("splits the payment: what WeChat does not cover stays to be paid in cash", async () => {
  await openTill();
  await scan("6901234567892");
  await press("2", { code: "Digit2", altKey: true });
  await userEvent.type(await screen.findByLabelText("Received"), "100{Enter}");
  await waitFor(() => expect(screen.getByLabelText("Received").getAttribute("placeholder")).toBe("28.00"));
  await press("1", { code: "Digit1", altKey: true });
  await userEvent.type(screen.getByLabelText("Received"), "{Enter}");
  await waitFor(() => expect(books.sold.length).toBe(1));
  expect(books.sold[0]?.tenders.map((one) => [one.kind, one.amount_minor])).toEqual([
    ["wechat", 10_000],
    ["cash", 2_800],
  ]);
});

it("has the open ticket again after a crash", async () => {
  const before = await openTill();
  await scan("6901234567892");
  await waitFor(() => expect(books.held.length).toBe(1));
  before.unmount();
  await openTill();
  await waitFor(() => expect(lines()[0]).toContain("Goods 6901234567892"));
});

it("removes a line at once and takes it back with Ctrl+Z; an unknown code is told beside the box", async () => {
  await openTill();
  await scan("6901234567892");
  await waitFor(() => expect(lines().length).toBe(1));
  await press("Delete");
  expect(lines().length).toBe(0);
  await press("z", { code: "KeyZ", ctrlKey: true });
  expect(lines().length).toBe(1);
  await scan("4011200296908");
  await screen.findByText("No product or member has the code 4011200296908.");
});

it("finds by name as one types, and Enter takes the first", async () => {
  await openTill();
  await userEvent.type(screen.getByRole("combobox"), "goods 69234", { delay: 40 });
  await screen.findByRole("option");
  await userEvent.keyboard("{Enter}");
  await waitFor(() => expect(lines()[0]).toContain("Goods 6923450657713"));
});

it("asks for an approver where the discount is past the limit, names it, and sells once somebody agreed", async () => {
  books.limited = true;
  const { baseElement } = await openTill();
  await scan("6901234567892");
  await waitFor(() => expect(lines()[0]).toContain("128.00"));
  await press("F5");
  await screen.findByText("6.40 off line 1; 1.28 is the most without a manager.");
  expect(screen.getAllByRole("radio").map((one) => one.parentElement?.textContent)).toEqual(["Wang Fang", "Liu Min"]);
  expect(await faults(baseElement)).toEqual([]);
  await userEvent.keyboard("{ArrowDown}0000{Enter}");
  await screen.findByText("That is not the PIN.");
  await userEvent.keyboard("4711{Enter}");
  await waitFor(() => expect(books.sold.length).toBe(1));
  expect(books.sold[0]?.approval).toEqual({ person: "m", pin: "4711" });
  await screen.findByText("Taken: 1A-000001");
});

it("goes back to the ticket with Esc when nobody agrees, and says why", async () => {
  books.limited = true;
  await openTill();
  await scan("6901234567892");
  await press("F5");
  await screen.findByLabelText("PIN");
  await userEvent.keyboard("{Escape}");
  await screen.findByText("Somebody else has to agree to this with their PIN.");
  expect(books.sold).toEqual([]);
  await waitFor(() => expect(lines()[0]).toContain("Goods 6901234567892"));
});
