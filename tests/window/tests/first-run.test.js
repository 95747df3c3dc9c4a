import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { answer, OWNER, setUp, WORDS } from "../shop.js";
import { Key, openWindow } from "../window.js";

for (const language of ["en", "zh-CN"]) {
  test(`first run in ${language}: the language of the system, a shop by keyboard, then the till`, async () => {
    const window = await openWindow({ language });
    try {
      await window.see(WORDS[language].setup);
      assert.equal(await window.look("return document.documentElement.lang;"), language);
      await setUp(window, { language });
      await window.see(OWNER.name);
      const state = await answer(window, "setup_state", null);
      assert.deepEqual(
        { name: state.shop.name, currency: state.shop.currency, language: state.shop.language, sample: state.shop.sample, role: state.session.role },
        { name: "朝阳店", currency: "CNY", language, sample: false, role: "owner" },
      );
      await window.picture(`till-empty-${language}`);
    } finally {
      await window.close();
    }
  });

  test(`the first screen in ${language} can be used by everyone`, async () => {
    const window = await openWindow({ language });
    try {
      await window.see(WORDS[language].setup);
      await window.audit(`first-run-${language}`);
    } finally {
      await window.close();
    }
  });
}

test("first run: what is missing is said beside its field, and nothing is opened", async () => {
  const window = await openWindow();
  try {
    await window.see(WORDS.en.setup);
    await window.keys(Key.ENTER);
    await window.see(WORDS.en.fill);
    assert.match(await window.focused(), /^Shop name/);
    assert.equal((await answer(window, "setup_state", null)).shop, null);
  } finally {
    await window.close();
  }
});

test("a shop of yesterday asks for the PIN, says no to a wrong one and lets the owner in", async () => {
  const first = await openWindow();
  await setUp(first);
  await first.close({ forget: false });
  const window = await openWindow({ folder: first.folder });
  try {
    await window.see(WORDS.en.signIn);
    await window.audit("sign-in");
    await window.keys("1379", Key.ENTER);
    await window.see(WORDS.en.notThePin);
    assert.equal((await window.ask("settings", null)).failure.refusal.code, "nobody_signed_in");
    await window.keys(OWNER.pin, Key.ENTER);
    await window.see(WORDS.en.ready);
  } finally {
    await window.close();
  }
});

test("without a keyring a passphrase is asked for at each start, and is written nowhere", async () => {
  const passphrase = "camellia-oil-and-tea";
  const first = await openWindow({ keyring: false });
  await first.see(WORDS.en.passphrase);
  await first.audit("first-run-without-keyring");
  await setUp(first, { passphrase });
  await first.close({ forget: false });
  const window = await openWindow({ folder: first.folder, keyring: false });
  try {
    await window.see(WORDS.en.passphrase);
    await window.audit("passphrase");
    await window.keys("another-passphrase", Key.ENTER);
    await window.see("The passphrase does not fit.");
    await window.fill("Passphrase", passphrase);
    await window.keys(Key.ENTER);
    await window.see(WORDS.en.signIn);
    for (const file of await readdir(first.folder)) {
      if (!/banyan|vault/.test(file)) continue;
      assert.ok(!(await readFile(join(first.folder, file))).includes(passphrase), `${file} holds the passphrase`);
    }
  } finally {
    await window.close();
  }
});
