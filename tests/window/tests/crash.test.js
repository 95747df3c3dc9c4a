import assert from "node:assert/strict";
import { test } from "node:test";
import { answer, fillShelves, OWNER, setUp, WORDS } from "../shop.js";
import { Key, openWindow } from "../window.js";

test("an open ticket outlives a crash of the window", async () => {
  const crashing = await openWindow();
  await setUp(crashing);
  const shelf = await fillShelves(crashing);
  await crashing.code(shelf.barcodes[2]);
  await crashing.see("19.50");
  const kept = async () => (await answer(crashing, "held_sales", null)).some((row) => row.open);
  for (let tries = 0; !(await kept()); tries += 1) assert.ok(tries < 100, "the open ticket is never kept");
  await crashing.crash();
  const again = await openWindow({ folder: crashing.folder });
  try {
    await again.see(WORDS.en.signIn);
    await again.focus("PIN");
    await again.keys(OWNER.pin, Key.ENTER);
    await again.see(shelf.names[2]);
  } finally {
    await again.close();
  }
});
