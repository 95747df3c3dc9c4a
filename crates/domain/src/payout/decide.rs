//! May this be paid out? Asked inside the write transaction, with the ledger's own figures.

use serde::Serialize;

use super::{Payee, PayoutOrder, PayoutState, PayoutTerms};
use crate::{
    ids::{MemberId, PayoutId, PersonId},
    person::Role,
};

/// What the books say of a member at this moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// On released statements and not asked for, in minor units.
    pub payable_minor: i64,
    /// What returns took beyond what was earned, in millionths; above zero is a debt.
    pub debt_micro: i64,
    /// Why a person holds the amounts back; absent where nobody does.
    pub held: Option<String>,
}

/// Why nothing is paid out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum PayoutRefusal {
    /// Zero or below.
    #[error("a payout needs an amount")]
    NoAmount,
    /// More than there is.
    #[error("only {payable_minor} is payable")]
    MoreThanPayable {
        /// What is, in minor units.
        payable_minor: i64,
    },
    /// Below the least.
    #[error("payouts begin at {minimum_minor}")]
    BelowMinimum {
        /// The least, in minor units.
        minimum_minor: i64,
    },
    /// Above the most.
    #[error("no more than {maximum_minor} at once")]
    AboveMaximum {
        /// The most, in minor units.
        maximum_minor: i64,
    },
    /// Not today.
    #[error("payouts are taken on other days of the month")]
    NotToday {
        /// The days.
        days: Vec<u8>,
    },
    /// There is a debt.
    #[error("returns took more than was earned; the debt is netted from what is earned next")]
    InDebt {
        /// How much, in millionths of a minor unit.
        debt_micro: i64,
    },
    /// A person holds it back.
    #[error("held back: {reason}")]
    HeldForReview {
        /// Why.
        reason: String,
    },
    /// The way is not known.
    #[error("there is no channel {channel}")]
    NoChannel {
        /// As asked.
        channel: String,
    },
    /// Nobody said where to.
    #[error("no account to pay to is known for this member")]
    NoPayee,
    /// The number of the identity document is missing.
    #[error("the tax needs the number of an identity document")]
    NoIdentity,
    /// The fee takes everything.
    #[error("the fee takes the whole amount")]
    FeeTakesAll,
    /// Too little for one point.
    #[error("the amount makes no whole point")]
    NoWholePoint,
    /// It went to the member's stored value, and was spent there.
    #[error("payout {number} was spent already: only {left_minor} of it is left")]
    SpentAlready {
        /// Its number.
        number: String,
        /// What the member's stored value still has of it, in minor units.
        left_minor: i64,
    },
    /// The way leads to the member's account in the shop, where this does not happen.
    #[error("payouts by {channel} stay in the shop")]
    StaysHere {
        /// The channel's name.
        channel: String,
    },
    /// It is no longer where the person saw it.
    #[error("payout {number} is {} already", .state.word())]
    MovedOn {
        /// Its number.
        number: String,
        /// Where it stands.
        state: PayoutState,
    },
    /// The role does not suffice.
    #[error("approving payouts needs the {}", .needs.word())]
    MayNotApprove {
        /// Least role.
        needs: Role,
    },
    /// The first approver cannot be the second.
    #[error("payout {number} needs a second person")]
    SecondPerson {
        /// Its number.
        number: String,
    },
    /// A no needs a word.
    #[error("write why")]
    PayoutReason,
}

