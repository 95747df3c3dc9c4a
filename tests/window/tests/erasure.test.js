// A person asks what the shop knows of them, and then to be forgotten: by keyboard, with what stays and what goes said beforehand.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { answer, setUp } from "../shop.js";
import { Key, openWindow } from "../window.js";

let window;
let member;

before(async () => {
  window = await openWindow();
  await setUp(window);
  const card = { name: "李静", phone: "13812345678", active: true, birthday: "05-21", note: "左撇子" };
  member = (await answer(window, "enrol_member", { card, sponsor: null })).row;
  await window.go(`/members?open=${member.member}`);
  await window.see("左撇子");
});

after(() => window?.close());

test("everything that is known of a member is one file", async () => {
  const path = join(window.folder, "known.json");
  await window.fileChosen(path);
  await window.tabTo("More about this member");
  await window.keys(Key.ENTER);
  await window.see("Everything known, as a file…");
  await window.audit("member-personal");
  await window.keys(Key.ARROW_DOWN, Key.ARROW_DOWN, Key.ARROW_DOWN, Key.ENTER);
  await window.see("Saved:");
  const known = JSON.parse(await readFile(path, "utf8"));
  assert.equal(known.member.card.note, "左撇子");
});

test("a member is erased with the typed number and a reason, and nothing personal is left on the screen or in the answers", async () => {
  await window.click("button", "More about this member");
  await window.click("menuitem", "Erase the personal data…");
  await window.see("It cannot be undone");
  await window.focus(`Type ${member.number} to be sure`);
  await window.keys("M999999", Key.TAB, "asked for it");
  await window.audit("member-erase");
  await window.keys(Key.ENTER);
  assert.equal((await answer(window, "member", member.member)).row.card.name, "李静", "the wrong number erases nobody");
  await window.fill(`Type ${member.number} to be sure`, member.number);
  await window.keys(Key.ENTER);
  await window.see(`The personal data of ${member.number} are erased`);
  await window.see("Number, place and figures stay");
  const text = await window.text();
  for (const personal of ["李静", "138 1234 5678", "左撇子"]) assert.ok(!text.includes(personal), personal);
  const { row } = await answer(window, "member", member.member);
  assert.deepEqual([row.card.name, row.card.phone], [member.number, null]);
  await window.audit("member-erased");
});
