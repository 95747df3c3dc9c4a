//! The bound: how much of revenue a plan can ever pay, proved from the plan and the catalogue alone.
//!
//! Decisions where the specification leaves room:
//! - The source's factor multiplies β. β of a base other than `net` is the highest base/net of the catalogue; where no product shows it, or a product
//!   gives volume without costing anything, there is no bound.
//! - A row of rates that ends bounds a walk without `max`; a rate for every index does not.
//! - With `index: same_rank` an index can be held once by each rank and once by those without one, so their rates add up.
//! - A pool of a fixed amount has no bound; nor has a pair, whatever its cap, nor an award.
//! - A company limit bounds a plan by its rate × β of its amount.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::exact::Exact;

use super::rule::{Begin, Counting, EqualOf, Event, Fund, Kind, Limit, Mode, Plan, RateBy, Walk};

/// What can be bought: per product, the amounts that one unit brings into an order (`net`, `pv` …), after the deepest discount that the shop gives.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Catalogue {
    /// The products; may be empty where every rule is based on `net`.
    pub products: Vec<BTreeMap<String, Exact>>,
}

/// How much of the money received a plan can pay, at most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanBound {
    /// At most this share of net revenue, as a decimal; absent where nothing bounds the plan.
    pub most: Option<Exact>,
    /// The sum over the rules; absent where a rule has none.
    pub sum: Option<Exact>,
    /// The lowest company limit, as a share of net revenue.
    pub limit: Option<Exact>,
    /// Rule by rule.
    pub rules: Vec<RuleBound>,
}

/// The bound of one rule, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleBound {
    /// The rule.
    pub rule: String,
    /// At most this share of net revenue; absent where nothing bounds the rule.
    pub most: Option<Exact>,
    /// What it follows from.
    pub why: BoundWhy,
}

/// What a rule's bound follows from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum BoundWhy {
    /// β × factor × the sum over the indices of the highest rate.
    Rates {
        /// Highest base/net of the catalogue, or the bound of the rules whose earnings it starts from.
        beta: Exact,
        /// The rule's factor.
        factor: Exact,
        /// By index, from the first paid.
        highest: Vec<Exact>,
    },
    /// β × factor × (the highest rate + peers + minimum).
    Telescopes {
        /// As above.
        beta: Exact,
        /// The rule's factor.
        factor: Exact,
        /// The highest rate.
        highest: Exact,
        /// What all peers together can add.
        peers: Exact,
        /// What minimum margins can add.
        minimum: Exact,
    },
    /// factor × the sum of the highest amounts ÷ the lowest net price of a unit.
    PerUnit {
        /// The rule's factor.
        factor: Exact,
        /// By index.
        highest: Vec<Exact>,
        /// The lowest net price.
        lowest_net: Exact,
    },
    /// β × the pool's rate.
    Pool {
        /// Highest of/net.
        beta: Exact,
        /// The rate.
        rate: Exact,
    },
    /// No end to the levels that are paid.
    UnlimitedDepth,
    /// The catalogue does not show how this amount relates to money, or shows it on goods that cost nothing.
    NoRatio {
        /// The amount.
        of: String,
    },
    /// The catalogue names no price above zero to set an amount per unit against.
    NoUnitPrice,
    /// A rule whose earnings this one starts from has no bound.
    SourceUnbounded {
        /// That rule.
        rule: String,
    },
    /// A sum that does not depend on revenue.
    FixedSum,
    /// Pairs have no bound.
    Pair,
}

impl Catalogue {
    /// The highest amount per unit of net money; 1 for `net` itself.
    pub fn beta(&self, of: &str) -> Option<Exact> {
        if of == "net" {
            return Some(Exact::ONE);
        }
        let mut highest: Option<Exact> = None;
        for product in &self.products {
            let (net, amount) = (product.get("net").cloned().unwrap_or_default(), product.get(of).cloned().unwrap_or_default());
            match amount.over(&net) {
                Some(ratio) => highest = highest.max(Some(ratio)),
                None if amount.is_zero() => {}
                None => return None,
            }
        }
        highest
    }

    /// The lowest net price of a unit; none where there is no product or one costs nothing.
    pub fn lowest_net(&self) -> Option<Exact> {
        self.products.iter().map(|product| product.get("net").cloned().unwrap_or_default()).min().filter(Exact::is_positive)
    }
}

/// The bound of every rule and of the plan.
pub fn bound(plan: &Plan, catalogue: &Catalogue) -> PlanBound {
    let mut rules: Vec<RuleBound> = Vec::new();
    for rule in &plan.rules {
        let (most, why) = match &rule.kind {
            Kind::Walk(walk) => walk_bound(plan, walk, catalogue, &rules),
            Kind::Pool(pool) => match &pool.fund {
                Fund::Amount(_) => (None, BoundWhy::FixedSum),
                Fund::Rate { rate, of } => match catalogue.beta(of) {
                    Some(beta) => (Some(&beta * rate), BoundWhy::Pool { beta, rate: rate.clone() }),
                    None => (None, BoundWhy::NoRatio { of: of.clone() }),
                },
            },
            Kind::Pair(_) => (None, BoundWhy::Pair),
            Kind::Award(_) => (None, BoundWhy::FixedSum),
        };
        rules.push(RuleBound { rule: rule.id.clone(), most, why });
    }
    let sum = rules.iter().try_fold(Exact::ZERO, |sum, rule| rule.most.as_ref().map(|most| &sum + most));
    let limits = plan.limits.iter().filter_map(|limit| match limit {
        Limit::Company { rate, of } => catalogue.beta(of).map(|beta| &beta * rate),
        Limit::PersonPeriod { .. } => None,
    });
    let limit = limits.min();
    let most = [sum.clone(), limit.clone()].into_iter().flatten().min();
    PlanBound { most, sum, limit, rules }
}

