import { RouterProvider } from "@tanstack/react-router";
import { configure, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { PlanCheck, PlanDraft, PlanVersion, SimulationSummary } from "../../host";
import { replaceTransport } from "../../host/transport";
import { router } from "../../shell/router";
import { type Session, SessionIs } from "../../shell/session";
import { faults, show } from "../../testing/render";
import { type Plan, readPlan, type WalkRule, writePlan } from "./language";

vi.setConfig({ testTimeout: 60_000 });
// A loaded machine takes longer than the second that is usual.
configure({ asyncUtilTimeout: 15_000 });

const plan: Plan = {
  id: "shop",
  version: 3,
  currency: "CNY",
  rounding: { unit: "0.01" },
  ranks: [{ id: "Plain" }, { id: "Gold" }],
  rules: [
    {
      id: "Sales",
      kind: "walk",
      accrue: "paid",
      source: { event: "order", base: "net", factor: "1", aggregate: "none" },
      path: { tree: "sponsor", self: false, hold: "always", pay: { active: true }, index: "depth", mark_unpaid: false, max: 2 },
      rate: { mode: "absolute", table: { Plain: ["8%", "3%"], Gold: ["10%", "4.5%"] } },
    },
  ],
  limits: [],
};
const inForce: PlanVersion = {
  row: { version: 3, effective_from: "2026-01-01", plan: writePlan(plan), hash: "8f2c00112233", bound_ppm: 145_000 },
  in_force: true,
};
const doubt = {
  severity: "confirm",
  rule: "rank_inversion",
  reason: "inverted",
  law: "arithmetic",
  path: "plan.rules[0].rate.table",
  params: { rank: "Gold", index: "2" },
};
const ban = { severity: "block", rule: "binary", reason: "binary", law: null, path: "plan", params: {} };

const summary: SimulationSummary = {
  hash: "00",
  month: "2026-10",
  version: 3,
  orders: 12,
  net_minor: 100_000,
  before_minor: 100,
  after_minor: 150,
  gain: 1,
  lose: 0,
  same: 0,
  ratio_ppm: 1_500,
  bound_ppm: 145_000,
  costed_net_minor: 100_000,
  cost_minor: 60_000,
  spread: [
    { from_minor: 0, to_minor: 0, members: 0, sum_minor: 0 },
    { from_minor: 1, to_minor: 1000, members: 1, sum_minor: 50 },
  ],
};

let check: PlanCheck;
let versions: PlanVersion[];
let refuse: unknown;
let months: string[];
let asked: [string, unknown][];
let restore: () => void;
beforeEach(() => {
  vi.stubGlobal("CSS", { escape: (text: string) => text });
  asked = [];
  refuse = null;
  months = [];
  check = {
    text: inForce.row.plan,
    hash: "00",
    bound: "14.50%",
    bound_ppm: 145_000,
    limit: null,
    rules: [
      { rule: "Sales", bound: "14.50%", bound_ppm: 145_000, why: { code: "rates", beta: "1", factor: "1", highest: ["0.1", "0.045"] } },
    ],
    worst: {
      places: [
        { rank: null, amount: "0", share_ppm: 0 },
        { rank: "Gold", amount: "100000", share_ppm: 100_000 },
      ],
      net: "1000000",
      paid: "145000",
      share: "14.50%",
      reaches_bound: true,
    },
    findings: [doubt],
    jurisdiction: "none",
    as_of: "2026-01-01",
    amounts: ["net"],
    tags: [],
  };
  versions = [inForce];
  const answers: Record<string, () => unknown> = {
    plans: () => versions,
    plan_gallery: () => [{ id: "two", name: "Two-level retail", about: "…", text: inForce.row.plan, bound: "14.50%", forbidden: false }],
    compare_plans: () => [{ part: "rule", id: "Sales", path: ["rate", "table", "Gold", "2"], before: "4.5%", after: "5.5%" }],
    check_plan: () => {
      if (refuse) throw refuse;
      return check;
    },
    try_plan: () => [
      { depth: 1, rule: "Sales", amount_micro: 10_240_000_000, why: { way: "rate", rate: "0.08", base: "1280", factor: "1" } },
    ],
    activate_plan: () => [inForce],
    months: () => months,
    simulation: () => ({
      summary,
      page: {
        count: 1,
        rows: [{ member: "m1", number: "M1", name: "Member 1", before_minor: 100, after_minor: 150, difference_minor: 50 }],
      },
    }),
    simulate_plan: () => 7,
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

async function openPlan(role: "manager" | "owner", first = "At most, of money received") {
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
  await screen.findByText(first, undefined, { timeout: 10_000 });
  return shown;
}
/** A draft is put into force only once the books have checked what stands there: until then the button waits, and so does this. */
async function putIntoForce() {
  const button = screen.getByRole("button", { name: /Put into force/ });
  await waitFor(() => expect(button.hasAttribute("disabled")).toBe(false), { timeout: 10_000 });
  await userEvent.click(button);
  return screen.findByRole("dialog");
}
const lastOf = <T,>(name: string): T => asked.filter(([one]) => one === name).at(-1)?.[1] as T;

it("checks and works the example anew as a rate is typed", async () => {
  const { container } = await openPlan("owner");
  await screen.findByText("102.40");
  expect(await faults(container)).toEqual([]);
  const cell = screen.getByLabelText("Gold L2 %");
  fireEvent.change(cell, { target: { value: "５．５" } });
  await waitFor(() => {
    const rule = readPlan(lastOf<string>("check_plan")).rules[0] as WalkRule;
    expect(rule.rate.table).toEqual({ Plain: ["8%", "3%"], Gold: ["10%", "5.5%"] });
  });
});

it("says beside the field what is wrong with it and what the law says of it", async () => {
  await openPlan("owner");
  await screen.findByText(/promotion would lower their pay/);
  refuse = { failure: "refused", refusal: { code: "not_a_plan", path: "plan.rules[0].rate.table.Gold[1]", reason: "101 is out of range" } };
  fireEvent.change(screen.getByLabelText("Gold L2 %"), { target: { value: "101" } });
  const alert = await screen.findByText(/101 is out of range/);
  expect(alert.closest("aside")).toBeNull();
  expect(screen.getByRole("button", { name: /Put into force/ }).hasAttribute("disabled")).toBe(true);
});

it("begins from the gallery where there is no plan", async () => {
  versions = [];
  const { container } = await openPlan("owner", "How shall the shop pay its members?");
  await userEvent.click(await screen.findByRole("button", { name: "Begin with this: Two-level retail" }));
  expect(await screen.findByLabelText("Gold L1 %")).toBeTruthy();
  expect(screen.queryByRole("button", { name: /Back to/ })).toBeNull();
  expect(await faults(container)).toEqual([]);
});

it("adds, moves and removes rules, and gives back what was removed", async () => {
  await openPlan("owner");
  await userEvent.click(screen.getByRole("button", { name: "Add a rule" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "a fund that is shared" }));
  await waitFor(() => expect(readPlan(lastOf<string>("check_plan")).rules.map((rule) => rule.kind)).toEqual(["walk", "pool"]));
  await userEvent.click(screen.getByRole("button", { name: "Earlier: Rule 2" }));
  await waitFor(() => expect(readPlan(lastOf<string>("check_plan")).rules.map((rule) => rule.kind)).toEqual(["pool", "walk"]));
  await userEvent.click(screen.getByRole("button", { name: "Remove rule: Rule 2" }));
  await waitFor(() => expect(readPlan(lastOf<string>("check_plan")).rules.map((rule) => rule.kind)).toEqual(["walk"]));
});

it("says in words what differs from the version in force", async () => {
  await openPlan("owner");
  fireEvent.change(screen.getByLabelText("Gold L2 %"), { target: { value: "5.5" } });
  await waitFor(() =>
    expect(readPlan(lastOf<string>("check_plan")).rules[0]).toMatchObject({ rate: { table: { Gold: ["10%", "5.5%"] } } }),
  );
  await userEvent.click(screen.getByRole("button", { name: "Compare…" }));
  const dialog = await screen.findByRole("dialog");
  await within(dialog).findByText("Gold: depth 2 pays 5.50% instead of 4.50%");
  expect(await faults(dialog)).toEqual([]);
});

it("asks the owner to accept what the check doubts, one by one", async () => {
  await openPlan("owner");
  const dialog = await putIntoForce();
  const act = within(dialog).getByRole("button", { name: "Put version 4 into force from 2026-11-22" });
  expect(act.hasAttribute("disabled")).toBe(true);
  expect(await faults(dialog)).toEqual([]);
  await userEvent.type(within(dialog).getByLabelText(/promotion would lower their pay/), "Only for the pilot");
  await userEvent.click(act);
  await waitFor(() =>
    expect(lastOf<PlanDraft>("activate_plan")).toMatchObject({
      effective_from: "2026-11-22",
      acknowledged: [{ rule: "rank_inversion", words: "Only for the pilot" }],
    }),
  );
});

it("lets nobody put a forbidden plan into force", async () => {
  check = { ...check, findings: [ban] };
  await openPlan("owner");
  const dialog = await putIntoForce();
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
