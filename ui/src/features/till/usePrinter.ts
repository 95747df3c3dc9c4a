import { useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { onPrinter } from "../../host";

export interface PrinterState {
  words: string;
  tone: "ready" | "fault" | "none";
}

/** What the strip says of the receipt printer. */
export function usePrinter(set: boolean): PrinterState {
  const { t } = useLingui();
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => onPrinter((said) => setFault(said.fault)), []);
  if (!set) return { words: t`No receipt printer set`, tone: "none" };
  if (fault === null) return { words: t`Receipt printer ready`, tone: "ready" };
  const faults: Record<string, string> = {
    bad_address: t`The printer's address is wrong: see Settings`,
    refused: t`Nothing prints at that address`,
    unreachable: t`The printer cannot be reached: is it on?`,
    stalled: t`The printer stopped: look at its lid and paper`,
    closed_early: t`The printer hung up: print again with Ctrl+P`,
    out_of_paper: t`The printer is out of paper`,
    lid_open: t`The printer's lid is open`,
  };
  return { words: faults[fault] ?? t`The printer says: ${fault}`, tone: "fault" };
}
