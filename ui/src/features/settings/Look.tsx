import { useLingui } from "@lingui/react/macro";
import { Section, Select, Switch, setWorkstation, useWorkstation } from "../../design";
import css from "./Settings.module.css";

/** What this workstation prefers; at once, and for this machine alone. */
export function Look() {
  const { t } = useLingui();
  const { language, theme, density, motion, letterKeys, sound } = useWorkstation();
  return (
    <Section title={t`Appearance`}>
      <div className={css.fields}>
        <p className={css.prose}>{t`For this workstation alone; takes effect at once.`}</p>
        <Select
          label={t`Language`}
          options={[
            { key: "system", text: t`As the system` },
            { key: "zh-CN", text: "中文" },
            { key: "en", text: "English" },
          ]}
          value={language ?? "system"}
          onChange={(to) => setWorkstation({ language: to === "system" ? null : to })}
        />
        <Select
          label={t`Theme`}
          options={[
            { key: "system", text: t`As the system` },
            { key: "light", text: t`Light` },
            { key: "dark", text: t`Dark` },
          ]}
          value={theme}
          onChange={(to) => setWorkstation({ theme: to })}
        />
        <Select
          label={t`Rows`}
          options={[
            { key: "compact", text: t`Compact` },
            { key: "regular", text: t`Regular` },
            { key: "touch", text: t`For touch` },
          ]}
          value={density}
          onChange={(to) => setWorkstation({ density: to })}
        />
        <Switch value={motion} onChange={(to) => setWorkstation({ motion: to })} hint={t`Switch off where the machine draws slowly.`}>
          {t`Motion`}
        </Switch>
        <Switch value={letterKeys} onChange={(to) => setWorkstation({ letterKeys: to })} hint={t`N for new, / to find.`}>
          {t`Single-letter keys`}
        </Switch>
        <Switch value={sound} onChange={(to) => setWorkstation({ sound: to })}>{t`A sound at each scan`}</Switch>
      </div>
    </Section>
  );
}
