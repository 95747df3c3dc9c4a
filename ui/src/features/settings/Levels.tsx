import { useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import { Button, PercentInput, TextField } from "../../design";
import { useMay } from "../../shell";
import type { LevelRow, SettingsForm } from "./form";
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
          </div>
        );
      })}
      {owner && (
        <div>
          <Button
            onPress={() => set({ levels: [...form.levels, { name: "", share_ppm: 1_000_000, points_ppm: 1_000_000 }] })}
          >{t`Add a level`}</Button>
        </div>
      )}
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
