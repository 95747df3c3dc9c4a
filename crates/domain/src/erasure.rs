//! Erasing a person: what is personal goes from every copy of the books, the number, the place in the tree and every figure stay (GDPR art. 17, PIPL art. 47;
//! what the law of bookkeeping wants kept, payouts and their papers, stays too).

use serde::{Deserialize, Serialize};

use crate::{fact::Posts, ids::MemberId};

/// A member's personal data were erased. Whoever folds this cuts them off the entries of before, and of those that come later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberErased {
    /// Whose.
    pub member: MemberId,
    /// Why, as typed; it names nobody.
    pub reason: String,
}
impl Posts for MemberErased {}

/// What stands between the shop and a member who is to be erased.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Open {
    /// Stored value, in minor units.
    pub balance_minor: i64,
    /// Commission that is payable or held or on its way, in minor units.
    pub commission_minor: i64,
    /// Commission of months that are not closed, in millionths of a minor unit.
    pub pending_micro: i64,
    /// Points, usable and locked.
    pub points: i64,
}

/// Why nobody is erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum ErasureRefusal {
    /// Nothing typed.
    #[error("erasing a member needs a reason")]
    EraseReason,
    /// The number that was typed is not the member's.
    #[error("type {number} to erase this member")]
    EraseNumber {
        /// The member's.
        number: String,
    },
    /// Done already.
    #[error("this member was erased on {day}")]
    MemberErased {
        /// The shop's day.
        day: String,
    },
    /// Money or points are between the two.
    #[error("the shop and this member are not even: stored value {balance_minor}, commission {commission_minor}, points {points}")]
    EraseOwing {
        /// Stored value, in minor units.
        balance_minor: i64,
        /// Commission that is payable, held or on its way, in minor units.
        commission_minor: i64,
        /// Points.
        points: i64,
    },
    /// A month with commission of the member is open.
    #[error("commission of this member waits for the close of its month")]
    ErasePending,
}

/// Decides whether a member may be erased: the reason stands, the number was typed, and nothing is open between the two.
///
/// # Errors
/// [`ErasureRefusal`], in the order the rules speak.
pub fn decide(member: MemberId, number: &str, erased: Option<&str>, typed: &str, reason: &str, open: Open) -> Result<MemberErased, ErasureRefusal> {
    if let Some(day) = erased {
        return Err(ErasureRefusal::MemberErased { day: day.to_owned() });
    }
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(ErasureRefusal::EraseReason);
    }
    if typed.trim() != number {
        return Err(ErasureRefusal::EraseNumber { number: number.to_owned() });
    }
    let Open { balance_minor, commission_minor, pending_micro, points } = open;
    if balance_minor != 0 || commission_minor != 0 || points != 0 {
        return Err(ErasureRefusal::EraseOwing { balance_minor, commission_minor, points });
    }
    if pending_micro != 0 {
        return Err(ErasureRefusal::ErasePending);
    }
    Ok(MemberErased { member, reason: reason.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_is_erased_once_with_a_reason_the_typed_number_and_nothing_open_between_the_two() {
        let member = MemberId(uuid::Uuid::from_u128(1));
        let ask = |erased, typed, reason, open| decide(member, "M000001", erased, typed, reason, open);
        let even = Open::default();
        assert_eq!(ask(None, " M000001 ", " 本人要求 ", even), Ok(MemberErased { member, reason: "本人要求".into() }));
        assert_eq!(ask(Some("2026-03-10"), "M000001", "x", even), Err(ErasureRefusal::MemberErased { day: "2026-03-10".into() }));
        assert_eq!(ask(None, "M000001", " ", even), Err(ErasureRefusal::EraseReason));
        assert_eq!(ask(None, "M000002", "x", even), Err(ErasureRefusal::EraseNumber { number: "M000001".into() }));
        for open in [Open { balance_minor: 1, ..even }, Open { commission_minor: -1, ..even }, Open { points: 1, ..even }] {
            assert!(matches!(ask(None, "M000001", "x", open), Err(ErasureRefusal::EraseOwing { .. })), "{open:?}");
        }
        assert_eq!(ask(None, "M000001", "x", Open { pending_micro: -1, ..even }), Err(ErasureRefusal::ErasePending));
    }
}
