import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useFaultWords, usePrints } from "../../shell";

export interface PrinterState {
  words: string;
  tone: "ready" | "fault" | "none";
}

/** What the strip says of the receipt printer: what is stuck first, then that all is well. */
export function usePrinter(set: boolean): PrinterState {
  const { t } = useLingui();
  const faultWords = useFaultWords();
  const { stuck } = usePrints();
  const first = stuck[0];
  if (first) {
    const why = first.fault === null ? "" : faultWords(first.fault.code, first.fault);
    const more = stuck.length - 1;
    return { words: more > 0 ? `${why} (${plural(more, { one: "# more", other: "# more" })})` : why, tone: "fault" };
  }
  return set ? { words: t`Receipt printer ready`, tone: "ready" } : { words: t`No receipt printer set`, tone: "none" };
}
