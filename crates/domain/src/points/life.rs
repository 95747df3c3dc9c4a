//! The life of points: locked until goods can no longer come back, then usable, then gone by age or by calendar, first in first out.
//!
//! Everything follows from a member's movements in the order of the journal: what is left of what came in when, and what is still locked. Points go out
//! of those that run out first; a return takes the sale's own points back, locked ones first, and gives spent ones back to where they came from. Where
//! a sale's points were spent before the sale came back, what came in with it stands below zero: that is a debt that says why. Whatever the order of
//! earning, spending, ageing and bringing back: once everything came back, nothing is left and nothing is owed.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::PointsWhy;
use crate::{
    fact::Posts,
    ids::{EntryId, MemberId},
    ledger::{Account, Posting, Unit},
};

/// Some of the points that came in together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PointsPart {
    /// The last day, `YYYY-MM-DD`; absent where they never run out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub good_until: Option<String>,
    /// How many.
    pub points: i64,
    /// The entry that they came in with.
    pub of: EntryId,
}

/// When earned points run out. What was earned before keeps the terms that it was earned by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum PointsExpiry {
    /// Never.
    #[default]
    Never,
    /// So many months after the day they came, that day included.
    Months {
        /// 1 or more.
        months: u32,
    },
    /// At the end of the year in which they came, or so many years later.
    YearEnd {
        /// 0 for the same year.
        years: u32,
    },
}

impl PointsExpiry {
    /// The last day of points that come on this one, both `YYYY-MM-DD`; a day that a month does not have is its last. `None` for ever, and for
    /// what is no day.
    pub fn good_until(self, day: &str) -> Option<String> {
        let mut numbers = day.split('-').map(|part| part.parse::<u32>().ok());
        let (year, month, date) = (numbers.next()??, numbers.next()??, numbers.next()??);
        match self {
            Self::Never => None,
            Self::YearEnd { years } => Some(format!("{:04}-12-31", year.checked_add(years)?)),
            Self::Months { months } => {
                let at = year.checked_mul(12)?.checked_add(month.checked_sub(1)?)?.checked_add(months)?;
                let (year, month) = (at / 12, at % 12 + 1);
                let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
                let last = match month {
                    2 if leap => 29,
                    2 => 28,
                    4 | 6 | 9 | 11 => 30,
                    _ => 31,
                };
                Some(format!("{year:04}-{month:02}-{:02}", date.min(last)))
            }
        }
    }
}

/// What happens to points that lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Ageing {
    /// Goods can no longer come back: they may be spent.
    Usable,
    /// Their last day is over.
    Expired,
}

impl Ageing {
    /// As it stands in the books.
    pub fn word(self) -> &'static str {
        match self {
            Self::Usable => "usable",
            Self::Expired => "expired",
        }
    }
}

/// What a day did to points that were due on it, or had become due since the run before. Its identity is made of the day, so that a further run of the
/// same day adds nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointsAged {
    /// The shop's day of the run.
    pub day: String,
    /// What became of each, member by member.
    pub rows: Vec<AgedPoints>,
}

/// What became of points that came in with one entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgedPoints {
    /// Whose.
    pub member: MemberId,
    /// The entry that they came in with.
    pub of: EntryId,
    /// What became of them.
    pub how: Ageing,
    /// The first usable day, or the last day.
    pub due: String,
    /// How many; 0 where all of them had gone before.
    pub points: i64,
    /// How many of those whose last day is over stay, because they make up for what the member owes.
    #[serde(default, skip_serializing_if = "super::is_zero")]
    pub made_up: i64,
}

impl Posts for PointsAged {
    fn postings(&self) -> Vec<Posting> {
        let posting = |row: &AgedPoints| {
            let held = Account::points_of(row.member);
            match row.how {
                Ageing::Usable => Posting::moving(Unit::points(), held, Account::points_locked(row.member), row.points),
                Ageing::Expired => Posting::moving(Unit::points(), Account::points_expired(), held, row.points),
            }
        };
        self.rows.iter().filter_map(posting).collect()
    }
}

