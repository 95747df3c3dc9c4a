import { useLingui } from "@lingui/react/macro";
import { useMemo, useRef, useState } from "react";
import { Amount, Button, Dialog, Facts, Figure, MoneyInput, Paper, TextField } from "../../design";
import type { VoucherReceipt, VoucherSaleDraft } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, useKeys } from "../../shell";
import { newId } from "../../shell/newId";
import { offeredTenders } from "../../shell/tenders";
import css from "../balance/Balance.module.css";
import { Choose, intoBalance, Received } from "../balance/TopUp";
import { grouped } from "./words";
import "./refusals";

interface SellProps {
  /** For whom, where a member stands on the ticket. */
  member?: { id: string; name: string } | null;
  onClose: () => void;
}

/** A voucher is sold: amount, a printed card where there is one, tender, Enter. What it costs in cash and the change are the books' figures. */
export function SellVoucher({ member, onClose }: SellProps) {
  const { t } = useLingui();
  const [voucher] = useState(newId);
  const [amount, setAmount] = useState<number | null>(null);
  const [code, setCode] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const [received, setReceived] = useState<number | null>(null);
  const [reference, setReference] = useState("");
  const [sold, setSold] = useState<VoucherReceipt | null>(null);
  const handed = useRef<HTMLInputElement>(null);
  const slip = useRef<HTMLInputElement>(null);
  const settings = useAnswer("settings", null, { topics: ["settings"] });
  const tenders = useMemo(() => intoBalance(offeredTenders(settings.data?.tenders ?? [])), [settings.data]);
  const tender = tenders.find((one) => one.code === chosen) ?? tenders[0];
  const kind = tender?.code ?? "cash";
  const drafted = (given: number): VoucherSaleDraft => ({
    voucher,
    amount_minor: amount ?? 0,
    code: code.trim(),
    ...(member ? { member: member.id } : {}),
    tenders: [{ kind, amount_minor: given, reference: reference.trim() || null }],
  });
  const asks = { enabled: (amount ?? 0) > 0, topics: ["settings" as const], keep: true };
  const quote = useAnswer("quote_voucher", drafted(received ?? 0), asks);
  const exact = useAnswer("quote_voucher", drafted(0), asks);
  const sell = useDeed("sell_voucher", setSold);
  const take = (given: number | null) => {
    if (sell.isPending || !amount) return;
    if (tender?.needsReference && !reference.trim()) return slip.current?.focus();
    sell.mutate(drafted(given ?? exact.data?.missing_minor ?? amount));
  };
  const keys = tenders.flatMap((one) => (one.keys ? [[one.keys, () => setChosen(one.code)] as const] : []));
  useKeys(sold ? {} : Object.fromEntries(keys), { inDialogs: true });
  if (sold) return <Issued issued={sold} onClose={onClose} />;
  const name = member?.name;
  return (
    <Dialog
      title={name ? t`Sell a voucher to ${name}` : t`Sell a voucher`}
      open
      onClose={onClose}
      footer={
        <Button kind="ink" keys="Enter" busy={sell.isPending} disabled={!amount} onPress={() => take(received)}>
          {t`Take and print`}
        </Button>
      }
    >
      <div className={css.form}>
        <MoneyInput label={t`On the voucher`} value={amount} onChange={setAmount} onEnter={() => handed.current?.focus()} autoFocus />
        <CardField value={code} onChange={setCode} onEnter={() => handed.current?.focus()} />
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
        <FailureStrip failure={sell.error ?? (amount ? quote.error : null)} />
      </div>
    </Dialog>
  );
}

interface CardProps {
  value: string;
  onChange: (code: string) => void;
  onEnter: () => void;
}

/** The code of a card that lies there printed; left empty, the program makes one and prints it. */
export function CardField({ value, onChange, onEnter }: CardProps) {
  const { t } = useLingui();
  return (
    <TextField
      label={t`Code of a printed card`}
      optional={t`optional`}
      hint={t`Left empty, a code is made and printed.`}
      value={value}
      onChange={onChange}
      onEnter={onEnter}
      maxLength={40}
    />
  );
}

/** What was made: its code, the change, the slip. */
export function Issued({ issued, onClose }: { issued: VoucherReceipt; onClose: () => void }) {
  const { t } = useLingui();
  const { row, change_minor } = issued;
  const { number } = row;
  return (
    <Dialog
      title={t`Voucher ${number}`}
      open
      onClose={onClose}
      footer={<Button kind="ink" keys="Enter" autoFocus onPress={onClose}>{t`Done`}</Button>}
    >
      <div className={css.form}>
        <div role="status">
          <Facts
            facts={[
              { name: t({ message: "Code", context: "of a voucher" }), value: grouped(row.code) },
              { name: t`On the voucher`, value: <Amount minor={row.left_minor} /> },
              ...(change_minor !== 0 ? [{ name: t`Change`, value: <Amount minor={change_minor} /> }] : []),
            ]}
          />
        </div>
        <Paper rows={issued.rows} label={t`Voucher`} />
      </div>
    </Dialog>
  );
}
