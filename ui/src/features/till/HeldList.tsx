import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { Button, Dialog, writeTime } from "../../design";
import type { HeldRow } from "../../host";
import { readTicket } from "./desk";
import { piecesOf } from "./draft";
import css from "./HeldList.module.css";

interface HeldProps {
  open: boolean;
  rows: readonly HeldRow[];
  onClose: () => void;
  onRecall: (row: HeldRow) => void;
  onDrop: (row: HeldRow) => void;
}

/** Tickets put aside, the oldest first, with their age; Enter takes one back. */
export function HeldList({ open, rows, onClose, onRecall, onDrop }: HeldProps) {
  const { t, i18n } = useLingui();
  const now = useNow(open);
  return (
    <Dialog title={t`Held tickets`} open={open} onClose={onClose} size="wide">
      {rows.length === 0 && <p>{t`Nothing is held. F6 puts the open ticket aside.`}</p>}
      <ul className={css.list}>
        {rows.map((row, index) => {
          const ticket = readTicket(row);
          const minutes = Math.max(0, Math.floor((now - row.at_ms) / 60_000));
          const pieces = ticket ? piecesOf(ticket) : 0;
          return (
            <li key={row.ticket} className={css.row}>
              <span className={css.what}>
                <strong>{row.label || ticket?.member?.name || ticket?.lines[0]?.product.name || t`Ticket`}</strong>
                <span className={css.small}>
                  {writeTime(row.at_ms, i18n.locale)} {"·"} {minutes < 60 ? t`${minutes} min ago` : t`over an hour ago`} {"·"}{" "}
                  {plural(pieces, { one: "# piece", other: "# pieces" })}
                </span>
              </span>
              <Button kind="quiet" onPress={() => onDrop(row)}>
                {t`Drop`}
              </Button>
              <Button autoFocus={index === 0} disabled={!ticket} onPress={() => onRecall(row)}>
                {t`Take back`}
              </Button>
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}

function useNow(running: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!running) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}
