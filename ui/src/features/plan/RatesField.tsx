import { useLingui } from "@lingui/react/macro";
import { Plus, X } from "lucide-react";
import { Button } from "../../design";
import { useSaid } from "./beside";
import { MeasureField } from "./ConditionField";
import { put } from "./edit";
import { Figure, Name, Pick } from "./fields";
import type { Rates } from "./language";
import css from "./Plan.module.css";
import { RateTable } from "./RateTable";

type Way = "table" | "band" | "attr" | "fixed";

interface RatesProps<R extends Rates> {
  rates: R;
  onChange: (rates: R) => void;
  ranks: readonly string[];
  amounts: readonly string[];
  /** Ways that make no sense here are not offered. */
  ways: readonly Way[];
  flat?: boolean;
}

const wayOf = (rates: Rates): Way => (rates.band ? "band" : rates.attr !== undefined ? "attr" : rates.fixed ? "fixed" : "table");

/** The same rates found in another way; figures begin at nothing. */
function inWay<R extends Rates>(rates: R, way: Way, flat: boolean): R {
  const { table: _t, band: _b, attr: _a, max_attr: _m, fixed: _f, ...rest } = rates;
  const more: Rates =
    way === "table"
      ? { table: { "*": flat ? "0%" : ["0%"] } }
      : way === "fixed"
        ? { fixed: { "*": flat ? "0" : ["0"] } }
        : way === "band"
          ? { band: { measure: "group.net", steps: [["0", "0%"]] } }
          : { attr: "rate", max_attr: "10%" };
  return { ...rest, ...more } as R;
}

/** Where a rate comes from, and the figures of it. */
export function RatesField<R extends Rates>({ rates, onChange, ranks, amounts, ways, flat = false }: RatesProps<R>) {
  const { t } = useLingui();
  const way = wayOf(rates);
  const names: Record<Way, string> = {
    table: flat ? t`by rank` : t`by rank and depth`,
    band: t`by volume, in steps`,
    attr: t`the member's own rate`,
    fixed: t`an amount per piece`,
  };
  return (
    <>
      <div className={css.sentence}>
        <span>{t`The rate is found`}</span>
        <Pick
          label={t`How the rate is found`}
          value={way}
          options={(ways.includes(way) ? ways : [...ways, way]).map((key) => ({ key, text: names[key] }))}
          onChange={(key) => key !== way && onChange(inWay(rates, key, flat))}
        />
        {rates.attr !== undefined && (
          <>
            <span>{t`in the field`}</span>
            <Name label={t`Field of the member with the rate`} value={rates.attr} onChange={(attr) => onChange({ ...rates, attr })} />
            <span>{t`up to`}</span>
            <Figure
              percent
              label={t`Highest rate of a member`}
              value={rates.max_attr ?? "100%"}
              onChange={(max_attr) => onChange({ ...rates, max_attr })}
            />
          </>
        )}
      </div>
      {rates.table && (
        <RateTable percent flat={flat} table={rates.table} onChange={(table) => onChange({ ...rates, table })} ranks={ranks} />
      )}
      {rates.fixed && (
        <RateTable percent={false} flat={flat} table={rates.fixed} onChange={(fixed) => onChange({ ...rates, fixed })} ranks={ranks} />
      )}
      {rates.band && <Band band={rates.band} onChange={(band) => onChange(put(rates, "band", band))} amounts={amounts} />}
    </>
  );
}

function Band({
  band,
  onChange,
  amounts,
}: {
  band: NonNullable<Rates["band"]>;
  onChange: (band: NonNullable<Rates["band"]>) => void;
  amounts: readonly string[];
}) {
  const { t } = useLingui();
  const { readOnly } = useSaid();
  const set = (at: number, step: [string, string]) => onChange({ ...band, steps: band.steps.map((one, on) => (on === at ? step : one)) });
  const last = band.steps.at(-1) ?? ["0", "0%"];
  return (
    <>
      <div className={css.sentence}>
        <span>{t`The steps go by`}</span>
        <MeasureField label={t`Steps`} value={band.measure} onChange={(measure) => onChange({ ...band, measure })} amounts={amounts} />
      </div>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t`From`}</th>
            <th scope="col">{t`Rate`}</th>
            <th>
              <span className="hidden-text">{t`Change the table`}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {band.steps.map(([from, rate], at) => {
            const step = at + 1;
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a step has no other identity than its place.
              <tr key={at}>
                <td>
                  <Figure wide label={t`Step ${step} from`} value={from} onChange={(next) => set(at, [next, rate])} />
                </td>
                <td>
                  <Figure percent label={t`Step ${step} rate`} value={rate} onChange={(next) => set(at, [from, next])} />
                </td>
                <td className={css.rowActs}>
                  {!readOnly && band.steps.length > 1 && (
                    <Button
                      kind="quiet"
                      label={t`Remove step ${step}`}
                      onPress={() => onChange({ ...band, steps: band.steps.filter((_, on) => on !== at) })}
                    >
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
          <Button kind="quiet" onPress={() => onChange({ ...band, steps: [...band.steps, [`${last[0]}0`, last[1]]] })}>
            <Plus size={14} aria-hidden="true" /> {t`One step more`}
          </Button>
        </span>
      )}
    </>
  );
}
