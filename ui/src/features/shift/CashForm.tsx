import { useLingui } from "@lingui/react/macro";
import { useRef, useState } from "react";
import { Button, MoneyInput, notify, Section, Select, TextField } from "../../design";
import { type CashWay, Refused } from "../../host";
import { useDeed } from "../../host/answers";
import { FailureStrip, useFailureWords, useUnsaved } from "../../shell";
import css from "./Shift.module.css";

/** Which field a refusal is about. */
const fields: Record<string, "sum" | "why"> = {
  no_amount: "sum",
  cash_below_zero: "sum",
  cash_too_much: "sum",
  drawer_short: "sum",
  no_reason: "why",
};

/** Cash that is not for goods: into the drawer, out of it, into the safe. */
export function CashForm({ onDone }: { onDone: () => void }) {
  const { t } = useLingui();
  const [way, setWay] = useState<CashWay>("out");
  const [amount, setAmount] = useState<number | null>(null);
  const [reason, setReason] = useState("");
  const words = useFailureWords();
  const sum = useRef<HTMLInputElement>(null);
  const why = useRef<HTMLInputElement>(null);
  const move = useDeed("move_cash", () => {
    notify({ text: t`Recorded` });
    onDone();
  });
  const wrong = move.error instanceof Refused ? (fields[move.error.code] ?? null) : null;
  useUnsaved((amount ?? 0) !== 0 || reason !== "");
  const submit = () => {
    if (move.isPending) return;
    move.mutate(
      { way, amount_minor: amount ?? 0, reason },
      // What is to be mended gets the focus.
      { onError: (failure) => (failure instanceof Refused && fields[failure.code] === "why" ? why : sum).current?.focus() },
    );
  };
  return (
    <Section title={t`Cash in or out`}>
      <div className={css.form}>
        <div className={css.acts}>
          <MoneyInput
            label={t`How much`}
            value={amount}
            onChange={setAmount}
            onEnter={() => why.current?.focus()}
            error={wrong === "sum" ? words(move.error) : undefined}
            inputRef={sum}
            autoFocus
          />
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
          error={wrong === "why" ? words(move.error) : undefined}
          inputRef={why}
        />
        {wrong === null && <FailureStrip failure={move.error} />}
        <div>
          <Button kind="ink" busy={move.isPending} keys="Enter" onPress={submit}>{t`Record`}</Button>
        </div>
      </div>
    </Section>
  );
}
