import { useSyncExternalStore } from "react";

/** What one workstation prefers; kept beside the window, never in the books. */
export interface Workstation {
  /** `null` follows the system. */
  language: "zh-CN" | "en" | null;
  theme: "system" | "light" | "dark";
  density: "compact" | "regular" | "touch";
  /** Off where the machine draws slowly. */
  motion: boolean;
  /** Single-letter keys such as N and `/` (WCAG 2.1.4 asks that they can be turned off). */
  letterKeys: boolean;
  /** A short sound at each scan. */
  sound: boolean;
  /** The customer display is open whenever the till is. */
  customerDisplay: boolean;
  /** Keys that were moved: as they come, and where they are here. */
  keys: MovedKeys;
}

/** Keys that were moved on this device. */
export type MovedKeys = Readonly<Record<string, string>>;

const KEY = "banyan.workstation";
const usual: Workstation = {
  language: null,
  theme: "system",
  density: "regular",
  motion: true,
  letterKeys: true,
  sound: true,
  customerDisplay: false,
  keys: {},
};
const heard = new Set<() => void>();

function remembered(): Workstation {
  try {
    return { ...usual, ...JSON.parse(localStorage.getItem(KEY) ?? "{}") };
  } catch {
    return usual;
  }
}

let current = remembered();

/** Height of a table row in pixels, as `--row-h` has it. */
export const rowHeight: Record<Workstation["density"], number> = { compact: 30, regular: 36, touch: 48 };

export const workstation = (): Workstation => current;

/** Where a key is on this device. */
export const shownKeys = (keys: string, moved: MovedKeys = current.keys): string => moved[keys] ?? keys;

/** Changes some of it, at once and for the next start. */
export function setWorkstation(change: Partial<Workstation>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // A full or forbidden storage loses the preference, not the work.
  }
  wear();
  for (const hear of heard) hear();
}

/** Follows what another window of this program changes: the customer display wears what the till wears. */
export function followOtherWindows(): void {
  window.addEventListener("storage", (event) => {
    if (event.key !== KEY) return;
    current = remembered();
    wear();
    for (const hear of heard) hear();
  });
}

export function onWorkstation(hear: () => void): () => void {
  heard.add(hear);
  return () => heard.delete(hear);
}

/** The preferences, following every change. */
export const useWorkstation = (): Workstation => useSyncExternalStore(onWorkstation, workstation);

/** The language in use: the chosen one, else the system's, else English. */
export function languageInUse(): "zh-CN" | "en" {
  return current.language ?? ((navigator.language ?? "en").toLowerCase().startsWith("zh") ? "zh-CN" : "en");
}

const dark = typeof matchMedia === "function" ? matchMedia("(prefers-color-scheme: dark)") : null;

/** Puts theme, density and motion on the page. */
export function wear(): void {
  const root = document.documentElement;
  const theme = current.theme === "system" ? (dark?.matches ? "dark" : "light") : current.theme;
  root.dataset.theme = theme;
  root.dataset.density = current.density;
  if (current.motion) delete root.dataset.motion;
  else root.dataset.motion = "off";
}

dark?.addEventListener("change", wear);
