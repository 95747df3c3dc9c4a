import { RouterProvider } from "@tanstack/react-router";
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { PlanCheck, PlanDraft, PlanForm, PlanSource, PlanVersion } from "../../host";
import { replaceTransport } from "../../host/transport";
import { router } from "../../shell/router";
import { type Session, SessionIs } from "../../shell/session";
import { faults, show } from "../../testing/render";

vi.setConfig({ testTimeout: 30_000 });

const form: PlanForm = {
  ranks: ["Plain", "Gold"],
  levels: 2,
  rates: [
    ["8", "3"],
    ["10", "4.5"],
  ],
  compress: true,
  self_purchase: false,
};
const inForce: PlanVersion = {
  row: { version: 3, effective_from: "2026-01-01", plan: "{}", hash: "8f2c00112233", bound_ppm: 145_000 },
  form,
  in_force: true,
};
const doubt = { severity: "confirm", rule: "rank_inversion", reason: "inverted", law: "arithmetic" };
const ban = { severity: "block", rule: "binary", reason: "binary", law: null };

let check: PlanCheck;
let asked: [string, unknown][];
let restore: () => void;
beforeEach(() => {
  vi.stubGlobal("CSS", { escape: (text: string) => text });
  asked = [];
  check = {
    text: "{}",
    bound: "14.50%",
    bound_ppm: 145_000,
    findings: [doubt],
    report: { findings: [{ params: { rank: "Gold", index: "2" } }] },
  };
  const answers: Record<string, () => unknown> = {
    plans: () => [inForce],
    check_plan: () => check,
    try_plan: () => [{ depth: 1, rule: "levels", rate_ppm: 80_000, amount_micro: 10_240_000_000 }],
    activate_plan: () => [inForce],
  };
  restore = replaceTransport({
    serve: async (name, question) => {
      asked.push([name, question]);
      const answer = answers[name];
      if (answer) return answer();
      throw { failure: "broken", trace: name };
    },
    listen: async () => () => {},
    openFile: async () => null,
    saveFile: async () => null,
  });
});
afterEach(() => restore());

async function openPlan(role: "manager" | "owner") {
  const session: Session = {
    shop: { name: `Shop ${Math.random()}`, currency: "CNY", digits: 2, sample: false, today: "2026-11-22" },
    person: { id: "p", name: "Li Jing", role },
    lock: () => {},
  };
  // The way there ends only once the window stands.
  void router.navigate({ to: "/plan", search: {} } as never);
  const shown = show(
    <SessionIs value={session}>
      <RouterProvider router={router} />
    </SessionIs>,
  );
  await screen.findByText("14.50%", undefined, { timeout: 10_000 });
  return shown;
}
const lastOf = <T,>(name: string): T => asked.filter(([one]) => one === name).at(-1)?.[1] as T;

it("checks and works the example anew as a rate is typed", async () => {
  const { container } = await openPlan("owner");
  await screen.findByText("102.40");
  expect(await faults(container)).toEqual([]);
  const cell = screen.getByLabelText("Gold L2 %");
  fireEvent.change(cell, { target: { value: "５．５" } });
  await waitFor(() =>
    expect(lastOf<PlanSource>("check_plan")).toMatchObject({
      form: {
        rates: [
          ["8", "3"],
          ["10", "5.5"],
        ],
      },
    }),
  );
  fireEvent.change(cell, { target: { value: "101" } });
  await screen.findByText("0 to 100");
  expect(screen.getByRole("button", { name: /Put into force/ }).hasAttribute("disabled")).toBe(true);
});

it("asks the owner to accept what the check doubts, one by one", async () => {
  await openPlan("owner");
  await userEvent.click(screen.getByRole("button", { name: /Put into force/ }));
  const dialog = await screen.findByRole("dialog");
  const act = within(dialog).getByRole("button", { name: "Put version 4 into force from 2026-11-22" });
  expect(act.hasAttribute("disabled")).toBe(true);
  expect(await faults(dialog)).toEqual([]);
  await userEvent.click(within(dialog).getByRole("checkbox"));
  await userEvent.click(act);
  await waitFor(() =>
    expect(lastOf<PlanDraft>("activate_plan")).toMatchObject({ effective_from: "2026-11-22", acknowledged: ["rank_inversion"] }),
  );
});

it("lets nobody put a forbidden plan into force", async () => {
  check = { ...check, findings: [ban], report: { findings: [{ params: {} }] } };
  await openPlan("owner");
  await userEvent.click(screen.getByRole("button", { name: /Put into force/ }));
  const dialog = await screen.findByRole("dialog");
  expect(
    within(dialog)
      .getByRole("button", { name: /Put version 4/ })
      .hasAttribute("disabled"),
  ).toBe(true);
  expect(within(dialog).getByRole("alert").textContent).toContain("two matched legs");
});

it("lets a manager read and try, but not change", async () => {
  await openPlan("manager");
  expect(screen.queryByRole("button", { name: /Put into force/ })).toBeNull();
  expect(screen.getByLabelText("Gold L2 %").hasAttribute("disabled")).toBe(true);
  expect(screen.getByLabelText(/The buyer pays/).hasAttribute("disabled")).toBe(false);
});
