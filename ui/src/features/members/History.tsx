import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Amount, Button, Section, writeFixed, writeMoment } from "../../design";
import type { HistoryRow, PayoutState, PointsWhy } from "../../host";
import { useAnswer } from "../../host/answers";
import { FailureStrip } from "../../shell";
import { howOf } from "../month/grounds";
import { stateWords } from "../payouts/words";
import css from "./Members.module.css";
import { pointsWhy } from "./pointsWhy";

/** Rows that one question answers at most. */
const MOST = 200;

const voucherHow: Record<string, MessageDescriptor> = {
  sold: msg`Voucher bought`,
  given: msg`Voucher given`,
  replaced: msg`Voucher replaced`,
  returned: msg`Voucher for goods brought back`,
};

/** What happened, in words; the paper or reason stands beside it. */
function happened(row: HistoryRow): MessageDescriptor {
  const { about } = row;
  switch (row.what) {
    case "bought":
      return msg`Bought`;
    case "returned":
      return msg`Goods brought back`;
    case "points":
      return pointsWhy[row.how as PointsWhy];
    case "level":
      return about === "" ? msg`No member level any more` : msg`Member level ${about}`;
    case "rank":
      return about === "" ? msg`No distribution rank any more` : msg`Distribution rank ${about}`;
    case "statement":
      return msg`Statement of commission`;
    case "payout":
      return msg`Payout`;
    case "topped_up":
      return msg`Money paid in`;
    case "refunded":
      return msg`Paid-in money given back`;
    case "voucher":
      return voucherHow[row.how] ?? msg`Voucher`;
    case "moved":
      return about === "" ? msg`Stands under nobody` : msg`Stands under ${about}`;
    case "merged":
      return msg`One with the card ${about}`;
  }
}

/** Everything that happened with a member in one list, newest first: for a manager who is asked "and when was that?". */
export function History({ member }: { member: string }) {
  const { t, i18n } = useLingui();
  const [limit, setLimit] = useState(10);
  const answer = useAnswer(
    "member_history",
    { member, window: { offset: 0, limit } },
    { topics: ["members", "sales", "month"], keep: (before) => before.member === member },
  );
  if (answer.error) return <FailureStrip failure={answer.error} />;
  if (!answer.data || answer.data.count === 0) return null;
  const { rows, count } = answer.data;
  const left = writeFixed(count - rows.length, 0);
  const beside = (row: HistoryRow): string => {
    if (row.what === "payout") return `${row.about} ${i18n._(stateWords(row.how as PayoutState))}`;
    if (row.what === "rank") return row.how === "by_hand" ? i18n._(howOf(row.how)) : "";
    if (row.what === "moved" || row.what === "merged") return row.how;
    return row.what === "level" ? "" : row.about;
  };
  return (
    <Section title={t`Timeline`}>
      <ul className={css.rows}>
        {rows.map((row, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a list that only grows at its head and is drawn whole.
          <li key={at} className={css.row}>
            <span>
              {i18n._(happened(row))}{" "}
              <span className={css.more}>
                {beside(row)} {writeMoment(row.at_ms, i18n.locale)}
              </span>
            </span>
            {row.amount_minor !== null && <Amount minor={row.amount_minor} />}
            {row.points !== null && (
              <span className={css.figure}>{row.points > 0 ? `+${writeFixed(row.points, 0)}` : writeFixed(row.points, 0)}</span>
            )}
          </li>
        ))}
      </ul>
      {count > rows.length && limit < MOST && (
        <Button kind="quiet" onPress={() => setLimit(Math.min(MOST, limit + 50))}>{t`Show more, ${left} left`}</Button>
      )}
    </Section>
  );
}
