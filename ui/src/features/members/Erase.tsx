import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, Dialog, notify, TextField } from "../../design";
import type { MemberRow } from "../../host";
import { useDeed } from "../../host/answers";
import { FailureStrip } from "../../shell";

/** Forgets a person for good: asks for the number and a reason, and says beforehand what goes and what stays. */
export function Erase({ row, onDone }: { row: MemberRow; onDone: () => void }) {
  const { t } = useLingui();
  const [number, setNumber] = useState("");
  const [reason, setReason] = useState("");
  const erase = useDeed("erase_member", ({ row: { number } }) => {
    notify({ text: t`The personal data of ${number} are erased` });
    onDone();
  });
  const ready = number.trim() === row.number && reason.trim() !== "";
  const submit = () => {
    if (ready && !erase.isPending) erase.mutate({ member: row.member, number: number.trim(), reason: reason.trim() });
  };
  return (
    <Dialog
      title={t`Erase the personal data`}
      open
      onClose={onDone}
      footer={
        <>
          <Button onPress={onDone}>{t`Cancel`}</Button>
          <Button kind="ink" busy={erase.isPending} disabled={!ready} onPress={submit}>
            {t`Erase for good`}
          </Button>
        </>
      }
    >
      <FailureStrip failure={erase.error} />
      <p>
        {t`Name, phone, birthday, note, contact, tags and the account for payouts go from this device at once, and from every other one when they meet. It cannot be undone.`}
      </p>
      <p>
        {t`The number, the place in the tree, sales, points, commission and the papers of payouts stay: the law of bookkeeping wants them. Copies of the books made before still hold the data until you delete them.`}
      </p>
      <TextField label={t`Type ${row.number} to be sure`} value={number} onChange={setNumber} onEnter={submit} maxLength={40} autoFocus />
      <TextField label={t`Why (stays in the books; name nobody)`} value={reason} onChange={setReason} onEnter={submit} maxLength={200} />
    </Dialog>
  );
}
