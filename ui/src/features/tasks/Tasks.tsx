import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import {
  Button,
  type Column,
  EmptyHint,
  Facts,
  Grid,
  notify,
  Page,
  Section,
  SideSheet,
  TextField,
  useCurrency,
  writeMoment,
} from "../../design";
import { call, type TaskEnd, type TaskRow, type TaskSeen } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, go, useKeys } from "../../shell";
import css from "./Tasks.module.css";
import { amountOf, kindOf, proposalOf, saidOf } from "./tasks";

const topics = ["sync", "products", "members", "vouchers", "month"] as const;
const ends: Record<string, TaskEnd> = { a: "accepted", l: "left" };
const beside: readonly string[] = ["kind", "said"];

/** What tills that were apart left behind: what each saw, one proposal, one key. A accepts, L leaves things as they are. */
export default function Tasks() {
  const { t, i18n } = useLingui();
  const { digits } = useCurrency();
  const [open, setOpen] = useState<string | null>(null);
  const all = useAnswer("tasks", null, { topics, keep: true });
  const settle = useDeed("settle_task", (_, { done }) => {
    notify({ text: done === "accepted" ? t`Done as proposed` : t`Left as it is` });
    setOpen(null);
  });
  const shown = all.data?.find((row) => row.task === open) ?? null;
  const say = (row: TaskRow, done: TaskEnd, reason = "") => {
    if (!settle.isPending) settle.mutate({ task: row.task, done, reason });
  };
  useKeys(open ? { Escape: () => setOpen(null) } : {});
  const columns: Column<TaskRow>[] = [
    { id: "kind", title: t`Matter`, width: "minmax(120px, 1fr)", cell: (row) => i18n._(kindOf(row.kind)) },
    { id: "said", title: t`What happened`, width: "minmax(200px, 3fr)", cell: (row) => i18n._(saidOf(row, digits, i18n.locale)) },
    { id: "proposal", title: t`Proposal`, width: "minmax(160px, 2fr)", cell: (row) => i18n._(proposalOf(row, i18n.locale)) },
  ];
  return (
    <Page
      title={t`Tasks`}
      strip={<FailureStrip failure={all.error ?? settle.error} />}
      side={
        shown && (
          <TaskSheet
            key={shown.task}
            row={shown}
            busy={settle.isPending}
            onSay={(done, reason) => say(shown, done, reason)}
            onClose={() => setOpen(null)}
          />
        )
      }
    >
      <p className={css.prose}>
        {t`Tills that sold apart may each be right and not agree together. Nothing is lost; here stands what wants a person. A accepts the proposal, L leaves things as they are, Enter shows what each till did.`}
      </p>
      <Grid
        label={t`Tasks`}
        name={["tasks"]}
        topics={topics}
        columns={shown ? columns.filter((column) => beside.includes(column.id)) : columns}
        fetch={(offset, limit) => call("tasks", null).then((rows) => ({ count: rows.length, rows: rows.slice(offset, offset + limit) }))}
        rowKey={(row) => row.task}
        current={open}
        onOpen={(row) => setOpen(row.task)}
        onRowKey={(key, row) => {
          const done = ends[key.toLowerCase()];
          if (done) say(row, done);
          return done !== undefined;
        }}
        autoFocus
        empty={<EmptyHint>{t`Nothing waits: what every till did fits together.`}</EmptyHint>}
      />
    </Page>
  );
}

interface SheetProps {
  row: TaskRow;
  busy: boolean;
  onSay: (done: TaskEnd, reason: string) => void;
  onClose: () => void;
}

function TaskSheet({ row, busy, onSay, onClose }: SheetProps) {
  const { t, i18n } = useLingui();
  const { digits } = useCurrency();
  const [reason, setReason] = useState("");
  const { member, product } = row;
  useKeys({ "Alt+A": () => onSay("accepted", reason), "Alt+L": () => onSay("left", reason) });
  return (
    <SideSheet
      title={i18n._(kindOf(row.kind))}
      more={<span>{row.number}</span>}
      close={t`Close`}
      onClose={onClose}
      footer={
        <div className={css.acts}>
          <Button kind="ink" keys="Alt+A" busy={busy} onPress={() => onSay("accepted", reason)}>{t`Accept`}</Button>
          <Button keys="Alt+L" busy={busy} onPress={() => onSay("left", reason)}>{t`Leave it`}</Button>
          {member && <Button onPress={() => go("/members", { open: member })}>{t`Open the member`}</Button>}
          {product && <Button onPress={() => go("/products", { list: "oversold" })}>{t`Open the products`}</Button>}
        </div>
      }
    >
      <Facts
        facts={[
          { name: t`What happened`, value: i18n._(saidOf(row, digits, i18n.locale)) },
          { name: t`Proposal`, value: i18n._(proposalOf(row, i18n.locale)) },
        ]}
      />
      {row.seen.length > 0 && (
        <Section title={t`What each till did`}>
          <ul className={css.seen}>
            {row.seen.map((one) => (
              <Seen key={`${one.till} ${one.at_ms} ${one.number} ${one.amount}`} row={row} one={one} />
            ))}
          </ul>
        </Section>
      )}
      <TextField label={t`Note`} value={reason} onChange={setReason} maxLength={200} optional={t`optional`} />
    </SideSheet>
  );
}

/** One till's part in it. */
function Seen({ row, one }: { row: TaskRow; one: TaskSeen }) {
  const { t, i18n } = useLingui();
  const { digits } = useCurrency();
  const { till } = one;
  const who = one.here ? t`This till` : till === "" ? t`Another till` : t`Till ${till}`;
  return (
    <li>
      <span>
        {who} <span className={css.more}>{[one.number, writeMoment(one.at_ms, i18n.locale)].filter(Boolean).join(" · ")}</span>
      </span>
      {one.amount !== 0 && <span className={css.figure}>{amountOf(row.kind, one.amount, digits)}</span>}
    </li>
  );
}
