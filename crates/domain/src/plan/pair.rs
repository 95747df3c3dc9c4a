//! Pairs: two legs of the placement tree, matched, and what is brought forward.
//!
//! Decisions: the cap counts per member, as the sentence that states it does; one person with several places is held by a limit of scope
//! `person_period`. The rate is the member's at index 1. What is matched is used up even where the rate is nothing.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::exact::Exact;

use super::{
    explain::Way,
    rule::{Carry, Pair},
    share::of_period,
    source::Posting,
    world::{World, downwards},
};

/// What a member's two legs bring forward.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Legs {
    /// The left leg.
    #[serde(rename = "L")]
    pub left: Exact,
    /// The right leg.
    #[serde(rename = "R")]
    pub right: Exact,
}

/// What the members' legs bring forward from period to period, by rule and member.
pub type Brought = BTreeMap<String, BTreeMap<String, Legs>>;

/// Matches the period's volumes and what was brought forward; `brought` becomes what is brought forward next.
pub(super) fn postings(world: &World<'_>, rule: usize, pair: &Pair, brought: &mut Brought) -> Vec<Posting> {
    let book = brought.entry(world.plan.rules[rule].id.clone()).or_default();
    let inflow = inflow(world, &pair.measure);
    let mut postings = Vec::new();
    for (member, inflow) in inflow.into_iter().enumerate() {
        let id = &world.members[member].id;
        let Some(inflow) = inflow.or_else(|| book.contains_key(id).then(Legs::default)) else { continue };
        let legs = book.entry(id.clone()).or_default();
        legs.left += &inflow.left;
        legs.right += &inflow.right;
        let smaller = legs.left.clone().min(legs.right.clone());
        let matched = if world.holds(member, &pair.pay) { smaller.clone() } else { Exact::ZERO };
        let used = match pair.carry {
            Carry::NetOff => Some(matched.clone()),
            Carry::Carry => Some(smaller),
            Carry::Flush => None,
        };
        for leg in [&mut legs.left, &mut legs.right] {
            let rest = used.as_ref().map_or(Exact::ZERO, |used| &*leg - used);
            *leg = pair.carry_cap.as_ref().map_or(rest.clone(), |cap| rest.min(cap.clone()));
        }
        let way = Way::Pair { rate: world.rate(member, 1, &pair.rate), matched };
        let cap = pair.cap_per_person.clone().filter(|cap| way.amount() > *cap);
        let posting = of_period(world, rule, member, way, cap);
        if posting.amount.is_positive() {
            postings.push(posting);
        }
    }
    postings
}

/// What the period's orders add to each member's legs; nothing for members with no one placed below.
fn inflow(world: &World<'_>, of: &str) -> Vec<Option<Legs>> {
    let mut below = vec![Exact::ZERO; world.members.len()];
    for (order, buyer) in world.orders.iter().zip(&world.buyers) {
        below[*buyer] += order.amount(of);
    }
    let mut legs: Vec<Option<Legs>> = vec![None; world.members.len()];
    for member in downwards(&world.placement).into_iter().rev() {
        if let Some(above) = world.placement[member] {
            let volume = below[member].clone();
            let legs = legs[above].get_or_insert_default();
            match world.members[member].side.as_deref() {
                Some("R") => legs.right += &volume,
                Some(_) | None => legs.left += &volume,
            }
            below[above] += &volume;
        }
    }
    legs
}
