/**
 * A line across the page that stays until it is settled: what went wrong (`stop`), what waits (`wait`), what is worth knowing (`note`).
 * Never for what the person just did: that is `notify`.
 */
import type { ReactNode } from "react";
import css from "./Strip.module.css";

export function Strip({ tone = "stop", children, action }: { tone?: "stop" | "wait" | "note"; children: ReactNode; action?: ReactNode }) {
  return (
    <div className={css.strip} data-tone={tone} role={tone === "stop" ? "alert" : "status"}>
      <div className={css.words}>{children}</div>
      {action}
    </div>
  );
}

/** Where there is nothing yet: one sentence, and the button that changes it. */
export function EmptyHint({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className={css.empty}>
      <p>{children}</p>
      {action}
    </div>
  );
}
