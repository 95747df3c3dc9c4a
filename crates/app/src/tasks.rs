//! What tills that were apart left behind, as tasks: each with what every till did and one proposal that a single key accepts.

use books::query::TaskRow;
use domain::{
    stock::AdjustReason,
    task::{TaskEnd, TaskKind, TaskSettled},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    failure::{Failure, not_found},
    members::{self, MemberDraft},
    menu::Call,
    products::{self, AdjustDraft},
};

/// What somebody says to a task.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TaskDraft {
    /// Its identity.
    pub task: String,
    /// Accepted does what is proposed.
    pub done: TaskEnd,
    /// Why; may be empty.
    #[serde(default)]
    pub reason: String,
}

/// Everything that waits for a person.
pub async fn tasks(call: &Call<'_>, (): ()) -> Result<Vec<TaskRow>, Failure> {
    Ok(call.shop()?.books.tasks(call.house.world.now_ms()).await?)
}

/// Settles a task. What is proposed is done by the same commands as by hand, so it is refused where they would refuse it; a task that is gone meanwhile
/// is no longer there to be settled.
pub async fn settle_task(call: &Call<'_>, draft: TaskDraft) -> Result<Vec<TaskRow>, Failure> {
    let open = tasks(call, ()).await?;
    let row = open.into_iter().find(|row| row.task == draft.task).ok_or_else(|| not_found("task"))?;
    let note = draft.reason.trim().to_owned();
    if draft.done == TaskEnd::Accepted {
        match (row.kind, row.product, row.member) {
            // The shelf is empty: what was sold was there.
            (TaskKind::Oversold, Some(product), _) => {
                let note = Some(note.clone()).filter(|note| !note.is_empty());
                let right = AdjustDraft { product, by_milli: row.amount, reason: AdjustReason::Count, note, location: None };
                products::adjust_stock(call, right).await?;
            }
            // Whoever had the number first keeps it.
            (TaskKind::SamePhone, _, Some(member)) => {
                let sheet = members::member(call, member).await?;
                let card = domain::member::MemberCard { phone: None, ..sheet.row.card };
                members::save_member(call, MemberDraft { member, card, rank_reason: None }).await?;
            }
            (
                TaskKind::Oversold
                | TaskKind::SamePhone
                | TaskKind::PointsShort
                | TaskKind::BalanceShort
                | TaskKind::VoucherShort
                | TaskKind::RefusedMove
                | TaskKind::TwoMoves
                | TaskKind::LateSales
                | TaskKind::TwoCopies,
                _,
                _,
            ) => {}
        }
    }
    call.record(TaskSettled { task: draft.task, done: draft.done, reason: note }).await?;
    tasks(call, ()).await
}
