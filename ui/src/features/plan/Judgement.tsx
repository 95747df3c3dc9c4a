import { useLingui } from "@lingui/react/macro";
import { Figure, Seal, Section } from "../../design";
import type { PlanCheck } from "../../host";
import { type Found, toneOf } from "./findings";
import css from "./Plan.module.css";

/** What the plan can cost at most, and what arithmetic and the law say of it. */
export function Judgement({ check, found, waiting }: { check: PlanCheck | undefined; found: readonly Found[]; waiting: boolean }) {
  const { t, i18n } = useLingui();
  const severity = { block: t`forbidden`, confirm: t`to accept`, info: t`note` };
  return (
    <Section title={t`Bound and check`}>
      <div className={css.judged} data-waiting={waiting || undefined} aria-busy={waiting}>
        <Figure name={t`At most, of money received`}>{check ? (check.bound ?? t`no bound`) : "–"}</Figure>
        {check && found.length === 0 && <p className={css.prose}>{t`The check has nothing against this plan.`}</p>}
        <ul className={css.findings} aria-label={t`Findings`}>
          {check &&
            found.map((one, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: findings have no other identity than their order.
              <li key={at} className={css.finding}>
                <Seal tone={toneOf(one.severity)}>{severity[one.severity]}</Seal>
                <span>
                  {typeof one.words === "string" ? one.words : i18n._(one.words)}
                  {one.law && <small className={css.law}>{one.law}</small>}
                </span>
              </li>
            ))}
        </ul>
      </div>
    </Section>
  );
}
