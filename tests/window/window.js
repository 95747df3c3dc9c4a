/**
 * The real window, held by a driver: keys go in, what a person would see or hear comes out.
 *
 * Each window has a shop file, settings and a driver of its own, so tests share nothing but the screen and the keyring.
 * `cargo xtask test` names the programs by BANYAN_WINDOW and TAURI_DRIVER and the folder for pictures by BANYAN_PICTURES.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Builder, By, Capabilities, Key } from "selenium-webdriver";

export { Key };

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** How long a person would wait for anything before calling for help. */
const PATIENCE_MS = 15_000;

/** What the audit asks for: the levels A and AA of WCAG up to 2.2. */
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

const named = (variable) => {
  const value = process.env[variable];
  assert.ok(value, `${variable} is not set; run the tests with: cargo xtask test`);
  return value;
};

/**
 * Opens the window on a shop file.
 *
 * @param {{ folder?: string, language?: "en" | "zh-CN", keyring?: boolean }} [wish] the folder of an earlier window, to open the
 *   same shop again; the language of the system; whether the system has a keyring
 */
export async function openWindow({ folder, language = "en", keyring = true } = {}) {
  const home = folder ?? (await mkdtemp(join(tmpdir(), "banyan-window-")));
  const [port, nativePort] = await freePorts(2);
  const locale = language === "en" ? "en_US.UTF-8" : "zh_CN.UTF-8";
  const driverProgram = spawn(named("TAURI_DRIVER"), ["--port", `${port}`, "--native-port", `${nativePort}`], {
    env: {
      ...process.env,
      BANYAN_SHOP: join(home, "shop.banyan"),
      HOME: home,
      XDG_DATA_HOME: join(home, "data"),
      XDG_CONFIG_HOME: join(home, "config"),
      XDG_CACHE_HOME: join(home, "cache"),
      LANG: locale,
      LC_ALL: locale,
      LANGUAGE: language.replace("-", "_"),
      // Without a message bus nobody answers for the keyring.
      ...(keyring ? {} : { DBUS_SESSION_BUS_ADDRESS: "unix:path=/nowhere" }),
    },
    stdio: ["ignore", "ignore", "pipe"],
    // A group of its own, so that driver, browser driver and window end together whatever happens.
    detached: true,
  });
  open.add(driverProgram);
  // A test that forgets its window must not hold up the others.
  driverProgram.unref();
  driverProgram.stderr.unref();
  let said = "";
  driverProgram.stderr.on("data", (text) => {
    said += text;
  });
  await untilListening(port, () => said);
  const wanted = new Capabilities();
  wanted.setBrowserName("wry");
  wanted.set("tauri:options", { application: named("BANYAN_WINDOW") });
  try {
    const opening = new Builder().usingServer(`http://127.0.0.1:${port}/`).withCapabilities(wanted).build();
    // A second window beside an open one never comes: it only brings the first to the front.
    const driver = await Promise.race([
      opening,
      sleep(2 * PATIENCE_MS).then(() => {
        throw new Error("no window came");
      }),
    ]);
    return new Window(driver, driverProgram, home);
  } catch (error) {
    endGroup(driverProgram, "SIGKILL");
    driverProgram.stderr.destroy();
    throw new Error(`the window does not open: ${error.message}\n${said}`);
  }
}

class Window {
  #driver;
  #program;

  constructor(driver, program, folder) {
    this.#driver = driver;
    this.#program = program;
    /** Where this window's shop and settings lie. */
    this.folder = folder;
  }

