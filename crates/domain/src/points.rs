//! Points given or taken by hand. What a sale earns and a return takes back stands with the sale and the return; how points age stands in [`life`].

pub mod award;
pub mod life;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    fact::Posts,
    ids::MemberId,
    ledger::{Account, Posting, Unit},
};

/// Points were given to a member by hand, or taken from them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointsGiven {
    /// The member.
    pub member: MemberId,
    /// How many; below zero where they were taken.
    pub points: i64,
    /// Why, as typed.
    pub reason: String,
    /// Their last day; absent where they never run out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub good_until: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
pub(crate) fn is_zero(amount: &i64) -> bool {
    *amount == 0
}

/// How long the shop's points lie locked, when they run out, and what is given without a purchase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct PointsTerms {
    /// When points that come from now on run out.
    pub expiry: life::PointsExpiry,
    /// How many days ahead it is told.
    pub announce_days: u32,
    /// What coming by earns on the first day in a row, the second and so on; the last holds from then on. Empty: nothing.
    pub sign_in: Vec<i64>,
    /// What a birthday brings; 0 for nothing.
    pub birthday: i64,
    /// What a member gets for bringing somebody in, once that one has bought and can bring nothing back any more; 0 for nothing.
    pub referral: i64,
    /// What a review of a purchase brings, once for each that can no longer come back; 0 for nothing.
    pub review: i64,
    /// What telling others of the shop brings, once a day; 0 for nothing.
    pub share: i64,
}

impl Default for PointsTerms {
    fn default() -> Self {
        Self { expiry: life::PointsExpiry::Never, announce_days: 30, sign_in: Vec::new(), birthday: 0, referral: 0, review: 0, share: 0 }
    }
}

impl PointsTerms {
    /// The first part that does not hold; what a table of days or a number may be.
    pub fn odd(&self) -> Option<&'static str> {
        let expiry = match self.expiry {
            life::PointsExpiry::Never => true,
            life::PointsExpiry::Months { months } => (1..=1200).contains(&months),
            life::PointsExpiry::YearEnd { years } => years <= 100,
        };
        match () {
            () if !expiry => Some("expiry"),
            () if self.announce_days > 366 => Some("announce"),
            () if self.sign_in.len() > 31 || self.sign_in.iter().any(|points| !(0..=MOST).contains(points)) => Some("sign_in"),
            () if !(0..=MOST).contains(&self.birthday) => Some("birthday"),
            () if !(0..=MOST).contains(&self.referral) => Some("referral"),
            () if !(0..=MOST).contains(&self.review) => Some("review"),
            () if !(0..=MOST).contains(&self.share) => Some("share"),
            () => None,
        }
    }
}

impl Posts for PointsGiven {
    fn postings(&self) -> Vec<Posting> {
        Posting::moving(Unit::points(), Account::points_of(self.member), Account::points_issued(), self.points).into_iter().collect()
    }
}

/// Why a member's points are what they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PointsWhy {
    /// Earned with a purchase.
    Earned,
    /// Spent on a purchase or a gift.
    Spent,
    /// Earned points taken back with goods that came back.
    TakenBack,
    /// Spent points given back with goods that came back.
    GivenBack,
    /// Given or taken by hand.
    ByHand,
    /// Locked points that may be spent from now on: their number does not change.
    Usable,
    /// Gone because their last day was over.
    Expired,
    /// For coming by.
    SignIn,
    /// For a birthday.
    Birthday,
    /// For reaching a member level, or taken back where it was lost with goods that came back.
    LevelGift,
    /// For somebody whom the member brought in.
    Referral,
    /// Gone over from one card of a person to another.
    Merged,
    /// For a review of what was bought.
    Review,
    /// For telling others of the shop.
    Share,
}

