import { useLingui } from "@lingui/react/macro";
import { Amount, Button, type Column, EmptyHint, Facts, Grid, notify, SideSheet, writeFixed } from "../../design";
import { type BatchRow, type Channel, call, chooseTarget } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip } from "../../shell";
import css from "./Payouts.module.css";
import { stateWords } from "./words";

const ending = (channel: Channel | undefined): "xlsx" | "csv" => (channel?.template.format === "xlsx" ? "xlsx" : "csv");

/** What waits to be sent by each channel, and what was sent. */
export function Batches({ channels, open, onOpen }: { channels: Channel[]; open: string | null; onOpen: (row: BatchRow) => void }) {
  const { t } = useLingui();
  const columns: Column<BatchRow>[] = [
    { id: "number", title: t`Batch`, width: "104px", cell: (row) => row.number },
    {
      id: "channel",
      title: t`Channel`,
      width: "minmax(88px, 1fr)",
      cell: (row) => channels.find((one) => one.id === row.channel)?.name ?? row.channel,
    },
    { id: "date", title: t`Date`, width: "104px", cell: (row) => row.business_date },
    { id: "payouts", title: t`No. of payouts`, width: "96px", align: "end", cell: (row) => writeFixed(row.payouts, 0) },
    { id: "net", title: t`Sent`, width: "112px", align: "end", cell: (row) => <Amount minor={row.net_minor} /> },
    { id: "waiting", title: t`Waiting`, width: "88px", align: "end", cell: (row) => writeFixed(row.waiting, 0) },
    { id: "paid", title: t`Paid`, width: "72px", align: "end", cell: (row) => writeFixed(row.paid, 0) },
    { id: "failed", title: t`Failed`, width: "72px", align: "end", cell: (row) => writeFixed(row.failed, 0) },
  ];
  const beside = ["number", "net", "waiting", "failed"];
  return (
    <>
      <div className={css.acts}>
        {channels.map((channel) => (
          <Send key={channel.id} channel={channel} />
        ))}
      </div>
      <Grid
        label={t`Batches`}
        name={["payout_batches"]}
        topics={["payouts"]}
        columns={open ? columns.filter((column) => beside.includes(column.id)) : columns}
        fetch={(offset, limit) => call("payout_batches", { offset, limit })}
        rowKey={(row) => row.batch}
        current={open}
        onOpen={onOpen}
        empty={<EmptyHint>{t`Nothing was sent yet. What is approved is sent here, one batch a channel.`}</EmptyHint>}
        autoFocus
      />
    </>
  );
}

/** Everything approved of one channel, as a batch with its file; nothing where nothing waits. */
function Send({ channel }: { channel: Channel }) {
  const { t } = useLingui();
  const filter = { states: ["approved" as const], batch: null, channel: channel.id, member: null, search: "" };
  const waiting = useAnswer("payouts", { filter, window: { offset: 0, limit: 1 } }, { topics: ["payouts"] });
  const send = useDeed("send_payouts", ({ number }, { path }) => {
    notify({ text: t`Batch ${number}: ${path}` });
  });
  const count = waiting.data?.count ?? 0;
  if (count === 0) return <FailureStrip failure={send.error} />;
  const name = channel.name;
  const many = writeFixed(count, 0);
  const press = async () => {
    const end = ending(channel);
    const path = await chooseTarget({
      title: t`Save the batch file`,
      kinds: [{ name: end === "xlsx" ? "Excel" : "CSV", extensions: [end] }],
      name: `${channel.id}.${end}`,
    });
    if (path && !send.isPending) send.mutate({ channel: channel.id, path });
  };
  return (
    <>
      <Button busy={send.isPending} onPress={() => void press()}>
        {t`Send ${many} by ${name}…`}
      </Button>
      <FailureStrip failure={send.error} />
    </>
  );
}

/** One batch with its payouts. */
export function BatchSheet({ row, onClose }: { row: BatchRow; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const filter = { states: [], batch: row.batch, channel: null, member: null, search: "" };
  const payouts = useAnswer("payouts", { filter, window: { offset: 0, limit: 200 } }, { topics: ["payouts"] });
  const settings = useAnswer("settings", null, { topics: ["settings"] });
  const write = useDeed("write_batch", (_, { path }) => notify({ text: t`Saved: ${path}` }));
  const channel = settings.data?.payouts.channels.find((one) => one.id === row.channel);
  const press = async () => {
    const end = ending(channel);
    const path = await chooseTarget({
      title: t`Save the batch file`,
      kinds: [{ name: end === "xlsx" ? "Excel" : "CSV", extensions: [end] }],
      name: `${row.number}.${end}`,
    });
    if (path && !write.isPending) write.mutate({ batch: row.batch, path });
  };
  const more = (payouts.data?.count ?? 0) - (payouts.data?.rows.length ?? 0);
  return (
    <SideSheet
      title={row.number}
      more={<span>{channel?.name ?? row.channel}</span>}
      close={t`Close`}
      onClose={onClose}
      footer={<Button busy={write.isPending} onPress={() => void press()}>{t`Write the file again…`}</Button>}
    >
      <Facts
        facts={[
          { name: t`Sent`, value: <Amount minor={row.net_minor} /> },
          { name: t`By`, value: row.by ?? "–" },
          { name: t`Date`, value: row.business_date },
        ]}
      />
      <FailureStrip failure={payouts.error ?? write.error} />
      <ul className={css.rows} aria-label={t`Payouts of the batch`}>
        {(payouts.data?.rows ?? []).map((one) => (
          <li key={one.payout} className={css.row}>
            <span>
              {one.name}{" "}
              <span className={css.small}>
                {one.number} {i18n._(stateWords(one.state))} {one.reason}
              </span>
            </span>
            <Amount minor={one.amount_minor - one.fee_minor} />
          </li>
        ))}
      </ul>
      {more > 0 && <p className={css.small}>{t`and ${more} payouts more`}</p>}
    </SideSheet>
  );
}
