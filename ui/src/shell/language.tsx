import { i18n } from "@lingui/core";
import { I18nProvider as Words } from "@lingui/react";
import { type ReactNode, useEffect, useState } from "react";
import { I18nProvider as Behaviour } from "react-aria-components";
import { languageInUse, onWorkstation } from "../design/workstation";

export type Language = "zh-CN" | "en";

const catalogues: Record<Language, () => Promise<{ default: Record<string, string | string[]> }>> = {
  "zh-CN": () => import("./words/zh-CN") as never,
  en: () => import("./words/en") as never,
};

/** Puts the words of a language in place; screens follow at once. */
export async function speak(language: Language): Promise<void> {
  const { default: messages } = await catalogues[language]();
  i18n.loadAndActivate({ locale: language, messages });
  document.documentElement.lang = language;
}

/** Gives the words and the habits (dates, figures, sorting) of the language in use to everything below. */
export function InLanguage({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(() => i18n.locale as Language);
  useEffect(
    () =>
      onWorkstation(() => {
        const next = languageInUse();
        if (next !== i18n.locale) void speak(next).then(() => setLanguage(next));
      }),
    [],
  );
  return (
    <Words i18n={i18n}>
      {/* English as in Sweden writes days as the books do, 2026-11-22; as in Canada it does so only in some web views. */}
      <Behaviour locale={language === "en" ? "en-SE" : language}>{children}</Behaviour>
    </Words>
  );
}
