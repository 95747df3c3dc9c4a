//! What the till asks to be priced, unchecked.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    rules::{Eligible, Off},
    tender_kind::TenderKind,
};

/// A ticket as scanned and typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct SaleDraftPrices {
    /// Lines in the order they were scanned.
    pub lines: Vec<DraftLine>,
    /// Discounts of the whole order, in the order they are to be worked out.
    #[serde(default)]
    pub discounts: Vec<OrderDiscount>,
    /// Points that the buyer wants to offset; as many as the rules allow are taken.
    #[serde(default)]
    pub points: i64,
    /// How it is paid; empty while nothing is handed over yet.
    #[serde(default)]
    pub tenders: Vec<Tender>,
    /// True once somebody who may has approved discounts above the actor's limit.
    #[serde(default)]
    pub approved: bool,
}

/// One line of the ticket.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct DraftLine {
    /// The product.
    pub product: String,
    /// Thousandths of a piece, above zero.
    pub qty_milli: i64,
    /// Taken off this line alone.
    #[serde(default)]
    pub discount: Option<Off>,
    /// True for a product taken for points.
    #[serde(default)]
    pub gift: bool,
    /// A price for one that was set by hand, in minor units; it goes before every other.
    #[serde(default)]
    pub price_minor: Option<i64>,
    /// The amount that a scale printed on the label, in minor units: the line costs exactly that, before discounts.
    #[serde(default)]
    pub label_minor: Option<i64>,
    /// A scale's label as scanned; the shop's own reading of it says quantity and amount, whatever else stands here.
    #[serde(default)]
    #[ts(optional)]
    pub label: Option<String>,
}

/// One discount of the whole order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OrderDiscount {
    /// What it is.
    pub kind: DiscountKind,
    /// The most it takes off, in minor units.
    #[serde(default)]
    pub max_minor: Option<i64>,
    /// Which lines it is for.
    #[serde(default)]
    pub on: Eligible,
}

/// The kinds of order discounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DiscountKind {
    /// Given by hand or by a promotion.
    Plain(Off),
    /// A coupon of the shop by its code; the coupon says what it takes off and for which lines.
    Coupon(String),
    /// 满减: something off once the eligible lines still cost so much.
    Threshold {
        /// What they must still cost, in minor units.
        over_minor: i64,
        /// What it takes off.
        off: Off,
        /// True for 每满减: an amount is taken off once for each time the sum is reached.
        #[serde(default)]
        every: bool,
    },
    /// 阶梯满减: of several sums the highest that is reached takes something off.
    Steps(Vec<SpendStep>),
}

/// One step of a spend discount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SpendStep {
    /// What the eligible lines must still cost, in minor units.
    pub over_minor: i64,
    /// What is taken off then.
    pub off: Off,
}

/// Something handed over as payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Tender {
    /// How.
    pub kind: TenderKind,
    /// As handed over, in minor units.
    pub amount_minor: i64,
}
