/** What the first run asks for, as typed. */
export interface Beginning {
  name: string;
  currency: string;
  owner: string;
  pin: string;
  again: string;
  passphrase: string;
  sample: boolean;
}

export type Problem = "missing" | "pin_shape" | "pin_differs" | "passphrase_short";

export const empty: Beginning = { name: "", currency: "CNY", owner: "", pin: "", again: "", passphrase: "", sample: false };

/** What keeps the shop from being opened, by field. The books judge again; this only answers sooner. */
export function problemsOf(begin: Beginning, needsPassphrase: boolean): Partial<Record<keyof Beginning, Problem>> {
  const found: Partial<Record<keyof Beginning, Problem>> = {};
  if (begin.name.trim() === "") found.name = "missing";
  if (begin.owner.trim() === "") found.owner = "missing";
  if (!pinIsSound(begin.pin)) found.pin = "pin_shape";
  else if (begin.pin !== begin.again) found.again = "pin_differs";
  if (needsPassphrase && Array.from(begin.passphrase).length < 8) found.passphrase = "passphrase_short";
  return found;
}

/** 4 to 12 digits, not all the same: the same rule as `domain::person::pin_is_sound`. */
export const pinIsSound = (pin: string): boolean => /^\d{4,12}$/.test(pin) && !/^(\d)\1*$/.test(pin);
