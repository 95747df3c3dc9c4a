// Points by keyboard alone: coming by at the till, what is locked and what runs out, and how the owner sets it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { answer, fillShelves, setUp } from "../shop.js";
import { Key, openWindow } from "../window.js";

let window;
let goods;
let buyer;

before(async () => {
  window = await openWindow();
  await setUp(window);
  goods = await fillShelves(window);
  buyer = goods.buyer.row?.member ?? goods.buyer.member;
});

after(() => window?.close());

const points = () => answer(window, "member_points", { member: buyer, window: { offset: 0, limit: 50 } });

test("the owner sets how long points are locked, when they run out and what coming by earns", async () => {
  await window.go("/settings?part=points");
  await window.see("Points for coming by");
  await window.audit("settings-points");
  const settings = await answer(window, "settings", null);
  const terms = { expiry: { by: "months", months: 1 }, announce_days: 60, sign_in: [3, 5], birthday: 50 };
  const asked = { ...settings, points: { ...settings.points, lock_days: 7 }, points_terms: terms };
  await answer(window, "save_settings", asked);
  await window.see("After months");
  await window.audit("settings-points-ageing");
  const today = new Date();
  const day = `${String(today.getMonth() + 1).padStart(2, "0")}-${String(today.getDate()).padStart(2, "0")}`;
  const { row } = await answer(window, "member", buyer);
  await answer(window, "save_member", { member: buyer, card: { ...row.card, birthday: day } });
});

test("a scan signs in for the day, once, and the till says what runs out", async () => {
  await window.go("/till");
  await window.see("Scanner ready");
  await window.chord(Key.ALT, "s");
  await window.see("Coming by");
  await window.code("M0002");
  await window.see(/欧阳小禾 is here, day 1 in a row: 3 points/);
  await window.code(goods.barcodes[0]);
  await window.see("128.00");
  await window.see("Here today, day 1 in a row");
  await window.see(/53 points run out|3 points run out/);
  await window.audit("till-points");
  await window.chord(Key.ALT, "s");
  await window.see("Signed in today already: day 1 in a row.");
  await window.keys(Key.ESCAPE);
  await window.keys(Key.F5);
  await window.see(/Taken: \S+/);
  await window.see("of these locked");
  await window.audit("till-points-taken");
  const { held, locked } = await points();
  assert.equal(locked, 128);
  assert.ok(held === 3 || held === 53, `${held}`);
});

test("the member's page says what is locked and until when each lasts", async () => {
  await window.go(`/members?open=${buyer}`);
  await window.see("128 more are locked");
  await window.see("can be spent from");
  await window.see("For coming by");
  await window.audit("member-points");
  await window.go("/settings?part=points");
  await window.see("Locked still");
  await window.audit("settings-points-owed");
});

test("the same in Chinese and in the dark", async () => {
  await window.look(`localStorage.setItem("banyan.workstation", JSON.stringify({ ...JSON.parse(localStorage.getItem("banyan.workstation") ?? "{}"), language: "zh-CN", theme: "dark" })); window.location.reload();`);
  await window.see("签到积分");
  await window.audit("settings-points-zh-dark");
  await window.go(`/members?open=${buyer}`);
  await window.see("签到");
  await window.audit("member-points-zh-dark");
  await window.go("/till");
  await window.see("扫码枪就绪");
  await window.code("M0002");
  await window.code(goods.barcodes[1]);
  await window.see("46.00");
  await window.see("今天已签到");
  await window.audit("till-points-zh-dark");
});
