/** What the parts of the settings about copies and reports work out by themselves. */
import type { JsonValue } from "../../host";

/** A file's size as people say it: 812 kB, 3.4 MB. */
export function writeSize(bytes: number, locale: string): string {
  const [divisor, unit] = bytes < 1_000_000 ? [1_000, "kB"] : [1_000_000, "MB"];
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: bytes < 1_000_000 ? 0 : 1 }).format(bytes / divisor)} ${unit}`;
}

/** The text of a report as the job of making it gives it; `null` where it is none. */
export const textOf = (result: JsonValue): string | null =>
  typeof result === "object" && result !== null && !Array.isArray(result) && typeof result.text === "string" ? result.text : null;
