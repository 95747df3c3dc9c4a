/** The terms of binding as they are typed. */
import type { BindingTerms } from "../../host";

export interface BindingForm {
  until: BindingTerms["until"];
  takeover: BindingTerms["takeover"]["takeover"];
  takeover_days: number | null;
  valid_days: number | null;
}

/** Days that a term may have at most. */
const MOST_DAYS = 3660;

export const bindingFormOf = ({ until, takeover, valid_days }: BindingTerms): BindingForm => ({
  until,
  takeover: takeover.takeover,
  takeover_days: takeover.takeover === "after" ? takeover.days : 90,
  valid_days,
});

/** True where the terms can be meant. */
export const bindingHolds = ({ takeover_days, valid_days }: BindingForm): boolean =>
  [takeover_days, valid_days].every((days) => days !== null && days >= 0 && days <= MOST_DAYS);

export const bindingOf = ({ until, takeover, takeover_days, valid_days }: BindingForm): BindingTerms => ({
  until,
  takeover: takeover === "after" ? { takeover, days: takeover_days ?? 0 } : { takeover },
  valid_days: valid_days ?? 0,
});
