//! Two cards of one person made one: the tree moves under the card that stays, what the other holds goes over to it, and both histories remain.
//!
//! What comes in on the merged card later, from a till that was away or with goods that come back, goes over by a further [`MergeFollowed`]: the day's
//! run sees to it. Commission stays where it was earned, on the statements of the card that earned it.

use serde::{Deserialize, Serialize};

use crate::{
    fact::Posts,
    ids::MemberId,
    ledger::{Account, Posting, Unit},
    points::life::PointsPart,
};

/// A member's card was merged into another's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberMerged {
    /// The card that goes.
    pub member: MemberId,
    /// The card that stays.
    pub into: MemberId,
    /// Why, as typed.
    pub reason: String,
}
impl Posts for MemberMerged {}

/// What a merged card held went over to the card that stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergeFollowed {
    /// The card that went.
    pub member: MemberId,
    /// The card that stays.
    pub into: MemberId,
    /// Stored value that had been paid in, in minor units.
    #[serde(default, skip_serializing_if = "crate::points::is_zero")]
    pub paid_minor: i64,
    /// Stored value that the shop had added.
    #[serde(default, skip_serializing_if = "crate::points::is_zero")]
    pub bonus_minor: i64,
    /// Usable points; below zero a debt.
    #[serde(default, skip_serializing_if = "crate::points::is_zero")]
    pub points: i64,
    /// Where they came from and when they run out; empty for a debt.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points_parts: Vec<PointsPart>,
}

impl MergeFollowed {
    /// True where nothing goes over.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.paid_minor == 0 && self.bonus_minor == 0 && self.points == 0
    }
}

impl Posts for MergeFollowed {
    fn postings(&self) -> Vec<Posting> {
        let money = |of: fn(MemberId) -> Account, amount| Posting::moving(Unit::money(), of(self.member), of(self.into), amount);
        let points = Posting::moving(Unit::points(), Account::points_of(self.into), Account::points_of(self.member), self.points);
        let paid = money(Account::balance_paid, self.paid_minor);
        let bonus = money(Account::balance_bonus, self.bonus_minor);
        [paid, bonus, points].into_iter().flatten().collect()
    }
}

/// What is asked of a card that is to be merged, or to stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card<'a> {
    /// Whose.
    pub member: MemberId,
    /// Its number.
    pub number: &'a str,
    /// The shop's day on which its personal data were erased.
    pub erased: Option<&'a str>,
    /// The number of the card that it was merged into.
    pub merged: Option<&'a str>,
}

/// Why two cards are not merged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum MergeRefusal {
    /// Both are one.
    #[error("a card is not merged into itself")]
    MergeSelf,
    /// Nothing typed.
    #[error("merging two members needs a reason")]
    MergeReason,
    /// One of them has nobody's data any more.
    #[error("{number} was erased and cannot be merged")]
    MergeErased {
        /// Whose.
        number: String,
    },
    /// One of them went into another before.
    #[error("{number} was merged into {by} before")]
    MergeDone {
        /// Which.
        number: String,
        /// Into which.
        by: String,
    },
}

/// Decides whether one card goes into another.
///
/// # Errors
/// [`MergeRefusal`], in the order the rules speak.
pub fn decide(goes: &Card<'_>, stays: &Card<'_>, reason: &str) -> Result<MemberMerged, MergeRefusal> {
    if goes.member == stays.member {
        return Err(MergeRefusal::MergeSelf);
    }
    for card in [goes, stays] {
        if card.erased.is_some() {
            return Err(MergeRefusal::MergeErased { number: card.number.to_owned() });
        }
        if let Some(by) = card.merged {
            return Err(MergeRefusal::MergeDone { number: card.number.to_owned(), by: by.to_owned() });
        }
    }
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(MergeRefusal::MergeReason);
    }
    Ok(MemberMerged { member: goes.member, into: stays.member, reason: reason.to_owned() })
}

/// A move in the tree: who, from under whom, to under whom.
pub type Step = (MemberId, Option<MemberId>, Option<MemberId>);

