//! What the shop takes off whole tickets by itself (满减), and coupons. Kept in versions that hold from a day on, never overwritten.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    fact::Posts,
    ids::PromotionId,
    prices::{PricesRefusal, check_time},
    pricing::{Coupon, DiscountKind, Eligible, Off, OrderDiscount, SpendStep, WHOLE_PPM},
};

/// A promotion was set up or changed: its whole terms from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromotionSaved {
    /// The promotion.
    pub promotion: PromotionId,
    /// First business date on which these terms hold, `YYYY-MM-DD`.
    pub from: String,
    /// The terms.
    pub terms: PromotionTerms,
}
impl Posts for PromotionSaved {}

/// Everything a promotion is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PromotionTerms {
    /// What clerk and customer read.
    pub name: String,
    /// What it takes off, and when.
    pub kind: PromotionKind,
    /// Which lines it is for.
    #[serde(default)]
    pub on: Eligible,
    /// The most it takes off one sale, in minor units.
    #[serde(default)]
    pub max_minor: Option<i64>,
    /// First business date.
    #[serde(default)]
    pub first: Option<String>,
    /// Last business date, included.
    #[serde(default)]
    pub last: Option<String>,
    /// True once the shop ended it.
    #[serde(default)]
    pub stopped: bool,
}

/// The kinds of promotions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PromotionKind {
    /// 满减: applied by the till itself. Of several steps the highest that is reached counts.
    Spend {
        /// The steps.
        steps: Vec<SpendStep>,
        /// True for 每满减: one step with an amount, taken off each time the sum is reached.
        #[serde(default)]
        every: bool,
    },
    /// A coupon that the customer shows.
    Coupon {
        /// Typed or scanned; capital letters and digits.
        code: String,
        /// What it takes off.
        off: Off,
        /// What the eligible lines must still cost, in minor units.
        #[serde(default)]
        over_minor: i64,
        /// How many sales may use it; absent means any number.
        #[serde(default)]
        limit: Option<u32>,
        /// How many sales of one member may use it; absent means any number.
        #[serde(default)]
        per_member: Option<u32>,
    },
}

/// A promotion as it stands on a day, and how often it was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PromotionNow {
    /// The promotion.
    pub promotion: PromotionId,
    /// Its terms.
    pub terms: PromotionTerms,
    /// Sales that it took something off.
    #[ts(type = "number")]
    pub used: u32,
    /// Of them sales of the buyer at hand.
    #[ts(type = "number")]
    pub used_by_member: u32,
}

/// A promotion that took something off a sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PromotionUsed {
    /// The promotion.
    pub promotion: PromotionId,
    /// Its name then.
    pub name: String,
    /// The coupon's code, where it is one.
    #[serde(default)]
    pub code: Option<String>,
    /// What it took off, in minor units.
    pub amount_minor: i64,
}

impl PromotionTerms {
    /// The coupon's code, where it is one.
    pub fn code(&self) -> Option<&str> {
        match &self.kind {
            PromotionKind::Coupon { code, .. } => Some(code),
            PromotionKind::Spend { .. } => None,
        }
    }

    /// True where it holds on this day.
    pub fn holds_on(&self, today: &str) -> bool {
        !self.stopped && self.first.as_deref().is_none_or(|first| first <= today) && self.last.as_deref().is_none_or(|last| today <= last)
    }
}

impl PromotionNow {
    /// The discount that the till gives by itself; `None` for a coupon, and on days on which it does not hold.
    pub fn given_on(&self, today: &str) -> Option<OrderDiscount> {
        let PromotionKind::Spend { steps, every } = &self.terms.kind else { return None };
        let kind = match steps.as_slice() {
            [SpendStep { over_minor, off }] if *every => DiscountKind::Threshold { over_minor: *over_minor, off: *off, every: true },
            steps => DiscountKind::Steps(steps.to_vec()),
        };
        self.terms.holds_on(today).then(|| OrderDiscount { kind, max_minor: self.terms.max_minor, on: self.terms.on.clone() })
    }

