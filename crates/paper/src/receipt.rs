//! What a receipt says, before it is laid out.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::picture::Picture;
pub use crate::words::Language;

/// Everything a receipt shows. Amounts are in minor units of one currency with `digits` decimals.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct Receipt {
    /// Language of the printed words.
    pub language: Language,
    /// Decimals of the currency: 2 for CNY, 0 for JPY.
    pub digits: u8,
    /// Sale or return.
    pub kind: ReceiptKind,
    /// True on a reprint, which is marked as a copy.
    pub copy: bool,
    /// Over the name; left out where it is wider than the paper.
    #[serde(default)]
    pub logo: Option<Picture>,
    /// Name of the shop, printed large.
    pub shop: String,
    /// Address, phone and whatever else stands under the name.
    pub header: Vec<String>,
    /// Till; empty where the shop has one.
    pub till: String,
    /// Receipt number, also printed as a QR code.
    pub number: String,
    /// Number of the sale that came back, on a credit note.
    pub origin: Option<String>,
    /// Time of the sale as the shop reads it.
    pub time: String,
    /// Who sold.
    pub clerk: String,
    /// The buyer's name or number, where known.
    pub member: Option<String>,
    /// The lines, in the order they were rung up.
    pub lines: Vec<ReceiptLine>,
    /// Sums under the lines, in the order to print.
    pub totals: Vec<ReceiptTotal>,
    /// What paid.
    pub tenders: Vec<ReceiptTender>,
    /// Change given from cash.
    pub change_minor: Option<i64>,
    /// The member's points, where there is a member.
    pub points: Option<ReceiptPoints>,
    /// The member's stored value afterwards, where they have or had any.
    #[serde(default)]
    pub balance_minor: Option<i64>,
    /// Vouchers that paid or came to be, as they stand afterwards.
    #[serde(default)]
    pub vouchers: Vec<ReceiptVoucher>,
    /// Texts at the foot.
    pub footer: Vec<String>,
}

/// What the receipt is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReceiptKind {
    /// A sale.
    #[default]
    Sale,
    /// Goods taken back.
    Return,
    /// Money paid into a member's balance.
    TopUp,
    /// Money of a top-up given back.
    TopUpRefund,
    /// A voucher.
    Voucher,
}

/// One line of goods.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct ReceiptLine {
    /// Name of the product.
    pub name: String,
    /// The shop's code.
    pub code: String,
    /// Quantity as text, with its unit where it has one.
    pub qty: String,
    /// Price of one.
    pub unit_minor: i64,
    /// What the line costs.
    pub sum_minor: i64,
    /// A remark under the line: the discount given, "gift", the weight.
    pub note: Option<String>,
}

/// A sum under the lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReceiptTotal {
    /// Which sum.
    pub kind: TotalKind,
    /// How much; discounts and offsets below zero.
    pub amount_minor: i64,
}

/// The sums that a receipt can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TotalKind {
    /// Goods before discounts.
    Goods,
    /// Discounts of lines and order.
    Discount,
    /// Points that stood in for money.
    PointsOffset,
    /// Tax inside the prices.
    TaxIncluded,
    /// Tax on top.
    TaxAdded,
    /// Cash rounding.
    Rounding,
    /// What is asked for; printed large.
    Due,
    /// What is given back; printed large.
    Refund,
    /// Money paid into a balance.
    PaidIn,
    /// What the shop added to it, or took back of that.
    Bonus,
    /// Bonus that was spent already, kept from money given back.
    Withheld,
}

/// One way the sale was paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReceiptTender {
    /// Name of the tender in the shop's language.
    pub name: String,
    /// How much it paid.
    pub amount_minor: i64,
}

/// The member's points before and after the sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReceiptPoints {
    /// Earned by this sale.
    pub earned: i64,
    /// Spent on it.
    pub spent: i64,
    /// Left afterwards, locked ones included.
    pub balance: i64,
    /// How many of them cannot be spent yet.
    pub locked: i64,
}

/// A voucher named on a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct ReceiptVoucher {
    /// What is shown to pay with it.
    pub code: String,
    /// What is left on it.
    pub left_minor: i64,
    /// Its last day.
    pub expires: Option<String>,
    /// True where the paper is the voucher: the whole code large and as a QR code. Otherwise only its end is printed.
    pub to_show: bool,
}
