//! A priced draft: every figure that the till, the receipt, the return and the reports show.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::tender_kind::TenderKind;

/// A priced draft. Guarantee: each total is the sum of its lines, `net = gross − discount − points offset` on every line, and no figure but
/// `cash_rounding_minor` is below zero.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Quote {
    /// Lines in the draft's order.
    pub lines: Vec<LineQuote>,
    /// What each order discount took off, in the draft's order.
    pub discounts: Vec<DiscountQuote>,
    /// Goods after every discount and offset, in minor units; contains the tax where prices include it.
    pub goods_minor: i64,
    /// All tax, in the goods and on top of them.
    pub tax_minor: i64,
    /// The part of the tax that is added on top.
    pub tax_on_top_minor: i64,
    /// What the customer owes: goods and tax on top.
    pub due_minor: i64,
    /// What cash rounding adds (or, below zero, gives); 0 where no cash was handed over.
    pub cash_rounding_minor: i64,
    /// What to ask for if the whole rest is paid in cash, in minor units: `due` less the other tenders, rounded for cash.
    pub cash_asked_minor: i64,
    /// All tenders as handed over.
    pub paid_minor: i64,
    /// Cash given back.
    pub change_minor: i64,
    /// What is still missing, in minor units; 0 once the tenders cover it.
    pub missing_minor: i64,
    /// The tenders after change, one row per kind, in the order handed over.
    pub kept: Vec<TenderKept>,
    /// The step cash was rounded to, in minor units.
    pub cash_step_minor: i64,
    /// Points spent, on the offset and on gifts.
    pub points_spent: i64,
    /// What the points offset, in minor units.
    pub points_offset_minor: i64,
    /// Points earned.
    pub points_earned: i64,
    /// Days that they stay locked.
    pub points_lock_days: u32,
    /// Codes of the coupons that took something off and are used up by this sale.
    pub coupons_used: Vec<String>,
}

/// One line at the figures to be paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LineQuote {
    /// The product.
    pub product: String,
    /// Thousandths of a piece.
    pub qty_milli: i64,
    /// Price of one, in minor units.
    pub unit_minor: i64,
    /// List price of one.
    pub list_minor: i64,
    /// Where the price of one comes from.
    pub why: UnitPriceWhy,
    /// Price times quantity, rounded once.
    pub gross_minor: i64,
    /// Discounts of every kind: the line's own and its parts of the order's.
    pub discount_minor: i64,
    /// The line's own part of `discount_minor`.
    pub line_discount_minor: i64,
    /// What points offset on it.
    pub points_offset_minor: i64,
    /// What is paid for it, without tax on top.
    pub net_minor: i64,
    /// Tax in it or on top of it.
    pub tax_minor: i64,
    /// Name of the tax class; absent means untaxed.
    pub tax_class: Option<String>,
    /// Rate in millionths.
    pub tax_rate_ppm: u32,
    /// True where `net_minor` contains the tax.
    pub tax_included: bool,
    /// What commission is worked out on, in minor units: net, or 0 for goods without commission.
    pub commission_base_minor: i64,
    /// Its part of the points earned.
    pub points_earned: i64,
    /// Its part of the points spent, a gift's price in points included.
    pub points_spent: i64,
    /// True for a product taken for points.
    pub gift: bool,
}

impl LineQuote {
    /// What the customer pays for the line in all: net, and tax where it comes on top.
    pub fn due_minor(&self) -> i64 {
        if self.tax_included { self.net_minor } else { self.net_minor + self.tax_minor }
    }
}

/// Where the price of one comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum UnitPriceWhy {
    /// The list price.
    List,
    /// The member level's price.
    Level {
        /// The level.
        level: String,
    },
    /// The member level's share of every list price.
    LevelShare {
        /// Millionths of the list price.
        share_ppm: i64,
    },
    /// A price for a time.
    Dated {
        /// First date.
        first: Option<String>,
        /// Last date.
        last: Option<String>,
    },
    /// A price from a quantity on.
    QuantityBreak {
        /// The least quantity, in thousandths.
        from_qty_milli: i64,
    },
    /// Set by hand.
    ByHand,
    /// Taken for points; costs nothing.
    Gift,
}

/// What an order discount took off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DiscountQuote {
    /// In all, in minor units.
    pub amount_minor: i64,
    /// Line by line; 0 for lines it is not for.
    pub parts_minor: Vec<i64>,
    /// What the eligible lines cost too little for it to apply, in minor units; 0 where it applied.
    pub short_minor: i64,
}

/// What stayed of one kind of tender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TenderKept {
    /// How.
    pub kind: TenderKind,
    /// After change, in minor units.
    pub amount_minor: i64,
}
