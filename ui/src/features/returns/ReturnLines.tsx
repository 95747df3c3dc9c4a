import { useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import { Amount, Qty, Seal } from "../../design";
import type { ReturnableLine, ReturnedLine } from "../../host";
import till from "../till/Lines.module.css";
import type { Draft } from "./draft";
import css from "./Returns.module.css";

interface LinesProps {
  draft: Draft;
  lines: readonly ReturnableLine[];
  /** What the books would give back, line by line of what was asked. */
  quoted: readonly ReturnedLine[];
  /** True while keys act on the new goods instead. */
  still: boolean;
  onPick: (index: number) => void;
}

/** The sale's lines with what came back before and what comes back now; without a receipt, what is given for it. */
export function ReturnLines({ draft, lines, quoted, still, onPick }: LinesProps) {
  const { t } = useLingui();
  const here = useRef<HTMLTableRowElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the current line comes into sight when it changes.
  useEffect(() => {
    here.current?.scrollIntoView?.({ block: "nearest" });
  }, [draft.current]);
  const loose = draft.sale === null;
  const rows = loose
    ? draft.loose.map((one, index) => ({
        key: one.product.id,
        name: one.product.name,
        code: one.product.code,
        sold: null,
        left: null,
        unit: one.paid_minor,
        chosen: one.qty_milli,
        to: one.to,
        gives: quoted[index],
      }))
    : lines.map((line) => ({
        key: String(line.line),
        name: line.name,
        code: line.code,
        sold: line.sold_milli,
        left: line.left_milli,
        unit: line.unit_minor,
        chosen: draft.chosen[line.line]?.qty_milli ?? 0,
        to: draft.chosen[line.line]?.to ?? "shelf",
        gives: quoted.find((one) => one.line === line.line),
      }));
  return (
    <table className={till.table}>
      <thead>
        <tr>
          <th className={till.place}>{"#"}</th>
          <th>{t`Product`}</th>
          {!loose && <th data-end="">{t`Sold then`}</th>}
          <th data-end="">{loose ? t`Paid for one` : t`Price`}</th>
          <th data-end="">{t`Comes back`}</th>
          <th data-end="">{t`Refund`}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => {
          const current = !still && index === draft.current;
          return (
            <tr
              key={row.key}
              ref={current ? here : undefined}
              className={till.line}
              data-off={row.left === 0 || undefined}
              aria-current={current ? "true" : undefined}
              onClick={() => onPick(index)}
            >
              <td className={till.place}>{index + 1}</td>
              <td>
                <span className={till.name}>{row.name}</span>
                <span className={till.below}>
                  <span>{row.code}</span>
                  {row.left !== null && row.sold !== null && row.left < row.sold && (
                    <span>
                      {t`came back before`} <Qty milli={row.sold - row.left} />
                    </span>
                  )}
                  {row.chosen > 0 && row.to === "damaged" && <strong className={till.short}>{t`damaged, not on the shelf`}</strong>}
                </span>
              </td>
              {!loose && <td data-end="">{row.sold !== null && <Qty milli={row.sold} />}</td>}
              <td data-end="">
                <Amount minor={row.unit} />
              </td>
              <td data-end="">
                {row.chosen > 0 ? (
                  <strong className={css.back}>
                    <Qty milli={row.chosen} />
                  </strong>
                ) : (
                  row.left === 0 && <Seal tone="stop">{t`Returned`}</Seal>
                )}
              </td>
              <td data-end="">{row.chosen > 0 && row.gives && <Amount minor={row.gives.net_minor} />}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
