import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useCallback, useMemo } from "react";
import { CurrencyIs } from "../design/money";
import Passphrase from "../features/setup/Passphrase";
import Setup from "../features/setup/Setup";
import SignIn from "../features/signin/SignIn";
import { call } from "../host";
import { useAnswer } from "../host/answers";
import { FailureStrip } from "./BrokenPage";
import css from "./Gate.module.css";
import { useIdleLock } from "./idle";
import { type Session, SessionIs } from "./session";

/** Lets through to the screens only who may: first the shop is made, then the books are unsealed, then somebody signs in. */
export function Gate({ children }: { children: ReactNode }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const standing = useAnswer("standing", null, { topics: ["settings", "people"], keep: true });
  const again = useCallback(() => client.invalidateQueries(), [client]);
  const lock = useCallback(() => {
    void call("sign_out", null).finally(() => client.resetQueries());
  }, [client]);

  const now = standing.data;
  const shop = now?.shop;
  const person = now?.stage === "signed_in" ? now.person : null;
  useIdleLock(person ? (shop?.idle_lock_seconds ?? 0) : 0, lock);
  const session = useMemo<Session | null>(
    () =>
      shop && person
        ? {
            shop: { name: shop.name, currency: shop.currency, digits: shop.minor_digits, sample: shop.sample, till: shop.till },
            person,
            lock,
          }
        : null,
    [shop, person, lock],
  );

  if (standing.error) return <FailureStrip failure={standing.error} />;
  if (!now) return <div className={css.opening}>{t`Opening the books…`}</div>;
  if (now.stage === "no_shop") return <Setup needsPassphrase={!now.keyring} onDone={again} />;
  if (now.stage === "sealed") return <Passphrase onDone={again} />;
  if (!session || !shop) return <SignIn shop={shop?.name ?? ""} people={now.people} onDone={again} />;
  return (
    <SessionIs value={session}>
      <CurrencyIs currency={{ code: shop.currency, digits: shop.minor_digits }}>{children}</CurrencyIs>
    </SessionIs>
  );
}
