import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { answer, fillShelves, setUp } from "../shop.js";
import { Key, openWindow } from "../window.js";

let window;

before(async () => {
  window = await openWindow();
  await setUp(window);
  await fillShelves(window);
});

after(() => window?.close());

test("F1 opens the handbook at the page of the screen, and Esc goes back", async () => {
  await window.go("/members");
  await window.see("欧阳小禾");
  await window.keys(Key.F1);
  await window.see("Nobody can stand in their own downline");
  await window.audit("handbook-members");
  await window.keys(Key.ESCAPE);
  await window.see("New member");

  await window.go("/till");
  await window.see("Scanner ready");
  await window.keys(Key.F1);
  await window.see("Keys of the till");
  await window.click("button", "Handbook: how to sell");
  await window.see("A sale never waits for the network");
  await window.audit("handbook-sell");
  await window.click("button", "The plan");
  await window.see("Versions are never changed, only followed by another");
});

test("the whole handbook is saved as one PDF by a key", async () => {
  const path = join(window.folder, "handbook.pdf");
  await window.go("/handbook");
  await window.see("All of it as PDF");
  await window.fileChosen(path);
  await window.chord(Key.ALT, "p");
  await window.see(path);
  const bytes = await readFile(path);
  assert.equal(bytes.subarray(0, 5).toString("latin1"), "%PDF-");
  assert.ok(bytes.length > 200_000, "with its pictures");
});

test("the shop's name and address are edited; what is typed is not lost by going elsewhere", async () => {
  await window.go("/settings?part=shop");
  await window.fill("Shop name", "满陇茶庄");
  await window.fill("Address", "虎跑路 39 号");
  await window.chord(Key.CONTROL, "3");
  await window.see("What you typed here is not saved yet.");
  await window.audit("settings-unsaved");
  await window.click("button", "Go on editing");
  await window.seeNoMore("What you typed here is not saved yet.");
  await window.chord(Key.CONTROL, "s");
  await window.see("Settings saved");
  await window.see("满陇茶庄");
  const settings = await answer(window, "settings", null);
  assert.deepEqual([settings.shop_name, settings.address], ["满陇茶庄", "虎跑路 39 号"]);
  assert.equal((await answer(window, "setup_state", null)).shop.name, "满陇茶庄");

  await window.chord(Key.CONTROL, "3");
  await window.see("New member");
});

test("a card half written asks before another is opened", async () => {
  await window.keys("n");
  await window.find("textbox", "Phone");
  await window.keys("陈晓");
  await window.keys(Key.ESCAPE);
  await window.see("What you typed here is not saved yet.");
  await window.click("button", "Discard them");
  await window.seeNoMore("Enrol");
  const filter = { search: "陈晓", rank: null, level: null, sponsor: null, frozen: null, sort: null, descending: false };
  assert.equal((await answer(window, "members", { filter, window: { offset: 0, limit: 5 } })).count, 0);
});
