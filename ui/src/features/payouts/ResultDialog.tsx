import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Amount, Button, Dialog, DoubleRuleTotals, notify, useCurrency, writeFixed } from "../../design";
import { chooseFile, type ResultTold } from "../../host";
import { useDeed } from "../../host/answers";
import { FailureStrip } from "../../shell";
import css from "./Payouts.module.css";
import { oddityWords } from "./words";

/** What a bank or service says of a batch: looked at first, recorded after. */
export function ResultDialog({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useLingui();
  const { digits } = useCurrency();
  const [path, setPath] = useState("");
  const [told, setTold] = useState<ResultTold | null>(null);
  const look = useDeed("payout_result", setTold);
  const record = useDeed("payout_result", ({ paid, failed }) => {
    const yes = writeFixed(paid, 0);
    const no = writeFixed(failed, 0);
    notify({ text: t`${yes} paid, ${no} payable again` });
    onClose();
  });
  const choose = async () => {
    const kinds = [{ name: "CSV, Excel", extensions: ["csv", "xlsx", "xls", "txt"] }];
    const chosen = await chooseFile({ title: t`Read a result file`, kinds });
    if (!chosen) return;
    setPath(chosen);
    setTold(null);
    look.mutate({ path: chosen, apply: false });
  };
  const nothing = told !== null && told.paid + told.failed === 0;
  const lines = told ? writeFixed(told.lines, 0) : "";
  const paid = told ? writeFixed(told.paid, 0) : "";
  const failed = told ? writeFixed(told.failed, 0) : "";
  return (
    <Dialog
      title={t`Read a result file`}
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t`Not now`}</Button>
          <Button onPress={() => void choose()} busy={look.isPending} autoFocus>
            {told ? t`Another file…` : t`Choose the file…`}
          </Button>
          {told && (
            <Button kind="ink" disabled={nothing} busy={record.isPending} onPress={() => record.mutate({ path, apply: true })}>
              {t`Record it`}
            </Button>
          )}
        </>
      }
    >
      <p className={css.prose}>
        {path || t`The file that the bank or the service gave back. Nothing is recorded before you have seen it.`}
      </p>
      <FailureStrip failure={look.error ?? record.error} />
      {told && (
        <>
          <DoubleRuleTotals
            lines={[
              { name: t`${paid} paid`, figure: <Amount minor={told.paid_minor} /> },
              { name: t`${failed} failed, payable again`, figure: writeFixed(told.failed_minor, digits) },
            ]}
            sum={{ name: t`Lines in the file`, figure: lines }}
          />
          <ul className={`${css.rows} ${css.lines}`} aria-label={t`Lines to look at`}>
            {told.odd.map((line) => (
              <li key={line.line} className={css.row}>
                <span>
                  {line.name || line.number} <span className={css.small}>{line.name && line.number}</span>
                </span>
                <span className={css.small}>
                  {i18n._(oddityWords(line.oddity))} {line.oddity === "failed" && line.said}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}
