import { useLingui } from "@lingui/react/macro";
import { useMemo } from "react";
import type { TenderTerms } from "../host";
import { useAnswer } from "../host/answers";

/** The program's own words for the first tenders of every shop. */
export function useFirstTenders(): Record<string, string> {
  const { t } = useLingui();
  return {
    cash: t`Cash`,
    card: t`Card`,
    wechat: t`WeChat Pay`,
    alipay: t`Alipay`,
    transfer: t`Transfer`,
    balance: t`Stored value`,
    voucher: t`Voucher`,
  };
}

/** How a sale can be paid, in words: every tender that the shop has or had, by its code. */
export function useTenderNames(): Record<string, string> {
  const { i18n } = useLingui();
  const first = useFirstTenders();
  const { data } = useAnswer("settings", null, { topics: ["settings"] });
  return useMemo(() => namesOf(data?.tenders ?? [], first, i18n.locale.startsWith("zh")), [data, first, i18n.locale]);
}

/** The shop's own names over the program's words. */
export function namesOf(tenders: readonly TenderTerms[], first: Record<string, string>, chinese: boolean): Record<string, string> {
  const named = tenders.map((terms) => {
    const own = chinese ? terms.name : terms.name_2.trim() || terms.name;
    return [terms.code, own.trim() || (first[terms.code] ?? terms.code)];
  });
  return { ...first, ...Object.fromEntries(named) };
}

/** A tender that the till offers, with the key that takes it. */
export interface Offered {
  code: string;
  /** `Alt+1` …; nothing where all nine digits are taken. */
  keys: string | undefined;
  needsReference: boolean;
}

const cash: Offered = { code: "cash", keys: "Alt+1", needsReference: false };

/** The tenders that the shop offers, in its order, each with its own digit or else the first that is left. */
export function offeredTenders(tenders: readonly TenderTerms[]): Offered[] {
  const offered = tenders.filter((terms) => !terms.archived);
  const given = new Set(offered.flatMap((terms) => (terms.key === null ? [] : [terms.key])));
  const left = [1, 2, 3, 4, 5, 6, 7, 8, 9].filter((digit) => !given.has(digit));
  const rows = offered.map((terms) => {
    const digit = terms.key ?? left.shift();
    return { code: terms.code, keys: digit === undefined ? undefined : `Alt+${digit}`, needsReference: terms.needs_reference };
  });
  return rows.length > 0 ? rows : [cash];
}
