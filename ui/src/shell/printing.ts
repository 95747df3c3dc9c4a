import { useLingui } from "@lingui/react/macro";
import type { PrintRow } from "../host";
import { useAnswer } from "../host/answers";

/** What waits for paper on this device, and what of it needs a person. */
export function usePrints(): { rows: readonly PrintRow[]; stuck: readonly PrintRow[] } {
  const answer = useAnswer("prints", null, { topics: ["prints", "settings"], keep: true });
  const rows = answer.data ?? [];
  return { rows, stuck: rows.filter(isStuck) };
}

/** True for a print that a try has failed, or of which nobody knows how far it came. */
export const isStuck = (row: Pick<PrintRow, "state" | "fault">): boolean =>
  row.state === "doubtful" || (row.state === "waiting" && row.fault !== null);

/** Why nothing is on paper, in words, by the code of the fault. */
export function useFaultWords(): (code: string, more?: object) => string {
  const { t } = useLingui();
  return (code, more = {}) => {
    const { name = "", reason = "" }: { name?: string; reason?: string } = more;
    switch (code) {
      case "bad_address":
        return t`The printer's address is wrong: see Settings`;
      case "refused":
        return t`Nothing prints at that address`;
      case "unreachable":
        return t`The printer cannot be reached: is it on?`;
      case "not_there":
        return t`This computer has no printer ${name}: is it plugged in?`;
      case "not_allowed":
        return t`The system does not let anybody print on ${name}: ${reason}`;
      case "stalled":
        return t`The printer stopped: look at its lid and paper`;
      case "closed_early":
        return t`The printer hung up in the middle`;
      case "out_of_paper":
        return t`The printer is out of paper`;
      case "lid_open":
        return t`The printer's lid is open`;
      case "no_printer":
        return t`No printer is set for this: see Settings`;
      case "interrupted":
        return t`The program ended before it was printed`;
      case "not_made":
        return t`It could not be made: ${reason}`;
      default:
        return t`The printer says: ${code}`;
    }
  };
}
