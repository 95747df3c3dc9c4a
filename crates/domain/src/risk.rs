//! Looking a month over before it is paid: signs that something may be wrong with a member's commission, each with its evidence, by rules that the shop
//! sets; and what somebody decided about it. What is held back lies on an account of its own until it is passed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    close::MICRO,
    fact::Posts,
    ids::MemberId,
    ledger::{Account, Posting, Unit},
};

/// When a member's month is worth a look. Zero switches a rule off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct RiskTerms {
    /// Months that pay less than this are not looked at, in minor units.
    pub least_minor: i64,
    /// Commission on own purchases is this share of the month's or more, in millionths.
    pub own_ppm: i64,
    /// The telephone number is another member's too.
    pub shared_phone: bool,
    /// The account for payouts is another member's too.
    pub shared_account: bool,
    /// Returns took back this share, in millionths, of what was earned before the month was closed, or more.
    pub returned_ppm: i64,
    /// Days before the end of a month: what was sold in them and came back after it …
    pub rushed_days: i64,
    /// … earned this share of the month's commission or more, in millionths.
    pub rushed_ppm: i64,
    /// The month's commission is so many times the member's average of the six months before, in millionths: 5,000,000 is five times.
    pub jump_ppm: i64,
    /// Own purchases are so many times what the branch below bought, in millionths.
    pub bought_ppm: i64,
    /// Commission on purchases of members with the same telephone number or account is this share of the month's or more, in millionths.
    pub ring_ppm: i64,
    /// The member came by for points on so many days of the month, or more, and bought nothing.
    pub sign_in_days: i64,
}

impl Default for RiskTerms {
    fn default() -> Self {
        Self {
            least_minor: 100,
            own_ppm: 500_000,
            shared_phone: true,
            shared_account: true,
            returned_ppm: 300_000,
            rushed_days: 3,
            rushed_ppm: 300_000,
            jump_ppm: 5_000_000,
            bought_ppm: 3_000_000,
            ring_ppm: 100_000,
            sign_in_days: 20,
        }
    }
}

impl RiskTerms {
    /// True where every figure can be meant.
    pub fn holds(&self) -> bool {
        let shares = [self.own_ppm, self.returned_ppm, self.rushed_ppm, self.ring_ppm];
        let times = [self.jump_ppm, self.bought_ppm];
        shares.iter().all(|share| (0..=1_000_000).contains(share))
            && times.iter().all(|times| (0..=1_000_000_000).contains(times))
            && self.least_minor >= 0
            && (0..=28).contains(&self.rushed_days)
            && (0..=31).contains(&self.sign_in_days)
    }
}

/// What is known of a member's month. Amounts in millionths of a minor unit, zero or above.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RiskFigures {
    /// What the statement pays, tax included, in minor units.
    pub payable_minor: i64,
    /// Earned in the month, before anything was taken back.
    pub earned_micro: i64,
    /// Of it on the member's own purchases.
    pub own_micro: i64,
    /// Others with the same telephone number.
    pub same_phone: Vec<MemberId>,
    /// Others with the same account for payouts.
    pub same_account: Vec<MemberId>,
    /// What this month's returns took back of earlier months.
    pub returned_micro: i64,
    /// What was earned on sales of the month's last days that came back after it.
    pub rushed_micro: i64,
    /// What was earned on average in the six months before; zero where nothing was.
    pub average_micro: i64,
    /// Own purchases of the month in minor units.
    pub bought_minor: i64,
    /// What the branch below bought in the month, in minor units.
    pub sold_minor: i64,
    /// Of what was earned: on purchases of members with the same telephone number or account for payouts.
    pub ring_micro: i64,
    /// Days of the month on which the member came by for points.
    pub came_days: i64,
}

/// Something that makes a month worth a look, with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "sign", rename_all = "snake_case")]
pub enum RiskSign {
    /// Much of it on own purchases.
    OwnPurchases {
        /// On own purchases.
        own_micro: i64,
        /// In all.
        earned_micro: i64,
    },
    /// The telephone number is another's too.
    SharedPhone {
        /// Whose.
        others: Vec<MemberId>,
    },
    /// The account for payouts is another's too.
    SharedAccount {
        /// Whose.
        others: Vec<MemberId>,
    },
    /// Goods of closed months came back.
    ReturnedLate {
        /// What that took back.
        returned_micro: i64,
        /// Earned in the month.
        earned_micro: i64,
    },
    /// Sold just before the close and returned after it.
    Rushed {
        /// What was earned on it.
        rushed_micro: i64,
        /// Earned in the month.
        earned_micro: i64,
    },
    /// Far above the member's own average.
    Jump {
        /// Earned in the month.
        earned_micro: i64,
        /// On average in the six months before.
        average_micro: i64,
    },
    /// Bought far more than those below bought.
    BoughtMore {
        /// Own purchases.
        bought_minor: i64,
        /// What the branch below bought.
        sold_minor: i64,
    },
    /// Earned on purchases of members with the same telephone number or account: on oneself under another name.
    Ring {
        /// On those purchases.
        ring_micro: i64,
        /// Earned in the month.
        earned_micro: i64,
    },
    /// Came by for points again and again, and bought nothing.
    SignIns {
        /// On so many days of the month.
        days: i64,
    },
    /// The shop's outside risk service raised a flag.
    Outside {
        /// In its words.
        says: String,
    },
}

