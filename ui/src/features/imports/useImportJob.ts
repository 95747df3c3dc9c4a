import { useEffect, useState } from "react";
import type { ImportReport } from "../../host";
import { useJob } from "../../shell";
import { reportOf } from "./wish";

/** A finished piece of work: what was asked, and what came of it. */
export interface Outcome {
  name: string;
  report: ImportReport | null;
  failure: unknown;
  cancelled: boolean;
}

/** Follows a job of this screen to its end. `begin` names what it works on; the outcome stays when the tray forgets the job. */
export function useImportJob(onEnd: (outcome: Outcome) => void) {
  const [begun, setBegun] = useState<{ job: number; name: string } | null>(null);
  const state = useJob(begun?.job ?? null);
  const end = state?.end;
  useEffect(() => {
    if (!end || !begun) return;
    setBegun(null);
    onEnd({
      name: begun.name,
      report: end.end === "done" ? reportOf(end.result) : null,
      failure: end.end === "failed" ? end.failure : null,
      cancelled: end.end === "cancelled",
    });
  }, [end, begun, onEnd]);
  return { running: begun !== null, state, begin: (job: number, name: string) => setBegun({ job, name }) };
}
