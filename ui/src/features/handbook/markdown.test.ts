import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { blocksOf, type Span } from "./markdown";
import { pageFor, pages, pictureAt } from "./pages";

const room = join(import.meta.dirname, "../../../../docs/handbook");
const page = (language: string, name: string) => blocksOf(readFileSync(join(room, language, `${name}.md`), "utf8"));

test("a page becomes headings, paragraphs, lists and tables", () => {
  const text =
    "# Sell\n\n1. **Scan** a code\n   or a name.\n2. Press `F5`.\n\n| key | does |\n|---|---|\n| `*` | quantity |\n\n按名称\n查找，见[方案](plan.md)。";
  expect(blocksOf(text)).toEqual([
    { kind: "heading", level: 1, spans: [{ kind: "text", text: "Sell" }] },
    {
      kind: "list",
      numbered: true,
      items: [
        [
          { kind: "bold", text: "Scan" },
          { kind: "text", text: " a code or a name." },
        ],
        [
          { kind: "text", text: "Press " },
          { kind: "key", text: "F5" },
          { kind: "text", text: "." },
        ],
      ],
    },
    {
      kind: "table",
      head: [[{ kind: "text", text: "key" }], [{ kind: "text", text: "does" }]],
      rows: [[[{ kind: "key", text: "*" }], [{ kind: "text", text: "quantity" }]]],
    },
    {
      kind: "paragraph",
      spans: [
        { kind: "text", text: "按名称查找，见" },
        { kind: "link", text: "方案", to: "plan.md" },
        { kind: "text", text: "。" },
      ],
    },
  ]);
});

test("every page is there in both languages, with the same parts, and leads nowhere that is not", () => {
  for (const language of ["en", "zh-CN"]) {
    expect(readdirSync(join(room, language)).sort()).toEqual(pages.map((name) => `${name}.md`).sort());
  }
  for (const name of pages) {
    const [english, chinese] = [page("en", name), page("zh-CN", name)];
    expect(
      chinese.map((block) => block.kind),
      name,
    ).toEqual(english.map((block) => block.kind));
    for (const block of [...english, ...chinese]) {
      if (block.kind === "picture") expect(pictureAt(block.path), block.path).not.toBeNull();
      const spans: Span[] = "spans" in block ? block.spans : block.kind === "list" ? block.items.flat() : [];
      for (const span of spans) if (span.kind === "link") expect(pages.map((one) => `${one}.md`)).toContain(span.to);
    }
  }
});

test("F1 opens the page of the screen one is on", () => {
  const of = [
    "/till",
    "/members?open=1",
    "/month?month=2026-10",
    "/settings?part=people",
    "/settings?part=data",
    "/settings",
    "/somewhere",
  ];
  expect(of.map(pageFor)).toEqual(["sell", "members", "month", "people", "data", "start", "start"]);
});