  /** Closes the window. The shop stays, unless `forget` is asked for. */
  async close({ forget = true } = {}) {
    const gone = new Promise((done) => this.#program.stderr.once("close", done));
    await Promise.race([this.#driver.quit().catch(() => {}), sleep(5_000)]);
    // The driver answers before the window is gone; it gets a moment to close its books.
    await Promise.race([gone, sleep(500)]);
    endGroup(this.#program, "SIGTERM");
    if ((await Promise.race([gone.then(() => "gone"), sleep(5_000)])) !== "gone") endGroup(this.#program, "SIGKILL");
    this.#program.stderr.destroy();
    open.delete(this.#program);
    if (forget) await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Ends the window as a power cut would. The shop stays. */
  async crash() {
    endGroup(this.#program, "SIGKILL");
    this.#program.stderr.destroy();
  }

  /** Presses keys where the focus is: texts are typed, `Key.F5` and its like are pressed. */
  async keys(...keys) {
    await this.#driver.actions().sendKeys(...keys).perform();
  }

  /** Presses a key while another is held: `chord(Key.CONTROL, "k")`. */
  async chord(held, key) {
    await this.#driver.actions().keyDown(held).sendKeys(key).keyUp(held).perform();
  }

  /**
   * Types a code and Enter at a person's pace. A scanner's burst is told from typing by milliseconds, which a busy machine does not
   * keep; the ear for it has tests of its own beside the till.
   */
  async code(digits) {
    const pace = 60;
    const actions = this.#driver.actions();
    for (const digit of digits) actions.sendKeys(digit).pause(pace);
    await actions.sendKeys(Key.ENTER).perform();
  }

  /** Everything a person can read at this moment. */
  text() {
    return this.#driver.executeScript("return document.body.innerText;");
  }

  /**
   * Waits until a text can be read; `wanted` is a text or a pattern. Returns all that can be read then. What is known to take long
   * is given more patience.
   */
  see(wanted, patience = PATIENCE_MS) {
    return this.#until(
      async () => {
        const text = await this.text();
        const found = wanted instanceof RegExp ? wanted.test(text) : text.includes(wanted);
        return found ? text : undefined;
      },
      `${wanted} cannot be read`,
      patience,
    );
  }

  /** Waits until a text can no longer be read. */
  seeNoMore(wanted) {
    return this.#until(async () => {
      const text = await this.text();
      const found = wanted instanceof RegExp ? wanted.test(text) : text.includes(wanted);
      return found ? undefined : text;
    }, `${wanted} can still be read`);
  }

  /** The control with a role and a name, as assistive technology would find it; waits until it is there. */
  find(role, name) {
    return this.#until(async () => (await this.#driver.executeScript(FIND, role, name.source ?? name, name instanceof RegExp)) ?? undefined, `there is no ${role} named ${name}`);
  }

  /** Whether a control is there at this moment. */
  async has(role, name) {
    return (await this.#driver.executeScript(FIND, role, name.source ?? name, name instanceof RegExp)) !== null;
  }

  /** Waits until a control is no longer there. */
  gone(role, name) {
    return this.#until(async () => ((await this.has(role, name)) ? undefined : true), `the ${role} named ${name} is still there`);
  }

  /** Clicks the control with a role and a name. */
  async click(role, name) {
    await this.#until(async () => {
      try {
        await (await this.find(role, name)).click();
        return true;
      } catch (error) {
        if (["StaleElementReferenceError", "ElementNotInteractableError", "ElementClickInterceptedError"].includes(error.name)) return undefined;
        throw error;
      }
    }, `the ${role} named ${name} cannot be clicked`);
  }

  /** Puts a text into the field with a label, in place of what stood there. */
  async fill(label, text) {
    const field = await this.find("textbox", label);
    await field.click();
    await this.chord(Key.CONTROL, "a");
    await this.keys(Key.DELETE, text);
  }

  /** Opens the list of a field and takes the choice of that name. */
  async select(field, choice) {
    await this.click("button", field);
    await this.click("option", choice);
  }

  /**
   * From now on, what is chosen when the system asks for a file to read or to write. No driver reaches the system's own dialog, so this alone
   * is put in its place; the screen asks and the books read the file as ever.
   */
  async fileChosen(path) {
    await this.#driver.executeScript(
      `const path = arguments[0];
       const real = window.fetch;
       window.fetch = (address, wish) =>
         ["plugin:dialog|open", "plugin:dialog|save"].some((ask) => String(address) === window.__TAURI_INTERNALS__.convertFileSrc(ask, "ipc"))
           ? Promise.resolve(new Response(JSON.stringify(path), { headers: { "Content-Type": "application/json", "Tauri-Response": "ok" } }))
           : real(address, wish);`,
      path,
    );
  }

  /** What the one with the focus is called. */
  focused() {
    return this.#driver.executeScript(`${NAME} const at = document.activeElement; return at ? name(at) : "";`);
  }

  /**
   * Goes from stop to stop with Tab until the one whose name begins so has the focus, as a person without a mouse does; fails where it
   * is no stop of the keyboard.
   */
  async tabTo(name, { back = false } = {}) {
    for (let stop = 0; stop < 80; stop++) {
      if (called(name)(await this.focused())) return;
      await (back ? this.chord(Key.SHIFT, Key.TAB) : this.keys(Key.TAB));
    }
    await this.picture(`fault-${Date.now()}`);
    assert.fail(`Tab never reaches ${name}`);
  }

  /** Waits until the one with the focus is called so, or begins so. */
  focus(name) {
    return this.#until(async () => (called(name)(await this.focused()) ? true : undefined), `${name} does not have the focus`);
  }

  /** Text of the first element that fits a selector, or null. */
  async textOf(selector) {
    const found = await this.#driver.findElements(By.css(selector));
    return found.length === 0 ? null : found[0].getText();
  }

  /** Runs a script in the window; for looking, never for doing. */
  look(script, ...values) {
    return this.#driver.executeScript(script, ...values);
  }

  /** Asks the menu through the one door, as the screens do. Resolves to `{ answer }` or `{ failure }`. */
  ask(name, question) {
    return this.#driver.executeAsyncScript(
      `const done = arguments[arguments.length - 1];
       window.__TAURI_INTERNALS__.invoke("serve", { name: arguments[0], question: arguments[1] })
         .then((answer) => done({ answer }), (failure) => done({ failure }));`,
      name,
      question,
    );
  }

  /** Makes the window so wide and high, in pixels. */
  async size(width, height) {
    await this.#driver.manage().window().setRect({ width, height, x: 0, y: 0 });
  }

  /** Goes to a screen by its address, as a link would. */
  async go(path) {
    await this.#driver.executeScript("window.location.hash = arguments[0];", `#${path}`);
  }

  /** Takes a picture of the window for people to look at. */
  async picture(name) {
    const folder = process.env.BANYAN_PICTURES ?? join(tmpdir(), "banyan-pictures");
    await mkdir(folder, { recursive: true });
    await this.#painted();
    await writeFile(join(folder, `${name}.png`), await this.#driver.takeScreenshot(), "base64");
  }

  /** Waits until what is in the document is also on the glass: fonts are there and two frames have passed. */
  async #painted() {
    await this.#driver.executeAsyncScript(
      `const done = arguments[arguments.length - 1];
       document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(() => done())));`,
    );
  }

  /**
   * Audits what is shown against WCAG and takes a picture of it. Fails with every violation and where it stands. What React Aria
   * has just said to a screen reader is left out: it names elements that may be gone by then, and is itself gone after seconds.
   */
  async audit(name) {
    // What is still being worked out is shown pale.
    await this.#until(async () => (await this.look("return document.querySelector('[aria-busy=true]') === null;")) || undefined, `${name} stays busy`);
    await this.picture(name);
    await this.#driver.executeScript(`if (!window.axe) { ${axe} }`);
    const violations = await this.#driver.executeAsyncScript(
      `const done = arguments[arguments.length - 1];
       window.axe.run({ exclude: ["[data-live-announcer]"] }, { runOnly: { type: "tag", values: arguments[0] }, resultTypes: ["violations"] })
         .then((found) => done(found.violations), (error) => done([{ id: "audit", help: String(error), nodes: [] }]));`,
      WCAG,
    );
    const lines = violations.flatMap(({ id, help, nodes }) => [`${id}: ${help}`, ...nodes.map((node) => `    ${node.html}\n      ${node.failureSummary?.replaceAll("\n", "\n      ")}`)]);
    assert.equal(lines.length, 0, `${name} has barriers:\n${lines.join("\n")}`);
  }

