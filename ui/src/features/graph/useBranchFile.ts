import { useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { notify } from "../../design";
import { chooseTarget, type GraphMonths } from "../../host";
import { useDeed } from "../../host/answers";
import { useJob } from "../../shell";

/** Asks where to write a branch, or the whole shop where `member` is empty, has it written, and says where it is when it is done. */
export function useBranchFile(member: string, months: GraphMonths) {
  const { t } = useLingui();
  const [job, setJob] = useState<number | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const deed = useDeed("export_branch", setJob);
  const end = useJob(job)?.end;
  useEffect(() => {
    if (!end) return;
    setJob(null);
    if (end.end === "failed") setFailed(end.failure);
    const result =
      end.end === "done" && typeof end.result === "object" && end.result !== null && !Array.isArray(end.result) ? end.result : null;
    if (result && typeof result.path === "string") {
      const { path } = result;
      notify({ text: t`Saved: ${path}` });
    }
  }, [end, t]);
  const save = async (kind: "xlsx" | "csv") => {
    setFailed(null);
    const kinds = [kind === "xlsx" ? { name: "Excel", extensions: ["xlsx"] } : { name: "CSV", extensions: ["csv"] }];
    const path = await chooseTarget({ title: t`Save the branch as a file`, kinds, name: `${t`graph`}.${kind}` });
    if (path) deed.mutate({ member: member === "" ? null : member, months, path });
  };
  return { save, failure: deed.error ?? failed };
}
