//! Who stands under whom in the binary tree (双轨): two legs under each member, one place at the top of each. The tree is beside the sponsor's line and only
//! rules of kind `pair`, or walks over `placement`, look at it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{fact::Posts, ids::MemberId, plan::Legs};

/// One of the two legs under a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub enum Side {
    /// Left.
    L,
    /// Right.
    R,
}

impl Side {
    /// `L` or `R`, as plans and journals write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::L => "L",
            Self::R => "R",
        }
    }

    /// Reads what [`Side::word`] wrote.
    pub fn read(word: &str) -> Option<Self> {
        match word {
            "L" => Some(Self::L),
            "R" => Some(Self::R),
            _ => None,
        }
    }
}

/// A place in the tree: the top of a leg.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Place {
    /// Under whom.
    pub under: MemberId,
    /// In which leg.
    pub side: Side,
}

/// A member got a place in the tree, another one, or none. Everyone below moves along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberPlaced {
    /// The member.
    pub member: MemberId,
    /// The place before.
    #[serde(default)]
    pub from: Option<Place>,
    /// The place from now on.
    #[serde(default)]
    pub to: Option<Place>,
    /// Why, as typed; asked for where a place is changed.
    #[serde(default)]
    pub reason: Option<String>,
}
impl Posts for MemberPlaced {}

/// What the legs bring forward after a month; a part of a close. A member's legs that hold nothing are left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegsCarried {
    /// `YYYY-MM`.
    pub month: String,
    /// Of the close.
    pub round: u32,
    /// Counts from 0 within the round; the first stands even where nothing is brought forward.
    pub part: u32,
    /// By rule and member's id.
    pub legs: Vec<MemberLegs>,
}
impl Posts for LegsCarried {}

/// What one member's legs bring forward under one rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberLegs {
    /// The rule.
    pub rule: String,
    /// Whose.
    pub member: MemberId,
    /// Exact, in major units.
    pub legs: Legs,
}

/// Why a member is not placed as asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum PlacementRefusal {
    /// Somebody stands there.
    #[error("{by} stands there: choose another place")]
    PlaceTaken {
        /// Who.
        by: String,
    },
    /// The place is the member's own or lies below it.
    #[error("{under} stands below {member}: nobody can be placed below their own place")]
    PlaceBelow {
        /// The member.
        member: String,
        /// Under whom it was to stand.
        under: String,
    },
    /// There is no such member.
    #[error("there is no such member to stand under")]
    PlaceUnknown,
    /// Somebody placed the member meanwhile.
    #[error("the place was changed meanwhile")]
    PlacedMeanwhile,
    /// A place is changed only with a reason.
    #[error("changing a place needs a reason")]
    PlaceReason,
}

/// What deciding about a place needs to know.
#[derive(Debug, Clone, Copy)]
pub struct PlaceContext<'a> {
    /// The member's name.
    pub name: &'a str,
    /// Where it stands.
    pub stands: Option<Place>,
    /// Whoever it is to stand under, and everyone above them, nearest first, up to the top.
    pub above: &'a [(MemberId, String)],
    /// Who stands at the place that is asked for.
    pub taken_by: Option<(MemberId, &'a str)>,
}

/// Decides where a member stands from now on.
///
/// # Errors
/// [`PlacementRefusal`], in the order the rules speak: changed meanwhile, reason, unknown, below itself, taken. Nothing to change is `Ok(None)`.
pub fn decide(asked: MemberPlaced, context: PlaceContext<'_>) -> Result<Option<MemberPlaced>, PlacementRefusal> {
    if asked.from != context.stands {
        return Err(PlacementRefusal::PlacedMeanwhile);
    }
    if asked.from == asked.to {
        return Ok(None);
    }
    let reason = asked.reason.map(|reason| reason.trim().to_owned()).filter(|reason| !reason.is_empty());
    if asked.from.is_some() && reason.is_none() {
        return Err(PlacementRefusal::PlaceReason);
    }
    if asked.to.is_some() {
        let Some((_, under)) = context.above.first() else { return Err(PlacementRefusal::PlaceUnknown) };
        if context.above.iter().any(|(above, _)| *above == asked.member) {
            return Err(PlacementRefusal::PlaceBelow { member: context.name.to_owned(), under: under.clone() });
        }
        if let Some((_, by)) = context.taken_by.filter(|(by, _)| *by != asked.member) {
            return Err(PlacementRefusal::PlaceTaken { by: by.to_owned() });
        }
    }
    Ok(Some(MemberPlaced { reason, ..asked }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u128) -> MemberId {
        MemberId(uuid::Uuid::from_u128(n))
    }

    fn place(under: u128, side: Side) -> Option<Place> {
        Some(Place { under: id(under), side })
    }

    fn ask(from: Option<Place>, to: Option<Place>, reason: &str) -> MemberPlaced {
        MemberPlaced { member: id(1), from, to, reason: Some(reason.into()) }
    }

    #[test]
    fn nobody_stands_below_their_own_place_at_any_depth() {
        for depth in 0..30u128 {
            let above: Vec<_> = (1..=depth + 1).rev().map(|n| (id(n), n.to_string())).collect();
            let context = PlaceContext { name: "1", stands: None, above: &above, taken_by: None };
            assert!(matches!(decide(ask(None, place(depth + 1, Side::L), ""), context), Err(PlacementRefusal::PlaceBelow { .. })), "{depth}");
        }
    }

    #[test]
    fn a_place_is_given_freely_and_changed_only_with_a_reason() {
        let above = [(id(9), "九".to_owned())];
        let first = PlaceContext { name: "1", stands: None, above: &above, taken_by: None };
        assert!(decide(ask(None, place(9, Side::R), " "), first).is_ok_and(|placed| placed.is_some_and(|placed| placed.reason.is_none())));
        let later = PlaceContext { stands: place(9, Side::R), ..first };
        assert_eq!(decide(ask(place(9, Side::R), None, " "), later), Err(PlacementRefusal::PlaceReason));
        assert_eq!(decide(ask(None, place(9, Side::L), "x"), later), Err(PlacementRefusal::PlacedMeanwhile));
        assert_eq!(decide(ask(place(9, Side::R), place(9, Side::R), ""), later), Ok(None));
        let taken = PlaceContext { taken_by: Some((id(2), "二")), ..later };
        assert_eq!(decide(ask(place(9, Side::R), place(9, Side::L), "x"), taken), Err(PlacementRefusal::PlaceTaken { by: "二".into() }));
        assert_eq!(decide(ask(place(9, Side::R), place(8, Side::L), "x"), PlaceContext { above: &[], ..later }), Err(PlacementRefusal::PlaceUnknown));
    }
}
