import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, notify, Section, TextField } from "../../design";
import type { MemberRow, MemberWords } from "../../host";
import { useDeed } from "../../host/answers";
import { FailureStrip } from "../../shell";
import css from "./Members.module.css";

/** The shop's words on a member: typed or pressed on, pressed off again. */
export function Tags({ row, words }: { row: MemberRow; words: MemberWords | undefined }) {
  const { t } = useLingui();
  const [typed, setTyped] = useState("");
  const deed = useDeed("tag_member", () => setTyped(""));
  const tag = (word: string, on: boolean) => {
    if (!deed.isPending) deed.mutate({ member: row.member, tag: word, on });
  };
  const off = (word: string) => {
    tag(word, false);
    notify({ text: t`${word} is off`, undo: { text: t`Undo`, act: () => tag(word, true) } });
  };
  const others = (words?.tags ?? []).filter((word) => !row.tags.includes(word)).slice(0, 12);
  return (
    <Section title={t`Tags`}>
      {row.tags.length > 0 && (
        <div className={css.acts}>
          {row.tags.map((word) => (
            <Button key={word} pressed label={t`Take ${word} off`} onPress={() => off(word)}>
              {`${word} ×`}
            </Button>
          ))}
        </div>
      )}
      <TextField
        label={t`Another tag`}
        value={typed}
        onChange={setTyped}
        onEnter={() => typed.trim() !== "" && tag(typed, true)}
        maxLength={30}
      />
      {others.length > 0 && (
        <div className={css.acts}>
          {others.map((word) => (
            <Button key={word} kind="quiet" label={t`Put ${word} on`} onPress={() => tag(word, true)}>
              {`+ ${word}`}
            </Button>
          ))}
        </div>
      )}
      <FailureStrip failure={deed.error} />
    </Section>
  );
}
