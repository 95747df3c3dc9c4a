import type { GraphMonths } from "../../host";

/** The months behind a choice: everything, a year, or one month. */
export function monthsOf(choice: string): GraphMonths {
  if (/^\d{4}$/.test(choice)) return { from: `${choice}-01`, to: `${choice}-12` };
  if (/^\d{4}-\d{2}$/.test(choice)) return { from: choice, to: choice };
  return { from: null, to: null };
}

/** Years that the months lie in, the newest first. */
export const yearsOf = (months: readonly string[]): string[] => [...new Set(months.map((month) => month.slice(0, 4)))].sort().reverse();
