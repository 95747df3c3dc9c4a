/** Where the keys stand in a grid; row −1 is the header. */
export interface Place {
  row: number;
  column: number;
}

/** Where a key leads, or `null` where it is not a key of the grid. Never leaves the grid. */
export function keyMoves(key: string, from: Place, size: { rows: number; columns: number; pageRows: number }): Place | null {
  const row = (to: number, least = 0): Place => ({ ...from, row: Math.max(least, Math.min(size.rows - 1, to)) });
  switch (key) {
    case "ArrowDown":
      return row(from.row + 1);
    case "ArrowUp":
      return row(from.row - 1, -1);
    case "PageDown":
      return row(from.row + size.pageRows);
    case "PageUp":
      return row(from.row - size.pageRows);
    case "Home":
      return row(0);
    case "End":
      return row(size.rows - 1);
    case "ArrowLeft":
      return from.row < 0 ? { row: -1, column: Math.max(0, from.column - 1) } : null;
    case "ArrowRight":
      return from.row < 0 ? { row: -1, column: Math.min(size.columns - 1, from.column + 1) } : null;
    default:
      return null;
  }
}

/** The pages that a view of the list touches, with one row of foresight; the first page while the count is unknown. */
export function pagesInSight(top: number, height: number, rowHeight: number, count: number, pageRows: number): number[] {
  const lastPage = Math.max(0, Math.ceil(count / pageRows) - 1);
  const first = Math.min(lastPage, Math.floor(Math.max(0, top - rowHeight) / rowHeight / pageRows));
  const last = Math.min(lastPage, Math.floor((top + height + rowHeight) / rowHeight / pageRows));
  return Array.from({ length: last - first + 1 }, (_, step) => first + step);
}
