/** The parts of the settings that belong to the shop, each a few fields of one form. */
import { useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import { Button, Check, CountInput, Facts, MoneyInput, PercentInput, Select, Switch, TextField } from "../../design";
import { useAnswer } from "../../host/answers";
import { useMay, useSession } from "../../shell";
import { CampaignsPart } from "./Campaigns";
import { type SettingsForm, type TaxRow, withChoice } from "./form";
import css from "./Settings.module.css";

export interface PartProps {
  form: SettingsForm;
  set: (change: Partial<SettingsForm>) => void;
}

export function ShopPart({ form, set }: PartProps) {
  const { t } = useLingui();
  const { shop } = useSession();
  return (
    <>
      <TextField label={t`Shop name`} value={form.shop_name} onChange={(shop_name) => set({ shop_name })} maxLength={60} />
      <TextField
        label={t`Address`}
        value={form.shop_address}
        onChange={(shop_address) => set({ shop_address })}
        hint={t`Address, telephone and tax number stand under the shop's name on receipts; leave empty what should not.`}
        maxLength={120}
      />
      <div className={css.pair}>
        <TextField label={t`Telephone`} value={form.telephone} onChange={(telephone) => set({ telephone })} maxLength={40} />
        <TextField label={t`Tax number`} value={form.tax_number} onChange={(tax_number) => set({ tax_number })} maxLength={40} />
      </div>
      <Facts
        facts={[
          { name: t`Currency`, value: shop.currency },
          { name: t`The shop's day`, value: shop.today },
        ]}
      />
      <div className={css.pair}>
        <TextField
          label={t`Country code of telephones`}
          value={form.country_code}
          onChange={(country_code) => set({ country_code })}
          hint={t`Given to numbers typed without one: 86 for China.`}
          maxLength={4}
        />
        <MoneyInput
          label={t`Smallest step of cash`}
          value={form.cash_rounding}
          onChange={(cash_rounding) => set({ cash_rounding })}
          hint={t`0: cash is taken to the last coin.`}
        />
      </div>
    </>
  );
}

export function TaxesPart({ form, set }: PartProps) {
  const { t } = useLingui();
  const owner = useMay("owner");
  const change = (at: number, part: Partial<TaxRow>) =>
    set({ taxes: form.taxes.map((tax, index) => (index === at ? { ...tax, ...part } : tax)) });
  return (
    <>
      {form.taxes.length === 0 && <p className={css.prose}>{t`No tax classes: every product is sold untaxed.`}</p>}
      {form.taxes.map((tax, at) => {
        const name = tax.name;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a class has no identity but its place while its name is typed.
          <div key={at} className={css.tax}>
            <TextField label={t`Tax class`} value={name} onChange={(to) => change(at, { name: to })} maxLength={40} />
            <PercentInput label={t`Rate %`} value={tax.rate_ppm} onChange={(rate_ppm) => change(at, { rate_ppm })} />
            <Check value={tax.included} onChange={(included) => change(at, { included })}>{t`In the price`}</Check>
            {owner && (
              <Button kind="quiet" label={t`Remove ${name}`} onPress={() => set({ taxes: form.taxes.filter((_, index) => index !== at) })}>
                <X size={16} aria-hidden="true" />
              </Button>
            )}
          </div>
        );
      })}
      {owner && (
        <div>
          <Button onPress={() => set({ taxes: [...form.taxes, { name: "", rate_ppm: 0, included: true }] })}>{t`Add a tax class`}</Button>
        </div>
      )}
    </>
  );
}

