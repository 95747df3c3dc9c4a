//! Groups of members that keep themselves: whoever fits today is in them, and nobody is put there.
//!
//! The life of a customer (new, active, sleeping, lost) follows from the days since the last purchase. The eight RFM groups follow from three
//! questions, as the trade asks them: bought lately, bought often, bought for much.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A group of members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MemberGroup {
    /// Joined lately.
    New,
    /// Bought lately.
    Active,
    /// Did not buy for a while.
    Sleeping,
    /// Did not buy for long.
    Lost,
    /// Never bought.
    Never,
    /// Has a birthday in this month.
    Birthday,
    /// Bought and never spent points.
    Unredeemed,
    /// 重要价值客户: lately, often, for much.
    Champion,
    /// 重要发展客户: lately and for much, not often.
    Promising,
    /// 重要保持客户: often and for much, not lately.
    Keep,
    /// 重要挽留客户: for much, neither lately nor often.
    WinBack,
    /// 一般价值客户: lately and often, not for much.
    Loyal,
    /// 一般发展客户: lately, neither often nor for much.
    Fresh,
    /// 一般保持客户: often, neither lately nor for much.
    Fading,
    /// 一般挽留客户: none of the three.
    Passing,
}

impl MemberGroup {
    /// Every group, as lists show them.
    pub const ALL: [Self; 15] = [
        Self::New,
        Self::Active,
        Self::Sleeping,
        Self::Lost,
        Self::Never,
        Self::Birthday,
        Self::Unredeemed,
        Self::Champion,
        Self::Promising,
        Self::Keep,
        Self::WinBack,
        Self::Loyal,
        Self::Fresh,
        Self::Fading,
        Self::Passing,
    ];

    /// The answers to lately, often and for much, where it is one of the eight.
    pub fn rfm(self) -> Option<(bool, bool, bool)> {
        match self {
            Self::Champion => Some((true, true, true)),
            Self::Promising => Some((true, false, true)),
            Self::Keep => Some((false, true, true)),
            Self::WinBack => Some((false, false, true)),
            Self::Loyal => Some((true, true, false)),
            Self::Fresh => Some((true, false, false)),
            Self::Fading => Some((false, true, false)),
            Self::Passing => Some((false, false, false)),
            Self::New | Self::Active | Self::Sleeping | Self::Lost | Self::Never | Self::Birthday | Self::Unredeemed => None,
        }
    }
}

/// Where one group ends and the next begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct GroupTerms {
    /// Whoever joined within so many days is new.
    pub new_days: u32,
    /// Whoever bought within so many days is active.
    pub active_days: u32,
    /// Whoever is not active and bought within so many days sleeps; all others who ever bought are lost.
    pub sleeping_days: u32,
    /// Lately, for RFM: within so many days.
    pub rfm_days: u32,
    /// Often: so many purchases or more.
    pub rfm_purchases: i64,
    /// For much: this net or more, minor units.
    pub rfm_minor: i64,
    /// Where the bands of spending begin, minor units, rising; below the first is a band of its own.
    pub bands: Vec<i64>,
}

impl GroupTerms {
    /// As a shop begins whose currency has this many decimals.
    pub fn usual(digits: u8) -> Self {
        let one = 10_i64.pow(u32::from(digits));
        Self {
            new_days: 30,
            active_days: 90,
            sleeping_days: 180,
            rfm_days: 60,
            rfm_purchases: 3,
            rfm_minor: 1_000 * one,
            bands: vec![100 * one, 500 * one, 2_000 * one, 10_000 * one],
        }
    }

    /// The first part that does not hold.
    pub fn odd(&self) -> Option<&'static str> {
        let days = |days: u32| (1..=3_660).contains(&days);
        match () {
            () if ![self.new_days, self.active_days, self.sleeping_days, self.rfm_days].into_iter().all(days) => Some("days"),
            () if self.sleeping_days <= self.active_days => Some("sleeping"),
            () if self.rfm_purchases < 1 || self.rfm_minor < 1 => Some("rfm"),
            () if self.bands.len() > 10 || self.bands.first().is_some_and(|first| *first < 1) || !self.bands.is_sorted_by(|a, b| a < b) => {
                Some("bands")
            }
            () => None,
        }
    }
}

impl Default for GroupTerms {
    fn default() -> Self {
        Self::usual(2)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_answer_of_the_three_questions_has_one_group() {
        let answers: BTreeSet<_> = MemberGroup::ALL.iter().filter_map(|group| group.rfm()).collect();
        assert_eq!(answers.len(), 8);
    }

    #[test]
    fn terms_that_would_leave_somebody_out_are_told() {
        assert_eq!(GroupTerms::default().odd(), None);
        assert_eq!(GroupTerms { sleeping_days: 90, ..GroupTerms::default() }.odd(), Some("sleeping"));
        assert_eq!(GroupTerms { new_days: 0, ..GroupTerms::default() }.odd(), Some("days"));
        assert_eq!(GroupTerms { rfm_minor: 0, ..GroupTerms::default() }.odd(), Some("rfm"));
        for bands in [vec![0, 5], vec![5, 5], vec![9, 5]] {
            assert_eq!(GroupTerms { bands, ..GroupTerms::default() }.odd(), Some("bands"));
        }
    }
}
