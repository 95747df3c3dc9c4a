//! What is asked and told about a close.

use books::query::{CloseRow, Window};
use domain::{close::RankDecided, sale::PlanUsed};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a close led to, in sums.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CloseTold {
    /// `YYYY-MM`.
    pub month: String,
    /// 1, and one more after each reopening.
    pub round: u32,
    /// The version that closes it.
    pub plan: Option<PlanUsed>,
    /// BLAKE3 over the whole result: the same books give the same.
    pub run_hash: String,
    /// Orders of the month.
    pub orders: i64,
    /// Members with a statement.
    pub members: i64,
    /// What earlier statements left.
    pub opening_micro: i64,
    /// Earned with sales and by the month's rules.
    pub earned_micro: i64,
    /// Of it by the month's own rules.
    pub period_micro: i64,
    /// Returns, late sales, cuts by limits, differences.
    pub adjusted_micro: i64,
    /// What the statements pay.
    pub payable_minor: i64,
    /// Tax withheld from it.
    pub tax_minor: i64,
    /// What is left for the next statements.
    pub closing_micro: i64,
    /// Members whose rank rises.
    pub risen: i64,
    /// Members whose rank falls.
    pub fallen: i64,
    /// Debts: statements that end below zero.
    pub debts: i64,
    /// Statements that show a sign of something wrong.
    pub signs: i64,
}

/// Where closing stands, for the page.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ClosingState {
    /// Every close, newest first.
    pub closes: Vec<CloseRow>,
    /// The month that can be closed next, where one is over.
    pub next: Option<String>,
    /// The last closed month, which the owner can open again.
    pub last: Option<String>,
    /// What was worked out last and not released.
    pub worked: Option<CloseTold>,
}

/// Release what was reviewed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CloseDraft {
    /// `YYYY-MM`.
    pub month: String,
    /// Of the result that the person saw.
    pub run_hash: String,
}

/// Open the last closed month again.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReopenDraft {
    /// `YYYY-MM`.
    pub month: String,
    /// Why.
    pub reason: String,
}

/// Which statements.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StatementsQuestion {
    /// `YYYY-MM`.
    pub month: String,
    /// Those worked out and not released, instead of the released ones.
    #[serde(default)]
    pub provisional: bool,
    /// Which rows.
    pub window: Window,
}

/// A member's rank in a provisional close, with what it rests on.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RankTold {
    /// Number on the card.
    pub number: String,
    /// Name.
    pub name: String,
    /// The decision.
    pub decided: RankDecided,
}
