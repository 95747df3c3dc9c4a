import { RouterProvider } from "@tanstack/react-router";
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { MonthReport, WhyAnswer } from "../../host";
import { replaceTransport } from "../../host/transport";
import { router } from "../../shell/router";
import { type Session, SessionIs } from "../../shell/session";
import { faults, show } from "../../testing/render";

const row = (at: number) => ({
  member: `m${at}`,
  number: `M00000${at}`,
  name: `Member ${at}`,
  rank: "Gold",
  sales: at,
  base_minor: 128_000,
  amount_micro: 10_240_400_000,
  payable_minor: 10_240,
});
const report: MonthReport = {
  page: { count: 3, rows: [row(1), row(2), row(3)] },
  totals: { members: 3, amount_micro: 30_721_200_000, payable_minor: 30_720 },
  proof: { report_micro: 30_721_200_000, ledger_micro: 30_721_200_000, net_minor: 384_000 },
};
const why: WhyAnswer = {
  number: "1A-000007",
  business_date: "2026-10-09",
  lines: [["Camellia oil", 2000, 128_000]],
  plan: { version: 3, hash: "8f2c00112233" },
  earned: { member: "m1", rule: "levels", depth: 1, base_minor: 128_000, rate_ppm: 80_000, amount_micro: 10_240_000_000, why: "" },
  why: { rule: "levels", source: "s", index: 1, way: "rate", rate: "0.08", base: "1280", factor: "1" },
  month: null,
  source: null,
  before_micro: null,
  names: [],
  sales: [],
  reversal: null,
  chain: [
    [{ member: "b", rank: null, active: true }, "Zhao Chao"],
    [{ member: "m1", rank: "Gold", active: true }, "Member 1"],
  ],
};
const earning = {
  sale: "s7",
  number: "1A-000007",
  business_date: "2026-10-09",
  line: 0,
  buyer: "Zhao Chao",
  rule: "levels",
  depth: 1,
  base_minor: 128_000,
  rate_ppm: 80_000,
  amount_micro: 10_240_000_000,
  plan_version: 3,
  source: null,
  late: false,
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
  answers = { months: ["2026-10", "2026-09"], month: report, earnings: { count: 1, rows: [earning] }, why, export_month: 5 };
  restore = replaceTransport({
    serve: async (name, question) => {
      asked.push([name, question]);
      if (name in answers) return answers[name];
      throw { failure: "broken", trace: name };
    },
    listen: async () => () => {},
    openFile: async () => null,
    saveFile: async () => "/tmp/october.xlsx",
  });
});
afterEach(() => restore());

async function openMonth() {
  // The way there ends only once the window stands.
  void router.navigate({ to: "/month", search: {} } as never);
  const shown = show(
    <SessionIs value={session}>
      <RouterProvider router={router} />
    </SessionIs>,
  );
  // The screen itself is fetched first.
  await screen.findByText("Member 2", undefined, { timeout: 10_000 });
  return shown;
}

it("says that it equals the ledger, and what share of the sales it is", async () => {
  const { container } = await openMonth();
  expect(screen.getByText(/Equals the ledger/)).toBeTruthy();
  expect(screen.getByText("8.00%")).toBeTruthy();
  expect(screen.getAllByText("102.404")).toHaveLength(3);
  expect(await faults(container)).toEqual([]);
});

it("warns where it does not equal the ledger", async () => {
  answers.month = { ...report, proof: { ...report.proof, ledger_micro: report.proof.ledger_micro + 1 } };
  await openMonth();
  expect((await screen.findByRole("alert")).textContent).toContain("307.21200001");
  expect(screen.queryByText(/Equals the ledger/)).toBeNull();
});

it("opens a member by Enter, and an amount down to its formula and its chain", async () => {
  await openMonth();
  const grid = screen.getByRole("grid");
  act(() => grid.focus());
  fireEvent.keyDown(grid, { key: "Enter" });
  const sheet = await screen.findByRole("complementary", { name: "Member 1" });
  await userEvent.click(await within(sheet).findByRole("button", { name: "Why 102.40" }));
  const dialog = await screen.findByRole("dialog");
  await within(dialog).findByText("1,280.00 × 8% = 102.40");
  expect(within(dialog).getByText("Version 3")).toBeTruthy();
  expect(within(dialog).getByText("Zhao Chao")).toBeTruthy();
  expect(await faults(dialog)).toEqual([]);
  fireEvent.keyDown(dialog, { key: "Escape" });
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(screen.getByRole("complementary", { name: "Member 1" })).toBeTruthy();
});
