import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, CountInput, notify, Points, Section, TextField, writeFixed } from "../../design";
import type { PointsRow } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, useMay } from "../../shell";
import css from "./Members.module.css";
import { pointsWhy } from "./pointsWhy";

const MOST = 200;

/** Every movement of a member's points, newest first, each with its reason and what was held after it. */
export function PointsStatement({ member }: { member: string }) {
  const { t, i18n } = useLingui();
  const mayGive = useMay("manager");
  const [limit, setLimit] = useState(10);
  const [giving, setGiving] = useState(false);
  const settings = useAnswer("settings", null, { topics: ["settings"] });
  const comesBy = settings.data?.points != null && settings.data.points_terms.sign_in.length > 0;
  const came = useDeed("sign_in_member", ({ streak, points }) => {
    const brought = writeFixed(points, 0);
    notify({ text: t`Day ${streak} in a row: ${brought} points` });
  });
  const terms = settings.data?.points != null ? settings.data.points_terms : null;
  const award = useDeed("award_points", ({ held }) => {
    const now = writeFixed(held, 0);
    notify({ text: t`${now} points now` });
  });
  const question = { member, window: { offset: 0, limit } };
  const answer = useAnswer("member_points", question, { topics: ["members", "sales"], keep: (before) => before.member === member });
  if (answer.error) return <FailureStrip failure={answer.error} />;
  if (!answer.data) return null;
  const { rows, count } = answer.data.page;
  const left = writeFixed(count - rows.length, 0);
  const about = (row: PointsRow) => {
    const { streak, usable_from, good_until, why } = row;
    const spent = writeFixed(row.spent_before, 0);
    return [
      row.number,
      row.reason,
      row.person,
      row.business_date,
      streak ? t`day ${streak} in a row` : null,
      usable_from ? t`can be spent from ${usable_from}` : null,
      good_until ? (why === "expired" ? t`last day was ${good_until}` : t`until ${good_until}`) : null,
      row.spent_before > 0 ? t`${spent} of them had been spent: owed, or made up for` : null,
    ]
      .filter(Boolean)
      .join(" · ");
  };
  const locked = writeFixed(answer.data.locked, 0);
  const owed = writeFixed(-answer.data.held, 0);
  const next = answer.data.running_out[0];
  const soon = next
    ? writeFixed(
        answer.data.running_out.filter((part) => part.good_until === next.good_until).reduce((sum, part) => sum + part.points, 0),
        0,
      )
    : "";
  const last = next?.good_until ?? "";
  return (
    <Section title={t`Points`} acts={<Points points={answer.data.held} />}>
      {answer.data.locked !== 0 && <p className={css.none}>{t`${locked} more are locked until goods can no longer come back.`}</p>}
      {answer.data.held < 0 && (
        <p className={css.none}>{t`${owed} points are owed: they were spent, and the goods they came with came back.`}</p>
      )}
      {next && <p className={css.none}>{t`${soon} run out after ${last}.`}</p>}
      {count === 0 && <p className={css.none}>{t`No points have moved yet.`}</p>}
      <ul className={css.rows}>
        {rows.map((row) => {
          const after = writeFixed(row.after, 0);
          const stays = row.why === "usable";
          return (
            <li key={`${row.entry} ${row.line}`} className={css.row}>
              <span>
                {i18n._(pointsWhy[row.why])} <span className={css.more}>{about(row)}</span>
              </span>
              <span className={css.figure}>
                {row.points > 0 && !stays ? "+" : ""}
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
      {comesBy && (
        <div>
          <Button busy={came.isPending} onPress={() => came.mutate(member)}>{t`Sign in for today`}</Button>
        </div>
      )}
      {terms !== null && (terms.review > 0 || terms.share > 0) && (
        <div className={css.acts}>
          {terms.review > 0 && (
            <Button busy={award.isPending} onPress={() => award.mutate({ member, deed: "review" })}>{t`Wrote a review`}</Button>
          )}
          {terms.share > 0 && (
            <Button busy={award.isPending} onPress={() => award.mutate({ member, deed: "share" })}>{t`Told others`}</Button>
          )}
        </div>
      )}
      <FailureStrip failure={came.error ?? award.error} />
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
