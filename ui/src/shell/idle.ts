import { useEffect } from "react";

/** Calls `lock` when nobody has touched keys, mouse or screen for `seconds`; never with 0. */
export function useIdleLock(seconds: number, lock: () => void): void {
  useEffect(() => {
    if (seconds <= 0) return;
    let touched = Date.now();
    const touch = () => {
      touched = Date.now();
    };
    const signs = ["keydown", "pointerdown", "pointermove", "wheel"] as const;
    for (const sign of signs) window.addEventListener(sign, touch, { passive: true, capture: true });
    const timer = setInterval(() => {
      if (Date.now() - touched >= seconds * 1000) lock();
    }, 1000);
    return () => {
      clearInterval(timer);
      for (const sign of signs) window.removeEventListener(sign, touch, { capture: true });
    };
  }, [seconds, lock]);
}
