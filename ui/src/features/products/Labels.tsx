import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, CountInput, Dialog, Dots, notify, Select, Strip } from "../../design";
import { chooseTarget, type LabelGrid, type LabelKind, type LabelSize, type LabelsDraft, type ProductRow } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, useKeys } from "../../shell";
import css from "./Labels.module.css";

/** Labels for the chosen products: what, how many, how they look; then to the label printer. */
export function Labels({ products, onClose }: { products: readonly ProductRow[]; onClose: () => void }) {
  const { t } = useLingui();
  const settings = useAnswer("settings", null, { topics: ["settings"] });
  const set = settings.data?.label_printer ?? null;
  const [kind, setKind] = useState<LabelKind>("product");
  const [size, setSize] = useState<LabelSize | null>(null);
  const [copies, setCopies] = useState<number | null>(1);
  const [grid, setGrid] = useState<LabelGrid>("three8");
  const [used, setUsed] = useState<number | null>(0);
  const draft: LabelsDraft = {
    products: products.map((row) => row.product),
    copies: copies ?? 0,
    kind,
    size: size ?? set?.size ?? "label40x30",
  };
  const preview = useAnswer("label_preview", { ...draft, copies: 1 }, { enabled: products.length > 0, keep: true });
  const print = useDeed("print_labels", () => {
    notify({ text: t`Labels are on their way to the printer` });
    onClose();
  });
  const pdf = useDeed("press_labels", ({ path }) => notify({ text: t`Saved: ${path}` }));
  const number = draft.products.length * draft.copies;
  const bare = products.filter((row) => row.card.barcode === null || row.card.barcode.length !== 13);
  const ready = number > 0 && !print.isPending;
  const submit = () => {
    if (ready && set !== null) print.mutate(draft);
  };
  const save = async () => {
    if (number === 0 || pdf.isPending) return;
    const kinds = [{ name: "PDF", extensions: ["pdf"] }];
    const path = await chooseTarget({ title: t`Save the labels as a PDF file`, kinds, name: `${t`labels`}.pdf` });
    if (path) pdf.mutate({ labels: draft, grid, used: used ?? 0, path });
  };
  useKeys({ "Ctrl+Enter": submit }, { inDialogs: true });
  return (
    <Dialog
      title={t`Labels`}
      size="wide"
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={() => void save()} disabled={number === 0} busy={pdf.isPending}>{t`Sheets of A4 as PDF…`}</Button>
          <Button
            kind="ink"
            keys="Ctrl+Enter"
            onPress={submit}
            disabled={(!ready && !print.isPending) || set === null}
            busy={print.isPending}
          >
            {plural(number, { one: "# label to the printer", other: "# labels to the printer" })}
          </Button>
        </>
      }
    >
      <div className={css.body}>
        <div className={css.fields}>
          <p className={css.names}>{products.map((row) => row.card.name).join(" · ")}</p>
          <Select
            label={t`For`}
            options={[
              { key: "product", text: t`The goods: bars large` },
              { key: "shelf", text: t`The shelf: price large` },
            ]}
            value={kind}
            onChange={setKind}
          />
          <Select
            label={t`Size`}
            options={[
              { key: "label40x30", text: t`40 × 30 mm` },
              { key: "label50x30", text: t`50 × 30 mm` },
            ]}
            value={draft.size}
            onChange={setSize}
          />
          <CountInput label={t`Copies of each`} value={copies} onChange={setCopies} onEnter={submit} autoFocus />
          <Select
            label={t`Sheets of A4`}
            options={[
              { key: "three8", text: t`3 × 8, 70 × 37 mm` },
              { key: "three7", text: t`3 × 7, 63.5 × 38.1 mm` },
              { key: "four10", text: t`4 × 10, 52.5 × 29.7 mm` },
            ]}
            value={grid}
            onChange={setGrid}
          />
          <CountInput label={t`Places used on the first sheet`} value={used} onChange={setUsed} />
          {bare.length > 0 && (
            <Strip tone="note">
              {plural(bare.length, {
                one: "# product has no EAN-13 barcode; its label carries name, code and price.",
                other: "# products have no EAN-13 barcode; their labels carry name, code and price.",
              })}
            </Strip>
          )}
          {settings.data && set === null && <Strip tone="note">{t`No label printer is set: see Settings, Printer.`}</Strip>}
        </div>
        <figure className={css.preview}>
          {preview.data && (
            <div className={css.label}>
              <Dots picture={preview.data} />
            </div>
          )}
          <figcaption>{t`The first label, dot by dot`}</figcaption>
        </figure>
      </div>
      <FailureStrip failure={preview.error ?? print.error ?? pdf.error} />
    </Dialog>
  );
}
