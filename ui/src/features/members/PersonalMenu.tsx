import { useLingui } from "@lingui/react/macro";
import { MoreHorizontal } from "lucide-react";
import { useEffect, useState } from "react";
import { Menu, notify } from "../../design";
import { chooseTarget, type MemberRow } from "../../host";
import { useDeed } from "../../host/answers";
import { FailureStrip, useJob, useMay } from "../../shell";

interface PersonalMenuProps {
  row: MemberRow;
  onBind: () => void;
  onMerge: () => void;
  onErase: () => void;
}

/** What is done for one person: a poster to bring others in, everything that is known of them, and being forgotten. */
export function PersonalMenu({ row, onBind, onMerge, onErase }: PersonalMenuProps) {
  const { t } = useLingui();
  const owner = useMay("owner");
  const manager = useMay("manager");
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
  const poster = useDeed("press_poster", ({ path }) => notify({ text: t`Saved: ${path}` }));
  const hang = async () => {
    const kinds = [
      { name: "PDF", extensions: ["pdf"] },
      { name: "PNG", extensions: ["png"] },
    ];
    const target = await chooseTarget({ title: t`Save the poster as a file`, kinds, name: `${row.number}.pdf` });
    if (target) poster.mutate({ member: row.member, path: target });
  };
  return (
    <>
      <FailureStrip failure={deed.error ?? poster.error ?? failed} />
      <Menu
        label={t`More about this member`}
        items={[
          { key: "bind", text: t`Name a sponsor…`, act: onBind, disabled: row.erased !== undefined },
          { key: "poster", text: t`Poster with the referral code…`, act: () => void hang(), disabled: row.erased !== undefined },
          {
            key: "merge",
            text: t`Merge another card into this one…`,
            act: onMerge,
            disabled: !manager || row.erased !== undefined || row.merged_into !== undefined,
          },
          { key: "data", text: t`Everything known, as a file…`, act: () => void save(), disabled: !manager },
          { key: "erase", text: t`Erase the personal data…`, act: onErase, disabled: !owner || row.erased !== undefined },
        ]}
      >
        <MoreHorizontal size={16} aria-hidden="true" />
      </Menu>
    </>
  );
}
