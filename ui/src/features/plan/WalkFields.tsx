import { useLingui } from "@lingui/react/macro";
import { Beside } from "./beside";
import { AmountPick, ConditionField } from "./ConditionField";
import { put, setMax } from "./edit";
import { Filter } from "./Filter";
import { Count, Figure, Name, Pick } from "./fields";
import type { Source, WalkRule } from "./language";
import css from "./Plan.module.css";
import { RatesField } from "./RatesField";
import { More, type RuleProps } from "./ruleProps";

/** A walk in sentences: what it starts from, whom it meets, what they earn. */
export function WalkFields({ rule, onChange, path, ranks, amounts, earlier }: RuleProps<WalkRule>) {
  const { t } = useLingui();
  const { source } = rule;
  const route = rule.path;
  const setPath = (part: Partial<WalkRule["path"]>) => onChange({ ...rule, path: { ...route, ...part } });
  const blocks = ["path.hold", "path.pay", "path", "rate"].map((key) => `${path}.${key}`);
  return (
    <>
      <div className={css.sentence}>
        <SourceFields source={source} onChange={(next) => onChange({ ...rule, source: next })} amounts={amounts} earlier={earlier} />
        <span>{t`pays the members above the buyer, up to`}</span>
        <Pick
          label={t`How many places`}
          value={route.max === undefined ? "all" : "some"}
          options={[
            { key: "some", text: t`so many places:` },
            { key: "all", text: t`the very top` },
          ]}
          onChange={(key) => onChange(setMax(rule, key === "all" ? undefined : (route.max ?? 2)))}
        />
        {route.max !== undefined && <Count label={t`Places`} value={route.max} onChange={(max) => onChange(setMax(rule, max))} />}
        <span>{t`; counting begins`}</span>
        <Pick
          label={t`Where counting begins`}
          value={route.self === false ? "above" : route.self === true ? "self" : "level0"}
          options={[
            { key: "above", text: t`above the buyer` },
            { key: "self", text: t`with the buyer as the first` },
            { key: "level0", text: t`with the buyer as level 0` },
          ]}
          onChange={(key) => setPath({ self: key === "above" ? false : key === "self" ? true : "level0" })}
        />
      </div>
      <Beside path={`${path}.source`} />
      <Beside path={`${path}.path`} except={[`${path}.path.hold`, `${path}.path.pay`]} />
      <div className={css.sentence}>
        <span>{t`A place is taken by`}</span>
        <ConditionField
          label={t`Who takes a place`}
          value={route.hold}
          onChange={(hold) => setPath({ hold })}
          ranks={ranks}
          amounts={amounts}
        />
        <span className={css.aside}>
          {route.hold === "always" ? t`Nobody is passed over.` : t`Others are passed over, and the next above takes the place.`}
        </span>
      </div>
      <Beside path={`${path}.path.hold`} />
      <div className={css.sentence}>
        <span>{t`It is paid to`}</span>
        <ConditionField label={t`Who is paid`} value={route.pay} onChange={(pay) => setPath({ pay })} ranks={ranks} amounts={amounts} />
        <span className={css.aside}>
          {route.pay === "always" ? t`Everyone who has a place.` : t`Others keep their place, and the shop keeps the amount.`}
        </span>
      </div>
      <Beside path={`${path}.path.pay`} />
      <div className={css.sentence}>
        <span>{t`Each earns`}</span>
        <Pick
          label={t`How rates add up`}
          value={rule.rate.mode}
          options={[
            { key: "absolute", text: t`the own rate` },
            { key: "difference", text: t`what the own rate adds to the highest below` },
          ]}
          onChange={(mode) => {
            if (mode === rule.rate.mode) return;
            const { seed: _s, min: _m, equal: _e, ...rest } = rule.rate;
            onChange({ ...rule, rate: { ...rest, mode } });
          }}
        />
      </div>
      <RatesField
        rates={rule.rate}
        onChange={(rate) => onChange({ ...rule, rate })}
        ranks={ranks}
        amounts={amounts}
        ways={
          rule.rate.mode === "difference" || source.event === "earning" ? ["table", "band", "attr"] : ["table", "band", "attr", "fixed"]
        }
      />
      {rule.rate.mode === "difference" && <DifferenceFields rule={rule} onChange={onChange} ranks={ranks} amounts={amounts} />}
      <Beside path={`${path}.rate`} />
      <Beside path={path} except={[`${path}.source`, ...blocks]} />
      <More
        changed={
          route.tree !== "sponsor" ||
          route.index !== "depth" ||
          route.stop_at !== undefined ||
          route.mark_unpaid ||
          rule.rate.pay_from !== undefined ||
          rule.rate.cap_amount !== undefined
        }
      >
        <div className={css.sentence}>
          <span>{t`The way up follows`}</span>
          <Pick
            label={t`Which tree`}
            value={route.tree}
            options={[
              { key: "sponsor", text: t`sponsors` },
              { key: "placement", text: t`placement` },
            ]}
            onChange={(tree) => setPath({ tree })}
          />
          <span>{t`and counts`}</span>
          <Pick
            label={t`How places are counted`}
            value={route.index}
            options={[
              { key: "depth", text: t`every place` },
              { key: "same_rank", text: t`generations of the same rank` },
            ]}
            onChange={(index) => setPath({ index })}
          />
        </div>
        <div className={css.sentence}>
          <span>{t`It ends at`}</span>
          <ConditionField
            label={t`Where it ends`}
            value={route.stop_at ?? "never"}
            onChange={(stop) => onChange({ ...rule, path: put(route, "stop_at", stop === "never" ? undefined : stop) })}
            ranks={ranks}
            amounts={amounts}
          />
        </div>
        <div className={css.sentence}>
          <span>{t`Pay begins at place`}</span>
          <Count
            least={0}
            label={t`First paid place`}
            value={rule.rate.pay_from ?? 1}
            onChange={(from) => onChange({ ...rule, rate: put(rule.rate, "pay_from", from === 1 ? undefined : from) })}
          />
          <span>{t`; the most per place, in money:`}</span>
          <Caps
            caps={rule.rate.cap_amount ?? []}
            onChange={(caps) => onChange({ ...rule, rate: put(rule.rate, "cap_amount", caps.length > 0 ? caps : undefined) })}
          />
        </div>
        {rule.rate.mode === "difference" && (
          <div className={css.sentence}>
            <span>{t`Someone who may not be paid`}</span>
            <Pick
              label={t`Whether those who are not paid raise the mark`}
              value={route.mark_unpaid ? "yes" : "no"}
              options={[
                { key: "no", text: t`leaves the difference to those above` },
                { key: "yes", text: t`still uses up the difference` },
              ]}
              onChange={(key) => setPath({ mark_unpaid: key === "yes" })}
            />
          </div>
        )}
      </More>
    </>
  );
}

