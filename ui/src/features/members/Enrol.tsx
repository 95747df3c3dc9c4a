import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, Combo, DateField, notify, SideSheet, TextField } from "../../design";
import { type MemberWords, Refused } from "../../host";
import { useDeed } from "../../host/answers";
import { FailureStrip, useFailureWords, useKeys, useSession, useUnsaved } from "../../shell";
import { ContactFields, NameFields, StandingFields } from "./CardFields";
import { type EnrolForm, enrolDraftOf, enrolFormOf, fieldOf, type MemberField } from "./card";
import { asChoice, findSponsors } from "./sponsors";

interface EnrolProps {
  words: MemberWords | undefined;
  onClose: () => void;
  onDone: (member: string) => void;
}

/** Someone joins: by keyboard from the first field to Ctrl+S. */
export function Enrol({ words: known, onClose, onDone }: EnrolProps) {
  const { t } = useLingui();
  const { shop } = useSession();
  const [form, setForm] = useState<EnrolForm>(() => enrolFormOf(shop.today));
  const words = useFailureWords();
  const enrol = useDeed("enrol_member", ({ row }) => {
    const { name } = row.card;
    const { number } = row;
    notify({ text: t`${name} is member ${number}` });
    onDone(row.member);
  });
  const refused = enrol.error instanceof Refused ? fieldOf(enrol.error) : null;
  const error = (field: MemberField) => (field === refused && enrol.error ? words(enrol.error) : undefined);
  const set = (change: Partial<EnrolForm>) => {
    setForm((old) => ({ ...old, ...change }));
    if (enrol.error) enrol.reset();
  };
  const submit = () => {
    if (!enrol.isPending) enrol.mutate(enrolDraftOf(form));
  };
  useUnsaved(!enrol.isSuccess && JSON.stringify(form) !== JSON.stringify(enrolFormOf(shop.today)));
  useKeys({ "Ctrl+S": submit, "Ctrl+Enter": submit });

  const fields = { form, words: known, set, error, onEnter: submit };
  return (
    <SideSheet
      title={t`New member`}
      close={t`Close`}
      onClose={onClose}
      takeFocus
      footer={
        <>
          <Button kind="ink" keys="Ctrl+S" onPress={submit} busy={enrol.isPending}>
            {t`Enrol`}
          </Button>
          <Button onPress={onClose}>{t`Cancel`}</Button>
        </>
      }
    >
      {refused === null && <FailureStrip failure={enrol.error} />}
      <NameFields {...fields} />
      <Combo
        label={t`Sponsor`}
        chosen={form.sponsor && asChoice(form.sponsor)}
        onChoose={(choice) => set({ sponsor: choice?.hit ?? null })}
        search={findSponsors}
        none={t`Nobody is found.`}
        clear={t`No sponsor`}
        placeholder={t`Name, initials, number or phone`}
        error={error("sponsor")}
      />
      <StandingFields {...fields} />
      <ContactFields {...fields} />
      <DateField label={t`Joined`} value={form.joined} onChange={(joined) => set({ joined })} />
      <TextField
        label={t`Number`}
        optional={t`optional`}
        value={form.number}
        onChange={(number) => set({ number })}
        hint={t`Empty: the next free one.`}
        error={error("number")}
        onEnter={submit}
        maxLength={40}
      />
      <TextField label={t`Note`} optional={t`optional`} value={form.note} onChange={(note) => set({ note })} rows={2} maxLength={500} />
    </SideSheet>
  );
}
