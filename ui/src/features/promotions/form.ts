/** A promotion as a form: what is typed, and what the books are asked. No rule of the shop lives here. */
import type { Off, PromotionDraft, PromotionRow, PromotionTerms } from "../../host";

export interface StepRow {
  over: number | null;
  off: OffForm;
}

export interface OffForm {
  by: "amount" | "percent";
  amount: number | null;
  ppm: number | null;
}

export interface PromotionForm {
  name: string;
  kind: "spend" | "coupon";
  steps: StepRow[];
  every: boolean;
  code: string;
  off: OffForm;
  over: number | null;
  limit: number | null;
  per_member: number | null;
  category: string;
  max: number | null;
  first: string | null;
  last: string | null;
}

export const noOff: OffForm = { by: "amount", amount: null, ppm: null };

const offForm = (off: Off): OffForm =>
  "amount_minor" in off ? { by: "amount", amount: off.amount_minor, ppm: null } : { by: "percent", amount: null, ppm: off.percent_ppm };

const offOf = (form: OffForm): Off => (form.by === "amount" ? { amount_minor: form.amount ?? 0 } : { percent_ppm: form.ppm ?? 0 });

export function formOf(terms: PromotionTerms | null, kind: PromotionForm["kind"] = "spend"): PromotionForm {
  const blank: PromotionForm = {
    name: "",
    kind,
    steps: [{ over: null, off: noOff }],
    every: false,
    code: "",
    off: noOff,
    over: null,
    limit: null,
    per_member: null,
    category: "",
    max: null,
    first: null,
    last: null,
  };
  if (!terms) return blank;
  const common = {
    ...blank,
    name: terms.name,
    category: terms.on.category ?? "",
    max: terms.max_minor,
    first: terms.first,
    last: terms.last,
  };
  if ("spend" in terms.kind) {
    const { steps, every } = terms.kind.spend;
    return { ...common, kind: "spend", every, steps: steps.map((step) => ({ over: step.over_minor, off: offForm(step.off) })) };
  }
  const { code, off, over_minor, limit, per_member } = terms.kind.coupon;
  return { ...common, kind: "coupon", code, off: offForm(off), over: over_minor, limit, per_member };
}

/** What the books are asked; what the form does not show stays as it is. */
export function draftOf(form: PromotionForm, row: PromotionRow | null): PromotionDraft {
  const spend = { steps: form.steps.map((step) => ({ over_minor: step.over ?? 0, off: offOf(step.off) })), every: form.every };
  const { limit, per_member } = form;
  const coupon = { code: form.code, off: offOf(form.off), over_minor: form.over ?? 0, limit, per_member };
  return {
    promotion: row?.promotion ?? null,
    terms: {
      name: form.name,
      kind: form.kind === "spend" ? { spend } : { coupon },
      on: { category: form.category.trim() || null, products: row?.terms.on.products ?? [] },
      max_minor: form.max,
      first: form.first,
      last: form.last,
      stopped: false,
    },
  };
}

export const differs = (form: PromotionForm, terms: PromotionTerms | null): boolean =>
  JSON.stringify(form) !== JSON.stringify(formOf(terms, form.kind));

export type State = "ended" | "waiting" | "running" | "over";

/** Where a promotion stands on the shop's day. */
export function stateOf({ stopped, first, last }: PromotionTerms, today: string): State {
  if (stopped) return "ended";
  if (first !== null && today < first) return "waiting";
  return last !== null && last < today ? "over" : "running";
}
