//! Goods coming, breaking and being counted; stock moves by postings alone.

use serde::{Deserialize, Serialize};

use crate::{
    fact::Posts,
    ids::ProductId,
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
}
impl Posts for StockAdjusted {
    fn postings(&self) -> Vec<Posting> {
        let account = Account::stock_adjusted(self.reason.word());
        Posting::moving(Unit::stock(self.product), Account::shelf(), account, self.by_milli).into_iter().collect()
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
}

const MOST_MILLI: i64 = 1_000_000_000_000;

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
