import { useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { KeyCap, Seal, ShopSeal, writeTime } from "../../design";
import { useAnswer } from "../../host/answers";
import { go, useSession } from "../../shell";
import css from "./Till.module.css";
import type { PrinterState } from "./usePrinter";

/** Above the till: whose it is, who sells, what is held, the time. The seal leads back to the other sections. */
export function TillBar({ held, onHeld, onLeave }: { held: number; onHeld: () => void; onLeave: () => void }) {
  const { t, i18n } = useLingui();
  const { shop, person } = useSession();
  const [now, setNow] = useState(Date.now);
  const shift = useAnswer("shift_state", null, { topics: ["shifts", "settings"], keep: true });
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 10_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <header className={css.bar}>
      <button type="button" className={css.leave} onClick={onLeave} aria-label={t`Leave the till`} title={t`Leave the till (Esc Esc)`}>
        <ShopSeal name={shop.name} />
      </button>
      <h1 className={css.title}>{t`Till`}</h1>
      <span className={css.where}>
        {shop.name} {"·"} {person.name}
      </span>
      {shop.sample && <Seal tone="note">{t`Sample shop`}</Seal>}
      <span className={css.grow} />
      {shift.data && (shift.data.open || shift.data.settings.required) && (
        <button type="button" className={css.held} onClick={() => go("/shift")} title={t`Shift (F11)`}>
          <Seal tone={shift.data.open ? "note" : "wait"}>{shift.data.open ? t`Shift open` : t`Open a shift`}</Seal>
        </button>
      )}
      {held > 0 && (
        <button type="button" className={css.held} onClick={onHeld}>
          <Seal tone="wait">{t`Held ${held}`}</Seal>
        </button>
      )}
      <time className={css.clock}>{writeTime(now, i18n.locale)}</time>
    </header>
  );
}

/** Below the till: the keys that matter now, and how the printer is. */
export function TillStrip({
  printer,
  paying,
  onHelp,
  onPrinter,
}: {
  printer: PrinterState;
  paying: boolean;
  onHelp: () => void;
  onPrinter: () => void;
}) {
  const { t } = useLingui();
  const keys: [string, string][] = paying
    ? [
        ["Alt+1", t`tender`],
        ["Enter", t`take`],
        ["Escape", t`back to the ticket`],
      ]
    : [
        ["F2", t`member`],
        ["F3", t`scan box`],
        ["F6", t`hold`],
        ["F8", t`return`],
        ["*", t`quantity`],
        ["/", t`discount`],
        ["Delete", t`remove line`],
        ["F9", t`payment`],
        ["Ctrl+Z", t`undo`],
      ];
  return (
    <footer className={css.strip}>
      <button type="button" className={css.hint} onClick={onHelp}>
        <KeyCap keys="F1" />
        {t`keys`}
      </button>
      {keys.map(([key, what]) => (
        <span key={key} className={css.hint}>
          <KeyCap keys={key} />
          {what}
        </span>
      ))}
      <span className={css.grow} />
      <span className={css.printer} data-tone={printer.tone} role="status">
        {printer.tone === "fault" ? (
          <button type="button" className={css.hint} onClick={onPrinter} title={t`Open the print queue`}>
            {printer.words}
          </button>
        ) : (
          printer.words
        )}
      </span>
    </footer>
  );
}
