import { RouterProvider } from "@tanstack/react-router";
import { screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ProofRow, Reconciliation } from "../../host";
import { replaceTransport } from "../../host/transport";
import { router } from "../../shell/router";
import { type Session, SessionIs } from "../../shell/session";
import { faults, show } from "../../testing/render";

const row = (line: ProofRow["line"], amount: number): ProofRow => ({
  line,
  exact: false,
  listed: amount,
  ledger: amount,
  payouts: amount,
  apart: 0,
  differing: 0,
  apart_of: [],
});
const proof: Reconciliation = {
  month: "2026-10",
  closed: true,
  taken_minor: 700_000,
  payable_minor: 123_456,
  month_rows: [row("owed", 823_456)],
  payout_rows: [row("sent", 0)],
};
const session: Session = {
  shop: { name: "Celadon", currency: "CNY", digits: 2, sample: false, today: "2026-11-22" },
  person: { id: "p", name: "Li Jing", role: "manager" },
  lock: () => {},
};

vi.setConfig({ testTimeout: 120_000 });

let answers: Record<string, unknown>;
let restore: () => void;
beforeEach(() => {
  answers = { months: ["2026-10", "2026-09"], reconcile_month: proof };
  restore = replaceTransport({
    serve: async (name) => {
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
  void router.navigate({ to: "/month/proof", search: {} } as never);
  const shown = show(
    <SessionIs value={session}>
      <RouterProvider router={router} />
    </SessionIs>,
  );
  await screen.findByText("Owed to members after tax", undefined, { timeout: 10_000 });
  return shown;
}

it("shows the three sums beside each other and says that they agree", async () => {
  const { container } = await open();
  expect(screen.getByText(/agree, to the cent/)).toBeTruthy();
  const table = screen.getByRole("table", { name: /^Proof of Oct/ });
  expect(within(table).getAllByText("8,234.56")).toHaveLength(3);
  expect(within(table).getByText("none")).toBeTruthy();
  expect(screen.queryByRole("alert")).toBeNull();
  expect(await faults(container)).toEqual([]);
});

it("says which line differs, by how much, and who makes the difference", async () => {
  const of = { kind: "member", member: "m1", number: "M000001", name: "Wang Er" } as const;
  const wrong: ProofRow = {
    ...row("owed", 823_456),
    listed: 823_459,
    apart: 3,
    differing: 1,
    apart_of: [{ of, listed: 4, ledger: 1, payouts: 1 }],
  };
  answers.reconcile_month = { ...proof, month_rows: [wrong] };
  const { container } = await open();
  expect((await screen.findByRole("alert")).textContent).toContain("do not agree");
  const table = screen.getByRole("table", { name: /^Proof of Oct/ });
  expect(within(table).getByText("Wang Er M000001")).toBeTruthy();
  expect(within(table).getAllByText("0.03")).toHaveLength(2);
  expect(await faults(container)).toEqual([]);
});
