import { useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { notify } from "../../design";
import { useJob } from "../../shell";

/** Follows a job that writes a file: says where the file is once it is whole. Answers how it failed, where it did. */
export function useSaved(job: number | null, over: () => void): unknown {
  const { t } = useLingui();
  const end = useJob(job)?.end;
  const [failed, setFailed] = useState<unknown>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the end of a job is told once.
  useEffect(() => {
    if (job !== null) setFailed(null);
    if (!end) return;
    if (end.end === "failed") setFailed(end.failure);
    const result =
      end.end === "done" && typeof end.result === "object" && end.result !== null && !Array.isArray(end.result) ? end.result : null;
    if (result && typeof result.path === "string") {
      const { path } = result;
      notify({ text: t`Saved: ${path}` });
    }
    over();
  }, [end, job]);
  return failed;
}
