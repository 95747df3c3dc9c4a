import { useLingui } from "@lingui/react/macro";
import { CountInput, Select } from "../../design";
import type { BindingForm } from "./bindingForm";
import type { SettingsForm } from "./form";
import css from "./Settings.module.css";

/** Who may name a member's sponsor at the till, until when, and for how long it holds; each choice says what it does. */
export function BindingPart({ form, set }: { form: SettingsForm; set: (change: Partial<SettingsForm>) => void }) {
  const { t } = useLingui();
  const terms = form.binding;
  const change = (part: Partial<BindingForm>) => set({ binding: { ...terms, ...part } });
  const about: Record<BindingForm["until"], string> = {
    nobody: t`Clerks enrol members without a sponsor. A manager gives one on the member's page.`,
    enrolment: t`The sponsor is named when the member is enrolled, by name or by the referral code. Later a manager gives one.`,
    first_order: t`A member without a sponsor may still name one at the till as long as nothing was bought.`,
    first_contact: t`A member without a sponsor may name one at the till at any time.`,
  };
  return (
    <>
      <p className={css.prose}>
        {t`A member is bound to whoever brought them in: the sponsor. Managers may always move a member, with a reason; this is about the till.`}
      </p>
      <Select
        label={t`A sponsor is named`}
        options={[
          { key: "nobody", text: t`By managers alone` },
          { key: "enrolment", text: t`On enrolment` },
          { key: "first_order", text: t`Up to the first purchase` },
          { key: "first_contact", text: t`Whenever the member first names one` },
        ]}
        value={terms.until}
        onChange={(until) => change({ until })}
        hint={about[terms.until]}
      />
      <div className={css.pair}>
        <Select
          label={t`Another member takes over`}
          options={[
            { key: "never", text: t`Never` },
            { key: "any_time", text: t`At any time` },
            { key: "after", text: t`After days of protection` },
          ]}
          value={terms.takeover}
          onChange={(takeover) => change({ takeover })}
          hint={t`At the till, by the other member's code. Sales made so far keep their chain.`}
        />
        {terms.takeover === "after" && (
          <CountInput
            label={t`Days of protection`}
            value={terms.takeover_days}
            onChange={(takeover_days) => change({ takeover_days })}
            hint={t`After the binding or the last purchase, whichever came later.`}
          />
        )}
      </div>
      <CountInput
        label={t`A binding holds, days`}
        value={terms.valid_days}
        onChange={(valid_days) => change({ valid_days })}
        hint={t`0: for ever. After that, sales earn nobody above anything until the member is bound anew; the tree stays.`}
      />
      <p className={css.prose}>
        {t`Whether members earn on their own purchases is the plan's to say: under Plan, a rule begins at the buyer or at the sponsor.`}
      </p>
    </>
  );
}
