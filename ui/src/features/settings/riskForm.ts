/** The rules of a month's review as they are typed. */
import type { RiskTerms } from "../../host";

export type RiskForm = { [Rule in keyof RiskTerms]: RiskTerms[Rule] extends number ? number | null : RiskTerms[Rule] };

/** What stands in the way of saving them. */
export function riskProblem(risk: RiskForm): "share" | "number" | null {
  const below = (figure: number | null) => figure === null || figure < 0;
  const share = (ppm: number | null) => below(ppm) || (ppm ?? 0) > 1_000_000;
  if ([risk.own_ppm, risk.returned_ppm, risk.rushed_ppm, risk.ring_ppm].some(share)) return "share";
  if ([risk.least_minor, risk.rushed_days, risk.jump_ppm, risk.bought_ppm, risk.sign_in_days].some(below)) return "number";
  return null;
}

/** What the books are asked. */
export const riskOf = (risk: RiskForm): RiskTerms => ({
  ...risk,
  least_minor: risk.least_minor ?? 0,
  own_ppm: risk.own_ppm ?? 0,
  returned_ppm: risk.returned_ppm ?? 0,
  rushed_days: risk.rushed_days ?? 0,
  rushed_ppm: risk.rushed_ppm ?? 0,
  jump_ppm: risk.jump_ppm ?? 0,
  bought_ppm: risk.bought_ppm ?? 0,
  ring_ppm: risk.ring_ppm ?? 0,
  sign_in_days: risk.sign_in_days ?? 0,
});
