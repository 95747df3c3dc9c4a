// Keeps the catalogues true to the code: every text that is written in a screen stands in them, in every language, with the same
// placeholders. With --write the catalogues are brought up to date first; without it a difference fails.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const write = process.argv.includes("--write");
const catalogues = () =>
  readdirSync(join(root, "src"), { recursive: true })
    .map((name) => join(root, "src", String(name)))
    .filter((name) => name.endsWith(".po"))
    .sort();
const lingui = (...args) =>
  execFileSync(process.execPath, [join(root, "node_modules/@lingui/cli/dist/lingui.js"), ...args], {
    cwd: root,
    stdio: "pipe",
    encoding: "utf8",
  });
const entries = (text) =>
  [...text.matchAll(/^msgid ((?:".*"\n)+)msgstr ((?:".*"\n?)+)/gm)]
    .map(([, id, str]) => [joined(id), joined(str)])
    .filter(([id]) => id !== "");
const joined = (lines) => [...lines.matchAll(/"(.*)"/g)].map(([, part]) => part).join("");
const readAll = () => new Map(catalogues().map((name) => [name, readFileSync(name, "utf8")]));
// The date of extraction says nothing, and how a long line is folded neither.
const essence = (text) => JSON.stringify([...entries(text)].sort());

const before = readAll();
try {
  lingui("extract", "--clean");
} catch (failed) {
  console.error(`${failed.stdout ?? ""}${failed.stderr ?? ""}`);
  process.exit(1);
}
const after = readAll();

const problems = [];
if (!write) {
  for (const [name, text] of after) {
    if (essence(before.get(name) ?? "") !== essence(text))
      problems.push(`${name} was behind the screens: run \`npm run words\`, translate, commit`);
    const old = before.get(name);
    if (old !== undefined && old !== text) writeFileSync(name, old);
  }
}

const placeholders = (text) => [...new Set([...text.matchAll(/\{(\w+)/g)].map(([, name]) => name))].sort().join(" ");
for (const [name, text] of after) {
  if (name.endsWith("en.po")) continue;
  for (const [id, str] of entries(text)) {
    if (str === "") problems.push(`${name}: not translated: ${id}`);
    else if (placeholders(id) !== placeholders(str)) problems.push(`${name}: other placeholders: ${id} → ${str}`);
  }
}
// The screens read one list of words in the end: what stands in two catalogues must say the same, or be told apart by a context.
const said = new Map();
for (const [name, text] of after) {
  if (name.endsWith("en.po")) continue;
  for (const [, context = "", id, str] of text.matchAll(/^(?:msgctxt ((?:".*"\n)+))?msgid ((?:".*"\n)+)msgstr ((?:".*"\n?)+)/gm)) {
    const key = `${joined(context)}\u0004${joined(id)}`;
    if (joined(id) === "" || joined(str) === "") continue;
    const before = said.get(key);
    if (before && before.str !== joined(str))
      problems.push(`${name}: “${joined(id)}” is ${joined(str)} here and ${before.str} in ${before.name}: give one a context`);
    else said.set(key, { name, str: joined(str) });
  }
}
if (problems.length === 0 && existsSync(root)) {
  try {
    lingui("compile", "--strict");
  } catch (failed) {
    problems.push(`${failed.stdout ?? ""}${failed.stderr ?? ""}`);
  }
}
for (const problem of problems) console.error(problem);
process.exit(problems.length > 0 ? 1 : 0);