    /// The coupon as pricing takes it, with how many more sales may use it, for this buyer as for all.
    pub fn coupon(&self) -> Option<(String, Coupon)> {
        let PromotionKind::Coupon { code, off, over_minor, limit, per_member } = &self.terms.kind else { return None };
        let of_all = limit.map(|limit| limit.saturating_sub(self.used));
        let of_member = per_member.map(|limit| limit.saturating_sub(self.used_by_member));
        let left = match (self.terms.stopped, of_all, of_member) {
            (true, ..) => Some(0),
            (false, Some(all), Some(member)) => Some(all.min(member)),
            (false, one, other) => one.or(other),
        };
        let PromotionTerms { on, max_minor, first, last, .. } = &self.terms;
        let coupon =
            Coupon { off: *off, over_minor: *over_minor, max_minor: *max_minor, on: on.clone(), left, from: first.clone(), to: last.clone() };
        Some((code.clone(), coupon))
    }

    /// True where a member has to be named, because uses are counted by member.
    pub fn is_per_member(&self) -> bool {
        matches!(self.terms.kind, PromotionKind::Coupon { per_member: Some(_), .. })
    }
}

/// A coupon's code as it is compared: trimmed, in capitals, full-width letters and digits as plain ones.
pub fn normal_code(typed: &str) -> String {
    let plain = |letter: char| match letter {
        '！'..='～' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        other => other,
    };
    typed.trim().chars().map(plain).flat_map(char::to_uppercase).collect()
}

/// Why a promotion is not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum PromotionRefusal {
    /// The name is empty.
    #[error("a promotion needs a name")]
    NoName,
    /// The code is empty, too long, or has other signs than letters, digits, `-` and `_`.
    #[error("a coupon's code has 3 to 32 letters and digits")]
    CouponCode,
    /// Another coupon that is not ended has this code.
    #[error("code {taken} belongs to {by}")]
    CouponTaken {
        /// The code.
        taken: String,
        /// The coupon that has it.
        by: String,
    },
    /// A spend promotion without a step.
    #[error("a spend promotion needs a step")]
    NoSteps,
    /// An amount below zero, a share past the whole, two steps at the same sum, or one that takes nothing off.
    #[error("a discount is above zero, a share at most 100 %, and no two steps begin at the same sum")]
    OffRange,
    /// 每满减 has one step with an amount, and a sum above zero.
    #[error("for each time the sum is reached there is one step: a sum above zero and an amount")]
    EveryNeedsOne,
    /// A limit of no use at all.
    #[error("a limit is one use or more")]
    LimitRange,
    /// The dates are wrong.
    #[error("{dates}")]
    Dates {
        /// What is wrong with them, with its own code.
        dates: PricesRefusal,
    },
}

/// Tidies the terms and decides whether they may hold. `taken_by` names another coupon that has the same code and is not ended.
///
/// # Errors
/// [`PromotionRefusal`], in the order of its variants.
pub fn decide(promotion: PromotionId, mut terms: PromotionTerms, taken_by: Option<String>, today: &str) -> Result<PromotionSaved, PromotionRefusal> {
    terms.name = terms.name.trim().to_owned();
    if terms.name.is_empty() {
        return Err(PromotionRefusal::NoName);
    }
    terms.on.category = terms.on.category.map(|category| category.trim().to_owned()).filter(|category| !category.is_empty());
    match &mut terms.kind {
        PromotionKind::Spend { steps, every } => {
            if steps.is_empty() {
                return Err(PromotionRefusal::NoSteps);
            }
            steps.sort_by_key(|step| step.over_minor);
            let twice = steps.windows(2).any(|pair| pair[0].over_minor == pair[1].over_minor);
            if twice || steps.iter().any(|step| step.over_minor < 0 || !takes_something(step.off)) {
                return Err(PromotionRefusal::OffRange);
            }
            let one_amount = matches!(steps.as_slice(), [SpendStep { over_minor: 1.., off: Off::AmountMinor(_) }]);
            if *every && !one_amount {
                return Err(PromotionRefusal::EveryNeedsOne);
            }
        }
        PromotionKind::Coupon { code, off, over_minor, limit, per_member } => {
            *code = normal_code(code);
            let sound = (3..=32).contains(&code.len()) && code.bytes().all(|sign| sign.is_ascii_alphanumeric() || b"-_".contains(&sign));
            if !sound {
                return Err(PromotionRefusal::CouponCode);
            }
            if let Some(by) = taken_by.filter(|_| !terms.stopped) {
                return Err(PromotionRefusal::CouponTaken { taken: code.clone(), by });
            }
            if *over_minor < 0 || !takes_something(*off) {
                return Err(PromotionRefusal::OffRange);
            }
            if *limit == Some(0) || *per_member == Some(0) {
                return Err(PromotionRefusal::LimitRange);
            }
        }
    }
    if terms.max_minor.is_some_and(|max| max <= 0) {
        return Err(PromotionRefusal::OffRange);
    }
    check_time(terms.first.as_deref(), terms.last.as_deref()).map_err(|dates| PromotionRefusal::Dates { dates })?;
    Ok(PromotionSaved { promotion, from: today.to_owned(), terms })
}

