//! What the shop, the product and the member bring to a price.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::tender_kind::TenderKind;

/// One whole in millionths: 100 %.
pub const WHOLE_PPM: i64 = 1_000_000;

/// The shop's settings that a price depends on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PriceRules {
    /// Decimals of the currency.
    pub minor_digits: u8,
    /// The smallest step in which cash is handed over, in minor units; 0 and 1 both mean no rounding.
    #[serde(default)]
    pub cash_rounding_minor: i64,
    /// Tax classes by name.
    #[serde(default)]
    pub taxes: BTreeMap<String, TaxClass>,
    /// How points are earned and spent; absent where the shop has none.
    #[serde(default)]
    pub points: Option<PointsRules>,
    /// Coupons by code.
    #[serde(default)]
    pub coupons: BTreeMap<String, Coupon>,
    /// The largest share of a line or of the order that the actor may take off by hand, in millionths; absent means any.
    #[serde(default)]
    pub discount_limit_ppm: Option<i64>,
    /// What the shop's tenders ask for beside cash.
    #[serde(default, skip_serializing_if = "TenderRules::is_plain")]
    pub tenders: TenderRules,
}

/// What the shop's tenders ask for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct TenderRules {
    /// Tenders beside cash out of which change is given, in cash.
    #[serde(default)]
    pub give_change: BTreeSet<TenderKind>,
    /// Tenders that are taken only with the reference of the outside payment.
    #[serde(default)]
    pub need_reference: BTreeSet<TenderKind>,
}

impl TenderRules {
    /// True where only cash gives change and nothing needs a reference.
    pub fn is_plain(&self) -> bool {
        self.give_change.is_empty() && self.need_reference.is_empty()
    }

    /// True for cash and what else gives change.
    pub fn gives_change(&self, kind: TenderKind) -> bool {
        kind == TenderKind::Cash || self.give_change.contains(&kind)
    }
}

/// A tax class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TaxClass {
    /// Millionths: 130 000 is 13 %.
    pub rate_ppm: u32,
    /// True where the price contains the tax, false where the tax is added on top of it.
    #[serde(default = "yes")]
    pub included: bool,
}

/// How points are earned and what they are worth.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct PointsRules {
    /// The amount that earns one point, in minor units; 0 earns nothing by amount.
    #[serde(default)]
    pub earn_per_minor: i64,
    /// What one point offsets, in millionths of a minor unit, so that 200 points may be worth 1.00; 0 means points cannot offset.
    #[serde(default)]
    pub value_micro: i64,
    /// Points are spent in multiples of this; at least 1.
    #[serde(default = "one")]
    pub step: i64,
    /// The largest share of what is still due that points may offset, in millionths.
    #[serde(default = "whole")]
    pub max_share_ppm: i64,
    /// Points for a sale as such, whatever its amount.
    #[serde(default)]
    pub per_order: i64,
    /// Where not empty, only goods of these categories earn.
    #[serde(default)]
    pub categories: Vec<String>,
    /// Days that earned points stay locked, usually the return window; 0 for none. The quote passes it on, the ledger keeps it.
    #[serde(default)]
    pub lock_days: u32,
    /// Days on which goods earn more. Where several hold for a line, the highest counts.
    #[serde(default)]
    pub campaigns: Vec<PointsCampaign>,
}

/// Goods that earn more points between two days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PointsCampaign {
    /// What the shop calls it.
    pub name: String,
    /// First day, `YYYY-MM-DD`.
    pub from: String,
    /// Last day, `YYYY-MM-DD`.
    pub to: String,
    /// So many hundredths of what the goods earn otherwise: 200 is twice as much. From 100 to 1000.
    pub percent: u32,
    /// Only goods of these categories; all where empty.
    #[serde(default)]
    pub categories: Vec<String>,
}

impl PointsCampaign {
    /// True where it can be meant: a name, days in order, and no less than goods earn otherwise.
    pub fn holds(&self) -> bool {
        !self.name.trim().is_empty() && self.from <= self.to && (100..=1000).contains(&self.percent)
    }
}

