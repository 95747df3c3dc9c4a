/** What a person typed is not lost by going elsewhere: they decide. */
import { useLingui } from "@lingui/react/macro";
import { useBlocker } from "@tanstack/react-router";
import { useEffect, useState, useSyncExternalStore } from "react";
import { Button } from "../design/Button";
import { Dialog } from "../design/Dialog";

const unsaved = new Set<object>();
const heard = new Set<() => void>();
let asked: (() => void) | null = null;

function ask(next: (() => void) | null): void {
  asked = next;
  for (const hear of heard) hear();
}

const useAsked = () =>
  useSyncExternalStore(
    (hear) => {
      heard.add(hear);
      return () => heard.delete(hear);
    },
    () => asked,
  );

/** Tells that this card holds what is not saved; nothing leads away from it unasked. */
export function useUnsaved(dirty: boolean): void {
  const [mine] = useState(() => ({}));
  useEffect(() => {
    if (dirty) unsaved.add(mine);
    else unsaved.delete(mine);
    return () => {
      unsaved.delete(mine);
    };
  }, [dirty, mine]);
}

/** Does what leads away from a card: at once where nothing is unsaved, else after the person agreed to lose it. */
export function leave(act: () => void): void {
  if (unsaved.size === 0) act();
  else ask(act);
}

/** The question itself, once in the frame; it also stands before every way to another screen. */
export function UnsavedQuestion() {
  const { t } = useLingui();
  const act = useAsked();
  const blocked = useBlocker({
    shouldBlockFn: ({ current, next }) => unsaved.size > 0 && current.pathname !== next.pathname,
    enableBeforeUnload: false,
    withResolver: true,
  });
  const held = blocked.status === "blocked";
  const stay = () => {
    ask(null);
    if (held) blocked.reset();
  };
  const go = () => {
    unsaved.clear();
    ask(null);
    act?.();
    if (held) blocked.proceed();
  };
  return (
    <Dialog
      title={t`Unsaved changes`}
      open={act !== null || held}
      onClose={stay}
      footer={
        <>
          <Button kind="danger" onPress={go}>
            {t`Discard them`}
          </Button>
          <Button kind="ink" onPress={stay} autoFocus>
            {t`Go on editing`}
          </Button>
        </>
      }
    >
      <p>{t`What you typed here is not saved yet.`}</p>
    </Dialog>
  );
}
