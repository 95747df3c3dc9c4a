import { useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import { type ReactNode, useState } from "react";
import {
  Button,
  Check,
  CountInput,
  DateField,
  MoneyInput,
  notify,
  PercentInput,
  QtyInput,
  Section,
  Select,
  useCurrency,
  writeFixed,
  writePercent,
  writeQty,
} from "../../design";
import type { PriceVersion, ProductPrices, ProductRow, SpecialPrice } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, useMay, useSession, useUnsaved } from "../../shell";
import css from "./Prices.module.css";
import { formOfPrices, noPrice, type PriceRow, type PricesForm, pricesOf } from "./priceForm";

/** Prices of a product beside its list price: by level, for a time, by quantity, for points; each change holds from a day on. */
export function Prices({ row }: { row: ProductRow }) {
  const { t } = useLingui();
  const { shop } = useSession();
  const mayEdit = useMay("manager") && !row.archived;
  const versions = useAnswer("prices", row.product, { topics: ["products"], keep: (before) => before === row.product });
  const [editing, setEditing] = useState(false);
  const now = versions.data?.find((version) => version.from <= shop.today);
  const later = (versions.data ?? []).filter((version) => version.from > shop.today);
  if (versions.error) return <FailureStrip failure={versions.error} />;
  return (
    <Section
      title={t`Other prices`}
      acts={mayEdit && !editing && versions.data && <Button onPress={() => setEditing(true)}>{t`Edit prices`}</Button>}
    >
      {editing ? (
        <Edit row={row} begin={versions.data?.[0]?.prices ?? null} onDone={() => setEditing(false)} />
      ) : (
        <>
          <InWords prices={now?.prices ?? null} />
          {later.map((version) => (
            <Later key={`${version.from} ${version.at_ms}`} version={version} />
          ))}
        </>
      )}
    </Section>
  );
}

function Later({ version }: { version: PriceVersion }) {
  const { t } = useLingui();
  const { from } = version;
  return (
    <div className={css.later}>
      <strong>{t`From ${from} on`}</strong>
      <InWords prices={version.prices} />
    </div>
  );
}

function InWords({ prices }: { prices: ProductPrices | null }) {
  const { t } = useLingui();
  const { digits } = useCurrency();
  const figure = (price: SpecialPrice): string => {
    if ("fixed_minor" in price) return writeFixed(price.fixed_minor, digits);
    const share = writePercent(price.share_of_list_ppm);
    return t`${share} of the list price`;
  };
  const all: string[] = [];
  for (const [level, special] of Object.entries(prices?.level_prices ?? {})) {
    if (!special) continue;
    const price = figure(special);
    all.push(t`${level}: ${price}`);
  }
  for (const dated of prices?.dated_prices ?? []) {
    const [from, to, price] = [dated.from ?? "…", dated.to ?? "…", figure(dated.price)];
    all.push(t`${from} to ${to}: ${price}`);
  }
  for (const step of prices?.breaks ?? []) {
    const [qty, price] = [writeQty(step.from_qty_milli), figure(step.price)];
    all.push(t`from ${qty} on: ${price}`);
  }
  if (prices?.gift_points !== null && prices !== null) {
    const points = prices.gift_points;
    all.push(t`as a gift for ${points} points`);
  }
  if (prices?.weighed) all.push(t`sold by weight`);
  if (prices && prices.earns !== "by_amount") all.push(t`earns points of its own`);
  if (all.length === 0) return <p className={css.none}>{t`Only the list price.`}</p>;
  return (
    <ul className={css.words}>
      {all.map((one) => (
        <li key={one}>{one}</li>
      ))}
    </ul>
  );
}

