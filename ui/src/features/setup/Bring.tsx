import { useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Button, TextField } from "../../design";
import { call, chooseFile, type Failure } from "../../host";
import { FailureStrip } from "../../shell/BrokenPage";
import { isWhole } from "./recovery";
import css from "./Setup.module.css";
import { Threshold } from "./Threshold";
import { NewPassphrase } from "./Unlock";
import "./refusals";

/** Moving to this computer: a copy of the books, and the recovery key that opens it. */
export function Bring({ needsPassphrase, onBack, onDone }: { needsPassphrase: boolean; onBack: () => void; onDone: () => void }) {
  const { t } = useLingui();
  const [path, setPath] = useState<string | null>(null);
  const [typed, setTyped] = useState("");
  const [passphrase, setPassphrase] = useState("");
  const bring = useMutation<unknown, Failure, string>({
    mutationFn: async (chosen) => {
      if (needsPassphrase) await call("open_vault", passphrase);
      return call("bring_books", { path: chosen, recovery_key: typed.trim() === "" ? null : typed });
    },
    onSuccess: onDone,
  });
  const choose = async () => {
    const chosen = await chooseFile({ title: t`Copy of the books`, kinds: [{ name: t`Banyan shop`, extensions: ["banyan"] }] });
    if (chosen !== null) setPath(chosen);
    if (bring.error) bring.reset();
  };
  const ready = path !== null && (typed.trim() === "" || isWhole(typed)) && (!needsPassphrase || Array.from(passphrase).length >= 8);
  return (
    <Threshold
      seal="榕"
      title={t`Bring your books`}
      lead={t`Choose a copy from the other computer. Its receipts go on under a new letter here, so that no number is printed twice.`}
    >
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && path !== null) bring.mutate(path);
        }}
      >
        <div>
          <Button onPress={() => void choose()} autoFocus>
            {path === null ? t`Choose the copy…` : t`Choose another copy…`}
          </Button>
        </div>
        {path !== null && (
          <p className={css.path} data-selectable="">
            {path}
          </p>
        )}
        <TextField
          label={t`Recovery key`}
          hint={t`Seven groups of four letters and digits.`}
          value={typed}
          onChange={(text) => {
            setTyped(text);
            if (bring.error) bring.reset();
          }}
          maxLength={60}
        />
        {needsPassphrase && <NewPassphrase value={passphrase} onChange={setPassphrase} />}
        <FailureStrip failure={bring.error} />
        <Button kind="ink" size="large" wide submit keys="Enter" disabled={!ready} busy={bring.isPending}>
          {t`Open the books`}
        </Button>
        <Button kind="quiet" onPress={onBack}>
          {t`Open a new shop instead`}
        </Button>
      </form>
    </Threshold>
  );
}
