import { useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import { Button, CountInput, PercentInput, Select, Switch, TextField, writeFixed } from "../../design";
import { useMay } from "../../shell";
import type { SettingsForm } from "./form";
import type { GrowthRow, LevelRow } from "./levelForm";
import css from "./Settings.module.css";

/** What each member level is worth, and how the shop's scales fill their labels. */
export function LevelsPart({ form, set }: { form: SettingsForm; set: (change: Partial<SettingsForm>) => void }) {
  const { t } = useLingui();
  const owner = useMay("owner");
  const change = (at: number, part: Partial<LevelRow>) =>
    set({ levels: form.levels.map((level, index) => (index === at ? { ...level, ...part } : level)) });
  return (
    <>
      <p
        className={css.prose}
      >{t`A member of a level pays this share of every list price, unless the product has a lower price of its own.`}</p>
      {form.levels.map((level, at) => {
        const { name } = level;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a level has no identity but its place while its name is typed.
          <div key={at} className={css.tax}>
            <TextField label={t`Member level`} value={name} onChange={(to) => change(at, { name: to })} maxLength={40} />
            <PercentInput label={t`Pays %`} value={level.share_ppm} onChange={(share_ppm) => change(at, { share_ppm })} />
            <PercentInput label={t`Points %`} value={level.points_ppm} onChange={(points_ppm) => change(at, { points_ppm })} />
            {owner && (
              <Button
                kind="quiet"
                label={t`Remove ${name}`}
                onPress={() => set({ levels: form.levels.filter((_, index) => index !== at) })}
              >
                <X size={16} aria-hidden="true" />
              </Button>
            )}
            <Growing level={level} onChange={(growth) => change(at, { growth })} />
          </div>
        );
      })}
      {owner && (
        <div>
          <Button
            onPress={() => set({ levels: [...form.levels, { name: "", share_ppm: 1_000_000, points_ppm: 1_000_000, growth: null }] })}
          >{t`Add a level`}</Button>
        </div>
      )}
      {form.levels.some((level) => level.growth) && <GrowthPart form={form} set={set} />}
      <TextField
        label={t`Labels of the scales`}
        value={form.labels}
        onChange={(labels) => set({ labels })}
        rows={3}
        placeholder="22IIIIIPPPPPC"
        hint={t`One layout a line: two digits 20 to 29, I the item, P the price, W the weight, V the price's check digit, C at the end.`}
      />
    </>
  );
}

const GROWING: GrowthRow = { threshold: 1000, valid_days: 365, keep: 500, gift: 0, birthday: 0 };

/** What growth a level asks for, how long it lasts and what it gives, with a sentence that says the same. */
function Growing({ level, onChange }: { level: LevelRow; onChange: (growth: GrowthRow | null) => void }) {
  const { t } = useLingui();
  const { growth, name } = level;
  const set = (part: Partial<GrowthRow>) => growth && onChange({ ...growth, ...part });
  return (
    <div className={css.growing}>
      <Switch value={growth !== null} onChange={(on) => onChange(on ? GROWING : null)}>{t`${name} follows from growth`}</Switch>
      {growth && (
        <>
          <div className={css.figures}>
            <CountInput label={t`Growth to reach it`} value={growth.threshold} onChange={(threshold) => set({ threshold })} />
            <CountInput label={t`Lasts days, 0 for ever`} value={growth.valid_days} onChange={(valid_days) => set({ valid_days })} />
            {growth.valid_days !== 0 && <CountInput label={t`Growth to keep it`} value={growth.keep} onChange={(keep) => set({ keep })} />}
            <CountInput label={t`Points on reaching it`} value={growth.gift} onChange={(gift) => set({ gift })} />
            <CountInput label={t`More birthday points`} value={growth.birthday} onChange={(birthday) => set({ birthday })} />
          </div>
          <Sentence name={name} growth={growth} />
        </>
      )}
    </div>
  );
}

function Sentence({ name, growth }: { name: string; growth: GrowthRow }) {
  const { t } = useLingui();
  const figure = (count: number | null) => writeFixed(count ?? 0, 0);
  const [threshold, days, keep] = [figure(growth.threshold), figure(growth.valid_days), figure(growth.keep)];
  const [gift, birthday] = [figure(growth.gift), figure(growth.birthday)];
  const said = [
    t`Whoever has ${threshold} growth becomes ${name}.`,
    growth.valid_days === 0
      ? t`It stays for ever, unless goods come back.`
      : t`It lasts ${days} days; with ${keep} more growth in them it lasts as long again.`,
    growth.gift ? t`Reaching it brings ${gift} points, taken back where the goods come back.` : null,
    growth.birthday ? t`A birthday brings ${birthday} points more.` : null,
  ];
  return <p className={css.prose}>{said.filter(Boolean).join(" ")}</p>;
}

function GrowthPart({ form, set }: { form: SettingsForm; set: (change: Partial<SettingsForm>) => void }) {
  const { t } = useLingui();
  return (
    <div className={css.figures} role="group" aria-label={t`What brings growth`}>
      <CountInput
        label={t`Growth for each unit paid`}
        value={form.growth_per_unit}
        onChange={(growth_per_unit) => set({ growth_per_unit })}
      />
      <CountInput
        label={t`Growth for each point earned`}
        value={form.growth_per_point}
        onChange={(growth_per_point) => set({ growth_per_point })}
        hint={t`With a purchase, taken back with the goods.`}
      />
      <CountInput label={t`Growth for coming by`} value={form.growth_sign_in} onChange={(growth_sign_in) => set({ growth_sign_in })} />
      <CountInput
        label={t`Growth for a new buyer`}
        value={form.growth_referral}
        onChange={(growth_referral) => set({ growth_referral })}
        hint={t`To the sponsor, for a member's first purchase.`}
      />
      <Select
        label={t`Who does not keep a level`}
        options={[
          { key: "one_down", text: t`Falls one level` },
          { key: "to_growth", text: t`Falls to what the growth gives` },
        ]}
        value={form.growth_fall}
        onChange={(growth_fall) => set({ growth_fall })}
      />
    </div>
  );
}
