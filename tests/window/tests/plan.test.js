import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { answer, setUp } from "../shop.js";
import { openWindow } from "../window.js";

let window;

before(async () => {
  window = await openWindow();
  await setUp(window);
  await window.go("/plan");
});

after(() => window?.close());

test("two levels are written, and what they can cost at most stands beside them", async () => {
  await window.see("How shall the shop pay its members?");
  await window.audit("plan-begin");
  await window.click("button", "Begin with this: Two-level retail");
  await window.fill("Every member L1 %", "8");
  await window.fill("Every member L2 %", "4.5");
  await window.see("12.50%");
  // The worked example: 1,280.00 × 8 % and × 4.5 %.
  await window.see("102.40");
  await window.see("57.60");
  await window.audit("plan-two-levels");
});

test("the plan is put into force and is version 1", async () => {
  await window.click("button", "Put into force");
  await window.find("button", "Put version 1 into force");
  await window.audit("plan-put-into-force");
  await window.click("button", "Put version 1 into force");
  await window.see("version 1 in force since");
  const [version] = await answer(window, "plans", null);
  assert.equal(version.row.bound_ppm, 125_000);
  assert.deepEqual(JSON.parse(version.row.plan).rules[0].rate.table, { "*": ["8%", "4.5%"] });
});
