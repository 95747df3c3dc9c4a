/** The pages of the handbook, as they lie in `docs/handbook`: one text for each language, the same file for reading in a browser. */
const texts = import.meta.glob<string>("../../../../docs/handbook/*/*.md", { query: "?raw", import: "default" });
const pictures = import.meta.glob<string>("../../../../docs/pictures/*.png", { query: "?url", import: "default", eager: true });

/** The pages in the order of a shop's first weeks. */
export const pages = [
  "start",
  "sell",
  "returns",
  "day",
  "products",
  "members",
  "balance",
  "vouchers",
  "points",
  "levels",
  "graph",
  "plan",
  "month",
  "payouts",
  "messages",
  "import",
  "people",
  "data",
  "tills",
  "move",
] as const;
export type PageName = (typeof pages)[number];

/** The text of a page in a language. */
export async function textOf(page: PageName, language: string): Promise<string> {
  const load = texts[`../../../../docs/handbook/${language}/${page}.md`];
  return load ? load() : "";
}

/** Where a picture named in a page lies in the window; nothing where it is none of ours. */
export const pictureAt = (path: string): string | null => pictures[`../../../../docs/pictures/${path.split("/").at(-1)}`] ?? null;

/** The page for the screen at an address, as it stands behind the `#`. */
export function pageFor(path: string): PageName {
  if (path.startsWith("/settings") && path.includes("part=points")) return "points";
  if (/^\/settings.*part=levels/.test(path)) return "levels";
  if (/^\/settings.*part=balance/.test(path)) return "balance";
  if (/^\/settings.*part=tills/.test(path)) return "tills";
  if (/^\/settings.*part=messages/.test(path)) return "messages";
  if (path.startsWith("/settings")) return /part=(people|safety)/.test(path) ? "people" : path.includes("part=data") ? "data" : "start";
  const of: Record<string, PageName> = {
    "/till": "sell",
    "/returns": "returns",
    "/shift": "day",
    "/sales": "day",
    "/products": "products",
    "/vouchers": "vouchers",
    "/members/graph": "graph",
    "/members": "members",
    "/messages": "messages",
    "/plan": "plan",
    "/month/payouts": "payouts",
    "/month/tax": "payouts",
    "/month": "month",
    "/tasks": "tills",
    "/imports": "import",
  };
  const found = Object.entries(of).find(([start]) => path.startsWith(start));
  return found ? found[1] : "start";
}
