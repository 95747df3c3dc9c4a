/**
 * Says what the person just did, with a way back. Never carries an error that needs action: errors stand beside the field or as a `Strip`.
 *
 *     notify({ text: t`Line removed`, undo: { text: t`Undo`, act: putBack } });
 */
import { useEffect, useSyncExternalStore } from "react";
import { Button } from "react-aria-components";
import css from "./notify.module.css";

export interface Notice {
  text: string;
  /** Takes it back, for ten seconds. */
  undo?: { text: string; act: () => void };
}

interface Shown extends Notice {
  id: number;
}

const LINGER_MS = 10_000;
let shown: readonly Shown[] = [];
let next = 1;
const heard = new Set<() => void>();
const tell = (now: readonly Shown[]) => {
  shown = now;
  for (const hear of heard) hear();
};

export function notify(notice: Notice): void {
  // One at a time of the same text; three at most.
  tell([...shown.filter((one) => one.text !== notice.text), { ...notice, id: next++ }].slice(-3));
}

const dismiss = (id: number) => tell(shown.filter((one) => one.id !== id));

/** Where notices appear; one per window. */
export function Notices() {
  const notices = useSyncExternalStore(
    (hear) => {
      heard.add(hear);
      return () => heard.delete(hear);
    },
    () => shown,
  );
  return (
    <div className={css.place} role="status" aria-live="polite">
      {notices.map((notice) => (
        <One key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

function One({ notice }: { notice: Shown }) {
  useEffect(() => {
    const timer = setTimeout(() => dismiss(notice.id), notice.undo ? LINGER_MS : LINGER_MS / 2);
    return () => clearTimeout(timer);
  }, [notice]);
  const { undo } = notice;
  return (
    <div className={css.notice}>
      <span>{notice.text}</span>
      {undo && (
        <Button
          className={css.undo ?? ""}
          onPress={() => {
            dismiss(notice.id);
            undo.act();
          }}
        >
          {undo.text}
        </Button>
      )}
    </div>
  );
}
