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

/** How much of net sales is commission, in parts per million, nearest; `null` where nothing was sold. */
export const ratioPpm = (figures: { amount_micro: number; net_minor: number }): number | null =>
  payoutPpm({ report_micro: figures.amount_micro, ledger_micro: figures.amount_micro, net_minor: figures.net_minor });

/** By how much a figure differs from another, in parts per million of the other, nearest; `null` where there is nothing to compare with. */
export function changePpm(now: number, before: number): number | null {
  if (before <= 0) return null;
  return Number((BigInt(now - before) * 2_000_000n + BigInt(before) * (now < before ? -1n : 1n)) / (2n * BigInt(before)));
}

/** A change with its sign: `+12.30%`, `−4.00%`. */
export const writeChange = (ppm: number): string => `${ppm < 0 ? "−" : "+"}${writeRatio(Math.abs(ppm))}`;

/** A share with two decimals, as a ratio is read: `82 361` is `8.24%`. */
export function writeRatio(ppm: number): string {
  const hundredths = Math.round(ppm / 100);
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, "0")}%`;
}
