/** Versions of the plan: which day a new one may begin, and where the editor begins. */
import type { PlanVersion } from "../../host";

/** The version in force, else the newest one. */
export const baseOf = (versions: readonly PlanVersion[]): PlanVersion | undefined => versions.find((one) => one.in_force) ?? versions[0];

/** The earliest day on which a new version can take effect: not before today, nor before the newest version. Any day for the first. */
export function earliestDay(versions: readonly PlanVersion[], today: string): string | null {
  if (versions.length === 0) return null;
  return [today, ...versions.map((one) => one.row.effective_from)].sort().at(-1) ?? today;
}
