import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Section, Select, Switch, setWorkstation, useWorkstation } from "../../design";
import { call } from "../../host";
import { FailureStrip } from "../../shell";
import css from "./Settings.module.css";

/** What this workstation prefers; at once, and for this machine alone. */
export function Look() {
  const { t } = useLingui();
  const [failure, setFailure] = useState<unknown>(null);
  const { language, theme, density, motion, letterKeys, sound, customerDisplay } = useWorkstation();
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
        <Switch
          value={customerDisplay}
          onChange={(to) => {
            setWorkstation({ customerDisplay: to });
            call("open_display", { open: to }).catch(setFailure);
          }}
          hint={t`A second window for whoever buys: full on a second screen, else to be moved where they see it. Alt+D at the till opens it too.`}
        >
          {t`Customer display`}
        </Switch>
        <FailureStrip failure={failure} />
      </div>
    </Section>
  );
}
