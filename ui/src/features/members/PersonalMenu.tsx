import { useLingui } from "@lingui/react/macro";
import { MoreHorizontal } from "lucide-react";
import { useEffect, useState } from "react";
import { Menu, notify } from "../../design";
import { chooseTarget, type MemberRow } from "../../host";
import { useDeed } from "../../host/answers";
import { FailureStrip, useJob, useMay } from "../../shell";

/** What a person may ask of the shop about themselves: to have everything that is known, and to be forgotten. */
export function PersonalMenu({ row, onErase }: { row: MemberRow; onErase: () => void }) {
  const { t } = useLingui();
  const owner = useMay("owner");
  const [job, setJob] = useState<{ job: number; path: string } | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const end = useJob(job?.job ?? null)?.end;
  useEffect(() => {
    if (!end || !job) return;
    const { path } = job;
    setJob(null);
    setFailed(end.end === "failed" ? end.failure : null);
    if (end.end === "done") notify({ text: t`Saved: ${path}` });
  }, [end, job, t]);
  const [path, setPath] = useState("");
  const deed = useDeed("export_member_data", (started) => setJob({ job: started, path }));
  const save = async () => {
    const kinds = [{ name: "JSON", extensions: ["json"] }];
    const target = await chooseTarget({ title: t`Save everything known of this member`, kinds, name: `${row.number}.json` });
    if (!target) return;
    setPath(target);
    deed.mutate({ member: row.member, path: target });
  };
  return (
    <>
      <FailureStrip failure={deed.error ?? failed} />
      <Menu
        label={t`More about this member`}
        items={[
          { key: "data", text: t`Everything known, as a file…`, act: () => void save() },
          { key: "erase", text: t`Erase the personal data…`, act: onErase, disabled: !owner || row.erased !== undefined },
        ]}
      >
        <MoreHorizontal size={16} aria-hidden="true" />
      </Menu>
    </>
  );
}
