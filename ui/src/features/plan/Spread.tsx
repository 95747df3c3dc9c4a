import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Amount, Button, useCurrency, writeFixed } from "../../design";
import type { SpreadBin } from "../../host";
import css from "./Simulation.module.css";

const BAR = 56;
const GAP = 8;
const HEIGHT = 96;

/** How many members gain and lose how much: bars from the largest loss to the largest gain, or the same as a table. */
export function Spread({ bins }: { bins: readonly SpreadBin[] }) {
  const { t } = useLingui();
  const { digits } = useCurrency();
  const [table, setTable] = useState(false);
  const most = Math.max(1, ...bins.map((bin) => bin.members));
  const whole = (minor: number) => writeFixed(Math.trunc(minor / 10 ** digits), 0);
  const name = (bin: SpreadBin): string => {
    const { from_minor: from, to_minor: to } = bin;
    if (from === 0 && to === 0) return t`the same`;
    // The edges are whole units; what lies just beyond one is written as the edge itself.
    if (from === null && to !== null) return `< ${whole(to + 1)}`;
    if (to === null && from !== null) return `> +${whole(from - 1)}`;
    if (to !== null && to < 0) return `${whole(from ?? 0)} … ${whole(to + 1)}`;
    return `+${whole((from ?? 0) - 1)} … +${whole(to ?? 0)}`;
  };
  const side = (bin: SpreadBin) => ((bin.to_minor ?? 1) < 0 ? "lose" : bin.from_minor === 0 && bin.to_minor === 0 ? "same" : "gain");
  return (
    <figure className={css.spread}>
      <figcaption className={css.spreadHead}>
        <h2>{t`Who gains and who loses`}</h2>
        <Button kind="quiet" pressed={table} onPress={() => setTable(!table)}>
          {table ? t`View as chart` : t`View as table`}
        </Button>
      </figcaption>
      {table ? (
        <table className={css.spreadTable}>
          <thead>
            <tr>
              <th scope="col">{t`Difference`}</th>
              <th scope="col">{t`Members`}</th>
              <th scope="col">{t`Together`}</th>
            </tr>
          </thead>
          <tbody>
            {bins.map((bin) => (
              <tr key={name(bin)}>
                <th scope="row">{name(bin)}</th>
                <td>{writeFixed(bin.members, 0)}</td>
                <td>
                  <Amount minor={bin.sum_minor} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <svg
          className={css.chart}
          viewBox={`0 0 ${bins.length * (BAR + GAP)} ${HEIGHT + 40}`}
          role="img"
          aria-label={bins
            .filter((bin) => bin.members > 0)
            .map((bin) => `${name(bin)}: ${bin.members}`)
            .join("; ")}
        >
          {bins.map((bin, at) => {
            const height = bin.members === 0 ? 0 : Math.max(2, Math.round((HEIGHT * bin.members) / most));
            const left = at * (BAR + GAP);
            return (
              <g key={name(bin)} data-side={side(bin)}>
                <rect x={left} y={HEIGHT + 16 - height} width={BAR} height={height} />
                {bin.members > 0 && (
                  <text x={left + BAR / 2} y={HEIGHT + 11 - height} textAnchor="middle">
                    {writeFixed(bin.members, 0)}
                  </text>
                )}
                <text className={css.axis} x={left + BAR / 2} y={HEIGHT + 32} textAnchor="middle">
                  {name(bin)}
                </text>
              </g>
            );
          })}
          <line x1="0" x2={bins.length * (BAR + GAP) - GAP} y1={HEIGHT + 16} y2={HEIGHT + 16} />
        </svg>
      )}
    </figure>
  );
}
