/**
 * Figures on the screen. `Amount` is money in minor units of the shop's currency (the currency itself stands once in the header), `Qty`
 * thousandths of a piece, `Points` whole points, `Percent` parts per million, `Figure` one large figure with its name,
 * `DoubleRuleTotals` a sum under a double rule as in an account book.
 */
import type { ReactNode } from "react";
import css from "./Amount.module.css";
import { writeFixed, writePercent, writeQty } from "./figures";
import { useCurrency } from "./money";

interface AmountProps {
  minor: number;
  /** Struck through: what it was before. */
  was?: boolean;
  /** Decimals beyond the currency's, for exact figures in explanations. */
  digits?: number;
  /** Writes + before a gain. */
  signed?: boolean;
}

export function Amount({ minor, was, digits, signed }: AmountProps) {
  const currency = useCurrency();
  const text = `${signed && minor > 0 ? "+" : ""}${writeFixed(minor, digits ?? currency.digits)}`;
  return (
    <span className={css.figure} data-below={minor < 0 || undefined} data-was={was || undefined}>
      {text}
    </span>
  );
}

export const Qty = ({ milli }: { milli: number }) => (
  <span className={css.figure} data-below={milli < 0 || undefined}>
    {writeQty(milli)}
  </span>
);

export const Points = ({ points }: { points: number }) => <span className={`${css.figure} ${css.points}`}>{writeFixed(points, 0)}</span>;

export const Percent = ({ ppm }: { ppm: number }) => <span className={css.figure}>{writePercent(ppm)}</span>;

export function Figure({ name, children, size = "figure" }: { name: ReactNode; children: ReactNode; size?: "figure" | "due" }) {
  return (
    <div className={css.named} data-size={size}>
      <span className={css.name}>{name}</span>
      <output className={css.large} data-num="">
        {children}
      </output>
    </div>
  );
}

/** Lines of name and figure, the last of them the sum, under a double rule. */
export function DoubleRuleTotals({
  lines,
  sum,
}: {
  lines?: readonly { name: ReactNode; figure: ReactNode }[];
  sum: { name: ReactNode; figure: ReactNode };
}) {
  return (
    <dl className={css.totals}>
      {lines?.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a sum have no other identity.
        <div key={index} className={css.row}>
          <dt>{line.name}</dt>
          <dd>{line.figure}</dd>
        </div>
      ))}
      <div className={`${css.row} ${css.sum}`}>
        <dt>{sum.name}</dt>
        <dd>{sum.figure}</dd>
      </div>
    </dl>
  );
}
