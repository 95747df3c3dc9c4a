import { useLingui } from "@lingui/react/macro";
import { ArrowUp, Pencil } from "lucide-react";
import { useState } from "react";
import { Button, Check, CountInput, Select, Switch, TextField } from "../../design";
import type { TenderTerms } from "../../host";
import { useMay } from "../../shell";
import { namesOf, offeredTenders, useFirstTenders } from "../../shell/tenders";
import type { SettingsForm } from "./form";
import css from "./Settings.module.css";
import { earlier, newTender, offers } from "./tenderList";

/** The tenders of the shop: which are offered, in which order, and what each asks for. */
export function TendersPart({ form, set }: { form: SettingsForm; set: (change: Partial<SettingsForm>) => void }) {
  const { t, i18n } = useLingui();
  const owner = useMay("owner");
  const first = useFirstTenders();
  const [open, setOpen] = useState<number | null>(null);
  const names = namesOf(form.tenders, first, i18n.locale.startsWith("zh"));
  const keys = new Map(offeredTenders(form.tenders).map((one) => [one.code, one.keys]));
  const change = (at: number, part: Partial<TenderTerms>) =>
    set({ tenders: form.tenders.map((terms, index) => (index === at ? { ...terms, ...part } : terms)) });
  return (
    <div>
      <p
        className={css.prose}
      >{t`Offered at the till in this order. What was once paid with a tender keeps its name; put one away to offer it no more.`}</p>
      {form.tenders.map((terms, at) => {
        const name = names[terms.code] ?? terms.code;
        const key = terms.archived ? undefined : keys.get(terms.code);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a new tender has no identity but its place while its code is typed.
          <div key={at}>
            <div className={css.row}>
              <Check
                value={!terms.archived}
                onChange={(to) => {
                  setOpen(null);
                  set({ tenders: offers(form.tenders, at, to) });
                }}
              >
                {key ? `${name} · ${key}` : name}
              </Check>
              <span className={css.rowEnd}>
                {owner && !terms.archived && at > 0 && (
                  <Button
                    kind="quiet"
                    label={t`Move ${name} forward`}
                    onPress={() => {
                      setOpen(null);
                      set({ tenders: earlier(form.tenders, at) });
                    }}
                  >
                    <ArrowUp size={16} aria-hidden="true" />
                  </Button>
                )}
                <Button
                  kind="quiet"
                  label={t`What ${name} asks for`}
                  pressed={open === at}
                  onPress={() => setOpen(open === at ? null : at)}
                >
                  <Pencil size={16} aria-hidden="true" />
                </Button>
              </span>
            </div>
            {open === at && <Terms terms={terms} word={first[terms.code]} change={(part) => change(at, part)} />}
          </div>
        );
      })}
      {owner && (
        <div>
          <Button
            onPress={() => {
              set({ tenders: [...form.tenders, newTender(form.tenders)] });
              setOpen(form.tenders.length);
            }}
          >
            {t`Add a tender`}
          </Button>
        </div>
      )}
      <CountInput
        label={t`Days that a new voucher pays`}
        value={form.voucher_days}
        onChange={(voucher_days) => set({ voucher_days })}
        hint={t`0: for ever. In many countries a voucher that somebody paid for has to last for years.`}
      />
    </div>
  );
}

/** What one tender asks for. The first seven have a word of their own, which a name replaces. */
function Terms({ terms, word, change }: { terms: TenderTerms; word: string | undefined; change: (part: Partial<TenderTerms>) => void }) {
  const { t } = useLingui();
  const digits = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];
  const fixed = terms.code === "cash" || terms.code === "balance" || terms.code === "voucher";
  return (
    <div className={css.inside}>
      <div className={css.pair}>
        <TextField label={t`Name`} value={terms.name} onChange={(name) => change({ name })} placeholder={word} maxLength={20} />
        <TextField
          label={t`Name in the other language`}
          optional={t`optional`}
          value={terms.name_2}
          onChange={(name_2) => change({ name_2 })}
          maxLength={20}
        />
      </div>
      <Select
        label={t`Key at the till`}
        options={[{ key: "", text: t`By its place` }, ...digits.map((digit) => ({ key: digit, text: `Alt+${digit}` }))]}
        value={terms.key === null ? "" : String(terms.key)}
        onChange={(key) => change({ key: key === "" ? null : Number(key) })}
      />
      {!fixed && (
        <>
          <Switch value={terms.needs_reference} onChange={(needs_reference) => change({ needs_reference })}>
            {t`Taken only with the reference of the payment`}
          </Switch>
          <Switch value={terms.gives_change} onChange={(gives_change) => change({ gives_change })} hint={t`The rest is given in cash.`}>
            {t`Gives change`}
          </Switch>
          <Switch value={terms.opens_drawer} onChange={(opens_drawer) => change({ opens_drawer })}>{t`Opens the drawer`}</Switch>
          <Switch value={terms.counted} onChange={(counted) => change({ counted })} hint={t`Where the shop counts other tenders too.`}>
            {t`Counted at the shift's end`}
          </Switch>
        </>
      )}
    </div>
  );
}
