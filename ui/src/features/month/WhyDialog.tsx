import { useLingui } from "@lingui/react/macro";
import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { Amount, Button, Dialog, DoubleRuleTotals, LevelChip, Qty, Seal, useCurrency, writeMicro } from "../../design";
import { call, type EarningRow, type WhyAnswer, type WhyReversal } from "../../host";
import { useAnswer } from "../../host/answers";
import { FailureStrip } from "../../shell";
import { ReturnHistory } from "../returns/ReturnHistory";
import css from "./Month.module.css";
import { cutsOf, formulaOf, type Place, placesOf, reasonOf, sourceOf, wayOf } from "./why";

/** Lines of an order that are shown before the rest is asked for. */
const FEW = 5;

/** From an amount back to where it came from: the order, the plan that held, its rule with the numbers, and the chain of people. */
export function WhyDialog({ earning, onClose }: { earning: EarningRow; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const { digits } = useCurrency();
  // The earnings below on the same sale say who was passed over before this one.
  const answers = useQueries({
    queries: (earning.source === null ? Array.from({ length: earning.line + 1 }, (_, line) => line) : [earning.line]).map((line) => ({
      queryKey: ["why", earning.sale, line],
      queryFn: () => call("why", { sale: earning.sale, line }),
    })),
  });
  const known = answers.flatMap((one) => (one.data ? [one.data] : []));
  const whole = known.length === answers.length ? known : [];
  const asked = whole.at(-1);
  const amount = writeMicro(earning.amount_micro, digits);
  const [unfolded, setUnfolded] = useState(false);
  const lines = asked?.lines ?? [];
  // A long order would push the rule, which is what was asked for, out of sight.
  const shown = unfolded || lines.length <= FEW + 1 ? lines : lines.slice(0, FEW);
  const folded = lines.length - shown.length;
  // Where a limit or an earlier round took part of it, the formula gives the whole.
  const parted = asked && (asked.before_micro !== null || asked.source?.startsWith("cut:"));
  const exact = parted ? "…" : amount;
  const before = asked && asked.before_micro !== null ? writeMicro(asked.before_micro, digits) : null;
  const passed = asked ? passedOf(asked) : [];
  const version = asked?.plan?.version ?? earning.plan_version;
  return (
    <Dialog title={t`Why ${amount}`} open size="wide" onClose={onClose} footer={<Button onPress={onClose}>{t`Close`}</Button>}>
      <FailureStrip failure={answers.find((one) => one.error)?.error} />
      {asked && (
        <ol className={css.steps}>
          {asked.month !== null && (
            <li>
              <h3>{t`What the month's rule started from`}</h3>
              <p>
                {i18n._(sourceOf(asked.source ?? "", asked.sales, asked.names))} {"·"} {asked.month}
              </p>
            </li>
          )}
          <li hidden={asked.month !== null}>
            <h3>{t`The order`}</h3>
            <p>
              {asked.number} {"·"} {asked.business_date}
            </p>
            <DoubleRuleTotals
              lines={shown.map(([name, milli, minor]) => ({
                name: (
                  <>
                    {name} {"×"} <Qty milli={milli} />
                  </>
                ),
                figure: <Amount minor={minor} />,
              }))}
              sum={{ name: t`Counts for commission`, figure: <Amount minor={asked.earned.base_minor} /> }}
            />
            {folded > 0 && <Button kind="quiet" onPress={() => setUnfolded(true)}>{t`Show ${folded} more lines`}</Button>}
            {asked.month === null && <CameBack sale={asked.reversal?.sale ?? earning.sale} />}
          </li>
          {asked.reversal && <Reversal reversal={asked.reversal} />}
          <li>
            <h3>{t`The plan on that day`}</h3>
            <p>
              {t`Version ${version}`} {asked.plan && <span className={css.hash}>{asked.plan.hash.slice(0, 12)}</span>}
            </p>
          </li>
          <li>
            <h3>
              {t`The rule`} <span className={css.hash}>{asked.earned.rule}</span>
            </h3>
            <p className={css.formula} data-selectable="">
              {formulaOf(asked.why, exact, digits)}
            </p>
            {asked.why !== null && <p className={css.small}>{i18n._(wayOf(asked.why))}</p>}
            {before !== null && (
              <p className={css.small}>{t`An earlier close of this month had paid ${before}; ${amount} is the difference.`}</p>
            )}
            {cutsOf(asked.why, digits).map((cut) => (
              <p key={i18n._(cut)} className={css.small}>
                {i18n._(cut)}
              </p>
            ))}
          </li>
          {asked.month !== null && passed.length > 0 && (
            <li>
              <h3>{t`Passed over below`}</h3>
              <ul className={css.chain}>
                {passed.map((one) => (
                  <li key={one.name} className={css.link} data-part="passed">
                    <span />
                    <span className={css.from}>
                      <span>{one.name}</span>
                      <small>{i18n._(one.reason)}</small>
                    </span>
                  </li>
                ))}
              </ul>
            </li>
          )}
          <li hidden={asked.month !== null}>
            <h3>{t`The chain on that day, from the buyer up`}</h3>
            <ol className={css.chain}>
              {placesOf(whole).map((place) => (
                <Link key={place.depth} place={place} />
              ))}
            </ol>
          </li>
        </ol>
      )}
    </Dialog>
  );
}

/** What came back of the order, whoever asks. */
function CameBack({ sale }: { sale: string }) {
  const sheet = useAnswer("sale", sale, { topics: ["sales"] });
  return sheet.data ? <ReturnHistory returns={sheet.data.returns} /> : null;
}

/** The return that takes the earning back, or its part of it. */
function Reversal({ reversal }: { reversal: WhyReversal }) {
  const { t } = useLingui();
  return (
    <li>
      <h3>{t`The return that takes it back`}</h3>
      <p>
        {reversal.number} {"·"} {reversal.business_date} {reversal.reason !== null && <span className={css.small}>{reversal.reason}</span>}
      </p>
      <DoubleRuleTotals
        lines={reversal.lines.map(([name, milli, minor]) => ({
          name: (
            <>
              {name} {"×"} <Qty milli={milli} />
            </>
          ),
          figure: <Amount minor={minor} />,
        }))}
        sum={{ name: t`Counts for commission`, figure: <Amount minor={reversal.base_minor} /> }}
      />
    </li>
  );
}

/** Who stood below and earned nothing, with names. */
function passedOf(asked: WhyAnswer) {
  const names = new Map(asked.names);
  const why = asked.why;
  const list = typeof why === "object" && why !== null && !Array.isArray(why) && Array.isArray(why.passed) ? why.passed : [];
  return list.flatMap((one) => {
    if (typeof one !== "object" || one === null || Array.isArray(one)) return [];
    return [{ name: names.get(String(one.member)) ?? "", reason: reasonOf(one) }];
  });
}

function Link({ place }: { place: Place }) {
  const { t, i18n } = useLingui();
  const { digits } = useCurrency();
  const counted = place.index !== null && place.index !== place.depth && place.part === "earned" ? place.index : null;
  return (
    <li className={css.link} data-asked={place.asked || undefined} data-part={place.part} aria-current={place.asked || undefined}>
      {place.depth === 0 ? <span className={css.small}>{t`Buyer`}</span> : <LevelChip depth={place.depth} />}
      <span className={css.from}>
        <span>
          {place.name} {place.rank && <span className={css.small}>{place.rank}</span>}{" "}
          {!place.active && <Seal tone="stop">{t`frozen then`}</Seal>}
        </span>
        {place.reason && <small>{i18n._(place.reason)}</small>}
        {counted !== null && <small>{t`Counted as L${counted}, because someone below was passed over.`}</small>}
      </span>
      <span className={css.sum}>
        {place.part === "earned" && writeMicro(place.micro, digits)}
        {place.part === "passed" && "–"}
        {place.part === "above" && <small>{t`further up`}</small>}
      </span>
    </li>
  );
}
