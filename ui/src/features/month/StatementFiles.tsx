import { useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { Button, Menu, notify } from "../../design";
import { chooseTarget } from "../../host";
import { useDeed } from "../../host/answers";
import { FailureStrip, useJob } from "../../shell";

/** A statement as a PDF file. */
export function StatementPdf({ number, name }: { number: string; name: string }) {
  const { t } = useLingui();
  const deed = useDeed("press_statement", ({ path }) => notify({ text: t`Saved: ${path}` }));
  const save = async () => {
    if (deed.isPending) return;
    const kinds = [{ name: "PDF", extensions: ["pdf"] }];
    const path = await chooseTarget({ title: t`Save the statement as a PDF file`, kinds, name: `${number} ${name}.pdf` });
    if (path) deed.mutate({ number, path });
  };
  return (
    <>
      <FailureStrip failure={deed.error} />
      <Button busy={deed.isPending} label={t`As PDF… ${number}`} onPress={() => void save()}>
        {t`As PDF…`}
      </Button>
    </>
  );
}

/** All statements of a closed month: as PDF files in a new folder, or as a sheet. */
export function StatementFiles({ month }: { month: string }) {
  const { t } = useLingui();
  const [job, setJob] = useState<number | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const papers = useDeed("press_statements", setJob);
  const sheet = useDeed("export_statements", setJob);
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
  const save = async (kind: "pdf" | "xlsx" | "csv") => {
    setFailed(null);
    const name = `${t`statements`}-${month}`;
    if (kind === "pdf") {
      const path = await chooseTarget({ title: t`Name of the new folder for the statements`, name });
      if (path) papers.mutate({ month, path });
      return;
    }
    const kinds = [kind === "xlsx" ? { name: "Excel", extensions: ["xlsx"] } : { name: "CSV", extensions: ["csv"] }];
    const path = await chooseTarget({ title: t`Save the statements as a file`, kinds, name: `${name}.${kind}` });
    if (path) sheet.mutate({ month, path });
  };
  return (
    <>
      <FailureStrip failure={papers.error ?? sheet.error ?? failed} />
      <Menu
        label={t`Save all… ${month}`}
        items={[
          { key: "pdf", text: t`As PDF, one for each member and all together…`, act: () => void save("pdf") },
          { key: "xlsx", text: t`Save as Excel…`, act: () => void save("xlsx") },
          { key: "csv", text: t`Save as CSV…`, act: () => void save("csv") },
        ]}
      >
        {t`Save all…`}
      </Menu>
    </>
  );
}
