/** A key as it is written on the keyboard: `<KeyCap keys="Ctrl+K" />`. On macOS Ctrl reads ⌘ and Alt ⌥. */
import css from "./KeyCap.module.css";

const mac = typeof navigator !== "undefined" && /Mac/.test(navigator.platform);
const signs: Record<string, string> = { Enter: "Enter", Delete: "Del", Escape: "Esc", ArrowUp: "↑", ArrowDown: "↓" };

export function writeKeys(keys: string): string {
  const parts = keys.split(/\+(?=.)/);
  const shown = parts.map((key) => (mac && key === "Ctrl" ? "⌘" : mac && key === "Alt" ? "⌥" : (signs[key] ?? key)));
  return shown.join(mac ? "" : " ");
}

export function KeyCap({ keys, onInk = false }: { keys: string; onInk?: boolean }) {
  return (
    <kbd className={css.cap} data-ink={onInk || undefined} aria-hidden="true">
      {writeKeys(keys)}
    </kbd>
  );
}
