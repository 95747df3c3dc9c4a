import { useLingui } from "@lingui/react/macro";
import { Check, CountInput, MoneyInput, PercentInput } from "../../design";
import { useMay } from "../../shell";
import type { SettingsForm } from "./form";
import type { RiskForm } from "./riskForm";
import css from "./Settings.module.css";

/** When a member's month is worth a look before it is paid. */
export function RiskPart({ form, set }: { form: SettingsForm; set: (change: Partial<SettingsForm>) => void }) {
  const { t } = useLingui();
  const owner = useMay("owner");
  const terms = form.risk;
  const change = (part: Partial<RiskForm>) => set({ risk: { ...terms, ...part } });
  return (
    <div role="group" aria-label={t`Review of the month`}>
      <h3>{t`Review of the month`}</h3>
      <p className={css.prose}>
        {t`A month is shown for review before its release where one of these rules speaks. 0 switches a rule off.`}
      </p>
      <div className={css.pair}>
        <PercentInput
          label={t`Commission on own purchases from, %`}
          value={terms.own_ppm}
          onChange={(own_ppm) => change({ own_ppm })}
          hint={t`Of what was earned in the month.`}
        />
        <PercentInput
          label={t`Own purchases from, % of the branch`}
          value={terms.bought_ppm}
          onChange={(bought_ppm) => change({ bought_ppm })}
          hint={t`300: three times what everyone below bought.`}
        />
      </div>
      <div className={css.pair}>
        <PercentInput
          label={t`Returns of closed months from, %`}
          value={terms.returned_ppm}
          onChange={(returned_ppm) => change({ returned_ppm })}
          hint={t`Of what was earned in the month.`}
        />
        <PercentInput
          label={t`Jump from, % of the average`}
          value={terms.jump_ppm}
          onChange={(jump_ppm) => change({ jump_ppm })}
          hint={t`500: five times the member's own months before.`}
        />
      </div>
      <div className={css.pair}>
        <PercentInput
          label={t`Sold before the close and returned after, from %`}
          value={terms.rushed_ppm}
          onChange={(rushed_ppm) => change({ rushed_ppm })}
          hint={t`Of what was earned in the month.`}
        />
        <CountInput
          label={t`Days before the close`}
          value={terms.rushed_days}
          onChange={(rushed_days) => change({ rushed_days })}
          hint={t`At most 28.`}
        />
      </div>
      <div className={css.pair}>
        <PercentInput
          label={t`Commission on members with the same number or account from, %`}
          value={terms.ring_ppm}
          onChange={(ring_ppm) => change({ ring_ppm })}
          hint={t`Whoever earns on purchases under another name.`}
        />
        <CountInput
          label={t`Days of coming by without a purchase`}
          value={terms.sign_in_days}
          onChange={(sign_in_days) => change({ sign_in_days })}
          hint={t`At most 31.`}
        />
      </div>
      <div className={css.pair}>
        <MoneyInput
          label={t`Look only from this amount on`}
          value={terms.least_minor}
          onChange={(least_minor) => change({ least_minor })}
        />
      </div>
      <Check value={terms.shared_phone} onChange={(shared_phone) => change({ shared_phone })} disabled={!owner}>
        {t`Telephone number of two members`}
      </Check>
      <Check value={terms.shared_account} onChange={(shared_account) => change({ shared_account })} disabled={!owner}>
        {t`Account for payouts of two members`}
      </Check>
    </div>
  );
}
