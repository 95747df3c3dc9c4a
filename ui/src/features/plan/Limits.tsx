import { useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import { Button, Menu, Section } from "../../design";
import { Beside, useSaid } from "./beside";
import { AmountPick } from "./ConditionField";
import { addLimit, removeLimit, setLimit } from "./edit";
import { Figure } from "./fields";
import type { Plan } from "./language";
import css from "./Plan.module.css";

/** What is never exceeded, whatever the rules say. */
export function Limits({ plan, onChange, amounts }: { plan: Plan; onChange: (plan: Plan) => void; amounts: readonly string[] }) {
  const { t } = useLingui();
  const { readOnly } = useSaid();
  return (
    <Section
      title={t`Limits`}
      acts={
        !readOnly && (
          <Menu
            label={t`Add a limit`}
            items={[
              {
                key: "company",
                text: t`a share of all sales`,
                act: () => onChange(addLimit(plan, { scope: "company", rate: "30%", of: "net" })),
              },
              {
                key: "person",
                text: t`an amount per member and month`,
                act: () => onChange(addLimit(plan, { scope: "person_period", max: "10000" })),
              },
            ]}
          >
            {t`Add a limit`}
          </Menu>
        )
      }
    >
      {plan.limits.length === 0 && <p className={css.aside}>{t`None: the rules alone decide.`}</p>}
      <ol className={css.ruleList}>
        {plan.limits.map((limit, at) => {
          const place = at + 1;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a limit has no other identity than its place.
            <li key={at} className={css.limit}>
              <div className={css.sentence}>
                {limit.scope === "company" ? (
                  <>
                    <span>{t`All commission of a month is at most`}</span>
                    <Figure
                      percent
                      label={t`Limit ${place}, share of sales`}
                      value={limit.rate}
                      onChange={(rate) => onChange(setLimit(plan, at, { ...limit, rate }))}
                    />
                    <span>{t`of`}</span>
                    <AmountPick
                      label={t`Limit ${place}, of what`}
                      value={limit.of}
                      onChange={(of) => onChange(setLimit(plan, at, { ...limit, of }))}
                      amounts={amounts}
                    />
                  </>
                ) : (
                  <>
                    <span>{t`A member earns in a month at most`}</span>
                    <Figure
                      wide
                      label={t`Limit ${place}, per member and month`}
                      value={limit.max}
                      onChange={(max) => onChange(setLimit(plan, at, { ...limit, max }))}
                    />
                  </>
                )}
                <span className={css.aside}>{t`Beyond it everyone is cut in the same proportion.`}</span>
                {!readOnly && (
                  <Button kind="quiet" label={t`Remove limit ${place}`} onPress={() => onChange(removeLimit(plan, at))}>
                    <X size={14} aria-hidden="true" />
                  </Button>
                )}
              </div>
              <Beside path={`plan.limits[${at}]`} />
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