/// A coupon that the shop has given out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Coupon {
    /// What it takes off.
    pub off: Off,
    /// What the eligible lines must still cost for it to apply, in minor units.
    #[serde(default)]
    pub over_minor: i64,
    /// The most it takes off, in minor units.
    #[serde(default)]
    pub max_minor: Option<i64>,
    /// Which lines it is for.
    #[serde(default)]
    pub on: Eligible,
    /// How many more sales may use it; absent means any number. The caller reads it inside the sale's own transaction.
    #[serde(default)]
    pub left: Option<u32>,
    /// First business date on which it holds.
    #[serde(default)]
    pub from: Option<String>,
    /// Last business date on which it holds.
    #[serde(default)]
    pub to: Option<String>,
}

/// What a discount takes off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Off {
    /// A share in millionths.
    PercentPpm(i64),
    /// An amount in minor units.
    AmountMinor(i64),
}

/// Which lines a discount is for: every one that meets all that is said here. A gift costs nothing, so no part falls on it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct Eligible {
    /// Only this category.
    #[serde(default)]
    pub category: Option<String>,
    /// Where not empty, only these products.
    #[serde(default)]
    pub products: Vec<String>,
}

/// A price that is a figure of its own or a share of the list price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SpecialPrice {
    /// Minor units for one.
    FixedMinor(i64),
    /// Millionths of the list price: 900 000 asks 90 % of it. Rounded to the minor unit, half away from zero.
    ShareOfListPpm(i64),
}

/// What pricing knows of a product.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct PriceProduct {
    /// The product.
    pub id: String,
    /// List price of one (of a kilogram, of a metre), in minor units.
    pub price_minor: i64,
    /// Name of its tax class; absent means untaxed.
    #[serde(default)]
    pub tax: Option<String>,
    /// Category.
    #[serde(default)]
    pub category: Option<String>,
    /// Prices by member level.
    #[serde(default)]
    pub level_prices: BTreeMap<String, SpecialPrice>,
    /// Prices for a time.
    #[serde(default)]
    pub dated_prices: Vec<DatedPrice>,
    /// Prices from a quantity on.
    #[serde(default)]
    pub breaks: Vec<QuantityBreak>,
    /// How its sale earns points.
    #[serde(default)]
    pub earns: Earns,
    /// Points that one piece costs as a gift 积分兑换; absent where it is not one.
    #[serde(default)]
    pub gift_points: Option<i64>,
    /// True for goods sold by weight or length, whose gifts may be parts; gifts of others come in whole pieces.
    #[serde(default)]
    pub weighed: bool,
    /// True where its sale pays no commission.
    #[serde(default)]
    pub no_commission: bool,
}

/// A price between two dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DatedPrice {
    /// First business date, `YYYY-MM-DD`; absent means always before `to`.
    #[serde(default)]
    pub from: Option<String>,
    /// Last business date, included.
    #[serde(default)]
    pub to: Option<String>,
    /// The price.
    pub price: SpecialPrice,
}

/// A price from a quantity on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QuantityBreak {
    /// The least quantity on the line, in thousandths.
    pub from_qty_milli: i64,
    /// The price.
    pub price: SpecialPrice,
}

/// How the sale of a product earns points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Earns {
    /// By amount, as the shop's rule says.
    #[default]
    ByAmount,
    /// By amount, times this many millionths.
    TimesPpm(i64),
    /// So many points for one piece, instead of the amount; the level's multiplier holds.
    PerPiece(i64),
    /// No points.
    Nothing,
}

/// What pricing knows of the buyer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PriceMember {
    /// Member level 会员等级.
    #[serde(default)]
    pub level: Option<String>,
    /// Points that may be spent now; below zero for a debt.
    #[serde(default)]
    pub points: i64,
    /// The level's share of the list price, in millionths: 900 000 pays 90 % (九折), 1 000 000 the whole.
    #[serde(default = "whole")]
    pub discount_ppm: i64,
    /// The level's multiplier of points earned, in millionths.
    #[serde(default = "whole")]
    pub points_multiplier_ppm: i64,
    /// Stored value 储值 that may be spent now, in minor units.
    #[serde(default)]
    pub balance_minor: i64,
    /// How much of it is the shop's bonus, which is spent last.
    #[serde(default)]
    pub bonus_minor: i64,
}

impl Default for PriceMember {
    fn default() -> Self {
        Self { level: None, points: 0, discount_ppm: WHOLE_PPM, points_multiplier_ppm: WHOLE_PPM, balance_minor: 0, bonus_minor: 0 }
    }
}

fn yes() -> bool {
    true
}

fn one() -> i64 {
    1
}

fn whole() -> i64 {
    WHOLE_PPM
}
