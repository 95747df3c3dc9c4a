// Messages to members by keyboard alone: the owner sets up a mail server and tries it, a sale reaches a level, and what does not arrive is decided about.
import assert from "node:assert/strict";
import { createServer } from "node:net";
import { after, before, test } from "node:test";
import { answer, fillShelves, setUp } from "../shop.js";
import { Key, openWindow } from "../window.js";

let window;
let goods;
let post;

/** A mail server that keeps what it takes, and refuses every address while `refuses` is set. */
function mailServer() {
  const kept = { taken: [], refuses: false, server: null };
  kept.server = createServer((line) => {
    let text = null;
    let rest = "";
    line.on("error", () => {});
    line.write("220 loopback\r\n");
    line.on("data", (data) => {
      const lines = (rest + data).split("\r\n");
      rest = lines.pop();
      for (const one of lines) {
        if (text !== null) {
          if (one === ".") {
            kept.taken.push(text);
            text = null;
            line.write("250 queued as 42\r\n");
          } else text += `${one}\n`;
        } else if (one === "DATA") {
          text = "";
          line.write("354 go on\r\n");
        } else if (one.startsWith("RCPT") && kept.refuses) line.write("550 no such box\r\n");
        else if (one === "QUIT") line.end("221 bye\r\n");
        else line.write("250 ok\r\n");
      }
    });
  });
  return new Promise((resolve) => kept.server.listen(0, "127.0.0.1", () => resolve(kept)));
}

before(async () => {
  post = await mailServer();
  window = await openWindow();
  await setUp(window);
  goods = await fillShelves(window);
  const buyer = goods.buyer.row?.member ?? goods.buyer.member;
  const { row } = await answer(window, "member", buyer);
  const contact = { email: "buyer@example.com", language: null, silent: ["sms"] };
  await answer(window, "save_member", { member: buyer, card: { ...row.card, contact }, rank_reason: null });
  const settings = await answer(window, "settings", null);
  const growth = { threshold: 100, valid_days: 365, keep: 50, gift: 0, birthday: 0 };
  const levels = { Silver: { price_share_ppm: 1_000_000, points_ppm: 1_000_000, growth } };
  await answer(window, "save_settings", { ...settings, levels, growth: { ...settings.growth, per_unit: 1 } });
});

after(async () => {
  await window?.close();
  post?.server.close();
});

test("the owner sets up the mail server, tries it and turns sending on", async () => {
  await window.go("/settings?part=messages");
  await window.see("This computer writes to members");
  await window.tabTo("Send email by a mail server");
  await window.keys(Key.SPACE);
  await window.fill("Mail server", "127.0.0.1");
  await window.select(/The line$/, "In the open, for a server in the shop");
  await window.fill("Port", String(post.server.address().port));
  await window.fill("Sender's address", "shop@example.com");
  await window.fill("Test message to", "me@example.com");
  await window.keys(Key.ENTER);
  await window.see("It was taken. The other side said: queued as 42");
  await window.see("Hello Lin Xiao, on");
  await window.tabTo("This computer writes to members", { back: true });
  await window.keys(Key.SPACE);
  await window.chord(Key.CONTROL, "s");
  await window.see("Settings saved");
  await window.audit("settings-messages");
  await window.picture("settings-messages");
});

test("a placeholder that the occasion does not have is refused with its place", async () => {
  await window.tabTo("Text");
  await window.chord(Key.CONTROL, "a");
  await window.keys("Hello {level}");
  await window.see("“level” at sign 7 is no placeholder of this occasion");
  await window.click("button", "Undo changes");
});

test("a member who reaches a level is told; what is refused is decided about by keyboard", async () => {
  post.refuses = true;
  await window.go("/till");
  await window.see("Scanner ready");
  await window.code("M0002");
  await window.code(goods.barcodes[0]);
  await window.see("no level → Silver");
  await window.keys(Key.F5);
  await window.see(/Taken: \S+/);
  await window.go("/messages?tab=stuck");
  await window.see("not delivered");
  await window.see("1 message to decide about");
  await window.keys(Key.ENTER);
  await window.see("The member's address was refused.");
  await window.audit("messages-stuck");
  await window.picture("messages-stuck");
  post.refuses = false;
  await window.chord(Key.ALT, "r");
  await window.see("Nothing to decide: every message went its way.");
  await window.chord(Key.ALT, "3");
  await window.see("Level reached");
  assert.equal(post.taken.filter((text) => text.includes("You reached Silver")).length, 1);
});

test("the same in Chinese and in the dark", async () => {
  await window.look(
    `localStorage.setItem("banyan.workstation", JSON.stringify({ ...JSON.parse(localStorage.getItem("banyan.workstation") ?? "{}"), language: "zh-CN", theme: "dark" })); window.location.reload();`,
  );
  await window.see("等级达成");
  await window.audit("messages-zh-dark");
  await window.picture("messages-zh-dark");
  await window.go("/settings?part=messages");
  await window.see("由这台电脑通知会员");
  await window.audit("settings-messages-zh-dark");
  await window.picture("settings-messages-zh-dark");
  await window.keys(Key.F1);
  await window.see("只有一台电脑发送");
});
