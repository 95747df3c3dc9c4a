import { useLingui } from "@lingui/react/macro";
import { ChevronDown, ChevronRight } from "lucide-react";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { Amount, Seal, useCurrency, useWorkstation, writeFixed, writeMicro } from "../../design";
import css from "./Graph.module.css";
import { type NodeRow, type RestRow, type TreeRow, typedAhead } from "./tree";

const heights = { compact: 30, regular: 36, touch: 48 };

/** A branch whose first page is not here yet. */
const isWaiting = (row: TreeRow | undefined) => row?.kind === "rest" && row.count === 0;

interface TreeProps {
  rows: readonly TreeRow[];
  waiting: boolean;
  /** Key of the row on which the keys act. */
  here: string;
  onHere: (key: string) => void;
  onUnfold: (member: string) => void;
  onFold: (member: string) => void;
  onMore: (row: RestRow) => void;
  /** Enter, or a second click. */
  onOpen: (member: string) => void;
}

/**
 * The tree, drawn as far as it is in sight. One tab stop: ↑ ↓ Page Up/Down Home End move, → opens and goes in, ← closes and goes out, typing goes to
 * a name, Enter opens the lineage.
 */
export function TreeGrid({ rows, waiting, here, onHere, onUnfold, onFold, onMore, onOpen }: TreeProps) {
  const { t } = useLingui();
  const { digits } = useCurrency();
  const id = useId();
  const height = heights[useWorkstation().density];
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const [focused, setFocused] = useState(false);
  const typed = useRef({ text: "", at: 0 });
  const found = rows.findIndex((row) => row.key === here);
  // A row that went (the rest of a branch, once it is here) leaves the keys where it stood.
  const stood = useRef(0);
  const at = found >= 0 ? found : Math.min(stood.current, Math.max(0, rows.length - 1));
  useEffect(() => {
    stood.current = at;
  }, [at]);

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

  // The row on which the keys act is in sight, also where it came by a jump and its page arrives later.
  useEffect(() => {
    const box = scroller.current;
    if (!box || found < 0) return;
    const top = found * height;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + 2 * height > box.scrollTop + box.clientHeight) box.scrollTop = top + 2 * height - box.clientHeight;
  }, [found, height]);

  const to = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (row) onHere(row.key);
  };

  const act = (row: TreeRow) => {
    if (row.kind === "rest") onMore(row);
    else onOpen(row.key);
  };

  const onKeyDown = (event: React.KeyboardEvent) => {
    const row = rows[at];
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(view.height / height) - 2);
    const node = row.kind === "node" ? row : null;
    const moves: Record<string, () => void> = {
      ArrowDown: () => to(at + 1),
      ArrowUp: () => to(at - 1),
      PageDown: () => to(at + page),
      PageUp: () => to(at - page),
      Home: () => to(0),
      End: () => to(rows.length - 1),
      ArrowRight: () => {
        if (row.kind === "rest") onMore(row);
        else if (row.open) to(rows[at + 1]?.sponsor === row.key && !isWaiting(rows[at + 1]) ? at + 1 : at);
        else if (row.node.direct > 0) onUnfold(row.key);
      },
      ArrowLeft: () => {
        if (node?.open && node.node.direct > 0) onFold(node.key);
        else if (row.sponsor) onHere(row.sponsor);
      },
      Enter: () => act(row),
    };
    const move = moves[event.key];
    if (move) {
      move();
    } else if (event.key.length === 1 && event.key !== "/" && event.key !== " ") {
      const text = event.timeStamp - typed.current.at < 800 ? typed.current.text + event.key : event.key;
      typed.current = { text, at: event.timeStamp };
      const next = typedAhead(rows, at, text);
      if (next >= 0) to(next);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  const first = Math.max(0, Math.floor(view.top / height) - 6);
  const last = Math.min(rows.length, Math.ceil((view.top + view.height) / height) + 6);
  const titles = [t`Name`, t`Rank`, t`Direct`, t`Below`, t`Own purchases`, t`Group purchases`, t`Earned`];
  return (
    <div
      ref={scroller}
      role="treegrid"
      aria-label={t`Distribution graph`}
      aria-rowcount={rows.length + 1}
      aria-activedescendant={focused && rows.length > 0 ? `${id}-${at}` : undefined}
      aria-busy={waiting || undefined}
      tabIndex={0}
      className={css.tree}
      onScroll={(event) => setView({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })}
      onKeyDown={onKeyDown}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
    >
      <div role="rowgroup" className={css.head}>
        {/* biome-ignore lint/a11y/useFocusableInteractive: the focus stays on the tree. */}
        <div role="row" className={css.line} aria-rowindex={1}>
          {titles.map((title, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays on the tree.
            <div key={title} role="columnheader" className={css.cell} data-end={index > 1 || undefined}>
              {title}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" className={css.body} style={{ height: rows.length * height }}>
        {rows.slice(first, last).map((row, offset) => {
          const index = first + offset;
          const { open = false, place = undefined, count = undefined } = row.kind === "node" ? row : {};
          const branch = row.kind === "node" && row.node.direct > 0;
          return (
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays on the tree.
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are on the tree.
            <div
              key={row.key}
              id={`${id}-${index}`}
              role="row"
              aria-rowindex={index + 2}
              aria-level={row.level}
              aria-expanded={branch ? open : undefined}
              aria-setsize={count}
              aria-posinset={place}
              aria-selected={index === found}
              data-here={(focused && index === at) || undefined}
              className={css.row}
              style={{ transform: `translateY(${index * height}px)`, height }}
              onClick={() => {
                onHere(row.key);
                if (row.kind === "rest") onMore(row);
              }}
              onDoubleClick={() => act(row)}
            >
              {row.kind === "rest" ? (
                <Rest row={row} />
              ) : (
                <Node row={row} digits={digits} onFoldClick={() => (open ? onFold(row.key) : onUnfold(row.key))} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Node({ row, digits, onFoldClick }: { row: NodeRow; digits: number; onFoldClick: () => void }) {
  const { t } = useLingui();
  const { node, level, open } = row;
  const Sign = open ? ChevronDown : ChevronRight;
  const figures = [
    writeFixed(node.direct, 0),
    writeFixed(node.below, 0),
    <Amount key="own" minor={node.own_minor} />,
    <Amount key="group" minor={node.group_minor} />,
    writeMicro(node.earned_micro, digits),
  ];
  return (
    <>
      {/* biome-ignore lint/a11y/useFocusableInteractive: the focus stays on the tree. */}
      <div role="gridcell" className={css.name} style={{ paddingInlineStart: `${(level - 1) * 18}px` }}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: → and ← do the same from the tree. */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: → and ← do the same from the tree. */}
        <span className={css.sign} data-none={node.direct === 0 || undefined} onClick={onFoldClick}>
          {node.direct > 0 && <Sign size={16} aria-hidden="true" />}
        </span>
        <span className={css.words}>
          {node.name} <span className={css.number}>{node.number}</span>
        </span>
        {!node.active && <Seal tone="stop">{t`Frozen`}</Seal>}
      </div>
      {/* biome-ignore lint/a11y/useFocusableInteractive: the focus stays on the tree. */}
      <div role="gridcell" className={css.cell}>
        {node.rank ?? ""}
      </div>
      {figures.map((figure, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the focus stays on the tree.
        // biome-ignore lint/suspicious/noArrayIndexKey: the columns stand where they stand.
        <div key={index} role="gridcell" className={css.cell} data-end="">
          {figure}
        </div>
      ))}
    </>
  );
}

function Rest({ row }: { row: RestRow }) {
  const { t } = useLingui();
  const count = writeFixed(row.count, 0);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays on the tree.
    <div role="gridcell" aria-colspan={7} className={css.name} style={{ paddingInlineStart: `${(row.level - 1) * 18 + 22}px` }}>
      {row.count === 0 ? (
        <span className={css.bone} />
      ) : (
        <span className={css.rest}>{row.before ? t`${count} larger before` : t`${count} more`}</span>
      )}
    </div>
  );
}
