//! Member levels (会员等级) that follow from growth (成长值): what moves growth, what a level asks for and gives, and what became of a member's level.
//!
//! Growth is a unit of the ledger: the account `growth.held` of a member is the growth that counts now. What a validity used up goes to `growth.over`, so
//! that the next one begins at zero.

mod decide;

pub use decide::{GrantRefusal, Levels, decide, grant};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    close::part_id,
    fact::Posts,
    ids::{EntryId, MemberId},
    ledger::{Account, Posting, Unit},
};

/// Most growth that one thing brings, and that a level asks for.
pub const MOST: i64 = 1_000_000_000;

/// What brings growth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct GrowthTerms {
    /// For each whole unit of the currency that is paid for goods.
    pub per_unit: i64,
    /// For each point that a purchase earns.
    pub per_point: i64,
    /// For coming by, once a day.
    pub sign_in: i64,
    /// To the sponsor, for a member's first purchase.
    pub referral: i64,
    /// What happens to those who do not keep their level.
    pub fall: Fall,
}

impl Default for GrowthTerms {
    fn default() -> Self {
        Self { per_unit: 1, per_point: 0, sign_in: 0, referral: 0, fall: Fall::OneDown }
    }
}

impl GrowthTerms {
    /// Growth of a purchase of so much: per whole unit, which has so many minor digits, and per point earned. Nothing for what costs nothing.
    pub fn of_purchase(&self, net_minor: i64, minor_digits: u8, points: i64) -> i64 {
        let unit = 10_i64.saturating_pow(u32::from(minor_digits)).max(1);
        let paid = (net_minor.max(0) / unit).saturating_mul(self.per_unit.max(0));
        let earned = if net_minor > 0 { points.max(0).saturating_mul(self.per_point.max(0)) } else { 0 };
        paid.saturating_add(earned).min(MOST)
    }

    /// True where every figure is one that somebody may mean.
    pub fn holds(&self) -> bool {
        [self.per_unit, self.per_point, self.sign_in, self.referral].iter().all(|growth| (0..=1_000_000).contains(growth))
    }
}

/// What happens to those who do not keep their level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Fall {
    /// They come to the next lower level.
    OneDown,
    /// They come to the level that the growth of the validity gives by itself.
    ToGrowth,
}

/// What a level asks for and gives, where it follows from growth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct LevelGrowth {
    /// Growth that it takes.
    pub threshold: i64,
    /// Days that it lasts; 0 for ever.
    pub valid_days: u32,
    /// Growth within these days that keeps it for as many more.
    pub keep: i64,
    /// Points for reaching it.
    pub gift: i64,
    /// Points for a birthday, besides those that everyone gets.
    pub birthday: i64,
}

impl Default for LevelGrowth {
    fn default() -> Self {
        Self { threshold: 1000, valid_days: 0, keep: 0, gift: 0, birthday: 0 }
    }
}

impl LevelGrowth {
    /// True where every figure is one that somebody may mean.
    pub fn holds(&self) -> bool {
        let points = 0..=crate::points::MOST;
        (1..=MOST).contains(&self.threshold)
            && self.valid_days <= 36_500
            && (0..=MOST).contains(&self.keep)
            && points.contains(&self.gift)
            && points.contains(&self.birthday)
    }
}

/// What moved growth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GrowthWhy {
    /// A purchase; taken back with the goods.
    Purchase,
    /// Coming by.
    SignIn,
    /// The first purchase of a member whom this one brought in; taken back with the goods.
    Referral,
    /// Gone over from one card of a person to another.
    Merged,
}

impl GrowthWhy {
    /// As it stands in the books.
    pub fn word(self) -> &'static str {
        match self {
            Self::Purchase => "purchase",
            Self::SignIn => "sign_in",
            Self::Referral => "referral",
            Self::Merged => "merged",
        }
    }
}

