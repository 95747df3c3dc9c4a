import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button, Dialog, Seal, Section, Strip, TextField } from "../../design";
import { type BackupRow, chooseFile, Refused, type Safety } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, useFailureWords, useMay } from "../../shell";
import { isWhole } from "../setup/recovery";
import "../setup/refusals";
import { writeSize } from "./copies";
import css from "./Settings.module.css";

/** The copies that are kept by the rule, and going back to one. */
export function Copies() {
  const { t } = useLingui();
  const owner = useMay("owner");
  const words = useFailureWords();
  const safety = useAnswer("safety", null, { topics: ["settings"] });
  const [now, setNow] = useState<Safety | null>(null);
  const [asked, setAsked] = useState<{ path: string; day: string | null } | null>(null);
  const make = useDeed("back_up_now", setNow);
  const choose = async () => {
    const path = await chooseFile({ title: t`Copy of the books`, kinds: [{ name: t`Banyan shop`, extensions: ["banyan"] }] });
    if (path !== null) setAsked({ path, day: null });
  };
  if (safety.error) return <FailureStrip failure={safety.error} />;
  const shown = now ?? safety.data;
  if (!shown) return null;
  const fault = shown.fault;
  const folder = shown.folder;
  return (
    <Section
      title={t`Copies`}
      acts={
        <Button onPress={() => make.mutate(null)} busy={make.isPending}>
          {t`Make a copy now`}
        </Button>
      }
    >
      <p className={css.prose}>
        {t`A copy a day is made by itself, locked like the books, and opened to see that it is whole. Kept are the last 7 days, the last of 4 weeks and the last of 12 months.`}
      </p>
      <FailureStrip failure={make.error} />
      {fault !== null && !make.error && <Strip tone="wait">{words(fault)}</Strip>}
      {shown.copies.length === 0 ? (
        <p className={css.prose}>{t`There is no copy yet. The first is made a minute after the day's first entry.`}</p>
      ) : (
        <ul className={css.copies}>
          {shown.copies.map((copy) => (
            <Copy key={copy.path} copy={copy} onRestore={owner ? () => setAsked({ path: copy.path, day: copy.made }) : undefined} />
          ))}
        </ul>
      )}
      <p className={css.prose} data-selectable="">
        {t`They lie in ${folder}. A disk of its own is safer still: copy the folder there now and then.`}
      </p>
      {owner && (
        <div>
          <Button onPress={() => void choose()}>{t`Restore from a file…`}</Button>
        </div>
      )}
      {asked && <Restore path={asked.path} day={asked.day} onClose={() => setAsked(null)} />}
    </Section>
  );
}

function Copy({ copy, onRestore }: { copy: BackupRow; onRestore?: () => void }) {
  const { t, i18n } = useLingui();
  const { made } = copy;
  return (
    <li className={css.copy}>
      <span>
        {made} {copy.kind === "before_restore" && <Seal tone="note">{t`Before a restore`}</Seal>}
        {!copy.key_here && <Seal tone="wait">{t`Another key`}</Seal>}
      </span>
      <span>{writeSize(copy.bytes, i18n.locale)}</span>
      {onRestore && (
        <Button kind="quiet" label={t`Restore the copy of ${made}`} onPress={onRestore}>
          {t`Restore…`}
        </Button>
      )}
    </li>
  );
}

function Restore({ path, day, onClose }: { path: string; day: string | null; onClose: () => void }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const [typed, setTyped] = useState("");
  const restore = useDeed("restore_backup", () => void client.resetQueries());
  const needsKey = restore.error instanceof Refused && ["locked", "recovery_key_typo", "other_recovery_key"].includes(restore.error.code);
  const name = day ?? path;
  return (
    <Dialog
      title={t`Go back to a copy`}
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t`Leave everything as it is`}</Button>
          <Button
            kind="danger"
            disabled={needsKey && !isWhole(typed)}
            busy={restore.isPending}
            onPress={() => restore.mutate({ path, recovery_key: typed === "" ? null : typed })}
          >
            {t`Go back to ${name}`}
          </Button>
        </>
      }
    >
      <p>{t`The shop becomes what it was in this copy. What was recorded since then leaves the books.`}</p>
      <p>{t`The books as they stand now are kept among the copies first. Receipts go on under a new letter, and everybody signs in again.`}</p>
      {needsKey && (
        <TextField
          label={t`Recovery key`}
          hint={t`Seven groups of four letters and digits.`}
          value={typed}
          onChange={setTyped}
          autoFocus
          maxLength={60}
        />
      )}
      <FailureStrip failure={restore.error} />
    </Dialog>
  );
}
