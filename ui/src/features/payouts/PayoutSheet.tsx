import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Amount, Button, Facts, notify, Seal, Section, SideSheet, TextField, writeMoment } from "../../design";
import type { PayoutRow } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, useKeys } from "../../shell";
import css from "./Payouts.module.css";
import { stateTone, stateWords } from "./words";

/** One payout: where it goes, what it lived through, and what can be done with it where it stands. */
export function PayoutSheet({ row: opened, onClose }: { row: PayoutRow; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const [reason, setReason] = useState("");
  const [reference, setReference] = useState("");
  const filter = { states: [], batch: null, channel: null, member: opened.member, search: opened.number };
  const fresh = useAnswer("payouts", { filter, window: { offset: 0, limit: 1 } }, { topics: ["payouts"] });
  const steps = useAnswer("payout_steps", opened.payout, { topics: ["payouts"] });
  const row = fresh.data?.rows[0] ?? opened;
  const done = () => notify({ text: t`Recorded` });
  const approve = useDeed("approve_payouts", done);
  const reject = useDeed("reject_payouts", done);
  const settle = useDeed("settle_payouts", done);
  const draft = { payouts: [row.payout], reason, reference };
  const waits = row.state === "requested" || row.state === "seconded";
  const isOut = row.state === "sent" || row.state === "approved";
  const busy = approve.isPending || reject.isPending || settle.isPending;
  const acts = {
    approve: waits ? () => approve.mutate(draft) : undefined,
    reject: waits || row.state === "approved" ? () => reject.mutate(draft) : undefined,
    paid: isOut ? () => settle.mutate({ ...draft, to: "paid" }) : undefined,
    failed: row.state === "sent" ? () => settle.mutate({ ...draft, to: "failed" }) : undefined,
    returned: row.state === "paid" ? () => settle.mutate({ ...draft, to: "returned" }) : undefined,
  };
  useKeys(busy ? {} : { "Alt+A": acts.approve, "Alt+R": acts.reject, "Alt+P": acts.paid, "Alt+F": acts.failed ?? acts.returned });
  return (
    <SideSheet
      title={row.name}
      more={
        <>
          <span>{row.number}</span> <Seal tone={stateTone(row.state)}>{i18n._(stateWords(row.state))}</Seal>
        </>
      }
      close={t`Close`}
      onClose={onClose}
      footer={
        <>
          {acts.approve && <Button kind="ink" keys="Alt+A" busy={busy} onPress={acts.approve}>{t`Approve`}</Button>}
          {acts.paid && <Button kind="ink" keys="Alt+P" busy={busy} onPress={acts.paid}>{t`It was paid`}</Button>}
          {acts.failed && <Button keys="Alt+F" busy={busy} onPress={acts.failed}>{t`It failed`}</Button>}
          {acts.returned && <Button keys="Alt+F" busy={busy} onPress={acts.returned}>{t`It came back`}</Button>}
          {acts.reject && <Button keys="Alt+R" busy={busy} onPress={acts.reject}>{t`Turn down`}</Button>}
        </>
      }
    >
      <Facts
        facts={[
          { name: t`How much`, value: <Amount minor={row.amount_minor} /> },
          { name: t`Fee`, value: <Amount minor={row.fee_minor} /> },
          { name: t`Arrives`, value: <Amount minor={row.amount_minor - row.fee_minor} /> },
          { name: t`Channel`, value: row.payee.channel },
          ...(row.payee.account ? [{ name: t`Account`, value: row.payee.account }] : []),
          ...(row.payee.holder ? [{ name: t`Holder`, value: row.payee.holder }] : []),
          ...(row.payee.bank ? [{ name: t`Bank`, value: row.payee.bank }] : []),
          ...(row.batch ? [{ name: t`Batch`, value: row.batch }] : []),
          ...(row.outside ? [{ name: t`Paid outside`, value: t`written down only` }] : []),
        ]}
      />
      {(waits || isOut || acts.returned) && (
        <div className={css.form}>
          <TextField label={t`What was said`} value={reason} onChange={setReason} maxLength={200} optional={t`needed for a no`} />
          {(isOut || acts.returned) && (
            <TextField label={t`The bank's number of it`} value={reference} onChange={setReference} maxLength={80} optional={t`optional`} />
          )}
        </div>
      )}
      <FailureStrip failure={approve.error ?? reject.error ?? settle.error} />
      <Section title={t`Its life`}>
        <ul className={css.rows}>
          {(steps.data ?? []).map((step) => (
            <li key={`${step.state} ${step.at_ms}`} className={css.row}>
              <span>
                {i18n._(stateWords(step.state))}{" "}
                <span className={css.small}>{[step.by, step.reason, step.reference].filter(Boolean).join(" · ")}</span>
              </span>
              <span className={css.small}>{writeMoment(step.at_ms, i18n.locale)}</span>
            </li>
          ))}
        </ul>
      </Section>
    </SideSheet>
  );
}
