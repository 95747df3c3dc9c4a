/** Where the cells of the overview stand, in hundredths of the width. */
import type { Overview, OverviewBy, OverviewCell } from "../../host";

export interface Laid {
  cell: OverviewCell;
  /** Place among the cells. */
  index: number;
  left: number;
  width: number;
}

/** Each cell within its own branch, from the left, as wide as its share of the whole; what is below nothing takes no room. */
export function laidOut(overview: Overview, by: OverviewBy): Laid[] {
  const of = (people: number, minor: number) => Math.max(0, by === "people" ? people : minor);
  const whole = Math.max(1, of(overview.people, overview.group_minor));
  const ends = new Map<number | null, number>();
  const laid: Laid[] = [];
  overview.cells.forEach((cell, index) => {
    const left = ends.get(cell.within) ?? (cell.within === null ? 0 : (laid[cell.within]?.left ?? 0));
    const width = (100 * of(cell.people, cell.group_minor)) / whole;
    ends.set(cell.within, left + width);
    laid.push({ cell, index, left, width });
  });
  return laid;
}