function SourceFields({
  source,
  onChange,
  amounts,
  earlier,
}: {
  source: Source;
  onChange: (source: Source) => void;
  amounts: readonly string[];
  earlier: readonly string[];
}) {
  const { t } = useLingui();
  const mode = source.event === "earning" ? "earning" : source.aggregate === "buyer" ? "buyer" : "order";
  return (
    <>
      <Pick
        label={t`What it starts from`}
        value={mode}
        options={[
          { key: "order", text: t`Each sale` },
          { key: "buyer", text: t`All sales of a buyer in the month` },
          ...(earlier.length > 0 || mode === "earning" ? [{ key: "earning" as const, text: t`Each earning by` }] : []),
        ]}
        onChange={(key) => {
          if (key === mode) return;
          if (key === "earning") onChange({ event: "earning", rules: earlier.slice(0, 1), factor: source.factor });
          else if (source.event === "order") onChange({ ...source, aggregate: key === "buyer" ? "buyer" : "none" });
          else onChange({ event: "order", base: "net", factor: source.factor, aggregate: key === "buyer" ? "buyer" : "none" });
        }}
      />
      {source.event === "earning" ? (
        <Pick
          label={t`Earnings of which rule`}
          value={source.rules.join("\n")}
          options={[...new Set([...earlier, ...(earlier.length > 1 ? [earlier.join("\n")] : []), source.rules.join("\n")])].map((key) => ({
            key,
            text: key.split("\n").join(" + "),
          }))}
          onChange={(key) => onChange({ ...source, rules: key.split("\n") })}
        />
      ) : (
        <>
          <Filter filter={source.where} onChange={(where) => onChange(put(source, "where", where))} />
          <span>{t`, by`}</span>
          <AmountPick
            label={t`Amount that counts`}
            value={source.base}
            onChange={(base) => onChange({ ...source, base })}
            amounts={[...new Set(["net", ...amounts])]}
          />
        </>
      )}
      {source.factor !== "1" && (
        <>
          <span>{"×"}</span>
          <Figure label={t`Factor`} value={source.factor} onChange={(factor) => onChange({ ...source, factor })} />
        </>
      )}
    </>
  );
}

