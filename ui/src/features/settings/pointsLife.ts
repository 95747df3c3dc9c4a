/** How long points last and what is given without a purchase, as it is typed. */
import type { PointsTerms } from "../../host";

/** `1 2 5`: what each day in a row brings. `null` where it is none. */
export function readDays(text: string): number[] | null {
  const words = text.split(/[\s,，、;；]+/).filter(Boolean);
  return words.length <= 31 && words.every((word) => /^\d{1,7}$/.test(word)) ? words.map(Number) : null;
}

/** What the terms look like in the form. */
export function lifeOf(terms: PointsTerms) {
  const { expiry } = terms;
  return {
    expiry: expiry.by,
    expiry_months: expiry.by === "months" ? expiry.months : 12,
    expiry_years: expiry.by === "year_end" ? expiry.years : 1,
    announce_days: terms.announce_days,
    sign_in: terms.sign_in.join(" "),
    birthday_points: terms.birthday,
    referral_points: terms.referral,
    review_points: terms.review,
    share_points: terms.share,
  };
}
