/**
 * A receipt as it lies on the paper roll, drawn from what the printer's own bytes say, so that screen and paper cannot differ. Always light.
 *
 *     <Paper label={t`Receipt`} rows={receipt.rows} />
 */
import type { PrintedRow } from "../host";
import css from "./Paper.module.css";

export function Paper({ rows, label }: { rows: readonly PrintedRow[]; label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long receipt is scrolled with the keyboard.
    <section className={css.paper} aria-label={label} tabIndex={0} data-selectable="">
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows of a paper never move.
        <Line key={index} row={row} />
      ))}
    </section>
  );
}

function Line({ row }: { row: PrintedRow }) {
  switch (row.kind) {
    case "text":
      return (
        <div
          className={css.row}
          data-align={row.align}
          data-bold={row.style.bold || undefined}
          data-wide={row.style.wide || undefined}
          data-tall={row.style.tall || undefined}
        >
          {cells(row.text)}
        </div>
      );
    case "qr":
      return (
        <div className={css.row} data-align={row.align}>
          <span className={css.qr}>{row.data}</span>
        </div>
      );
    case "feed":
      return <div style={{ height: `${row.lines * 0.7}em` }} />;
    case "cut":
      return <hr className={css.cut} />;
    case "drawer":
    case "unknown":
      return null;
  }
}

const WIDE = /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/;

/** A Chinese character takes exactly two cells, whatever the font of the screen says. */
function cells(text: string) {
  const runs = text.match(new RegExp(`${WIDE.source}|[^${WIDE.source.slice(1, -1)}]+`, "g")) ?? [];
  return runs.map((run, index) =>
    WIDE.test(run) ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the characters of a row never move.
      <span key={index} className={css.two}>
        {run}
      </span>
    ) : (
      run
    ),
  );
}
