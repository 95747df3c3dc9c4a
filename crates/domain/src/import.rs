//! Documents of an earlier system, brought in as they were.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    fact::Posts,
    ids::{MemberId, ProductId, SaleId},
    ledger::{Account, Posting, Unit},
    sale::{ChainLink, Earned, PlanUsed},
};

/// One document of the earlier system. It moves no stock (the shelf is counted, not replayed); money it took is booked as taken before the books began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleImported {
    /// Identity here.
    pub sale: SaleId,
    /// Number in the earlier system; with `source` it is unique, so that importing twice adds nothing.
    pub number: String,
    /// Name of the earlier system or file family.
    pub source: String,
    /// When it was made, milliseconds since 1970 UTC.
    pub made_at_ms: i64,
    /// The buyer.
    #[serde(default)]
    pub member: Option<MemberId>,
    /// Lines as they stood; quantities below zero on cancellations.
    pub lines: Vec<ImportedLine>,
    /// Sum of the lines in minor units, each line rounded half away from zero once.
    pub net_minor: i64,
    /// Exact sum in millionths of a minor unit before that rounding.
    pub net_micro: i64,
    /// By which plan it earned, where the import was told to.
    #[serde(default)]
    pub plan: Option<PlanUsed>,
    /// The buyer and everyone above, nearest first, as they stood when it was brought in.
    #[serde(default)]
    pub chain: Vec<ChainLink>,
    /// What each upline earned.
    #[serde(default)]
    pub earned: Vec<Earned>,
}

/// A line of an earlier system's document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedLine {
    /// What the line is.
    pub kind: ImportedKind,
    /// The product, where it is goods.
    #[serde(default)]
    pub product: Option<ProductId>,
    /// Code in the earlier system.
    pub code: String,
    /// As it was called there.
    pub name: String,
    /// Thousandths of a piece.
    pub qty_milli: i64,
    /// Price of one piece in millionths of a minor unit, exact.
    pub unit_micro: i64,
    /// Line amount in minor units.
    pub net_minor: i64,
    /// Line number in the file, counted from 1, header included.
    pub row: u64,
}

/// What a line of an earlier system's document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportedKind {
    /// Goods sold.
    Sale,
    /// Goods taken back by a cancellation that names no sale.
    Cancellation,
    /// Goods at no charge.
    Free,
    /// Stock written off: a negative quantity at no price outside a cancellation.
    WriteOff,
    /// Freight and postage.
    Freight,
    /// A manual entry without goods.
    Manual,
    /// A discount entered as a line.
    Discount,
    /// Bank charges and fees of a marketplace.
    Fee,
    /// A voucher sold.
    Voucher,
    /// Samples sent out.
    Sample,
    /// A bad debt written off or other bookkeeping.
    Adjustment,
}

impl ImportedKind {
    /// True where the line is goods sold, on which commission is worked out.
    pub fn is_goods_sold(self) -> bool {
        match self {
            Self::Sale => true,
            Self::Cancellation
            | Self::Free
            | Self::WriteOff
            | Self::Freight
            | Self::Manual
            | Self::Discount
            | Self::Fee
            | Self::Voucher
            | Self::Sample
            | Self::Adjustment => false,
        }
    }
    /// The word in the books.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sale => "sale",
            Self::Cancellation => "cancellation",
            Self::Free => "free",
            Self::WriteOff => "write_off",
            Self::Freight => "freight",
            Self::Manual => "manual",
            Self::Discount => "discount",
            Self::Fee => "fee",
            Self::Voucher => "voucher",
            Self::Sample => "sample",
            Self::Adjustment => "adjustment",
        }
    }
}

impl SaleImported {
    /// What commission is worked out on: goods sold, in minor units.
    pub fn base_minor(&self) -> i64 {
        self.lines.iter().filter(|line| line.kind.is_goods_sold()).map(|line| line.net_minor).sum()
    }
}

impl Posts for SaleImported {
    fn postings(&self) -> Vec<Posting> {
        let money = Posting::moving(Unit::money(), Account::tender("before"), Account::revenue(), self.net_minor);
        money.into_iter().chain(self.earned.iter().filter_map(Earned::posting)).collect()
    }
}
