/** The whole handbook as the press takes it: every page in order, the keyboard card, and the pictures that they name. */
import type { Handbook } from "../../host";
import { type Block, blocksOf, type Span } from "./markdown";
import { pages, pictureAt, textOf } from "./pages";

export interface Words {
  title: string;
  contents: string;
  /** Keys and what they do, for the wall beside the till. */
  card: { title: string; head: readonly [string, string]; rows: readonly (readonly [string, string])[] };
}

/** Reads every page in a language. Pictures are fetched from the window itself. */
export async function bookOf(language: string, { title, contents, card }: Words): Promise<Handbook> {
  const texts = await Promise.all(pages.map((page) => textOf(page, language)));
  const read = [...texts.map(blocksOf), cardOf(card)];
  const paths = new Set(read.flat().flatMap((block) => (block.kind === "picture" ? [block.path] : [])));
  const pictures = await Promise.all([...paths].map(pictureOf));
  return { title, contents, pages: read, pictures: pictures.flat() };
}

async function pictureOf(path: string): Promise<Handbook["pictures"]> {
  const source = pictureAt(path);
  if (source === null) return [];
  const bytes = await (await fetch(source)).arrayBuffer();
  return [{ path, png: Array.from(new Uint8Array(bytes)) }];
}

function cardOf({ title, head, rows }: Words["card"]): Block[] {
  const plain = (text: string): Span[] => [{ kind: "text", text }];
  return [
    { kind: "heading", level: 1, spans: plain(title) },
    { kind: "table", head: head.map(plain), rows: rows.map(([keys, what]) => [[{ kind: "key", text: keys }], plain(what)]) },
  ];
}
