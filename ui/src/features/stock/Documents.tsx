import { useLingui } from "@lingui/react/macro";
import { useMemo, useState } from "react";
import {
  Amount,
  type Column,
  DateField,
  EmptyHint,
  Facts,
  Filters,
  Grid,
  Qty,
  SearchField,
  Select,
  SideSheet,
  writeMoment,
} from "../../design";
import { call, type DocumentRow } from "../../host";
import { useAnswer } from "../../host/answers";
import { FailureStrip } from "../../shell";
import css from "./Stock.module.css";

/** What a kind of document is called. */
export function useKinds(): Record<string, string> {
  const { t } = useLingui();
  return { received: t`Delivery`, transferred: t`Goods moved`, counted: t`Count` };
}

/** Every document of the back room, newest first. */
export function Documents({ onOpen, open }: { onOpen: (row: DocumentRow) => void; open: string | null }) {
  const { t, i18n } = useLingui();
  const kinds = useKinds();
  const suppliers = useAnswer("suppliers", null, { topics: ["stock"], keep: true });
  const [search, setSearch] = useState("");
  const [kind, setKind] = useState("");
  const [supplier, setSupplier] = useState("");
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const filter = { search, kind: kind || null, supplier: supplier || null, from, to };
  const columns = useMemo<Column<DocumentRow>[]>(
    () => [
      { id: "number", title: t`Number`, width: "120px", cell: (row) => row.number },
      { id: "kind", title: t`Kind`, width: "90px", cell: (row) => kinds[row.kind] ?? row.kind },
      { id: "at", title: t`When`, width: "140px", cell: (row) => writeMoment(row.at_ms, i18n.locale) },
      {
        id: "who",
        title: t`Supplier or places`,
        width: "minmax(140px, 1fr)",
        cell: (row) => {
          const place = row.place || t`Shop floor`;
          if (row.to !== null) return `${place} → ${row.to || t`Shop floor`}`;
          return [row.supplier, row.reference, place].filter(Boolean).join(" · ");
        },
      },
      { id: "lines", title: t`Lines`, width: "70px", align: "end", cell: (row) => row.lines },
      { id: "qty", title: t`Pieces`, width: "90px", align: "end", cell: (row) => <Qty milli={row.qty_milli} /> },
      { id: "value", title: t`Value`, width: "110px", align: "end", cell: (row) => <Amount minor={row.value_minor} /> },
    ],
    [t, i18n.locale, kinds],
  );
  return (
    <>
      <Filters>
        <SearchField label={t`Number`} value={search} onChange={setSearch} />
        <Select
          label={t`Kind`}
          hideLabel
          options={[{ key: "", text: t`Every kind` }, ...Object.entries(kinds).map(([key, text]) => ({ key, text }))]}
          value={kind}
          onChange={setKind}
        />
        <Select
          label={t`Supplier`}
          hideLabel
          options={[
            { key: "", text: t`Every supplier` },
            ...(suppliers.data ?? []).map((one) => ({ key: one.supplier, text: one.card.name })),
          ]}
          value={supplier}
          onChange={setSupplier}
        />
        <DateField label={t`From day`} value={from} onChange={setFrom} />
        <DateField label={t`To day`} value={to} onChange={setTo} />
      </Filters>
      <Grid
        label={t`Documents`}
        name={["stock_documents", filter]}
        topics={["stock"]}
        columns={columns}
        rowKey={(row) => row.document}
        fetch={(offset, limit) => call("stock_documents", { filter, window: { offset, limit } })}
        current={open}
        onOpen={onOpen}
        autoFocus
        empty={<EmptyHint>{t`No documents yet. Deliveries, transfers and counts stand here.`}</EmptyHint>}
      />
    </>
  );
}

/** One document with its lines. */
export function DocumentView({ row, onClose }: { row: DocumentRow; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const kinds = useKinds();
  const sheet = useAnswer("stock_document", row.document, { topics: ["stock"] });
  const lines = [
    ...(sheet.data?.received?.lines ?? []).map((line) => ({ ...line, value: line.cost_minor })),
    ...(sheet.data?.transferred?.lines ?? []).map((line) => ({ ...line, value: null })),
    ...(sheet.data?.counted?.lines ?? []).map((line) => ({
      ...line,
      qty_milli: line.counted_milli - line.expected_milli,
      value: line.value_minor,
    })),
  ];
  const floor = t`Shop floor`;
  return (
    <SideSheet title={row.number} more={kinds[row.kind]} close={t`Close`} onClose={onClose}>
      <FailureStrip failure={sheet.error} />
      <Facts
        facts={[
          { name: t`When`, value: writeMoment(row.at_ms, i18n.locale) },
          { name: t`Who`, value: row.person ?? "–" },
          {
            name: t({ message: "Place", context: "of goods" }),
            value: row.to === null ? row.place || floor : `${row.place || floor} → ${row.to || floor}`,
          },
          ...(row.kind === "received"
            ? [
                { name: t`Supplier`, value: row.supplier ?? "–" },
                { name: t`Supplier's number`, value: row.reference ?? "–" },
              ]
            : []),
          { name: t`Note`, value: row.note ?? "–" },
        ]}
      />
      <table className={css.list}>
        <thead>
          <tr>
            <th>{t`Product`}</th>
            <th data-end="">{row.kind === "counted" ? t`Found difference` : t`Quantity`}</th>
            {row.kind !== "transferred" && <th data-end="">{t`Value`}</th>}
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line's place is its identity.
            <tr key={index}>
              <td>
                {line.name}
                <div className={css.small}>{line.code}</div>
              </td>
              <td data-end="">
                <Qty milli={line.qty_milli} />
              </td>
              {line.value !== null && (
                <td data-end="">
                  <Amount minor={line.value} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </SideSheet>
  );
}
