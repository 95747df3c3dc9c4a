import { useLingui } from "@lingui/react/macro";
import { Button, Check, Select, TextField } from "../../design";
import type { MemberWords, MessageChannel } from "../../host";
import { channels, useMessageWords } from "../../shell";
import { type CardForm, levelsLike, type MemberField } from "./card";
import css from "./Members.module.css";

interface FieldsProps {
  form: CardForm;
  words: MemberWords | undefined;
  set: (change: Partial<CardForm>) => void;
  error: (field: MemberField) => string | undefined;
  onEnter: () => void;
}

/** Name and phone: what every card has. */
export function NameFields({ form, set, error, onEnter }: FieldsProps) {
  const { t } = useLingui();
  return (
    <>
      <TextField
        label={t`Name`}
        value={form.name}
        onChange={(name) => set({ name })}
        error={error("name")}
        onEnter={onEnter}
        maxLength={80}
      />
      <TextField
        label={t`Phone`}
        type="tel"
        optional={t`optional`}
        value={form.phone}
        onChange={(phone) => set({ phone })}
        error={error("phone")}
        onEnter={onEnter}
        maxLength={30}
      />
    </>
  );
}

/** How the member is told of things, and by which ways not. */
export function ContactFields({ form, set, error, onEnter }: FieldsProps) {
  const { t } = useLingui();
  const words = useMessageWords();
  const silent = (channel: MessageChannel, on: boolean) =>
    set({ silent: on ? [...form.silent, channel] : form.silent.filter((one) => one !== channel) });
  return (
    <>
      <TextField
        label={t`Email`}
        optional={t`optional`}
        value={form.email}
        onChange={(email) => set({ email })}
        error={error("email")}
        onEnter={onEnter}
        maxLength={254}
      />
      <Select
        label={t`Language of messages`}
        options={[
          { key: "", text: t`The shop's` },
          { key: "zh-CN", text: "中文" },
          { key: "en", text: "English" },
        ]}
        value={form.language}
        onChange={(language) => set({ language })}
      />
      <fieldset className={css.ways}>
        <legend>{t`Wants no messages by`}</legend>
        {channels.map((channel) => (
          <Check key={channel} value={form.silent.includes(channel)} onChange={(on) => silent(channel, on)}>
            {words.channel[channel]}
          </Check>
        ))}
      </fieldset>
    </>
  );
}

/** The rank that the plan pays by, and the level that prices and points go by. */
export function StandingFields({ form, words, set, error, onEnter }: FieldsProps) {
  const { t } = useLingui();
  const ranks = words?.ranks ?? [];
  // A rank of an earlier plan stays choosable on the card that has it.
  const all = form.rank !== "" && !ranks.includes(form.rank) ? [...ranks, form.rank] : ranks;
  const levels = levelsLike(form.level, words?.levels ?? []);
  return (
    <>
      <Select
        label={t`Distribution rank`}
        options={[{ key: "", text: t`No rank` }, ...all.map((name) => ({ key: name, text: name }))]}
        value={form.rank}
        onChange={(rank) => set({ rank })}
        hint={t`What the plan pays by.`}
        error={error("rank")}
      />
      <TextField
        label={t`Member level`}
        optional={t`optional`}
        value={form.level}
        onChange={(level) => set({ level })}
        onEnter={onEnter}
        maxLength={40}
      />
      <TextField
        label={t`Birthday`}
        optional={t`optional`}
        value={form.birthday}
        onChange={(birthday) => set({ birthday })}
        error={error("birthday")}
        onEnter={onEnter}
        placeholder="05-21"
        maxLength={12}
      />
      {levels.length > 0 && (
        <div className={css.like}>
          {levels.map((level) => (
            <Button key={level} kind="quiet" onPress={() => set({ level })}>
              {level}
            </Button>
          ))}
        </div>
      )}
    </>
  );
}
