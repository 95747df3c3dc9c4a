/** What a finished simulation is known by, and the few figures that are only put together from the menu's. */
import type { JsonValue, SimulationSummary } from "../../host";

/** A result in the books' memory: this plan, on this month. */
export interface Run {
  hash: string;
  month: string;
}

/** Is the result of a job a run? */
export function isRun(value: JsonValue): value is { hash: string; month: string } {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    typeof value.hash === "string" &&
    typeof value.month === "string"
  );
}

/** What is left of the goods of known cost after they and all commission are paid, in minor units. */
export const afterCommission = (summary: Pick<SimulationSummary, "costed_net_minor" | "cost_minor" | "after_minor">): number =>
  summary.costed_net_minor - summary.cost_minor - summary.after_minor;

/** Parts per million as a percentage with two decimals, rounded up as bounds are. */
export function twoDecimals(ppm: number): string {
  const hundredths = Math.ceil(ppm / 100);
  return `${Math.trunc(hundredths / 100)}.${String(hundredths % 100).padStart(2, "0")}%`;
}

/** Past months only: the present one is not over. */
export const pastMonths = (months: readonly string[], today: string): string[] => months.filter((month) => month < today.slice(0, 7));
