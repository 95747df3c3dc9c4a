import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, Dialog, Dots, Facts, Section, TextField, writeMoment } from "../../design";
import type { OwnerPage as Page, PageSecret } from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { FailureStrip } from "../../shell";
import css from "./Settings.module.css";

/** The page that the meeting place shows the owner in a browser: its password and the authenticator are set here. */
export function OwnerPage() {
  const { t, i18n } = useLingui();
  const answer = useAnswer("owner_page", null, { topics: ["sync"], keep: true });
  const [now, setNow] = useState<Page | null>(null);
  const [asked, setAsked] = useState<"set" | "end" | null>(null);
  const end = useDeed("end_owner_page", (page) => {
    setNow(page);
    setAsked(null);
    void answer.refetch().then(() => setNow(null));
  });
  const page = now ?? answer.data;
  const open = page !== undefined && page.since_ms !== null;
  return (
    <Section title={t`Page in the browser`}>
      <p className={css.prose}>
        {t`Today’s sales by till, the month’s commission and the state of every till, on a phone or anywhere else. It shows and changes nothing.`}
      </p>
      <FailureStrip failure={answer.error} />
      {page && (
        <>
          {open && (
            <>
              <Facts
                facts={[
                  { name: t`Address`, value: <span data-selectable="">{page.address}</span> },
                  { name: t`Open since`, value: writeMoment(page.since_ms ?? 0, i18n.locale) },
                ]}
              />
              {page.qr && (
                <div className={css.logoPaper}>
                  <Dots picture={page.qr} />
                </div>
              )}
            </>
          )}
          <div className={css.pair}>
            <Button onPress={() => setAsked("set")}>{open ? t`Another password…` : t`Set a password…`}</Button>
            {open && (
              <Button kind="quiet" onPress={() => setAsked("end")}>
                {t`Close the page…`}
              </Button>
            )}
          </div>
        </>
      )}
      {asked === "set" && (
        <SetUp
          onClose={() => setAsked(null)}
          onDone={(done) => {
            setNow(done);
            setAsked(null);
            void answer.refetch().then(() => setNow(null));
          }}
        />
      )}
      <Dialog
        title={t`Close the page`}
        open={asked === "end"}
        onClose={() => setAsked(null)}
        footer={
          <>
            <Button onPress={() => setAsked(null)}>{t`Keep it`}</Button>
            <Button kind="danger" busy={end.isPending} onPress={() => end.mutate(null)}>
              {t`Close the page`}
            </Button>
          </>
        }
      >
        <p>{t`Nobody can sign in there any more, and whoever is signed in is out at once.`}</p>
        <FailureStrip failure={end.error} />
      </Dialog>
    </Section>
  );
}

/** A password, then the authenticator's picture, then one code that proves it. */
function SetUp({ onClose, onDone }: { onClose: () => void; onDone: (page: Page) => void }) {
  const { t } = useLingui();
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [code, setCode] = useState("");
  const [secret, setSecret] = useState<PageSecret | null>(null);
  const set = useDeed("set_owner_page", (given) => {
    setSecret(given);
    setPassword("");
    setAgain("");
  });
  const prove = useDeed("prove_owner_page", onDone);
  const differs = again !== "" && again !== password;
  const ready = password !== "" && again === password;
  const go = () => {
    if (secret) {
      if (code.trim() !== "") prove.mutate(code);
    } else if (ready) set.mutate(password);
  };
  return (
    <Dialog
      title={t`Page in the browser`}
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t`Cancel`}</Button>
          <Button kind="ink" onPress={go} busy={set.isPending || prove.isPending} disabled={secret ? code.trim() === "" : !ready}>
            {secret ? t`Open the page` : t`Go on`}
          </Button>
        </>
      }
    >
      {secret ? (
        <>
          <p>{t`Scan this with an authenticator on your phone, or type the secret there. Then type the six digits that it shows.`}</p>
          {secret.qr && (
            <div className={css.logoPaper}>
              <Dots picture={secret.qr} />
            </div>
          )}
          <Facts facts={[{ name: t`Secret`, value: <span data-selectable="">{secret.secret}</span> }]} />
          <TextField key="code" label={t`Six digits`} value={code} onChange={setCode} onEnter={go} maxLength={9} type="tel" autoFocus />
          <FailureStrip failure={prove.error} />
        </>
      ) : (
        <>
          <TextField
            label={t`Password`}
            hint={t`Ten letters or more. It is not the PIN.`}
            value={password}
            onChange={setPassword}
            type="password"
            maxLength={200}
            autoComplete="new-password"
            autoFocus
          />
          <TextField
            label={t`Password once more`}
            value={again}
            onChange={setAgain}
            onEnter={go}
            type="password"
            maxLength={200}
            autoComplete="new-password"
            error={differs ? t`The two are not the same.` : undefined}
          />
          <FailureStrip failure={set.error} />
        </>
      )}
    </Dialog>
  );
}
