import { useCallback, useRef } from "react";
import { call } from "../../host";
import { keep } from "./desk";
import { isEmpty, type Ticket } from "./draft";

/**
 * Keeps the open ticket in the books after every act, in their order, so that a crash loses nothing. While one is being written only the
 * newest waits. A ticket that became empty is dropped.
 */
export function useOpenTicketKept(failed: (failure: unknown) => void): (ticket: Ticket) => void {
  const waiting = useRef<Ticket | null>(null);
  const writing = useRef(false);
  return useCallback(
    (ticket: Ticket) => {
      waiting.current = ticket;
      if (writing.current) return;
      writing.current = true;
      void (async () => {
        while (waiting.current) {
          const next = waiting.current;
          waiting.current = null;
          try {
            await (isEmpty(next) ? call("drop_held", next.sale) : keep(next, true));
          } catch (failure) {
            failed(failure);
          }
        }
        writing.current = false;
      })();
    },
    [failed],
  );
}
