import { useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import { useRef, useState } from "react";
import { Button, EmptyHint, MoneyInput, notify, QtyInput, Select, TextField } from "../../design";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, go, useKeys, useUnsaved } from "../../shell";
import { newId } from "../../shell/newId";
import { changed, type DocumentLine, FLOOR, goodsOf, transferOf, without, withProduct } from "./document";
import { ProductBox } from "./ProductBox";
import css from "./Stock.module.css";

const blank = { supplier: "", reference: "", place: FLOOR, from: FLOOR, to: "", note: "" };

/** A delivery or a transfer, put together by scanning, booked as one document. */
export function NewDocument({ kind }: { kind: "receive" | "transfer" }) {
  const { t } = useLingui();
  const [form, setForm] = useState(blank);
  const [lines, setLines] = useState<DocumentLine[]>([]);
  const [broken, setBroken] = useState<unknown>(null);
  // The same document asked twice is booked once.
  const document = useRef(newId());
  const suppliers = useAnswer("suppliers", null, { topics: ["stock"], keep: true });
  const places = useAnswer("locations", null, { topics: ["stock"], keep: true });
  useUnsaved(lines.length > 0);
  const booked = (sheet: { row: { number: string } }) => {
    const { number } = sheet.row;
    notify({ text: t`${number} is booked` });
    document.current = newId();
    setLines([]);
    setForm((old) => ({ ...blank, supplier: old.supplier, place: old.place, from: old.from, to: old.to }));
  };
  const receive = useDeed("receive_goods", booked);
  const transfer = useDeed("transfer_stock", booked);
  const set = (part: Partial<typeof blank>) => setForm((old) => ({ ...old, ...part }));
  const busy = receive.isPending || transfer.isPending;
  const there = (places.data ?? []).filter((place) => !place.archived);
  const options = there.map((place) => ({ key: place.location, text: place.name || t`Shop floor` }));
  const to = form.to || (there.find((place) => place.location !== form.from)?.location ?? "");
  const submit = () => {
    if (busy) return;
    setBroken(null);
    if (kind === "receive") receive.mutate(goodsOf(document.current, form, lines));
    else transfer.mutate(transferOf(document.current, { ...form, to: to || FLOOR }, lines));
  };
  useKeys({ "Ctrl+S": submit, "Ctrl+Enter": submit });
  const box = useRef<HTMLDivElement>(null);
  // After a figure the next thing is scanned.
  const back = () => box.current?.querySelector("input")?.focus();
  const single = kind === "transfer" && there.length < 2;
  if (single)
    return (
      <EmptyHint action={<Button onPress={() => go("/stock", { part: "parties" })}>{t`Suppliers & places`}</Button>}>
        {t`There is only one place. Add another under Suppliers & places, then goods can move between them.`}
      </EmptyHint>
    );
  return (
    <div className={css.form}>
      <FailureStrip failure={broken ?? receive.error ?? transfer.error} />
      <div className={css.heads}>
        {kind === "receive" ? (
          <>
            <Select
              label={t`Supplier`}
              options={[
                { key: "", text: t`No supplier` },
                ...(suppliers.data ?? [])
                  .filter((one) => !one.card.archived)
                  .map((one) => ({ key: one.supplier, text: one.card.name, more: one.card.contact })),
              ]}
              value={form.supplier}
              onChange={(supplier) => set({ supplier })}
            />
            <TextField
              label={t`Supplier's number`}
              optional={t`optional`}
              value={form.reference}
              onChange={(reference) => set({ reference })}
              maxLength={60}
            />
            {options.length > 1 && <Select label={t`Put at`} options={options} value={form.place} onChange={(place) => set({ place })} />}
          </>
        ) : (
          <>
            <Select label={t`From place`} options={options} value={form.from} onChange={(from) => set({ from })} />
            <Select label={t`To place`} options={options} value={to} onChange={(next) => set({ to: next })} />
          </>
        )}
        <TextField label={t`Note`} optional={t`optional`} value={form.note} onChange={(note) => set({ note })} maxLength={200} />
      </div>
      <ProductBox place={box} onFound={(row) => setLines((old) => withProduct(old, row))} onFailure={setBroken} />
      {lines.length === 0 ? (
        <EmptyHint>{t`Scan the first product. Each scan is one more of it.`}</EmptyHint>
      ) : (
        <table className={css.list}>
          <thead>
            <tr>
              <th>{t`Product`}</th>
              <th data-end="">{t`Quantity`}</th>
              {kind === "receive" && <th data-end="">{t`Cost of one`}</th>}
              <th />
            </tr>
          </thead>
          <tbody>
            {lines.map((line, at) => {
              const { name } = line;
              return (
                <tr key={line.product}>
                  <td>
                    {name}
                    <div className={css.small}>{line.code}</div>
                  </td>
                  <td data-end="" className={css.figure}>
                    <QtyInput
                      label={t`Quantity of ${name}`}
                      hideLabel
                      value={line.qty}
                      onChange={(qty) => setLines(changed(lines, at, { qty }))}
                      onEnter={back}
                    />
                  </td>
                  {kind === "receive" && (
                    <td data-end="" className={css.figure}>
                      <MoneyInput
                        label={t`Cost of one ${name}`}
                        hideLabel
                        value={line.unit}
                        onChange={(unit) => setLines(changed(lines, at, { unit }))}
                        onEnter={back}
                      />
                    </td>
                  )}
                  <td>
                    <Button kind="quiet" label={t`Take ${name} off`} onPress={() => setLines(without(lines, at))}>
                      <X size={16} aria-hidden="true" />
                    </Button>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      <div className={css.acts}>
        <Button kind="ink" keys="Ctrl+S" onPress={submit} busy={busy} disabled={lines.length === 0}>
          {kind === "receive" ? t`Book the delivery` : t`Book the transfer`}
        </Button>
      </div>
    </div>
  );
}