  async #until(attempt, complaint, patience = PATIENCE_MS) {
    const end = Date.now() + patience;
    for (;;) {
      const found = await attempt();
      if (found !== undefined) return found;
      if (Date.now() > end) {
        await this.picture(`fault-${Date.now()}`);
        assert.fail(`${complaint}. What can be read:\n${await this.text()}`);
      }
      await sleep(50);
    }
  }
}

/** The accessible name of an element, near enough for controls of our own. */
const NAME = `
  const name = (element) => {
    const by = element.getAttribute("aria-labelledby");
    const fromIds = by && by.split(/\\s+/).map((id) => document.getElementById(id)?.innerText ?? "").join(" ");
    const labels = element.labels && [...element.labels].map((label) => label.innerText).join(" ");
    const texts = [element.getAttribute("aria-label"), fromIds, labels, element.innerText, element.getAttribute("title"), element.getAttribute("placeholder")];
    return (texts.find((text) => text && text.trim()) ?? "").replace(/\\s+/g, " ").trim();
  };
`;

/** Finds the visible control with a role whose name is, or begins with, the one asked for; a pattern is searched for. */
const FIND = `
  ${NAME}
  const selectors = {
    button: "button, [role=button], input[type=submit]",
    link: "a[href], [role=link]",
    textbox: "input:not([type=checkbox]):not([type=radio]):not([type=hidden]), textarea, [role=textbox], [role=searchbox], [role=combobox]",
    checkbox: "input[type=checkbox], [role=checkbox], [role=switch]",
    radio: "input[type=radio], [role=radio]",
    dialog: "[role=dialog], [role=alertdialog], dialog[open]",
    row: "tr, [role=row]",
    list: "ul, ol, [role=list]",
  };
  const [role, wanted, isPattern] = arguments;
  const shown = [...document.querySelectorAll(selectors[role] ?? "[role=" + role + "]")].filter(
    (element) => element.getClientRects().length > 0 && !element.closest("[inert], [aria-hidden=true]"),
  );
  if (isPattern) return shown.find((element) => new RegExp(wanted).test(name(element))) ?? null;
  return shown.find((element) => name(element) === wanted) ?? shown.find((element) => name(element).startsWith(wanted)) ?? null;
`;

/** Drivers whose window has not been closed. A second window cannot open beside them, so they end with their test file. */
const open = new Set();
process.once("exit", () => {
  for (const program of open) endGroup(program, "SIGKILL");
});
process.once("SIGTERM", () => process.exit(1));

/** Whether a name is the one asked for: begins so, or fits a pattern. */
const called = (wanted) => (name) => (wanted instanceof RegExp ? wanted.test(name) : name.startsWith(wanted));

const sleep = (ms) => new Promise((later) => setTimeout(later, ms));

function endGroup(program, signal) {
  try {
    process.kill(-program.pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

/** So many ports that nobody listens on. They are held together until all are known: one that is let go may be given out at once again. */
async function freePorts(count) {
  const servers = await Promise.all(
    Array.from({ length: count }, () => new Promise((listening, failed) => {
      const server = createServer();
      server.once("error", failed);
      server.listen(0, "127.0.0.1", () => listening(server));
    })),
  );
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
}

async function untilListening(port, said) {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    const answered = await fetch(`http://127.0.0.1:${port}/status`).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await sleep(50);
  }
  assert.fail(`the driver does not answer:\n${said()}`);
}
