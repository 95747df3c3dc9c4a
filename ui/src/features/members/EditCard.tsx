import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, Check, notify, SideSheet, TextField } from "../../design";
import { type MemberRow, type MemberWords, Refused } from "../../host";
import { useDeed } from "../../host/answers";
import { FailureStrip, leave, useFailureWords, useKeys, useUnsaved } from "../../shell";
import { ContactFields, NameFields, StandingFields } from "./CardFields";
import { type CardForm, differs, draftOf, fieldOf, formOf, type MemberField } from "./card";

/** A member's card for editing; Esc goes back to the profile. */
export function EditCard({ row, words: known, onClose }: { row: MemberRow; words: MemberWords | undefined; onClose: () => void }) {
  const { t } = useLingui();
  const [form, setForm] = useState<CardForm>(() => formOf(row.card));
  const words = useFailureWords();
  const save = useDeed("save_member", (saved) => {
    const { name } = saved.row.card;
    notify({ text: t`${name} saved` });
    onClose();
  });
  const refused = save.error instanceof Refused ? fieldOf(save.error) : null;
  const error = (field: MemberField) => (field === refused && save.error ? words(save.error) : undefined);
  const set = (change: Partial<CardForm>) => {
    setForm((old) => ({ ...old, ...change }));
    if (save.error) save.reset();
  };
  const dirty = differs(form, row.card);
  const submit = () => {
    if (dirty && !save.isPending) save.mutate(draftOf(form, row.member));
  };
  const back = () => leave(onClose);
  useUnsaved(dirty && !save.isSuccess);
  useKeys({ "Ctrl+S": submit, "Ctrl+Enter": submit, Escape: back });
  const fields = { form, words: known, set, error, onEnter: submit };
  return (
    <SideSheet
      title={row.card.name}
      more={<span>{row.number}</span>}
      close={t`Back to the profile`}
      onClose={back}
      takeFocus
      footer={
        <>
          <Button kind="ink" keys="Ctrl+S" onPress={submit} disabled={!dirty} busy={save.isPending}>
            {t`Save`}
          </Button>
          <Button onPress={back}>{t`Cancel`}</Button>
        </>
      }
    >
      {refused === null && <FailureStrip failure={save.error} />}
      <NameFields {...fields} />
      <StandingFields {...fields} />
      <ContactFields {...fields} />
      {form.rank !== (row.card.rank ?? "") && (
        <TextField
          label={t`Reason for the rank`}
          value={form.reason}
          onChange={(reason) => set({ reason })}
          hint={t`Stands in the member's history. A rank given by hand holds until it is taken away again.`}
          error={error("reason")}
          onEnter={submit}
          maxLength={200}
        />
      )}
      <Check
        value={form.frozen}
        onChange={(frozen) => set({ frozen })}
        hint={t`Keeps the place in the tree; whether commission passes over is the plan's to say.`}
      >
        {t`Frozen`}
      </Check>
      <TextField label={t`Note`} optional={t`optional`} value={form.note} onChange={(note) => set({ note })} rows={3} maxLength={500} />
    </SideSheet>
  );
}
