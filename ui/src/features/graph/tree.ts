/** The tree as rows: which branches are open, which pages of them are here, and what stands where. Nothing is counted or added up. */
import type { GraphNode } from "../../host";

/** The sponsor of those without one. */
export const ROOT = "";
export const PAGE = 100;

/** Pages of one branch that are shown: from one to another, both counted. */
export interface Pages {
  from: number;
  to: number;
}

/** What is open, and how much of it: by sponsor. */
export type Opened = Readonly<Record<string, Pages>>;

/** Rows of a branch as far as they are here; `count` in all. */
export interface Branch {
  from: number;
  rows: readonly GraphNode[];
  count: number;
}

interface Place {
  key: string;
  sponsor: string;
  /** 1 for those without a sponsor. */
  level: number;
}
export interface NodeRow extends Place {
  kind: "node";
  node: GraphNode;
  /** Place among those of the same sponsor, from 1 on, and how many there are. */
  place: number;
  count: number;
  open: boolean;
}
/** Those of a branch that are not shown yet: before its first row, or after its last. */
export interface RestRow extends Place {
  kind: "rest";
  before: boolean;
  count: number;
}
export type TreeRow = NodeRow | RestRow;

/** The rows in the order in which they are read. */
export function rowsOf(opened: Opened, branchOf: (sponsor: string) => Branch | undefined): TreeRow[] {
  const rows: TreeRow[] = [];
  const seen = new Set<string>();
  const add = (sponsor: string, level: number) => {
    const branch = branchOf(sponsor);
    if (seen.has(sponsor)) return;
    seen.add(sponsor);
    if (!branch) {
      rows.push({ kind: "rest", key: `wait ${sponsor}`, sponsor, level, before: false, count: 0 });
      return;
    }
    if (branch.from > 0) rows.push({ kind: "rest", key: `before ${sponsor}`, sponsor, level, before: true, count: branch.from });
    branch.rows.forEach((node, index) => {
      const open = node.member in opened;
      rows.push({ kind: "node", key: node.member, sponsor, level, node, place: branch.from + index + 1, count: branch.count, open });
      if (open && node.direct > 0) add(node.member, level + 1);
    });
    const left = branch.count - branch.from - branch.rows.length;
    if (left > 0) rows.push({ kind: "rest", key: `after ${sponsor}`, sponsor, level, before: false, count: left });
  };
  add(ROOT, 1);
  return rows;
}

const without = (opened: Opened, sponsor: string): Opened => Object.fromEntries(Object.entries(opened).filter(([key]) => key !== sponsor));

export const unfold = (opened: Opened, sponsor: string): Opened =>
  sponsor in opened ? opened : { ...opened, [sponsor]: { from: 0, to: 0 } };

/** Closes a branch; what was open within it is open again the next time. */
export const fold = (opened: Opened, sponsor: string): Opened => (sponsor in opened ? without(opened, sponsor) : opened);

/** One more page of a branch, before or after those that are here. */
export function more(opened: Opened, row: Pick<RestRow, "sponsor" | "before">): Opened {
  const pages = opened[row.sponsor];
  if (!pages) return opened;
  const next = row.before ? { ...pages, from: Math.max(0, pages.from - 1) } : { ...pages, to: pages.to + 1 };
  return { ...opened, [row.sponsor]: next };
}

/** Opens the way down to the last of `path`, and of each branch the page in which the next stands. */
export function openPath(opened: Opened, path: readonly { node: { member: string }; before: number }[]): Opened {
  const next: Record<string, Pages> = { ...opened };
  let sponsor = ROOT;
  for (const { node, before } of path) {
    const page = Math.floor(before / PAGE);
    const pages = next[sponsor];
    if (!pages || page < pages.from - 1 || page > pages.to + 1) next[sponsor] = { from: page, to: page };
    else next[sponsor] = { from: Math.min(page, pages.from), to: Math.max(page, pages.to) };
    sponsor = node.member;
  }
  return next;
}

/** The line above a row, the root first, itself last. */
export function pathOf(rows: readonly TreeRow[], key: string): GraphNode[] {
  const nodes = new Map(rows.flatMap((row) => (row.kind === "node" ? [[row.key, row] as const] : [])));
  const path: GraphNode[] = [];
  for (let row = nodes.get(key); row && path.length < 10_000; row = nodes.get(row.sponsor)) path.unshift(row.node);
  return path;
}

/** Where a typed beginning of a name or number is found next, from the row after `at` round to `at` itself; −1 where nowhere. */
export function typedAhead(rows: readonly TreeRow[], at: number, typed: string): number {
  const text = typed.toLowerCase();
  // While more is typed of one name, the row found so far may still be it.
  const first = typed.length > 1 ? 0 : 1;
  for (let step = first; step < rows.length + first; step += 1) {
    const index = (at + step) % rows.length;
    const row = rows[index];
    if (row?.kind === "node" && (row.node.name.toLowerCase().startsWith(text) || row.node.number.toLowerCase().startsWith(text)))
      return index;
  }
  return -1;
}
