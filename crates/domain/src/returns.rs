//! Goods that come back: which lines of which sale, at the figures that were paid, and everything that the sale had moved, moved back in proportion.

mod decide;
mod origin;
#[cfg(test)]
mod worlds;

pub use decide::{ReturnContext, ReturnDraft, ReturnRefusal, ReturnWhat, ReturnedPieces, UnreceiptedPieces, decide, quote};
pub use origin::{ClosedOn, NotReturnable, Origin, OriginLine};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    fact::Posts,
    ids::{LocationId, MemberId, PersonId, ProductId, ReturnId, SaleId, ShiftId},
    ledger::{Account, Posting, Unit},
    points::life::PointsPart,
    sale::{Earned, PlanUsed, by_kind, stored_in_parts},
    voucher::VoucherBack,
};

/// Goods came back and money was given for them. Everything needed to print, explain and post it stands here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SaleReturned {
    /// The return; chosen when it was begun, so that asking twice records once.
    pub returned: ReturnId,
    /// Number of the credit note, in the same count as receipts: no number is printed twice.
    pub number: String,
    /// Name of the till.
    pub till: String,
    /// The sale that came back; absent where nobody could show a receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sale: Option<SaleId>,
    /// Its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sale_number: Option<String>,
    /// Its buyer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<MemberId>,
    /// What came back.
    pub lines: Vec<ReturnedLine>,
    /// True where with it everything of the sale has come back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub whole: bool,
    /// What the customer is owed, tax on top included, before cash rounding; in minor units.
    pub refund_minor: i64,
    /// The goods' part of it, as the sale's `goods_minor`: contains the tax where prices included it.
    pub goods_minor: i64,
    /// Tax in it or on top of it.
    #[serde(default)]
    pub tax_minor: i64,
    /// What cash rounding added (or, below zero, kept).
    #[serde(default)]
    pub rounding_minor: i64,
    /// How it was given back.
    pub refunds: Vec<Refund>,
    /// Earned points taken back, whatever the member has left: what is short is a debt.
    #[serde(default)]
    pub points_taken: i64,
    /// Spent points given back.
    #[serde(default)]
    pub points_given: i64,
    /// By which plan the upline had earned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<PlanUsed>,
    /// What each upline's earning falls by: the sale's earnings in their order, base and amount zero or below.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earned: Vec<Earned>,
    /// Why the goods came back, in the words of whoever took them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Who agreed to what the clerk may not do alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<PersonId>,
    /// The sale that was settled together with it, in an exchange.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exchanged_for: Option<SaleId>,
    /// The shift whose drawer gave the cash back; decided in the return's own transaction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift: Option<ShiftId>,
    /// The place that the goods had left and come back to; absent for the shop floor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub location: Option<LocationId>,
    /// How many of the points taken back were still locked.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub points_from_locked: i64,
    /// How many of the points taken back had run out already: they are not taken once more.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub points_expired: i64,
    /// The points given back by where they came from; absent where none of them runs out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points_parts: Vec<PointsPart>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(amount: &i64) -> bool {
    *amount == 0
}

impl SaleReturned {
    /// What each tender kept of it, in the order of the refunds: below zero, because money went back.
    pub fn kept(&self) -> Vec<(&str, i64)> {
        by_kind(self.refunds.iter().map(|refund| (refund.kind.as_str(), -refund.amount_minor)))
    }
}

/// One line of what came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReturnedLine {
    /// Which line of the sale, from 0; absent without a receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The product.
    pub product: ProductId,
    /// Its code then.
    pub code: String,
    /// Its name then.
    pub name: String,
    /// Thousandths of a piece, above zero.
    pub qty_milli: i64,
    /// Price of one as on the sale.
    pub unit_minor: i64,
    /// What is given back for it, without tax on top.
    pub net_minor: i64,
    /// Tax in it or on top of it.
    #[serde(default)]
    pub tax_minor: i64,
    /// What commission's base falls by.
    #[serde(default)]
    pub base_minor: i64,
    /// Earned points taken back.
    #[serde(default)]
    pub points_taken: i64,
    /// Spent points given back.
    #[serde(default)]
    pub points_given: i64,
    /// Where the goods went.
    pub to: ReturnedTo,
    /// What they had cost the shop when they left, in minor units: they come back to the shelf with that value, and what is damaged loses it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub cost_minor: Option<i64>,
}

/// Where goods go that came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReturnedTo {
    /// Back on the shelf.
    #[default]
    Shelf,
    /// Not to be sold any more.
    Damaged,
}

/// Money given back by one tender.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Refund {
    /// `cash`, `card`, `wechat` … as on a sale.
    pub kind: String,
    /// In minor units, above zero.
    pub amount_minor: i64,
    /// Reference of an outside payment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// How much of it goes back to the member's bonus; absent for everything but stored value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub bonus_minor: Option<i64>,
    /// The voucher that it goes to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub voucher: Option<VoucherBack>,
}

impl Refund {
    /// Where it goes, in parts.
    fn sits(&self, member: Option<MemberId>, shift: Option<ShiftId>) -> Vec<(Account, i64)> {
        stored_in_parts(&self.kind, self.amount_minor, self.bonus_minor, self.voucher.as_ref().map(|back| back.voucher), member, shift)
    }
}

impl Posts for SaleReturned {
    /// The postings of a sale, the other way round and in proportion.
    fn postings(&self) -> Vec<Posting> {
        let money = |debit, credit, amount| Posting::moving(Unit::money(), debit, credit, amount);
        let mut postings = Vec::with_capacity(self.lines.len() + self.refunds.len() + self.earned.len() + 4);
        let given = self.refunds.iter().flat_map(|refund| refund.sits(self.member, self.shift));
        postings.extend(given.filter_map(|(account, amount)| money(Account::revenue(), account, amount)));
        postings.extend(money(Account::tax(), Account::revenue(), self.tax_minor));
        postings.extend(money(Account::rounding(), Account::revenue(), self.rounding_minor));
        postings.extend(self.lines.iter().filter_map(|line| {
            let to = match line.to {
                ReturnedTo::Shelf => Account::stock_at(self.location),
                ReturnedTo::Damaged => Account::stock_adjusted("damage"),
            };
            Posting::moving(Unit::stock(line.product), to, Account::customers(), line.qty_milli)
        }));
        postings.extend(self.lines.iter().filter_map(|line| {
            let to = match line.to {
                ReturnedTo::Shelf => Account::stock_value(line.product),
                ReturnedTo::Damaged => Account::stock_adjusted("damage"),
            };
            money(to, Account::stock_cost(), line.cost_minor.unwrap_or(0))
        }));
        if let Some(member) = self.member {
            let points = self.points_given - self.points_taken + self.points_from_locked + self.points_expired;
            postings.extend(Posting::moving(Unit::points(), Account::points_of(member), Account::points_issued(), points));
            postings.extend(Posting::moving(Unit::points(), Account::points_locked(member), Account::points_issued(), -self.points_from_locked));
        }
        postings.extend(self.earned.iter().filter_map(Earned::posting));
        postings
    }
}
