import { useLingui } from "@lingui/react/macro";
import { useRef, useState } from "react";
import { Amount, Button, CountInput, Figure, MoneyInput, Section, TextField, useCurrency, writeFixed } from "../../design";
import { Refused, type ShiftReport, type ShiftState } from "../../host";
import { useDeed } from "../../host/answers";
import { FailureStrip, useKeys, useUnsaved } from "../../shell";
import { useTenderNames } from "../../shell/tenders";
import { type Count, counted, draftOf } from "./count";
import css from "./Shift.module.css";

interface CountProps {
  state: ShiftState;
  shift: string;
  onClosed: (report: ShiftReport) => void;
}

/** The count at the end, blind: notes and coins by value, and a reason where the books say otherwise. */
export function CountForm({ state, shift, onClosed }: CountProps) {
  const { t } = useLingui();
  const { digits } = useCurrency();
  const names: Record<string, string> = useTenderNames();
  const [count, setCount] = useState<Count>({});
  const [tenders, setTenders] = useState<Record<string, number | null>>({});
  const [reason, setReason] = useState("");
  const close = useDeed("close_shift", onClosed);
  const differs = close.error instanceof Refused && close.error.code === "difference_needs_reason" ? close.error.params : null;
  const difference = typeof differs?.difference_minor === "number" ? differs.difference_minor : null;
  const submit = () => {
    if (!close.isPending) close.mutate(draftOf(shift, count, tenders, reason));
  };
  useUnsaved(close.isSuccess ? false : Object.values({ ...count, ...tenders }).some((one) => (one ?? 0) !== 0));
  useKeys({ "Ctrl+Enter": submit });
  // Enter goes from field to field, as a hand goes from note to note; it never closes a count that is not done.
  const fields = useRef<HTMLDivElement>(null);
  const next = () => {
    const all = [...(fields.current?.querySelectorAll("input") ?? [])];
    const after = all[all.indexOf(document.activeElement as HTMLInputElement) + 1];
    (after ?? end.current)?.focus();
  };
  const end = useRef<HTMLButtonElement>(null);
  return (
    <Section title={t`Count the drawer`}>
      <div className={css.form} ref={fields}>
        <div className={css.count} role="group" aria-label={t`Notes and coins`}>
          {state.pieces.map((value, index) => {
            const piece = writeFixed(value, digits);
            return (
              <CountInput
                key={value}
                label={t`Pieces of ${piece}`}
                value={count[value] ?? null}
                onChange={(pieces) => setCount((old) => ({ ...old, [value]: pieces }))}
                onEnter={next}
                autoFocus={index === 0}
              />
            );
          })}
        </div>
        {state.tenders.length > 0 && (
          <div className={css.count} role="group" aria-label={t`Other tenders`}>
            {state.tenders.map((kind) => (
              <MoneyInput
                key={kind}
                label={names[kind] ?? kind}
                value={tenders[kind] ?? null}
                onChange={(minor) => setTenders((old) => ({ ...old, [kind]: minor }))}
                onEnter={next}
              />
            ))}
          </div>
        )}
        {difference !== null && (
          <>
            <Figure name={t`Counted less expected`}>
              <Amount signed minor={difference} />
            </Figure>
            <TextField label={t`Why they differ`} value={reason} onChange={setReason} onEnter={submit} maxLength={200} autoFocus />
          </>
        )}
        <FailureStrip failure={close.error} />
        <div className={css.total}>
          <Figure name={t`Counted`}>
            <Amount minor={counted(count)} />
          </Figure>
          <Button kind="ink" size="large" keys="Ctrl+Enter" busy={close.isPending} buttonRef={end} onPress={submit}>
            {t`Close the shift`}
          </Button>
        </div>
      </div>
    </Section>
  );
}