fn walk_bound(plan: &Plan, walk: &Walk, catalogue: &Catalogue, earlier: &[RuleBound]) -> (Option<Exact>, BoundWhy) {
    let factor = walk.source.factor.clone();
    if let RateBy::Fixed(_) = walk.rate.by {
        let Some(highest) = highest_by_index(plan, walk) else { return (None, BoundWhy::UnlimitedDepth) };
        let Some(lowest_net) = catalogue.lowest_net() else { return (None, BoundWhy::NoUnitPrice) };
        let most = (&factor * &highest.iter().sum()).over(&lowest_net);
        return (most, BoundWhy::PerUnit { factor, highest, lowest_net });
    }
    let beta = match &walk.source.event {
        Event::Order { base, .. } => match catalogue.beta(base) {
            Some(beta) => beta,
            None => return (None, BoundWhy::NoRatio { of: base.clone() }),
        },
        Event::Earning { rules } => {
            let sources: Vec<&RuleBound> = rules.iter().filter_map(|place| earlier.get(*place)).collect();
            if let Some(unbounded) = sources.iter().find(|source| source.most.is_none()) {
                return (None, BoundWhy::SourceUnbounded { rule: unbounded.rule.clone() });
            }
            sources.iter().filter_map(|source| source.most.as_ref()).sum()
        }
    };
    match &walk.rate.mode {
        Mode::Absolute => match highest_by_index(plan, walk) {
            None => (None, BoundWhy::UnlimitedDepth),
            Some(highest) => (Some(&(&beta * &factor) * &highest.iter().sum()), BoundWhy::Rates { beta, factor, highest }),
        },
        Mode::Difference { min, equal, .. } => {
            let highest = highest_rate(walk);
            let least = min.clone().unwrap_or_default();
            let peers = equal.as_ref().map_or(Exact::ZERO, |equal| {
                let count = Exact::from(plan.ranks.len() as i64) * Exact::from(i64::from(equal.peers_per_rank));
                let of = match equal.of {
                    EqualOf::Order => Exact::ONE,
                    EqualOf::Income => highest.clone().max(least.clone()),
                };
                &(&count * &equal.rate) * &of
            });
            let minimum = match (least.is_zero(), walk.path.max) {
                (true, _) => Exact::ZERO,
                (false, None) => return (None, BoundWhy::UnlimitedDepth),
                (false, Some(max)) => least * Exact::from(i64::from(max)) * Exact::from(holders_per_index(plan, walk)),
            };
            let coefficient = &(&highest + &peers) + &minimum;
            (Some(&(&beta * &factor) * &coefficient), BoundWhy::Telescopes { beta, factor, highest, peers, minimum })
        }
    }
}

/// How many holders of one walk can have the same index.
fn holders_per_index(plan: &Plan, walk: &Walk) -> i64 {
    match walk.path.counting {
        Counting::Depth => 1,
        Counting::SameRank => plan.ranks.len() as i64 + 1,
    }
}

/// Where in the list a rank stands, or none.
pub(super) fn every_rank(plan: &Plan) -> impl Iterator<Item = Option<usize>> + use<> {
    std::iter::once(None).chain((0..plan.ranks.len()).map(Some))
}

/// The most that all holders of an index can have together, index by index from the first paid; `None` where there is no last.
pub(super) fn highest_by_index(plan: &Plan, walk: &Walk) -> Option<Vec<Exact>> {
    let first = if walk.path.begin == Begin::LevelZero { walk.rate.pay_from } else { walk.rate.pay_from.max(1) };
    let last = walk.path.max.or_else(|| last_index(walk))?;
    let at = |index: u32| match &walk.rate.by {
        RateBy::Table(table) | RateBy::Fixed(table) => {
            let rates = every_rank(plan).map(|rank| table.at(rank, index));
            match walk.path.counting {
                Counting::SameRank if index > 0 => rates.sum(),
                Counting::SameRank | Counting::Depth => rates.max().unwrap_or_default(),
            }
        }
        RateBy::Band { .. } | RateBy::Attr { .. } => highest_rate(walk) * Exact::from(holders_per_index(plan, walk)),
    };
    Some((first..=last).map(at).collect())
}

/// The last index at which anything is paid, where rows end.
fn last_index(walk: &Walk) -> Option<u32> {
    use super::rule::Row;
    match &walk.rate.by {
        RateBy::Table(table) | RateBy::Fixed(table) => table.rows.iter().flatten().chain(&table.any).try_fold(0, |last, row| match row {
            Row::List(cells) => Some(last.max(cells.len() as u32)),
            Row::Every(value) if value.is_zero() => Some(last),
            Row::Every(_) => None,
        }),
        RateBy::Band { .. } | RateBy::Attr { .. } => highest_rate(walk).is_zero().then_some(0),
    }
}

/// The highest rate that the walk's rule can give anyone.
pub(super) fn highest_rate(walk: &Walk) -> Exact {
    use super::rule::Row;
    match &walk.rate.by {
        RateBy::Table(table) | RateBy::Fixed(table) => {
            let cells = table.rows.iter().flatten().chain(&table.any).flat_map(|row| match row {
                Row::List(cells) => cells.iter(),
                Row::Every(value) => std::slice::from_ref(value).iter(),
            });
            cells.max().cloned().unwrap_or_default()
        }
        RateBy::Band { steps, .. } => steps.iter().map(|(_, rate)| rate.clone()).max().unwrap_or_default(),
        RateBy::Attr { max, .. } => max.clone().unwrap_or(Exact::ONE),
    }
}
