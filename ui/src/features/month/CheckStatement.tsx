import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, Dialog, Strip, TextField } from "../../design";
import { chooseFile, type HashVerdict, type StatementVerdict } from "../../host";
import { useDeed } from "../../host/answers";
import { FailureStrip } from "../../shell";
import css from "./Close.module.css";

/** Is a statement that somebody shows the one that was released? By the file, or by what is printed on it. */
export function CheckStatement({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const [number, setNumber] = useState("");
  const [hash, setHash] = useState("");
  const check = useDeed("verify_statement");
  const ready = number.trim() !== "" && hash.trim() !== "" && !check.isPending;
  const submit = () => {
    if (ready) check.mutate({ by: "printed", number: number.trim(), hash: hash.trim() });
  };
  const open = async () => {
    const path = await chooseFile({ title: t`Statement to check`, kinds: [{ name: "PDF", extensions: ["pdf"] }] });
    if (path) check.mutate({ by: "file", path });
  };
  return (
    <Dialog
      title={t`Check a statement`}
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={() => void open()} busy={check.isPending}>{t`Check a PDF file…`}</Button>
          <Button kind="ink" onPress={submit} disabled={!ready}>
            {t`Check`}
          </Button>
        </>
      }
    >
      <p className={css.prose}>
        {t`Type what is printed at the end of the statement, or choose the file. The books say whether it is exactly what was released.`}
      </p>
      <TextField label={t`Number of the statement`} value={number} onChange={setNumber} onEnter={submit} maxLength={40} autoFocus />
      <TextField label={t`Its hash`} value={hash} onChange={setHash} onEnter={submit} maxLength={80} />
      <FailureStrip failure={check.error} />
      {check.data && <Verdict verdict={check.data} />}
    </Dialog>
  );
}

function Verdict({ verdict }: { verdict: StatementVerdict }) {
  const { t } = useLingui();
  const { statements, file } = verdict;
  const words: Record<HashVerdict, (of: string) => string> = {
    same: (of) => t`${of} is exactly as it was released.`,
    other: (of) => t`${of} was released with other figures. This paper was changed, or the hash mistyped.`,
    unknown: (of) => t`No statement ${of} was released by this shop.`,
  };
  const wrong = statements.filter((one) => one.verdict !== "same");
  const [only] = statements;
  const count = statements.length;
  if (verdict.genuine) {
    return (
      <Strip tone="note">
        {count === 1 && only ? words.same(only.number) : t`All ${count} statements are exactly as they were released.`}
      </Strip>
    );
  }
  return (
    <>
      {file === "changed" && <Strip tone="stop">{t`The file was changed after this shop wrote it. Do not trust what it shows.`}</Strip>}
      {file === "unsigned" && <Strip tone="stop">{t`The file carries no signature of this shop. Do not trust what it shows.`}</Strip>}
      {wrong.slice(0, 5).map((one) => (
        <Strip key={`${one.number} ${one.hash}`} tone="stop">
          {words[one.verdict](one.number)}
        </Strip>
      ))}
    </>
  );
}
