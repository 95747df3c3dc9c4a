import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, notify, TextField } from "../../design";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip } from "../../shell";
import css from "./Settings.module.css";

/** An outside service that looks at a month's figures too; set on the device that works months out, and only once it answers. */
export function RiskServicePart() {
  const { t } = useLingui();
  const kept = useAnswer("risk_service", null, { topics: ["settings"] });
  const [typed, setTyped] = useState<string | null>(null);
  const [secret, setSecret] = useState("");
  const address = typed ?? kept.data?.address ?? "";
  const save = useDeed("save_risk_service", ({ address }) => {
    setTyped(null);
    setSecret("");
    void kept.refetch();
    notify({ text: address === "" ? t`No outside service is asked any more` : t`The service answered and is asked from now on` });
  });
  const submit = () => {
    if (!save.isPending) save.mutate({ address, secret: secret === "" ? null : secret });
  };
  return (
    <div role="group" aria-label={t`Outside risk service`}>
      <h3>{t`Outside risk service`}</h3>
      <p className={css.prose}>
        {t`When a month is worked out on this computer, the service is shown each statement's number and amounts, never a name or a phone, and may add flags to the review. Amounts never change by it; where it is away, the month is worked out without it.`}
      </p>
      <div className={css.pair}>
        <TextField
          label={t`Address of the service`}
          value={address}
          onChange={setTyped}
          onEnter={submit}
          placeholder="https://"
          maxLength={300}
          hint={t`Empty: none is asked.`}
        />
        <TextField
          label={t`Secret that both sides know`}
          value={secret}
          onChange={setSecret}
          onEnter={submit}
          maxLength={200}
          hint={kept.data?.has_secret ? t`One is kept; type another to change it.` : t`16 signs or more; each question is signed with it.`}
        />
      </div>
      <FailureStrip failure={save.error ?? kept.error} />
      <div>
        <Button busy={save.isPending} onPress={submit}>{t`Ask it and keep it`}</Button>
      </div>
    </div>
  );
}
