//! The month proven: statements, ledger and payouts beside each other, to the cent.

use books::query::{Reconciliation, month_of};
use domain::close::MonthRefusal;

use crate::{failure::Failure, menu::Call};

/// Holds a month's report, statements, ledger and payouts against each other, and names whoever makes a difference.
pub async fn reconcile_month(call: &Call<'_>, month: String) -> Result<Reconciliation, Failure> {
    if month.len() != 7 || month_of(&month).is_none() {
        return Err(Failure::refused(MonthRefusal::MonthShape { month }));
    }
    Ok(call.shop()?.books.reconcile(&month).await?)
}
