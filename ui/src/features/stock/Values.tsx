import { useLingui } from "@lingui/react/macro";
import { useMemo, useState } from "react";
import {
  Amount,
  Button,
  type Column,
  Dialog,
  EmptyHint,
  Figure,
  Filters,
  Grid,
  MoneyInput,
  Qty,
  SearchField,
  Switch,
  TextField,
} from "../../design";
import { call, type ValueRow } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip } from "../../shell";
import css from "./Stock.module.css";

/** What the goods on hand cost, by weighted average, and what became of everything that came. */
export function Values() {
  const { t } = useLingui();
  const [search, setSearch] = useState("");
  const [odd, setOdd] = useState(false);
  const [open, setOpen] = useState<ValueRow | null>(null);
  const filter = { search, odd };
  const totals = useAnswer(
    "stock_values",
    { filter: { search: "", odd: false }, window: { offset: 0, limit: 1 } },
    { topics: ["products", "sales", "stock"], keep: true },
  );
  const columns = useMemo<Column<ValueRow>[]>(
    () => [
      { id: "code", title: t`Code`, width: "100px", cell: (row) => row.code },
      { id: "name", title: t`Product`, width: "minmax(160px, 1fr)", cell: (row) => row.name },
      { id: "qty", title: t`On hand`, width: "100px", align: "end", cell: (row) => <Qty milli={row.qty_milli} /> },
      {
        id: "unit",
        title: t`Average cost`,
        width: "110px",
        align: "end",
        cell: (row) => (row.unit_minor === null ? "" : <Amount minor={row.unit_minor} />),
      },
      { id: "value", title: t`Value`, width: "120px", align: "end", cell: (row) => <Amount minor={row.value_minor} /> },
    ],
    [t],
  );
  return (
    <>
      <FailureStrip failure={totals.error} />
      {totals.data && (
        <div className={css.sums}>
          <Figure name={t`Worth of all on hand`}>
            <Amount minor={totals.data.total_minor} />
          </Figure>
          <Figure name={t`Deliveries`}>
            <Amount minor={totals.data.received_minor} />
          </Figure>
          <Figure name={t`Adjustments`}>
            <Amount minor={totals.data.adjusted_minor} />
          </Figure>
          <Figure name={t`Cost of goods sold`}>
            <Amount minor={totals.data.sold_minor} />
          </Figure>
        </div>
      )}
      <Filters>
        <SearchField label={t`Find a product`} value={search} onChange={setSearch} />
        <Switch value={odd} onChange={setOdd}>{t`Only what needs a look`}</Switch>
      </Filters>
      <Grid
        label={t`Values`}
        name={["stock_values", filter]}
        topics={["products", "sales", "stock"]}
        columns={columns}
        rowKey={(row) => row.product}
        fetch={(offset, limit) => call("stock_values", { filter, window: { offset, limit } })}
        current={open?.product ?? null}
        onOpen={setOpen}
        autoFocus
        empty={<EmptyHint>{t`Nothing is on hand.`}</EmptyHint>}
      />
      {open && <Revalue row={open} onClose={() => setOpen(null)} />}
    </>
  );
}

function Revalue({ row, onClose }: { row: ValueRow; onClose: () => void }) {
  const { t } = useLingui();
  const [value, setValue] = useState<number | null>(row.value_minor);
  const [note, setNote] = useState("");
  const save = useDeed("revalue_stock", onClose);
  const submit = () =>
    value !== null && !save.isPending && save.mutate({ product: row.product, value_minor: value, note: note.trim() || null });
  const { name } = row;
  return (
    <Dialog
      title={t`What ${name} is worth`}
      open
      onClose={onClose}
      footer={<Button kind="ink" onPress={submit} busy={save.isPending}>{t`Set the value`}</Button>}
    >
      <FailureStrip failure={save.error} />
      <div className={css.form}>
        <MoneyInput label={t`Value of all on hand`} value={value} onChange={setValue} onEnter={submit} autoFocus />
        <TextField label={t`Reason`} value={note} onChange={setNote} onEnter={submit} maxLength={200} />
      </div>
    </Dialog>
  );
}
