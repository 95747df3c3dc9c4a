import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Amount, Button, Combo, Dialog, Facts, notify, TextField, writeFixed } from "../../design";
import type { MemberHit, MemberRow } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip } from "../../shell";
import { asChoice, findSponsors } from "./sponsors";

/** Another card of the same person goes into this one: shows what it holds and says what becomes of it before anything happens. */
export function Merge({ row, onDone }: { row: MemberRow; onDone: () => void }) {
  const { t } = useLingui();
  const { number } = row;
  const { name } = row.card;
  const [other, setOther] = useState<MemberHit | null>(null);
  const [reason, setReason] = useState("");
  const merge = useDeed("merge_members", () => {
    const gone = other?.number ?? "";
    notify({ text: t`${gone} is one with ${number} now` });
    onDone();
  });
  const ready = other !== null && reason.trim() !== "";
  const submit = () => {
    if (other && ready && !merge.isPending) merge.mutate({ member: other.member, into: row.member, reason: reason.trim() });
  };
  return (
    <Dialog
      title={t`Merge another card into this one`}
      open
      onClose={onDone}
      footer={
        <>
          <Button onPress={onDone}>{t`Cancel`}</Button>
          <Button kind="ink" busy={merge.isPending} disabled={!ready} onPress={submit}>
            {t`Merge`}
          </Button>
        </>
      }
    >
      <FailureStrip failure={merge.error} />
      <p>
        {t`The card of ${name} (${number}) stays. Points, stored value, growth, tags and everyone directly under the other card come over. Whoever looks the other card up is led here.`}
      </p>
      <p>
        {t`Both histories remain. Commission stays on the statements of the card that earned it and is paid out from there. A merge cannot be undone.`}
      </p>
      <Combo
        label={t`The other card`}
        chosen={other && asChoice(other)}
        onChoose={(choice) => {
          setOther(choice?.hit ?? null);
          if (merge.error) merge.reset();
        }}
        search={findSponsors}
        none={t`Nobody is found.`}
        clear={t`No card`}
        placeholder={t`Name, number or phone`}
        autoFocus
      />
      {other && <Holdings member={other.member} />}
      <TextField label={t`Reason`} value={reason} onChange={setReason} onEnter={submit} maxLength={200} />
    </Dialog>
  );
}

/** What the other card holds. */
function Holdings({ member }: { member: string }) {
  const { t } = useLingui();
  const sheet = useAnswer("member", member, { topics: ["members"] });
  if (!sheet.data) return <FailureStrip failure={sheet.error} />;
  const { row } = sheet.data;
  return (
    <Facts
      facts={[
        { name: t`Number`, value: row.number },
        { name: t`Points`, value: writeFixed(row.points, 0) },
        { name: t`Stored value`, value: <Amount minor={row.balance_minor} /> },
        { name: t`Direct downline`, value: writeFixed(row.direct, 0) },
        { name: t`Purchases`, value: writeFixed(row.purchases, 0) },
      ]}
    />
  );
}
