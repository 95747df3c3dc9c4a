//! An approver over the shoulder: somebody whose role reaches agrees by PIN to one act of somebody whose role does not. Both are recorded.

use domain::{
    ids::PersonId,
    person::{Approval, Role},
};
use serde::Serialize;

use super::{PersonRefusal, known_by_pin};
use crate::{failure::Failure, menu::Call};

/// What is to be approved, with the figures that the approver should see. An act that can be approved adds itself here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Approvable {
    /// More taken off by hand than the seller may give.
    #[error("{given_minor} off is more than the {allowed_minor} that may be given")]
    Discount {
        /// The line, from 0; absent for the whole order.
        line: Option<usize>,
        /// What was taken off, in minor units.
        given_minor: i64,
        /// What may be, in minor units.
        allowed_minor: i64,
    },
    /// Goods come back past the days within which they do.
    #[error("the sale is {age_days} days old, goods come back within {window_days}")]
    ReturnLate {
        /// Days since the sale.
        age_days: i64,
        /// Days within which goods come back.
        window_days: u32,
    },
    /// Goods come back without a receipt.
    #[error("goods without a receipt, {amount_minor} to give back")]
    ReturnUnreceipted {
        /// What would be given back, in minor units.
        amount_minor: i64,
    },
}

/// The refusal that asks for an approver, told from every other by its code. The screen asks for person and PIN and repeats the act with them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
enum ApprovalRefusal {
    /// Somebody else has to agree.
    #[error("{asked}: this needs the {least}'s PIN", least = least.word())]
    NeedsApprover {
        /// The least role of whoever may agree.
        least: Role,
        /// What it is.
        #[serde(flatten)]
        asked: Approvable,
    },
}

/// A refusal that asks for somebody of this role.
pub fn needs_approver(least: Role, asked: Approvable) -> Failure {
    Failure::refused(ApprovalRefusal::NeedsApprover { least, asked })
}

/// Who agrees to an act that needs at least this role. `None`: whoever is signed in may do it alone. The PIN is checked as at the door: a wrong
/// one is recorded and slows the next try down. To be asked before a write transaction begins, for a PIN takes its time.
///
/// # Errors
/// `NeedsApprover` where nobody was named; `WrongPin`, `Wait`, `ApproverTooLow`, `NotFound` of whoever was.
pub async fn approver(call: &Call<'_>, approval: Option<&Approval>, least: Role, asked: Approvable) -> Result<Option<PersonId>, Failure> {
    if call.session.as_ref().is_some_and(|session| session.role >= least) {
        return Ok(None);
    }
    approved(call, approval, least).await?.map(Some).ok_or_else(|| needs_approver(least, asked))
}

/// Checks a yes that came with a draft, for acts whose rule finds out later whether one is needed.
///
/// # Errors
/// `WrongPin`, `Wait`, `ApproverTooLow`, `NotFound`.
pub async fn approved(call: &Call<'_>, approval: Option<&Approval>, least: Role) -> Result<Option<PersonId>, Failure> {
    let Some(approval) = approval else { return Ok(None) };
    let row = known_by_pin(call, approval.person, approval.pin.clone()).await?;
    if row.role < least {
        return Err(Failure::refused(PersonRefusal::ApproverTooLow { name: row.name, needs: least }));
    }
    Ok(Some(row.person))
}