function Edit({ row, begin, onDone }: { row: ProductRow; begin: ProductPrices | null; onDone: () => void }) {
  const { t } = useLingui();
  const { shop } = useSession();
  const [form, setForm] = useState(() => formOfPrices(begin));
  const [from, setFrom] = useState<string | null>(shop.today);
  const [asked, setAsked] = useState(false);
  const words = useAnswer("member_words", null, { topics: ["members", "settings"] });
  const save = useDeed("set_prices", () => {
    notify({ text: t`Prices saved` });
    onDone();
  });
  useUnsaved(JSON.stringify(form) !== JSON.stringify(formOfPrices(begin)));
  const set = (part: Partial<PricesForm>) => {
    setForm((old) => ({ ...old, ...part }));
    if (save.error) save.reset();
  };
  const prices = pricesOf(form);
  const submit = () => {
    setAsked(true);
    if (prices && !save.isPending) save.mutate({ product: row.product, from, prices });
  };
  const levels = words.data?.levels ?? [];
  const without = <T,>(list: readonly T[], at: number): T[] => list.filter((_, index) => index !== at);
  const put = <T,>(list: readonly T[], at: number, part: Partial<T>): T[] =>
    list.map((one, index) => (index === at ? { ...one, ...part } : one));
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <FailureStrip failure={save.error} />
      {form.levels.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row has no identity but its place while it is typed.
        <Row key={at} remove={t`Remove this price`} onRemove={() => set({ levels: without(form.levels, at) })}>
          <Select
            label={t`Of level`}
            options={[...new Set([...levels, one.level])].filter(Boolean).map((level) => ({ key: level, text: level }))}
            value={one.level}
            onChange={(level) => set({ levels: put(form.levels, at, { level }) })}
          />
          <Price row={one.price} onChange={(price) => set({ levels: put(form.levels, at, { price }) })} />
        </Row>
      ))}
      {form.dated.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row has no identity but its place while it is typed.
        <Row key={at} remove={t`Remove this price`} onRemove={() => set({ dated: without(form.dated, at) })}>
          <DateField label={t`From day`} value={one.from} onChange={(day) => set({ dated: put(form.dated, at, { from: day }) })} />
          <DateField label={t`To day`} value={one.to} onChange={(day) => set({ dated: put(form.dated, at, { to: day }) })} />
          <Price row={one.price} onChange={(price) => set({ dated: put(form.dated, at, { price }) })} />
        </Row>
      ))}
      {form.breaks.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row has no identity but its place while it is typed.
        <Row key={at} remove={t`Remove this price`} onRemove={() => set({ breaks: without(form.breaks, at) })}>
          <QtyInput
            label={t`From this quantity on`}
            value={one.from_qty}
            onChange={(from_qty) => set({ breaks: put(form.breaks, at, { from_qty }) })}
          />
          <Price row={one.price} onChange={(price) => set({ breaks: put(form.breaks, at, { price }) })} />
        </Row>
      ))}
      <div className={css.acts}>
        <Button
          disabled={levels.length === 0}
          onPress={() => set({ levels: [...form.levels, { level: levels[0] ?? "", price: noPrice }] })}
        >{t`Level price`}</Button>
        <Button
          onPress={() => set({ dated: [...form.dated, { from: shop.today, to: null, price: noPrice }] })}
        >{t`Price for a time`}</Button>
        <Button onPress={() => set({ breaks: [...form.breaks, { from_qty: null, price: noPrice }] })}>{t`Quantity price`}</Button>
      </div>
      {levels.length === 0 && <p className={css.none}>{t`Level prices need a member level: name one in the settings or on a member.`}</p>}
      <div className={css.pair}>
        <CountInput
          label={t`Points as a gift`}
          value={form.gift_points}
          onChange={(gift_points) => set({ gift_points })}
          hint={t`Empty: not to be had for points.`}
        />
        <Select
          label={t`Earns points`}
          options={[
            { key: "amount", text: t`by amount` },
            { key: "times", text: t`by amount, times` },
            { key: "piece", text: t`per piece` },
            { key: "nothing", text: t`none` },
          ]}
          value={form.earns}
          onChange={(earns) => set({ earns })}
        />
      </div>
      {form.earns === "times" && (
        <PercentInput label={t`Percent of the usual points`} value={form.times_ppm} onChange={(times_ppm) => set({ times_ppm })} />
      )}
      {form.earns === "piece" && (
        <CountInput label={t`Points per piece`} value={form.per_piece} onChange={(per_piece) => set({ per_piece })} />
      )}
      <Check value={form.weighed} onChange={(weighed) => set({ weighed })}>{t`Sold by weight or length`}</Check>
      <DateField label={t`Holds from`} value={from} onChange={setFrom} hint={t`Prices of before are kept.`} />
      {asked && prices === null && (
        <p role="alert" className={css.wrong}>
          {t`A price or quantity is missing.`}
        </p>
      )}
      <div className={css.acts}>
        <Button kind="ink" submit busy={save.isPending}>{t`Save prices`}</Button>
        <Button onPress={onDone}>{t`Cancel`}</Button>
      </div>
    </form>
  );
}

function Row({ children, remove, onRemove }: { children: ReactNode; remove: string; onRemove: () => void }) {
  return (
    <div className={css.row}>
      <div className={css.cells}>{children}</div>
      <Button kind="quiet" label={remove} onPress={onRemove}>
        <X size={16} aria-hidden="true" />
      </Button>
    </div>
  );
}

function Price({ row, onChange }: { row: PriceRow; onChange: (row: PriceRow) => void }) {
  const { t } = useLingui();
  return (
    <>
      <Select
        label={t`Price as`}
        options={[
          { key: "fixed", text: t`amount` },
          { key: "share", text: t`share of list` },
        ]}
        value={row.by}
        onChange={(by) => onChange({ ...row, by })}
      />
      {row.by === "fixed" ? (
        <MoneyInput label={t`Price of one`} value={row.minor} onChange={(minor) => onChange({ ...row, minor })} />
      ) : (
        <PercentInput label={t`Percent of list`} value={row.ppm} onChange={(ppm) => onChange({ ...row, ppm })} />
      )}
    </>
  );
}
