import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useCallback, useMemo } from "react";
import { CurrencyIs } from "../design/money";
import Passphrase from "../features/setup/Passphrase";
import Setup from "../features/setup/Setup";
import Unlock from "../features/setup/Unlock";
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
  const state = useAnswer("setup_state", null, { topics: ["settings", "people"], keep: true });
  const seated = state.data?.session ?? null;
  const settings = useAnswer("settings", null, { topics: ["settings"], enabled: seated !== null });
  const again = useCallback(() => client.resetQueries(), [client]);
  const lock = useCallback(() => {
    void call("sign_out", null).finally(() => client.resetQueries());
  }, [client]);

  const shop = state.data?.shop ?? null;
  useIdleLock(seated ? (settings.data?.idle_lock_seconds ?? 0) : 0, lock);
  const session = useMemo<Session | null>(
    () =>
      shop && seated
        ? {
            shop: { name: shop.name, currency: shop.currency, digits: shop.minor_digits, sample: shop.sample, today: shop.today },
            person: { id: seated.person, name: seated.name, role: seated.role },
            lock,
          }
        : null,
    [shop, seated, lock],
  );

  if (state.error) return <FailureStrip failure={state.error} />;
  if (!state.data) return <div className={css.opening}>{t`Opening the books…`}</div>;
  const { needs_passphrase, has_vault, locked } = state.data;
  if (needs_passphrase !== null && has_vault) return <Passphrase onDone={again} />;
  if (!shop && locked !== null) return <Unlock needsPassphrase={needs_passphrase !== null} onDone={again} />;
  if (!shop) return <Setup needsPassphrase={needs_passphrase !== null} onDone={again} />;
  if (!session) return <SignIn shop={shop.name} onDone={again} />;
  return (
    <SessionIs value={session}>
      <CurrencyIs currency={{ code: shop.currency, digits: shop.minor_digits }}>{children}</CurrencyIs>
    </SessionIs>
  );
}
