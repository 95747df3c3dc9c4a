/** The little Markdown that the handbook is written in, as plain data: headings, paragraphs, lists, tables, pictures; bold, italic, keys, links. */

export type Span =
  | { kind: "text" | "bold" | "italic" | "key"; text: string }
  /** `to` is the file name of another page, or an address. */
  | { kind: "link"; text: string; to: string };

export type Block =
  | { kind: "heading"; level: number; spans: Span[] }
  | { kind: "paragraph"; spans: Span[] }
  | { kind: "list"; numbered: boolean; items: Span[][] }
  | { kind: "table"; head: Span[][]; rows: Span[][][] }
  | { kind: "picture"; text: string; path: string };

const SPAN = /\*\*(.+?)\*\*|\*(.+?)\*|`(.+?)`|\[(.+?)\]\((.+?)\)/g;

/** A line's words with their emphasis. */
export function spansOf(text: string): Span[] {
  const spans: Span[] = [];
  let at = 0;
  for (const found of text.matchAll(SPAN)) {
    if (found.index > at) spans.push({ kind: "text", text: text.slice(at, found.index) });
    const [whole, bold, italic, key, link, to] = found;
    if (bold !== undefined) spans.push({ kind: "bold", text: bold });
    else if (italic !== undefined) spans.push({ kind: "italic", text: italic });
    else if (key !== undefined) spans.push({ kind: "key", text: key });
    else spans.push({ kind: "link", text: link ?? "", to: to ?? "" });
    at = found.index + whole.length;
  }
  if (at < text.length) spans.push({ kind: "text", text: text.slice(at) });
  return spans;
}

/** Lines that belong together are joined: with a space between Latin words, with nothing between Chinese ones. */
const join = (lines: readonly string[]): string =>
  lines.map((line) => line.trim()).reduce((all, line) => (/[\u3000-\u9fff\uff00-\uffef]$/.test(all) ? all + line : `${all} ${line}`));

const cells = (line: string) =>
  line
    .replace(/^\||\|$/g, "")
    .split("|")
    .map((cell) => spansOf(cell.trim()));

/** The blocks of a page in order. */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  for (const part of text.split(/\n\s*\n/)) {
    const lines = part.split("\n").filter((line) => line.trim() !== "");
    const [first] = lines;
    if (first === undefined) continue;
    const heading = /^(#+)\s+(.*)$/.exec(first);
    const picture = /^!\[(.*)\]\((.*)\)$/.exec(first.trim());
    if (heading) blocks.push({ kind: "heading", level: heading[1]?.length ?? 1, spans: spansOf(heading[2] ?? "") });
    else if (picture) blocks.push({ kind: "picture", text: picture[1] ?? "", path: picture[2] ?? "" });
    else if (first.startsWith("|")) blocks.push({ kind: "table", head: cells(first), rows: lines.slice(2).map(cells) });
    else if (/^(-|\d+\.)\s/.test(first)) {
      const items: string[][] = [];
      for (const line of lines) {
        const begins = /^(?:-|\d+\.)\s+(.*)$/.exec(line);
        if (begins) items.push([begins[1] ?? ""]);
        else items.at(-1)?.push(line);
      }
      blocks.push({ kind: "list", numbered: !first.startsWith("-"), items: items.map((item) => spansOf(join(item))) });
    } else blocks.push({ kind: "paragraph", spans: spansOf(join(lines)) });
  }
  return blocks;
}
