/** Where the boxes and lines of a lineage stand. Figures only; nothing is added up. */
import type { GraphNode, Lineage } from "../../host";

export const SIZE = { width: 168, height: 30 };
const ROW = 36;
const COLUMN = 300;
const PAD = 12;
/** Between two boxes of the line above, with room for the money between them. */
const STEP = 54;

export interface Box {
  node: GraphNode;
  x: number;
  y: number;
  self: boolean;
}
export interface Edge {
  key: string;
  path: string;
  /** Where its money stands. */
  x: number;
  y: number;
  anchor: "start" | "end";
  minor: number;
}

/** The line above runs down on the left; the member's branches stand to the right of it, theirs right of those. */
export function drawn(lineage: Lineage): { nodes: Box[]; edges: Edge[]; width: number; height: number } {
  const nodes: Box[] = [];
  const edges: Edge[] = [];
  const line = [...lineage.upline, lineage.node];
  line.forEach((node, place) => {
    const y = PAD + place * STEP;
    nodes.push({ node, x: PAD, y, self: place === line.length - 1 });
    if (place === 0) return;
    const x = PAD + SIZE.width / 2;
    edges.push({
      key: `up ${node.member}`,
      path: `M ${x} ${y - STEP + SIZE.height} V ${y}`,
      x: x + 6,
      y: y - 8,
      anchor: "start",
      minor: node.group_minor,
    });
  });
  const self = { x: PAD + SIZE.width, y: PAD + (line.length - 1) * STEP + SIZE.height / 2 };
  const sideways = (from: { x: number; y: number }, node: GraphNode, x: number, y: number) => {
    const middle = y + SIZE.height / 2;
    const bend = from.x + 24;
    edges.push({
      key: `down ${node.member}`,
      path: `M ${from.x} ${from.y} H ${bend} V ${middle} H ${x}`,
      x: x - 6,
      y: middle - 4,
      anchor: "end",
      minor: node.group_minor,
    });
    nodes.push({ node, x, y, self: false });
    return { x: x + SIZE.width, y: middle };
  };
  let y = PAD;
  for (const branch of lineage.branches) {
    const from = sideways(self, branch.node, PAD + COLUMN, y);
    for (const node of branch.below) {
      sideways(from, node, PAD + 2 * COLUMN, y);
      y += ROW;
    }
    if (branch.below.length === 0) y += ROW;
    y += PAD;
  }
  const bottom = Math.max(...nodes.map((box) => box.y)) + SIZE.height + PAD;
  const right = Math.max(...nodes.map((box) => box.x)) + SIZE.width + PAD;
  return { nodes, edges, width: right, height: bottom };
}
