import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, Strip, TextField } from "../../design";
import type { RecoveryKey as Key } from "../../host";
import { useDeed } from "../../host/answers";
import { FailureStrip } from "../../shell/BrokenPage";
import css from "./RecoveryKey.module.css";
import { proofOf } from "./recovery";
import "./refusals";

/** The recovery key to be written down, and the two groups typed as the proof that it was. */
export function RecoveryKey({ recovery, onProved, onLater }: { recovery: Key; onProved: () => void; onLater: () => void }) {
  const { t } = useLingui();
  const [typed, setTyped] = useState<readonly string[]>(["", ""]);
  const prove = useDeed("prove_recovery_key", onProved);
  const places = recovery.asked.map((place) => place + 1);
  const [first = 1, second = 2] = places;
  const put = (at: number, text: string) => {
    setTyped((old) => old.map((one, place) => (place === at ? text : one)));
    if (prove.error) prove.reset();
  };
  const ready = proofOf(typed);
  const numbered = recovery.groups.map((group, place) => ({ place: place + 1, group }));
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) prove.mutate(ready);
      }}
    >
      <ol className={css.groups} aria-label={t`Recovery key`} data-selectable="">
        {numbered.map(({ place, group }) => (
          <li key={place} className={css.group}>
            <span className={css.place} aria-hidden="true">
              {place}
            </span>
            {group}
          </li>
        ))}
      </ol>
      <p className={css.lead}>
        {t`Write it on paper and keep it away from this computer. Whoever has it can read the books; without it and without this computer nobody can, we neither.`}
      </p>
      <div className={css.pair}>
        <TextField label={t`Group ${first}`} value={typed[0] ?? ""} onChange={(text) => put(0, text)} autoFocus maxLength={6} />
        <TextField label={t`Group ${second}`} value={typed[1] ?? ""} onChange={(text) => put(1, text)} maxLength={6} />
      </div>
      <FailureStrip failure={prove.error} />
      <div className={css.acts}>
        <Button kind="ink" submit keys="Enter" disabled={!ready} busy={prove.isPending}>
          {t`I have written it down`}
        </Button>
        <Button kind="quiet" onPress={onLater}>
          {t`Later`}
        </Button>
      </div>
      <Strip tone="note">{t`It is found again in Settings → Data, with the owner's PIN.`}</Strip>
    </form>
  );
}
