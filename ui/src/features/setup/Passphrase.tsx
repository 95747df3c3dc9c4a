import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, TextField } from "../../design";
import { useDeed } from "../../host/answers";
import { FailureStrip } from "../../shell/BrokenPage";
import css from "./Setup.module.css";
import { Threshold } from "./Threshold";

/** Asks for the passphrase that the device's key lies behind, where the system has no keyring. */
export default function Passphrase({ onDone }: { onDone: () => void }) {
  const { t } = useLingui();
  const [passphrase, setPassphrase] = useState("");
  const unseal = useDeed("open_vault", onDone);
  const submit = () => {
    if (passphrase !== "") unseal.mutate(passphrase);
  };
  return (
    <Threshold
      seal="榕"
      title={t`Passphrase of this device`}
      lead={t`This system has no keyring, so the key that seals the books is kept behind the passphrase you chose at the first run.`}
    >
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextField label={t`Passphrase`} type="password" value={passphrase} onChange={setPassphrase} autoFocus />
        <FailureStrip failure={unseal.error} />
        <Button kind="ink" size="large" wide submit keys="Enter" busy={unseal.isPending}>
          {t`Open the books`}
        </Button>
      </form>
    </Threshold>
  );
}
