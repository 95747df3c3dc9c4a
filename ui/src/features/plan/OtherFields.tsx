import { useLingui } from "@lingui/react/macro";
import { Beside } from "./beside";
import { AmountPick, ConditionField, MeasureField } from "./ConditionField";
import { put } from "./edit";
import { Figure, Name, Pick } from "./fields";
import type { AwardRule, PairRule, PoolRule, Weight } from "./language";
import css from "./Plan.module.css";
import { RatesField } from "./RatesField";
import type { RuleProps } from "./ruleProps";

/** A pool in sentences: what is shared, among whom, by what. */
export function PoolFields({ rule, onChange, path, ranks, amounts }: RuleProps<PoolRule>) {
  const { t } = useLingui();
  const { fund, share } = rule;
  return (
    <>
      <div className={css.sentence}>
        <span>{t`Each month the shop sets aside`}</span>
        {"rate" in fund ? (
          <Figure
            percent
            label={t`Rate of the fund`}
            value={fund.rate}
            onChange={(rate) => onChange({ ...rule, fund: { ...fund, rate } })}
          />
        ) : (
          <Figure wide label={t`Amount of the fund`} value={fund.amount} onChange={(amount) => onChange({ ...rule, fund: { amount } })} />
        )}
        <Pick
          label={t`What the fund is`}
          value={"rate" in fund ? "rate" : "amount"}
          options={[
            { key: "rate", text: t`of all sales` },
            { key: "amount", text: t`in money` },
          ]}
          onChange={(key) =>
            onChange({
              ...rule,
              fund: key === "rate" ? ("rate" in fund ? fund : { rate: "1%", of: "net" }) : "amount" in fund ? fund : { amount: "1000" },
            })
          }
        />
        {"rate" in fund && (amounts.length > 1 || fund.of !== "net") && (
          <AmountPick
            label={t`Amount that counts`}
            value={fund.of}
            onChange={(of) => onChange({ ...rule, fund: { ...fund, of } })}
            amounts={amounts}
          />
        )}
        <span>{t`and shares it among`}</span>
        <ConditionField
          label={t`Who shares`}
          value={share.who}
          onChange={(who) => onChange({ ...rule, share: { ...share, who } })}
          ranks={ranks}
          amounts={amounts}
        />
      </div>
      <div className={css.sentence}>
        <span>{t`Shares go`}</span>
        <WeightField
          weight={share.weight}
          onChange={(weight) => onChange({ ...rule, share: { ...share, weight } })}
          ranks={ranks}
          amounts={amounts}
        />
      </div>
      <Beside path={path} />
    </>
  );
}

type WeightKind = "same" | "measure" | "attr" | "rank";

function WeightField({
  weight,
  onChange,
  ranks,
  amounts,
}: {
  weight: Weight;
  onChange: (weight: Weight) => void;
  ranks: readonly string[];
  amounts: readonly string[];
}) {
  const { t } = useLingui();
  const kind: WeightKind = typeof weight === "string" ? "same" : "measure" in weight ? "measure" : "attr" in weight ? "attr" : "rank";
  const options: { key: WeightKind; text: string }[] = [
    { key: "same", text: t`equally` },
    { key: "measure", text: t`by volume` },
    ...(ranks.length > 0 || kind === "rank" ? [{ key: "rank" as const, text: t`by rank` }] : []),
    { key: "attr", text: t`by a field of the member` },
  ];
  const fresh: Record<WeightKind, Weight> = {
    same: "1",
    measure: { measure: "group.net" },
    attr: { attr: "shares" },
    rank: { rank: Object.fromEntries(ranks.map((rank) => [rank, "1"])) },
  };
  return (
    <>
      <Pick label={t`How shares go`} value={kind} options={options} onChange={(key) => key !== kind && onChange(fresh[key])} />
      {typeof weight === "string" ? null : "measure" in weight ? (
        <MeasureField label={t`Shares`} value={weight.measure} onChange={(measure) => onChange({ measure })} amounts={amounts} />
      ) : "attr" in weight ? (
        <Name label={t`Field with the shares`} value={weight.attr} onChange={(attr) => onChange({ attr })} />
      ) : (
        ranks.map((rank) => (
          <span key={rank} className={css.condition}>
            <span>{rank}</span>
            <Figure
              label={t`Shares of ${rank}`}
              value={weight.rank[rank] ?? "0"}
              onChange={(next) => onChange({ rank: { ...weight.rank, [rank]: next } })}
            />
          </span>
        ))
      )}
    </>
  );
}

