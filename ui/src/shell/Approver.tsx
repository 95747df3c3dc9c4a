import { useLingui } from "@lingui/react/macro";
import { type KeyboardEvent, type ReactNode, useCallback, useRef, useState } from "react";
import { Button, Dialog, PinInput, useCurrency, writeFixed } from "../design";
import { type Approval, type Person, Refused } from "../host";
import { useAnswer } from "../host/answers";
import css from "./Approver.module.css";
import { approvalWords } from "./approvals";
import { useFailureWords } from "./BrokenPage";
import { type Role, reaches } from "./session";

interface Asked {
  refused: Refused;
  /** Repeats the act with a yes; settles the promise that the act's caller holds where it succeeds. */
  agree: (approval: Approval) => Promise<void>;
  giveUp: () => void;
}

/** Runs an act; where the books ask for an approver, somebody's PIN over the shoulder repeats it with their yes. */
export type Approved = <T>(act: (approval: Approval | undefined) => Promise<T>) => Promise<T>;

/**
 * An approver over the shoulder. `dialog` stands somewhere on the screen; an act goes through `approved`:
 *
 *     const { approved, dialog } = useApprover();
 *     await approved((approval) => call("record_sale", { ...draft, approval }));
 *
 * Esc gives the books' refusal back to the act's caller. The PIN is kept nowhere but in the field.
 */
export function useApprover(): { approved: Approved; dialog: ReactNode } {
  const [asked, setAsked] = useState<Asked | null>(null);
  const approved: Approved = useCallback(async (act) => {
    try {
      return await act(undefined);
    } catch (failure) {
      if (!(failure instanceof Refused) || failure.code !== "needs_approver") throw failure;
      return await new Promise((done, failed) => {
        setAsked({
          refused: failure,
          agree: async (approval) => {
            done(await act(approval));
            setAsked(null);
          },
          giveUp: () => {
            failed(failure);
            setAsked(null);
          },
        });
      });
    }
  }, []);
  return { approved, dialog: asked && <ApproverDialog asked={asked} onPassed={(failure) => setAsked(passedOn(asked, failure))} /> };
}

/** A yes that does not reach: what the books say to the repeated act is asked instead. */
const passedOn = (asked: Asked, refused: Refused): Asked => ({ ...asked, refused });

function ApproverDialog({ asked, onPassed }: { asked: Asked; onPassed: (failure: Refused) => void }) {
  const { t, i18n } = useLingui();
  const { digits } = useCurrency();
  const words = useFailureWords();
  const least = asked.refused.params.least as Role;
  const everyone = useAnswer("people", null, { topics: ["people"] });
  const people = everyone.data?.filter((one) => !one.archived && reaches(one.role, least)) ?? [];
  const [who, setWho] = useState("");
  const [pin, setPin] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const person = people.find((one) => one.person === who) ?? people[0];

  const agree = async () => {
    if (!person || pin === "" || busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await asked.agree({ person: person.person, pin });
    } catch (failure) {
      setPin("");
      field.current?.focus();
      if (failure instanceof Refused && failure.code === "needs_approver") onPassed(failure);
      else if (failure instanceof Refused && ["wrong_pin", "wait", "approver_too_low"].includes(failure.code)) {
        const seconds = Number(failure.params.wait_seconds ?? 0);
        if (failure.code === "approver_too_low") setProblem(words(failure));
        else setProblem(seconds > 0 ? t`Wrong PIN. Try again in ${seconds} s.` : t`That is not the PIN.`);
      } else setProblem(words(failure));
    } finally {
      setBusy(false);
    }
  };
  const step = (event: KeyboardEvent) => {
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (by === 0 || !person) return;
    event.preventDefault();
    const next = people[(people.indexOf(person) + by + people.length) % people.length];
    if (next) setWho(next.person);
  };
  const what = approvalWords(asked.refused, (minor) => writeFixed(minor, digits));
  return (
    <Dialog
      title={t`Somebody else has to agree`}
      open
      onClose={asked.giveUp}
      footer={
        <>
          <Button keys="Escape" onPress={asked.giveUp}>
            {t`Back`}
          </Button>
          <Button kind="ink" keys="Enter" busy={busy} disabled={!person || pin === ""} onPress={() => void agree()}>
            {t`Agree`}
          </Button>
        </>
      }
    >
      {what && <p className={css.what}>{i18n._(what)}</p>}
      {everyone.data && people.length === 0 ? (
        <p role="alert">{t`Nobody here may agree to this. The owner adds people under Settings.`}</p>
      ) : (
        <>
          <Who people={people} chosen={person} onChoose={setWho} />
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the field inside has the focus; the arrows move the choice beside it. */}
          <div onKeyDown={step}>
            <PinInput
              label={t`PIN`}
              value={pin}
              onChange={setPin}
              onEnter={() => void agree()}
              autoFocus
              inputRef={field}
              error={problem ?? undefined}
            />
          </div>
        </>
      )}
    </Dialog>
  );
}

function Who({ people, chosen, onChoose }: { people: Person[]; chosen: Person | undefined; onChoose: (person: string) => void }) {
  const { t } = useLingui();
  return (
    <div className={css.people} role="radiogroup" aria-label={t`Who agrees?`}>
      {people.map((one) => (
        <label key={one.person} className={css.person}>
          <input type="radio" name="approver" checked={one === chosen} onChange={() => onChoose(one.person)} />
          <span>{one.name}</span>
        </label>
      ))}
    </div>
  );
}
