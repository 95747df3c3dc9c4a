import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { MoreHorizontal } from "lucide-react";
import { useEffect, useState } from "react";
import { Button, Dialog, Menu, notify, Select, TextField } from "../../design";
import { call, chooseTarget, type JobState, type JsonValue, type MemberFilter, type MemberWords, type Tagged } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip, useJob, useMay } from "../../shell";
import { isNarrowed } from "./groups";
import { LevelAll } from "./LevelAll";

interface ListMenuProps {
  filter: MemberFilter;
  /** How many the list shows. */
  count: number;
  words: MemberWords | undefined;
}

const object = (result: JsonValue): { [key in string]?: JsonValue } | null =>
  typeof result === "object" && result !== null && !Array.isArray(result) ? result : null;

/** What is done with everybody the list shows: a tag for all, a sheet, and keeping the view itself. */
export function ListMenu({ filter, count, words }: ListMenuProps) {
  const { t } = useLingui();
  const [doing, setDoing] = useState<"tag" | "level" | "view" | null>(null);
  const manager = useMay("manager");
  const [job, setJob] = useState<number | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const end = useJob(job)?.end;
  useEffect(() => {
    if (!end) return;
    setJob(null);
    setFailed(end.end === "failed" ? end.failure : null);
    const { path } = (end.end === "done" && object(end.result)) || {};
    if (typeof path === "string") notify({ text: t`Saved: ${path}` });
  }, [end, t]);
  const deed = useDeed("export_members", setJob);
  const save = async (kind: "xlsx" | "csv") => {
    const kinds = [kind === "xlsx" ? { name: "Excel", extensions: ["xlsx"] } : { name: "CSV", extensions: ["csv"] }];
    const path = await chooseTarget({ title: t`Save the member list as a file`, kinds, name: `${t`members`}.${kind}` });
    if (path) deed.mutate({ filter, path });
  };
  return (
    <>
      <FailureStrip failure={deed.error ?? failed} />
      <Menu
        label={t`More with this list`}
        items={[
          { key: "tag", text: t`Tag all of them…`, act: () => setDoing("tag"), disabled: count === 0 },
          { key: "level", text: t`A level for all of them…`, act: () => setDoing("level"), disabled: count === 0 || !manager },
          { key: "view", text: t`Keep this view…`, act: () => setDoing("view"), disabled: !isNarrowed(filter) },
          { key: "xlsx", text: t`As an Excel file…`, act: () => void save("xlsx") },
          { key: "csv", text: t`As a CSV file…`, act: () => void save("csv") },
        ]}
      >
        <MoreHorizontal size={16} aria-hidden="true" />
      </Menu>
      {doing === "tag" && <TagAll filter={filter} count={count} words={words} onClose={() => setDoing(null)} />}
      {doing === "level" && <LevelAll filter={filter} count={count} onClose={() => setDoing(null)} />}
      {doing === "view" && <KeepView filter={filter} onClose={() => setDoing(null)} />}
    </>
  );
}

/** What a job over many members did; nothing where it did not end well. */
const taggedBy = (job: JobState | undefined): Tagged | null =>
  job?.end?.end === "done" && object(job.end.result) ? (job.end.result as unknown as Tagged) : null;

function TagAll({ filter, count: members, words, onClose }: ListMenuProps & { onClose: () => void }) {
  const { t } = useLingui();
  const [tag, setTag] = useState(filter.tags[0] ?? "");
  const [on, setOn] = useState(filter.tags.length === 0);
  const [job, setJob] = useState<number | null>(null);
  const deed = useDeed("tag_group", setJob);
  const state = useJob(job);
  const done = taggedBy(state);
  useEffect(() => {
    if (!done) return;
    const { tag, members, batch } = done;
    const who = plural(members, { one: "# member", other: "# members" });
    const text = done.on ? t`${tag} put on ${who}` : t`${tag} taken off ${who}`;
    notify({ text, undo: { text: t`Undo`, act: () => void call("undo_tags", batch) } });
    onClose();
  }, [done, t, onClose]);
  const submit = () => {
    if (!deed.isPending && job === null) deed.mutate({ filter, tag, on });
  };
  const who = plural(members, { one: "# member", other: "# members" });
  const act = on ? t`Tag ${who}` : t`Take it off ${who}`;
  return (
    <Dialog
      title={t`Tag everybody in this list`}
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t`Cancel`}</Button>
          <Button kind="ink" busy={deed.isPending || (job !== null && !state?.end)} disabled={tag.trim() === ""} onPress={submit}>
            {act}
          </Button>
        </>
      }
    >
      <Select
        label={t`What happens`}
        options={[
          { key: "on", text: t`Put a tag on` },
          { key: "off", text: t`Take a tag off` },
        ]}
        value={on ? "on" : "off"}
        onChange={(key) => setOn(key === "on")}
      />
      {on ? (
        <TextField label={t`Tag`} value={tag} onChange={setTag} onEnter={submit} maxLength={30} autoFocus />
      ) : (
        <Select
          label={t`Tag`}
          options={(words?.tags ?? []).map((name) => ({ key: name, text: name }))}
          value={tag === "" ? null : tag}
          onChange={setTag}
        />
      )}
      <FailureStrip failure={deed.error ?? (state?.end?.end === "failed" ? state.end.failure : null)} />
    </Dialog>
  );
}

function KeepView({ filter, onClose }: { filter: MemberFilter; onClose: () => void }) {
  const { t } = useLingui();
  const [name, setName] = useState("");
  const settings = useAnswer("settings", null, { topics: ["settings"] });
  const kept = Object.keys(settings.data?.member_views ?? {});
  const keep = useDeed("save_member_view", () => {
    notify({ text: t`The view ${name} is kept` });
    onClose();
  });
  const forget = useDeed("save_member_view", () => {});
  const submit = () => {
    if (!keep.isPending) keep.mutate({ name, filter });
  };
  return (
    <Dialog
      title={t`Keep this view`}
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t`Cancel`}</Button>
          <Button kind="ink" busy={keep.isPending} disabled={name.trim() === ""} onPress={submit}>
            {t`Keep`}
          </Button>
        </>
      }
    >
      <TextField
        label={t`Name`}
        value={name}
        onChange={setName}
        onEnter={submit}
        maxLength={40}
        autoFocus
        hint={t`Everybody finds it above the list. Groups keep themselves: who fits tomorrow is in it tomorrow.`}
      />
      {kept.map((view) => (
        <Button key={view} kind="quiet" onPress={() => forget.mutate({ name: view, filter: null })}>
          {t`Forget ${view}`}
        </Button>
      ))}
      <FailureStrip failure={keep.error ?? forget.error} />
    </Dialog>
  );
}
