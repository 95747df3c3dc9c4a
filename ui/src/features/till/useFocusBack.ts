import { type RefObject, useEffect } from "react";

/** Whoever presses an empty place goes on typing in the box. */
export function useFocusBack(box: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const back = () => {
      if (document.activeElement === document.body) box.current?.focus();
    };
    window.addEventListener("click", back);
    return () => window.removeEventListener("click", back);
  }, [box]);
}
