import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import {
  Amount,
  Button,
  Facts,
  MoneyInput,
  notify,
  Seal,
  Section,
  Select,
  Strip,
  TextField,
  useCurrency,
  writeFixed,
  writeMicro,
} from "../../design";
import type { MemberPayouts as Answer, Payee } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, useFailureWords, useMay } from "../../shell";
import { newId } from "../../shell/newId";
import css from "./Payouts.module.css";
import { asRefused, stateTone, stateWords } from "./words";

type Doing = "payee" | "request" | "outside" | "hold" | null;

/** A member's commission as money: pending, payable, on its way, paid; where it goes; asking for it. */
export function MemberPayouts({ member }: { member: string }) {
  const { t, i18n } = useLingui();
  const { digits } = useCurrency();
  const words = useFailureWords();
  const manager = useMay("manager");
  const [doing, setDoing] = useState<Doing>(null);
  const answer = useAnswer("member_payouts", member, { topics: ["payouts", "month", "sales", "settings"] });
  if (!answer.data) return <FailureStrip failure={answer.error} />;
  const { money, debt_micro, payee, against, payouts } = answer.data;
  const refused = asRefused(against);
  const done = () => setDoing(null);
  const channel = (id: string) => answer.data.terms.channels.find((one) => one.id === id)?.name ?? id;
  return (
    <Section title={t`Payouts`}>
      <Facts
        facts={[
          { name: t`Pending`, value: writeMicro(Math.max(0, money.pending_micro), digits) },
          { name: t`Payable`, value: <Amount minor={money.payable_minor} /> },
          ...(money.held_minor > 0 ? [{ name: t`Held by the review`, value: <Amount minor={money.held_minor} /> }] : []),
          { name: t`Under way`, value: <Amount minor={money.under_way_minor} /> },
          { name: t`Paid`, value: <Amount minor={money.paid_minor} /> },
          ...(debt_micro > 0 ? [{ name: t`Debt`, value: writeMicro(debt_micro, digits) }] : []),
          { name: t`Goes to`, value: payee ? [channel(payee.channel), payee.account, payee.holder].filter(Boolean).join(" · ") : "–" },
        ]}
      />
      {refused && money.payable_minor > 0 && doing === null && <Strip tone="note">{words(refused)}</Strip>}
      {doing === null && (
        <div className={css.acts}>
          {money.payable_minor > 0 && (
            <Button kind="ink" disabled={refused !== null} onPress={() => setDoing("request")}>{t`Ask for a payout`}</Button>
          )}
          <Button onPress={() => setDoing("payee")}>{t`Where it goes…`}</Button>
          {manager && <Button onPress={() => setDoing("hold")}>{answer.data.held === null ? t`Hold back…` : t`Let go…`}</Button>}
          {manager && money.payable_minor > 0 && <Button onPress={() => setDoing("outside")}>{t`Paid outside…`}</Button>}
        </div>
      )}
      {doing === "payee" && <PayeeForm member={member} answer={answer.data} onDone={done} />}
      {doing === "request" && <RequestForm member={member} answer={answer.data} onDone={done} />}
      {doing === "hold" && <HoldForm member={member} answer={answer.data} onDone={done} />}
      {doing === "outside" && <OutsideForm member={member} answer={answer.data} onDone={done} />}
      {payouts.length > 0 && (
        <ul className={css.rows} aria-label={t`Payouts of this member`}>
          {payouts.map((row) => (
            <li key={row.payout} className={css.row}>
              <span>
                {row.number} <Seal tone={stateTone(row.state)}>{i18n._(stateWords(row.state))}</Seal>{" "}
                <span className={css.small}>{[row.date, row.reason].filter(Boolean).join(" · ")}</span>
              </span>
              <Amount minor={row.amount_minor} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

interface FormProps {
  member: string;
  answer: Answer;
  onDone: () => void;
}

function PayeeForm({ member, answer, onDone }: FormProps) {
  const { t } = useLingui();
  const { channels } = answer.terms;
  const empty: Payee = { channel: channels[0]?.id ?? "", holder: "", account: "", bank: "", identity: "" };
  const [payee, setPayee] = useState<Payee>({ ...empty, ...answer.payee });
  const save = useDeed("save_payee", () => {
    notify({ text: t`Saved` });
    onDone();
  });
  const kind = channels.find((one) => one.id === payee.channel)?.kind;
  const set = (part: Partial<Payee>) => setPayee((old) => ({ ...old, ...part }));
  const submit = () => {
    if (!save.isPending) save.mutate({ member, payee });
  };
  return (
    <div className={css.form}>
      <Select
        label={t`Channel`}
        options={channels.map((one) => ({ key: one.id, text: one.name }))}
        value={payee.channel}
        onChange={(channel) => set({ channel })}
      />
      {(kind === "bank" || kind === "wallet") && (
        <TextField label={t`Account`} value={payee.account ?? ""} onChange={(account) => set({ account })} maxLength={80} autoFocus />
      )}
      <TextField label={t`Holder`} value={payee.holder ?? ""} onChange={(holder) => set({ holder })} maxLength={80} onEnter={submit} />
      {kind === "bank" && (
        <TextField label={t`Bank`} value={payee.bank ?? ""} onChange={(bank) => set({ bank })} maxLength={120} onEnter={submit} />
      )}
      <TextField
        label={t`Number of an identity document`}
        value={payee.identity ?? ""}
        onChange={(identity) => set({ identity })}
        maxLength={40}
        onEnter={submit}
        optional={t`where the tax wants it`}
      />
      <FailureStrip failure={save.error} />
      <div className={css.acts}>
        <Button kind="ink" busy={save.isPending} onPress={submit}>{t`Save`}</Button>
        <Button onPress={onDone}>{t`Not now`}</Button>
      </div>
    </div>
  );
}

function RequestForm({ member, answer, onDone }: FormProps) {
  const { t } = useLingui();
  const { digits } = useCurrency();
  const [payout] = useState(newId);
  const [amount, setAmount] = useState<number | null>(answer.money.payable_minor);
  const quote = useAnswer("quote_payout", amount ?? 0, { topics: ["settings"], keep: true });
  const ask = useDeed("request_payout", () => {
    notify({ text: t`Asked for` });
    onDone();
  });
  const submit = () => {
    if (!ask.isPending) ask.mutate({ member, amount_minor: amount ?? 0, payout });
  };
  const fee = writeFixed(quote.data?.fee_minor ?? 0, digits);
  const net = writeFixed(quote.data?.net_minor ?? 0, digits);
  return (
    <div className={css.form}>
      <MoneyInput
        label={t`How much`}
        value={amount}
        onChange={setAmount}
        onEnter={submit}
        hint={t`Fee ${fee}, ${net} arrives.`}
        autoFocus
      />
      <FailureStrip failure={ask.error} />
      <div className={css.acts}>
        <Button kind="ink" busy={ask.isPending} onPress={submit}>{t`Ask for it`}</Button>
        <Button onPress={onDone}>{t`Not now`}</Button>
      </div>
    </div>
  );
}

/** Holds a member's amounts back until somebody has looked, or lets them go again. */
function HoldForm({ member, answer, onDone }: FormProps) {
  const { t } = useLingui();
  const held = answer.held !== null;
  const [reason, setReason] = useState("");
  const hold = useDeed("hold_payouts", () => {
    notify({ text: t`Recorded` });
    onDone();
  });
  const submit = () => {
    if (!hold.isPending) hold.mutate({ member, held: !held, reason });
  };
  return (
    <div className={css.form}>
      <TextField
        label={held ? t`Why it may be paid again` : t`Why nothing is paid for now`}
        value={reason}
        onChange={setReason}
        maxLength={200}
        onEnter={submit}
        autoFocus
      />
      <FailureStrip failure={hold.error} />
      <div className={css.acts}>
        <Button kind="ink" busy={hold.isPending} onPress={submit}>
          {held ? t`Let it go` : t`Hold back`}
        </Button>
        <Button onPress={onDone}>{t`Not now`}</Button>
      </div>
    </div>
  );
}

function OutsideForm({ member, answer, onDone }: FormProps) {
  const { t } = useLingui();
  const channels = answer.terms.channels.filter((one) => one.kind !== "balance" && one.kind !== "points");
  const [payout] = useState(newId);
  const [amount, setAmount] = useState<number | null>(answer.money.payable_minor);
  const [channel, setChannel] = useState(channels.find((one) => one.kind === "cash")?.id ?? channels[0]?.id ?? "");
  const [reference, setReference] = useState("");
  const [reason, setReason] = useState("");
  const register = useDeed("register_payout", () => {
    notify({ text: t`Written down as paid` });
    onDone();
  });
  const submit = () => {
    if (!register.isPending) register.mutate({ member, amount_minor: amount ?? 0, channel, reference, reason, payout });
  };
  return (
    <div className={css.form}>
      <p className={css.prose}>{t`Money that the member already has, handed over outside of the program.`}</p>
      <MoneyInput label={t`How much`} value={amount} onChange={setAmount} autoFocus />
      <Select label={t`Channel`} options={channels.map((one) => ({ key: one.id, text: one.name }))} value={channel} onChange={setChannel} />
      <TextField label={t`Number of the slip`} value={reference} onChange={setReference} maxLength={80} optional={t`optional`} />
      <TextField label={t`Why outside`} value={reason} onChange={setReason} maxLength={200} onEnter={submit} />
      <FailureStrip failure={register.error} />
      <div className={css.acts}>
        <Button kind="ink" busy={register.isPending} onPress={submit}>{t`Write down`}</Button>
        <Button onPress={onDone}>{t`Not now`}</Button>
      </div>
    </div>
  );
}
