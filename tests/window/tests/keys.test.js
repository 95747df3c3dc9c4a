import assert from "node:assert/strict";
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { answer, fillShelves, OWNER, setUp, WORDS } from "../shop.js";
import { Key, openWindow } from "../window.js";

/** The groups of the recovery key as they stand on the screen, in order. */
const groupsOf = (window) =>
  window.look(`return [...document.querySelectorAll("ol[aria-label] li")].map((group) => group.lastChild.textContent.trim());`);

/** The two groups that are asked for, counted from 0, as their fields are called. */
const askedOf = (window) =>
  window.look(`return [...document.querySelectorAll("form label")].map((label) => label.innerText.match(/\\d/)).filter(Boolean).map(Number).map((place) => place - 1);`);

const sell = async (window, product) => {
  const sale = crypto.randomUUID();
  const ticket = { sale, lines: [{ product: product.product, qty_milli: 1000 }], tenders: [{ kind: "cash", amount_minor: 12_800 }] };
  return (await answer(window, "record_sale", ticket)).sale.number;
};

for (const language of ["en", "zh-CN"]) {
  test(`first run in ${language}: the recovery key is shown and proved by two of its groups, then the till`, async () => {
    const window = await openWindow({ language });
    try {
      await setUp(window, { language, key: true });
      await window.audit(`recovery-key-${language}`);
      const groups = await groupsOf(window);
      assert.deepEqual([groups.length, new Set(groups.map((group) => group.length)).size, groups[0].length], [7, 1, 4]);
      const [first, second] = await askedOf(window);
      // A slip is told, and nothing is proved by it.
      await window.keys(groups[second], Key.TAB, groups[first], Key.ENTER);
      await window.see(language === "en" ? "These are not the groups asked for." : "这不是所要求的两组");
      assert.equal((await answer(window, "safety", null)).recovery_proved, false);
      const fields = language === "en" ? [`Group ${first + 1}`, `Group ${second + 1}`] : [`第 ${first + 1} 组`, `第 ${second + 1} 组`];
      await window.fill(fields[0], groups[first].toLowerCase());
      await window.fill(fields[1], groups[second]);
      await window.keys(Key.ENTER);
      await window.see(WORDS[language].ready);
      assert.equal((await answer(window, "safety", null)).recovery_proved, true);
      await window.go("/keys");
      await window.see(language === "en" ? "Everywhere" : "任何画面");
      await window.audit(`keyboard-card-${language}`);
      // What lies on the disk is no database that anybody can read.
      const file = await readFile(join(window.folder, "shop.banyan"));
      assert.ok(!file.includes("SQLite format 3") && !file.includes(OWNER.name));
    } finally {
      await window.close();
    }
  });
}

test("a copy is made, gone back to in two presses, and carried to a computer that has nothing but the key", async () => {
  const window = await openWindow();
  const bag = await mkdtemp(join(tmpdir(), "banyan-bag-"));
  let key;
  try {
    await setUp(window);
    const { products } = await fillShelves(window);
    const before = await sell(window, products[0]);
    await window.go("/settings?part=data");
    await window.see("There is no copy yet.");
    await window.click("button", "Make a copy now");
    await window.see(/\d [kM]B/);
    await window.audit("copies");
    const after = await sell(window, products[0]);

    await window.click("button", /^Restore the copy of/);
    await window.see("What was recorded since then leaves the books.");
    await window.audit("restore");
    await window.click("button", /^Go back to 20/);
    await window.see(WORDS.en.signIn);
    await window.focus("PIN");
    await window.keys(OWNER.pin, Key.ENTER);
    await window.see("Before a restore");
    const sales = await answer(window, "sales", { filter: {}, window: { offset: 0, limit: 10 } });
    assert.deepEqual(
      sales.rows.map((row) => row.number),
      [before],
    );
    const next = await sell(window, products[0]);
    assert.ok(next.split("-")[0] !== after.split("-")[0], `${next} goes on under a new letter`);

    // The key is found again in the settings, for who knows the PIN.
    await window.go("/settings?part=data");
    await window.click("button", "Show the recovery key…");
    await window.keys("1379", Key.ENTER);
    await window.see("That is not the PIN.");
    await window.audit("recovery-pin");
    const copies = (await answer(window, "safety", null)).copies;
    await copyFile(copies.find((copy) => copy.kind === "before_restore").path, join(bag, "carried.banyan"));
    await answer(window, "sign_out", null);
    await new Promise((later) => setTimeout(later, 1_500));
    const [owner] = await answer(window, "people", null);
    await answer(window, "sign_in", { person: owner.person, pin: OWNER.pin });
    key = (await answer(window, "recovery_key", OWNER.pin)).groups;
  } finally {
    await window.close();
  }

  // A computer whose keyring is empty: this one's knows the key already, so the file is met without any keyring at all.
  const other = await openWindow({ keyring: false });
  try {
    await other.see(WORDS.en.setup);
    await other.click("button", "I have books already…");
    await other.see("Bring your books");
    await other.fileChosen(join(bag, "carried.banyan"));
    await other.click("button", "Choose the copy…");
    await other.see("carried.banyan");
    await other.audit("bring-books");
    await other.fill("Recovery key", key.join(" ").toLowerCase());
    await other.fill("Passphrase of this device", "camellia-oil-and-tea");
    await other.keys(Key.ENTER);
    await other.see(WORDS.en.signIn, 30_000);
    await other.focus("PIN");
    await other.keys(OWNER.pin, Key.ENTER);
    await other.see(WORDS.en.ready);
    assert.equal((await answer(other, "sales", { filter: {}, window: { offset: 0, limit: 10 } })).count, 2);
  } finally {
    await other.close();
    await rm(bag, { recursive: true, force: true });
  }
});

test("a file that came by itself asks for its key; a report is shown before it is saved; a crash is told once", async () => {
  const first = await openWindow({ keyring: false });
  await setUp(first, { passphrase: "camellia-oil-and-tea" });
  const key = (await answer(first, "recovery_key", OWNER.pin)).groups.join(" ");
  await first.close({ forget: false });
  // Only the file goes along: its vault stays behind.
  await rm(join(first.folder, "shop.vault"));
  // And what a program leaves that fell.
  await mkdir(join(first.folder, "shop-logs"), { recursive: true });
  await writeFile(join(first.folder, "shop-logs", "crash.txt"), `${Date.now()}\ntill.rs:3: it fell`);
  const window = await openWindow({ folder: first.folder, keyring: false });
  try {
    await window.see("These books are locked");
    await window.audit("locked");
    await window.keys("AAAA BBBB CCCC DDDD EEEE FFFF GGGG", Key.TAB, "camellia-oil-and-tea", Key.ENTER);
    await window.see("This is no recovery key");
    await window.fill("Recovery key", key);
    await window.keys(Key.ENTER);
    await window.see(WORDS.en.signIn, 30_000);
    await window.focus("PIN");
    await window.keys(OWNER.pin, Key.ENTER);
    await window.see(WORDS.en.ready);

    await window.go("/settings?part=data");
    await window.see("The program stopped by itself at");
    await window.audit("crash");
    await window.click("button", "Understood");
    await window.seeNoMore("The program stopped by itself at");
    await window.click("button", "Make a report…");
    const text = await (await window.find("textbox", "All that it holds")).getAttribute("value");
    assert.ok(text.includes("verify: whole"), text);
    assert.ok(text.includes("Banyan 0.1.0"));
    await window.audit("report");
    await window.click("button", "Do not save it");
  } finally {
    await window.close();
  }
});
