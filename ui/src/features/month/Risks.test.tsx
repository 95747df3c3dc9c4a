import { RouterProvider } from "@tanstack/react-router";
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { RiskPage, RiskRow, RiskSign } from "../../host";
import { replaceTransport } from "../../host/transport";
import { router } from "../../shell/router";
import { type Session, SessionIs } from "../../shell/session";
import { faults, show } from "../../testing/render";

const row = (at: number, part: Partial<RiskRow> = {}): RiskRow => ({
  member: `m${at}`,
  number: `M-${at}`,
  name: `Member ${at}`,
  round: 1,
  net_minor: 100_000 * at,
  signs: [{ sign: "shared_account", others: ["m9"] }],
  verdict: null,
  reason: "",
  by: null,
  business_date: "",
  held_minor: 0,
  ...part,
});
const waiting: RiskPage = {
  page: { count: 2, rows: [row(2), row(1)] },
  waiting: 2,
  held: 0,
  released: false,
  outside_fault: null,
  names: [["m9", "Zhao San"]],
};
const session: Session = {
  shop: { name: "Celadon", currency: "CNY", digits: 2, sample: false, today: "2026-11-22" },
  person: { id: "p", name: "Li Jing", role: "manager" },
  lock: () => {},
};

vi.setConfig({ testTimeout: 120_000 });

let answers: Record<string, unknown>;
let asked: [string, unknown][];
let restore: () => void;
beforeEach(() => {
  // A real page has it; jsdom has not.
  vi.stubGlobal("CSS", { escape: (text: string) => text });
  asked = [];
  answers = {
    closing: { closes: [], next: "2026-10", last: null, worked: { month: "2026-10" } },
    month_risks: waiting,
    judge_statement: null,
  };
  restore = replaceTransport({
    serve: async (name, question) => {
      asked.push([name, question]);
      if (name in answers) return answers[name];
      throw { failure: "broken", trace: name };
    },
    listen: async () => () => {},
    openFile: async () => null,
    saveFile: async () => null,
  });
});
afterEach(() => restore());

async function open() {
  void router.navigate({ to: "/month/risk", search: {} } as never);
  const shown = show(
    <SessionIs value={session}>
      <RouterProvider router={router} />
    </SessionIs>,
  );
  await screen.findByText("Member 2", undefined, { timeout: 10_000 });
  return shown;
}

it("says where the outside service was not heard, and what it said where it was", async () => {
  const said: RiskSign = { sign: "outside", says: "three accounts on one device" };
  const flagged = { ...waiting.page, rows: [{ ...row(2), signs: [said] }, row(1)] };
  answers.month_risks = { ...waiting, page: flagged, outside_fault: { code: "hook_later", status: 503 } };
  const { container } = await open();
  screen.getByText(/answered 503/);
  screen.getByText("Outside service");
  expect(await faults(container)).toEqual([]);
});

it("is worked by keyboard: a key on a row, a reason, Enter", async () => {
  const { container } = await open();
  expect(await faults(container)).toEqual([]);
  const grid = screen.getByRole("grid");
  act(() => grid.focus());
  fireEvent.keyDown(grid, { key: "h" });
  const dialog = await screen.findByRole("dialog", { name: "Hold Member 2" });
  expect(await faults(dialog)).toEqual([]);
  const reason = within(dialog).getByRole("textbox", { name: "Reason" });
  await userEvent.type(reason, "{Enter}");
  expect(asked.some(([name]) => name === "judge_statement")).toBe(false);
  await userEvent.type(reason, "same account{Enter}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  const draft = { month: "2026-10", member: "m2", verdict: "held", reason: "same account" };
  expect(asked.find(([name]) => name === "judge_statement")?.[1]).toEqual(draft);
});

it("opens a row with its evidence, and names whom it mentions", async () => {
  await open();
  const grid = screen.getByRole("grid");
  act(() => grid.focus());
  fireEvent.keyDown(grid, { key: "Enter" });
  const sheet = await screen.findByRole("complementary", { name: "Member 2" });
  expect(within(sheet).getByText("Payouts go to the same account as those of Zhao San.")).toBeTruthy();
  expect(within(sheet).getByRole("button", { name: /Pass/ })).toBeTruthy();
  expect(await faults(sheet)).toEqual([]);
});

it("lets go what is held of a released month, and holds nothing more there", async () => {
  const held = row(1, {
    net_minor: null,
    held_minor: 8_000,
    verdict: "held",
    reason: "papers",
    by: "Li Jing",
    business_date: "2026-11-02",
  });
  const gone = row(2, { net_minor: null, verdict: "passed", reason: "known" });
  answers.month_risks = { ...waiting, page: { count: 2, rows: [held, gone] }, waiting: 0, held: 1, released: true };
  await open();
  const grid = screen.getByRole("grid");
  act(() => grid.focus());
  fireEvent.keyDown(grid, { key: "h" });
  expect(screen.queryByRole("dialog")).toBeNull();
  fireEvent.keyDown(grid, { key: "p" });
  await screen.findByRole("dialog", { name: "Pass Member 1" });
});
