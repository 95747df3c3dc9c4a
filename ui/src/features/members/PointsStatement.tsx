import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, CountInput, notify, Points, Section, TextField, writeFixed } from "../../design";
import type { PointsRow, PointsWhy } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, useMay } from "../../shell";
import css from "./Members.module.css";

const MOST = 200;

/** Every movement of a member's points, newest first, each with its reason and what was held after it. */
export function PointsStatement({ member }: { member: string }) {
  const { t } = useLingui();
  const mayGive = useMay("manager");
  const [limit, setLimit] = useState(10);
  const [giving, setGiving] = useState(false);
  const question = { member, window: { offset: 0, limit } };
  const answer = useAnswer("member_points", question, { topics: ["members", "sales"], keep: (before) => before.member === member });
  const why: Record<PointsWhy, string> = {
    earned: t`Earned with a purchase`,
    spent: t`Spent`,
    taken_back: t`Taken back with a return`,
    given_back: t`Given back with a return`,
    by_hand: t`Given or taken by hand`,
  };
  if (answer.error) return <FailureStrip failure={answer.error} />;
  if (!answer.data) return null;
  const { rows, count } = answer.data.page;
  const left = writeFixed(count - rows.length, 0);
  const about = (row: PointsRow) => [row.number, row.reason, row.person, row.business_date].filter(Boolean).join(" · ");
  return (
    <Section title={t`Points`} acts={<Points points={answer.data.held} />}>
      {count === 0 && <p className={css.none}>{t`No points have moved yet.`}</p>}
      <ul className={css.rows}>
        {rows.map((row) => {
          const after = writeFixed(row.after, 0);
          return (
            <li key={`${row.entry} ${row.line}`} className={css.row}>
              <span>
                {why[row.why]} <span className={css.more}>{about(row)}</span>
              </span>
              <span className={css.figure}>
                {row.points > 0 ? "+" : ""}
                {writeFixed(row.points, 0)} <span className={css.more}>{t`then ${after}`}</span>
              </span>
            </li>
          );
        })}
      </ul>
      {count > rows.length && limit < MOST && (
        <div>
          <Button kind="quiet" onPress={() => setLimit(Math.min(MOST, limit + 50))}>{t`Show more, ${left} left`}</Button>
        </div>
      )}
      {giving && <Give member={member} onDone={() => setGiving(false)} />}
      {mayGive && !giving && (
        <div>
          <Button onPress={() => setGiving(true)}>{t`Give or take points`}</Button>
        </div>
      )}
    </Section>
  );
}

function Give({ member, onDone }: { member: string; onDone: () => void }) {
  const { t } = useLingui();
  const [points, setPoints] = useState<number | null>(null);
  const [reason, setReason] = useState("");
  const give = useDeed("give_points", ({ held }) => {
    const now = writeFixed(held, 0);
    notify({ text: t`${now} points now` });
    onDone();
  });
  const submit = () => {
    if (!give.isPending) give.mutate({ member, points: points ?? 0, reason });
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc leaves this part first, then the sheet.
    <div
      className={css.form}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented) {
          event.stopPropagation();
          onDone();
        }
      }}
    >
      <CountInput label={t`How many points`} hint={t`Below zero to take them.`} value={points} onChange={setPoints} autoFocus />
      <TextField label={t`Reason`} value={reason} onChange={setReason} onEnter={submit} maxLength={200} />
      <FailureStrip failure={give.error} />
      <div className={css.acts}>
        <Button kind="ink" busy={give.isPending} onPress={submit}>{t`Record`}</Button>
        <Button onPress={onDone}>{t`Cancel`}</Button>
      </div>
    </div>
  );
}
