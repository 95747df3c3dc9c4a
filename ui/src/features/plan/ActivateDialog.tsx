import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, DateField, Dialog, Figure, notify, Strip, TextField, useCurrency, writeFixed, writeMonth } from "../../design";
import type { PlanVersion, SimulationSummary } from "../../host";
import { useDeed } from "../../host/answers";
import { FailureStrip, useSession } from "../../shell";
import { type Found, toAccept } from "./findings";
import css from "./Plan.module.css";
import { earliestDay } from "./versions";

interface ActivateProps {
  text: string;
  versions: readonly PlanVersion[];
  found: readonly Found[];
  bound: string | null;
  /** The run of this very plan that was looked at, or `null` where it has to be run first; absent where the shop has no past month. */
  simulated?: SimulationSummary | null;
  onSimulate: () => void;
  onClose: () => void;
  onDone: () => void;
}

/** The owner puts a plan into force from a day: what the law forbids stops it, what it doubts is taken upon oneself, in one's own words. */
export function ActivateDialog({ text, versions, found, bound, simulated, onSimulate, onClose, onDone }: ActivateProps) {
  const { t, i18n } = useLingui();
  const { shop } = useSession();
  const earliest = earliestDay(versions, shop.today);
  const [day, setDay] = useState<string | null>(earliest ?? shop.today);
  const [accepted, setAccepted] = useState<Readonly<Record<string, string>>>({});
  const number = versions.reduce((last, one) => Math.max(last, one.row.version), 0) + 1;
  const deed = useDeed("activate_plan", () => {
    notify({ text: t`Version ${number} is in the books.` });
    onDone();
  });
  const blocks = found.filter((one) => one.severity === "block");
  const open = toAccept(found);
  const words = (one: Found) => (typeof one.words === "string" ? one.words : i18n._(one.words));
  const tooEarly = earliest !== null && day !== null && day < earliest;
  const ready =
    blocks.length === 0 && simulated !== null && open.every((one) => (accepted[one.rule] ?? "").trim() !== "") && day !== null && !tooEarly;
  return (
    <Dialog
      title={t`Put a plan into force`}
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t`Not now`}</Button>
          <Button
            kind="ink"
            disabled={!ready}
            busy={deed.isPending}
            onPress={() =>
              day &&
              deed.mutate({
                text,
                effective_from: day,
                acknowledged: open.map((one) => ({ rule: one.rule, words: accepted[one.rule] ?? "" })),
              })
            }
          >
            {day ? t`Put version ${number} into force from ${day}` : t`Put version ${number} into force`}
          </Button>
        </>
      }
    >
      <Figure name={t`At most, of money received`}>{bound ?? t`no bound`}</Figure>
      <p
        className={css.prose}
      >{t`Sales from that day on pay by this plan. Earlier sales keep what they paid. A version cannot be changed, only followed by another.`}</p>
      {blocks.map((one) => (
        <Strip key={`${one.rule} ${words(one)}`}>
          {words(one)} {one.law}
        </Strip>
      ))}
      {simulated === null && (
        <Strip tone="wait" action={<Button onPress={onSimulate}>{t`Try it on a past month`}</Button>}>
          {t`First see what this plan would have paid in a past month.`}
        </Strip>
      )}
      {simulated && <Tried summary={simulated} />}
      {blocks.length === 0 && (
        <>
          <DateField
            label={t`First day`}
            value={day}
            onChange={setDay}
            hint={earliest ? t`Not before ${earliest}` : undefined}
            error={tooEarly ? t`Not before ${earliest}` : undefined}
          />
          {open.map((one) => (
            <TextField
              key={one.rule}
              label={words(one)}
              value={accepted[one.rule] ?? ""}
              onChange={(typed) => setAccepted({ ...accepted, [one.rule]: typed })}
              hint={one.law ? `${t`Type why you take this upon yourself.`} ${one.law}` : t`Type why you take this upon yourself.`}
            />
          ))}
        </>
      )}
      <FailureStrip failure={deed.error} />
    </Dialog>
  );
}

/** What was seen of this very plan before. */
function Tried({ summary }: { summary: SimulationSummary }) {
  const { t, i18n } = useLingui();
  const { digits } = useCurrency();
  const month = writeMonth(summary.month, i18n.locale);
  const before = writeFixed(summary.before_minor, digits);
  const after = writeFixed(summary.after_minor, digits);
  return <p className={css.prose}>{t`Tried on ${month}: it would have paid ${after} instead of ${before}.`}</p>;
}
