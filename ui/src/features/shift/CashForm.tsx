import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, MoneyInput, notify, Section, Select, TextField } from "../../design";
import type { CashWay } from "../../host";
import { useDeed } from "../../host/answers";
import { FailureStrip } from "../../shell";
import css from "./Shift.module.css";

/** Cash that is not for goods: into the drawer, out of it, into the safe. */
export function CashForm({ onDone }: { onDone: () => void }) {
  const { t } = useLingui();
  const [way, setWay] = useState<CashWay>("out");
  const [amount, setAmount] = useState<number | null>(null);
  const [reason, setReason] = useState("");
  const move = useDeed("move_cash", () => {
    notify({ text: t`Recorded` });
    onDone();
  });
  const submit = () => {
    if (!move.isPending) move.mutate({ way, amount_minor: amount ?? 0, reason });
  };
  return (
    <Section title={t`Cash in or out`}>
      <div className={css.form}>
        <div className={css.acts}>
          <MoneyInput label={t`How much`} value={amount} onChange={setAmount} autoFocus />
          <Select
            label={t`Which way`}
            options={[
              { key: "out", text: t`Out of the drawer` },
              { key: "in", text: t`Into the drawer` },
              { key: "safe", text: t`Into the safe` },
            ]}
            value={way}
            onChange={setWay}
          />
        </div>
        <TextField
          label={t`What for`}
          value={reason}
          onChange={setReason}
          onEnter={submit}
          maxLength={120}
          optional={way === "safe" ? t`optional` : ""}
        />
        <FailureStrip failure={move.error} />
        <div>
          <Button kind="ink" busy={move.isPending} onPress={submit}>{t`Record`}</Button>
        </div>
      </div>
    </Section>
  );
}
