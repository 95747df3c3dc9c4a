/** The distribution graph by keyboard: a long branch and a deep one, the jump to somebody, and the three views. */
import { after, before, test } from "node:test";
import { answer, fillShelves, order, setUp } from "../shop.js";
import { Key, openWindow } from "../window.js";

let window;

const enrol = async (number, name, sponsor) => (await answer(window, "enrol_member", { number, card: { name }, sponsor })).row.member;

before(async () => {
  window = await openWindow();
  await setUp(window);
  const { products, sponsor, buyer } = await fillShelves(window);
  // A hundred and twenty under one, and a line of twelve.
  for (let one = 0; one < 120; one += 1) await enrol(`W${String(one).padStart(3, "0")}`, `宽${one}`, sponsor.row.member);
  let above = buyer.row.member;
  for (let one = 0; one < 12; one += 1) above = await enrol(`D${String(one).padStart(2, "0")}`, `Deep ${one}`, above);
  await answer(window, "record_sale", {
    sale: crypto.randomUUID(),
    lines: [{ product: products[0].product, qty_milli: 1000 }],
    member: above,
    tenders: [{ kind: "cash", amount_minor: 12_800 }],
  });
  await window.go("/members/graph");
  await window.find("row", /M0001/);
});

after(() => window?.close());

test("the tree is opened, walked and folded by keys alone", async () => {
  await window.click("row", /M0001/);
  await window.keys(Key.ARROW_RIGHT);
  // The larger branch stands first among those below.
  await window.find("row", /M0002/);
  await window.audit("graph-tree");
  await window.keys(Key.ARROW_RIGHT, Key.ARROW_RIGHT, Key.ARROW_RIGHT);
  await window.find("row", /D00/);
  await window.keys(Key.END);
  await window.see("21 more");
  await window.keys(Key.ENTER);
  await window.seeNoMore("21 more");
  await window.keys(Key.END);
  await window.find("row", /W119/);
  // Typing goes to a name: round the end to the top.
  await window.keys("欧");
  await window.find("button", "欧阳小禾");
  await window.keys(Key.HOME, Key.ARROW_LEFT);
  await window.seeNoMore("M0002");
});

test("a search opens the whole way down and the path of commission says it", async () => {
  await window.click("textbox", "Go to a member");
  await window.keys("D11");
  await window.find("option", "Deep 11");
  await window.gone("option", "Deep 10");
  await window.keys(Key.ARROW_DOWN, Key.ENTER);
  await window.find("row", /D11/);
  await window.find("button", "Deep 10");
});

test("the lineage and the overview show the same branch", async () => {
  await window.chord(Key.ALT, "l");
  await window.find("button", /Deep 11, D11: group 128/);
  await window.audit("graph-lineage");
  await window.click("button", "Whole shop");
  await window.chord(Key.ALT, "o");
  await window.find("button", /李伟: 134 members, 128/);
  await window.audit("graph-overview");
});

test("someone joins at the till by keys: a phone and a sponsor", async () => {
  await window.go("/till");
  await window.see("Scanner ready");
  await window.keys(Key.F7);
  await window.find("textbox", "Phone");
  await window.audit("till-enrol");
  // Digits at this pace and a Tab would be a scan: a person rests before the next field.
  await window.keys("13700137042");
  await new Promise((later) => setTimeout(later, 900));
  await window.keys(Key.TAB, "D11");
  await window.find("option", "Deep 11");
  await window.keys(Key.ARROW_DOWN, Key.ENTER, Key.TAB, Key.ENTER);
  await window.see("7042 is member");
  await window.see("137 0013 7042");
});

test("the same in Chinese and in the dark", async () => {
  await order(window, "中文", "深色");
  await window.go("/members/graph");
  await window.find("row", /M0001/);
  await window.audit("graph-tree-zh-CN-dark");
  await window.chord(Key.ALT, "o");
  // With the one who joined at the till.
  await window.see("135 位会员");
  await window.audit("graph-overview-zh-CN-dark");
});
