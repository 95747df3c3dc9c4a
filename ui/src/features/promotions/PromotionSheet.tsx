import { useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button, Check, CountInput, DateField, MoneyInput, notify, PercentInput, Select, SideSheet, TextField } from "../../design";
import { type PromotionRow, Refused } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, useFailureWords, useKeys, useMay, useUnsaved } from "../../shell";
import { differs, draftOf, formOf, noOff, type OffForm, type PromotionForm } from "./form";
import css from "./Promotions.module.css";

/** Which field a refusal is about. */
const fields: Record<string, "name" | "code" | "last"> = { no_name: "name", coupon_code: "code", coupon_taken: "code", dates: "last" };

interface SheetProps {
  /** Nothing for a new one. */
  row: PromotionRow | null;
  kind?: PromotionForm["kind"];
  onClose: () => void;
  onSaved: () => void;
}

/** A promotion's terms: a clerk reads, a manager edits. Every change is a version of its own. */
export function PromotionSheet({ row, kind, onClose, onSaved }: SheetProps) {
  const { t } = useLingui();
  const mayEdit = useMay("manager");
  const [form, setForm] = useState(() => formOf(row?.terms ?? null, kind));
  const categories = useAnswer("categories", null, { topics: ["products"], keep: true });
  const save = useDeed("save_promotion", (_, asked) => {
    const { name, stopped } = asked.terms;
    notify({ text: stopped ? t`${name} is ended` : t`${name} saved` });
    onSaved();
  });
  const words = useFailureWords();
  const wrong = save.error instanceof Refused ? (fields[save.error.code] ?? null) : null;
  const wrongAt = (field: "name" | "code" | "last") => (wrong === field ? words(save.error) : undefined);
  const body = useRef<HTMLFieldSetElement>(null);
  // What is to be mended gets the focus.
  useEffect(() => {
    if (wrong) body.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [wrong]);
  const set = (part: Partial<PromotionForm>) => {
    setForm((old) => ({ ...old, ...part }));
    if (save.error) save.reset();
  };
  const stopped = row?.terms.stopped ?? false;
  const dirty = differs(form, row?.terms ?? null);
  useUnsaved(dirty);
  const submit = () => {
    if (mayEdit && !save.isPending && (dirty || stopped || !row)) save.mutate(draftOf(form, row));
  };
  const end = () => row && save.mutate({ promotion: row.promotion, terms: { ...row.terms, stopped: true } });
  useKeys({ "Ctrl+S": submit, "Ctrl+Enter": submit });
  const spend = form.kind === "spend";
  const title = row ? row.terms.name : spend ? t`New spend promotion` : t`New coupon`;
  return (
    <SideSheet
      title={title}
      close={t`Close`}
      onClose={onClose}
      takeFocus={!row}
      footer={
        mayEdit && (
          <>
            <Button kind="ink" keys="Ctrl+S" onPress={submit} busy={save.isPending} disabled={!dirty && !stopped && row !== null}>
              {stopped ? t`Let it run again` : t`Save`}
            </Button>
            {row && !stopped && !dirty && <Button kind="danger" onPress={end}>{t`End it`}</Button>}
          </>
        )
      }
    >
      {wrong === null && <FailureStrip failure={save.error} />}
      <fieldset ref={body} className={css.form} disabled={!mayEdit} aria-label={title}>
        <TextField
          label={t`Name of the promotion`}
          value={form.name}
          onChange={(name) => set({ name })}
          hint={t`Clerk and customer read it.`}
          error={wrongAt("name")}
          maxLength={60}
        />
        {spend ? (
          <>
            {form.steps.map((step, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a step has no identity but its place while it is typed.
              <div key={at} className={css.step}>
                <MoneyInput
                  label={t`From this sum on`}
                  value={step.over}
                  onChange={(over) => set({ steps: form.steps.map((one, index) => (index === at ? { ...one, over } : one)) })}
                />
                <OffFields
                  off={step.off}
                  onChange={(off) => set({ steps: form.steps.map((one, index) => (index === at ? { ...one, off } : one)) })}
                />
                {form.steps.length > 1 && (
                  <Button
                    kind="quiet"
                    label={t`Remove this step`}
                    onPress={() => set({ steps: form.steps.filter((_, index) => index !== at) })}
                  >
                    <X size={16} aria-hidden="true" />
                  </Button>
                )}
              </div>
            ))}
            <div className={css.acts}>
              <Button onPress={() => set({ steps: [...form.steps, { over: null, off: noOff }], every: false })}>{t`Add a step`}</Button>
            </div>
            {form.steps.length === 1 && (
              <Check value={form.every} onChange={(every) => set({ every })} hint={t`Once for each time the sum is reached.`}>
                {t`Each time`}
              </Check>
            )}
          </>
        ) : (
          <>
            <TextField
              label={t`Coupon code`}
              value={form.code}
              onChange={(code) => set({ code })}
              hint={t`Typed or scanned at the till.`}
              error={wrongAt("code")}
              maxLength={32}
            />
            <div className={css.step}>
              <MoneyInput label={t`From this sum on`} value={form.over} onChange={(over) => set({ over })} />
              <OffFields off={form.off} onChange={(off) => set({ off })} />
            </div>
            <div className={css.pair}>
              <CountInput label={t`Uses in all`} value={form.limit} onChange={(limit) => set({ limit })} hint={t`Empty: any number.`} />
              <CountInput label={t`Uses per member`} value={form.per_member} onChange={(per_member) => set({ per_member })} />
            </div>
          </>
        )}
        <div className={css.pair}>
          <MoneyInput label={t`Takes off at most`} value={form.max} onChange={(max) => set({ max })} hint={t`Per sale; empty: no limit.`} />
          <Select
            label={t`Only this category`}
            options={[{ key: "", text: t`Every category` }, ...(categories.data ?? []).map((name) => ({ key: name, text: name }))]}
            value={form.category}
            onChange={(category) => set({ category })}
          />
        </div>
        <div className={css.pair}>
          <DateField label={t`From day`} value={form.first} onChange={(first) => set({ first })} />
          <DateField label={t`To day`} value={form.last} onChange={(last) => set({ last })} error={wrongAt("last")} />
        </div>
      </fieldset>
    </SideSheet>
  );
}

function OffFields({ off, onChange }: { off: OffForm; onChange: (off: OffForm) => void }) {
  const { t } = useLingui();
  return (
    <>
      <Select
        label={t`Takes off`}
        options={[
          { key: "amount", text: t`amount` },
          { key: "percent", text: t`percent` },
        ]}
        value={off.by}
        onChange={(by) => onChange({ ...off, by })}
      />
      {off.by === "amount" ? (
        <MoneyInput label={t`Amount off`} value={off.amount} onChange={(amount) => onChange({ ...off, amount })} />
      ) : (
        <PercentInput label={t`Percent`} value={off.ppm} onChange={(ppm) => onChange({ ...off, ppm })} />
      )}
    </>
  );
}