/// A member's growth moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrowthMoved {
    /// Whose.
    pub member: MemberId,
    /// By how much; below zero where goods came back.
    pub growth: i64,
    /// Why.
    pub why: GrowthWhy,
    /// The sale or the day's coming by that brought it; of what is taken back, the sale that had.
    pub of: EntryId,
}

impl GrowthMoved {
    /// The identity of what an entry did to a member's growth: once for each reason.
    pub fn id(&self, by: EntryId) -> EntryId {
        part_id(&self.member.to_string(), &by.to_string(), 0, self.why.word(), 0)
    }
}

impl Posts for GrowthMoved {
    fn postings(&self) -> Vec<Posting> {
        Posting::moving(Unit::growth(), Account::growth_of(self.member), Account::growth_issued(), self.growth).into_iter().collect()
    }
}

/// Why a member's level is what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LevelWhy {
    /// Growth reached its threshold.
    Reached,
    /// Goods came back, and the growth that is left does not reach it any more.
    Lost,
    /// The validity is over, and its growth keeps the level.
    Kept,
    /// The validity is over, and its growth does not keep the level.
    NotKept,
    /// The last day of a level given by hand is over.
    GrantOver,
    /// Given by hand.
    ByHand,
}

impl LevelWhy {
    /// As it stands in the books.
    pub fn word(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::Lost => "lost",
            Self::Kept => "kept",
            Self::NotKept => "not_kept",
            Self::GrantOver => "grant_over",
            Self::ByHand => "by_hand",
        }
    }
}

/// What a member's level rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Rests {
    /// On the growth that counts now: it goes with it.
    Growth,
    /// On a validity that was earned before: it stays to its last day.
    Earned,
    /// On somebody's word: it stays to its last day.
    #[default]
    Hand,
}

impl Rests {
    /// As it stands in the books.
    pub fn word(self) -> &'static str {
        match self {
            Self::Growth => "growth",
            Self::Earned => "earned",
            Self::Hand => "hand",
        }
    }
}

/// A level with its last day and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The level.
    pub level: String,
    /// Its last day; absent for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// What it rests on.
    pub rests: Rests,
}

/// Where a member stands.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Standing {
    /// The level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Held>,
    /// The level beneath one that rests on growth: what is left where that growth goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under: Option<Held>,
    /// Growth when the validity began: what came since counts for keeping the level.
    #[serde(default)]
    pub began_at: i64,
}

/// Points for reaching a level, or taken back with it where it was lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelGift {
    /// The level.
    pub level: String,
    /// How many.
    pub points: i64,
}

/// A member's level changed, was kept or was given by hand; everything that explains it stands here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelChanged {
    /// The member.
    pub member: MemberId,
    /// The level before.
    #[serde(default)]
    pub from: Option<String>,
    /// Where the member stands now.
    pub to: Standing,
    /// Why.
    pub why: LevelWhy,
    /// The growth that was looked at: all that counts, or what came within the validity where that was over.
    pub growth: i64,
    /// What it was held against.
    pub needed: i64,
    /// Growth that counts no longer, because its validity is over.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub over: i64,
    /// Gifts, and gifts taken back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gifts: Vec<LevelGift>,
    /// Last day of the gifts; absent where they never run out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gifts_until: Option<String>,
    /// What was typed where it was by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(growth: &i64) -> bool {
    *growth == 0
}

impl LevelChanged {
    /// Its identity: a member's first change, second and so on, to a level. Two tills that see the same growth make one change of it.
    pub fn id(&self, changes_before: u32) -> EntryId {
        let to = self.to.held.as_ref().map_or("", |held| held.level.as_str());
        part_id(&self.member.to_string(), to, changes_before, self.why.word(), 0)
    }
}

impl Posts for LevelChanged {
    fn postings(&self) -> Vec<Posting> {
        let over = Posting::moving(Unit::growth(), Account::growth_over(), Account::growth_of(self.member), self.over);
        let points = self.gifts.iter().map(|gift| gift.points).sum();
        let gifts = Posting::moving(Unit::points(), Account::points_of(self.member), Account::points_issued(), points);
        over.into_iter().chain(gifts).collect()
    }
}
