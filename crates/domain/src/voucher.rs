//! Vouchers 代金券: what the shop owes to whoever shows a code. Each has an account of its own, below zero by what is left on it; a voucher is paid
//! with in parts until nothing is left, and goods that it paid give their part back to it.

mod decide;

pub use decide::{
    ChangeContext, IssueContext, VoucherChangeDraft, VoucherGiftDraft, VoucherNow, VoucherQuote, VoucherRefusal, VoucherReplaceDraft,
    VoucherSaleDraft, change, draw, give, normal_voucher, quote_sold, refunded_to, replace, sell,
};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    fact::Posts,
    ids::{MemberId, ShiftId, VoucherId},
    ledger::{Account, Posting, Unit},
    sale::{TenderTaken, kept_of},
};

/// A voucher came to be: sold, given, or in the place of one that was lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VoucherIssued {
    /// The voucher; chosen when it was begun, so that asking twice records once.
    pub voucher: VoucherId,
    /// Number of its slip, in the same count as receipts.
    pub number: String,
    /// Name of the till.
    pub till: String,
    /// What is shown to pay with it, without spaces and dashes.
    pub code: String,
    /// How it came to be.
    pub how: VoucherHow,
    /// What is on it, in minor units.
    pub amount_minor: i64,
    /// For whom, where somebody is named; whoever shows the code may pay with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub member: Option<MemberId>,
    /// The last day on which it pays, `YYYY-MM-DD`; absent where it does not end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub expires: Option<String>,
    /// How a sold one was paid; cash as handed over.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tenders: Vec<TenderTaken>,
    /// Cash given back.
    #[serde(default)]
    pub change_minor: i64,
    /// What cash rounding added, or, below zero, gave.
    #[serde(default)]
    pub rounding_minor: i64,
    /// The shift whose drawer took the cash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub shift: Option<ShiftId>,
    /// Why it was given or replaced, as typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub reason: Option<String>,
    /// The voucher in whose place it comes: what was left there is here now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub replaces: Option<VoucherId>,
}

/// How a voucher came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum VoucherHow {
    /// Somebody paid for it.
    Sold,
    /// The shop gave it away.
    Given,
    /// In the place of one that was lost.
    Replaced,
    /// For goods that came back.
    Returned,
}

impl VoucherHow {
    /// The word in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sold => "sold",
            Self::Given => "given",
            Self::Replaced => "replaced",
            Self::Returned => "returned",
        }
    }

    /// The way of this word.
    pub fn of_word(word: &str) -> Option<Self> {
        [Self::Sold, Self::Given, Self::Replaced, Self::Returned].into_iter().find(|how| how.word() == word)
    }
}

/// A voucher got another last day, was blocked, or is let through again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VoucherChanged {
    /// The voucher.
    pub voucher: VoucherId,
    /// Its new last day; absent where that stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub expires: Option<String>,
    /// Whether it is blocked from now on; absent where that stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub blocked: Option<bool>,
    /// Why, as typed.
    pub reason: String,
}

/// The part of a refund that goes to a voucher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VoucherBack {
    /// Which.
    pub voucher: VoucherId,
    /// Its code.
    pub code: String,
    /// True where it was made for this refund.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub made: bool,
    /// Last day of one that was made; absent where it does not end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub expires: Option<String>,
}

impl VoucherIssued {
    /// What each tender kept, after change.
    pub fn kept(&self) -> Vec<(&str, i64)> {
        kept_of(&self.tenders, self.change_minor)
    }
}

impl Posts for VoucherIssued {
    fn postings(&self) -> Vec<Posting> {
        let money = |debit, credit, amount| Posting::moving(Unit::money(), debit, credit, amount);
        let owed = || Account::voucher(self.voucher);
        match (self.how, self.replaces) {
            (VoucherHow::Sold, _) => {
                let taken = self.tenders.iter().filter_map(|tender| money(Account::till(&tender.kind, self.shift), owed(), tender.amount_minor));
                taken
                    .chain(money(owed(), Account::till("cash", self.shift), self.change_minor))
                    .chain(money(owed(), Account::rounding(), self.rounding_minor))
                    .collect()
            }
            (VoucherHow::Replaced, Some(lost)) => money(Account::voucher(lost), owed(), self.amount_minor).into_iter().collect(),
            (VoucherHow::Given | VoucherHow::Returned | VoucherHow::Replaced, _) => {
                money(Account::voucher_given(), owed(), self.amount_minor).into_iter().collect()
            }
        }
    }
}

impl Posts for VoucherChanged {}
