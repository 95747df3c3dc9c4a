//! Limits: what a period's postings never exceed. Where they would, they are cut pro rata to exactly the cap floored to the unit.
//!
//! Decisions: a posting that a limit cuts to nothing stays in the list, so that it explains itself. A second limit sees what the first left.

use std::collections::BTreeMap;

use crate::exact::Exact;

use super::{rule::Limit, share::split, source::Posting, world::World};

/// Applies the plan's limits in order.
pub(super) fn apply(world: &World<'_>, postings: &mut [Posting]) {
    for limit in &world.plan.limits {
        match limit {
            Limit::Company { rate, of } => {
                let all: Vec<usize> = (0..postings.len()).collect();
                cut(world, postings, &all, "company", &(rate * &world.company(of)));
            }
            Limit::PersonPeriod { max } => {
                let mut by_owner: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
                for (place, posting) in postings.iter().enumerate() {
                    by_owner.entry(world.owner(posting.member)).or_default().push(place);
                }
                for places in by_owner.values() {
                    cut(world, postings, places, "person_period", max);
                }
            }
        }
    }
}

fn cut(world: &World<'_>, postings: &mut [Posting], places: &[usize], scope: &str, cap: &Exact) {
    let amounts: Vec<Exact> = places.iter().map(|place| postings[*place].amount.clone()).collect();
    if amounts.iter().sum::<Exact>() <= *cap {
        return;
    }
    let unit = &world.plan.unit;
    for (place, share) in places.iter().zip(split(scope, &cap.floor_to(unit), &amounts, unit)) {
        let posting = &mut postings[*place];
        posting.amount = share.amount();
        posting.why.limits.push(share);
    }
}
