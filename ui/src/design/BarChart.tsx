/**
 * Amounts of a few kinds as bars, each kind beside itself in other months; the same figures as a table one press away. The list reads out in full: bars are
 * for the eye alone. Bars of all kinds share one scale; what lies below zero has its figure and no bar.
 *
 *     <BarChart title={t`By rule`} series={["2026-10", "2026-09", "2025-10"]} bars={bars} write={writeAmount}
 *               words={{ what: t`Rule`, chart: t`View as chart`, table: t`View as table` }} />
 */
import { type ReactNode, useId, useState } from "react";
import css from "./BarChart.module.css";
import { Button } from "./Button";

export interface Bar {
  key: string;
  name: string;
  /** Stands small behind the name: a number, a code. */
  note?: string;
  /** One for each of the series, the first the one that counts. */
  values: readonly number[];
  /** Makes the name something to press. */
  open?: () => void;
}

interface BarChartProps {
  title: string;
  /** Names of what stands beside each other; the first is drawn strongest. */
  series: readonly string[];
  bars: readonly Bar[];
  write: (value: number) => string;
  /** Head of the first column, and what the switch says. */
  words: { what: string; chart: string; table: string };
  acts?: ReactNode;
}

const THICK = [10, 4, 4];

export function BarChart({ title, series, bars, write, words, acts }: BarChartProps) {
  const [table, setTable] = useState(false);
  const id = useId();
  const most = Math.max(1, ...bars.flatMap((bar) => bar.values));
  const named = (bar: Bar) => (
    <>
      {bar.open ? (
        <Button kind="quiet" onPress={bar.open}>
          {bar.name}
        </Button>
      ) : (
        bar.name
      )}
      {bar.note && <small> {bar.note}</small>}
    </>
  );
  return (
    <section className={css.figure} aria-labelledby={id}>
      <header className={css.head}>
        <h2 id={id}>{title}</h2>
        <Button kind="quiet" pressed={table} onPress={() => setTable(!table)}>
          {table ? words.chart : words.table}
        </Button>
        {acts}
      </header>
      {table ? (
        <table className={css.table} aria-labelledby={id}>
          <thead>
            <tr>
              <th scope="col">{words.what}</th>
              {series.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {bars.map((bar) => (
              <tr key={bar.key}>
                <th scope="row">{named(bar)}</th>
                {bar.values.map((value, at) => (
                  <td key={series[at]}>{write(value)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <ul className={css.bars} aria-labelledby={id}>
          {bars.map((bar) => (
            <li key={bar.key} className={css.bar}>
              <span className={css.name}>{named(bar)}</span>
              <svg className={css.track} viewBox="0 0 1000 22" preserveAspectRatio="none" aria-hidden="true">
                {bar.values.map((value, at) => {
                  const width = value <= 0 ? 0 : Math.max(4, Math.round((1000 * value) / most));
                  const top = THICK.slice(0, at).reduce((sum, thick) => sum + thick + 1, 0);
                  return <rect key={series[at]} data-series={at} x="0" y={top} width={width} height={THICK[at] ?? 4} />;
                })}
              </svg>
              <span className={css.value}>{write(bar.values[0] ?? 0)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Which colour is which of the series. */
export const BarLegend = ({ label, series }: { label: string; series: readonly string[] }) => (
  <ul className={css.legend} aria-label={label}>
    {series.map((name, at) => (
      <li key={name} data-series={at}>
        {name}
      </li>
    ))}
  </ul>
);
