import { useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import { Button, Check, CountInput, DateField, TextField } from "../../design";
import { useMay } from "../../shell";
import type { CampaignRow } from "./campaigns";
import type { SettingsForm } from "./form";
import css from "./Settings.module.css";

interface CampaignsProps {
  form: SettingsForm;
  set: (change: Partial<SettingsForm>) => void;
  categories: readonly string[];
}

/** Days on which goods earn more points. */
export function CampaignsPart({ form, set, categories }: CampaignsProps) {
  const { t } = useLingui();
  const owner = useMay("owner");
  const change = (at: number, part: Partial<CampaignRow>) =>
    set({ campaigns: form.campaigns.map((row, index) => (index === at ? { ...row, ...part } : row)) });
  const ticked = (row: CampaignRow, category: string, on: boolean) =>
    on ? [...row.categories, category] : row.categories.filter((other) => other !== category);
  return (
    <div role="group" aria-label={t`Campaigns`}>
      <h3>{t`Campaigns`}</h3>
      <p className={css.prose}>{t`Between two days goods earn more points. Where two campaigns hold for a line, the higher one counts.`}</p>
      {form.campaigns.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a campaign has no identity but its place while its name is typed.
        <div key={at} role="group" className={css.campaign} aria-label={row.name || t`New campaign`}>
          <div className={css.pair}>
            <TextField label={t`Name of the campaign`} value={row.name} onChange={(name) => change(at, { name })} maxLength={40} />
            <CountInput
              label={t`Points, %`}
              value={row.percent}
              onChange={(percent) => change(at, { percent })}
              hint={t`200: twice as many.`}
            />
          </div>
          <div className={css.pair}>
            <DateField label={t`From day`} value={row.from} onChange={(from) => change(at, { from })} />
            <DateField label={t`To day`} value={row.to} onChange={(to) => change(at, { to })} />
          </div>
          {categories.length > 0 && (
            <div role="group" className={css.choices} aria-label={t`Goods of the campaign`}>
              <p className={css.prose}>{t`Only goods of these categories; none ticked: all.`}</p>
              {categories.map((category) => (
                <Check
                  key={category}
                  value={row.categories.includes(category)}
                  onChange={(on) => change(at, { categories: ticked(row, category, on) })}
                >
                  {category}
                </Check>
              ))}
            </div>
          )}
          {owner && (
            <div>
              <Button onPress={() => set({ campaigns: form.campaigns.filter((_, index) => index !== at) })}>
                <X size={16} aria-hidden="true" /> {t`Remove this campaign`}
              </Button>
            </div>
          )}
        </div>
      ))}
      {owner && (
        <div>
          <Button onPress={() => set({ campaigns: [...form.campaigns, { name: "", from: null, to: null, percent: 200, categories: [] }] })}>
            {t`Add a campaign`}
          </Button>
        </div>
      )}
    </div>
  );
}
