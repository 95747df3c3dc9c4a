// Two cards of one person become one, and a list gets a level: both say beforehand what they do.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { answer, setUp } from "../shop.js";
import { Key, openWindow } from "../window.js";

let window;
let stays;
let goes;

before(async () => {
  window = await openWindow();
  await setUp(window);
  const settings = await answer(window, "settings", null);
  const level = { price_share_ppm: 1_000_000, points_ppm: 1_000_000 };
  await answer(window, "save_settings", { ...settings, levels: { 银卡: level } });
  const enrol = async (name, phone, sponsor) => (await answer(window, "enrol_member", { card: { name, phone, active: true }, sponsor })).row;
  goes = await enrol("李静", "13812345678", null);
  await enrol("王二", null, goes.member);
  stays = await enrol("李静", "13912345678", null);
  await answer(window, "give_points", { member: goes.member, points: 120, reason: "补登" });
  await window.go(`/members?open=${stays.member}`);
  await window.see("No points have moved yet.");
});

after(() => window?.close());

test("another card goes into this one by keyboard, and shows what it holds before", async () => {
  await window.tabTo("More about this member");
  await window.keys(Key.ENTER);
  await window.see("Merge another card into this one…");
  await window.keys(Key.ARROW_DOWN, Key.ARROW_DOWN, Key.ENTER);
  await window.focus("The other card");
  await window.keys(goes.number);
  await window.find("option", "李静");
  await window.keys(Key.ARROW_DOWN, Key.ENTER);
  await window.see("120");
  await window.keys(Key.TAB, "同一人");
  await window.audit("member-merge");
  await window.keys(Key.ENTER);
  await window.see(`${goes.number} is one with ${stays.number} now`);
  await window.see("Cards that were merged into this one:");
  const { row } = await answer(window, "member", stays.member);
  assert.deepEqual([row.points, row.direct], [120, 2]);
  await window.audit("member-merged");
  await window.go(`/members?open=${goes.member}`);
  await window.see("This card was merged into:");
});

test("a level for a list is looked at first, then given", async () => {
  await window.go("/members");
  await window.click("button", "More with this list");
  await window.click("menuitem", "A level for all of them…");
  await window.see("A level for everybody in this list");
  await window.select(/Member level$/, "银卡");
  await window.fill("Reason", "开业");
  await window.keys(Key.ENTER);
  await window.see("The level changes for 3.");
  await window.audit("members-level-all");
  await window.click("button", "Change the level of 3 members");
  await window.see("The level of 3 members changed");
  assert.equal((await answer(window, "member", stays.member)).row.card.level, "银卡");
});
