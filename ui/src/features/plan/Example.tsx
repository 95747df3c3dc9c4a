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
import type { TryLink } from "../../host";
import { useAnswer } from "../../host/answers";
import { FailureStrip } from "../../shell";
import { chainFor, earnedAt, passedAt, shareUp, wayWords } from "./example";
import css from "./Plan.module.css";

const MOST_PLACES = 12;

interface ExampleProps {
  /** The plan, where it is one. */
  text: string | null;
  ranks: readonly string[];
  /** Amounts of an order that it reads, `net` first. */
  amounts: readonly string[];
  tags: readonly string[];
  paired: boolean;
}

/** One order worked through the real engine while the plan is being written. */
export function Example({ text, ranks, amounts, tags, paired }: ExampleProps) {
  const { t } = useLingui();
  const { digits, code } = useCurrency();
  const [net, setNet] = useState<number | null>(1280 * 10 ** digits);
  const [others, setOthers] = useState<Readonly<Record<string, number | null>>>({});
  const [marked, setMarked] = useState<readonly string[]>([]);
  const [links, setLinks] = useState<readonly TryLink[]>([]);
  const [length, setLength] = useState(4);
  const chain = chainFor(links, ranks, length);
  const amountsMinor = Object.fromEntries(amounts.map((name) => [name, name === "net" ? (net ?? 0) : (others[name] ?? net ?? 0)]));
  const asked = text !== null && net !== null && net > 0;
  const answer = useAnswer(
    "try_plan",
    { text: text ?? "", amounts_minor: amountsMinor, tags: marked.filter((tag) => tags.includes(tag)), chain },
    { enabled: asked, keep: true },
  );
  const earned = asked ? answer.data : undefined;
  const passed = earned ? passedAt(earned) : new Map<number, string>();
  const sum = (earned ?? []).reduce((all, one) => all + one.amount_micro, 0);
  const change = (at: number, part: Partial<TryLink>) => setLinks(chain.map((link, on) => (on === at ? { ...link, ...part } : link)));
  const options = ranks.map((rank) => ({ key: rank, text: rank }));
  return (
    <Section
      title={t`Worked example`}
      acts={
        <span className={css.steppers}>
          <Button kind="quiet" label={t`Fewer members above`} disabled={length <= 2} onPress={() => setLength(length - 1)}>
            <Minus size={14} aria-hidden="true" />
          </Button>
          <Button kind="quiet" label={t`More members above`} disabled={length >= MOST_PLACES} onPress={() => setLength(length + 1)}>
            <Plus size={14} aria-hidden="true" />
          </Button>
        </span>
      }
    >
      <div className={css.exampleAsk}>
        <MoneyInput label={t`The buyer pays (${code})`} value={net} onChange={setNet} />
        {amounts
          .filter((name) => name !== "net")
          .map((name) => (
            <MoneyInput
              key={name}
              label={name.toUpperCase()}
              value={others[name] ?? net}
              onChange={(value) => setOthers({ ...others, [name]: value })}
            />
          ))}
        {tags.map((tag) => (
          <Check
            key={tag}
            value={marked.includes(tag)}
            onChange={(on) => setMarked(on ? [...marked, tag] : marked.filter((one) => one !== tag))}
          >
            {t`The sale is marked “${tag}”`}
          </Check>
        ))}
      </div>
      <ol className={css.chain}>
        {chain.map((link, at) => {
          const { micro, parts } = earnedAt(earned ?? [], at);
          const place = at === 0 ? t`Buyer` : `L${at}`;
          const nothing = earned && micro === 0 ? passed.get(at) : undefined;
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
                    value={link.rank}
                    onChange={(rank) => change(at, { rank })}
                  />
                ) : null}
                <Check value={!link.active} onChange={(frozen) => change(at, { active: !frozen })}>
                  {t`frozen`}
                </Check>
              </span>
              <span className={css.linkEarns}>
                <span data-nothing={micro === 0 || undefined}>{micro === 0 ? "–" : writeMicro(micro, digits)}</span>
              </span>
              {(parts.length > 0 || nothing) && (
                <ul className={css.linkWhy}>
                  {parts.map((part, on) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: the parts have no other identity than their order.
                    <li key={on}>
                      <span>{part.rule}</span> <span>{wayWords(part.why)}</span>
                    </li>
                  ))}
                  {nothing && <li>{nothing}</li>}
                </ul>
              )}
            </li>
          );
        })}
      </ol>
      <FailureStrip failure={text === null ? null : answer.error} />
      <DoubleRuleTotals
        sum={{
          name: t`Commission on this order`,
          figure: earned ? `${writeMicro(sum, digits)} = ${writePercent(shareUp(sum, net ?? 0))}` : "–",
        }}
      />
      <p className={css.aside}>
        {paired
          ? t`Conditions on the month are taken as met, and the other leg of everyone brings an order of the same worth.`
          : t`Conditions on the month are taken as met.`}
      </p>
    </Section>
  );
}
