import { useLingui } from "@lingui/react/macro";
import { Amount, type Column, EmptyHint, Grid, Qty, useCurrency, writeFixed, writePlain } from "../../design";
import { call, type TradeFilter, type TradeRow, type TradeTotals } from "../../host";
import { useTenderNames } from "../../shell/tenders";

/** Sales added up, the sums under a double rule. */
export function Report({ filter }: { filter: TradeFilter }) {
  const { t } = useLingui();
  const { digits } = useCurrency();
  const tenders: Record<string, string> = useTenderNames();
  const titles = { day: t`Day`, clerk: t`Clerk`, tender: t`Tender`, category: t`Category`, product: t`Product` };
  const nameless = { day: "", clerk: t`Brought in`, tender: "", category: t`Without a category`, product: t`Not goods` };
  const name = (row: TradeRow) => (filter.by === "tender" ? (tenders[row.name] ?? row.name) : row.name) || nameless[filter.by];
  const columns: Column<TradeRow, TradeTotals>[] = [
    { id: "name", title: titles[filter.by], width: "minmax(160px, 2fr)", cell: name, total: () => t`Total`, copy: name },
    {
      id: "receipts",
      title: t`Receipts`,
      width: "112px",
      align: "end",
      cell: (row) => writeFixed(row.receipts, 0),
      total: (totals) => writeFixed(totals.receipts, 0),
      copy: (row) => row.receipts,
    },
    {
      id: "net",
      title: filter.by === "tender" ? t`Kept` : t`Net sales`,
      width: "148px",
      align: "end",
      cell: (row) => <Amount minor={row.net_minor} />,
      total: (totals) => <Amount minor={totals.net_minor} />,
      copy: (row) => writePlain(row.net_minor, digits),
    },
  ];
  if (filter.by === "product") columns.splice(1, 0, { id: "code", title: t`Code`, width: "120px", cell: (row) => row.code });
  if (filter.by !== "tender") {
    columns.splice(columns.length - 1, 0, {
      id: "pieces",
      title: t`Pieces`,
      width: "112px",
      align: "end",
      cell: (row) => <Qty milli={row.pieces_milli} />,
      total: (totals) => <Qty milli={totals.pieces_milli} />,
      copy: (row) => writePlain(row.pieces_milli, 3),
    });
  }
  return (
    <Grid
      label={t`Sales added up`}
      name={["trade", filter]}
      topics={["sales"]}
      columns={columns}
      fetch={(offset, limit) =>
        call("trade", { filter, window: { offset, limit } }).then(({ page, totals }) => ({ rows: page.rows, count: page.count, totals }))
      }
      rowKey={(row) => `${row.code} ${row.name}`}
      empty={<EmptyHint>{t`Nothing was sold on these days.`}</EmptyHint>}
      autoFocus
    />
  );
}
