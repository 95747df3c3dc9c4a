import { useLingui } from "@lingui/react/macro";
import { Minus, Plus } from "lucide-react";
import { useState } from "react";
import {
  Button,
  Check,
  DoubleRuleTotals,
  LevelChip,
  MoneyInput,
  Section,
  Select,
  useCurrency,
  writeMicro,
  writePercent,
} from "../../design";
import type { PlanSource, TryLink } from "../../host";
import { useAnswer } from "../../host/answers";
import { FailureStrip } from "../../shell";
import { chainFor, earnedAt, question, shareUp } from "./example";
import { blankForm } from "./form";
import css from "./Plan.module.css";

const NO_RANK = "-";
const MOST_PLACES = 12;

/** One order worked through the real engine while the plan is being written. */
export function Example({ source, ranks, levels }: { source: PlanSource | null; ranks: readonly string[]; levels: number }) {
  const { t } = useLingui();
  const { digits, code } = useCurrency();
  const [net, setNet] = useState<number | null>(1280 * 10 ** digits);
  const [links, setLinks] = useState<readonly TryLink[]>([]);
  const [places, setPlaces] = useState<number | null>(null);
  const length = places ?? Math.min(levels, 4) + 1;
  const chain = chainFor(links, ranks, length);
  const answer = useAnswer("try_plan", question(source ?? { from: "form", form: blankForm }, net ?? 0, chain), {
    enabled: source !== null && net !== null && net > 0,
    keep: true,
  });
  const earned = net !== null && net > 0 && source ? (answer.data ?? []) : [];
  const sum = earned.reduce((all, one) => all + one.amount_micro, 0);
  const change = (at: number, part: Partial<TryLink>) => setLinks(chain.map((link, on) => (on === at ? { ...link, ...part } : link)));
  const options = [...ranks.map((rank) => ({ key: rank, text: rank })), { key: NO_RANK, text: t`no rank` }];
  return (
    <Section
      title={t`Worked example`}
      acts={
        <span className={css.steppers}>
          <Button kind="quiet" label={t`Fewer members above`} disabled={length <= 2} onPress={() => setPlaces(length - 1)}>
            <Minus size={14} aria-hidden="true" />
          </Button>
          <Button kind="quiet" label={t`More members above`} disabled={length >= MOST_PLACES} onPress={() => setPlaces(length + 1)}>
            <Plus size={14} aria-hidden="true" />
          </Button>
        </span>
      }
    >
      <MoneyInput label={t`The buyer pays (${code})`} value={net} onChange={setNet} />
      <ol className={css.chain}>
        {chain.map((link, at) => {
          const { micro, rates } = earnedAt(earned, at);
          const place = at === 0 ? t`Buyer` : `L${at}`;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a place in the chain is its distance from the buyer.
            <li key={at} className={css.link} data-frozen={!link.active || undefined}>
              <span className={css.place}>{at === 0 ? t`Buyer` : <LevelChip depth={at} />}</span>
              <span className={css.linkRank}>
                {ranks.length > 0 ? (
                  <Select
                    label={t`Rank of ${place}`}
                    hideLabel
                    options={options}
                    value={link.rank ?? NO_RANK}
                    onChange={(key) => change(at, { rank: key === NO_RANK ? null : key })}
                  />
                ) : null}
                <Check value={!link.active} onChange={(frozen) => change(at, { active: !frozen })}>
                  {t`frozen`}
                </Check>
              </span>
              <span className={css.linkEarns}>
                <span data-nothing={micro === 0 || undefined}>{micro === 0 ? "–" : writeMicro(micro, digits)}</span>
                {rates.length > 0 && <small>{rates.map(writePercent).join(" + ")}</small>}
              </span>
            </li>
          );
        })}
      </ol>
      <FailureStrip failure={source ? answer.error : null} />
      <DoubleRuleTotals
        sum={{
          name: t`Commission on this order`,
          figure: `${writeMicro(sum, digits)} = ${writePercent(shareUp(sum, net ?? 0))}`,
        }}
      />
    </Section>
  );
}
