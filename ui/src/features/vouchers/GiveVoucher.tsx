import { useLingui } from "@lingui/react/macro";
import { useRef, useState } from "react";
import { Amount, Button, Dialog, Figure, MoneyInput, TextField } from "../../design";
import type { VoucherReceipt, VoucherRow } from "../../host";
import { useDeed } from "../../host/answers";
import { FailureStrip } from "../../shell";
import { newId } from "../../shell/newId";
import css from "../balance/Balance.module.css";
import { CardField, Issued } from "./SellVoucher";
import "./refusals";

/** A voucher is given away, or made in the place of one that was lost: both with a reason that its history keeps. */
export function GiveVoucher({ lost, onClose }: { lost: VoucherRow | null; onClose: () => void }) {
  const { t } = useLingui();
  const [voucher] = useState(newId);
  const [amount, setAmount] = useState<number | null>(null);
  const [code, setCode] = useState("");
  const [reason, setReason] = useState("");
  const [made, setMade] = useState<VoucherReceipt | null>(null);
  const why = useRef<HTMLInputElement>(null);
  const give = useDeed("give_voucher", setMade);
  const replace = useDeed("replace_voucher", setMade);
  const busy = give.isPending || replace.isPending;
  const submit = () => {
    if (busy) return;
    const draft = { voucher, code: code.trim(), reason };
    if (lost) replace.mutate({ ...draft, replaces: lost.voucher });
    else give.mutate({ ...draft, amount_minor: amount ?? 0 });
  };
  if (made) return <Issued issued={made} onClose={onClose} />;
  return (
    <Dialog
      title={lost ? t`Replace a lost voucher` : t`Give a voucher`}
      open
      onClose={onClose}
      footer={
        <Button kind="ink" keys="Enter" busy={busy} onPress={submit}>
          {t`Make and print`}
        </Button>
      }
    >
      <div className={css.form}>
        {lost ? (
          <Figure name={t`Moves to the new one`}>
            <Amount minor={lost.left_minor} />
          </Figure>
        ) : (
          <MoneyInput label={t`On the voucher`} value={amount} onChange={setAmount} onEnter={() => why.current?.focus()} autoFocus />
        )}
        <TextField
          label={t`Reason`}
          value={reason}
          onChange={setReason}
          onEnter={submit}
          maxLength={200}
          inputRef={why}
          autoFocus={lost !== null}
        />
        <CardField value={code} onChange={setCode} onEnter={submit} />
        <FailureStrip failure={give.error ?? replace.error} />
      </div>
    </Dialog>
  );
}
