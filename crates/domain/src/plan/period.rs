//! One period: every rule in order, then the limits, then one statement per member, where money is rounded for the only time.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::exact::Exact;

use super::{
    explain::{Way, Why},
    limits,
    pair::{self, Brought},
    rule::{Kind, Plan},
    share,
    source::{self, Posting},
    world::World,
};

/// What one period hands to the next.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Carried {
    /// By pair rule and member: the legs.
    pub legs: Brought,
    /// By member: what rounding left of its statements so far.
    pub remainders: BTreeMap<String, Exact>,
}

/// A member's period: what it earned, and what of it is money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Statement {
    /// The member.
    pub member: String,
    /// The exact sum of the period's postings.
    pub exact: Exact,
    /// What is paid: the sum and what earlier statements left, floored to the unit.
    pub amount: String,
    /// What is left for the next statement.
    pub carry: Exact,
}

/// Every rule in order, then the limits. The legs of pairs move on.
pub(super) fn evaluate(world: &World<'_>, legs: &mut Brought) -> Vec<Posting> {
    let mut postings = rules(world, legs, |_| None);
    limits::apply(world, &mut postings);
    postings
}

/// Every rule in order, before limits. A rule of which `known` has the postings already is not worked out again.
pub(super) fn rules(world: &World<'_>, legs: &mut Brought, known: impl Fn(usize) -> Option<Vec<Posting>>) -> Vec<Posting> {
    let mut earlier: Vec<Vec<Posting>> = Vec::with_capacity(world.plan.rules.len());
    for (place, rule) in world.plan.rules.iter().enumerate() {
        let postings = known(place).unwrap_or_else(|| match &rule.kind {
            Kind::Walk(walk) => source::postings(world, place, walk, &earlier),
            Kind::Pool(pool) => share::postings(world, place, pool),
            Kind::Pair(pair) => pair::postings(world, place, pair, legs),
            Kind::Award(award) => {
                let paid = (0..world.members.len()).filter(|member| award.amount.is_positive() && world.holds(*member, &award.who));
                paid.map(|member| share::of_period(world, place, member, Way::Award { amount: award.amount.clone() }, None)).collect()
            }
        });
        earlier.push(postings);
    }
    earlier.into_iter().flatten().collect()
}

/// The reversal of a posting by `fraction` of one of its orders: exactly that part, below zero. `None` where the order has no part in it.
pub(super) fn reversal(posting: &Posting, order: usize, fraction: &Exact, name: &str) -> Option<Posting> {
    let (_, part) = posting.orders.iter().find(|(place, _)| *place == order)?;
    let source = format!("{name}/{}", posting.source);
    let why = Why { source: source.clone(), reversed: Some(part * fraction), ..posting.why.clone() };
    let amount = why.amount();
    (!amount.is_zero()).then(|| Posting { source, amount, why, ..posting.clone() })
}

/// Rounds once: per member, the period's sum and the remainder of earlier statements, floored to the unit. By member's id; rows of nothing are left
/// out, and their remainder waits on.
pub(super) fn statements<'a>(
    plan: &Plan,
    postings: impl Iterator<Item = (&'a str, &'a Exact)>,
    remainders: &mut BTreeMap<String, Exact>,
) -> Vec<(Statement, Exact)> {
    let mut sums: BTreeMap<&str, Exact> = BTreeMap::new();
    for (member, amount) in postings {
        *sums.entry(member).or_default() += amount;
    }
    let places = plan.unit.places().unwrap_or(0);
    let mut statements = Vec::new();
    for (member, exact) in sums {
        let brought = remainders.remove(member).unwrap_or_default();
        let due = &exact + &brought;
        let amount = due.floor_to(&plan.unit);
        let carry = &due - &amount;
        if !carry.is_zero() {
            remainders.insert(member.to_owned(), carry.clone());
        }
        if !exact.is_zero() || !amount.is_zero() {
            let row = Statement { member: member.to_owned(), exact, amount: amount.with_places(places), carry };
            statements.push((row, amount));
        }
    }
    statements
}
