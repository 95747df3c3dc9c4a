import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { answer, setUp } from "../shop.js";
import { Key, openWindow } from "../window.js";

let window;
let paid;

/** Runs a job to its end through the menu. */
async function job(name, question) {
  const number = await answer(window, name, question);
  for (;;) {
    const state = (await answer(window, "jobs", null)).find((one) => one.job === number);
    if (state?.end) {
      assert.equal(state.end.end, "done", JSON.stringify(state.end));
      return state.end.result;
    }
    await new Promise((done) => setTimeout(done, 200));
  }
}

const payables = async () => (await answer(window, "payables", { search: "", window: { offset: 0, limit: 50 } })).page.rows;

before(async () => {
  window = await openWindow();
  await setUp(window, { sample: true });
  const { next } = await answer(window, "closing", null);
  const told = await job("try_close", next);
  await job("release_month", { month: next, run_hash: told.run_hash });
  paid = (await payables()).slice(0, 2).map(({ row }) => row);
  for (const { member, name } of paid) {
    const payee = { channel: "alipay", holder: name, account: "1380000@example.cn", bank: "", identity: "410105199001010011" };
    await answer(window, "save_payee", { member, payee });
  }
});

after(() => window?.close());

test("a month is paid out by keyboard, and a failed line of the result is payable again", async () => {
  await window.go("/month/payouts");
  await window.find("row", paid[0].number);
  await window.audit("payouts-payable");
  await window.chord(Key.CONTROL, Key.ENTER);
  await window.see("2 payouts asked for");
  await window.find("grid", "Payouts");
  await window.chord(Key.CONTROL, Key.ENTER);
  await window.see("2 payouts approved");
  await window.audit("payouts-approved");

  await window.chord(Key.ALT, "3");
  const batch = join(window.folder, "alipay.csv");
  await window.fileChosen(batch);
  await window.click("button", /^Send 2 by/);
  await window.find("row", "B-00001");
  const lines = (await readFile(batch, "utf8")).trim().split(/\r?\n/).slice(1).map((line) => line.split(","));
  assert.equal(lines.length, 2);

  const result = join(window.folder, "result.csv");
  const said = lines.map(([number, , , amount], place) => `${number},${amount},${place === 0 ? "成功," : "失败,账号不存在"}`);
  await writeFile(result, `商户订单号,金额,状态,失败原因\n${said.join("\n")}\n`);
  await window.fileChosen(result);
  await window.chord(Key.CONTROL, Key.ENTER);
  await window.find("button", "Choose the file…");
  await window.keys(Key.ENTER);
  await window.see("1 failed, payable again");
  await window.see("账号不存在");
  await window.audit("payouts-result");
  await window.click("button", "Record it");
  await window.see("1 paid, 1 payable again");
  const again = (await payables()).filter(({ row }) => paid.some((one) => one.member === row.member));
  assert.equal(again.length, 1);

  await window.click("row", "B-00001");
  await window.find("list", "Payouts of the batch");
  await window.audit("payouts-batch");
  await window.keys(Key.ESCAPE);
  await window.chord(Key.ALT, "2");
  await window.click("row", lines[1][0]);
  await window.see("Its life");
  await window.audit("payouts-one");
});

test("a member's page shows what is payable and paid, and where it goes", async () => {
  await window.go(`/members?open=${paid[0].member}`);
  await window.find("button", "Where it goes…");
  await window.click("button", "Where it goes…");
  await window.find("textbox", "Holder");
  await window.audit("payouts-payee");
});

test("the tax year names who was granted and paid what", async () => {
  await window.go("/month/payouts");
  await window.tabTo("Tax year");
  await window.keys(Key.ENTER);
  await window.see("Paid in the year");
  const year = Number((await answer(window, "setup_state", null)).shop.today.slice(0, 4));
  const { page, sums } = await answer(window, "tax_year", { year, reported: true, window: { offset: 0, limit: 200 } });
  assert.ok(sums.paid_minor > 0 && page.rows.some(({ member }) => paid.some((one) => one.member === member)));
  await window.see(page.rows[0].number);
  await window.audit("tax-year");
});

test("the same in Chinese", async () => {
  await window.go("/settings?part=payouts");
  await window.see("Least amount");
  await window.audit("settings-payouts");
  await window.go("/settings?part=look");
  await window.select(/Language$/, "中文");
  await window.see("外观");
  for (const [tab, text] of [["payable", "有什么妨碍"], ["payouts", "进展"], ["batches", "批次与结果"]]) {
    await window.go(`/month/payouts?tab=${tab}`);
    await window.see(text);
    await window.audit(`payouts-${tab}-zh-CN`);
  }
});
