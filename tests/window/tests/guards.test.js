import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { after, before, test } from "node:test";
import { answer, setUp } from "../shop.js";
import { openWindow } from "../window.js";

let window;

before(async () => {
  window = await openWindow();
  await setUp(window);
});

after(() => window?.close());

/** What became of something that a page gone wrong would try: `done …` or `refused …`. */
const tried = (attempt) =>
  window.look(
    `const refused = (error) => "refused " + String(error?.message ?? error);
     return (async () => {
       try { return "done " + JSON.stringify(await (${attempt})()); } catch (error) { return refused(error); }
     })();`,
  );

test("no script but the window's own runs, and nothing is fetched from anywhere", async () => {
  for (const attempt of [
    "() => eval('1 + 1')",
    "() => new Function('return 1')()",
    "async () => (await fetch('https://example.org/')).status",
    "async () => (await fetch('http://127.0.0.1:9/')).status",
    "() => new Promise((yes, no) => { const s = document.createElement('script'); s.textContent = 'window.slipped = 1'; document.head.append(s); window.slipped ? yes(1) : no('not run'); })",
    "() => new Promise((yes, no) => { const i = new Image(); i.onload = yes; i.onerror = () => no('not loaded'); i.src = 'https://example.org/a.png'; })",
  ]) {
    assert.match(await tried(attempt), /^refused /, attempt);
  }
});

test("the window may ask the one door, and nothing of the system beside the file dialogs", async () => {
  assert.ok((await answer(window, "setup_state", null)).shop, "the door answers");
  for (const command of [
    "plugin:fs|read_text_file",
    "plugin:shell|execute",
    "plugin:window|set_title",
    "plugin:webview|create_webview_window",
    "plugin:opener|open_url",
    "plugin:opener|open_path",
    "plugin:event|emit",
    "plugin:app|version",
    "plugin:dialog|message",
  ]) {
    const said = await tried(`() => window.__TAURI_INTERNALS__.invoke(${JSON.stringify(command)}, { path: "/etc/passwd", url: "https://example.org", event: "topics" })`);
    assert.match(said, /^refused .*(not allowed|not found)/i, `${command}: ${said}`);
  }
});

test("a second start brings the window that is open to the front and ends", async () => {
  const second = spawn(process.env.BANYAN_WINDOW, { stdio: "ignore" });
  const code = await Promise.race([new Promise((ended) => second.once("exit", ended)), new Promise((later) => setTimeout(later, 20_000, "still there"))]);
  second.kill("SIGKILL");
  assert.equal(code, 0);
  assert.ok((await answer(window, "setup_state", null)).session, "the first window goes on");
});
