import { useLingui } from "@lingui/react/macro";
import { useRef, useState } from "react";
import {
  Amount,
  Button,
  Check,
  Facts,
  MoneyInput,
  notify,
  Percent,
  QtyInput,
  Seal,
  Section,
  Select,
  SideSheet,
  TextField,
} from "../../design";
import { type ProductRow, Refused } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, useFailureWords, useKeys, useMay, useUnsaved } from "../../shell";
import { type CardField, type CardForm, categoriesLike, differs, draftOf, fieldOf, formOf } from "./card";
import { Prices } from "./Prices";
import css from "./ProductSheet.module.css";
import { Stock } from "./Stock";

interface SheetProps {
  /** Nothing for a new product. */
  row: ProductRow | null;
  categories: readonly string[];
  onClose: () => void;
  onSaved: (row: ProductRow) => void;
  onArchive: (row: ProductRow, archived: boolean) => void;
}

/** A product's card and its stock; a clerk reads, a manager edits. */
export function ProductSheet({ row: given, categories, onClose, onSaved, onArchive }: SheetProps) {
  const { t } = useLingui();
  const mayEdit = useMay("manager");
  const row = useRow(given);
  const [form, setForm] = useState<CardForm>(() => formOf(given?.card ?? null));
  const [asked, setAsked] = useState(false);
  const settings = useAnswer("settings", null, { topics: ["settings"] });
  const words = useFailureWords();
  const body = useRef<HTMLDivElement>(null);
  const save = useDeed("save_product", (saved) => {
    const { name } = saved.card;
    notify({ text: row ? t`${name} saved` : t`${name} added` });
    setForm(formOf(saved.card));
    onSaved(saved);
  });

  const refused = save.error instanceof Refused ? fieldOf(save.error, form) : null;
  const error = (field: CardField): string | undefined => {
    if (field === "price" && asked && form.price === null) return t`Enter a price; 0 for something free.`;
    return field === refused && save.error ? words(save.error) : undefined;
  };
  const set = (change: Partial<CardForm>) => {
    setForm((old) => ({ ...old, ...change }));
    if (save.error) save.reset();
  };
  const dirty = differs(form, row?.card ?? null);

  useUnsaved(dirty);

  const submit = () => {
    if (!mayEdit || !dirty || save.isPending) return;
    setAsked(true);
    const draft = draftOf(form, row);
    const unreadable = body.current?.querySelector<HTMLElement>("input[inputmode=decimal][aria-invalid=true]");
    if (draft && !unreadable) {
      save.mutate(draft);
      return;
    }
    requestAnimationFrame(() => body.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
  };
  useKeys({ "Ctrl+S": submit, "Ctrl+Enter": submit });

  const taxes = Object.keys(settings.data?.taxes ?? {});
  const title = row ? row.card.name : t`New product`;
  return (
    <SideSheet
      title={title}
      more={
        row && (
          <>
            <span>{row.card.code}</span>
            {row.archived && <Seal tone="note">{t`Archived`}</Seal>}
          </>
        )
      }
      close={t`Close`}
      onClose={onClose}
      takeFocus={!row}
      footer={
        mayEdit && (
          <>
            <Button kind="ink" keys="Ctrl+S" onPress={submit} disabled={!dirty} busy={save.isPending}>
              {t`Save`}
            </Button>
            {row && dirty && <Button onPress={() => setForm(formOf(row.card))}>{t`Undo changes`}</Button>}
            {row && !dirty && (
              <Button kind={row.archived ? "plain" : "danger"} onPress={() => onArchive(row, !row.archived)}>
                {row.archived ? t`Put back on the list` : t`Archive`}
              </Button>
            )}
            {!row && <Button onPress={onClose}>{t`Cancel`}</Button>}
          </>
        )
      }
    >
      {refused === null && <FailureStrip failure={save.error} />}
      {!mayEdit && row ? (
        <ReadOnly row={row} />
      ) : (
        <div ref={body} className={css.form}>
          <TextField label={t`Product name`} value={form.name} onChange={(name) => set({ name })} error={error("name")} maxLength={200} />
          <TextField
            label={t`Second name`}
            optional={t`optional`}
            value={form.name_2}
            onChange={(name_2) => set({ name_2 })}
            hint={t`In another language; found by it and printed below the first.`}
            maxLength={200}
          />
          <div className={css.pair}>
            <TextField label={t`Code`} value={form.code} onChange={(code) => set({ code })} error={error("code")} maxLength={60} />
            <TextField
              label={t`Barcode`}
              optional={t`optional`}
              value={form.barcode}
              onChange={(barcode) => set({ barcode })}
              error={error("barcode")}
              maxLength={20}
            />
          </div>
          <div className={css.pair}>
            <MoneyInput label={t`Price`} value={form.price} onChange={(price) => set({ price })} error={error("price")} />
            <MoneyInput label={t`Cost`} optional={t`optional`} value={form.cost} onChange={(cost) => set({ cost })} error={error("cost")} />
          </div>
          <TextField
            label={t`Category`}
            optional={t`optional`}
            value={form.category}
            onChange={(category) => set({ category })}
            maxLength={60}
          />
          <Like typed={form.category} known={categories} onChoose={(category) => set({ category })} />
          <Select
            label={t`Tax class`}
            options={[{ key: "", text: t`Untaxed` }, ...taxes.map((name) => ({ key: name, text: name }))]}
            value={form.tax}
            onChange={(tax) => set({ tax })}
            error={error("tax")}
          />
          <QtyInput
            label={t`Order at`}
            optional={t`optional`}
            value={form.min}
            onChange={(min) => set({ min })}
            hint={t`At or below this stock it stands on the list of what to order.`}
          />
          {!row && (
            <QtyInput
              label={t`Opening stock`}
              optional={t`optional`}
              value={form.opening}
              onChange={(opening) => set({ opening })}
              error={error("opening")}
            />
          )}
          <Check
            value={form.no_commission}
            onChange={(no_commission) => set({ no_commission })}
            hint={t`For shopping bags, freight and the like.`}
          >
            {t`Pays no commission`}
          </Check>
        </div>
      )}
      {row && <Stock row={row} />}
      {row && <Prices row={row} />}
    </SideSheet>
  );
}

/** The row as the books have it now: a sale may have moved its stock since it was opened. */
function useRow(given: ProductRow | null): ProductRow | null {
  const now = useAnswer("product", given?.product ?? "", { topics: ["products", "sales"], enabled: given !== null, keep: true });
  return now.data?.product === given?.product ? (now.data ?? given) : given;
}

function Like({ typed, known, onChoose }: { typed: string; known: readonly string[]; onChoose: (name: string) => void }) {
  const like = categoriesLike(typed, known);
  if (like.length === 0 || known.includes(typed.trim())) return null;
  return (
    <div className={css.like}>
      {like.map((name) => (
        <Button key={name} kind="quiet" onPress={() => onChoose(name)}>
          {name}
        </Button>
      ))}
    </div>
  );
}

function ReadOnly({ row: { card } }: { row: ProductRow }) {
  const { t } = useLingui();
  const settings = useAnswer("settings", null, { topics: ["settings"] });
  const tax = card.tax === null ? undefined : settings.data?.taxes[card.tax];
  return (
    <Section title={t`Details`}>
      <Facts
        facts={[
          { name: t`Code`, value: card.code },
          { name: t`Barcode`, value: card.barcode ?? "–" },
          { name: t`Second name`, value: card.name_2 ?? "–" },
          { name: t`Category`, value: card.category ?? "–" },
          { name: t`Price`, value: <Amount minor={card.price_minor} /> },
          {
            name: t`Tax class`,
            value: card.tax ? (
              <>
                {card.tax} {tax && <Percent ppm={tax.rate_ppm} />}
              </>
            ) : (
              t`Untaxed`
            ),
          },
          { name: t`Commission`, value: card.no_commission ? t`none` : t`as the plan says` },
        ]}
      />
    </Section>
  );
}
