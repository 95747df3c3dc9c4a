//! The walk up a tree from one source: who holds which index, who is payable, and what each earns.
//!
//! Decisions where the specification leaves room:
//! - A start member at level 0 does not count as an earlier holder for `same_rank`, so that generations begin at 1 above it, as depth does. Where
//!   `hold` fails for it, it takes no index, like anyone else.
//! - Without a rank a member stands below every rank for `same_rank`, and is no one's peer for `equal`.
//! - With `seed`, the start member's rate is its rate at index 1, and its rank becomes the mark's rank where that rate is above zero. No one has
//!   raised the mark then, so an equal-rank bonus `of: income` is nothing.
//! - `min` replaces whatever the holder would have earned where its margin is below the least, an equal-rank bonus too.
//! - A peer counts towards `peers_per_rank` when it was posted something.
//! - What the last holder who raised the mark earned is its posted amount after `cap_amount`; 0 where it was not paid.

use crate::exact::Exact;

use super::{
    explain::{Passed, Reason, Why},
    rate::Mark,
    rule::{Begin, Counting, Walk},
    world::World,
};

/// One event that a walk starts from.
pub(super) struct Start {
    /// The order's id, or what names the source.
    pub label: String,
    /// The buyer or earner.
    pub member: usize,
    /// The amount before the factor.
    pub base: Exact,
    /// Units.
    pub qty: Exact,
}

/// A member met on the way.
pub(super) struct Met {
    pub member: usize,
    pub result: Result<Why, Reason>,
}

/// Why a walk went no further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// No one stands above.
    Top,
    /// The holder's index was past `max`.
    Max,
    /// `stop_at` held for this member.
    Stopped(usize),
}

/// Walks from one source. Costs one step per member met.
pub(super) fn walk(world: &World<'_>, rule: &str, walk: &Walk, start: &Start) -> (Vec<Met>, End) {
    let path = &walk.path;
    let mut met: Vec<Met> = Vec::new();
    let mut mark = Mark::at_start(world, walk, start);
    let mut holders: Vec<Option<usize>> = Vec::new();
    let mut passed: Vec<Passed> = Vec::new();
    let mut next = match path.begin {
        Begin::Above => world.above(path.tree, start.member),
        Begin::Oneself | Begin::LevelZero => Some(start.member),
    };
    let mut level_zero = path.begin == Begin::LevelZero;
    while let Some(member) = next {
        next = world.above(path.tree, member);
        let at_level_zero = std::mem::take(&mut level_zero);
        if !world.holds(member, &path.hold) {
            passed.push(Passed { member: world.members[member].id.clone(), index: None, reason: Reason::NotHolding });
            met.push(Met { member, result: Err(Reason::NotHolding) });
            continue;
        }
        let rank = world.ranks[member];
        let index = match path.counting {
            _ if at_level_zero => 0,
            Counting::Depth => holders.len() as u32 + 1,
            Counting::SameRank => holders.iter().filter(|earlier| **earlier >= rank).count() as u32 + 1,
        };
        if path.counting == Counting::Depth && path.max.is_some_and(|max| index > max) {
            return (met, End::Max);
        }
        if !at_level_zero {
            holders.push(rank);
        }
        let unpayable = match path.max {
            _ if !world.holds(member, &path.pay) => Some(Reason::NotPaid),
            _ if index < walk.rate.pay_from => Some(Reason::BeforeFirst { pay_from: walk.rate.pay_from }),
            Some(max) if index > max => Some(Reason::PastMax { max }),
            Some(_) | None => None,
        };
        let result = match mark.reckon(world, walk, start, member, index, unpayable) {
            Ok((way, cap)) => Ok(Why {
                rule: rule.to_owned(),
                source: start.label.clone(),
                index,
                way,
                passed: std::mem::take(&mut passed),
                cap,
                limits: Vec::new(),
                reversed: None,
            }),
            Err(reason) => {
                passed.push(Passed { member: world.members[member].id.clone(), index: Some(index), reason: reason.clone() });
                Err(reason)
            }
        };
        met.push(Met { member, result });
        if path.stop_at.as_ref().is_some_and(|stop| world.holds(member, stop)) {
            return (met, End::Stopped(member));
        }
    }
    (met, End::Top)
}
