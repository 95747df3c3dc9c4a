import { useLingui } from "@lingui/react/macro";
import { ArrowDown, ArrowUp, X } from "lucide-react";
import { Button, notify, Section, TextField } from "../../design";
import { Beside, useSaid } from "./beside";
import { ConditionField } from "./ConditionField";
import { addRank, freeName, moveRank, put, removeRank, renameRank, setRank } from "./edit";
import type { Plan } from "./language";
import css from "./Plan.module.css";

/** The ranks, lowest first, each with what it takes to have it. */
export function Ranks({ plan, onChange, amounts }: { plan: Plan; onChange: (plan: Plan) => void; amounts: readonly string[] }) {
  const { t } = useLingui();
  const { readOnly } = useSaid();
  const ids = plan.ranks.map((rank) => rank.id);
  return (
    <Section
      title={t`Ranks`}
      acts={
        !readOnly && (
          <Button kind="quiet" onPress={() => onChange(addRank(plan, freeName(ids, t`Rank`)))}>
            {plan.ranks.length === 0 ? t`Pay by rank` : t`Add a higher rank`}
          </Button>
        )
      }
    >
      {plan.ranks.length === 0 && <p className={css.aside}>{t`All members are alike.`}</p>}
      <ol className={css.ruleList}>
        {plan.ranks.map((rank, at) => {
          const place = at + 1;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a rank is known by its place while its name is being typed.
            <li key={at} className={css.rank}>
              <span className={css.rankName}>
                <TextField
                  label={t`Name of rank ${place}`}
                  hideLabel
                  value={rank.id}
                  onChange={(id) => onChange(renameRank(plan, at, id))}
                  disabled={readOnly}
                />
              </span>
              <span className={css.rankWhen}>
                <span>
                  {at === 0 && rank.when === undefined
                    ? t`is everyone's, at first`
                    : rank.when === undefined
                      ? t`is given by hand`
                      : t`is reached with`}
                </span>
                {rank.when !== undefined && (
                  <ConditionField
                    label={t`Condition of rank ${place}`}
                    value={rank.when}
                    onChange={(when) => onChange(setRank(plan, at, put(rank, "when", when)))}
                    ranks={ids.slice(0, at)}
                    amounts={amounts}
                  />
                )}
                <Beside path={`plan.ranks[${at}]`} />
              </span>
              {!readOnly && (
                <span className={css.rowActs}>
                  <Button
                    kind="quiet"
                    onPress={() =>
                      onChange(
                        setRank(plan, at, put(rank, "when", rank.when === undefined ? { measure: "group.net", gte: "10000" } : undefined)),
                      )
                    }
                  >
                    {rank.when === undefined ? t`By a condition` : t`By hand`}
                  </Button>
                  <Button kind="quiet" label={t`Lower rank ${place}`} disabled={at === 0} onPress={() => onChange(moveRank(plan, at, -1))}>
                    <ArrowUp size={14} aria-hidden="true" />
                  </Button>
                  <Button
                    kind="quiet"
                    label={t`Higher rank ${place}`}
                    disabled={at === plan.ranks.length - 1}
                    onPress={() => onChange(moveRank(plan, at, 1))}
                  >
                    <ArrowDown size={14} aria-hidden="true" />
                  </Button>
                  <Button
                    kind="quiet"
                    label={t`Remove rank ${place}`}
                    onPress={() => {
                      const name = rank.id;
                      onChange(removeRank(plan, at));
                      notify({ text: t`Rank “${name}” removed.`, undo: { text: t`Undo`, act: () => onChange(plan) } });
                    }}
                  >
                    <X size={14} aria-hidden="true" />
                  </Button>
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
