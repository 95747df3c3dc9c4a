/**
 * A receipt as it lies on the paper roll, drawn from what the printer's own bytes say, so that screen and paper cannot differ. Always light.
 *
 *     <Paper label={t`Receipt`} rows={receipt.rows} />
 */
import { useEffect, useRef } from "react";
import type { Picture, PrintedRow } from "../host";
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
    case "picture":
      return (
        <div className={css.row} data-align={row.align}>
          <Dots picture={row.picture} />
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

/** The dots of a picture as the printer burns them, on the paper's own white. */
export function Dots({ picture }: { picture: Picture }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const pen = canvas.current?.getContext("2d");
    if (!pen) return;
    const image = pen.createImageData(picture.width, picture.height);
    const stride = Math.ceil(picture.width / 8);
    for (let y = 0; y < picture.height; y++) {
      for (let at = 0; at < stride; at++) {
        const place = 2 * (y * stride + at);
        const eight = Number.parseInt(picture.dots.slice(place, place + 2), 16);
        for (let bit = 0; bit < 8; bit++) {
          const x = at * 8 + bit;
          if (x < picture.width && eight & (0x80 >> bit)) image.data[4 * (y * picture.width + x) + 3] = 255;
        }
      }
    }
    pen.putImageData(image, 0, 0);
  }, [picture]);
  return <canvas ref={canvas} className={css.dots} width={picture.width} height={picture.height} aria-hidden="true" />;
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
