import { useLingui } from "@lingui/react/macro";
import { useMemo, useRef, useState } from "react";
import { Amount, Button, Dialog, Figure, MoneyInput, Paper, TextField, useCurrency, writeFixed } from "../../design";
import type { BalanceReceipt, TopUpDraft } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, useKeys } from "../../shell";
import { newId } from "../../shell/newId";
import { type Offered, offeredTenders, useTenderNames } from "../../shell/tenders";
import css from "./Balance.module.css";
import "./refusals";

/** Money is paid into a member's balance: amount, tender, Enter. What it brings and what is given back are the books' figures. */
export function TopUp({ member, name, onClose }: { member: string; name: string; onClose: () => void }) {
  const { t } = useLingui();
  const [top_up] = useState(newId);
  const [amount, setAmount] = useState<number | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [received, setReceived] = useState<number | null>(null);
  const [reference, setReference] = useState("");
  const [taken, setTaken] = useState<BalanceReceipt | null>(null);
  const handed = useRef<HTMLInputElement>(null);
  const slip = useRef<HTMLInputElement>(null);
  const settings = useAnswer("settings", null, { topics: ["settings"] });
  const tenders = useMemo(() => intoBalance(offeredTenders(settings.data?.tenders ?? [])), [settings.data]);
  const tender = tenders.find((one) => one.code === chosen) ?? tenders[0];
  const kind = tender?.code ?? "cash";
  const drafted = (minor: number, given: number | null): TopUpDraft => ({
    top_up,
    member,
    amount_minor: minor,
    tenders: given === null ? [] : [{ kind, amount_minor: given, reference: reference.trim() || null }],
  });
  const asked = drafted(amount ?? 0, received ?? 0);
  const quote = useAnswer("quote_balance", asked, { enabled: (amount ?? 0) > 0, topics: ["settings"], keep: true });
  const exact = useAnswer("quote_balance", drafted(amount ?? 0, 0), { enabled: (amount ?? 0) > 0, topics: ["settings"], keep: true });
  const pay = useDeed("top_up", setTaken);
  const take = (given: number | null) => {
    if (pay.isPending || !amount) return;
    if (tender?.needsReference && !reference.trim()) return slip.current?.focus();
    pay.mutate(drafted(amount, given ?? exact.data?.missing_minor ?? amount));
  };
  const keys = tenders.flatMap((one) => (one.keys ? [[one.keys, () => setChosen(one.code)] as const] : []));
  useKeys(taken ? {} : Object.fromEntries(keys), { inDialogs: true });
  if (taken) return <Done taken={taken} onClose={onClose} />;
  return (
    <Dialog
      title={t`Stored value: ${name}`}
      open
      onClose={onClose}
      footer={
        <Button kind="ink" keys="Enter" busy={pay.isPending} disabled={!amount} onPress={() => take(received)}>
          {t`Take and print`}
        </Button>
      }
    >
      <div className={css.form}>
        <MoneyInput label={t`Paid in`} value={amount} onChange={setAmount} onEnter={() => handed.current?.focus()} autoFocus />
        {(amount ?? 0) > 0 && exact.data && exact.data.bonus_minor > 0 && (
          <Figure name={t`The shop adds`}>
            <Amount minor={exact.data.bonus_minor} />
          </Figure>
        )}
        <Choose tenders={tenders} kind={kind} onChoose={setChosen} />
        <Received value={received} onChange={setReceived} missing={exact.data?.missing_minor} onEnter={take} inputRef={handed} />
        {kind !== "cash" && (
          <TextField
            label={t`Reference`}
            optional={tender?.needsReference ? "" : t`optional`}
            value={reference}
            onChange={setReference}
            onEnter={() => take(received)}
            maxLength={64}
            inputRef={slip}
          />
        )}
        {received !== null && quote.data && (
          <Figure name={quote.data.missing_minor > 0 ? t`Still missing` : t`Change`}>
            <Amount minor={quote.data.missing_minor > 0 ? quote.data.missing_minor : quote.data.change_minor} />
          </Figure>
        )}
        <FailureStrip failure={pay.error ?? (amount ? quote.error : null)} />
      </div>
    </Dialog>
  );
}

/** Stored value and vouchers cannot pay for stored value. */
export const intoBalance = (tenders: readonly Offered[]): Offered[] =>
  tenders.filter((one) => one.code !== "balance" && one.code !== "voucher");

export function Choose({ tenders, kind, onChoose }: { tenders: readonly Offered[]; kind: string; onChoose: (code: string) => void }) {
  const { t } = useLingui();
  const names = useTenderNames();
  return (
    <div className={css.tenders} role="group" aria-label={t`How it is paid`}>
      {tenders.map(({ code, keys }) => (
        <Button key={code} wide keys={keys} pressed={kind === code} onPress={() => onChoose(code)}>
          {names[code] ?? code}
        </Button>
      ))}
    </div>
  );
}

interface ReceivedProps {
  value: number | null;
  onChange: (minor: number | null) => void;
  missing: number | undefined;
  onEnter: (minor: number | null) => void;
  inputRef: React.Ref<HTMLInputElement>;
}

/** What is handed over; left empty it is exactly what is asked for. */
export function Received({ value, onChange, missing, onEnter, inputRef }: ReceivedProps) {
  const { t } = useLingui();
  const { digits } = useCurrency();
  const placeholder = missing === undefined ? undefined : writeFixed(missing, digits);
  return (
    <MoneyInput label={t`Received`} value={value} onChange={onChange} placeholder={placeholder} onEnter={onEnter} inputRef={inputRef} />
  );
}

function Done({ taken, onClose }: { taken: BalanceReceipt; onClose: () => void }) {
  const { t } = useLingui();
  return (
    <Dialog
      title={t`Taken: ${taken.number}`}
      open
      onClose={onClose}
      footer={<Button kind="ink" keys="Enter" autoFocus onPress={onClose}>{t`Done`}</Button>}
    >
      <div className={css.form}>
        <div className={css.figures} role="status">
          <Figure name={t`Change`}>
            <Amount minor={taken.change_minor} />
          </Figure>
          <Figure name={t`Stored value now`}>
            <Amount minor={taken.balance_minor} />
          </Figure>
        </div>
        <Paper rows={taken.rows} label={t`Receipt`} />
      </div>
    </Dialog>
  );
}
