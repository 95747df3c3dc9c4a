import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, Dialog, notify, PinInput, Section, Strip } from "../../design";
import { Refused } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip } from "../../shell";
import { RecoveryKey } from "../setup/RecoveryKey";
import css from "./Settings.module.css";

/** The recovery key for the owner, and the unlocked books that an earlier version left. */
export function Recovery() {
  const { t } = useLingui();
  const safety = useAnswer("safety", null, { topics: ["settings"] });
  const [open, setOpen] = useState(false);
  const [pin, setPin] = useState("");
  const show = useDeed("recovery_key");
  const remove = useDeed("remove_plain_copy", () => void safety.refetch());
  const close = () => {
    setOpen(false);
    setPin("");
    show.reset();
  };
  const wrongPin = show.error instanceof Refused && ["wrong_pin", "wait"].includes(show.error.code);
  const wait = wrongPin && show.error instanceof Refused ? Number(show.error.params.wait_seconds ?? 0) : 0;
  const plain = safety.data?.plain_copy ?? null;
  return (
    <Section title={t`Recovery key`}>
      <p className={css.prose}>
        {t`The books on this disk are locked. This computer's keyring opens them; on any other computer the recovery key does.`}
      </p>
      {safety.data?.recovery_proved === false && (
        <Strip tone="wait">{t`Nobody has proved yet that the recovery key is on paper. Without it the books are lost with this computer.`}</Strip>
      )}
      <div>
        <Button onPress={() => setOpen(true)}>{t`Show the recovery key…`}</Button>
      </div>
      {plain !== null && (
        <Strip
          tone="wait"
          action={
            <Button kind="danger" onPress={() => remove.mutate(null)} busy={remove.isPending}>
              {t`Remove the unlocked copy`}
            </Button>
          }
        >
          {t`An earlier version left these books unlocked; a copy of that file still lies at ${plain}. Anybody can read it. Remove it once the recovery key is on paper.`}
        </Strip>
      )}
      <FailureStrip failure={remove.error} />
      <Dialog
        title={t`Recovery key`}
        open={open}
        onClose={close}
        footer={
          show.data === undefined && (
            <Button kind="ink" disabled={pin === ""} busy={show.isPending} onPress={() => show.mutate(pin)}>
              {t`Show it`}
            </Button>
          )
        }
      >
        {show.data === undefined ? (
          <>
            <PinInput
              label={t`Your PIN`}
              value={pin}
              onChange={(typed) => {
                setPin(typed);
                if (show.error) show.reset();
              }}
              onEnter={() => show.mutate(pin)}
              error={wrongPin ? t`That is not the PIN. Try again in ${wait} s.` : undefined}
              autoFocus
            />
            {!wrongPin && <FailureStrip failure={show.error} />}
          </>
        ) : (
          <RecoveryKey
            recovery={show.data}
            onProved={() => {
              close();
              notify({ text: t`The recovery key is on paper` });
              void safety.refetch();
            }}
            onLater={close}
          />
        )}
      </Dialog>
    </Section>
  );
}
