import { useLingui } from "@lingui/react/macro";
import { Amount, type Column, EmptyHint, Grid, Seal, useCurrency, writeMicro, writePlain } from "../../design";
import { call, type Payable, type PayableRow, type PayoutRow, type PayoutState } from "../../host";
import { useFailureWords } from "../../shell";
import { asRefused, stateTone, stateWords } from "./words";

/** Members with something payable, the largest first, each with what stands against paying it. */
export function Payables({ open, onOpen }: { open: string | null; onOpen: (row: PayableRow) => void }) {
  const { t } = useLingui();
  const { digits } = useCurrency();
  const words = useFailureWords();
  const columns: Column<Payable>[] = [
    { id: "number", title: t`Number`, width: "104px", cell: ({ row }) => row.number },
    { id: "name", title: t`Name`, width: "minmax(96px, 160px)", cell: ({ row }) => row.name },
    { id: "channel", title: t`Channel`, width: "96px", cell: ({ row }) => row.payee?.channel ?? "–" },
    {
      id: "payable",
      title: t`Payable`,
      width: "112px",
      align: "end",
      cell: ({ row }) => <Amount minor={row.payable_minor} />,
      copy: ({ row }) => writePlain(row.payable_minor, digits),
    },
    {
      id: "debt",
      title: t`Debt`,
      width: "104px",
      align: "end",
      cell: ({ row }) => (row.debt_micro > 0 ? writeMicro(row.debt_micro, digits) : ""),
    },
    {
      id: "against",
      title: t`What stands against it`,
      width: "minmax(120px, 1fr)",
      cell: ({ against }) => {
        const refused = asRefused(against);
        return refused ? words(refused) : "";
      },
    },
  ];
  return (
    <Grid
      label={t`Payable`}
      name={["payables"]}
      topics={["payouts", "month", "members", "settings"]}
      columns={open ? columns.filter((column) => column.id !== "against") : columns}
      fetch={(offset, limit) => call("payables", { search: "", window: { offset, limit } }).then((answer) => answer.page)}
      rowKey={({ row }) => row.member}
      current={open}
      onOpen={({ row }) => onOpen(row)}
      empty={<EmptyHint>{t`Nothing is payable. What released statements owe comes here.`}</EmptyHint>}
      autoFocus
    />
  );
}

/** Payouts, newest first. */
export function PayoutList({ states, open, onOpen }: { states: PayoutState[]; open: string | null; onOpen: (row: PayoutRow) => void }) {
  const { t, i18n } = useLingui();
  const { digits } = useCurrency();
  const columns: Column<PayoutRow>[] = [
    { id: "number", title: t`Payout`, width: "112px", cell: (row) => row.number },
    { id: "name", title: t`Name`, width: "minmax(96px, 1fr)", cell: (row) => row.name },
    { id: "channel", title: t`Channel`, width: "88px", cell: (row) => row.payee.channel },
    {
      id: "amount",
      title: t`How much`,
      width: "104px",
      align: "end",
      cell: (row) => <Amount minor={row.amount_minor} />,
      copy: (row) => writePlain(row.amount_minor, digits),
    },
    {
      id: "state",
      title: t`Where it stands`,
      width: "minmax(104px, 160px)",
      cell: (row) => <Seal tone={stateTone(row.state)}>{i18n._(stateWords(row.state))}</Seal>,
    },
    { id: "reason", title: t`What was said`, width: "minmax(96px, 1fr)", cell: (row) => row.reason },
    { id: "date", title: t`Date`, width: "104px", cell: (row) => row.date },
  ];
  const beside = ["number", "name", "amount", "state"];
  return (
    <Grid
      label={t`Payouts`}
      name={["payouts", states]}
      topics={["payouts"]}
      columns={open ? columns.filter((column) => beside.includes(column.id)) : columns}
      fetch={(offset, limit) =>
        call("payouts", { filter: { states, batch: null, channel: null, member: null, search: "" }, window: { offset, limit } })
      }
      rowKey={(row) => row.payout}
      current={open}
      onOpen={onOpen}
      empty={<EmptyHint>{t`There are no payouts here. Pay out a month, or ask for an amount on a member's page.`}</EmptyHint>}
      autoFocus
    />
  );
}
