/** A key as it is written on the keyboard, where it is on this device: `<KeyCap keys="Ctrl+K" />`. On macOS Ctrl reads ⌘ and Alt ⌥. */
import css from "./KeyCap.module.css";
import { shownKeys, useWorkstation } from "./workstation";

const mac = typeof navigator !== "undefined" && /Mac/.test(navigator.platform);
const signs: Record<string, string> = { Enter: "Enter", Delete: "Del", Escape: "Esc", ArrowUp: "↑", ArrowDown: "↓" };

export function writeKeys(keys: string): string {
  const parts = keys.split(/\+(?=.)/);
  const shown = parts.map((key) => (mac && key === "Ctrl" ? "⌘" : mac && key === "Alt" ? "⌥" : (signs[key] ?? key)));
  return shown.join(mac ? "" : " ");
}

export function KeyCap({ keys, onInk = false }: { keys: string; onInk?: boolean }) {
  const { keys: moved } = useWorkstation();
  return (
    <kbd className={css.cap} data-ink={onInk || undefined} aria-hidden="true">
      {writeKeys(shownKeys(keys, moved))}
    </kbd>
  );
}
