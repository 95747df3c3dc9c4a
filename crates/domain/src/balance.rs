//! Stored value 储值: money a member left with the shop, and what the shop added to it. Both are owed to the member in accounts of their own, so that
//! what was paid in and what was given are told apart to the last unit. Paying with it spends the member's own money first.

mod decide;

pub use decide::{
    BalanceRefusal, BonusStep, RefundContext, TopUpContext, TopUpDraft, TopUpQuote, TopUpRefundDraft, TopUpStands, bonus_of, quote_top_up,
    refund_top_up, top_up,
};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    fact::Posts,
    ids::{MemberId, PersonId, ShiftId, TopUpId},
    ledger::{Account, Posting, Unit},
    returns::Refund,
    sale::{TenderTaken, kept_of},
};

/// A member paid money in, and the shop added its bonus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BalanceToppedUp {
    /// The top-up; chosen when it was begun, so that asking twice records once.
    pub top_up: TopUpId,
    /// Number of its receipt, in the same count as receipts.
    pub number: String,
    /// Name of the till.
    pub till: String,
    /// Whose balance.
    pub member: MemberId,
    /// What was paid in, in minor units.
    pub amount_minor: i64,
    /// What the shop added.
    #[serde(default)]
    pub bonus_minor: i64,
    /// How it was paid; cash as handed over.
    pub tenders: Vec<TenderTaken>,
    /// Cash given back.
    #[serde(default)]
    pub change_minor: i64,
    /// What cash rounding added, or, below zero, gave.
    #[serde(default)]
    pub rounding_minor: i64,
    /// The shift whose drawer took the cash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift: Option<ShiftId>,
}

/// Money of a top-up was given back, and the bonus that came with it taken away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TopUpRefunded {
    /// The refund; chosen when it was begun.
    pub refund: TopUpId,
    /// Number of its receipt.
    pub number: String,
    /// Name of the till.
    pub till: String,
    /// The top-up.
    pub top_up: TopUpId,
    /// Its number.
    pub top_up_number: String,
    /// Whose balance.
    pub member: MemberId,
    /// By how much the paid-in money falls, in minor units.
    pub amount_minor: i64,
    /// By how much the bonus falls.
    #[serde(default)]
    pub bonus_minor: i64,
    /// Bonus that was spent already and is therefore kept from the money.
    #[serde(default)]
    pub withheld_minor: i64,
    /// What cash rounding added, or, below zero, kept.
    #[serde(default)]
    pub rounding_minor: i64,
    /// How the rest was given back.
    pub refunds: Vec<Refund>,
    /// The shift whose drawer gave the cash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift: Option<ShiftId>,
    /// Why, as typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Who agreed, where whoever gave it back may not alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<PersonId>,
}

/// Stored value that a member brought along from the system before: owed from now on as if it had been paid in here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BalanceOpened {
    /// Whose balance.
    pub member: MemberId,
    /// What they had paid in and not spent, in minor units.
    pub paid_minor: i64,
    /// What had been added to it and was not spent.
    #[serde(default)]
    pub bonus_minor: i64,
}

impl BalanceToppedUp {
    /// What each tender kept, after change.
    pub fn kept(&self) -> Vec<(&str, i64)> {
        kept_of(&self.tenders, self.change_minor)
    }
}

impl TopUpRefunded {
    /// What each tender kept of it: below zero, because money went back.
    pub fn kept(&self) -> Vec<(&str, i64)> {
        self.refunds.iter().map(|refund| (refund.kind.as_str(), -refund.amount_minor)).collect()
    }
}

fn money(debit: Account, credit: Account, amount: i64) -> Option<Posting> {
    Posting::moving(Unit::money(), debit, credit, amount)
}

impl Posts for BalanceToppedUp {
    fn postings(&self) -> Vec<Posting> {
        let paid_in = || Account::balance_paid(self.member);
        let mut postings: Vec<Posting> =
            self.tenders.iter().filter_map(|tender| money(Account::till(&tender.kind, self.shift), paid_in(), tender.amount_minor)).collect();
        postings.extend(money(paid_in(), Account::till("cash", self.shift), self.change_minor));
        postings.extend(money(paid_in(), Account::rounding(), self.rounding_minor));
        postings.extend(money(Account::balance_given(), Account::balance_bonus(self.member), self.bonus_minor));
        postings
    }
}

impl Posts for BalanceOpened {
    fn postings(&self) -> Vec<Posting> {
        let paid = money(Account::tender("before"), Account::balance_paid(self.member), self.paid_minor);
        let bonus = money(Account::balance_given(), Account::balance_bonus(self.member), self.bonus_minor);
        paid.into_iter().chain(bonus).collect()
    }
}

impl Posts for TopUpRefunded {
    fn postings(&self) -> Vec<Posting> {
        let paid_in = || Account::balance_paid(self.member);
        let mut postings: Vec<Posting> =
            self.refunds.iter().filter_map(|refund| money(paid_in(), Account::till(&refund.kind, self.shift), refund.amount_minor)).collect();
        postings.extend(money(Account::rounding(), paid_in(), self.rounding_minor));
        postings.extend(money(paid_in(), Account::balance_given(), self.withheld_minor));
        postings.extend(money(Account::balance_bonus(self.member), Account::balance_given(), self.bonus_minor));
        postings
    }
}
