/** What the month's report says of itself. */
import type { ProofOfMonth } from "../../host";

/** The report equals the ledger exactly, to the millionth of a minor unit. */
export const isTrue = (proof: ProofOfMonth): boolean => proof.report_micro === proof.ledger_micro;

/** How much of the month's net sales is commission, in parts per million, nearest; `null` where nothing was sold. */
export function payoutPpm(proof: ProofOfMonth): number | null {
  if (proof.net_minor <= 0) return null;
  const net = BigInt(proof.net_minor);
  return Number((BigInt(proof.report_micro) * 2n + net) / (2n * net));
}

/** A share with two decimals, as a ratio is read: `82 361` is `8.24%`. */
export function writeRatio(ppm: number): string {
  const hundredths = Math.round(ppm / 100);
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, "0")}%`;
}
