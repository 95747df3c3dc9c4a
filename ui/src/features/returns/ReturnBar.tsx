import { useLingui } from "@lingui/react/macro";
import { KeyCap, ShopSeal } from "../../design";
import { useSession } from "../../shell";
import css from "../till/Till.module.css";

/** Above a return: whose till it is. The seal leads back to it. */
export function ReturnBar({ onLeave }: { onLeave: () => void }) {
  const { t } = useLingui();
  const { shop, person } = useSession();
  return (
    <header className={css.bar}>
      <button type="button" className={css.leave} onClick={onLeave} aria-label={t`Back to the till`} title={t`Back to the till (Esc)`}>
        <ShopSeal name={shop.name} />
      </button>
      <h1 className={css.title}>{t`Return or exchange`}</h1>
      <span className={css.where}>
        {shop.name} {"·"} {person.name}
      </span>
    </header>
  );
}

/** Below it: the keys that matter now. */
export function ReturnStrip({ keys }: { keys: readonly [key: string, what: string][] }) {
  return (
    <footer className={css.strip}>
      {keys.map(([key, what]) => (
        <span key={key} className={css.hint}>
          <KeyCap keys={key} />
          {what}
        </span>
      ))}
    </footer>
  );
}
