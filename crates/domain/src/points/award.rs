//! Points that nobody has to buy anything for: coming by (签到), with more for days in a row, and a birthday.
//!
//! An award's identity is made of the member and the day or year, so that two tills, or one asked twice, award it once.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::PointsWhy;
use crate::{
    fact::Posts,
    ids::{EntryId, MemberId, SaleId},
    ledger::{Account, Posting, Unit},
};

/// Points for coming by, or for a birthday.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointsAwarded {
    /// The member.
    pub member: MemberId,
    /// What for.
    pub award: Award,
    /// The shop's day that it is for.
    pub day: String,
    /// How many; 0 where the day is only counted.
    pub points: i64,
    /// Their last day; absent where they never run out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub good_until: Option<String>,
}

/// What points are awarded for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "for", rename_all = "snake_case")]
pub enum Award {
    /// The member came by.
    SignIn {
        /// Which day in a row, from 1.
        streak: u32,
    },
    /// It is the member's birthday.
    Birthday,
    /// Somebody whom the member brought in bought for the first time, and may not bring it back any more.
    Referral {
        /// Who was brought in.
        of: MemberId,
    },
    /// The member wrote a review of what was bought.
    Review {
        /// Of which purchase.
        of: SaleId,
    },
    /// The member told others of the shop.
    Share,
}

impl Award {
    /// As the statement says it.
    pub fn why(self) -> PointsWhy {
        match self {
            Self::SignIn { .. } => PointsWhy::SignIn,
            Self::Birthday => PointsWhy::Birthday,
            Self::Referral { .. } => PointsWhy::Referral,
            Self::Review { .. } => PointsWhy::Review,
            Self::Share => PointsWhy::Share,
        }
    }
}

impl Posts for PointsAwarded {
    fn postings(&self) -> Vec<Posting> {
        Posting::moving(Unit::points(), Account::points_of(self.member), Account::points_issued(), self.points).into_iter().collect()
    }
}

/// The identity of an award: once for a member and a day; a birthday once for a year; a purchase once for its review; whoever was brought in once for
/// ever, whoever it is that is thanked.
pub fn award_id(member: MemberId, award: Award, day: &str) -> EntryId {
    let (whose, kind, when) = match award {
        Award::Review { of } => return crate::close::part_id(&of.to_string(), "", 0, "review", 0),
        Award::Share => (member, "share", day),
        Award::SignIn { .. } => (member, "sign_in", day),
        Award::Birthday => (member, "birthday", day.get(..4).unwrap_or(day)),
        Award::Referral { of } => (of, "referral", ""),
    };
    crate::close::part_id(&whose.to_string(), when, 0, kind, 0)
}

/// Why nothing is awarded for a review, or for telling others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum AwardRefusal {
    /// The shop gives nothing for it.
    #[error("this earns nothing here")]
    AwardNothing,
    /// A frozen member.
    #[error("a frozen member is awarded nothing")]
    AwardFrozen,
    /// No purchase is there for a review: there is none whose goods can no longer come back, or each was reviewed.
    #[error("no purchase of this member can be reviewed now")]
    AwardNoPurchase,
    /// Today is counted already.
    #[error("counted today already")]
    AwardToday,
}

/// Why nobody is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum SignInRefusal {
    /// The shop gives nothing for coming by.
    #[error("coming by earns nothing here")]
    NoSignIn,
    /// A frozen member.
    #[error("a frozen member does not sign in")]
    SignInFrozen,
    /// Today is counted already.
    #[error("already signed in today, day {streak} in a row")]
    AlreadyHere {
        /// Which day in a row.
        streak: u32,
    },
}

/// Decides what coming by earns: `table` says how much the first day in a row brings, the second and so on; its last row holds from then on.
/// `last` is the newest day that counts with its place in the row, `yesterday` the day before `today`.
///
/// # Errors
/// [`SignInRefusal`], in the order the rules speak.
pub fn sign_in(table: &[i64], active: bool, last: Option<(&str, u32)>, yesterday: &str, today: &str) -> Result<(u32, i64), SignInRefusal> {
    let Some(most) = table.last() else { return Err(SignInRefusal::NoSignIn) };
    if !active {
        return Err(SignInRefusal::SignInFrozen);
    }
    // A day that is still to come stands there where the clock was set back: it counts as today, so that nothing is had twice.
    let streak = match last {
        Some((day, streak)) if day >= today => return Err(SignInRefusal::AlreadyHere { streak }),
        Some((day, streak)) if day == yesterday => streak.saturating_add(1),
        Some(_) | None => 1,
    };
    let points = usize::try_from(streak).ok().and_then(|streak| table.get(streak - 1)).unwrap_or(most);
    Ok((streak, *points))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fault_21_a_day_counts_once_and_a_gap_begins_the_row_anew() {
        let day = |number: u32| format!("2026-03-{number:02}");
        // Every way to come by or stay away on eight days, each day asked twice.
        for came in 0..256_u32 {
            let mut last: Option<(String, u32)> = None;
            let mut row = 0;
            for at in 0..8 {
                if came & (1 << at) == 0 {
                    row = 0;
                    continue;
                }
                row += 1;
                let (today, yesterday) = (day(at + 2), day(at + 1));
                let told = last.as_ref().map(|(day, streak)| (day.as_str(), *streak));
                let (streak, points) = sign_in(&[1, 2, 5], true, told, &yesterday, &today).unwrap();
                assert_eq!((streak, points), (row, [1, 2, 5][row.min(3) as usize - 1]), "{came:08b} {at}");
                last = Some((today.clone(), streak));
                let again = last.as_ref().map(|(day, streak)| (day.as_str(), *streak));
                assert_eq!(sign_in(&[1, 2, 5], true, again, &yesterday, &today), Err(SignInRefusal::AlreadyHere { streak }));
                // A clock that was set back earns nothing.
                assert_eq!(sign_in(&[1, 2, 5], true, again, &day(1), &yesterday), Err(SignInRefusal::AlreadyHere { streak }));
            }
        }
        assert_eq!(sign_in(&[], true, None, "2026-03-09", "2026-03-10"), Err(SignInRefusal::NoSignIn));
        assert_eq!(sign_in(&[1], false, None, "2026-03-09", "2026-03-10"), Err(SignInRefusal::SignInFrozen));
    }

    #[test]
    fn an_award_has_one_identity_a_day_and_a_birthday_one_a_year() {
        let member = MemberId(uuid::Uuid::from_u128(7));
        let came = |streak, day| award_id(member, Award::SignIn { streak }, day);
        assert_eq!(came(1, "2026-03-10"), came(4, "2026-03-10"));
        assert_ne!(came(1, "2026-03-10"), came(1, "2026-03-11"));
        assert_eq!(award_id(member, Award::Birthday, "2026-03-10"), award_id(member, Award::Birthday, "2026-03-12"));
        assert_ne!(award_id(member, Award::Birthday, "2026-03-10"), award_id(member, Award::Birthday, "2027-03-10"));
        let other = MemberId(uuid::Uuid::nil());
        assert_ne!(award_id(member, Award::Birthday, "2026-03-10"), award_id(other, Award::Birthday, "2026-03-10"));
        // One who was brought in is thanked for once, also where the sponsor changed in between.
        let brought = |sponsor, day| award_id(sponsor, Award::Referral { of: member }, day);
        assert_eq!(brought(member, "2026-03-10"), brought(other, "2027-01-01"));
        assert_ne!(brought(other, "2026-03-10"), award_id(other, Award::Referral { of: other }, "2026-03-10"));
    }
}
