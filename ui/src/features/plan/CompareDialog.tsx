import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, Dialog, EmptyHint, Select } from "../../design";
import type { PlanVersion } from "../../host";
import { useAnswer } from "../../host/answers";
import { FailureStrip } from "../../shell";
import { wordChange } from "./changes";
import css from "./Plan.module.css";

const DRAFT = "draft";

interface CompareProps {
  versions: readonly PlanVersion[];
  /** The plan that is being written, where it is one. */
  draft: string | null;
  onClose: () => void;
}

/** Two versions held against each other, in words. */
export function CompareDialog({ versions, draft, onClose }: CompareProps) {
  const { t } = useLingui();
  const [before, setBefore] = useState(String((versions.find((one) => one.in_force) ?? versions[0])?.row.version ?? ""));
  const [after, setAfter] = useState(draft !== null ? DRAFT : String(versions[0]?.row.version ?? ""));
  const textOf = (key: string) => (key === DRAFT ? draft : (versions.find((one) => String(one.row.version) === key)?.row.plan ?? null));
  const first = textOf(before);
  const second = textOf(after);
  const answer = useAnswer("compare_plans", { before: first ?? "", after: second ?? "" }, { enabled: first !== null && second !== null });
  const options = [
    ...(draft !== null ? [{ key: DRAFT, text: t`this draft` }] : []),
    ...versions.map(({ row }) => {
      const number = row.version;
      const from = row.effective_from;
      return { key: String(number), text: t`version ${number}, from ${from}` };
    }),
  ];
  return (
    <Dialog title={t`What differs`} open size="wide" onClose={onClose} footer={<Button onPress={onClose}>{t`Close`}</Button>}>
      <div className={css.sentence}>
        <span>{t`Before:`}</span>
        <Select label={t`Before:`} hideLabel options={options} value={before} onChange={setBefore} />
        <span>{t`After:`}</span>
        <Select label={t`After:`} hideLabel options={options} value={after} onChange={setAfter} />
      </div>
      <FailureStrip failure={answer.error} />
      {answer.data?.length === 0 && <EmptyHint>{t`The two say the same.`}</EmptyHint>}
      <ol className={css.changes} aria-label={t`What differs`}>
        {answer.data?.map((change, at) => {
          const { about, words } = wordChange(change);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a difference has no other identity than its place.
            <li key={at}>
              <strong>{about}</strong>
              <span>{words}</span>
            </li>
          );
        })}
      </ol>
    </Dialog>
  );
}
