import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, DateField, notify, Section, Select, TextField, writeFixed } from "../../design";
import type { LevelRow, MemberLevels } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, useMay } from "../../shell";
import css from "./Members.module.css";

const NONE = "";

/** The member's level: what it rests on, what is missing to the next one, and every change with its reason. */
export function MemberLevel({ member }: { member: string }) {
  const { t } = useLingui();
  const mayGrant = useMay("manager");
  const [limit, setLimit] = useState(5);
  const [granting, setGranting] = useState(false);
  const question = { member, window: { offset: 0, limit } };
  const answer = useAnswer("member_levels", question, { topics: ["members", "settings"], keep: (before) => before.member === member });
  if (answer.error) return <FailureStrip failure={answer.error} />;
  if (!answer.data || (!answer.data.grows && answer.data.page.count === 0)) return null;
  const { rows, count } = answer.data.page;
  const left = writeFixed(count - rows.length, 0);
  return (
    <Section title={t`Member level`} acts={<span>{answer.data.level ?? t`none`}</span>}>
      <Standing told={answer.data} />
      <ul className={css.rows}>
        {rows.map((row) => (
          <Change key={row.entry} row={row} />
        ))}
      </ul>
      {count > rows.length && (
        <div>
          <Button kind="quiet" onPress={() => setLimit(200)}>{t`Show more, ${left} left`}</Button>
        </div>
      )}
      {granting && <Grant member={member} told={answer.data} onDone={() => setGranting(false)} />}
      {mayGrant && !granting && (
        <div>
          <Button onPress={() => setGranting(true)}>{t`Give a level by hand`}</Button>
        </div>
      )}
    </Section>
  );
}

function Standing({ told }: { told: MemberLevels }) {
  const { t } = useLingui();
  const growth = writeFixed(told.growth, 0);
  const until = told.until ?? "";
  const within = writeFixed(told.within ?? 0, 0);
  const keep = writeFixed(told.keep ?? 0, 0);
  const next = told.next ?? "";
  const missing = writeFixed(Math.max(0, (told.next_at ?? 0) - told.growth), 0);
  const said = [
    told.grows ? t`Growth ${growth}.` : null,
    told.until ? t`The level lasts until ${until}.` : null,
    told.until && told.keep !== null ? t`${within} of the ${keep} that keep it have come so far.` : null,
    told.next ? t`${missing} more lead to ${next}.` : null,
  ].filter(Boolean);
  return <p className={css.none}>{said.join(" ")}</p>;
}

function Change({ row }: { row: LevelRow }) {
  const { t } = useLingui();
  const none = t`no level`;
  const growth = writeFixed(row.growth, 0);
  const needed = writeFixed(row.needed, 0);
  const until = row.until ?? "";
  const gift = `${row.gift_points > 0 ? "+" : ""}${writeFixed(row.gift_points, 0)}`;
  const why: Record<LevelRow["why"], string> = {
    reached: t`growth ${growth} ≥ ${needed}`,
    lost: t`goods came back: growth ${growth} < ${needed}`,
    kept: t`kept: growth ${growth} ≥ ${needed} within its days`,
    not_kept: t`not kept: growth ${growth} < ${needed} within its days`,
    grant_over: t`the last day of what was given by hand was over`,
    by_hand: t`by hand`,
  };
  const about = [
    why[row.why],
    row.reason,
    row.person,
    row.gift_points !== 0 ? t`${gift} points` : null,
    row.to ? (row.until ? t`until ${until}` : t`for ever`) : null,
  ];
  return (
    <li className={css.row}>
      <span>
        {row.from !== row.to && `${row.from ?? none} → `}
        {row.to ?? none} <span className={css.more}>{about.filter(Boolean).join(" · ")}</span>
      </span>
      <span className={css.figure}>{row.business_date}</span>
    </li>
  );
}

function Grant({ member, told, onDone }: { member: string; told: MemberLevels; onDone: () => void }) {
  const { t } = useLingui();
  const settings = useAnswer("settings", null, { topics: ["settings"] });
  const [level, setLevel] = useState(told.level ?? NONE);
  const [until, setUntil] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const grant = useDeed("grant_level", (after) => {
    const now = after.level ?? t`no level`;
    notify({ text: t`Level now: ${now}` });
    onDone();
  });
  const submit = () => {
    if (!grant.isPending) grant.mutate({ member, level: level === NONE ? null : level, until, reason });
  };
  const names = Object.keys(settings.data?.levels ?? {});
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
      <Select
        label={t`Member level`}
        options={[{ key: NONE, text: t`No level` }, ...names.map((name) => ({ key: name, text: name }))]}
        value={level}
        onChange={setLevel}
      />
      <DateField label={t`Last day`} value={until} onChange={setUntil} hint={t`Empty: for ever. Growth may lead higher meanwhile.`} />
      <TextField label={t`Reason`} value={reason} onChange={setReason} onEnter={submit} maxLength={200} autoFocus />
      <FailureStrip failure={grant.error} />
      <div className={css.acts}>
        <Button kind="ink" busy={grant.isPending} onPress={submit}>{t`Record`}</Button>
        <Button onPress={onDone}>{t`Cancel`}</Button>
      </div>
    </div>
  );
}