impl PointsWhy {
    /// Every reason.
    pub const ALL: [Self; 14] = [
        Self::Earned,
        Self::Spent,
        Self::TakenBack,
        Self::GivenBack,
        Self::ByHand,
        Self::Usable,
        Self::Expired,
        Self::SignIn,
        Self::Birthday,
        Self::LevelGift,
        Self::Referral,
        Self::Merged,
        Self::Review,
        Self::Share,
    ];

    /// As it stands in the books.
    pub fn word(self) -> &'static str {
        match self {
            Self::Earned => "earned",
            Self::Spent => "spent",
            Self::TakenBack => "taken_back",
            Self::GivenBack => "given_back",
            Self::ByHand => "by_hand",
            Self::Usable => "usable",
            Self::Expired => "expired",
            Self::SignIn => "sign_in",
            Self::Birthday => "birthday",
            Self::LevelGift => "level_gift",
            Self::Referral => "referral",
            Self::Merged => "merged",
            Self::Review => "review",
            Self::Share => "share",
        }
    }
}

/// Why points are not given or taken as asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum PointsRefusal {
    /// None asked for.
    #[error("say how many points")]
    NoPoints,
    /// More than anyone means.
    #[error("{points} points are more than {most}")]
    TooManyPoints {
        /// As asked.
        points: i64,
        /// Most at once.
        most: i64,
    },
    /// No reason given.
    #[error("points given by hand need a reason")]
    PointsReason,
    /// More to be taken than the member holds.
    #[error("only {held} points are there to be taken")]
    MoreThanHeld {
        /// What the member holds; never below zero.
        held: i64,
    },
}

/// Most that is given or taken at once.
pub const MOST: i64 = 10_000_000;

/// Decides whether points are given, or taken where they are below zero, to a member who holds so many.
///
/// # Errors
/// [`PointsRefusal`], in the order the rules speak: how many, why, whether they are there.
pub fn decide(member: MemberId, points: i64, reason: &str, held: i64) -> Result<PointsGiven, PointsRefusal> {
    if points == 0 {
        return Err(PointsRefusal::NoPoints);
    }
    if !(-MOST..=MOST).contains(&points) {
        return Err(PointsRefusal::TooManyPoints { points, most: MOST });
    }
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(PointsRefusal::PointsReason);
    }
    // A debt is worked off by giving; taking never makes one.
    if points < 0 && held.max(0) < -points {
        return Err(PointsRefusal::MoreThanHeld { held: held.max(0) });
    }
    Ok(PointsGiven { member, points, reason: reason.to_owned(), good_until: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn taking_never_makes_a_debt_and_giving_always_helps() {
        let member = MemberId(uuid::Uuid::nil());
        for held in -3..=3 {
            for points in -4..=4 {
                match decide(member, points, " 补登 ", held) {
                    Ok(given) => {
                        assert!(points != 0 && (points > 0 || held + points >= 0), "{held} {points}");
                        assert_eq!((given.points, given.reason.as_str()), (points, "补登"));
                        let moved: i64 =
                            given.postings().iter().map(|posting| if posting.1 == Account::points_of(member) { posting.3 } else { -posting.3 }).sum();
                        assert_eq!(moved, points, "the ledger moves by what the fact says");
                    }
                    Err(PointsRefusal::NoPoints) => assert_eq!(points, 0),
                    Err(PointsRefusal::MoreThanHeld { held: told }) => {
                        assert!(points < 0 && held + points < 0, "{held} {points}");
                        assert_eq!(told, held.max(0));
                    }
                    Err(other) => panic!("{held} {points}: {other}"),
                }
            }
        }
        assert_eq!(decide(member, 1, "  ", 0), Err(PointsRefusal::PointsReason));
        assert_eq!(decide(member, MOST + 1, "x", 0), Err(PointsRefusal::TooManyPoints { points: MOST + 1, most: MOST }));
        assert_eq!(decide(member, i64::MIN, "x", 0), Err(PointsRefusal::TooManyPoints { points: i64::MIN, most: MOST }));
    }
}
