//! Value moves only by postings: one unit, one debit, one credit, one positive amount. Per unit everything sums to zero.
//!
//! The shape is frozen: an old version of the program balances a document whose kind it does not know.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What is counted. Money is in minor units, earnings in millionths of a minor unit, points in whole points, stock in thousandths of a piece.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Unit(pub String, pub Option<Uuid>);

impl Unit {
    /// The shop's money in minor units.
    pub fn money() -> Self {
        Self("money".into(), None)
    }
    /// Commission before rounding: millionths of a minor unit, so that a rate in ppm of a minor amount is exact.
    pub fn earning() -> Self {
        Self("earning".into(), None)
    }
    /// Loyalty points.
    pub fn points() -> Self {
        Self("points".into(), None)
    }
    /// What lifts a member's level.
    pub fn growth() -> Self {
        Self("growth".into(), None)
    }
    /// Thousandths of a piece (or of a kilogram) of one product.
    pub fn stock(product: crate::ids::ProductId) -> Self {
        Self("stock".into(), Some(product.0))
    }
}

/// Where value sits: a name of the house, and a party where the account belongs to one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Account(pub String, pub Option<Uuid>);

impl Account {
    fn of_shop(name: &str) -> Self {
        Self(name.into(), None)
    }
    /// Money received by one kind of tender: `tender.cash`, `tender.wechat` …
    pub fn tender(kind: &str) -> Self {
        Self(format!("tender.{kind}"), None)
    }
    /// Cash in the drawer of one shift; empty once the shift is closed.
    pub fn drawer(shift: crate::ids::ShiftId) -> Self {
        Self("drawer".into(), Some(shift.0))
    }
    /// Where the till puts a tender: cash in the drawer of the shift, where there is one.
    pub fn till(kind: &str, shift: Option<crate::ids::ShiftId>) -> Self {
        match (kind, shift) {
            ("cash", Some(shift)) => Self::drawer(shift),
            (kind, _) => Self::tender(kind),
        }
    }
    /// Money that a member left with the shop: what is owed stands below zero.
    pub fn balance_paid(member: crate::ids::MemberId) -> Self {
        Self("balance.paid".into(), Some(member.0))
    }
    /// What the shop added to it: what is owed stands below zero.
    pub fn balance_bonus(member: crate::ids::MemberId) -> Self {
        Self("balance.bonus".into(), Some(member.0))
    }
    /// What bonuses cost the shop.
    pub fn balance_given() -> Self {
        Self::of_shop("balance.given")
    }
    /// What is left on a voucher: what is owed stands below zero.
    pub fn voucher(voucher: crate::ids::VoucherId) -> Self {
        Self("voucher".into(), Some(voucher.0))
    }
    /// What vouchers cost the shop that nobody paid for.
    pub fn voucher_given() -> Self {
        Self::of_shop("voucher.given")
    }
    /// Cash outside of drawers: the safe and the bank, where floats come from and counts go.
    pub fn safe() -> Self {
        Self::of_shop("cash.safe")
    }
    /// Cash put into drawers that was not for goods.
    pub fn paid_in() -> Self {
        Self::of_shop("cash.paid_in")
    }
    /// Cash taken out of drawers for bills and the like.
    pub fn paid_out() -> Self {
        Self::of_shop("cash.paid_out")
    }
    /// What counts of drawers differed by: below zero there was too much.
    pub fn over_short() -> Self {
        Self::of_shop("cash.over_short")
    }
    /// Sales without tax.
    pub fn revenue() -> Self {
        Self::of_shop("revenue")
    }
    /// Tax collected and owed to the state.
    pub fn tax() -> Self {
        Self::of_shop("tax")
    }
    /// What cash rounding gave or took.
    pub fn rounding() -> Self {
        Self::of_shop("rounding")
    }
    /// Commission as a cost of the shop.
    pub fn commission_expense() -> Self {
        Self::of_shop("commission.expense")
    }
    /// Commission earned at the sale and not yet on a statement, per member.
    pub fn commission_pending(member: crate::ids::MemberId) -> Self {
        Self("commission.pending".into(), Some(member.0))
    }
    /// Commission that statements turned into money.
    pub fn commission_settled() -> Self {
        Self::of_shop("commission.settled")
    }
    /// Commission on a released statement, to be paid out, per member.
    pub fn commission_payable(member: crate::ids::MemberId) -> Self {
        Self("commission.payable".into(), Some(member.0))
    }
    /// Commission on a released statement that is kept back until somebody passes it, per member.
    pub fn commission_held(member: crate::ids::MemberId) -> Self {
        Self("commission.held".into(), Some(member.0))
    }
    /// Asked for and not approved yet, per member.
    pub fn payout_requested(member: crate::ids::MemberId) -> Self {
        Self("payout.requested".into(), Some(member.0))
    }
    /// Approved and not sent yet, per member.
    pub fn payout_approved(member: crate::ids::MemberId) -> Self {
        Self("payout.approved".into(), Some(member.0))
    }
    /// On its way through a bank or a payment service, per member.
    pub fn payout_sent(member: crate::ids::MemberId) -> Self {
        Self("payout.sent".into(), Some(member.0))
    }
    /// Commission that a member has in hand, after fees.
    pub fn payout_paid(member: crate::ids::MemberId) -> Self {
        Self("payout.paid".into(), Some(member.0))
    }
    /// Fees that the shop kept of payouts.
    pub fn payout_fees() -> Self {
        Self::of_shop("payout.fees")
    }
    /// Cash that left the safe for payouts.
    pub fn payout_outlay() -> Self {
        Self::of_shop("payout.outlay")
    }
    /// Tax withheld from commission and owed to the state.
    pub fn tax_withheld() -> Self {
        Self::of_shop("tax.withheld")
    }
    /// Points that the shop has issued and taken back.
    pub fn points_issued() -> Self {
        Self::of_shop("points.issued")
    }
    /// Points whose last day was over.
    pub fn points_expired() -> Self {
        Self::of_shop("points.expired")
    }
    /// Points of one member that cannot be spent yet.
    pub fn points_locked(member: crate::ids::MemberId) -> Self {
        Self("points.locked".into(), Some(member.0))
    }
    /// Points of one member that can be spent; below zero is a debt.
    pub fn points_of(member: crate::ids::MemberId) -> Self {
        Self("points.held".into(), Some(member.0))
    }
    /// Growth that members came by.
    pub fn growth_issued() -> Self {
        Self::of_shop("growth.issued")
    }
    /// Growth whose validity is over.
    pub fn growth_over() -> Self {
        Self::of_shop("growth.over")
    }
    /// A member's growth that counts now.
    pub fn growth_of(member: crate::ids::MemberId) -> Self {
        Self("growth.held".into(), Some(member.0))
    }
    /// Goods at a place; the shop floor where none is named, or the nil one.
    pub fn stock_at(location: Option<crate::ids::LocationId>) -> Self {
        match location.filter(|location| !location.0.is_nil()) {
            Some(location) => Self("stock.at".into(), Some(location.0)),
            None => Self::shelf(),
        }
    }
    /// True for the accounts of the places where goods lie.
    pub fn is_place(&self) -> bool {
        self.0 == "stock.at" || (self.0 == "stock.shelf" && self.1.is_none())
    }
    /// What the goods of a product on hand cost, in money.
    pub fn stock_value(product: crate::ids::ProductId) -> Self {
        Self("stock.value".into(), Some(product.0))
    }
    /// What sold goods cost, in money.
    pub fn stock_cost() -> Self {
        Self::of_shop("stock.cost")
    }
    /// What deliveries cost, in money.
    pub fn stock_payable() -> Self {
        Self::of_shop("stock.payable")
    }
    /// Goods on the shop floor.
    pub fn shelf() -> Self {
        Self::of_shop("stock.shelf")
    }
    /// Where received goods come from.
    pub fn suppliers() -> Self {
        Self::of_shop("stock.suppliers")
    }
    /// Where sold goods go.
    pub fn customers() -> Self {
        Self::of_shop("stock.customers")
    }
    /// Loss, breakage and counting differences, by reason.
    pub fn stock_adjusted(reason: &str) -> Self {
        Self(format!("stock.adjusted.{reason}"), None)
    }
}

/// One movement of one unit from `credit` to `debit`; `amount` is positive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting(pub Unit, pub Account, pub Account, pub i64);

impl Posting {
    /// Moves `amount` of `unit` into `debit` out of `credit`; a negative amount moves the other way, zero moves nothing.
    pub fn moving(unit: Unit, debit: Account, credit: Account, amount: i64) -> Option<Self> {
        match amount {
            0 => None,
            i64::MIN => None,
            1.. => Some(Self(unit, debit, credit, amount)),
            _ => Some(Self(unit, credit, debit, -amount)),
        }
    }
}
