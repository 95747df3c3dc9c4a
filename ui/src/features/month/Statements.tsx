import { useLingui } from "@lingui/react/macro";
import { Amount, type Column, EmptyHint, Grid, useCurrency, writeMicro, writeMonth } from "../../design";
import { call, type StatementRow } from "../../host";

interface StatementsProps {
  month: string;
  provisional: boolean;
  /** True while a statement lies open beside the list. */
  narrow: boolean;
  current: string | null;
  onOpen: (row: StatementRow) => void;
}

const beside: readonly string[] = ["member", "name", "earned", "payable"];

/** The statements of a month, released or not; Enter opens one. */
export function Statements({ month, provisional, narrow, current, onOpen }: StatementsProps) {
  const { t, i18n } = useLingui();
  const { digits } = useCurrency();
  const micro = (amount: number) => writeMicro(amount, digits);
  const columns: Column<StatementRow>[] = [
    { id: "number", title: t`Statement`, width: "136px", cell: (row) => row.number },
    { id: "member", title: t`Number`, width: "104px", cell: (row) => row.member_number },
    { id: "name", title: t`Name`, width: "minmax(96px, 1fr)", cell: (row) => row.name },
    { id: "opening", title: t`Brought`, width: "104px", align: "end", cell: (row) => micro(row.opening_micro) },
    { id: "earned", title: t`Earned`, width: "120px", align: "end", cell: (row) => micro(row.earned_micro) },
    { id: "adjusted", title: t`Adjusted`, width: "112px", align: "end", cell: (row) => micro(row.adjusted_micro) },
    { id: "payable", title: t`To pay`, width: "112px", align: "end", cell: (row) => <Amount minor={row.payable_minor} /> },
    { id: "tax", title: t`Tax`, width: "88px", align: "end", cell: (row) => <Amount minor={row.tax_minor} /> },
    { id: "closing", title: t`Carried on`, width: "104px", align: "end", cell: (row) => micro(row.closing_micro) },
  ];
  const name = writeMonth(month, i18n.locale);
  return (
    <Grid
      label={provisional ? t`Statements of ${name}, not released` : t`Statements of ${name}`}
      name={["statements", month, provisional]}
      topics={["month", "members"]}
      columns={narrow ? columns.filter((column) => beside.includes(column.id)) : columns}
      fetch={(offset, limit) => call("statements", { month, provisional, window: { offset, limit } })}
      rowKey={(row) => row.number}
      current={current}
      onOpen={onOpen}
      autoFocus
      empty={<EmptyHint>{t`There is nothing to pay and nothing to carry on.`}</EmptyHint>}
    />
  );
}
