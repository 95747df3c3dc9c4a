import { useLingui } from "@lingui/react/macro";
import { Figure, Seal, Section } from "../../design";
import type { PlanCheck } from "../../host";
import { Beside, saidOf } from "./beside";
import type { Found } from "./findings";
import css from "./Plan.module.css";
import { WorstChain } from "./WorstChain";

/** What the plan can cost at most, the chain that costs most, and what the law says of the plan as a whole. */
export function Judgement({ check, found, waiting }: { check: PlanCheck | undefined; found: readonly Found[]; waiting: boolean }) {
  const { t } = useLingui();
  const blocks = found.filter((one) => one.severity === "block").length;
  const doubts = found.filter((one) => one.severity === "confirm").length;
  const limit = check?.limit;
  const law = check?.jurisdiction === "none" ? null : check?.jurisdiction;
  const asOf = check?.as_of ?? "";
  const elsewhere = found.length - saidOf(found, "plan", ["plan.rules", "plan.ranks", "plan.limits"]).length;
  return (
    <Section title={t`Bound and check`}>
      <div className={css.judged} data-waiting={waiting || undefined} aria-busy={waiting}>
        <Figure name={t`At most, of money received`}>{check ? (check.bound ?? t`no bound`) : "–"}</Figure>
        {limit && <p className={css.aside}>{t`Held by the limit of ${limit}.`}</p>}
        {check?.worst && <WorstChain worst={check.worst} />}
        {check && found.length === 0 && <p className={css.prose}>{t`The check has nothing against this plan.`}</p>}
        {check && (blocks > 0 || doubts > 0) && (
          <p className={css.counts}>
            {blocks > 0 && (
              <span>
                <Seal tone="stop">{t`forbidden`}</Seal> {blocks}
              </span>
            )}
            {doubts > 0 && (
              <span>
                <Seal tone="wait">{t`to accept`}</Seal> {doubts}
              </span>
            )}
            {elsewhere > 0 && <span className={css.aside}>{t`${elsewhere} of them beside the fields`}</span>}
          </p>
        )}
        <Beside path="plan" except={["plan.rules", "plan.ranks", "plan.limits"]} />
        {law && <p className={css.law}>{t`Law of ${law} as of ${asOf}. This check is no legal advice.`}</p>}
      </div>
    </Section>
  );
}
