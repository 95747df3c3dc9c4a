/** A print that is stuck, and labels: what a person sees and does about paper. A listener plays the printer. */
import assert from "node:assert/strict";
import { createServer } from "node:net";
import { after, before, test } from "node:test";
import { answer, fillShelves, setUp, WORDS } from "../shop.js";
import { Key, openWindow } from "../window.js";

const words = WORDS.en;
const jobs = [];
let window;
let goods;
let port;
let printer;

/** Listens as a printer does that says nothing of itself. */
const listen = (at) =>
  new Promise((ready) => {
    const server = createServer({ allowHalfOpen: true }, (line) => {
      const parts = [];
      line.on("data", (part) => parts.push(part));
      line.on("error", () => {});
      line.on("end", () => {
        jobs.push(Buffer.concat(parts));
        line.end();
      });
    });
    server.listen(at, "127.0.0.1", () => ready(server));
  });

const set = async (change) => answer(window, "save_settings", { ...(await answer(window, "settings", null)), ...change });
const here = (more = {}) => ({
  line: "network",
  address: `127.0.0.1:${port}`,
  baud: 9600,
  paper: "paper58",
  answers: false,
  drawer: false,
  picture: false,
  ...more,
});

before(async () => {
  const server = await listen(0);
  port = server.address().port;
  await new Promise((closed) => server.close(closed));
  window = await openWindow();
  await setUp(window);
  goods = await fillShelves(window);
  await set({ printer: here() });
});

after(async () => {
  await window?.close();
  printer?.close();
});

test("a sale goes on although nobody prints, and the till says why in plain words", async () => {
  await window.code(goods.barcodes[0]);
  await window.see("128.00");
  await window.keys(Key.F5);
  await window.see(words.taken);
  await window.see("Nothing prints at that address");
  await window.click("button", "Nothing prints at that address");
  await window.see("Print queue");
  await window.see("Nothing of it is on paper");
  await window.audit("print-queue-stuck");
  await window.keys(Key.ESCAPE);
  await window.seeNoMore("Print queue");
});

test("from any screen the status bar leads to it; trying again prints it once", async () => {
  await window.go("/members");
  await window.click("button", "1 print is stuck");
  await window.see("Nothing prints at that address");
  printer = await listen(port);
  const before = jobs.length;
  await window.click("button", /^Try again/);
  await window.see("Nothing waits for paper.");
  assert.equal(jobs.length, before + 1);
  await window.keys(Key.ESCAPE);
  await window.seeNoMore("1 print is stuck");
});

test("labels for two products, by keyboard, come out of the label printer", async () => {
  const label = here();
  await set({ label_printer: { printer: label, language: "tspl", size: "label40x30" } });
  await window.go("/products");
  await window.see(goods.names[0]);
  await window.keys(Key.SPACE, Key.ARROW_DOWN, Key.SPACE, "l");
  await window.see("The first label, dot by dot");
  await window.see("2 labels to the printer");
  await window.audit("labels");
  const before = jobs.length;
  await window.click("button", "2 labels to the printer");
  await window.see("Labels are on their way to the printer");
  for (let waited = 0; jobs.length === before && waited < 200; waited++) await new Promise((later) => setTimeout(later, 50));
  const job = jobs.at(-1).toString("latin1");
  assert.match(job, /^SIZE 40 mm,30 mm\r\n/);
  assert.equal(job.split("PRINT 1,1").length - 1, 2);
});

test("in Chinese too", async () => {
  await window.keys(Key.ESCAPE);
  printer.close();
  await set({ printer: here({ address: "127.0.0.1:1" }) });
  await answer(window, "reprint", {});
  await window.chord(Key.CONTROL, "k");
  await window.keys("中文", Key.ENTER);
  await window.click("button", "1 份打印卡住了");
  await window.see("打印队列");
  await window.see("重打");
  await window.audit("print-queue-zh");
  await window.click("button", /^换一台打印/);
  await window.see("网络地址");
  await window.audit("print-elsewhere-zh");
  // The form that has just opened moves the button while a pointer is on its way to it.
  for (let press = 0; press < 5 && (await window.has("button", /^不打了/)); press++) {
    await window.click("button", /^不打了/);
    await new Promise((later) => setTimeout(later, 400));
  }
  await window.see("没有等待打印的内容");
});
