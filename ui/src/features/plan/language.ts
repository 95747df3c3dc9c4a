/** The plan as the books write it: every setting spelled out, every figure as text. What is edited is this and nothing else, so nothing of a plan is lost. */
export type Scalar = string | number | boolean | null;

export type Condition =
  | "always"
  | "never"
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | { active: boolean }
  | { rank_gte: string }
  | { rank_is: string }
  | { measure: string; gte?: string; lt?: string }
  | { attr: string; eq?: Scalar }
  | { member: string };

export interface Rank {
  id: string;
  when?: Condition;
}

export type OrderFilter =
  | { tag: string }
  | { no_tag: string }
  | { order_attr: string; gte?: string; lte?: string }
  | { all: OrderFilter[] };

export interface OrderSource {
  event: "order";
  base: string;
  factor: string;
  aggregate: "none" | "buyer";
  where?: OrderFilter;
}
export interface EarningSource {
  event: "earning";
  rules: string[];
  factor: string;
}
export type Source = OrderSource | EarningSource;

export interface Path {
  tree: "sponsor" | "placement";
  self: boolean | "level0";
  hold: Condition;
  pay: Condition;
  index: "depth" | "same_rank";
  mark_unpaid: boolean;
  max?: number;
  stop_at?: Condition;
}

/** One rate or amount for every depth, or one by depth. */
export type Row = string | string[];
/** By rank; `*` for all others. */
export type Table = Record<string, Row>;

export interface Band {
  measure: string;
  steps: [from: string, rate: string][];
}

export interface Rates {
  table?: Table;
  band?: Band;
  attr?: string;
  max_attr?: string;
  fixed?: Table;
}

export interface Equal {
  rate: string;
  of: "order" | "income";
  peers_per_rank: number;
  who: Condition;
}

export interface WalkRate extends Rates {
  mode: "absolute" | "difference";
  seed?: "source_rate";
  min?: string;
  equal?: Equal;
  cap_amount?: string[];
  pay_from?: number;
}

export type Accrue = "paid" | "period";

export interface WalkRule {
  id: string;
  kind: "walk";
  accrue?: Accrue;
  source: Source;
  path: Path;
  rate: WalkRate;
}

export type Weight = string | { measure: string } | { attr: string } | { rank: Record<string, string> };

export interface PoolRule {
  id: string;
  kind: "pool";
  accrue?: Accrue;
  fund: { rate: string; of: string } | { amount: string };
  share: { who: Condition; weight: Weight };
}

export interface PairRule {
  id: string;
  kind: "pair";
  accrue?: Accrue;
  measure: string;
  rate: Rates;
  pay: Condition;
  carry: "net_off" | "carry" | "flush";
  cap_per_person?: string;
  carry_cap?: string;
}

export interface AwardRule {
  id: string;
  kind: "award";
  accrue?: Accrue;
  who: Condition;
  amount: string;
}

export type Rule = WalkRule | PoolRule | PairRule | AwardRule;
export type Kind = Rule["kind"];

export type Limit = { scope: "person_period"; max: string } | { scope: "company"; rate: string; of: string };

export interface Plan {
  id: string;
  version: number;
  currency: string;
  rounding: { unit: string };
  ranks: Rank[];
  rules: Rule[];
  limits: Limit[];
}

/** The plan of a text that the books wrote. */
export const readPlan = (text: string): Plan => JSON.parse(text) as Plan;

/** The text that the books read. */
export const writePlan = (plan: Plan): string => JSON.stringify(plan);
