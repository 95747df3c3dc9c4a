//! Why: every posting carries what it was worked out from, and the amount follows from it alone.

use serde::{Deserialize, Serialize};

use crate::exact::Exact;

/// The explanation of one posting. [`Why::amount`] recomputes the amount from it, exactly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// The rule of the plan.
    pub rule: String,
    /// The order, buyer, or earning that the rule started from; `period` for pools, pairs and awards.
    pub source: String,
    /// The holder's index.
    pub index: u32,
    /// How the amount was reckoned.
    #[serde(flatten)]
    pub way: Way,
    /// Who stood below, since the last earner, without earning; nearest the start first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passed: Vec<Passed>,
    /// The amount was cut to this by the rule's own cap.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<Exact>,
    /// Limits that cut it, in the order in which they were applied.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<Share>,
    /// The part of the amount that a refund reversed; the posting is that much below zero.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reversed: Option<Exact>,
}

/// How an amount was reckoned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "way", rename_all = "snake_case")]
pub enum Way {
    /// rate × base × factor.
    Rate {
        /// The holder's rate.
        rate: Exact,
        /// The amount of the source.
        base: Exact,
        /// The rule's factor.
        factor: Exact,
    },
    /// (rate − mark) × base × factor.
    Difference {
        /// The holder's rate.
        rate: Exact,
        /// The highest rate below.
        mark: Exact,
        /// The amount of the source.
        base: Exact,
        /// The rule's factor.
        factor: Exact,
    },
    /// min × base × factor: the holder's margin was below the least.
    Minimum {
        /// The least margin.
        min: Exact,
        /// The holder's rate.
        rate: Exact,
        /// The highest rate below.
        mark: Exact,
        /// The amount of the source.
        base: Exact,
        /// The rule's factor.
        factor: Exact,
    },
    /// equal rate × base × factor.
    EqualOfOrder {
        /// The rate for peers.
        rate: Exact,
        /// The rate that both ranks have, or the mark.
        mark: Exact,
        /// The amount of the source.
        base: Exact,
        /// The rule's factor.
        factor: Exact,
    },
    /// equal rate × what the last holder who raised the mark earned.
    EqualOfIncome {
        /// The rate for peers.
        rate: Exact,
        /// The mark.
        mark: Exact,
        /// That holder's earning.
        income: Exact,
    },
    /// amount per unit × quantity × factor.
    Fixed {
        /// Per unit.
        per_unit: Exact,
        /// Units.
        qty: Exact,
        /// The rule's factor.
        factor: Exact,
    },
    /// A share of a fund.
    Pool {
        /// The share, by weight.
        share: Share,
    },
    /// rate × the matched volume.
    Pair {
        /// The member's rate.
        rate: Exact,
        /// What both legs had.
        matched: Exact,
    },
    /// A fixed amount.
    Award {
        /// The amount.
        amount: Exact,
    },
}

/// A share of a whole by largest remainder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Of what: `pool`, or the limit's scope.
    pub of: String,
    /// What is shared; a multiple of the unit.
    pub total: Exact,
    /// This one's weight.
    pub weight: Exact,
    /// All weights together.
    pub weights: Exact,
    /// The unit.
    pub unit: Exact,
    /// One unit more, because its remainder was among the largest.
    pub extra: bool,
}

/// Someone below who took no part in what a posting pays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passed {
    /// The member.
    pub member: String,
    /// The index it held; absent where it took none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index: Option<u32>,
    /// Why it earned nothing.
    #[serde(flatten)]
    pub reason: Reason,
}

/// Why a member who stood on the way earned nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Reason {
    /// `hold` does not hold: compressed, it took no index.
    NotHolding,
    /// `pay` does not hold: it keeps its index and the company the amount.
    NotPaid,
    /// Before the first index that is paid.
    BeforeFirst {
        /// `pay_from`.
        pay_from: u32,
    },
    /// Past the last index that is paid.
    PastMax {
        /// `max`.
        max: u32,
    },
    /// Its rate is nothing at this index.
    NoRate,
    /// Its rate is not above the mark.
    NotAboveMark {
        /// Its rate.
        rate: Exact,
        /// The mark.
        mark: Exact,
    },
    /// The source is worth nothing.
    NothingToPay,
}

impl Why {
    /// The amount, recomputed from the explanation alone.
    pub fn amount(&self) -> Exact {
        let mut amount = self.way.amount();
        if let Some(cap) = &self.cap {
            amount = amount.min(cap.clone());
        }
        if let Some(last) = self.limits.last() {
            amount = last.amount();
        }
        match &self.reversed {
            None => amount,
            Some(part) => -&(&amount * part),
        }
    }
}

impl Way {
    /// The amount before caps and limits.
    pub fn amount(&self) -> Exact {
        match self {
            Way::Rate { rate, base, factor } => &(rate * base) * factor,
            Way::Difference { rate, mark, base, factor } => &(&(rate - mark) * base) * factor,
            Way::Minimum { min, base, factor, .. } => &(min * base) * factor,
            Way::EqualOfOrder { rate, base, factor, .. } => &(rate * base) * factor,
            Way::EqualOfIncome { rate, income, .. } => rate * income,
            Way::Fixed { per_unit, qty, factor } => &(per_unit * qty) * factor,
            Way::Pool { share } => share.amount(),
            Way::Pair { rate, matched } => rate * matched,
            Way::Award { amount } => amount.clone(),
        }
    }
}

impl Share {
    /// total × weight ÷ weights, floored to the unit, with the extra unit.
    pub fn amount(&self) -> Exact {
        let floored = (&self.total * &self.weight).over(&self.weights).unwrap_or(Exact::ZERO).floor_to(&self.unit);
        if self.extra { &floored + &self.unit } else { floored }
    }
}
