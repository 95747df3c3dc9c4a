//! Goods coming, breaking and being counted; stock moves by postings alone.

mod documents;
pub mod value;

pub use documents::{
    CountedLine, GoodsReceived, LocationSaved, MovedLine, ReceivedLine, StockCounted, StockRevalued, StockTransferred, SupplierCard, SupplierSaved,
    count, line_cost, receive_goods, tidy, transfer,
};

use serde::{Deserialize, Serialize};

use crate::{
    fact::Posts,
    ids::{LocationId, ProductId},
    ledger::{Account, Posting, Unit},
};

/// Goods of one product arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockReceived {
    /// The product.
    pub product: ProductId,
    /// Thousandths of a piece, above zero.
    pub qty_milli: i64,
    /// Cost of one piece in minor units, where known.
    #[serde(default)]
    pub cost_minor: Option<i64>,
    /// Delivery note or supplier, free text.
    #[serde(default)]
    pub note: Option<String>,
}
impl Posts for StockReceived {
    fn postings(&self) -> Vec<Posting> {
        Posting::moving(Unit::stock(self.product), Account::shelf(), Account::suppliers(), self.qty_milli).into_iter().collect()
    }
}

/// The stock of one product was set right, with a reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockAdjusted {
    /// The product.
    pub product: ProductId,
    /// Thousandths of a piece; below zero where goods are missing.
    pub by_milli: i64,
    /// Why.
    pub reason: AdjustReason,
    /// Free text.
    #[serde(default)]
    pub note: Option<String>,
    /// Where; absent for the shop floor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<LocationId>,
    /// By how much the value of the goods moves, in minor units; absent in facts of before values were kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value_minor: Option<i64>,
}
impl StockAdjusted {
    /// Stock that was there when the books began, at its cost where that is known.
    pub fn opening(product: ProductId, by_milli: i64, cost_minor: Option<i64>) -> Self {
        let value_minor = value::Holding::default().set_right(by_milli, cost_minor.unwrap_or(0));
        Self { product, by_milli, reason: AdjustReason::Opening, note: None, location: None, value_minor: Some(value_minor) }
    }
}

impl Posts for StockAdjusted {
    fn postings(&self) -> Vec<Posting> {
        let account = Account::stock_adjusted(self.reason.word());
        let goods = Posting::moving(Unit::stock(self.product), Account::stock_at(self.location), account.clone(), self.by_milli);
        let value = Posting::moving(Unit::money(), Account::stock_value(self.product), account, self.value_minor.unwrap_or(0));
        goods.into_iter().chain(value).collect()
    }
}

/// Why a stock was set right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum AdjustReason {
    /// A count found another number.
    Count,
    /// Broken or spoilt.
    Damage,
    /// Stolen or lost.
    Loss,
    /// Used in the shop or given away.
    OwnUse,
    /// Stock that was there when the books began.
    Opening,
}

impl AdjustReason {
    /// The word in the account's name.
    pub fn word(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Damage => "damage",
            Self::Loss => "loss",
            Self::OwnUse => "own_use",
            Self::Opening => "opening",
        }
    }
}

/// Why a stock movement is not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum StockRefusal {
    /// Nothing to move.
    #[error("a stock movement needs a quantity")]
    NoQuantity,
    /// Receiving a negative quantity.
    #[error("goods received cannot be below zero")]
    ReceivedBelowZero,
    /// More than a billion pieces at once is a typing error.
    #[error("this quantity is beyond a billion pieces")]
    TooMuch,
    /// A cost below zero.
    #[error("a cost cannot be below zero")]
    CostBelowZero,
    /// A document without lines.
    #[error("nothing is on the document")]
    NoLines,
    /// A transfer from a place to itself.
    #[error("goods are moved from one place to another")]
    SamePlace,
    /// A count below zero.
    #[error("a count cannot be below zero")]
    CountedBelowZero,
    /// A supplier or a place without a name.
    #[error("it needs a name")]
    NoName,
    /// Another one in use has this name.
    #[error("{name} is there already")]
    NameTaken {
        /// The name.
        name: String,
    },
    /// Goods still lie at a place that is to go, or it is the shop floor.
    #[error("{name} cannot go while goods lie there")]
    PlaceInUse {
        /// Its name.
        name: String,
    },
}

pub(crate) const MOST_MILLI: i64 = 1_000_000_000_000;

/// Decides a receipt of goods.
///
/// # Errors
/// [`StockRefusal`]
pub fn receive(received: StockReceived) -> Result<StockReceived, StockRefusal> {
    match received.qty_milli {
        0 => Err(StockRefusal::NoQuantity),
        i64::MIN..0 => Err(StockRefusal::ReceivedBelowZero),
        MOST_MILLI.. => Err(StockRefusal::TooMuch),
        _ if received.cost_minor.is_some_and(|cost| cost < 0) => Err(StockRefusal::CostBelowZero),
        _ => Ok(received),
    }
}

/// Decides an adjustment.
///
/// # Errors
/// [`StockRefusal`]
pub fn adjust(adjusted: StockAdjusted) -> Result<StockAdjusted, StockRefusal> {
    match adjusted.by_milli {
        0 => Err(StockRefusal::NoQuantity),
        by if by.unsigned_abs() >= MOST_MILLI.unsigned_abs() => Err(StockRefusal::TooMuch),
        _ => Ok(adjusted),
    }
}
