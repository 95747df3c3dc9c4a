import { useLingui } from "@lingui/react/macro";
import { type RefObject, useEffect, useRef, useState } from "react";
import { Button, PinInput } from "../../design";
import { Refused } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { useFailureWords } from "../../shell/BrokenPage";
import { useTitle } from "../../shell/title";
import { Threshold } from "../setup/Threshold";
import css from "./SignIn.module.css";

/** Who sat here last, so that their name is chosen. */
const LAST = "banyan.last-person";

/** Who sits down at this window, and their PIN. After wrong PINs it says how long to wait. */
export default function SignIn({ shop, onDone }: { shop: string; onDone: () => void }) {
  const { t } = useLingui();
  const words = useFailureWords();
  const everyone = useAnswer("people", null, { topics: ["people"] });
  useTitle(everyone.data && shop);
  const people = everyone.data?.filter((one) => !one.archived) ?? [];
  const [who, setWho] = useState(() => localStorage.getItem(LAST) ?? "");
  const [pin, setPin] = useState("");
  const field = useRef<HTMLInputElement>(null);
  useCursorKept(field);
  const person = people.find((one) => one.person === who) ?? people[0];
  const [waiting, setWaiting] = useCountdown(person?.person ?? "");

  const signIn = useDeed("sign_in", (session) => {
    localStorage.setItem(LAST, session.person);
    onDone();
  });
  const enter = () => {
    if (!person || pin === "" || waiting > 0) return;
    signIn.mutate(
      { person: person.person, pin },
      {
        onError: (failure) => {
          setPin("");
          if (failure instanceof Refused) setWaiting(Number(failure.params.wait_seconds ?? 0));
          field.current?.focus();
        },
      },
    );
  };

  const wrong =
    signIn.error instanceof Refused && ["wrong_pin", "wait"].includes(signIn.error.code)
      ? t`That is not the PIN.`
      : signIn.error
        ? words(signIn.error)
        : undefined;

  return (
    <Threshold seal={shop} title={shop}>
      <div className={css.people} role="radiogroup" aria-label={t`Who are you?`}>
        {people.map((one) => (
          <label key={one.person} className={css.person}>
            <input
              type="radio"
              name="person"
              checked={one.person === person?.person}
              onChange={() => {
                setWho(one.person);
                setPin("");
                signIn.reset();
                field.current?.focus();
              }}
            />
            <span>{one.name}</span>
          </label>
        ))}
      </div>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          enter();
        }}
      >
        <PinInput
          label={t`PIN`}
          value={pin}
          onChange={setPin}
          autoFocus
          inputRef={field}
          error={waiting > 0 ? t`Too many wrong PINs. Try again in ${waiting} s.` : wrong}
        />
        <Button kind="ink" size="large" wide submit keys="Enter" busy={signIn.isPending} disabled={waiting > 0}>
          {t`Sign in`}
        </Button>
      </form>
    </Threshold>
  );
}

/**
 * A dialog that goes away together with the screen below it takes the cursor back while it goes, and leaves it nowhere: whoever types the PIN
 * at once would type into nothing.
 */
function useCursorKept(field: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    let looks = 40;
    const timer = setInterval(() => {
      if (document.activeElement === document.body) field.current?.focus();
      looks -= 1;
      if (looks === 0) clearInterval(timer);
    }, 50);
    return () => clearInterval(timer);
  }, [field]);
}

/** Counts seconds down to 0 once set; another `key` has no wait until it is told one. */
function useCountdown(key: string): [number, (seconds: number) => void] {
  const [left, setLeft] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another person has another wait.
  useEffect(() => setLeft(0), [key]);
  const running = left > 0;
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setLeft((old) => Math.max(0, old - 1)), 1000);
    return () => clearInterval(timer);
  }, [running]);
  return [left, setLeft];
}
