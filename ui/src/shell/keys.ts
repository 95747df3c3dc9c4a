import { useEffect, useRef } from "react";
import { isComposing } from "../design/composing";
import { workstation } from "../design/workstation";
import { meantBy } from "./keyTable";

/** What a key does; return `false` to let it pass on as if it were not bound. */
export type KeyMap = Record<string, ((event: KeyboardEvent) => unknown) | undefined>;

interface Bound {
  keys: { current: KeyMap };
  inDialogs: boolean;
}

const bound: Bound[] = [];

const byCode: Record<string, string> = {
  NumpadMultiply: "*",
  NumpadAdd: "+",
  NumpadSubtract: "-",
  NumpadDivide: "/",
  NumpadDecimal: ".",
  NumpadEnter: "Enter",
  Slash: "/",
  Period: ".",
  Minus: "-",
};

/**
 * The name of a pressed key as the maps write it: `F5`, `Shift+F6`, `Ctrl+K`, `Alt+1`, `*`, `N`. ⌘ counts as Ctrl. Where an input method
 * hides the character, the physical key decides.
 */
export function keyName(event: KeyboardEvent): string {
  const { code, key } = event;
  let name = key;
  if (/^F\d+$/.test(code)) name = code;
  else if (code in byCode && (key.length !== 1 || code.startsWith("Numpad"))) name = byCode[code] ?? key;
  else if (/^[a-zA-Z]$/.test(key)) name = key.toUpperCase();
  else if (/^Key[A-Z]$/.test(code)) name = code.slice(3);
  else if (/^Digit\d$/.test(code) && (event.ctrlKey || event.metaKey || event.altKey || key.length !== 1)) {
    name = code === "Digit8" && event.shiftKey ? "*" : code.slice(5);
  } else if (code === "Equal" && event.shiftKey) name = "+";
  const sign = name.length === 1 && !/[A-Z0-9]/.test(name);
  return `${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${event.shiftKey && !sign ? "Shift+" : ""}${name}`;
}

/** True where typed characters are text. */
export function inText(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target instanceof HTMLTextAreaElement ||
      (target instanceof HTMLInputElement && target.type !== "checkbox"))
  );
}

/** The signs that a field marked `data-keys="pass"` lets through; letters and digits stay its own. */
const SIGNS = /^[*+\-./]$/;

const dialogIsOpen = () => document.querySelector('[role="dialog"][data-rac], [role="alertdialog"]') !== null;

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || isComposing(event)) return;
  // A key that was moved on this device means what it meant where it came from.
  const name = meantBy(keyName(event), workstation().keys);
  if (name === null) return;
  const plainCharacter = name.length === 1;
  const typing = inText(event.target);
  const covered = dialogIsOpen();
  // The screen that was opened last is asked first.
  for (const { keys, inDialogs } of [...bound].reverse()) {
    const act = keys.current[name];
    if (!act || (covered && !inDialogs)) continue;
    const marked = event.target instanceof HTMLElement && event.target.dataset.keys === "pass" && SIGNS.test(name);
    if (plainCharacter && typing && !marked) continue;
    if (plainCharacter && /[A-Z/?]/.test(name) && !marked && !workstation().letterKeys) continue;
    if (act(event) === false) continue;
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  // Keys that a web view would take for itself.
  if (/^(F3|F5|F7|Ctrl\+P|Ctrl\+R|Ctrl\+F|Ctrl\+S)$/.test(name)) event.preventDefault();
}

if (typeof window !== "undefined") {
  window.addEventListener("keydown", onKeyDown);
  // A button with the focus would take this as a press of its own: the screen's act comes first.
  window.addEventListener("keydown", (event) => keyName(event) === "Ctrl+Enter" && onKeyDown(event), true);
}

/**
 * Binds keys while a screen is open. Single characters act only outside text fields, save signs in a field marked `data-keys="pass"`;
 * nothing acts under an open dialog, save with `inDialogs`.
 */
export function useKeys(keys: KeyMap, { inDialogs = false }: { inDialogs?: boolean } = {}): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const entry: Bound = { keys: latest, inDialogs };
    bound.push(entry);
    return () => {
      bound.splice(bound.indexOf(entry), 1);
    };
  }, [inDialogs]);
}
