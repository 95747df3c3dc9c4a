import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { ArrowDown, ArrowUp, X } from "lucide-react";
import { Button, LevelChip, PercentInput, readPercent, Section, Select, Switch, TextField, writePercent } from "../../design";
import type { PlanForm } from "../../host";
import { addRank, MOST_LEVELS, moveRank, readRate, removeRank, renameRank, setLevels, setRate } from "./form";
import css from "./Plan.module.css";

interface RulesProps {
  form: PlanForm;
  onChange: (form: PlanForm) => void;
  readOnly: boolean;
}

/** The plan as sentences with the figures to fill in. */
export function Rules({ form, onChange, readOnly }: RulesProps) {
  const { t } = useLingui();
  const levels = Array.from({ length: form.levels }, (_, at) => at);
  return (
    <Section title={t`Rules`}>
      <div className={css.sentence}>
        <span>{t`Each sale pays the members above the buyer, up to`}</span>
        <Select
          label={t`Levels`}
          hideLabel
          options={Array.from({ length: MOST_LEVELS }, (_, at) => ({ key: String(at + 1), text: levelCount(at + 1) }))}
          value={String(form.levels)}
          onChange={(key) => onChange(setLevels(form, Number(key)))}
          disabled={readOnly}
        />
        <span>{t`the following share of what the buyer paid:`}</span>
      </div>
      <div className={css.tableRoom}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t`Rank of the earner`}</th>
              {levels.map((level) => (
                <th key={level} scope="col" className={css.rateHead}>
                  <LevelChip depth={level + 1} />
                </th>
              ))}
              <th>
                <span className="hidden-text">{t`Change the rank`}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {form.rates.map((cells, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a rank is known by its place while its name is being typed.
              <tr key={row}>
                <th scope="row">
                  {form.ranks.length === 0 ? (
                    t`Every member`
                  ) : (
                    <div className={css.rank}>
                      <TextField
                        label={rankLabel(t`Name of rank`, row)}
                        hideLabel
                        value={form.ranks[row] ?? ""}
                        onChange={(name) => onChange(renameRank(form, row, name))}
                        disabled={readOnly}
                      />
                    </div>
                  )}
                </th>
                {levels.map((level) => (
                  <td key={level}>
                    <RateCell
                      label={`${form.ranks[row] ?? t`Every member`} L${level + 1} %`}
                      rate={cells[level] ?? ""}
                      onChange={(rate) => onChange(setRate(form, row, level, rate))}
                      disabled={readOnly}
                    />
                  </td>
                ))}
                <td className={css.rowActs}>
                  {form.ranks.length > 0 && !readOnly && (
                    <>
                      <Button kind="quiet" label={t`Lower rank`} disabled={row === 0} onPress={() => onChange(moveRank(form, row, -1))}>
                        <ArrowUp size={14} aria-hidden="true" />
                      </Button>
                      <Button
                        kind="quiet"
                        label={t`Higher rank`}
                        disabled={row === form.ranks.length - 1}
                        onPress={() => onChange(moveRank(form, row, 1))}
                      >
                        <ArrowDown size={14} aria-hidden="true" />
                      </Button>
                      <Button kind="quiet" label={t`Remove this rank`} onPress={() => onChange(removeRank(form, row))}>
                        <X size={14} aria-hidden="true" />
                      </Button>
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {!readOnly && (
        <div>
          <Button onPress={() => onChange(addRank(form, freeName(form, t`Rank`)))}>
            {form.ranks.length === 0 ? t`Pay by rank` : t`Add a higher rank`}
          </Button>
        </div>
      )}
      <div className={css.switches}>
        <Switch
          value={form.compress}
          onChange={(compress) => onChange({ ...form, compress })}
          disabled={readOnly}
          hint={
            form.compress
              ? t`A frozen member is passed over and the next above takes their place.`
              : t`A frozen member keeps their place and earns nothing; what they miss stays with the shop.`
          }
        >
          {t`Close the gap of frozen members`}
        </Switch>
        <Switch
          value={form.self_purchase}
          onChange={(self_purchase) => onChange({ ...form, self_purchase })}
          disabled={readOnly}
          hint={
            form.self_purchase
              ? t`The buyer earns L1 on their own purchase, the sponsor L2 and so on.`
              : t`The buyer earns nothing; the sponsor is L1.`
          }
        >
          {t`The buyer's own purchase earns`}
        </Switch>
      </div>
    </Section>
  );
}

const levelCount = (count: number): string => plural(count, { one: "# level", other: "# levels" });
const rankLabel = (name: string, row: number): string => `${name} ${row + 1}`;

/** A name that no rank has yet. */
function freeName(form: PlanForm, word: string): string {
  let number = form.ranks.length + 1;
  while (form.ranks.includes(`${word} ${number}`)) number += 1;
  return `${word} ${number}`;
}

interface RateCellProps {
  label: string;
  rate: string;
  onChange: (rate: string) => void;
  disabled: boolean;
}

/** One percentage in the table. */
function RateCell({ label, rate, onChange, disabled }: RateCellProps) {
  const { t } = useLingui();
  return (
    <span className={css.rate}>
      <PercentInput
        label={label}
        hideLabel
        value={rate.trim() === "" ? null : readPercent(rate)}
        onChange={(ppm) => onChange(ppm === null ? "" : writePercent(ppm).replace(/[%,]/g, ""))}
        error={rate !== "" && readRate(rate) === null ? t`0 to 100` : undefined}
        disabled={disabled}
      />
      <span aria-hidden="true">{"%"}</span>
    </span>
  );
}
