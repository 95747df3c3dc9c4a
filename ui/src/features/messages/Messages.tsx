import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import {
  Button,
  type Column,
  EmptyHint,
  Filters,
  Grid,
  notify,
  Page,
  Seal,
  type SealTone,
  Strip,
  writeFixed,
  writeMoment,
} from "../../design";
import { call, type MessageRow, type MessageState, type MessagesShown } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, go, useKeys, useMay, useMessageWords, useSearchState } from "../../shell";
import { MessageSheet } from "./MessageSheet";
import css from "./Messages.module.css";
import "./refusals";

const tabs = ["waiting", "stuck", "sent", "dropped"] as const satisfies MessagesShown[];

const tones: Record<MessageState, SealTone> = {
  waiting: "wait",
  sending: "wait",
  sent: "done",
  dead: "stop",
  doubtful: "stop",
  dropped: "note",
};

/** What this computer tells members: what waits, what somebody has to decide about, what went out. */
export default function Messages() {
  const { t, i18n } = useLingui();
  const words = useMessageWords();
  const owner = useMay("owner");
  const [state, change] = useSearchState({ tab: "waiting" });
  const tab = tabs.find((one) => one === state.tab) ?? "waiting";
  const [open, setOpen] = useState<MessageRow | null>(null);
  const head = useAnswer(
    "messages",
    { shown: tab, window: { offset: 0, limit: 1 } },
    { topics: ["messages", "settings", "members"], keep: true },
  );
  const send = useDeed("send_messages", ({ sent, failed }) => {
    const went = writeFixed(sent, 0);
    const not = writeFixed(failed, 0);
    notify({ text: t`${went} sent, ${not} not` });
  });
  const to = (next: MessagesShown) => {
    setOpen(null);
    change({ tab: next });
  };
  const now = () => {
    if (head.data?.sending === "here" && !send.isPending) send.mutate(null);
  };
  useKeys({
    "Alt+1": () => to("waiting"),
    "Alt+2": () => to("stuck"),
    "Alt+3": () => to("sent"),
    "Alt+4": () => to("dropped"),
    "Ctrl+Enter": now,
    Escape: open ? () => setOpen(null) : undefined,
  });
  const counts = head.data;
  const names: Record<MessagesShown, string> = {
    waiting: t`Not sent yet`,
    stuck: t`To be decided`,
    sent: t`Went out`,
    dropped: t`Dropped`,
  };
  const states: Record<MessageState, string> = {
    waiting: t`waits`,
    sending: t`on its way`,
    sent: t`sent out`,
    dead: t`not delivered`,
    doubtful: t`may have arrived`,
    dropped: t`dropped`,
  };
  const passed = (why: "no_address" | "opted_out") =>
    writeFixed(
      (counts?.passed ?? []).filter((one) => one.why === why).reduce((sum, one) => sum + one.times, 0),
      0,
    );
  const nowhere = passed("no_address");
  const silent = passed("opted_out");
  const sender = counts?.sender_name ?? "";
  const columns: Column<MessageRow>[] = [
    { id: "state", title: t`State`, width: "128px", cell: (row) => <Seal tone={tones[row.state]}>{states[row.state]}</Seal> },
    { id: "member", title: t`Member`, width: "minmax(96px, 1fr)", cell: (row) => `${row.name} ${row.number}` },
    { id: "occasion", title: t`Occasion`, width: "minmax(120px, 1fr)", cell: (row) => words.occasion[row.occasion] },
    { id: "channel", title: t`Way`, width: "72px", cell: (row) => words.channel[row.channel] },
    { id: "made", title: t`Came up`, width: "144px", cell: (row) => writeMoment(row.made_at_ms, i18n.locale) },
    { id: "tries", title: t`Tries`, width: "64px", align: "end", cell: (row) => writeFixed(row.tries, 0) },
    {
      id: "next",
      title: tab === "waiting" ? t`Next try` : t`Since`,
      width: "144px",
      cell: (row) => writeMoment(row.state === "waiting" ? row.due_at_ms : (row.done_at_ms ?? row.due_at_ms), i18n.locale),
    },
  ];
  const beside = ["state", "member", "occasion"];
  return (
    <Page
      title={t`Messages`}
      note={names[tab]}
      acts={
        <>
          <Button onPress={() => go("/members")}>{t`Members`}</Button>
          {owner && <Button onPress={() => go("/settings", { part: "messages" })}>{t`Set up messages`}</Button>}
          {counts?.sending === "here" && (
            <Button kind="ink" keys="Ctrl+Enter" busy={send.isPending} onPress={now}>
              {t`Send what is due`}
            </Button>
          )}
        </>
      }
      strip={
        <>
          <FailureStrip failure={head.error ?? send.error} />
          {counts?.sending === "off" && (
            <Strip tone="note">{t`Nobody is written to yet. The owner turns it on under Settings, Messages.`}</Strip>
          )}
          {counts?.sending === "elsewhere" && (
            <Strip tone="note">
              {t`Till ${sender} sends the shop's messages, or these books before they were brought back. What it sends is seen there.`}
            </Strip>
          )}
        </>
      }
      side={
        open && (
          <MessageSheet key={open.message} row={open} state={states[open.state]} tone={tones[open.state]} onClose={() => setOpen(null)} />
        )
      }
    >
      <Filters>
        <nav className={css.tabs} aria-label={t`Parts of the messages`}>
          {tabs.map((one, index) => (
            <Button key={one} pressed={one === tab} keys={`Alt+${index + 1}`} onPress={() => to(one)}>
              {names[one]} {counts ? writeFixed(counts[one], 0) : ""}
            </Button>
          ))}
        </nav>
        {(nowhere !== "0" || silent !== "0") && (
          <p className={css.passed}>{t`Passed over: ${nowhere} without an address, ${silent} who want none`}</p>
        )}
      </Filters>
      <Grid
        label={t`Messages`}
        name={["messages", tab]}
        topics={["messages", "members"]}
        columns={open ? columns.filter((column) => beside.includes(column.id)) : columns}
        fetch={async (offset, limit) => (await call("messages", { shown: tab, window: { offset, limit } })).page}
        rowKey={(row) => String(row.message)}
        current={open ? String(open.message) : null}
        onOpen={setOpen}
        empty={<EmptyHint>{tab === "stuck" ? t`Nothing to decide: every message went its way.` : t`No messages here.`}</EmptyHint>}
        autoFocus
      />
    </Page>
  );
}
