// Keeps the look in one place: no colour outside tokens.css, and no toLocale…() anywhere, which is a thousand times slower than a kept Intl format.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const source = join(import.meta.dirname, "../src");
const rules = [
  {
    files: /\.(css|tsx?)$/,
    except: /tokens\.css$|\.test\.tsx?$/,
    found: /(?<![\w&-])#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b|\b(?:rgba?|hsla?|oklch)\(/i,
    say: "a colour outside tokens.css",
  },
  {
    files: /\.tsx?$/,
    except: /\.test\.tsx?$/,
    found: /\.toLocale\w*\(/,
    say: "toLocale…(): use a kept Intl format (see design/figures.ts)",
  },
];

const problems = [];
for (const name of readdirSync(source, { recursive: true }).map(String)) {
  for (const rule of rules.filter(({ files, except }) => files.test(name) && !except.test(name))) {
    const lines = readFileSync(join(source, name), "utf8").split("\n");
    lines.forEach((line, index) => {
      if (rule.found.test(line)) problems.push(`src/${name}:${index + 1}: ${rule.say}: ${line.trim()}`);
    });
  }
}
for (const problem of problems) console.error(problem);
process.exit(problems.length > 0 ? 1 : 0);
