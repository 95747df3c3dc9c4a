import { useLingui } from "@lingui/react/macro";
import { Minus, Plus, X } from "lucide-react";
import { Button, LevelChip } from "../../design";
import { useSaid } from "./beside";
import { depthsOf, put, rowsOf, setCell, setDepths } from "./edit";
import { Figure } from "./fields";
import type { Table } from "./language";
import css from "./Plan.module.css";

interface TableProps {
  table: Table;
  onChange: (table: Table) => void;
  ranks: readonly string[];
  /** Rates are percentages, amounts are sums of money. */
  percent: boolean;
  /** A rule that has no depths, such as a pair. */
  flat?: boolean;
}

const MOST_DEPTHS = 30;

/** Rates by rank and depth, edited in place. */
export function RateTable({ table, onChange, ranks, percent, flat }: TableProps) {
  const { t } = useLingui();
  const { readOnly } = useSaid();
  const depths = depthsOf(table);
  const nothing = percent ? "0%" : "0";
  const columns = depths === 0 ? [null] : Array.from({ length: depths }, (_, at) => at);
  const rows = rowsOf(table, ranks);
  const everyone = ranks.length === 0 ? t`Every member` : t`Other members`;
  return (
    <div className={css.tableRoom}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t`Rank of the earner`}</th>
            {columns.map((depth) => (
              <th key={depth ?? "all"} scope="col" className={css.rateHead}>
                {depth === null ? t`at every depth` : <LevelChip depth={depth + 1} />}
              </th>
            ))}
            <th className={css.rowActs}>
              {!readOnly && !flat && depths > 0 && (
                <>
                  <Button
                    kind="quiet"
                    label={t`One depth fewer`}
                    disabled={depths <= 1}
                    onPress={() => onChange(setDepths(table, depths - 1, nothing))}
                  >
                    <Minus size={14} aria-hidden="true" />
                  </Button>
                  <Button
                    kind="quiet"
                    label={t`One depth more`}
                    disabled={depths >= MOST_DEPTHS}
                    onPress={() => onChange(setDepths(table, depths + 1, nothing))}
                  >
                    <Plus size={14} aria-hidden="true" />
                  </Button>
                </>
              )}
              <span className="hidden-text">{t`Change the table`}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ rank, row }) => {
            const name = rank === "*" ? everyone : rank;
            return (
              <tr key={rank}>
                <th scope="row">{name}</th>
                {columns.map((depth) => {
                  const cell = Array.isArray(row) ? row[depth ?? 0] : row;
                  const label = depth === null ? name : `${name} L${depth + 1}`;
                  return (
                    <td key={depth ?? "all"}>
                      <Figure
                        label={label}
                        percent={percent}
                        value={cell ?? nothing}
                        onChange={(next) =>
                          onChange(
                            Array.isArray(row)
                              ? setCell(table, rank, depth ?? 0, next, nothing)
                              : setCell(table, rank, depths === 0 ? null : depth, next, nothing),
                          )
                        }
                      />
                    </td>
                  );
                })}
                <td className={css.rowActs}>
                  {rank === "*" && ranks.length > 0 && !readOnly && (
                    <Button kind="quiet" label={t`Nothing for other members`} onPress={() => onChange(put(table, "*", undefined))}>
                      <X size={14} aria-hidden="true" />
                    </Button>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {!readOnly && (
        <span className={css.tableActs}>
          {!flat && (
            <Button kind="quiet" onPress={() => onChange(setDepths(table, depths === 0 ? 1 : null, nothing))}>
              {depths === 0 ? t`By depth` : t`The same at every depth`}
            </Button>
          )}
          {ranks.length > 0 && !("*" in table) && (
            <Button
              kind="quiet"
              onPress={() => onChange({ ...table, "*": depths === 0 ? nothing : Array.from({ length: depths }, () => nothing) })}
            >
              {t`A row for other members`}
            </Button>
          )}
        </span>
      )}
    </div>
  );
}
