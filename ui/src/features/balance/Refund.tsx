import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, Dialog, MoneyInput, notify, Select, TextField, useCurrency, writeFixed } from "../../design";
import type { TopUpRow } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip } from "../../shell";
import { newId } from "../../shell/newId";
import { useTenderNames } from "../../shell/tenders";
import css from "./Balance.module.css";
import "./refusals";

/** Money of a top-up goes back by a tender that paid it in; the bonus that came with it is taken away. */
export function Refund({ row, onClose }: { row: TopUpRow; onClose: () => void }) {
  const { t } = useLingui();
  const { digits } = useCurrency();
  const names = useTenderNames();
  const [refund] = useState(newId);
  const [amount, setAmount] = useState<number | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const sheet = useAnswer("top_up_sheet", row.top_up, { topics: ["members"] });
  const back = useDeed("refund_balance", ({ number }) => {
    notify({ text: t`Given back: ${number}` });
    onClose();
  });
  const most = sheet.data?.most_minor ?? 0;
  const tenders = sheet.data?.tenders ?? [];
  const to = chosen ?? tenders[0] ?? "cash";
  const submit = (typed: number | null) => {
    const amount_minor = typed ?? most;
    if (!back.isPending) back.mutate({ refund, top_up: row.top_up, amount_minor, to, reason: reason.trim() });
  };
  const { number } = row;
  return (
    <Dialog
      title={t`Give ${number} back`}
      open
      onClose={onClose}
      firm
      footer={
        <Button kind="ink" keys="Enter" busy={back.isPending} disabled={most <= 0} onPress={() => submit(amount)}>
          {t`Give back`}
        </Button>
      }
    >
      <div className={css.form}>
        <p className={css.none}>{t`The bonus goes with it in proportion; bonus that was spent already is kept from the money.`}</p>
        <MoneyInput
          label={t`Money to give back`}
          value={amount}
          onChange={setAmount}
          placeholder={writeFixed(most, digits)}
          onEnter={submit}
          autoFocus
        />
        <Select
          label={t`Back by`}
          options={tenders.map((code) => ({ key: code, text: names[code] ?? code }))}
          value={to}
          onChange={setChosen}
        />
        <TextField
          label={t`Reason`}
          optional={t`optional`}
          value={reason}
          onChange={setReason}
          onEnter={() => submit(amount)}
          maxLength={200}
        />
        <FailureStrip failure={back.error ?? sheet.error} />
      </div>
    </Dialog>
  );
}
