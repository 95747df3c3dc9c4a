/** A small shop to drive: who owns it, what it sells, who buys. */
import assert from "node:assert/strict";
import { Key } from "./window.js";

export const OWNER = { name: "王芳", pin: "2580" };

/** What the tests read on the screens, in both languages. */
export const WORDS = {
  en: {
    setup: "Open your shop",
    shopName: "Shop name",
    owner: "Your name, as the owner",
    again: "The same PIN again",
    sample: "Try with a sample shop",
    open: "Open the shop",
    recovery: "Your recovery key",
    later: "Later",
    fill: "Fill this in.",
    till: "Till",
    ready: "Scanner ready",
    change: "Change",
    taken: /Taken: \S+/,
    signIn: "Sign in",
    notThePin: "That is not the PIN.",
    passphrase: "Passphrase of this device",
    unknown: "No product or member has the code",
  },
  "zh-CN": {
    setup: "开设店铺",
    shopName: "店铺名称",
    owner: "店主姓名",
    again: "再次输入 PIN",
    sample: "用示例店铺试用",
    open: "开店",
    recovery: "您的恢复密钥",
    later: "以后再说",
    till: "收银",
    ready: "扫码枪就绪",
    change: "找零",
  },
};

/** Sets the shop up at the first screen, by keyboard alone, and waits for the till; the recovery key is left for later, unless `key` is asked for. */
export async function setUp(window, { language = "en", sample = false, name = "朝阳店", passphrase, key = false } = {}) {
  const words = WORDS[language];
  await window.see(words.setup);
  // The first field has the focus; the currency is passed over.
  await window.keys(name, Key.TAB, Key.TAB, OWNER.name, Key.TAB, OWNER.pin, Key.TAB, OWNER.pin, Key.TAB);
  if (passphrase) await window.keys(passphrase, Key.TAB);
  if (sample) await window.keys(Key.SPACE);
  await window.keys(Key.TAB, Key.ENTER);
  if (!sample) {
    await window.see(words.recovery);
    if (key) return;
    await window.click("button", words.later);
  }
  // Three months of sales are made by the real rules, one by one.
  await window.see(words.ready, sample ? 180_000 : undefined);
}

/** Asks the menu and insists on an answer. */
export async function answer(window, name, question) {
  const said = await window.ask(name, question);
  assert.ok("answer" in said, `${name} is refused: ${JSON.stringify(said.failure)}`);
  return said.answer;
}

/** Puts three products on the shelf and two members in the books, through the menu as the owner. */
export async function fillShelves(window) {
  const goods = [
    ["OIL", "6901234567892", "有机山茶油 500ml", 12_800],
    ["COFFEE", "6923450657713", "云南小粒咖啡 250g", 4_600],
    ["TEA", "4006381333931", "茉莉花茶 100g", 1_950],
  ];
  const products = [];
  for (const [code, barcode, name, price_minor] of goods) {
    products.push(await answer(window, "save_product", { card: { code, barcode, name, price_minor }, opening_milli: 20_000 }));
  }
  const sponsor = await answer(window, "enrol_member", { number: "M0001", card: { name: "李伟", phone: "13800138001" } });
  const buyer = await answer(window, "enrol_member", { number: "M0002", card: { name: "欧阳小禾", phone: "13800138002" }, sponsor: sponsor.row?.member ?? sponsor.member });
  return { products, barcodes: goods.map(([, barcode]) => barcode), names: goods.map(([, , name]) => name), sponsor, buyer };
}

/** Gives commands by the palette, one after another, as a person without a mouse does. */
export async function order(window, ...commands) {
  for (const command of commands) {
    await window.chord(Key.CONTROL, "k");
    await window.keys(command);
    await window.find("menuitem", new RegExp(command));
    await window.keys(Key.ENTER);
    await window.gone("menuitem", new RegExp(command));
  }
}
