// Member levels by keyboard alone: the till says what the sale makes of the level, the member's page says why, and a manager gives one by hand.
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
  const settings = await answer(window, "settings", null);
  const level = (threshold, gift) => ({
    price_share_ppm: 1_000_000,
    points_ppm: 1_000_000,
    growth: { threshold, valid_days: 365, keep: 50, gift, birthday: 0 },
  });
  const levels = { Silver: level(100, 20), Gold: level(1000, 0) };
  await answer(window, "save_settings", { ...settings, levels, growth: { ...settings.growth, per_unit: 1 } });
});

after(() => window?.close());

const told = () => answer(window, "member_levels", { member: buyer, window: { offset: 0, limit: 9 } });

test("the settings say in a sentence what each level asks for and gives", async () => {
  await window.go("/settings?part=levels");
  await window.see("Whoever has 1,000 growth becomes Gold. It lasts 365 days; with 50 more growth in them it lasts as long again.");
  await window.see("Reaching it brings 20 points");
  await window.audit("settings-levels");
});

test("the till shows growth and level before and after, and the sale brings them", async () => {
  await window.go("/till");
  await window.see("Scanner ready");
  await window.code("M0002");
  await window.code(goods.barcodes[0]);
  await window.see("Growth 0 → 128 · Level no level → Silver · 20 points for the level · 872 to Gold");
  await window.audit("till-levels");
  await window.keys(Key.F5);
  await window.see(/Taken: \S+/);
  const { level, growth } = await told();
  assert.deepEqual([level, growth], ["Silver", 128]);
});

test("a manager gives a level by hand, and the page lists every change with its reason", async () => {
  await window.go(`/members?open=${buyer}`);
  await window.see("growth 128 ≥ 100");
  await window.tabTo("Give a level by hand");
  await window.keys(Key.ENTER);
  await window.focus("Reason");
  await window.keys(Key.ENTER);
  await window.see("Say why the level is given.");
  await window.keys(...Array.from("An old customer"), Key.ENTER);
  await window.see("An old customer");
  await window.see("by hand");
  await window.audit("member-levels");
  const { page } = await told();
  assert.deepEqual(
    page.rows.map((row) => row.why),
    ["by_hand", "reached"],
  );
});

test("the same in Chinese and in the dark", async () => {
  await window.look(
    `localStorage.setItem("banyan.workstation", JSON.stringify({ ...JSON.parse(localStorage.getItem("banyan.workstation") ?? "{}"), language: "zh-CN", theme: "dark" })); window.location.reload();`,
  );
  await window.see("成长值 128 ≥ 100");
  await window.audit("member-levels-zh-dark");
  await window.go("/settings?part=levels");
  await window.see("成长值满 1,000 即为 Gold。");
  await window.audit("settings-levels-zh-dark");
});
