import { useLingui } from "@lingui/react/macro";
import { ArrowDown, ArrowUp, X } from "lucide-react";
import { Button, EmptyHint, Menu, notify, Section, TextField } from "../../design";
import type { PlanRuleBound } from "../../host";
import { useSaid } from "./beside";
import { boundWords } from "./boundWords";
import { addRule, freeName, mayMoveRule, mayPayWithSale, moveRule, newRule, removeRule, renameRule, setRule, settled } from "./edit";
import { Pick } from "./fields";
import type { Kind, Plan, Rule } from "./language";
import { AwardFields, PairFields, PoolFields } from "./OtherFields";
import css from "./Plan.module.css";
import { WalkFields } from "./WalkFields";
import { kindName } from "./words";

interface RulesProps {
  plan: Plan;
  onChange: (plan: Plan) => void;
  amounts: readonly string[];
  bounds: readonly PlanRuleBound[];
}

const KINDS: readonly Kind[] = ["walk", "pool", "award", "pair"];

/** The rules of the plan, each in sentences with the figures to fill in, in the order in which they are worked out. */
export function Rules({ plan, onChange, amounts, bounds }: RulesProps) {
  const { t } = useLingui();
  const { readOnly } = useSaid();
  const ids = plan.rules.map((rule) => rule.id);
  const add = (kind: Kind) => onChange(addRule(plan, newRule(kind, freeName(ids, t`Rule`))));
  return (
    <Section
      title={t`Rules`}
      acts={
        !readOnly && (
          <Menu label={t`Add a rule`} items={KINDS.map((kind) => ({ key: kind, text: kindName(kind), act: () => add(kind) }))}>
            {t`Add a rule`}
          </Menu>
        )
      }
    >
      {plan.rules.length === 0 && <EmptyHint>{t`A plan without rules pays nobody. Add a rule.`}</EmptyHint>}
      <ol className={css.ruleList}>
        {plan.rules.map((rule, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a rule is known by its place while its name is being typed.
          <li key={`${at} ${rule.kind}`} className={css.rule}>
            <RuleHead plan={plan} at={at} onChange={onChange} bound={bounds.find((one) => one.rule === rule.id)} />
            <RuleFields
              rule={rule}
              onChange={(next) => onChange(setRule(plan, at, settled(next, plan)))}
              path={`plan.rules[${at}]`}
              ranks={plan.ranks.map((rank) => rank.id)}
              amounts={amounts}
              earlier={ids.slice(0, at)}
            />
            <Accrual plan={plan} rule={rule} onChange={(next) => onChange(setRule(plan, at, next))} />
          </li>
        ))}
      </ol>
    </Section>
  );
}

function RuleHead({
  plan,
  at,
  onChange,
  bound,
}: {
  plan: Plan;
  at: number;
  onChange: (plan: Plan) => void;
  bound: PlanRuleBound | undefined;
}) {
  const { t } = useLingui();
  const { readOnly } = useSaid();
  const rule = plan.rules[at];
  if (!rule) return null;
  const name = rule.id;
  const place = at + 1;
  return (
    <header className={css.ruleHead}>
      <span className={css.ruleNumber}>{place}</span>
      <span className={css.ruleName}>
        <TextField
          label={t`Name of rule ${place}`}
          hideLabel
          value={name}
          onChange={(id) => onChange(renameRule(plan, at, id))}
          disabled={readOnly}
        />
      </span>
      <span className={css.aside}>{kindName(rule.kind)}</span>
      {bound && (
        <span className={css.ruleBound}>
          <strong>{bound.bound ?? t`no bound`}</strong>
          <small>{boundWords(bound.why)}</small>
        </span>
      )}
      {!readOnly && (
        <span className={css.rowActs}>
          <Button
            kind="quiet"
            label={t`Earlier: ${name}`}
            disabled={!mayMoveRule(plan, at, -1)}
            onPress={() => onChange(moveRule(plan, at, -1))}
          >
            <ArrowUp size={14} aria-hidden="true" />
          </Button>
          <Button
            kind="quiet"
            label={t`Later: ${name}`}
            disabled={!mayMoveRule(plan, at, 1)}
            onPress={() => onChange(moveRule(plan, at, 1))}
          >
            <ArrowDown size={14} aria-hidden="true" />
          </Button>
          <Button
            kind="quiet"
            label={t`Remove rule: ${name}`}
            onPress={() => {
              onChange(removeRule(plan, at));
              notify({ text: t`Rule “${name}” removed.`, undo: { text: t`Undo`, act: () => onChange(plan) } });
            }}
          >
            <X size={14} aria-hidden="true" />
          </Button>
        </span>
      )}
    </header>
  );
}

function RuleFields({
  rule,
  onChange,
  ...rest
}: {
  rule: Rule;
  onChange: (rule: Rule) => void;
  path: string;
  ranks: readonly string[];
  amounts: readonly string[];
  earlier: readonly string[];
}) {
  switch (rule.kind) {
    case "walk":
      return <WalkFields rule={rule} onChange={onChange} {...rest} />;
    case "pool":
      return <PoolFields rule={rule} onChange={onChange} {...rest} />;
    case "pair":
      return <PairFields rule={rule} onChange={onChange} {...rest} />;
    case "award":
      return <AwardFields rule={rule} onChange={onChange} {...rest} />;
  }
}

/** When the earnings come to be: with the sale, or at the close of the month. */
function Accrual({ plan, rule, onChange }: { plan: Plan; rule: Rule; onChange: (rule: Rule) => void }) {
  const { t } = useLingui();
  if (!mayPayWithSale(rule, plan))
    return <p className={css.aside}>{t`Worked out at the close of the month, when its volumes are known.`}</p>;
  return (
    <div className={css.sentence}>
      <span>{t`It is worked out`}</span>
      <Pick
        label={t`When it is worked out`}
        value={rule.accrue ?? "period"}
        options={[
          { key: "paid", text: t`with the sale` },
          { key: "period", text: t`at the close of the month` },
        ]}
        onChange={(accrue) => onChange({ ...rule, accrue })}
      />
    </div>
  );
}