/// One movement of a member's points as the books keep it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Why.
    pub why: PointsWhy,
    /// By how much all points change; 0 where locked ones became usable.
    pub points: i64,
    /// By how much the locked ones among them change.
    pub locked: i64,
    /// The entry that the points came in with, or went out of; of a spending the sale.
    pub of: EntryId,
    /// The last day of what came in or was over.
    pub good_until: Option<String>,
    /// Of points taken back: how many had run out already, so that they are not taken once more. Of points whose last day was over: how many stayed
    /// and made up for a debt.
    pub beside: i64,
}

/// What is left of points that came in together.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Lot {
    of: EntryId,
    good_until: Option<String>,
    /// Usable and not gone yet; below zero where they were spent and then taken back.
    left: i64,
    /// Locked and not gone yet.
    locked: i64,
    /// Ran out, and not counted in what was taken back.
    expired: i64,
}

/// A member's points by where they came from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lots {
    lots: Vec<Lot>,
    /// What went although it was not there: two tills that were apart spent the same points.
    short: i64,
}

impl Lots {
    /// The lots after these movements, in the order of the journal.
    pub fn of<'m>(moves: impl IntoIterator<Item = &'m Moved>) -> Self {
        let mut lots = Self::default();
        for moved in moves {
            lots.follow(moved);
        }
        lots
    }

    /// Follows one more movement. Answers how many of the points that it took back had been spent before.
    pub fn follow(&mut self, moved: &Moved) -> i64 {
        match moved.why {
            PointsWhy::Usable => {
                let lot = self.own(moved.of);
                lot.locked += moved.locked;
                lot.left -= moved.locked;
                0
            }
            PointsWhy::TakenBack => {
                let lot = self.own(moved.of);
                lot.locked += moved.locked;
                lot.expired -= moved.beside;
                let before = lot.left.min(0);
                lot.left += moved.points - moved.locked;
                before - lot.left.min(0)
            }
            PointsWhy::Expired => {
                let lot = self.lot(moved.of, moved.good_until.as_ref());
                lot.left += moved.points - moved.beside;
                lot.expired -= moved.points;
                self.make_up(moved.beside);
                0
            }
            PointsWhy::Earned
            | PointsWhy::Spent
            | PointsWhy::GivenBack
            | PointsWhy::ByHand
            | PointsWhy::SignIn
            | PointsWhy::Birthday
            | PointsWhy::LevelGift
            | PointsWhy::Referral
            | PointsWhy::Merged
            | PointsWhy::Review
            | PointsWhy::Share => {
                let usable = moved.points - moved.locked;
                if usable < 0 {
                    self.leave(-usable);
                } else {
                    let lot = self.lot(moved.of, moved.good_until.as_ref());
                    lot.locked += moved.locked;
                    lot.left += usable;
                }
                0
            }
        }
    }

    /// Those that came in with an entry and have this last day; made where there are none.
    fn lot(&mut self, of: EntryId, good_until: Option<&String>) -> &mut Lot {
        let found = self.lots.iter().position(|lot| lot.of == of && lot.good_until.as_ref() == good_until);
        let at = found.unwrap_or_else(|| {
            self.lots.push(Lot { of, good_until: good_until.cloned(), left: 0, locked: 0, expired: 0 });
            self.lots.len() - 1
        });
        &mut self.lots[at]
    }

    /// Those that came in with an entry, whatever their last day: a sale's own have one.
    fn own(&mut self, of: EntryId) -> &mut Lot {
        let last = self.lots.iter().find(|lot| lot.of == of).and_then(|lot| lot.good_until.clone());
        self.lot(of, last.as_ref())
    }

    /// Points go, those first that run out first.
    fn leave(&mut self, mut points: i64) {
        for at in self.in_order() {
            let gone = points.min(self.lots[at].left).max(0);
            self.lots[at].left -= gone;
            points -= gone;
        }
        self.short += points;
    }

    /// So many make up for what is below zero, the oldest debt first.
    fn make_up(&mut self, mut points: i64) {
        for lot in &mut self.lots {
            let up = points.min(-lot.left).max(0);
            lot.left += up;
            points -= up;
        }
        self.short -= points;
    }

    /// Which run out first, those that never do last; of one day the older first.
    fn in_order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.lots.len()).collect();
        order.sort_by_key(|at| (self.lots[*at].good_until.is_none(), self.lots[*at].good_until.clone(), *at));
        order
    }

    /// The usable points, less what is owed: what the ledger holds. Below zero is a debt.
    pub fn held(&self) -> i64 {
        self.lots.iter().map(|lot| lot.left).sum::<i64>() - self.short
    }

    /// The locked points.
    pub fn locked(&self) -> i64 {
        self.lots.iter().map(|lot| lot.locked).sum()
    }

    /// Of the points that a sale earned: how many are still locked, and how many ran out and were not taken back.
    pub fn locked_and_expired(&self, of: EntryId) -> (i64, i64) {
        let own = self.lots.iter().filter(|lot| lot.of == of);
        own.fold((0, 0), |(locked, expired), lot| (locked + lot.locked.max(0), expired + lot.expired.max(0)))
    }

    /// What spending so many takes, in the order in which it goes.
    pub fn parts_of(&self, mut points: i64) -> Vec<PointsPart> {
        let mut parts = Vec::new();
        for at in self.in_order() {
            let lot = &self.lots[at];
            let part = points.min(lot.left).max(0);
            points -= part;
            if part > 0 {
                parts.push(PointsPart { of: lot.of, good_until: lot.good_until.clone(), points: part });
            }
        }
        parts
    }

    /// What runs out up to and on a day, soonest first. Locked ones count: they are usable before. A debt takes the soonest.
    pub fn running_out(&self, until: &str) -> Vec<PointsPart> {
        let mut owed = self.short - self.lots.iter().map(|lot| lot.left.min(0)).sum::<i64>();
        let mut parts = Vec::new();
        for at in self.in_order() {
            let lot = &self.lots[at];
            let all = lot.left.max(0) + lot.locked.max(0);
            let made_up = owed.min(all).max(0);
            owed -= made_up;
            if all > made_up && lot.good_until.as_deref().is_some_and(|last| last <= until) {
                parts.push(PointsPart { of: lot.of, good_until: lot.good_until.clone(), points: all - made_up });
            }
        }
        parts
    }

    /// What becomes of points that are due. What is over and needed to make up for a debt stays. Follows it at once, so that further points of the
    /// same day see it.
    pub fn age(&mut self, member: MemberId, of: EntryId, how: Ageing, due: &str) -> AgedPoints {
        let good_until = (how == Ageing::Expired).then(|| due.to_owned());
        let (points, made_up) = match how {
            Ageing::Usable => (self.locked_and_expired(of).0, 0),
            Ageing::Expired => {
                let held = self.held().max(0);
                let left = self.lot(of, good_until.as_ref()).left.max(0);
                (left.min(held), (left - held).max(0))
            }
        };
        let (why, all, locked) = match how {
            Ageing::Usable => (PointsWhy::Usable, 0, -points),
            Ageing::Expired => (PointsWhy::Expired, -points, 0),
        };
        self.follow(&Moved { why, points: all, locked, of, good_until, beside: made_up });
        AgedPoints { member, of, how, due: due.to_owned(), points, made_up }
    }
}

/// Of points that were spent in these parts, those that come back when `from` had come back before and `to` have after it. They come back to where
/// they came from, those that last longest first, each with the last day that it had: buying and bringing back makes nothing last longer.
pub fn parts_back(spent: &[PointsPart], from: i64, to: i64) -> Vec<PointsPart> {
    let mut order: Vec<&PointsPart> = spent.iter().collect();
    order.sort_by_key(|part| Reverse((part.good_until.is_none(), part.good_until.clone())));
    let mut parts = Vec::new();
    let mut at = 0;
    for part in order {
        let end = at + part.points;
        let points = to.min(end) - from.max(at);
        if points > 0 {
            parts.push(PointsPart { points, ..part.clone() });
        }
        at = end;
    }
    parts
}

#[cfg(test)]
#[path = "life_worlds.rs"]
mod worlds;
