// Groups of members by keyboard: who the customers are, a tag for a whole group and back, a view that is kept, and the list as a sheet.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { answer, fillShelves, setUp } from "../shop.js";
import { Key, openWindow } from "../window.js";

let window;
let goods;

before(async () => {
  window = await openWindow();
  await setUp(window);
  goods = await fillShelves(window);
  const settings = await answer(window, "settings", null);
  await answer(window, "save_settings", { ...settings, groups: { ...settings.groups, rfm_purchases: 1, rfm_minor: 10_000 } });
  await window.go("/till");
  await window.see("Scanner ready");
  await window.code("M0002");
  await window.code(goods.barcodes[0]);
  await window.see("128.00");
  await window.keys(Key.F5);
  await window.see(/Taken: \S+/);
});

after(() => window?.close());

test("the groups say who the customers are, and a group opens its list", async () => {
  await window.go("/members");
  await window.tabTo("Groups");
  await window.keys(Key.ENTER);
  await window.see("Life of a customer");
  await window.see("Often: 1 purchases or more. For much: 100.00 or more in all.");
  await window.audit("member-groups");
  await window.tabTo("Best customers");
  await window.keys(Key.ENTER);
  await window.see("欧阳小禾");
  await window.see("1 member");
  assert.ok(!(await window.text()).includes("M0001"), "who never bought is no best customer");
});

test("a tag goes on everybody in the list, and Undo takes it off again", async () => {
  await window.click("button", "More with this list");
  await window.click("menuitem", "Tag all of them…");
  await window.see("Tag everybody in this list");
  await window.focus("Tag");
  await window.keys("tea friends");
  await window.audit("member-groups-tag");
  await window.keys(Key.ENTER);
  await window.see("tea friends put on 1 member");
  assert.deepEqual((await answer(window, "member_words", null)).tags, ["tea friends"]);
  await window.click("button", "Undo");
  await window.see("Best customers");
  const until = Date.now() + 10_000;
  while ((await answer(window, "member_words", null)).tags.length > 0 && Date.now() < until);
  assert.deepEqual((await answer(window, "member_words", null)).tags, []);
});

test("a view is kept under a name and shows the same again", async () => {
  await window.click("button", "More with this list");
  await window.click("menuitem", "Keep this view…");
  await window.focus("Name");
  await window.keys("Our best", Key.ENTER);
  await window.see("The view Our best is kept");
  await window.go("/members");
  await window.see("M0001");
  await window.select(/Kept view/, "Our best");
  await window.seeNoMore("M0001");
  await window.see("欧阳小禾");
});

test("the list is written as a sheet", async () => {
  const path = join(window.folder, "members.csv");
  await window.fileChosen(path);
  await window.click("button", "More with this list");
  await window.click("menuitem", "As a CSV file…");
  await window.see("Saved:");
  assert.match(await readFile(path, "utf8"), /M0002,欧阳小禾/);
});

test("on the member's page a tag is typed on and pressed off; the same in Chinese and in the dark", async () => {
  const [row] = await answer(window, "find_members", "M0002");
  await window.go(`/members?open=${row.member}`);
  await window.tabTo("Another tag");
  await window.keys("regular", Key.ENTER);
  await window.find("button", "Take regular off");
  await window.audit("member-tags");
  await window.look(
    `localStorage.setItem("banyan.workstation", JSON.stringify({ ...JSON.parse(localStorage.getItem("banyan.workstation") ?? "{}"), language: "zh-CN", theme: "dark" })); window.location.reload();`,
  );
  await window.click("button", "去掉“regular”");
  await window.see("已去掉“regular”");
  await window.go("/members/groups");
  await window.see("客户生命周期");
  await window.audit("member-groups-zh-dark");
});

test("what is often bought with a line is offered, and goes on the ticket by its key", async () => {
  await window.look(
    `localStorage.setItem("banyan.workstation", JSON.stringify({ ...JSON.parse(localStorage.getItem("banyan.workstation") ?? "{}"), language: "en", theme: "light" })); window.location.reload();`,
  );
  // The window is asked only once it is there again.
  await window.see("Life of a customer");
  const [oil, , tea] = goods.products.map((row) => row.product);
  for (let receipt = 0; receipt < 3; receipt++) {
    const lines = [oil, tea].map((product) => ({ product, qty_milli: 1000, discount: null, gift: false, price_minor: null, label_minor: null }));
    const draft = { sale: crypto.randomUUID(), lines, discounts: [], points: 0, member: null, tenders: [] };
    const { quote } = await answer(window, "quote_sale", draft);
    await answer(window, "record_sale", { ...draft, tenders: [{ kind: "cash", amount_minor: quote.due_minor, reference: null }] });
  }
  await window.go("/till");
  await window.see("Scanner ready");
  await window.code(goods.barcodes[0]);
  await window.see("Often bought with it");
  await window.audit("till-often-bought");
  await window.chord(Key.ALT, "b");
  await window.see("147.50");
  await window.seeNoMore("Often bought with it");
});