/// How the tree moves, in an order in which no step closes a ring: where the card that stays stands below the one that goes it comes to the other's
/// sponsor first; then everyone whom the card that goes brought in comes to the one that stays; at last the card that goes stands under it too, so that
/// whoever is still enrolled under it far away has the right one above.
///
/// `upline` is the line of the card that stays, itself first; `brought` is everyone directly under the card that goes.
#[must_use]
pub fn tree(goes: (MemberId, Option<MemberId>), upline: &[MemberId], brought: &[MemberId]) -> Vec<Step> {
    let (goes, above) = goes;
    let Some((&stays, over)) = upline.split_first() else { return Vec::new() };
    let mut steps = Vec::new();
    if over.contains(&goes) {
        steps.push((stays, over.first().copied(), above));
    }
    steps.extend(brought.iter().filter(|member| **member != stays).map(|member| (*member, Some(goes), Some(stays))));
    if above != Some(stays) {
        steps.push((goes, above, Some(stays)));
    }
    steps
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn id(number: u128) -> MemberId {
        MemberId(uuid::Uuid::from_u128(number))
    }

    #[test]
    fn a_card_goes_once_with_a_reason_and_never_into_itself() {
        let card = |number: u128, erased, merged| Card {
            member: id(number),
            number: ["", "M1", "M2"][usize::try_from(number).unwrap_or(0)],
            erased,
            merged,
        };
        let (one, two) = (card(1, None, None), card(2, None, None));
        assert_eq!(decide(&one, &two, " 同一人 "), Ok(MemberMerged { member: id(1), into: id(2), reason: "同一人".into() }));
        assert_eq!(decide(&one, &one, "x"), Err(MergeRefusal::MergeSelf));
        assert_eq!(decide(&one, &two, " "), Err(MergeRefusal::MergeReason));
        assert_eq!(decide(&one, &card(2, Some("2026-01-01"), None), "x"), Err(MergeRefusal::MergeErased { number: "M2".into() }));
        assert_eq!(decide(&card(1, None, Some("M9")), &two, "x"), Err(MergeRefusal::MergeDone { number: "M1".into(), by: "M9".into() }));
        assert_eq!(decide(&one, &card(2, None, Some("M1")), "x"), Err(MergeRefusal::MergeDone { number: "M2".into(), by: "M1".into() }));
    }

    /// Every tree of five members, every pair in it: each step finds what it says, no step closes a ring, nobody is lost, and all who stood under the
    /// card that goes stand under the one that stays.
    #[test]
    fn the_tree_moves_without_a_ring_in_every_small_world() {
        const MEMBERS: u128 = 5;
        let mut worlds = 0;
        // Each member's sponsor is one of those before, or nobody: `digits` counts through all of them.
        for digits in 0..(1..=MEMBERS).product::<u128>() {
            let (mut left, mut above) = (digits, BTreeMap::new());
            for member in 1..=MEMBERS {
                above.insert(id(member), Some(left % member).filter(|sponsor| *sponsor > 0).map(id));
                left /= member;
            }
            for (goes, stays) in (1..=MEMBERS).flat_map(|goes| (1..=MEMBERS).map(move |stays| (id(goes), id(stays)))).filter(|(one, two)| one != two)
            {
                let line = |above: &BTreeMap<MemberId, Option<MemberId>>, from| {
                    std::iter::successors(Some(from), |at| above[at]).take(9).collect::<Vec<_>>()
                };
                let brought: Vec<MemberId> = above.iter().filter(|(_, over)| **over == Some(goes)).map(|(member, _)| *member).collect();
                let mut after = above.clone();
                for (member, from, to) in tree((goes, above[&goes]), &line(&above, stays), &brought) {
                    assert_eq!(after[&member], from, "{digits}: {member} stands where the step says");
                    assert!(to.is_none_or(|to| !line(&after, to).contains(&member)), "{digits}: a ring over {member}");
                    after.insert(member, to);
                }
                assert_eq!(after[&goes], Some(stays), "{digits}");
                assert!(brought.iter().all(|member| *member == stays || after[member] == Some(stays)), "{digits}");
                assert!(!after.values().any(|over| *over == Some(goes)), "{digits}: nobody is left under the card that went");
                assert!(after.keys().all(|member| line(&after, *member).len() < 9), "{digits}");
                worlds += 1;
            }
        }
        assert_eq!(worlds, 120 * 20);
    }
}
