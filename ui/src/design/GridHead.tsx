import { ArrowDown, ArrowUp } from "lucide-react";
import type { Column, Sort } from "./Grid";
import css from "./Grid.module.css";

interface HeadProps<Row, Totals> {
  id: string;
  columns: readonly Column<Row, Totals>[];
  sort: Sort | null;
  /** The header that the keys stand on. */
  active: number | null;
  onSort: (column: Column<Row, Totals>) => void;
}

/** The header row of a `Grid`: pressing a sortable title sorts by it, pressing it again turns the order. */
export function GridHead<Row, Totals>({ id, columns, sort, active, onSort }: HeadProps<Row, Totals>) {
  return (
    <div role="rowgroup" className={css.head}>
      {/* biome-ignore lint/a11y/useFocusableInteractive: the focus stays on the list. */}
      <div role="row" className={css.line} aria-rowindex={1}>
        {columns.map((column, index) => {
          const sorted = sort?.by === column.id ? (sort.descending ? "descending" : "ascending") : undefined;
          return (
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays on the list.
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are on the list.
            <div
              key={column.id}
              id={`${id}-h${index}`}
              role="columnheader"
              className={css.title}
              aria-sort={column.sortable ? (sorted ?? "none") : undefined}
              data-end={column.align === "end" || undefined}
              data-sortable={column.sortable || undefined}
              data-here={active === index || undefined}
              onClick={() => onSort(column)}
            >
              <span>{column.title}</span>
              {sorted === "ascending" && <ArrowUp size={13} aria-hidden="true" />}
              {sorted === "descending" && <ArrowDown size={13} aria-hidden="true" />}
            </div>
          );
        })}
      </div>
    </div>
  );
}
