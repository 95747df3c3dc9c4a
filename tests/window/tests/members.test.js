import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { answer, fillShelves, setUp } from "../shop.js";
import { Key, openWindow } from "../window.js";

let window;

before(async () => {
  window = await openWindow();
  await setUp(window);
  await fillShelves(window);
  await window.go("/members");
  await window.see("欧阳小禾");
});

after(() => window?.close());

const membersBy = async (search) => {
  const filter = { search, rank: null, level: null, sponsor: null, frozen: false, sort: null, descending: false };
  return (await answer(window, "members", { filter, window: { offset: 0, limit: 50 } })).rows;
};

/** Types into the field that has the focus, waits for the one who is found, and takes them. */
async function takeSponsor(typed, name) {
  await window.keys(typed);
  await window.find("option", name);
  await window.keys(Key.ARROW_DOWN, Key.ENTER);
}

test("someone joins by keyboard alone, under a sponsor found by initials", async () => {
  await window.audit("members-list");
  await window.keys("n");
  await window.find("textbox", "Phone");
  await window.keys("陈晓", Key.TAB, "13900139000", Key.TAB);
  await takeSponsor("lw", "李伟");
  await window.audit("members-enrol");
  await window.chord(Key.CONTROL, "s");
  await window.see("陈晓 is member");
  const [joined] = await membersBy("陈晓");
  assert.equal(joined.sponsor.name, "李伟");
  assert.match(joined.card.phone, /13900139000$/);
});

test("a member is found by initials", async () => {
  await window.fill("Find a member", "oyxh");
  await window.see("1 member");
  await window.find("row", "M0002");
  assert.equal(await window.has("row", "M0001"), false);
  await window.fill("Find a member", " ");
  await window.find("row", "M0001");
});

test("nobody is moved below their own downline", async () => {
  await window.click("row", "M0001");
  await window.click("button", "Move to another sponsor");
  await window.find("textbox", "New sponsor");
  await takeSponsor("oyxh", "欧阳小禾");
  await window.chord(Key.CONTROL, "s");
  await window.see("欧阳小禾 stands below 李伟");
  await window.audit("members-refused-sponsor");
  const [top] = await membersBy("M0001");
  assert.equal(top.sponsor, null);
});

/** A plan that pays pairs, lawful where no law speaks. */
const PAIRS = JSON.stringify({
  id: "pairs",
  version: 1,
  currency: "CNY",
  rounding: { unit: "0.01" },
  ranks: [],
  rules: [{ id: "pairs", kind: "pair", measure: "net", rate: { table: { "*": "10%" } }, pay: { active: true }, carry: "net_off" }],
  limits: [{ scope: "company", rate: "25%", of: "net" }],
});

test("a place in the binary tree is given by keyboard, beginning with the outermost that is free", async () => {
  const settings = await answer(window, "settings", null);
  await answer(window, "save_settings", { ...settings, jurisdiction: "none" });
  const check = await answer(window, "check_plan", PAIRS);
  const doubts = check.findings.filter((finding) => finding.severity === "confirm");
  const { today } = (await answer(window, "setup_state", null)).shop;
  await answer(window, "activate_plan", {
    text: PAIRS,
    effective_from: today,
    acknowledged: doubts.map(({ rule }) => ({ rule, words: "tried here" })),
  });
  const [buyer] = await membersBy("M0002");
  await window.keys(Key.ESCAPE, Key.ESCAPE);
  await window.go("/members");
  await window.click("row", "M0002");
  await window.see("Place in the binary tree");
  await window.click("button", "Give a place");
  await window.click("button", "Outermost right: under 李伟");
  await window.audit("members-placement");
  await window.chord(Key.CONTROL, "s");
  await window.see("欧阳小禾 now has a place under 李伟");
  await window.see("right leg");
  assert.equal((await answer(window, "placement", buyer.member)).row.side, "R");
});
