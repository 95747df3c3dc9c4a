/**
 * A ledger of any length: rows are fetched in pages of 200 and only those in sight are drawn. One tab stop; arrows, Page Up/Down, Home and
 * End move, Enter opens, ↑ from the first row reaches the headers, where ← → choose and Enter sorts. Ctrl+C copies the current row.
 *
 *     <Grid label={t`Members`} name={["list_members", filter]} topics={["members"]} columns={columns} rowKey={(row) => row.id}
 *           fetch={(offset, limit) => call("list_members", { ...filter, offset, limit })}
 *           sort={sort} onSort={setSort} current={openId} onOpen={(row) => open(row.id)} empty={<EmptyHint …/>} />
 *
 * `fetch` answers `{ rows, count, totals? }`. Sorting, filtering and adding up happen in the books; a column's `total` draws the answer's totals.
 */
import { type QueryKey, useQueries } from "@tanstack/react-query";
import { type ReactNode, useCallback, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import type { Topic } from "../host";
import css from "./Grid.module.css";
import { GridHead } from "./GridHead";
import { keyMoves, pagesInSight } from "./gridMoves";
import { rowHeight, useWorkstation } from "./workstation";

export const PAGE_ROWS = 200;

export interface Column<Row, Totals = unknown> {
  id: string;
  title: string;
  /** A CSS grid track: `96px`, `minmax(120px, 1fr)`. */
  width: string;
  /** Figures stand at the end. */
  align?: "end";
  sortable?: boolean;
  cell: (row: Row) => ReactNode;
  total?: (totals: Totals) => ReactNode;
  /** The raw value for copying, where the cell is not plain text. */
  copy?: (row: Row) => string | number | null | undefined;
}

export interface Sort {
  by: string;
  descending: boolean;
}

export interface GridPage<Row, Totals = unknown> {
  rows: readonly Row[];
  /** Rows in all, under the filter. */
  count: number;
  totals?: Totals;
}

export interface GridProps<Row, Totals = unknown> {
  label: string;
  /** Names the list with its filter and sorting; another name is another list, which starts at the top. */
  name: QueryKey;
  topics?: readonly Topic[];
  columns: readonly Column<Row, Totals>[];
  fetch: (offset: number, limit: number) => Promise<GridPage<Row, Totals>>;
  rowKey: (row: Row) => string;
  sort?: Sort | null;
  onSort?: (sort: Sort) => void;
  /** Key of the row that is open beside the list. */
  current?: string | null;
  onOpen?: (row: Row) => void;
  /** Told the count as it becomes known. */
  onCount?: (count: number) => void;
  /** Shown instead of rows where there are none. */
  empty?: ReactNode;
  /** Extra keys while a row is current; return true where the key was used. */
  onRowKey?: (key: string, row: Row) => boolean;
  autoFocus?: boolean;
}

export function Grid<Row, Totals = unknown>(props: GridProps<Row, Totals>) {
  const { label, name, topics, columns, fetch, rowKey, sort, onSort, current, onOpen, onCount, empty, onRowKey, autoFocus } = props;
  const id = useId();
  const height = rowHeight[useWorkstation().density];
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  // Row −1 is the header; `column` matters there only.
  const [place, setPlace] = useState({ row: 0, column: 0 });
  const [focused, setFocused] = useState(false);

  const listName = JSON.stringify(name);
  const countOf = useRef({ listName, count: 0 });
  const known = countOf.current.listName === listName ? countOf.current.count : 0;
  const pages = pagesInSight(view.top, view.height, height, known, PAGE_ROWS);
  const answers = useQueries({
    queries: pages.map((page) => ({
      queryKey: [...name, "page", page],
      queryFn: () => fetch(page * PAGE_ROWS, PAGE_ROWS),
      meta: { topics },
      staleTime: 30_000,
      gcTime: 60_000,
    })),
  });
  const loaded = new Map(pages.map((page, index) => [page, answers[index]?.data]));
  const newest = answers.find((answer) => answer.data)?.data;
  const count = newest?.count ?? known;
  const failed = answers.find((answer) => answer.error)?.error;
  countOf.current = { listName, count };

  // biome-ignore lint/correctness/useExhaustiveDependencies: another list starts at the top.
  useEffect(() => {
    if (scroller.current) scroller.current.scrollTop = 0;
    setPlace({ row: 0, column: 0 });
  }, [listName]);

  useEffect(() => {
    if (newest) onCount?.(newest.count);
  }, [newest, onCount]);

  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const measure = () => setView((old) => ({ ...old, height: box.clientHeight || old.height }));
    measure();
    if (typeof ResizeObserver === "undefined") return;
    const watch = new ResizeObserver(measure);
    watch.observe(box);
    return () => watch.disconnect();
  }, []);

  useEffect(() => {
    if (autoFocus) scroller.current?.focus();
  }, [autoFocus]);

  const rowAt = useCallback((row: number) => loaded.get(Math.floor(row / PAGE_ROWS))?.rows[row % PAGE_ROWS], [loaded]);

  const show = (row: number) => {
    const box = scroller.current;
    if (!box || row < 0) return;
    const space = box.clientHeight - height * (newest?.totals ? 2 : 1);
    const top = row * height;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + height > box.scrollTop + space) box.scrollTop = top + height - space;
  };

  const move = (row: number, column = place.column) => {
    setPlace({ row, column });
    show(row);
  };

  const sortBy = (column: Column<Row, Totals> | undefined) => {
    if (column?.sortable && onSort)
      onSort({ by: column.id, descending: sort?.by === column.id ? !sort.descending : column.align === "end" });
  };

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.target !== scroller.current) return;
    const row = rowAt(place.row);
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "c" && row && !getSelection()?.toString()) {
      const raw = columns.map((column) => column.copy?.(row) ?? plainText(column.cell(row)));
      void navigator.clipboard?.writeText(raw.join("\t"));
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") {
      if (place.row < 0) sortBy(columns[place.column]);
      else if (row) onOpen?.(row);
      event.preventDefault();
      return;
    }
    if (row && onRowKey?.(event.key, row)) {
      event.preventDefault();
      return;
    }
    const pageRows = Math.max(1, Math.floor(view.height / height) - 2);
    const next = keyMoves(event.key, place, { rows: count, columns: columns.length, pageRows });
    if (next) {
      event.preventDefault();
      move(next.row, next.column);
    }
  };

  const first = Math.max(0, Math.floor(view.top / height) - 4);
  const last = Math.min(count, Math.ceil((view.top + view.height) / height) + 4);
  const tracks = columns.map((column) => column.width).join(" ");
  const anyWaiting = answers.some((answer) => answer.isLoading);
  const drawn = count === 0 && anyWaiting ? Math.ceil(view.height / height) : last;
  const active = place.row < 0 ? `${id}-h${place.column}` : place.row < count ? `${id}-r${place.row}` : undefined;

  if (failed) throw failed;
  return (
    <div className={css.frame}>
      <div
        ref={scroller}
        role="grid"
        aria-label={label}
        aria-rowcount={count + 1}
        aria-colcount={columns.length}
        aria-activedescendant={focused ? active : undefined}
        aria-busy={anyWaiting || undefined}
        tabIndex={0}
        className={css.grid}
        style={{ "--tracks": tracks } as React.CSSProperties}
        onScroll={(event) => setView({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })}
        onKeyDown={onKeyDown}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
      >
        <GridHead id={id} columns={columns} sort={sort ?? null} active={focused && place.row < 0 ? place.column : null} onSort={sortBy} />
        <div role="rowgroup" className={css.body} style={{ height: Math.max(count, drawn) * height }}>
          {Array.from({ length: Math.max(0, drawn - first) }, (_, offset) => first + offset).map((index) => {
            const row = rowAt(index);
            const key = row ? rowKey(row) : null;
            return (
              // biome-ignore lint/a11y/useFocusableInteractive: the focus stays on the list.
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are on the list.
              <div
                key={index}
                id={`${id}-r${index}`}
                role="row"
                aria-rowindex={index + 2}
                aria-selected={key !== null && key === current}
                data-here={(focused && index === place.row) || undefined}
                className={css.row}
                style={{ transform: `translateY(${index * height}px)` }}
                onClick={() => {
                  setPlace({ row: index, column: 0 });
                  if (row) onOpen?.(row);
                }}
              >
                {columns.map((column) => (
                  // biome-ignore lint/a11y/useFocusableInteractive: the focus stays on the list.
                  <div key={column.id} role="gridcell" className={css.cell} data-end={column.align === "end" || undefined}>
                    {row ? column.cell(row) : <span className={css.bone} />}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
        {newest?.totals !== undefined && count > 0 && (
          <div role="rowgroup" className={css.totals}>
            {/* biome-ignore lint/a11y/useFocusableInteractive: the focus stays on the list. */}
            <div role="row" className={css.line}>
              {columns.map((column) => (
                // biome-ignore lint/a11y/useFocusableInteractive: the focus stays on the list.
                <div key={column.id} role="gridcell" className={css.cell} data-end={column.align === "end" || undefined}>
                  {column.total?.(newest.totals as Totals)}
                </div>
              ))}
            </div>
          </div>
        )}
      </div>
      {newest && count === 0 && <div className={css.empty}>{empty}</div>}
    </div>
  );
}

/** The text of a cell that is plain text or a figure; for others a column says what is copied. */
function plainText(node: ReactNode): string {
  return typeof node === "string" || typeof node === "number" ? String(node) : "";
}
