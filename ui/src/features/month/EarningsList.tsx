import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Amount, Button, EmptyHint, LevelChip, Seal, useCurrency, writeFixed, writeMicro, writePercent } from "../../design";
import type { EarningRow } from "../../host";
import { useAnswer } from "../../host/answers";
import { FailureStrip } from "../../shell";
import css from "./Month.module.css";
import { WhyDialog } from "./WhyDialog";
import { WhyNothing } from "./WhyNothing";

const ROWS = 100;

export interface Earner {
  member: string;
  name: string;
  number: string;
}

/** What one member earned in a month, sale by sale; each amount opens its reason, and what brought nothing can be asked for too. */
export function EarningsList({ earner, month }: { earner: Earner; month: string }) {
  const { t } = useLingui();
  const { digits } = useCurrency();
  const [page, setPage] = useState(0);
  const [asked, setAsked] = useState<EarningRow | null>(null);
  const [nothing, setNothing] = useState(false);
  const answer = useAnswer(
    "earnings",
    { member: earner.member, month, window: { offset: page * ROWS, limit: ROWS } },
    { topics: ["month", "sales"], keep: true },
  );
  const count = answer.data?.count ?? 0;
  const first = page * ROWS;
  const from = writeFixed(first + 1, 0);
  const to = writeFixed(Math.min(count, first + ROWS), 0);
  const of = writeFixed(count, 0);
  return (
    <>
      <FailureStrip failure={answer.error} />
      {answer.data && count === 0 && <EmptyHint>{t`Nothing was earned in this month.`}</EmptyHint>}
      <ul className={css.earnings} aria-label={t`Earnings`}>
        {answer.data?.rows.map((one) => {
          const amount = writeMicro(one.amount_micro, digits);
          return (
            <li key={`${one.sale} ${one.line}`} className={css.earning}>
              <LevelChip depth={one.depth} />
              <span className={css.from}>
                <span>{one.source === null ? (one.buyer ?? t`no longer a member`) : t`By the month's rule ${one.rule}`}</span>
                <small>
                  {one.number} {one.number && "·"} {one.business_date} {one.late && <Seal tone="wait">{t`late`}</Seal>}
                </small>
              </span>
              <span className={css.sum}>
                <span>{amount}</span>
                <small>
                  <Amount minor={one.base_minor} />
                  {one.rate_ppm !== null && ` × ${writePercent(one.rate_ppm)}`}
                </small>
              </span>
              <Button kind="quiet" label={`${t`Why`} ${amount}`} onPress={() => setAsked(one)}>
                {t`Why`}
              </Button>
            </li>
          );
        })}
      </ul>
      {count > ROWS && (
        <div className={css.pager}>
          <Button disabled={page === 0} onPress={() => setPage(page - 1)}>
            {t`Earlier rows`}
          </Button>
          <span>{t`${from} to ${to} of ${of}`}</span>
          <Button disabled={first + ROWS >= count} onPress={() => setPage(page + 1)}>
            {t`Later rows`}
          </Button>
        </div>
      )}
      <Button kind="quiet" onPress={() => setNothing(true)}>
        {t`Why nothing on a sale?`}
      </Button>
      {nothing && <WhyNothing member={earner} onClose={() => setNothing(false)} />}
      {asked && <WhyDialog earning={asked} onClose={() => setAsked(null)} />}
    </>
  );
}
