/**
 * Figures as text and text as figures, by whole numbers only: money in minor units, quantities in thousandths, points as they are.
 * Nothing here computes money; it writes and reads it.
 */

const MINUS = "\u2212";
const group = (digits: string) => digits.replace(/\B(?=(\d{3})+$)/g, ",");

/** Writes a whole number of `10^-digits` with a true minus and grouped thousands: `(-1250, 2)` is `−12.50`. */
export function writeFixed(amount: number, digits: number): string {
  const text = Math.abs(amount)
    .toFixed(0)
    .padStart(digits + 1, "0");
  const whole = group(text.slice(0, text.length - digits));
  const rest = digits > 0 ? `.${text.slice(text.length - digits)}` : "";
  return `${amount < 0 ? MINUS : ""}${whole}${rest}`;
}

/** As `writeFixed`, but as a machine reads it: hyphen, no grouping. For copying and for input fields. */
export function writePlain(amount: number, digits: number): string {
  return writeFixed(amount, digits).replaceAll(",", "").replace(MINUS, "-");
}

/** Thousandths without idle zeros: `2000` is `2`, `350` is `0.35`. */
export function writeQty(milli: number): string {
  const text = writeFixed(milli, 3);
  return text.replace(/\.?0+$/, "");
}

/**
 * An exact amount in millionths of a minor unit, with as many decimals as it needs but never fewer than the currency's:
 * `(102400000, 2)` hundredths is `1.024`, `(10000000000, 2)` is `100.00`.
 */
export function writeMicro(micro: number, digits: number): string {
  const text = writeFixed(micro, digits + 6);
  const idle = /0+$/.exec(text)?.[0].length ?? 0;
  const kept = text.slice(0, text.length - Math.min(6, idle));
  return kept.replace(/\.$/, "");
}

/** Parts per million as a percentage without idle zeros: `80000` is `8%`. */
export function writePercent(ppm: number): string {
  return `${writeFixed(ppm, 4).replace(/\.?0+$/, "")}%`;
}

/** Full-width digits and signs as a Chinese keyboard types them become plain ones; grouping and spaces go. */
export function normalise(text: string): string {
  return text
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[。．]/g, ".")
    .replace(/[－−–]/g, "-")
    .replace(/[＋]/g, "+")
    .replace(/[，,\s\u3000]/g, "");
}

/** Reads a decimal as a whole number of `10^-digits`; `null` where it is no number, has too many decimals or is beyond 2^53. */
export function readFixed(text: string, digits: number): number | null {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(normalise(text));
  if (!match) return null;
  const [, sign, whole = "", rest = ""] = match;
  if (whole === "" && rest === "") return null;
  const kept = rest.replace(/0+$/, "");
  if (kept.length > digits) return null;
  const amount = Number(`${whole}${kept.padEnd(digits, "0")}`);
  if (!Number.isSafeInteger(amount)) return null;
  return sign === "-" && amount !== 0 ? -amount : amount;
}

/** Reads a quantity as thousandths. */
export const readQty = (text: string): number | null => readFixed(text, 3);

/** Reads a percentage, with or without its sign, as parts per million. */
export const readPercent = (text: string): number | null => readFixed(text.replace(/[%％]\s*$/, ""), 4);

/** A mobile number in groups, as it is spoken: `138 0013 8000`. Others stay as they are. */
export function writePhone(phone: string): string {
  const chinese = /^(?:\+86)?(1\d{2})(\d{4})(\d{4})$/.exec(phone);
  return chinese ? `${chinese[1]} ${chinese[2]} ${chinese[3]}` : phone;
}

const formats = new Map<string, Intl.DateTimeFormat>();
function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale}${JSON.stringify(options)}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, known);
  return known;
}

/** The time of day on this machine's clock, `14:02`. */
export const writeTime = (ms: number, locale: string): string =>
  format(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(ms);

/** Date and time, `2026-11-22 14:02`. */
export function writeMoment(ms: number, locale: string): string {
  const parts = format("sv-SE", { year: "numeric", month: "2-digit", day: "2-digit" }).format(ms);
  return `${parts} ${writeTime(ms, locale)}`;
}

/** A month in words: `2026-10` is `2026年10月` or `October 2026`. */
export function writeMonth(month: string, locale: string): string {
  const [year, number] = month.split("-").map(Number);
  return format(locale, { year: "numeric", month: "long", timeZone: "UTC" }).format(Date.UTC(year ?? 1970, (number ?? 1) - 1, 1));
}
