/**
 * Tells a scanner from a person by its pace. Where an input method stands in between, keys are read by their place on the keyboard
 * (`event.code`), so that it changes nothing. Pure: time comes with each key.
 */

/** A scanner's keys follow each other faster than this, in milliseconds, in the median. */
export const PACE_MS = 35;
/** A pause after which whatever comes is a new burst. */
export const PAUSE_MS = 120;
/** A busy machine may stall this long in the middle of a scan; what began at a scanner's pace is then still the same burst. */
export const STALL_MS = 800;
/** Shorter than this is a person. */
export const LEAST = 4;
/** The same code within this time is one scan. */
export const ECHO_MS = 80;

export interface Press {
  code: string;
  /** The character as the layout gives it; an input method in between hides it (`Process`). */
  key: string;
  shift: boolean;
  at: number;
}

export type Heard =
  /** Not a key of a code. */
  | { kind: "none" }
  /** May become a scan; `first` begins a new burst. */
  | { kind: "pending"; first: boolean }
  /** Enter or Tab after a burst at a scanner's pace. */
  | { kind: "scan"; text: string }
  /** The same scan again at once: to be swallowed. */
  | { kind: "echo" };

export class ScanBuffer {
  #keys: { character: string; at: number }[] = [];
  #last: { text: string; at: number } | null = null;

  /** Hears one key. */
  press({ code, key, shift, at }: Press): Heard {
    if (code === "Enter" || code === "NumpadEnter" || code === "Tab") return this.#end(at);
    if (code === "ShiftLeft" || code === "ShiftRight") return { kind: "none" };
    const character = characterOf(code, key, shift);
    if (character === null) {
      this.#keys = [];
      return { kind: "none" };
    }
    const before = this.#keys.at(-1);
    const first = !before || at - before.at > (this.#scanning() ? STALL_MS : PAUSE_MS);
    if (first) this.#keys = [];
    this.#keys.push({ character, at });
    return { kind: "pending", first };
  }

  #scanning(): boolean {
    return this.#keys.length > 1 && medianGap(this.#keys) < PACE_MS;
  }

  #end(at: number): Heard {
    const keys = this.#keys;
    this.#keys = [];
    const last = keys.at(-1);
    if (!last || keys.length < LEAST || at - last.at > STALL_MS || medianGap(keys) >= PACE_MS) return { kind: "none" };
    const text = keys.map((key) => key.character).join("");
    const echo = this.#last?.text === text && at - this.#last.at < ECHO_MS;
    this.#last = { text, at };
    return echo ? { kind: "echo" } : { kind: "scan", text };
  }
}

function medianGap(keys: readonly { at: number }[]): number {
  const gaps = keys.slice(1).map((key, index) => key.at - (keys[index]?.at ?? key.at));
  gaps.sort((one, other) => one - other);
  return gaps[Math.floor(gaps.length / 2)] ?? 0;
}

const signs: Record<string, string> = {
  Minus: "-",
  NumpadSubtract: "-",
  Period: ".",
  NumpadDecimal: ".",
  Slash: "/",
  NumpadDivide: "/",
  Space: " ",
  Equal: "=",
};
const shifted: Record<string, string> = { Minus: "_", Equal: "+", Digit5: "%", Digit4: "$", Digit8: "*" };

/** The character that a scanner means by a key, `null` for keys that no code contains. */
export function characterOf(code: string, key: string, shift: boolean): string | null {
  if (/^[\x20-\x7e]$/.test(key)) return key;

  if (shift && shifted[code]) return shifted[code] ?? null;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  if (digit) return digit;
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter) return shift ? letter : letter.toLowerCase();
  return signs[code] ?? null;
}
