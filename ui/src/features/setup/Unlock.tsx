import { useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Button, TextField } from "../../design";
import { call, type Failure } from "../../host";
import { FailureStrip } from "../../shell/BrokenPage";
import { isWhole } from "./recovery";
import css from "./Setup.module.css";
import { Threshold } from "./Threshold";
import "./refusals";

/** Asks for the recovery key of books whose key this computer does not have. */
export default function Unlock({ needsPassphrase, onDone }: { needsPassphrase: boolean; onDone: () => void }) {
  const { t } = useLingui();
  const [typed, setTyped] = useState("");
  const [passphrase, setPassphrase] = useState("");
  const unlock = useMutation<unknown, Failure>({
    mutationFn: async () => {
      if (needsPassphrase) await call("open_vault", passphrase);
      return call("unlock_books", { recovery_key: typed });
    },
    onSuccess: onDone,
  });
  const ready = isWhole(typed) && (!needsPassphrase || Array.from(passphrase).length >= 8);
  return (
    <Threshold
      seal="榕"
      title={t`These books are locked`}
      lead={t`They come from another computer, or this one has lost their key. The recovery key that was written down at the first run opens them.`}
    >
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) unlock.mutate();
        }}
      >
        <TextField
          label={t`Recovery key`}
          hint={t`Seven groups of four letters and digits.`}
          value={typed}
          onChange={(text) => {
            setTyped(text);
            if (unlock.error) unlock.reset();
          }}
          autoFocus
          maxLength={60}
        />
        {needsPassphrase && <NewPassphrase value={passphrase} onChange={setPassphrase} />}
        <FailureStrip failure={unlock.error} />
        <Button kind="ink" size="large" wide submit keys="Enter" disabled={!ready} busy={unlock.isPending}>
          {t`Open the books`}
        </Button>
      </form>
    </Threshold>
  );
}

/** A passphrase to be chosen where the system has no keyring. */
export function NewPassphrase({ value, onChange }: { value: string; onChange: (passphrase: string) => void }) {
  const { t } = useLingui();
  return (
    <TextField
      label={t`Passphrase of this device`}
      type="password"
      value={value}
      onChange={onChange}
      hint={t`This system has no keyring, so the keys of the books are kept behind a passphrase of at least 8 characters. It is asked at each start.`}
    />
  );
}
