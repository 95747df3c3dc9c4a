import { useEffect, useRef } from "react";
import { inText } from "../../shell/keys";
import { ScanBuffer } from "./scanner";

/**
 * Hears the scanner wherever the focus is, save in an open dialog's own code field. The burst's keys have meanwhile been typed into
 * whatever had the focus; when it turns out to be a scan, that field gets its text back.
 */
export function useScanner(onScan: (text: string) => void): void {
  const latest = useRef(onScan);
  latest.current = onScan;
  useEffect(() => {
    const buffer = new ScanBuffer();
    let field: { element: HTMLInputElement; value: string } | null = null;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (event.target instanceof HTMLElement && event.target.dataset.scan === "own") return;
      const heard = buffer.press({ code: event.code, key: event.key, shift: event.shiftKey, at: event.timeStamp });
      if (heard.kind === "pending" && heard.first) {
        field =
          inText(event.target) && event.target instanceof HTMLInputElement ? { element: event.target, value: event.target.value } : null;
      }
      if (heard.kind !== "scan" && heard.kind !== "echo") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (field) restore(field.element, field.value);
      field = null;
      if (heard.kind === "scan") latest.current(heard.text);
    };
    window.addEventListener("keydown", onKeyDown, { capture: true });
    return () => window.removeEventListener("keydown", onKeyDown, { capture: true });
  }, []);
}

/** Gives a field its text back and ends a half-made composition. */
function restore(element: HTMLInputElement, value: string): void {
  const focused = document.activeElement === element;
  if (focused) element.blur();
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
  set?.call(element, value);
  element.dispatchEvent(new Event("input", { bubbles: true }));
  if (focused) element.focus();
}
