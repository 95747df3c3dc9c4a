// Sponsors at the till by keyboard: the owner sets the terms, a member names a sponsor by the code that is shown, and a poster carries it.
import assert from "node:assert/strict";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { answer, setUp } from "../shop.js";
import { Key, openWindow } from "../window.js";

let window;
let sponsor;
let member;

before(async () => {
  window = await openWindow();
  await setUp(window);
  const enrol = async (name) => (await answer(window, "enrol_member", { card: { name, active: true }, sponsor: null })).row;
  sponsor = await enrol("林芳");
  member = await enrol("王二");
});

after(() => window?.close());

test("the terms of binding explain themselves, and are set by the owner", async () => {
  await window.go("/settings?part=binding");
  await window.see("as long as nothing was bought");
  await window.audit("settings-binding");
  await window.select(/Another member takes over$/, "After days of protection");
  await window.fill("Days of protection", "30");
  await window.keys(Key.TAB);
  await window.chord(Key.CONTROL, "s");
  await window.see("Settings saved");
  const { binding } = await answer(window, "settings", null);
  assert.deepEqual(binding.takeover, { takeover: "after", days: 30 });
});

test("a member names a sponsor by the code on the sponsor's poster", async () => {
  const { referral } = await answer(window, "member", sponsor.member);
  await window.go(`/members?open=${member.member}`);
  await window.see("Nobody stands above this member.");
  await window.tabTo("More about this member");
  await window.keys(Key.ENTER);
  await window.see("Name a sponsor…");
  await window.keys(Key.ENTER);
  await window.focus("Sponsor");
  await window.audit("member-bind");
  await window.keys(referral.toLowerCase());
  await window.find("option", "林芳");
  await window.keys(Key.ARROW_DOWN, Key.ENTER);
  await window.click("button", "Bind");
  await window.see("王二 now stands under 林芳");
  assert.equal((await answer(window, "member", member.member)).row.sponsor.member, sponsor.member);
});

test("the poster is written as a file", async () => {
  const path = join(window.folder, "poster.pdf");
  await window.fileChosen(path);
  await window.click("button", "More about this member");
  await window.click("menuitem", "Poster with the referral code…");
  await window.see("Saved:");
  assert.ok((await stat(path)).size > 5_000);
});
