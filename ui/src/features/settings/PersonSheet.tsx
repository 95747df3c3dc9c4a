import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, notify, PinInput, Select, SideSheet, TextField } from "../../design";
import { type Person, Refused, type Role } from "../../host";
import { useDeed } from "../../host/answers";
import { FailureStrip, useFailureWords, useKeys } from "../../shell";
import { useRoles } from "./People";

/** A person to add or to change; the PIN stays where the field is left empty. */
export function PersonSheet({ person, onClose }: { person: Person | null; onClose: () => void }) {
  const { t } = useLingui();
  const roles = useRoles();
  const [name, setName] = useState(person?.name ?? "");
  const [role, setRole] = useState<Role>(person?.role ?? "clerk");
  const [pin, setPin] = useState("");
  const words = useFailureWords();
  const save = useDeed("save_person", (saved) => {
    const who = saved.name;
    notify({ text: t`${who} saved` });
    onClose();
  });
  const code = save.error instanceof Refused ? save.error.code : null;
  const beside = (codes: string[]) => (code !== null && codes.includes(code) && save.error ? words(save.error) : undefined);
  const placed = code === "no_name" || code === "pin_shape" || code === "last_owner";
  const submit = () => {
    if (!save.isPending) save.mutate({ person: person?.person ?? null, name: name.trim(), role, pin: pin || null, archived: null });
  };
  const turn = (archived: boolean) => {
    if (person) save.mutate({ person: person.person, name: null, role: null, pin: null, archived });
  };
  useKeys({ "Ctrl+S": submit });
  return (
    <SideSheet
      title={person?.name ?? t`New person`}
      close={t`Close`}
      onClose={onClose}
      takeFocus
      footer={
        <>
          <Button kind="ink" keys="Ctrl+S" onPress={submit} busy={save.isPending}>
            {t`Save`}
          </Button>
          {person && (
            <Button kind={person.archived ? "plain" : "danger"} onPress={() => turn(!person.archived)}>
              {person.archived ? t`Came back` : t`Has left`}
            </Button>
          )}
        </>
      }
    >
      {!placed && <FailureStrip failure={save.error} />}
      <TextField label={t`Name`} value={name} onChange={setName} onEnter={submit} error={beside(["no_name"])} maxLength={40} />
      <Select
        label={t`Role`}
        options={(["clerk", "manager", "owner"] as const).map((key) => ({ key, text: roles[key] }))}
        value={role}
        onChange={setRole}
        error={beside(["last_owner"])}
        hint={t`A clerk sells and enrols; a manager also edits, moves and pays; the owner also sets.`}
      />
      <PinInput
        label={person ? t`New PIN` : t`PIN`}
        value={pin}
        onChange={setPin}
        onEnter={submit}
        error={beside(["pin_shape"])}
        hint={person ? t`Empty: the PIN stays.` : t`4 to 12 digits, not all the same.`}
        fresh
      />
    </SideSheet>
  );
}
