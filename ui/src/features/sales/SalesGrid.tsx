import { useLingui } from "@lingui/react/macro";
import { Amount, type Column, EmptyHint, Grid, Qty, useCurrency, writePlain, writeTime } from "../../design";
import { call, type SaleFilter, type SaleRow, type TradeTotals } from "../../host";
import { useTenderNames } from "../../shell/tenders";

interface GridProps {
  filter: SaleFilter;
  /** True while a receipt lies beside the list. */
  narrow: boolean;
  current: string | null;
  onOpen: (row: SaleRow) => void;
}

const beside: readonly string[] = ["number", "day", "net"];

/** Every document under the filter, newest first, with its sums under a double rule. */
export function SalesGrid({ filter, narrow, current, onOpen }: GridProps) {
  const { t, i18n } = useLingui();
  const { digits } = useCurrency();
  const names: Record<string, string> = useTenderNames();
  const columns: Column<SaleRow, TradeTotals>[] = [
    { id: "number", title: t`Receipt number`, width: "minmax(104px, 1fr)", cell: (row) => row.number, total: () => t`Total` },
    {
      id: "day",
      title: t`Day`,
      width: "136px",
      cell: (row) => `${row.business_date} ${row.source ? "" : writeTime(row.at_ms, i18n.locale)}`,
    },
    { id: "clerk", title: t`Clerk`, width: "88px", cell: (row) => row.clerk || (row.source ?? "") },
    { id: "member", title: t`Member`, width: "minmax(80px, 1fr)", cell: (row) => row.member ?? "" },
    {
      id: "paid",
      title: t`Paid with`,
      width: "minmax(88px, 1fr)",
      cell: (row) => row.tenders.map((kind) => names[kind] ?? kind).join(" + "),
    },
    {
      id: "pieces",
      title: t`Pieces`,
      width: "72px",
      align: "end",
      cell: (row) => <Qty milli={row.pieces_milli} />,
      total: (totals) => <Qty milli={totals.pieces_milli} />,
      copy: (row) => writePlain(row.pieces_milli, 3),
    },
    {
      id: "discount",
      title: t`Discounts`,
      width: "88px",
      align: "end",
      cell: (row) => row.discount_minor !== 0 && <Amount minor={-row.discount_minor} />,
      total: (totals) => <Amount minor={-totals.discount_minor} />,
      copy: (row) => writePlain(-row.discount_minor, digits),
    },
    {
      id: "net",
      title: t`Net sales`,
      width: "116px",
      align: "end",
      cell: (row) => <Amount minor={row.net_minor} />,
      total: (totals) => <Amount minor={totals.net_minor} />,
      copy: (row) => writePlain(row.net_minor, digits),
    },
  ];
  return (
    <Grid
      label={t`Sales`}
      name={["sales_list", filter]}
      topics={["sales"]}
      columns={narrow ? columns.filter((column) => beside.includes(column.id)) : columns}
      fetch={(offset, limit) =>
        call("sales_list", { filter, window: { offset, limit } }).then(({ page, totals }) => ({
          rows: page.rows,
          count: page.count,
          totals,
        }))
      }
      rowKey={(row) => row.sale}
      current={current}
      onOpen={onOpen}
      empty={<EmptyHint>{t`Nothing was sold under this filter. Choose other days, or all clerks.`}</EmptyHint>}
      autoFocus
    />
  );
}
