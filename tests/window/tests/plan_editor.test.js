import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { answer, setUp } from "../shop.js";
import { Key, openWindow } from "../window.js";

let window;

before(async () => {
  window = await openWindow();
  await setUp(window, { sample: true });
  await window.size(1440, 900);
  await window.go("/plan");
  await window.see("version 1 in force since");
});

after(() => window?.close());

test("another plan is begun from the gallery, with what each costs and whether the law here allows it", async () => {
  await window.click("button", "File…");
  await window.click("menuitem", "Begin from the gallery");
  await window.see("Differential with equal-rank bonus");
  await window.see("forbidden here");
  await window.audit("plan-gallery");
  await window.click("button", "Begin with this: Two-level retail");
  await window.see("11.00%");
  await window.see("The costliest chain pays 11.00%, exactly the bound");
});

test("a rate is changed by keyboard, and bound, law and example follow", async () => {
  await window.fill("Every member L1 %", "9");
  await window.see("12.00%");
  // 1,280.00 × 9 %.
  await window.see("115.20");
  await window.fill("Every member L1 %", "40");
  await window.see("forbidden");
  await window.see("It can pay 43% of revenue");
  await window.audit("plan-editor-forbidden");
  await window.fill("Every member L1 %", "9");
  await window.see("12.00%");
});

test("what differs from the version in force is said in words", async () => {
  await window.click("button", "Compare");
  await window.see("everyone else now earns 9.00%, 3.00%");
  await window.see("the rank is gone");
  await window.audit("plan-compare");
  await window.keys(Key.ESCAPE);
});

test("the draft is tried on a past month, and only then put into force", async () => {
  await window.click("button", "Put into force");
  await window.click("button", "Try it on a past month");
  await window.click("button", "Try the plan on");
  await window.see("Who gains and who loses", 60_000);
  await window.see("Of money received");
  await window.audit("plan-simulation");
  await window.click("button", "View as table");
  await window.see("Together");
  await window.click("button", "Put into force");
  await window.see("Tried on");
  await window.click("button", "Put version 2 into force");
  await window.see("version 2 in force since");
  const [version] = await answer(window, "plans", null);
  assert.equal(version.row.bound_ppm, 120_000);
});

test("the same in Chinese and in the dark", async () => {
  await window.go("/settings?part=look");
  await window.select(/Language$/, "中文");
  await window.see("外观");
  await window.go("/plan");
  await window.see("第 2 版");
  await window.click("button", "文件…");
  await window.click("menuitem", "从范例开始");
  await window.click("button", "用它开始：级差制加平级奖");
  await window.see("差额合起来等于最高比例");
  await window.audit("plan-editor-zh-CN");
  await window.go("/settings?part=look");
  await window.select(/主题$/, "深色");
  await window.go("/plan");
  await window.see("差额合起来等于最高比例");
  await window.audit("plan-editor-zh-CN-dark");
  await window.click("button", "试算");
  await window.see("谁增加，谁减少");
  await window.audit("plan-simulation-zh-CN-dark");
});
