import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, Dialog, notify, Section, TextField } from "../../design";
import { chooseTarget } from "../../host";
import { useDeed } from "../../host/answers";
import { FailureStrip, useJob } from "../../shell";
import { textOf } from "./copies";
import css from "./Settings.module.css";

/** A report for whoever helps: shown whole before anything is saved. */
export function Report() {
  const { t } = useLingui();
  const [id, setId] = useState<number | null>(null);
  const make = useDeed("make_report", setId);
  const job = useJob(id);
  const running = make.isPending || (id !== null && !job?.end);
  const text = job?.end?.end === "done" ? textOf(job.end.result) : null;
  const close = () => setId(null);
  const save = useDeed("save_report", () => {
    close();
    notify({ text: t`The report is saved` });
  });
  const choose = async () => {
    const path = await chooseTarget({ title: t`Report`, name: "banyan-report.txt", kinds: [{ name: t`Text`, extensions: ["txt"] }] });
    if (path !== null && text !== null) save.mutate({ text, path });
  };
  return (
    <Section title={t`Help`}>
      <p className={css.prose}>
        {t`Nothing leaves this computer by itself. A report holds versions, sizes, what verifying says and what broke; no names, no amounts, no sales. It is shown first.`}
      </p>
      <div className={css.acts}>
        <Button onPress={() => make.mutate(null)} busy={running}>
          {t`Make a report…`}
        </Button>
      </div>
      <FailureStrip failure={make.error ?? (job?.end?.end === "failed" ? job.end.failure : null)} />
      <Dialog
        title={t`Report`}
        size="wide"
        open={text !== null}
        onClose={close}
        footer={
          <>
            <Button onPress={close}>{t`Do not save it`}</Button>
            <Button kind="ink" onPress={() => void choose()} busy={save.isPending}>
              {t`Save it…`}
            </Button>
          </>
        }
      >
        <TextField label={t`All that it holds`} rows={16} value={text ?? ""} onChange={() => {}} readOnly />
        <FailureStrip failure={save.error} />
      </Dialog>
    </Section>
  );
}
