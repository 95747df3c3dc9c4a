import { useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Button, Check, isComposing, PinInput, Select, TextField } from "../../design";
import { call, type Failure, type RecoveryKey as Key } from "../../host";
import { FailureStrip } from "../../shell/BrokenPage";
import { Bring } from "./Bring";
import { type Beginning, empty, type Problem, problemsOf } from "./beginning";
import { currencies } from "./currencies";
import { Join } from "./Join";
import { RecoveryKey } from "./RecoveryKey";
import css from "./Setup.module.css";
import { Threshold } from "./Threshold";

/** The first run: the shop, its currency, its owner; then the till. */
export default function Setup({ needsPassphrase, onDone }: { needsPassphrase: boolean; onDone: () => void }) {
  const { t, i18n } = useLingui();
  const [begin, setBegin] = useState<Beginning>(empty);
  const [asked, setAsked] = useState(false);
  const [bringing, setBringing] = useState(false);
  const [joining, setJoining] = useState(false);
  const [recovery, setRecovery] = useState<Key | null>(null);
  const open = useMutation<Key | null, Failure, Beginning>({
    mutationFn: async (made) => {
      // The vault comes first: the shop's first entry is sealed by the key that lies in it.
      if (needsPassphrase) await call("open_vault", made.passphrase);
      await call("create_shop", {
        name: made.name.trim(),
        currency: made.currency,
        language: i18n.locale,
        owner: made.owner.trim(),
        pin: made.pin,
        sample: made.sample,
      });
      // What is only tried needs no key on paper. Should the key not be had now, the settings still show it.
      return made.sample ? null : await call("recovery_key", made.pin).catch(() => null);
    },
    onSuccess: (key) => (key === null ? onDone() : setRecovery(key)),
  });
  const set = (change: Partial<Beginning>) => setBegin((old) => ({ ...old, ...change }));
  const problems = asked ? problemsOf(begin, needsPassphrase) : {};
  const words: Record<Problem, string> = {
    missing: t`Fill this in.`,
    pin_shape: t`A PIN has 4 to 12 digits, not all the same.`,
    pin_differs: t`The two PINs differ. Type the same one twice.`,
    passphrase_short: t`At least 8 characters.`,
  };
  const error = (field: keyof Beginning) => {
    const problem = problems[field];
    return problem ? words[problem] : undefined;
  };

  const submit = () => {
    setAsked(true);
    const found = problemsOf(begin, needsPassphrase);
    if (Object.keys(found).length > 0) {
      requestAnimationFrame(() => document.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
      return;
    }
    open.mutate(begin);
  };

  if (recovery !== null) {
    return (
      <Threshold
        seal={begin.name || "榕"}
        title={t`Your recovery key`}
        lead={t`The books are locked on this disk. This key opens them on another computer, should this one be stolen or break.`}
      >
        <RecoveryKey recovery={recovery} onProved={onDone} onLater={onDone} />
      </Threshold>
    );
  }
  if (joining) return <Join needsPassphrase={needsPassphrase} onBack={() => setJoining(false)} onDone={onDone} />;
  if (bringing) return <Bring needsPassphrase={needsPassphrase} onBack={() => setBringing(false)} onDone={onDone} />;
  return (
    <Threshold
      seal={begin.name || "榕"}
      title={t`Open your shop`}
      lead={t`Everything stays on this device. You can change all of it later, except the currency.`}
    >
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && isComposing(event)) event.preventDefault();
        }}
      >
        <div className={css.pair}>
          <TextField
            label={t`Shop name`}
            value={begin.name}
            onChange={(name) => set({ name })}
            error={error("name")}
            autoFocus
            maxLength={60}
          />
          <Select
            label={t`Currency`}
            options={currencies.map((code) => ({ key: code, text: code }))}
            value={begin.currency}
            onChange={(currency) => set({ currency })}
          />
        </div>
        <TextField
          label={t`Your name, as the owner`}
          value={begin.owner}
          onChange={(owner) => set({ owner })}
          error={error("owner")}
          maxLength={40}
        />
        <div className={css.even}>
          <PinInput label={t`PIN`} value={begin.pin} onChange={(pin) => set({ pin })} error={error("pin")} hint={t`4 to 12 digits`} fresh />
          <PinInput label={t`The same PIN again`} value={begin.again} onChange={(again) => set({ again })} error={error("again")} fresh />
        </div>
        {needsPassphrase && (
          <TextField
            label={t`Passphrase of this device`}
            type="password"
            value={begin.passphrase}
            onChange={(passphrase) => set({ passphrase })}
            error={error("passphrase")}
            hint={t`This system has no keyring, so the key that seals the books is kept behind a passphrase. It is asked at each start.`}
          />
        )}
        <Check
          value={begin.sample}
          onChange={(sample) => set({ sample })}
          hint={t`Products, members in a tree and three months of sales to try things with. Removed in one step when you are ready.`}
        >
          {t`Try with a sample shop`}
        </Check>
        <FailureStrip failure={open.error} />
        <Button kind="ink" size="large" wide submit keys="Enter" busy={open.isPending}>
          {open.isPending ? (begin.sample ? t`Making the sample shop…` : t`Opening…`) : t`Open the shop`}
        </Button>
        <Button kind="quiet" onPress={() => setBringing(true)}>
          {t`I have books already…`}
        </Button>
        <Button kind="quiet" onPress={() => setJoining(true)}>
          {t`A further till of my shop…`}
        </Button>
      </form>
    </Threshold>
  );
}