export function PointsPart({ form, set }: PartProps) {
  const { t } = useLingui();
  const categories = useAnswer("categories", null, { topics: ["products"], keep: true });
  // A category that no product has any more is still shown while points are bound to it.
  const choices = [...new Set([...(categories.data ?? []), ...form.earning_categories])];
  return (
    <>
      <Switch value={form.points} onChange={(points) => set({ points })}>{t`Members earn points`}</Switch>
      {form.points && (
        <>
          <div className={css.pair}>
            <MoneyInput
              label={t`One point for each`}
              value={form.earn_per}
              onChange={(earn_per) => set({ earn_per })}
              hint={t`0: nothing is earned by amount.`}
            />
            <TextField
              label={t`One point offsets`}
              value={form.point_value}
              onChange={(point_value) => set({ point_value })}
              hint={t`In the shop's currency, such as 0.01. 0: points cannot be spent.`}
              maxLength={20}
            />
          </div>
          <div className={css.pair}>
            <CountInput label={t`Spent in steps of`} value={form.step} onChange={(step) => set({ step })} />
            <PercentInput
              label={t`Largest share of a sale, %`}
              value={form.max_share_ppm}
              onChange={(max_share_ppm) => set({ max_share_ppm })}
            />
          </div>
          <div className={css.pair}>
            <CountInput
              label={t`Points for each sale as such`}
              value={form.per_order}
              onChange={(per_order) => set({ per_order })}
              hint={t`Whatever its amount; 0 for none.`}
            />
            <CountInput
              label={t`Locked for days`}
              value={form.lock_days}
              onChange={(lock_days) => set({ lock_days })}
              hint={t`After the day of the sale, as long as goods may come back. 0: usable at once.`}
            />
          </div>
          <div className={css.pair}>
            <Select
              label={t`Points run out`}
              options={[
                { key: "never", text: t`Never` },
                { key: "months", text: t`Months after they came` },
                { key: "year_end", text: t`At the end of a year` },
              ]}
              value={form.expiry}
              onChange={(expiry) => set({ expiry })}
              hint={t`What was earned before keeps its own last day.`}
            />
            {form.expiry === "months" && (
              <CountInput label={t`After months`} value={form.expiry_months} onChange={(expiry_months) => set({ expiry_months })} />
            )}
            {form.expiry === "year_end" && (
              <CountInput
                label={t`Years later`}
                value={form.expiry_years}
                onChange={(expiry_years) => set({ expiry_years })}
                hint={t`0: at the end of the year in which they came.`}
              />
            )}
          </div>
          <div className={css.pair}>
            {form.expiry !== "never" && (
              <CountInput
                label={t`Told so many days ahead`}
                value={form.announce_days}
                onChange={(announce_days) => set({ announce_days })}
              />
            )}
            <CountInput
              label={t`Points for a birthday`}
              value={form.birthday_points}
              onChange={(birthday_points) => set({ birthday_points })}
              hint={t`Once a year, on the day itself; 0 for none.`}
            />
          </div>
          <div className={css.pair}>
            <CountInput
              label={t`Points for bringing somebody in`}
              value={form.referral_points}
              onChange={(referral_points) => set({ referral_points })}
              hint={t`To the sponsor, once the first purchase cannot be returned any more; 0 for none.`}
            />
          </div>
          <div className={css.pair}>
            <CountInput
              label={t`Points for a review`}
              value={form.review_points}
              onChange={(review_points) => set({ review_points })}
              hint={t`Once for each purchase that cannot be returned any more; 0 for none.`}
            />
            <CountInput
              label={t`Points for sharing`}
              value={form.share_points}
              onChange={(share_points) => set({ share_points })}
              hint={t`Once a day, when a member shows that others were told; 0 for none.`}
            />
          </div>
          <TextField
            label={t`Points for coming by`}
            value={form.sign_in}
            onChange={(sign_in) => set({ sign_in })}
            hint={t`For the first day in a row, the second and so on, such as 1 2 5; the last holds from then on. Empty: nothing.`}
            placeholder="1 2 5"
            maxLength={200}
          />
          <CampaignsPart form={form} set={set} categories={choices} />
          {choices.length > 0 && (
            <div role="group" className={css.choices} aria-label={t`Only goods of these categories earn`}>
              <p className={css.prose}>{t`Only goods of these categories earn; none ticked: all do.`}</p>
              {choices.map((category) => (
                <Check
                  key={category}
                  value={form.earning_categories.includes(category)}
                  onChange={(on) => set({ earning_categories: withChoice(form.earning_categories, category, on) })}
                >
                  {category}
                </Check>
              ))}
            </div>
          )}
        </>
      )}
    </>
  );
}

const idleChoices = [0, 60, 120, 300, 600, 900, 1800, 3600];

export function SafetyPart({ form, set }: PartProps) {
  const { t } = useLingui();
  const owner = useMay("owner");
  const choices = idleChoices.includes(form.idle_seconds) ? idleChoices : [...idleChoices, form.idle_seconds].sort((a, b) => a - b);
  const idle = (seconds: number): string => {
    if (seconds === 0) return t`Never`;
    const minutes = Math.floor(seconds / 60);
    return seconds % 60 === 0 ? t`After ${minutes} min` : t`After ${seconds} s`;
  };
  return (
    <>
      <Select
        label={t`Asks for the PIN again`}
        options={choices.map((seconds) => ({ key: String(seconds), text: idle(seconds) }))}
        value={String(form.idle_seconds)}
        onChange={(seconds) => set({ idle_seconds: Number(seconds) })}
        disabled={!owner}
      />
      <PercentInput
        label={t`A clerk may take off up to, %`}
        value={form.discount_ppm}
        onChange={(discount_ppm) => set({ discount_ppm })}
        hint={t`Beyond that the till asks for a manager.`}
      />
      <CountInput
        label={t`Goods come back within, days`}
        value={form.return_days}
        onChange={(return_days) => set({ return_days })}
        hint={t`Later the till asks for a manager. 0 takes them back at any time.`}
      />
      <Select
        label={t`Law that plans are checked by`}
        options={[
          { key: "CN", text: t`China` },
          { key: "EU", text: t`European Union` },
          { key: "US", text: t`United States` },
          { key: "none", text: t`None` },
        ]}
        value={form.jurisdiction}
        onChange={(jurisdiction) => set({ jurisdiction })}
        disabled={!owner}
      />
      <Check
        value={form.demotion}
        onChange={(demotion) => set({ demotion })}
        disabled={!owner}
        hint={t`Where the plan works ranks out: whoever does not reach a rank again at a month's close loses it.`}
      >
        {t`Ranks can fall`}
      </Check>
      {form.demotion && (
        <Select
          label={t`A rank is protected for`}
          options={[0, 1, 2, 3, 6, 12].map((months) => ({ key: String(months), text: months === 0 ? t`No month` : t`${months} months` }))}
          value={String(form.protection)}
          onChange={(months) => set({ protection: Number(months) })}
          disabled={!owner}
        />
      )}
    </>
  );
}

export function ShiftsPart({ form, set }: PartProps) {
  const { t } = useLingui();
  return (
    <>
      <Check
        value={form.shift_required}
        onChange={(shift_required) => set({ shift_required })}
        hint={t`The till asks for the float before the first sale.`}
      >
        {t`No sale without an open shift`}
      </Check>
      <Check
        value={form.shift_blind}
        onChange={(shift_blind) => set({ shift_blind })}
        hint={t`A clerk sees the expected cash only after counting; a manager sees it at any time.`}
      >
        {t`Count blind`}
      </Check>
      <Check value={form.shift_count_tenders} onChange={(shift_count_tenders) => set({ shift_count_tenders })}>
        {t`Count the slips of the other tenders too`}
      </Check>
      <MoneyInput
        label={t`Cash may differ without a reason by`}
        value={form.shift_tolerance}
        onChange={(shift_tolerance) => set({ shift_tolerance })}
        hint={t`0: every difference needs a word.`}
      />
    </>
  );
}
