import { useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import { Button, PinInput } from "../../design";
import { Refused } from "../../host";
import { useDeed } from "../../host/answers";
import { useFailureWords } from "../../shell/BrokenPage";
import { Threshold } from "../setup/Threshold";
import css from "./SignIn.module.css";

export interface SignInPerson {
  id: string;
  name: string;
  /** Seconds until the next try is heard, after wrong PINs. */
  wait_seconds: number;
}

/** Who sits down at this window, and their PIN. After wrong PINs it says how long to wait. */
export default function SignIn({ shop, people, onDone }: { shop: string; people: readonly SignInPerson[]; onDone: () => void }) {
  const { t } = useLingui();
  const words = useFailureWords();
  const [who, setWho] = useState(people[0]?.id ?? "");
  const [pin, setPin] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const person = people.find((one) => one.id === who) ?? people[0];
  const [waiting, setWaiting] = useCountdown(person?.wait_seconds ?? 0, person?.id ?? "");

  const signIn = useDeed("sign_in", onDone);
  const enter = () => {
    if (!person || pin === "" || waiting > 0) return;
    signIn.mutate(
      { person: person.id, pin },
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
    signIn.error instanceof Refused && signIn.error.code === "wrong_pin"
      ? t`That is not the PIN.`
      : signIn.error
        ? words(signIn.error)
        : undefined;

  return (
    <Threshold seal={shop} title={shop}>
      <div className={css.people} role="radiogroup" aria-label={t`Who are you?`}>
        {people.map((one) => (
          <label key={one.id} className={css.person}>
            <input
              type="radio"
              name="person"
              checked={one.id === person?.id}
              onChange={() => {
                setWho(one.id);
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

/** Counts seconds down to 0; starts anew with another `key`. */
function useCountdown(seconds: number, key: string): [number, (seconds: number) => void] {
  const [left, setLeft] = useState(seconds);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another person has another wait.
  useEffect(() => setLeft(seconds), [seconds, key]);
  const running = left > 0;
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setLeft((old) => Math.max(0, old - 1)), 1000);
    return () => clearInterval(timer);
  }, [running]);
  return [left, setLeft];
}