/** A pair in sentences: what flows, what is matched, what is brought forward. */
export function PairFields({ rule, onChange, path, ranks, amounts }: RuleProps<PairRule>) {
  const { t } = useLingui();
  return (
    <>
      <div className={css.sentence}>
        <span>{t`Each sale flows, by`}</span>
        <AmountPick
          label={t`Amount that flows`}
          value={rule.measure}
          onChange={(measure) => onChange({ ...rule, measure })}
          amounts={[...new Set(["net", ...amounts])]}
        />
        <span>{t`, into the leg of everyone above. The smaller leg is matched for`}</span>
        <ConditionField
          label={t`For whom legs are matched`}
          value={rule.pay}
          onChange={(pay) => onChange({ ...rule, pay })}
          ranks={ranks}
          amounts={amounts}
        />
      </div>
      <RatesField
        flat
        rates={rule.rate}
        onChange={(rate) => onChange({ ...rule, rate })}
        ranks={ranks}
        amounts={amounts}
        ways={["table", "band", "attr"]}
      />
      <div className={css.sentence}>
        <span>{t`A member earns by it at most`}</span>
        <Optional
          label={t`Most per member and month`}
          value={rule.cap_per_person}
          fresh="5000"
          onChange={(cap) => onChange(put(rule, "cap_per_person", cap))}
        />
        <span>{t`; brought forward is`}</span>
        <Pick
          label={t`What is brought forward`}
          value={rule.carry}
          options={[
            { key: "net_off", text: t`what was not matched` },
            { key: "carry", text: t`the difference of the legs` },
            { key: "flush", text: t`nothing` },
          ]}
          onChange={(carry) => onChange({ ...rule, carry })}
        />
        {rule.carry !== "flush" && (
          <>
            <span>{t`, per leg at most`}</span>
            <Optional
              label={t`Most brought forward per leg`}
              value={rule.carry_cap}
              fresh="100000"
              onChange={(cap) => onChange(put(rule, "carry_cap", cap))}
            />
          </>
        )}
      </div>
      <Beside path={path} />
    </>
  );
}

/** An amount that may be left out. */
function Optional({
  label,
  value,
  fresh,
  onChange,
}: {
  label: string;
  value: string | undefined;
  fresh: string;
  onChange: (value: string | undefined) => void;
}) {
  const { t } = useLingui();
  return (
    <>
      <Pick
        label={`${label}: ${t`whether`}`}
        value={value === undefined ? "none" : "some"}
        options={[
          { key: "none", text: t`any amount` },
          { key: "some", text: t`this amount:` },
        ]}
        onChange={(key) => onChange(key === "none" ? undefined : (value ?? fresh))}
      />
      {value !== undefined && <Figure wide label={label} value={value} onChange={onChange} />}
    </>
  );
}

/** An award in a sentence. */
export function AwardFields({ rule, onChange, path, ranks, amounts }: RuleProps<AwardRule>) {
  const { t } = useLingui();
  return (
    <>
      <div className={css.sentence}>
        <span>{t`Each month`}</span>
        <Figure wide label={t`Amount of the award`} value={rule.amount} onChange={(amount) => onChange({ ...rule, amount })} />
        <span>{t`goes to everyone with`}</span>
        <ConditionField
          label={t`Who gets the award`}
          value={rule.who}
          onChange={(who) => onChange({ ...rule, who })}
          ranks={ranks}
          amounts={amounts}
        />
      </div>
      <Beside path={path} />
    </>
  );
}
