//! What screens and rules read. Every list is counted, sorted and cut in SQLite; no question returns more than 200 rows.

mod balances;
mod bought_with;
mod close;
mod closed_on;
mod graph;
mod groups;
mod history;
mod levels;
mod member_filter;
mod members;
mod month;
mod month_proof;
mod payouts;
mod period;
mod period_orders;
mod placement;
mod plans;
mod points;
mod prices;
mod products;
mod reconcile;
mod review;
mod risk;
mod sale_search;
mod sales;
mod shifts;
mod shop;
mod statements;
mod stock;
mod takes;
mod tasks;
mod tax_year;
mod trade;
mod values;
mod vouchers;

pub use balances::{BalanceRow, BalanceTotals, TopUpRow};
pub use close::{CloseRow, Closing, MonthBooks, RankRow, StatementRow};
pub use graph::{BranchRow, GraphFilter, GraphNode, GraphPlace, Lineage, LineageBranch, Overview, OverviewBy, OverviewCell};
pub use groups::{BandRow, GroupFigures, GroupRow, WordRow};
pub use history::{Happened, HistoryRow};
pub use levels::{GrowthOfSale, LevelNow, LevelRow};
pub use members::{ChainMember, GroupBounds, MemberFilter, MemberHit, MemberRow, MemberSheet};
pub use month::{EarningRow, MonthFilter, MonthRow, MonthTotals};
pub use month_proof::{ProofOfMonth, Proven};
pub use payouts::{BatchRow, MemberMoney, PayableRow, PayoutFilter, PayoutRow, PayoutStepRow, PayoutTotals};
pub use period::PeriodWish;
pub use placement::{LegsRow, PlacementRow};
pub use plans::PlanRow;
pub use points::{Brought, PointsDue, PointsOwed, PointsRow, PointsStatement, RunningOut};
pub use prices::{PriceVersion, PromotionRow};
pub use products::{ProductFilter, ProductRow, StockList, StockMove};
pub use reconcile::{ProofApart, ProofLine, ProofOf, ProofRow, Reconciliation};
pub use review::{MonthFigures, Owing, ReviewBy, ReviewPart, ReviewRow};
pub use risk::Judged;
pub use sales::{HeldRow, SaleFilter, SaleKind, SaleRow, Sold, SoldTo};
pub use shifts::{CashMoveRow, ShiftFigures, ShiftRow};
pub use shop::{PersonRow, ShopRow};
pub use statements::{Released, StatementLine, StatementPlace};
pub use stock::{DocumentFilter, DocumentRow, LocationRow, PlaceStock, SupplierRow};
pub use takes::{ExpectedLine, TakeLine, TakeRow};
pub use tasks::{TaskRow, TaskSeen};
pub use tax_year::{TaxYearRow, TaxYearSums};
pub use trade::{TradeBy, TradeFilter, TradeRow, TradeTotals};
pub use values::{ValueFilter, ValuePage, ValueRow};
pub use vouchers::{VoucherFilter, VoucherRow, VoucherState, VoucherStep, VoucherTotals};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What changed; a screen that shows it asks again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Shop and settings.
    Settings,
    /// Who works here.
    People,
    /// Products and their stock.
    Products,
    /// Members and the sponsor tree.
    Members,
    /// Sales.
    Sales,
    /// Plan versions.
    Plan,
    /// Commission of a month.
    Month,
    /// Tickets put aside.
    Held,
    /// What waits for paper on this device.
    Prints,
    /// Shifts and their drawers.
    Shifts,
    /// Promotions and coupons.
    Promotions,
    /// Suppliers, places, documents and counts.
    Stock,
    /// Payouts and who is held back.
    Payouts,
    /// Vouchers.
    Vouchers,
    /// How this device stands towards the other tills.
    Sync,
    /// Messages to members that this device sends.
    Messages,
}

/// Every topic: what a window listens to when another shop was put in place.
pub const ALL_TOPICS: &[Topic] = &[
    Topic::Settings,
    Topic::People,
    Topic::Products,
    Topic::Members,
    Topic::Sales,
    Topic::Plan,
    Topic::Month,
    Topic::Held,
    Topic::Prints,
    Topic::Shifts,
    Topic::Promotions,
    Topic::Stock,
    Topic::Payouts,
    Topic::Vouchers,
    Topic::Sync,
    Topic::Messages,
];

/// A part of a list, with how many rows there are in all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Page<T> {
    /// Rows that match the filter.
    pub count: i64,
    /// The rows asked for.
    pub rows: Vec<T>,
}

/// Which part of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Window {
    /// Rows to pass over.
    pub offset: i64,
    /// Rows wanted, at most 200.
    pub limit: i64,
}

impl Window {
    pub(crate) fn rows(self) -> i64 {
        self.limit.clamp(0, 200)
    }
}

/// A month as the books count it: 12 × year + month − 1. `None` where the date does not begin with `YYYY-MM`.
pub fn month_of(date: &str) -> Option<i64> {
    let year: i64 = date.get(0..4)?.parse().ok()?;
    let month: i64 = date.get(5..7)?.parse().ok()?;
    (date.as_bytes().get(4) == Some(&b'-') && (1..=12).contains(&month)).then_some(12 * year + month - 1)
}

/// `YYYY-MM` of a month as the books count it.
pub fn month_name(month: i64) -> String {
    format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1)
}

/// The text right after every text that begins with `prefix`: the end of a B-tree range.
pub(crate) fn after(prefix: &str) -> String {
    format!("{prefix}\u{10ffff}")
}

pub(crate) fn id<T: From<uuid::Uuid>>(bytes: &[u8]) -> Result<T, crate::BooksError> {
    uuid::Uuid::from_slice(bytes).map(T::from).map_err(|error| crate::BooksError::Unreadable { number: 0, reason: error.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_count_through_the_turn_of_the_year() {
        assert_eq!(month_of("2026-12-31"), Some(12 * 2026 + 11));
        assert_eq!(month_of("2027-01-01"), Some(12 * 2027));
        assert_eq!(month_name(12 * 2027), "2027-01");
        assert_eq!((month_of("2026"), month_of("2026-13-01"), month_of("2026/01/01")), (None, None, None));
    }
}
