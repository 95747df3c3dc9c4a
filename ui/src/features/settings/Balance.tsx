import { useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import { Button, MoneyInput } from "../../design";
import { useMay } from "../../shell";
import type { BonusRow, SettingsForm } from "./form";
import css from "./Settings.module.css";

/** What a top-up of a member's stored value brings, by its amount. */
export function BalancePart({ form, set }: { form: SettingsForm; set: (change: Partial<SettingsForm>) => void }) {
  const { t } = useLingui();
  const owner = useMay("owner");
  const change = (at: number, part: Partial<BonusRow>) =>
    set({ bonus: form.bonus.map((row, index) => (index === at ? { ...row, ...part } : row)) });
  return (
    <>
      <p
        className={css.prose}
      >{t`Members pay money in at the till with Alt+T, or on their own page. From each amount on the shop adds its bonus; the highest amount that is reached counts, once.`}</p>
      {form.bonus.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a bonus has no identity but its place while its amount is typed.
        <div key={at} className={css.bonus}>
          <MoneyInput label={t`From the amount`} value={row.from} onChange={(from) => change(at, { from })} />
          <MoneyInput label={t`Bonus`} value={row.bonus} onChange={(bonus) => change(at, { bonus })} />
          {owner && (
            <Button kind="quiet" label={t`Remove this bonus`} onPress={() => set({ bonus: form.bonus.filter((_, index) => index !== at) })}>
              <X size={16} aria-hidden="true" />
            </Button>
          )}
        </div>
      ))}
      {owner && (
        <div>
          <Button onPress={() => set({ bonus: [...form.bonus, { from: null, bonus: null }] })}>{t`Add a bonus`}</Button>
        </div>
      )}
      <p
        className={css.prose}
      >{t`Paying with stored value spends the money paid in before the bonus. Money of a top-up goes back by the tender that paid it in, and its bonus goes with it.`}</p>
    </>
  );
}
