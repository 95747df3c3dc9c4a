import { readFixed, readPercent } from "../../design/figures";
import type { Off } from "../../host";

/**
 * Reads a discount as the cashier types it: `12.5` takes that amount off, `10%` a share, `85折` or `8.5折` leaves 85 %. `null` where it is
 * none of these or takes more than everything.
 */
export function readOff(text: string, digits: number): Off | null {
  const typed = text.trim();
  if (/[%％]$/.test(typed)) {
    const ppm = readPercent(typed);
    return ppm !== null && ppm >= 0 && ppm <= 1_000_000 ? { percent_ppm: ppm } : null;
  }
  if (typed.endsWith("折")) {
    // 8 折 and 80 折 both leave 80 %: one digit counts tenths, two count hundredths.
    const left = readFixed(typed.slice(0, -1), 2);
    if (left === null || left <= 0) return null;
    const ppm = left < 1000 ? left * 1000 : left * 100;
    return ppm < 1_000_000 ? { percent_ppm: 1_000_000 - ppm } : null;
  }
  const minor = readFixed(typed, digits);
  return minor !== null && minor >= 0 ? { amount_minor: minor } : null;
}
