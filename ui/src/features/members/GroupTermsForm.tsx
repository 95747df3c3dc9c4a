import { useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import { useState } from "react";
import { Button, CountInput, MoneyInput, notify, SideSheet } from "../../design";
import type { GroupTerms } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, useKeys, useUnsaved } from "../../shell";
import css from "./Members.module.css";

type Form = Omit<{ [key in keyof GroupTerms]: number | null }, "bands"> & { bands: (number | null)[] };

/** Where one group ends and the next begins, for the owner to set. */
export function GroupTermsForm({ terms, onClose }: { terms: GroupTerms; onClose: () => void }) {
  const { t } = useLingui();
  const [form, setForm] = useState<Form>(terms);
  const settings = useAnswer("settings", null, { topics: ["settings"] });
  const deed = useDeed("save_settings", () => {
    notify({ text: t`The groups are set` });
    onClose();
  });
  const set = (part: Partial<Form>) => setForm((old) => ({ ...old, ...part }));
  const submit = () => {
    if (!settings.data || deed.isPending) return;
    const { bands, new_days, active_days, sleeping_days, rfm_days, rfm_purchases, rfm_minor } = form;
    const groups: GroupTerms = {
      new_days: new_days ?? 0,
      active_days: active_days ?? 0,
      sleeping_days: sleeping_days ?? 0,
      rfm_days: rfm_days ?? 0,
      rfm_purchases: rfm_purchases ?? 0,
      rfm_minor: rfm_minor ?? 0,
      bands: bands.filter((band) => band !== null),
    };
    deed.mutate({ ...settings.data, groups });
  };
  useUnsaved(!deed.isSuccess && JSON.stringify(form) !== JSON.stringify(terms));
  useKeys({ "Ctrl+S": submit, Escape: onClose });
  return (
    <SideSheet
      title={t`Where groups begin`}
      close={t`Close`}
      onClose={onClose}
      takeFocus
      footer={
        <>
          <Button kind="ink" keys="Ctrl+S" busy={deed.isPending} onPress={submit}>
            {t`Save`}
          </Button>
          <Button onPress={onClose}>{t`Cancel`}</Button>
        </>
      }
    >
      <FailureStrip failure={deed.error} />
      <CountInput label={t`New: joined within days`} value={form.new_days} onChange={(new_days) => set({ new_days })} />
      <CountInput label={t`Active: bought within days`} value={form.active_days} onChange={(active_days) => set({ active_days })} />
      <CountInput
        label={t`Sleeping: until days`}
        value={form.sleeping_days}
        onChange={(sleeping_days) => set({ sleeping_days })}
        hint={t`Whoever bought longer ago is lost.`}
      />
      <CountInput label={t`Lately: within days`} value={form.rfm_days} onChange={(rfm_days) => set({ rfm_days })} />
      <CountInput label={t`Often: purchases`} value={form.rfm_purchases} onChange={(rfm_purchases) => set({ rfm_purchases })} />
      <MoneyInput label={t`For much: net in all`} value={form.rfm_minor} onChange={(rfm_minor) => set({ rfm_minor })} />
      {form.bands.map((band, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a band has no identity but its place while it is typed.
        <div key={at} className={css.band}>
          <MoneyInput
            label={t`A band of spending from`}
            value={band}
            onChange={(to) => set({ bands: form.bands.map((old, place) => (place === at ? to : old)) })}
          />
          <Button kind="quiet" label={t`Remove this band`} onPress={() => set({ bands: form.bands.filter((_, place) => place !== at) })}>
            <X size={16} aria-hidden="true" />
          </Button>
        </div>
      ))}
      <div>
        <Button onPress={() => set({ bands: [...form.bands, null] })}>{t`Add a band`}</Button>
      </div>
    </SideSheet>
  );
}