function DifferenceFields({ rule, onChange, ranks, amounts }: Omit<RuleProps<WalkRule>, "path" | "earlier">) {
  const { t } = useLingui();
  const { rate } = rule;
  const set = (part: Partial<WalkRule["rate"]>) => onChange({ ...rule, rate: { ...rate, ...part } });
  const { equal } = rate;
  return (
    <>
      <div className={css.sentence}>
        <span>{t`A peer of the same rank earns`}</span>
        <Pick
          label={t`Equal-rank bonus`}
          value={equal ? equal.of : "none"}
          options={[
            { key: "none", text: t`nothing` },
            { key: "order", text: t`a share of the sale` },
            { key: "income", text: t`a share of what the one below earned` },
          ]}
          onChange={(key) =>
            onChange({
              ...rule,
              rate: put(rate, "equal", key === "none" ? undefined : { rate: "1%", peers_per_rank: 1, who: "always", ...equal, of: key }),
            })
          }
        />
        {equal && (
          <>
            <Figure percent label={t`Equal-rank rate`} value={equal.rate} onChange={(next) => set({ equal: { ...equal, rate: next } })} />
            <span>{t`, for so many peers of a rank:`}</span>
            <Count
              least={0}
              label={t`Peers of a rank`}
              value={equal.peers_per_rank}
              onChange={(peers_per_rank) => set({ equal: { ...equal, peers_per_rank } })}
            />
            <span>{t`, if`}</span>
            <ConditionField
              label={t`Which peers`}
              value={equal.who}
              onChange={(who) => set({ equal: { ...equal, who } })}
              ranks={ranks}
              amounts={amounts}
            />
          </>
        )}
      </div>
      <div className={css.sentence}>
        <span>{t`The buyer's own rate`}</span>
        <Pick
          label={t`Whether the buyer's rate counts`}
          value={rate.seed ?? "none"}
          options={[
            { key: "none", text: t`does not count` },
            { key: "source_rate", text: t`is the first mark` },
          ]}
          onChange={(key) => onChange({ ...rule, rate: put(rate, "seed", key === "none" ? undefined : key) })}
        />
        <span>{t`; the least margin is`}</span>
        <Pick
          label={t`Least margin`}
          value={rate.min === undefined ? "none" : "some"}
          options={[
            { key: "none", text: t`none` },
            { key: "some", text: t`this rate:` },
          ]}
          onChange={(key) => onChange({ ...rule, rate: put(rate, "min", key === "none" ? undefined : (rate.min ?? "1%")) })}
        />
        {rate.min !== undefined && <Figure percent label={t`Least margin rate`} value={rate.min} onChange={(min) => set({ min })} />}
      </div>
    </>
  );
}

function Caps({ caps, onChange }: { caps: readonly string[]; onChange: (caps: string[]) => void }) {
  const { t } = useLingui();
  return (
    <Name
      label={t`Most per place, places apart by a space`}
      value={caps.join(" ")}
      onChange={(typed) => onChange(typed.trim() === "" ? [] : typed.split(/\s+/))}
    />
  );
}
