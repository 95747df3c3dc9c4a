import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Amount, Button, Figure, Section, writeMoment } from "../../design";
import type { BalanceRow, TopUpRow } from "../../host";
import { useAnswer } from "../../host/answers";
import { FailureStrip, useMay } from "../../shell";
import css from "./Balance.module.css";
import { Refund } from "./Refund";
import { TopUp } from "./TopUp";

const STEP = 20;

/** A member's stored value: what there is, every movement, and what can be paid in or given back. */
export function BalanceSection({ member, name }: { member: string; name: string }) {
  const { t, i18n } = useLingui();
  const manager = useMay("manager");
  const [limit, setLimit] = useState(STEP);
  const [doing, setDoing] = useState<"top_up" | TopUpRow | null>(null);
  const sheet = useAnswer("balance", { member, window: { offset: 0, limit } }, { topics: ["members", "sales"], keep: true });
  if (sheet.error) return <FailureStrip failure={sheet.error} />;
  if (!sheet.data) return null;
  const { paid_minor, bonus_minor, statement, top_ups } = sheet.data;
  const open = top_ups.filter((row) => row.refunded_minor < row.amount_minor);
  return (
    <Section title={t`Stored value`} acts={<Amount minor={paid_minor + bonus_minor} />}>
      <div className={css.figures}>
        <Figure name={t`Paid in`}>
          <Amount minor={paid_minor} />
        </Figure>
        <Figure name={t`Bonus`}>
          <Amount minor={bonus_minor} />
        </Figure>
      </div>
      <div className={css.acts}>
        <Button onPress={() => setDoing("top_up")}>{t`Top up`}</Button>
      </div>
      {statement.rows.length > 0 && <Statement rows={statement.rows} />}
      {statement.count > statement.rows.length && limit < 200 && (
        <div className={css.acts}>
          <Button kind="quiet" onPress={() => setLimit(200)}>{t`Show more`}</Button>
        </div>
      )}
      {manager && open.length > 0 && paid_minor > 0 && (
        <ul className={css.rows} aria-label={t`Top-ups that can go back`}>
          {open.map((row) => {
            const { number } = row;
            return (
              <li key={row.top_up} className={css.row}>
                <span>
                  {number} <span className={css.more}>{writeMoment(row.at_ms, i18n.locale)}</span>
                </span>
                <span className={css.end}>
                  <Amount minor={row.amount_minor - row.refunded_minor} />
                  <Button kind="quiet" label={t`Give ${number} back`} onPress={() => setDoing(row)}>
                    {t`Give back`}
                  </Button>
                </span>
              </li>
            );
          })}
        </ul>
      )}
      {doing === "top_up" && <TopUp member={member} name={name} onClose={() => setDoing(null)} />}
      {doing !== null && doing !== "top_up" && <Refund row={doing} onClose={() => setDoing(null)} />}
    </Section>
  );
}

/** Every movement, newest first, with what there was afterwards. */
function Statement({ rows }: { rows: readonly BalanceRow[] }) {
  const { t, i18n } = useLingui();
  const kinds: Record<string, string> = {
    BalanceToppedUp: t`Topped up`,
    BalanceOpened: t`From the system before`,
    PayoutsMoved: t`Commission`,
    TopUpRefunded: t`Given back`,
    SaleRecorded: t`Spent`,
    SaleReturned: t`Goods returned`,
  };
  return (
    <ul className={css.rows} aria-label={t`Statement of stored value`}>
      {rows.map((row) => (
        <li key={`${row.number} ${row.at_ms} ${row.after_minor}`} className={css.row}>
          <span>
            {kinds[row.kind] ?? row.kind}{" "}
            <span className={css.more}>
              {row.number} {writeMoment(row.at_ms, i18n.locale)}
              {row.bonus_minor !== 0 && (
                <>
                  {" · "}
                  {t`bonus`} <Amount signed minor={row.bonus_minor} />
                </>
              )}
            </span>
          </span>
          <span className={css.end}>
            <Amount signed minor={row.paid_minor + row.bonus_minor} />
            <span className={css.more}>
              <Amount minor={row.after_minor} />
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
