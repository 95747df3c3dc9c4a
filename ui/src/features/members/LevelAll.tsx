import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { Button, DateField, Dialog, notify, Select, TextField } from "../../design";
import type { GroupGranted, JobState, MemberFilter } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, useJob } from "../../shell";
import css from "./Members.module.css";

const NONE = "";

const granted = (job: JobState | undefined): GroupGranted | null =>
  job?.end?.end === "done" ? (job.end.result as unknown as GroupGranted) : null;

const inWords = (members: number) => plural(members, { one: "# member", other: "# members" });

/** A level for everybody the list shows: first what it would do, then the deed. */
export function LevelAll({ filter, count, onClose }: { filter: MemberFilter; count: number; onClose: () => void }) {
  const { t } = useLingui();
  const settings = useAnswer("settings", null, { topics: ["settings"] });
  const [level, setLevel] = useState<string | null>(null);
  const [until, setUntil] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const [looked, setLooked] = useState<GroupGranted | null>(null);
  const [job, setJob] = useState<number | null>(null);
  const deed = useDeed("grant_group_level", setJob);
  const state = useJob(job);
  const done = granted(state);
  useEffect(() => {
    if (!done) return;
    setJob(null);
    if (done.dry_run) {
      setLooked(done);
      return;
    }
    const who = inWords(done.members);
    notify({ text: t`The level of ${who} changed` });
    onClose();
  }, [done, t, onClose]);
  // Whatever is changed asks for another look.
  const change = (set: () => void) => {
    set();
    setLooked(null);
    if (deed.error) deed.reset();
  };
  const busy = deed.isPending || (job !== null && !state?.end);
  const ready = level !== null && reason.trim() !== "" && !busy;
  const submit = () => {
    if (!ready) return;
    deed.mutate({ filter, level: level === NONE ? null : level, until, reason: reason.trim(), dry_run: looked === null });
  };
  const names = Object.keys(settings.data?.levels ?? {});
  const all = inWords(count);
  const who = inWords(looked?.members ?? 0);
  return (
    <Dialog
      title={t`A level for everybody in this list`}
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t`Cancel`}</Button>
          <Button kind="ink" busy={busy} disabled={!ready || looked?.members === 0} onPress={submit}>
            {looked === null ? t`See what it does to ${all}` : t`Change the level of ${who}`}
          </Button>
        </>
      }
    >
      <Select
        label={t`Member level`}
        options={[{ key: NONE, text: t`No level` }, ...names.map((name) => ({ key: name, text: name }))]}
        value={level}
        onChange={(next) => change(() => setLevel(next))}
      />
      <DateField
        label={t`Last day`}
        value={until}
        onChange={(next) => change(() => setUntil(next))}
        hint={t`Empty: for ever. Growth may lead higher meanwhile.`}
      />
      <TextField label={t`Reason`} value={reason} onChange={(next) => change(() => setReason(next))} onEnter={submit} maxLength={200} />
      {looked && <Looked looked={looked} />}
      <FailureStrip failure={deed.error ?? (state?.end?.end === "failed" ? state.end.failure : null)} />
    </Dialog>
  );
}

function Looked({ looked }: { looked: GroupGranted }) {
  const { t } = useLingui();
  const { members, stand, higher } = looked;
  return (
    <p className={css.none} role="status">
      {t`The level changes for ${members}. ${stand} have it so already; ${higher} have a higher one by their growth and keep it.`}
    </p>
  );
}
