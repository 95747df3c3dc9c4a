import { useLingui } from "@lingui/react/macro";
import { useCurrency, writeFixed, writePercent } from "../../design";
import type { Off, PromotionTerms } from "../../host";

/** A promotion's terms in one line. */
export function useTermsInWords(): (terms: PromotionTerms) => string {
  const { t } = useLingui();
  const { digits } = useCurrency();
  const money = (minor: number) => writeFixed(minor, digits);
  const offIn = (off: Off) => ("amount_minor" in off ? money(off.amount_minor) : writePercent(off.percent_ppm));
  return (terms) => {
    const parts: string[] = [];
    if ("spend" in terms.kind) {
      const { steps, every } = terms.kind.spend;
      for (const step of steps) {
        const [over, off] = [money(step.over_minor), offIn(step.off)];
        parts.push(every ? t`each ${over}: ${off} off` : t`from ${over}: ${off} off`);
      }
    } else {
      const { code, off: given, over_minor, limit, per_member } = terms.kind.coupon;
      const off = offIn(given);
      parts.push(t`${code}: ${off} off`);
      if (over_minor > 0) {
        const over = money(over_minor);
        parts.push(t`from ${over} on`);
      }
      if (limit !== null) parts.push(t`${limit} uses in all`);
      if (per_member !== null) parts.push(t`${per_member} per member`);
    }
    const { category } = terms.on;
    if (category !== null) parts.push(t`only ${category}`);
    if (terms.max_minor !== null) {
      const max = money(terms.max_minor);
      parts.push(t`at most ${max}`);
    }
    return parts.join(" · ");
  };
}