/// What keeps a member's payable from being paid out, whoever asks; `taxed` where the law taxes commission by person.
///
/// # Errors
/// The first reason.
pub fn blocked(terms: &PayoutTerms, standing: &Standing, payee: Option<&Payee>, taxed: bool) -> Result<(), PayoutRefusal> {
    if standing.debt_micro > 0 {
        return Err(PayoutRefusal::InDebt { debt_micro: standing.debt_micro });
    }
    if let Some(reason) = &standing.held {
        return Err(PayoutRefusal::HeldForReview { reason: reason.clone() });
    }
    let payee = payee.ok_or(PayoutRefusal::NoPayee)?;
    let channel = terms.channel(&payee.channel).ok_or_else(|| PayoutRefusal::NoChannel { channel: payee.channel.clone() })?;
    if channel.kind.wants_account() && (payee.account.trim().is_empty() || payee.holder.trim().is_empty()) {
        return Err(PayoutRefusal::NoPayee);
    }
    if taxed && terms.identity && payee.identity.trim().is_empty() {
        return Err(PayoutRefusal::NoIdentity);
    }
    Ok(())
}

/// A payout of an amount, with its fee.
///
/// # Errors
/// [`PayoutRefusal`], the first that stands against it.
#[allow(clippy::too_many_arguments)]
pub fn request(
    payout: PayoutId,
    number: String,
    member: MemberId,
    amount_minor: i64,
    terms: &PayoutTerms,
    standing: &Standing,
    payee: Option<&Payee>,
    taxed: bool,
    day: Option<u8>,
) -> Result<PayoutOrder, PayoutRefusal> {
    if amount_minor <= 0 {
        return Err(PayoutRefusal::NoAmount);
    }
    blocked(terms, standing, payee, taxed)?;
    if amount_minor > standing.payable_minor {
        return Err(PayoutRefusal::MoreThanPayable { payable_minor: standing.payable_minor });
    }
    if amount_minor < terms.minimum_minor {
        return Err(PayoutRefusal::BelowMinimum { minimum_minor: terms.minimum_minor });
    }
    if terms.maximum_minor > 0 && amount_minor > terms.maximum_minor {
        return Err(PayoutRefusal::AboveMaximum { maximum_minor: terms.maximum_minor });
    }
    if day.is_some_and(|day| !terms.days.is_empty() && !terms.days.contains(&day)) {
        return Err(PayoutRefusal::NotToday { days: terms.days.clone() });
    }
    let fee_minor = terms.fee_minor(amount_minor);
    if fee_minor >= amount_minor {
        return Err(PayoutRefusal::FeeTakesAll);
    }
    let payee = payee.cloned().unwrap_or_default();
    Ok(PayoutOrder { payout, number, member, amount_minor, fee_minor, payee, month: None, outside: false })
}

/// Where an approval leads: to the end, or to waiting for a second person.
///
/// # Errors
/// [`PayoutRefusal`]
pub fn approve(
    number: &str,
    state: PayoutState,
    amount_minor: i64,
    terms: &PayoutTerms,
    by: (PersonId, Role),
    first: Option<PersonId>,
) -> Result<PayoutState, PayoutRefusal> {
    if by.1 < terms.approves {
        return Err(PayoutRefusal::MayNotApprove { needs: terms.approves });
    }
    match state {
        PayoutState::Requested if terms.second_above_minor.is_some_and(|limit| amount_minor > limit) => Ok(PayoutState::Seconded),
        PayoutState::Requested => Ok(PayoutState::Approved),
        PayoutState::Seconded if first == Some(by.0) => Err(PayoutRefusal::SecondPerson { number: number.to_owned() }),
        PayoutState::Seconded => Ok(PayoutState::Approved),
        state => Err(PayoutRefusal::MovedOn { number: number.to_owned(), state }),
    }
}

/// May a payout go from here to there?
///
/// # Errors
/// `MovedOn`, so that nothing happens twice; `PayoutReason` where a no says nothing.
pub fn move_on(number: &str, state: PayoutState, to: PayoutState, reason: &str) -> Result<(), PayoutRefusal> {
    if !state.leads_to(to) {
        return Err(PayoutRefusal::MovedOn { number: number.to_owned(), state });
    }
    if to.is_back() && reason.trim().is_empty() {
        return Err(PayoutRefusal::PayoutReason);
    }
    Ok(())
}
