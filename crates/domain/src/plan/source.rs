//! What walks start from: orders, a buyer's orders of the period together, or earlier earnings; and the postings they lead to.
//!
//! Decisions: a source of a buyer's orders is called `buyer:` and the buyer; an earning's source is called by the earning's rule, source, member and
//! index, joined by `/` (a `/` or `\` inside an id is written with a `\` before it, so that no two earnings share a name). Units of a buyer's
//! orders add up.

use std::collections::BTreeMap;

use crate::exact::Exact;

use super::{
    explain::Why,
    path::{Start, walk},
    rule::{Event, OrderFilter, Scalar, Walk},
    world::{Order, World},
};

/// One posting of commission, exact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Posting {
    /// The rule's place in the plan.
    pub rule: usize,
    /// What the rule started from.
    pub source: String,
    /// The earner's place.
    pub member: usize,
    pub index: u32,
    pub amount: Exact,
    pub why: Why,
    /// The orders it came from, each with its part of the whole; empty for pools, pairs and awards.
    pub orders: Vec<(usize, Exact)>,
}

/// A start and the orders behind it.
pub(super) struct Source {
    pub start: Start,
    pub orders: Vec<(usize, Exact)>,
}

/// The sources of a walk. `earlier` are the postings of the rules before, by rule.
pub(super) fn sources(world: &World<'_>, walk: &Walk, earlier: &[Vec<Posting>]) -> Vec<Source> {
    match &walk.source.event {
        Event::Order { base, filter, per_buyer } => {
            let accepted = world.orders.iter().enumerate().filter(|(_, order)| filter.as_ref().is_none_or(|filter| filter.accepts(order)));
            if *per_buyer {
                return buyers(world, accepted, base);
            }
            accepted
                .map(|(place, order)| Source {
                    start: Start { label: order.id.clone(), member: world.buyers[place], base: order.amount(base).clone(), qty: order.qty.clone() },
                    orders: vec![(place, Exact::ONE)],
                })
                .collect()
        }
        Event::Earning { rules } => {
            // As they were posted: rule after rule of the plan, whatever the order in which they are named.
            let named = earlier.iter().enumerate().filter(|(rule, _)| rules.contains(rule)).flat_map(|(_, postings)| postings);
            named
                .map(|posting| Source {
                    start: Start { label: earning_label(world, posting), member: posting.member, base: posting.amount.clone(), qty: Exact::ONE },
                    orders: posting.orders.clone(),
                })
                .collect()
        }
    }
}

fn buyers<'a>(world: &World<'_>, accepted: impl Iterator<Item = (usize, &'a Order)>, base: &str) -> Vec<Source> {
    let mut by_buyer: BTreeMap<usize, Vec<(usize, &Order)>> = BTreeMap::new();
    for (place, order) in accepted {
        by_buyer.entry(world.buyers[place]).or_default().push((place, order));
    }
    let sum = |orders: &[(usize, &Order)]| orders.iter().map(|(_, order)| order.amount(base)).sum::<Exact>();
    by_buyer
        .into_iter()
        .map(|(buyer, orders)| {
            let total = sum(&orders);
            let part = |order: &Order| order.amount(base).over(&total).unwrap_or(Exact::ZERO);
            Source {
                orders: orders.iter().map(|(place, order)| (*place, part(order))).collect(),
                start: Start {
                    label: format!("buyer:{}", world.members[buyer].id),
                    member: buyer,
                    base: total,
                    qty: orders.iter().map(|(_, order)| &order.qty).sum(),
                },
            }
        })
        .collect()
}

/// The name of an earning as a source.
fn earning_label(world: &World<'_>, posting: &Posting) -> String {
    let plain = |id: &str| id.replace('\\', "\\\\").replace('/', "\\/");
    let rule = &world.plan.rules[posting.rule].id;
    format!("{}/{}/{}/{}", plain(rule), plain(&posting.source), plain(&world.members[posting.member].id), posting.index)
}

/// Walks from every source of the rule at this place.
pub(super) fn postings(world: &World<'_>, rule: usize, walk_rule: &Walk, earlier: &[Vec<Posting>]) -> Vec<Posting> {
    let mut postings = Vec::new();
    for source in sources(world, walk_rule, earlier) {
        let (met, _) = walk(world, &world.plan.rules[rule].id, walk_rule, &source.start);
        for holder in met {
            if let Ok(why) = holder.result {
                postings.push(Posting {
                    rule,
                    source: source.start.label.clone(),
                    member: holder.member,
                    index: why.index,
                    amount: why.amount(),
                    why,
                    orders: source.orders.clone(),
                });
            }
        }
    }
    postings
}

impl OrderFilter {
    fn accepts(&self, order: &Order) -> bool {
        match self {
            OrderFilter::Tag(tag) => order.tags.contains(tag),
            OrderFilter::NoTag(tag) => !order.tags.contains(tag),
            OrderFilter::Attr { field, gte, lte } => order
                .attrs
                .get(field)
                .and_then(Scalar::number)
                .is_some_and(|value| gte.as_ref().is_none_or(|bound| value >= *bound) && lte.as_ref().is_none_or(|bound| value <= *bound)),
            OrderFilter::All(parts) => parts.iter().all(|part| part.accepts(order)),
        }
    }
}
