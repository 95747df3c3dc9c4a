import { RouterProvider } from "@tanstack/react-router";
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { MonthReview, ReviewBy, ReviewRow } from "../../host";
import { replaceTransport } from "../../host/transport";
import { router } from "../../shell/router";
import { type Session, SessionIs } from "../../shell/session";
import { faults, show } from "../../testing/render";

const row = (name: string, now: number, member: string | null = null): ReviewRow => ({
  name,
  number: member ? `M-${member}` : "",
  member,
  below: member ? 3 : 0,
  amounts: [now, now / 2, 0],
});
const part = (by: ReviewBy, rows: ReviewRow[]) => ({ by, rows, rest: [0, 0, 0] as [number, number, number], within: null });
const month = (name: string, amount: number) => ({ month: name, net_minor: 500_000, receipts: 7, amount_micro: amount, members: 3 });
const review: MonthReview = {
  figures: [month("2026-10", 40_000_000_000), month("2026-09", 50_000_000_000), month("2025-10", 0)],
  plan_version: 3,
  bound_ppm: 160_000,
  owing: { pending_micro: 1_500_000, payable_minor: 1_000, under_way_minor: 200, held_minor: 0, total_micro: 1_201_500_000 },
  parts: [
    part("rule", [row("levels", 40_000_000_000)]),
    part("rank", [row("", 40_000_000_000)]),
    part("depth", [row("0", 10_000_000_000), row("1", 30_000_000_000)]),
    part("product", [row("Camellia oil", 40_000_000_000)]),
    part("branch", [row("Wang Er", 30_000_000_000, "w")]),
    part("member", [row("Wang Er", 20_000_000_000, "w")]),
  ],
};
const session: Session = {
  shop: { name: "Celadon", currency: "CNY", digits: 2, sample: false, today: "2026-11-22" },
  person: { id: "p", name: "Li Jing", role: "manager" },
  lock: () => {},
};

vi.setConfig({ testTimeout: 120_000 });

let asked: [string, unknown][];
let restore: () => void;
beforeEach(() => {
  // A real page has it; jsdom has not.
  vi.stubGlobal("CSS", { escape: (text: string) => text });
  asked = [];
  const answers: Record<string, unknown> = { months: ["2026-10", "2026-09"], month_review: review, export_review: 4 };
  restore = replaceTransport({
    serve: async (name, question) => {
      asked.push([name, question]);
      if (name in answers) return answers[name];
      throw { failure: "broken", trace: name };
    },
    listen: async () => () => {},
    openFile: async () => null,
    saveFile: async () => "/tmp/branches.csv",
  });
});
afterEach(() => restore());

async function open() {
  void router.navigate({ to: "/month/review", search: {} } as never);
  const shown = show(
    <SessionIs value={session}>
      <RouterProvider router={router} />
    </SessionIs>,
  );
  await screen.findByText("Camellia oil", undefined, { timeout: 10_000 });
  return shown;
}

it("sets the month beside the one before, and its share of sales beside what the plan can pay", async () => {
  const { container } = await open();
  const table = screen.getByRole("table", { name: "Commission and sales" });
  expect(within(table).getByText("−20.00%")).toBeTruthy();
  expect(within(table).getByText("8.00%")).toBeTruthy();
  expect(screen.getByText(/can pay 16.00% at most/)).toBeTruthy();
  expect(screen.getByText("12.015")).toBeTruthy();
  expect(await faults(container)).toEqual([]);
});

it("has a table behind each chart, goes down a branch, and saves what is shown", async () => {
  const { container } = await open();
  const depth = screen.getByRole("region", { name: "By depth" });
  expect(within(depth).queryByRole("table")).toBeNull();
  await userEvent.click(within(depth).getByRole("button", { name: "View as table" }));
  const rows = within(within(depth).getByRole("table")).getAllByRole("row");
  expect(rows.map((row) => row.textContent)).toEqual([
    expect.stringMatching(/^Depth/),
    "On own purchases100.0050.000.00",
    "Depth 1300.00150.000.00",
  ]);
  expect(await faults(container)).toEqual([]);
  const branch = screen.getByRole("region", { name: "By branch" });
  await userEvent.click(within(branch).getByRole("button", { name: "Wang Er" }));
  expect(asked.at(-1)).toEqual(["month_review", { month: "2026-10", top: "w" }]);
  await userEvent.click(screen.getByRole("button", { name: "Save as… By branch" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Save as CSV…" }));
  expect(asked.find(([name]) => name === "export_review")?.[1]).toEqual({
    month: "2026-10",
    by: "branch",
    top: "w",
    path: "/tmp/branches.csv",
  });
});
