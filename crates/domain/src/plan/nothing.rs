//! Why did this member earn nothing on this order? One answer per rule, in the order of rules.

use serde::{Deserialize, Serialize};

use crate::exact::Exact;

use super::{
    explain::Reason,
    path::{End, walk},
    rule::{Begin, Kind, Walk},
    scenario::Scenario,
    source::{self, Posting, Source},
    world::World,
};

/// What one rule says about a member and an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The rule of the plan.
    pub rule: String,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: Told,
}

/// Why a member earned nothing by a rule, or that it did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Told {
    /// It did earn, before limits.
    Earned {
        /// So much.
        amount: Exact,
    },
    /// The rule pays by the period and not by orders.
    NotByOrder,
    /// `where` does not accept the order, or no earning that the rule starts from came of it.
    NoSource,
    /// It is the member's own purchase, and the rule begins above the buyer.
    OwnPurchase,
    /// The member does not stand above the start in the rule's tree.
    NotAbove,
    /// All indices that are paid were taken below.
    OutOfReach {
        /// `max`.
        max: u32,
    },
    /// The walk ended at someone below.
    StoppedBelow {
        /// At whom.
        member: String,
    },
    /// The member stood on the way.
    Passed {
        /// And this is why it earned nothing.
        why: Reason,
    },
}

/// Why a question cannot be answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum NoAnswer {
    /// The scenario has no such period.
    #[error("there is no such period")]
    UnknownPeriod,
    /// The period has no such order.
    #[error("there is no order `{order}` in this period")]
    UnknownOrder {
        /// As asked.
        order: String,
    },
    /// The period has no such member.
    #[error("there is no member `{member}` in this period")]
    UnknownMember {
        /// As asked.
        member: String,
    },
}

/// What each rule says about a member and an order of a period (from 0).
///
/// # Errors
/// [`NoAnswer`] where the period, the order or the member is unknown.
pub fn why_nothing(scenario: &Scenario, period: usize, order: &str, member: &str) -> Result<Vec<Answer>, NoAnswer> {
    let facts = scenario.periods.get(period).ok_or(NoAnswer::UnknownPeriod)?;
    let order = facts.orders.iter().position(|known| known.id == order).ok_or_else(|| NoAnswer::UnknownOrder { order: order.to_owned() })?;
    let member = facts.members.iter().position(|known| known.id == member).ok_or_else(|| NoAnswer::UnknownMember { member: member.to_owned() })?;
    let world = World::new(&scenario.plan, &facts.members, &facts.orders);
    Ok(answers(&world, order, member))
}

/// One answer per rule.
pub(super) fn answers(world: &World<'_>, order: usize, member: usize) -> Vec<Answer> {
    let mut earlier: Vec<Vec<Posting>> = Vec::new();
    let mut answers = Vec::new();
    for (place, rule) in world.plan.rules.iter().enumerate() {
        let (outcome, postings) = match &rule.kind {
            Kind::Walk(walk) => (by_walk(world, &rule.id, walk, &earlier, order, member), source::postings(world, place, walk, &earlier)),
            Kind::Pool(_) | Kind::Pair(_) | Kind::Award(_) => (Told::NotByOrder, Vec::new()),
        };
        answers.push(Answer { rule: rule.id.clone(), outcome });
        earlier.push(postings);
    }
    answers
}

fn by_walk(world: &World<'_>, rule: &str, walk_rule: &Walk, earlier: &[Vec<Posting>], order: usize, member: usize) -> Told {
    let sources = source::sources(world, walk_rule, earlier);
    let of_order = sources.iter().filter(|source| source.orders.iter().any(|(place, _)| *place == order));
    let told: Vec<Told> = of_order.map(|source| by_source(world, rule, walk_rule, source, member)).collect();
    let earned = told.iter().filter_map(|told| match told {
        Told::Earned { amount } => Some(amount),
        Told::NotByOrder
        | Told::NoSource
        | Told::OwnPurchase
        | Told::NotAbove
        | Told::OutOfReach { .. }
        | Told::StoppedBelow { .. }
        | Told::Passed { .. } => None,
    });
    let amount: Exact = earned.sum();
    match told.into_iter().next() {
        None => Told::NoSource,
        Some(_) if amount.is_positive() => Told::Earned { amount },
        Some(first) => first,
    }
}

fn by_source(world: &World<'_>, rule: &str, walk_rule: &Walk, source: &Source, member: usize) -> Told {
    let path = &walk_rule.path;
    let (met, end) = walk(world, rule, walk_rule, &source.start);
    if let Some(met) = met.into_iter().find(|met| met.member == member) {
        return match met.result {
            Ok(why) => Told::Earned { amount: why.amount() },
            Err(why) => Told::Passed { why },
        };
    }
    if member == source.start.member && path.begin == Begin::Above {
        return Told::OwnPurchase;
    }
    let mut above = world.above(path.tree, source.start.member);
    while above.is_some_and(|above| above != member) {
        above = above.and_then(|above| world.above(path.tree, above));
    }
    match (above, end) {
        (None, _) | (Some(_), End::Top) => Told::NotAbove,
        (Some(_), End::Max) => Told::OutOfReach { max: path.max.unwrap_or(0) },
        (Some(_), End::Stopped(below)) => Told::StoppedBelow { member: world.members[below].id.clone() },
    }
}
