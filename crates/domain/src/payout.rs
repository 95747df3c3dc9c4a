//! Paying commission out: from what a released statement owes to money in the member's hands. Each state is an account of the member, each step a
//! posting from one to the next; whatever fails goes back whole to what is payable.

mod decide;
mod terms;
mod yearly;

pub use decide::{PayoutRefusal, Standing, approve, blocked, move_on, request};
pub use terms::{BatchFormat, Channel, ChannelKind, Column, PayoutTerms, Template};
pub use yearly::{YearlyReport, yearly_report};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    fact::Posts,
    ids::{BatchId, MemberId, PayoutId},
    ledger::{Account, Posting, Unit},
};

/// Where a payout stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PayoutState {
    /// Asked for; the amount is set aside.
    Requested,
    /// Approved by one person and waiting for a second.
    Seconded,
    /// Approved.
    Approved,
    /// Given to the bank or the payment service.
    Sent,
    /// With the member.
    Paid,
    /// The bank or the service said no; payable again.
    Failed,
    /// It was paid and came back; payable again.
    Returned,
    /// Turned down in the shop; payable again.
    Rejected,
}

impl PayoutState {
    /// Every state, in the order of a payout's life.
    pub const ALL: [Self; 8] =
        [Self::Requested, Self::Seconded, Self::Approved, Self::Sent, Self::Paid, Self::Failed, Self::Returned, Self::Rejected];

    /// The word in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Seconded => "seconded",
            Self::Approved => "approved",
            Self::Sent => "sent",
            Self::Paid => "paid",
            Self::Failed => "failed",
            Self::Returned => "returned",
            Self::Rejected => "rejected",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// True where the amount went back to what is payable.
    pub fn is_back(self) -> bool {
        matches!(self, Self::Failed | Self::Returned | Self::Rejected)
    }

    /// True where a payout may go from here to there.
    pub fn leads_to(self, next: Self) -> bool {
        match self {
            Self::Requested => matches!(next, Self::Seconded | Self::Approved | Self::Rejected),
            Self::Seconded => matches!(next, Self::Approved | Self::Rejected),
            Self::Approved => matches!(next, Self::Sent | Self::Paid | Self::Rejected),
            Self::Sent => matches!(next, Self::Paid | Self::Failed),
            Self::Paid => next == Self::Returned,
            Self::Failed | Self::Returned | Self::Rejected => false,
        }
    }

    /// Where the amount lies in this state; what is back is payable.
    fn account(self, member: MemberId) -> Account {
        match self {
            Self::Requested | Self::Seconded => Account::payout_requested(member),
            Self::Approved => Account::payout_approved(member),
            Self::Sent => Account::payout_sent(member),
            Self::Paid => Account::payout_paid(member),
            Self::Failed | Self::Returned | Self::Rejected => Account::commission_payable(member),
        }
    }
}

/// Where a member wants the money, as it stood when it was asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Payee {
    /// Id of the channel.
    pub channel: String,
    /// Name of whoever holds the account.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub holder: String,
    /// Number or name of the account.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub account: String,
    /// The bank and its branch.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub bank: String,
    /// Number of the identity document, where the law wants one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub identity: String,
}

/// A member said where the money goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayeeSaved {
    /// Whose.
    pub member: MemberId,
    /// Where to.
    pub payee: Payee,
}
impl Posts for PayeeSaved {}

/// A member's amounts are held back, or no longer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayoutsHeld {
    /// Whose.
    pub member: MemberId,
    /// True where nothing is paid out from now on.
    pub held: bool,
    /// Why, as typed.
    pub reason: String,
}
impl Posts for PayoutsHeld {}

/// An amount that is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayoutOrder {
    /// The payout.
    pub payout: PayoutId,
    /// Its number, printed in files to banks and read back from them.
    pub number: String,
    /// Whose.
    pub member: MemberId,
    /// What leaves the payable, fee included, in minor units; above zero.
    pub amount_minor: i64,
    /// What the shop keeps of it.
    pub fee_minor: i64,
    /// Where it goes.
    pub payee: Payee,
    /// The month that a run paid; absent where a member asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<String>,
    /// True where the money was handed over outside of the program and is only written down.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub outside: bool,
}

/// Payouts were asked for, by a member or by a run over all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayoutsRequested {
    /// Each.
    pub payouts: Vec<PayoutOrder>,
}

impl Posts for PayoutsRequested {
    fn postings(&self) -> Vec<Posting> {
        let of = |order: &PayoutOrder| {
            Posting::moving(Unit::money(), Account::payout_requested(order.member), Account::commission_payable(order.member), order.amount_minor)
        };
        self.payouts.iter().filter_map(of).collect()
    }
}

/// One payout's step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayoutStep {
    /// Which.
    pub payout: PayoutId,
    /// Whose.
    pub member: MemberId,
    /// From where.
    pub from: PayoutState,
    /// What it is about, fee included, in minor units.
    pub amount_minor: i64,
    /// The part that the shop keeps.
    pub fee_minor: i64,
    /// What the bank, the service or a person said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The bank's own number of the payment.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reference: String,
}

/// Payouts went on to a state, all to the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayoutsMoved {
    /// Where to.
    pub to: PayoutState,
    /// Each.
    pub steps: Vec<PayoutStep>,
    /// The batch that they are sent with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<PayoutBatch>,
    /// True where the money is taken from the safe as cash.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cash: bool,
    /// True where the money stays here as the member's stored value.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub balance: bool,
}

/// A batch for one channel; several entries may belong to one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayoutBatch {
    /// The batch.
    pub batch: BatchId,
    /// Its number.
    pub number: String,
    /// The channel.
    pub channel: String,
}

impl Posts for PayoutsMoved {
    fn postings(&self) -> Vec<Posting> {
        self.steps.iter().flat_map(|step| self.step(step)).collect()
    }
}

impl PayoutsMoved {
    fn step(&self, step: &PayoutStep) -> Vec<Posting> {
        let (from, to) = (step.from.account(step.member), self.to.account(step.member));
        let moved = if from == to { None } else { Posting::moving(Unit::money(), to, from, step.amount_minor) };
        // With the member arrives what is left after the fee; a payment that came back is owed whole again.
        let kept = |by: i64| Posting::moving(Unit::money(), Account::payout_fees(), Account::payout_paid(step.member), by);
        let outlay = |account: Account, by: i64| Posting::moving(Unit::money(), Account::payout_outlay(), account, by);
        // Notes leave the safe; stored value is owed anew.
        let handed = |by: i64| {
            let cash = self.cash.then(|| outlay(Account::safe(), by));
            cash.into_iter().chain(self.balance.then(|| outlay(Account::balance_paid(step.member), by))).flatten()
        };
        let net = step.amount_minor - step.fee_minor;
        match (step.from, self.to) {
            (_, PayoutState::Paid) => moved.into_iter().chain(kept(step.fee_minor)).chain(handed(net)).collect(),
            (PayoutState::Paid, _) => kept(-step.fee_minor).into_iter().chain(moved).chain(handed(-net)).collect(),
            (_, _) => moved.into_iter().collect(),
        }
    }
}

#[cfg(test)]
mod tests;
