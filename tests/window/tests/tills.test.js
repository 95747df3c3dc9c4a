// Several tills: the shop is linked to a real meeting place by keyboard, a code for a further till is shown, and the corner says how things stand.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { answer, fillShelves, setUp } from "../shop.js";
import { Key, openWindow } from "../window.js";

const program = join(dirname(process.env.BANYAN_WINDOW ?? ""), `banyan-cloud${process.platform === "win32" ? ".exe" : ""}`);
let window;
let folder;
let place;
let address;

/** The meeting place as a process of its own; it prints its address first. */
const open = (listen) =>
  new Promise((resolve, reject) => {
    place = spawn(program, ["serve", "--listen", listen, "--database", join(folder, "cloud.sqlite")], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    place.once("error", reject);
    place.once("exit", (code) => reject(new Error(`the meeting place ended: ${code}`)));
    place.stdout.once("data", (text) => resolve(String(text).split("\n")[0].trim()));
  });
const close = () =>
  new Promise((resolve) => {
    place.removeAllListeners("exit");
    place.once("exit", resolve);
    place.kill("SIGKILL");
  });

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "banyan-cloud-"));
  address = await open("127.0.0.1:0");
  window = await openWindow();
  await setUp(window);
  await fillShelves(window);
  await window.size(1440, 900);
});

after(async () => {
  await window?.close();
  await close();
  await rm(folder, { recursive: true, force: true });
});

test("the shop is linked by keyboard, and the corner says that everything is there", async () => {
  await window.go("/settings?part=tills");
  await window.see("Address of the meeting place");
  await window.audit("tills-alone");
  await window.tabTo("Address of the meeting place");
  await window.keys("http://127.0.0.1:1", Key.TAB, "Front", Key.ENTER);
  await window.see("Nobody answers at");
  await window.tabTo("Address of the meeting place", { back: true });
  await window.chord(Key.CONTROL, "a");
  await window.keys(address, Key.ENTER);
  await window.see("Tills of this shop");
  await window.see(/All sales uploaded/);
  const status = await answer(window, "sync_status", null);
  assert.deepEqual([status.link.address, status.link.name, status.waiting], [address, "Front", 0]);
});

test("a code for a further till is shown with its address, in both languages and themes", async () => {
  await window.tabTo("Name of the new till");
  await window.keys("Back room", Key.ENTER);
  await window.see("Good until");
  await window.see(/[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}/);
  await window.audit("tills-code");
  await window.keys(Key.ESCAPE);
  await window.audit("tills-linked");
});

test("what does not fit together is a task: each till's part in it, and one key for the proposal", async () => {
  const { rows } = await answer(window, "products", { filter: {}, window: { offset: 0, limit: 2 } });
  for (const row of rows)
    await answer(window, "adjust_stock", { product: row.product, by_milli: -row.stock_milli - 2000, reason: "loss", note: null });
  await window.chord(Key.ALT, "9");
  await window.see(/2 more of .* was sold than was there/);
  await window.audit("tasks");
  await window.keys(Key.ENTER);
  await window.see("What each till did");
  await window.audit("tasks-one");
  await window.keys(Key.ESCAPE);
  await window.gone("button", /Accept/);
  await window.keys("a");
  await window.see("Done as proposed");
  const left = await answer(window, "tasks", null);
  assert.equal(left.length, 1);
  const shelf = await answer(window, "products", { filter: {}, window: { offset: 0, limit: 2 } });
  assert.deepEqual(
    shelf.rows.map((row) => row.stock_milli).sort((one, other) => one - other),
    [-2000, 0],
  );
});

test("while the meeting place is away the corner says so and what waits; when it is back, that all is sent", async () => {
  await close();
  await answer(window, "save_product", { card: { code: "AWAY", name: "Away", price_minor: 100 } });
  await window.see(/waiting, offline/);
  await window.audit("tills-offline");
  await open(new URL(address).host);
  await window.see(/All sales uploaded/);
  assert.equal((await answer(window, "sync_status", null)).waiting, 0);
  await window.look(
    `localStorage.setItem("banyan.workstation", JSON.stringify({ ...JSON.parse(localStorage.getItem("banyan.workstation") ?? "{}"), language: "zh-CN", theme: "dark" })); window.location.reload();`,
  );
  await window.see("待办");
  await window.go("/settings?part=tills");
  await window.see("本店的收银台");
  await window.see("已全部上传");
  await window.audit("tills-linked-zh-dark");
  await window.chord(Key.ALT, "9");
  await window.see("把货架数量调为 0");
  await window.keys(Key.ENTER);
  await window.see("各收银台做了什么");
  await window.audit("tasks-zh-dark");
});
