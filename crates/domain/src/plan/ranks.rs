//! Ranks by the period: who reached which, on what grounds, and what that makes of the rank held before.
//!
//! Decisions: a rank given by hand wins over the computed one until it is taken away, as the language says of a rank given as a field. A rank that the
//! plan does not list counts as none. Protection counts whole periods after the last one in which the rank was reached.

use serde::{Deserialize, Serialize};

use crate::exact::Exact;

use super::{
    rule::{Plan, Predicate},
    world::World,
    write,
};

/// What becomes of a rank that was not reached again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct RankPolicy {
    /// Ranks may fall; otherwise a rank once reached stays.
    pub demotion: bool,
    /// So many periods after the last in which it was reached, a rank does not fall.
    pub protection: u32,
}

impl Default for RankPolicy {
    /// As the language computes ranks: each period anew.
    fn default() -> Self {
        Self { demotion: true, protection: 0 }
    }
}

/// The rank that an earlier close gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldRank {
    /// Which.
    pub rank: String,
    /// The last period in which it was reached.
    pub period: i64,
}

/// How a rank came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum RankHow {
    /// Given by hand.
    ByHand,
    /// Its condition holds.
    Reached,
    /// Not reached again, and protected still.
    Protected,
    /// Not reached again, and ranks do not fall here.
    Kept,
    /// Not reached again.
    Fell,
}

/// One condition of a rank with the member's own figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Ground {
    /// `own.net`, `group.net`, `active`, `rank`, `attr.F`, `member`.
    pub of: String,
    /// The member's figure or word.
    pub value: String,
    /// At least this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gte: Option<String>,
    /// Below this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lt: Option<String>,
    /// Does it hold?
    pub holds: bool,
}

/// A member's rank after a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranked {
    /// Its place in the plan's list; absent for none.
    pub rank: Option<usize>,
    /// The highest whose condition holds.
    pub reached: Option<usize>,
    /// How it came about.
    pub how: RankHow,
    /// The period in which the rank was last reached.
    pub since: i64,
    /// What the reached rank rests on.
    pub because: Vec<Ground>,
    /// What the next higher rank wanted, where there is one that can be reached.
    pub missing: Vec<Ground>,
}

/// What is known of a member's rank before a period.
#[derive(Debug, Clone, Copy)]
pub(super) struct Before<'a> {
    /// Given by hand.
    pub given: Option<&'a str>,
    /// From an earlier close.
    pub held: Option<&'a HeldRank>,
}

/// True where the plan computes ranks.
pub fn computes_ranks(plan: &Plan) -> bool {
    plan.ranks.iter().any(|rank| rank.when.is_some())
}

/// Every member's rank after the period. The world's members carry no rank of their own.
pub(super) fn after_period(world: &World<'_>, before: &[Before<'_>], period: i64, policy: RankPolicy) -> Vec<Ranked> {
    let reached = world.all_ranks();
    reached.iter().zip(before).enumerate().map(|(member, (reached, before))| one(world, member, *reached, *before, period, policy)).collect()
}

/// The rank that a member has after a period in which it reached `reached`, how it came about, and the period in which it was last reached.
pub(super) fn settled(plan: &Plan, reached: Option<usize>, before: Before<'_>, period: i64, policy: RankPolicy) -> (Option<usize>, RankHow, i64) {
    let held = before.held.and_then(|held| Some((plan.rank(&held.rank)?, held.period)));
    match (before.given.and_then(|given| plan.rank(given)), held) {
        (Some(given), _) => (Some(given), RankHow::ByHand, period),
        (None, Some((held, since))) if reached.is_none_or(|reached| reached < held) => {
            if !policy.demotion {
                (Some(held), RankHow::Kept, since)
            } else if period - since <= i64::from(policy.protection) {
                (Some(held), RankHow::Protected, since)
            } else {
                (reached, RankHow::Fell, period)
            }
        }
        (None, _) => (reached, RankHow::Reached, period),
    }
}

fn one(world: &World<'_>, member: usize, reached: Option<usize>, before: Before<'_>, period: i64, policy: RankPolicy) -> Ranked {
    let plan = world.plan;
    let (rank, how, since) = settled(plan, reached, before, period, policy);
    let condition = |rank: Option<usize>| rank.and_then(|rank| plan.ranks.get(rank)).and_then(|rule| rule.when.as_ref());
    let next = reached.map_or(0, |reached| reached + 1);
    let next = (next..plan.ranks.len()).find(|rank| plan.ranks[*rank].when.is_some());
    Ranked {
        rank,
        reached,
        how,
        since,
        because: grounds(world, member, reached, condition(reached)),
        missing: grounds(world, member, reached, condition(next)),
    }
}

fn grounds(world: &World<'_>, member: usize, rank: Option<usize>, condition: Option<&Predicate>) -> Vec<Ground> {
    let mut grounds = Vec::new();
    if let Some(condition) = condition {
        collect(world, member, rank, condition, &mut grounds);
    }
    grounds
}

fn collect(world: &World<'_>, member: usize, rank: Option<usize>, condition: &Predicate, grounds: &mut Vec<Ground>) {
    let word =
        |of: &str, value: String, gte: Option<String>| Ground { of: of.to_owned(), value, gte, lt: None, holds: world.holds(member, condition) };
    let name = |rank: Option<usize>| rank.and_then(|rank| world.plan.ranks.get(rank)).map(|rank| rank.id.clone()).unwrap_or_default();
    match condition {
        Predicate::All(parts) | Predicate::Any(parts) => parts.iter().for_each(|part| collect(world, member, rank, part, grounds)),
        Predicate::Not(part) => {
            let before = grounds.len();
            collect(world, member, rank, part, grounds);
            // What stands under `not` is to fail.
            grounds[before..].iter_mut().for_each(|ground| ground.holds = !ground.holds);
        }
        Predicate::Measure { measure, gte, lt } => {
            let text = |bound: &Option<Exact>| bound.as_ref().map(Exact::to_string);
            let value = world.measure(member, measure).to_string();
            grounds.push(Ground { of: write::measure(measure), value, gte: text(gte), lt: text(lt), holds: world.holds(member, condition) });
        }
        Predicate::Active(_) => grounds.push(word("active", world.members[member].active.to_string(), None)),
        Predicate::RankGte(least) => grounds.push(word("rank", name(rank), Some(name(Some(*least))))),
        Predicate::RankIs(wanted) => grounds.push(word("rank", name(rank), Some(name(Some(*wanted))))),
        Predicate::Attr { field, .. } => grounds.push(word(&format!("attr.{field}"), String::new(), None)),
        Predicate::Member(id) => grounds.push(word("member", id.clone(), None)),
        Predicate::Always | Predicate::Never => {}
    }
}