fn takes_something(off: Off) -> bool {
    match off {
        Off::PercentPpm(share) => (1..=WHOLE_PPM).contains(&share),
        Off::AmountMinor(minor) => (1..=crate::pricing::LARGEST_MINOR).contains(&minor),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spend(steps: &[(i64, Off)], every: bool) -> PromotionTerms {
        let steps = steps.iter().map(|(over_minor, off)| SpendStep { over_minor: *over_minor, off: *off }).collect();
        terms(PromotionKind::Spend { steps, every })
    }

    fn coupon(code: &str, limit: Option<u32>, per_member: Option<u32>) -> PromotionTerms {
        terms(PromotionKind::Coupon { code: code.into(), off: Off::AmountMinor(500), over_minor: 0, limit, per_member })
    }

    fn terms(kind: PromotionKind) -> PromotionTerms {
        PromotionTerms { name: "双十一".into(), kind, on: Eligible::default(), max_minor: None, first: None, last: None, stopped: false }
    }

    fn said(terms: PromotionTerms, taken_by: Option<&str>) -> Result<PromotionTerms, PromotionRefusal> {
        decide(PromotionId(uuid::Uuid::nil()), terms, taken_by.map(str::to_owned), "2026-11-11").map(|saved| saved.terms)
    }

    #[test]
    fn each_rule_in_the_order_it_speaks() {
        let ten = Off::AmountMinor(1000);
        assert_eq!(said(PromotionTerms { name: " ".into(), ..spend(&[(1, ten)], false) }, None), Err(PromotionRefusal::NoName));
        assert_eq!(said(spend(&[], false), None), Err(PromotionRefusal::NoSteps));
        assert_eq!(said(spend(&[(100, Off::PercentPpm(0))], false), None), Err(PromotionRefusal::OffRange));
        assert_eq!(said(spend(&[(100, ten), (100, ten)], false), None), Err(PromotionRefusal::OffRange));
        assert_eq!(said(spend(&[(100, ten), (200, ten)], true), None), Err(PromotionRefusal::EveryNeedsOne));
        assert_eq!(said(spend(&[(0, ten)], true), None), Err(PromotionRefusal::EveryNeedsOne));
        assert_eq!(said(spend(&[(200, ten), (100, ten)], false), None), Ok(spend(&[(100, ten), (200, ten)], false)));
        assert_eq!(said(coupon("a b", None, None), None), Err(PromotionRefusal::CouponCode));
        assert_eq!(said(coupon("ｎew10 ", None, None), None), Ok(coupon("NEW10", None, None)));
        assert!(matches!(said(coupon("NEW10", None, None), Some("旧券")), Err(PromotionRefusal::CouponTaken { .. })));
        assert_eq!(said(coupon("NEW10", Some(0), None), None), Err(PromotionRefusal::LimitRange));
        let dated = PromotionTerms { first: Some("2026-11-12".into()), last: Some("2026-11-11".into()), ..coupon("NEW10", None, None) };
        assert!(matches!(said(dated, None), Err(PromotionRefusal::Dates { .. })));
    }

    #[test]
    fn what_is_left_of_a_coupon_is_the_least_of_its_limits() {
        for limit in [None, Some(1), Some(3)] {
            for per_member in [None, Some(1), Some(2)] {
                for used in 0..4 {
                    for used_by_member in 0..=used {
                        let now = PromotionNow {
                            promotion: PromotionId(uuid::Uuid::nil()),
                            terms: coupon("NEW10", limit, per_member),
                            used,
                            used_by_member,
                        };
                        let left = now.coupon().and_then(|(_, coupon)| coupon.left);
                        let may = limit.is_none_or(|limit| used < limit) && per_member.is_none_or(|limit| used_by_member < limit);
                        assert_eq!(left != Some(0), may, "{limit:?} {per_member:?} {used} {used_by_member}");
                    }
                }
            }
        }
    }
}
