import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, Combo, Dialog, notify, TextField } from "../../design";
import { type MemberHit, Refused } from "../../host";
import { useDeed } from "../../host/answers";
import { FailureStrip, useFailureWords } from "../../shell";
import "../members/refusals";
import { asChoice, findSponsors } from "../members/sponsors";
import css from "./Choice.module.css";

/** Someone joins while the queue waits: a phone, Enter. The name may follow later; the new member is put on the ticket. */
export function EnrolHere({ onClose, onDone }: { onClose: () => void; onDone: (member: MemberHit) => void }) {
  const { t } = useLingui();
  const [phone, setPhone] = useState("");
  const [name, setName] = useState("");
  const [sponsor, setSponsor] = useState<MemberHit | null>(null);
  const words = useFailureWords();
  const enrol = useDeed("enrol_member", ({ row }) => {
    const { number, member, card } = row;
    const { name } = card;
    notify({ text: t`${name} is member ${number}` });
    onDone({ member, number, name, phone: card.phone, rank: card.rank });
  });
  const atPhone = enrol.error instanceof Refused && ["phone_shape", "phone_taken", "no_name"].includes(enrol.error.code);
  const submit = () => {
    const card = { name: name.trim(), phone: phone.trim() || null, level: null, rank: null, active: true, note: null };
    if (!enrol.isPending) enrol.mutate({ number: null, card, sponsor: sponsor?.member ?? null, joined: null });
  };
  return (
    <Dialog
      title={t`New member`}
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t`Cancel`}</Button>
          <Button kind="ink" keys="Enter" busy={enrol.isPending} onPress={submit}>{t`Enrol`}</Button>
        </>
      }
    >
      <div className={css.fields}>
        {enrol.error && !atPhone && <FailureStrip failure={enrol.error} />}
        <TextField
          label={t`Phone`}
          value={phone}
          onChange={(text) => {
            setPhone(text);
            if (enrol.error) enrol.reset();
          }}
          onEnter={submit}
          error={atPhone && enrol.error ? words(enrol.error) : undefined}
          maxLength={40}
          autoFocus
        />
        <Combo
          label={t`Sponsor`}
          chosen={sponsor && asChoice(sponsor)}
          onChoose={(choice) => setSponsor(choice?.hit ?? null)}
          search={findSponsors}
          none={t`Nobody is found.`}
          clear={t`No sponsor`}
          placeholder={t`Name, initials, number or phone`}
        />
        <TextField
          label={t`Name`}
          optional={t`optional`}
          hint={t`Empty: the phone's last four digits, until you know the name.`}
          value={name}
          onChange={setName}
          onEnter={submit}
          maxLength={80}
        />
      </div>
    </Dialog>
  );
}
