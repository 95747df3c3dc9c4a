import { type RefObject, useLayoutEffect, useRef, useState } from "react";

const REACHABLE = "a[href], button:not(:disabled), input:not(:disabled), select, textarea, [tabindex='0']";

/**
 * Makes a box that scrolls reachable by keyboard: the `tabIndex` is 0 while the box holds more than it shows and nothing in it takes the
 * focus, so that arrows and Page Down move it; otherwise the box is no stop of its own.
 */
export function useScrollStop<Box extends HTMLElement>(): { ref: RefObject<Box | null>; tabIndex: 0 | undefined } {
  const ref = useRef<Box>(null);
  const [stop, setStop] = useState(false);
  useLayoutEffect(() => {
    const box = ref.current;
    if (!box || typeof ResizeObserver === "undefined") return;
    const measure = () => setStop(box.scrollHeight > box.clientHeight && box.querySelector(REACHABLE) === null);
    const sizes = new ResizeObserver(measure);
    const parts = new MutationObserver(measure);
    sizes.observe(box);
    parts.observe(box, { childList: true, subtree: true });
    measure();
    return () => {
      sizes.disconnect();
      parts.disconnect();
    };
  }, []);
  return { ref, tabIndex: stop ? 0 : undefined };
}
