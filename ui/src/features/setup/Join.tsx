import "../../shell/meetRefusals";
import { useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Button, TextField, writeFixed } from "../../design";
import { call, type Failure } from "../../host";
import { FailureStrip } from "../../shell/BrokenPage";
import { useJobs } from "../../shell/jobs";
import css from "./Setup.module.css";
import { Threshold } from "./Threshold";
import { NewPassphrase } from "./Unlock";
import "./refusals";
import { invitationOf } from "./invitation";

/** A further till of a shop: its books come down from the meeting place. */
export function Join({ needsPassphrase, onBack, onDone }: { needsPassphrase: boolean; onBack: () => void; onDone: () => void }) {
  const { t } = useLingui();
  const [address, setAddress] = useState("");
  const [code, setCode] = useState("");
  const [passphrase, setPassphrase] = useState("");
  const join = useMutation<unknown, Failure, null>({
    mutationFn: async () => {
      if (needsPassphrase) await call("open_vault", passphrase);
      return call("join_shop", { address, code, name: "" });
    },
    onSuccess: onDone,
  });
  const running = useJobs().find((job) => job.kind === "join" && !job.end);
  // What the QR code holds may be scanned into either field.
  const take = (set: (text: string) => void) => (text: string) => {
    const invitation = invitationOf(text);
    if (invitation) {
      setAddress(invitation.address);
      setCode(invitation.code);
    } else set(text);
    if (join.error) join.reset();
  };
  const ready = address.trim() !== "" && code.trim() !== "" && (!needsPassphrase || Array.from(passphrase).length >= 8);
  const done = writeFixed(running?.done ?? 0, 0);
  const total = writeFixed(running?.total ?? 0, 0);
  return (
    <Threshold
      seal="榕"
      title={t`A further till`}
      lead={t`On a till of the owner’s: Settings → Tills → Add a till. Type what is shown there. The whole books come here and sell by themselves from then on.`}
    >
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !join.isPending) join.mutate(null);
        }}
      >
        <TextField
          label={t`Address of the meeting place`}
          value={address}
          onChange={take(setAddress)}
          placeholder="https://"
          autoFocus
          maxLength={300}
        />
        <TextField
          label={t`One-time code`}
          value={code}
          onChange={take(setCode)}
          placeholder="ABCD-EFGH-JKLM"
          hint={t`Good for fifteen minutes, once.`}
          maxLength={300}
        />
        {needsPassphrase && <NewPassphrase value={passphrase} onChange={setPassphrase} />}
        <FailureStrip failure={join.error} />
        <Button kind="ink" size="large" wide submit keys="Enter" disabled={!ready} busy={join.isPending}>
          {join.isPending && running && running.total > 0 ? t`${done} of ${total} entries` : t`Fetch the books`}
        </Button>
        <Button kind="quiet" onPress={onBack} disabled={join.isPending}>
          {t`Open a new shop instead`}
        </Button>
      </form>
    </Threshold>
  );
}