/// The signs of a month, in the order of the rules.
pub fn signs(terms: &RiskTerms, figures: &RiskFigures) -> Vec<RiskSign> {
    if figures.payable_minor < terms.least_minor.max(1) {
        return Vec::new();
    }
    // A share or a multiple that is reached exactly counts; a rule of zero does not.
    let reaches =
        |part: i64, ppm: i64, whole: i64| ppm > 0 && part > 0 && i128::from(part) * i128::from(MICRO) >= i128::from(ppm) * i128::from(whole.max(0));
    let earned_micro = figures.earned_micro;
    let mut found = Vec::new();
    if reaches(figures.own_micro, terms.own_ppm, earned_micro) {
        found.push(RiskSign::OwnPurchases { own_micro: figures.own_micro, earned_micro });
    }
    if terms.shared_phone && !figures.same_phone.is_empty() {
        found.push(RiskSign::SharedPhone { others: figures.same_phone.clone() });
    }
    if terms.shared_account && !figures.same_account.is_empty() {
        found.push(RiskSign::SharedAccount { others: figures.same_account.clone() });
    }
    if reaches(figures.returned_micro, terms.returned_ppm, earned_micro) {
        found.push(RiskSign::ReturnedLate { returned_micro: figures.returned_micro, earned_micro });
    }
    if terms.rushed_days > 0 && reaches(figures.rushed_micro, terms.rushed_ppm, earned_micro) {
        found.push(RiskSign::Rushed { rushed_micro: figures.rushed_micro, earned_micro });
    }
    // Whoever earned nothing before has no average to leap from.
    if figures.average_micro > 0 && reaches(earned_micro, terms.jump_ppm, figures.average_micro) {
        found.push(RiskSign::Jump { earned_micro, average_micro: figures.average_micro });
    }
    if reaches(figures.bought_minor, terms.bought_ppm, figures.sold_minor) {
        found.push(RiskSign::BoughtMore { bought_minor: figures.bought_minor, sold_minor: figures.sold_minor });
    }
    if reaches(figures.ring_micro, terms.ring_ppm, earned_micro) {
        found.push(RiskSign::Ring { ring_micro: figures.ring_micro, earned_micro });
    }
    if terms.sign_in_days > 0 && figures.bought_minor == 0 && figures.came_days >= terms.sign_in_days {
        found.push(RiskSign::SignIns { days: figures.came_days });
    }
    found
}

/// What somebody decided about a member's month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Ruling {
    /// It is paid.
    Passed,
    /// It is kept back until somebody passes it.
    Held,
    /// Something was written down; it is still to be decided, and is paid where nobody does.
    Noted,
}

impl Ruling {
    /// The word in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Held => "held",
            Self::Noted => "noted",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Passed, Self::Held, Self::Noted].into_iter().find(|verdict| verdict.word() == word)
    }
}

/// Somebody looked a member's month over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementJudged {
    /// `YYYY-MM`.
    pub month: String,
    /// Round of its close.
    pub round: u32,
    /// Whose.
    pub member: MemberId,
    /// What was decided.
    pub verdict: Ruling,
    /// Why, as typed.
    pub reason: String,
    /// The signs that were seen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signs: Vec<RiskSign>,
}
impl Posts for StatementJudged {}

/// Commission on released statements is kept back, or no longer; a part of a close, or a decision after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommissionHeld {
    /// `YYYY-MM` of the statements.
    pub month: String,
    /// Round of the close.
    pub round: u32,
    /// Whose and how much.
    pub held: Vec<HeldPart>,
}

/// A member's part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldPart {
    /// Whose.
    pub member: MemberId,
    /// In minor units: above zero kept back, below zero payable again.
    pub amount_minor: i64,
}

impl Posts for CommissionHeld {
    fn postings(&self) -> Vec<Posting> {
        let moved = |part: &HeldPart| {
            let (held, payable) = (Account::commission_held(part.member), Account::commission_payable(part.member));
            Posting::moving(Unit::money(), held, payable, part.amount_minor)
        };
        self.held.iter().filter_map(moved).collect()
    }
}

/// Why nothing was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum RiskRefusal {
    /// Nothing typed.
    #[error("every decision needs a reason")]
    JudgeReason,
    /// The member has no statement in the month that is looked over.
    #[error("there is no statement of this member to look over in {month}")]
    NothingToJudge {
        /// As asked.
        month: String,
    },
    /// The statement is released and nothing of it is held.
    #[error("{month} is released, and nothing of this statement is held")]
    JudgedReleased {
        /// As asked.
        month: String,
    },
}

#[cfg(test)]
mod tests;
