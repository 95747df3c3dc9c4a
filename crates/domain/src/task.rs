//! What tills that were apart leave behind: each copy was right by what it knew, and together they are not. Such a disagreement is a task with a proposal;
//! a person accepts it or leaves things as they are. Settling a task moves no value: what a proposal changes is a fact of its own.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::fact::Posts;

/// What is not as it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// More of a product was sold than there was.
    Oversold,
    /// A member spent more points than they had.
    PointsShort,
    /// A member spent more stored value than they had.
    BalanceShort,
    /// A voucher was spent twice.
    VoucherShort,
    /// Two members have one telephone number.
    SamePhone,
    /// A member was to stand below somebody who stands below them.
    RefusedMove,
    /// A member was moved twice by people who did not know of each other.
    TwoMoves,
    /// Sales came in after their month was closed.
    LateSales,
    /// Two copies of one device's books were at work.
    TwoCopies,
}

impl TaskKind {
    /// The word that a task's identity begins with.
    pub fn word(self) -> &'static str {
        match self {
            Self::Oversold => "oversold",
            Self::PointsShort => "points_short",
            Self::BalanceShort => "balance_short",
            Self::VoucherShort => "voucher_short",
            Self::SamePhone => "same_phone",
            Self::RefusedMove => "refused_move",
            Self::TwoMoves => "two_moves",
            Self::LateSales => "late_sales",
            Self::TwoCopies => "two_copies",
        }
    }
}

/// What was said to a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TaskEnd {
    /// The proposal.
    Accepted,
    /// Things stay as they are.
    Left,
}

impl TaskEnd {
    /// The word in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Left => "left",
        }
    }
}

/// Somebody settled a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskSettled {
    /// Its identity: kind, subject and the last entry that it rests on, so that what happens anew is a task anew.
    pub task: String,
    /// What was said.
    pub done: TaskEnd,
    /// Why, as typed; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}
impl Posts for TaskSettled {}
