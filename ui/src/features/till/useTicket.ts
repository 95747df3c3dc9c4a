import { useCallback, useRef, useState } from "react";
import { acted, type History, opened, openTicket, type Ticket, undone } from "./draft";
import { newSaleId } from "./saleId";

/** The open ticket of this till, with undo. `keep` hears every ticket, so that a crash loses nothing. */
export function useTicket(begin: Ticket | null, keep: (ticket: Ticket) => void) {
  const [history, setHistory] = useState<History>(() => opened(begin ?? openTicket(newSaleId())));
  const latest = useRef(history);

  const become = useCallback(
    (next: History) => {
      if (next === latest.current) return;
      latest.current = next;
      setHistory(next);
      keep(next.now);
    },
    [keep],
  );
  const act = useCallback((change: (ticket: Ticket) => Ticket) => become(acted(latest.current, change)), [become]);
  const undo = useCallback(() => become(undone(latest.current)), [become]);
  const open = useCallback((ticket?: Ticket) => become(opened(ticket ?? openTicket(newSaleId()))), [become]);
  const now = useCallback(() => latest.current.now, []);
  return { ticket: history.now, canUndo: history.before.length > 0, act, undo, open, now };
}
