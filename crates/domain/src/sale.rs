//! A sale: what was taken, at which prices, and what each upline earned, frozen at the moment of payment.

mod decide;
mod offers;

pub use decide::{Priced, SaleContext, SaleDraft, SaleRefusal, TenderDraft, decide, earnings_of, quote};
pub use offers::{GivenDiscount, is_item, read_label};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    fact::Posts,
    ids::{LocationId, MemberId, PersonId, ProductId, SaleId, ShiftId, VoucherId},
    ledger::{Account, Posting, Unit},
    points::life::PointsPart,
    pricing::UnitPriceWhy,
    promotion::PromotionUsed,
};

/// A sale was taken at a till. Everything needed to print, explain and reverse it stands here; posting needs no look-up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SaleRecorded {
    /// The sale; chosen when the ticket was opened, so that asking twice records once.
    pub sale: SaleId,
    /// Receipt number: till code, chain letter, counter. Never printed twice.
    pub number: String,
    /// Name of the till.
    pub till: String,
    /// The buyer.
    #[serde(default)]
    pub member: Option<MemberId>,
    /// Lines in the order they were scanned.
    pub lines: Vec<SoldLine>,
    /// Goods after all discounts, in minor units; contains the tax where prices include it.
    pub goods_minor: i64,
    /// Tax in it or on top of it.
    pub tax_minor: i64,
    /// What was asked for, cash rounding included.
    pub due_minor: i64,
    /// What cash rounding added (or, below zero, gave).
    #[serde(default)]
    pub rounding_minor: i64,
    /// The step cash was rounded to, in minor units; 0 or 1 for none.
    #[serde(default)]
    pub cash_step_minor: i64,
    /// How it was paid; cash as handed over.
    pub tenders: Vec<TenderTaken>,
    /// Cash given back.
    #[serde(default)]
    pub change_minor: i64,
    /// Points the buyer earned.
    #[serde(default)]
    pub points_earned: i64,
    /// Points the buyer spent.
    #[serde(default)]
    pub points_spent: i64,
    /// By which plan the upline earned.
    #[serde(default)]
    pub plan: Option<PlanUsed>,
    /// The buyer and everyone above, nearest first, as they stood.
    #[serde(default)]
    pub chain: Vec<ChainLink>,
    /// What each upline earned and why.
    #[serde(default)]
    pub earned: Vec<Earned>,
    /// Who agreed to what went past the seller's own limit; absent where nothing did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<PersonId>,
    /// Categories of the goods that count for commission, as they stood: the tags that rules can ask for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The shift whose drawer took the cash; decided in the sale's own transaction, so a sale in the closing minute belongs to exactly one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift: Option<ShiftId>,
    /// Who served the customer, where that is not whoever took the money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub salesperson: Option<PersonId>,
    /// Promotions and coupons that took something off.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub promotions: Vec<PromotionUsed>,
    /// The place that the goods left; absent for the shop floor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub location: Option<LocationId>,
    /// First day on which the earned points can be spent; absent where they can be at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub points_usable_from: Option<String>,
    /// Last day of the earned points; absent where they never run out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub points_good_until: Option<String>,
    /// The spent points by where they came from; absent where none of them runs out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points_parts: Vec<PointsPart>,
}

impl SaleRecorded {
    /// What each tender kept, after change, in minor units: one row a kind, in the order handed over.
    pub fn kept(&self) -> Vec<(&str, i64)> {
        kept_of(&self.tenders, self.change_minor)
    }
}

/// What each tender kept, after change: one row a kind, in the order handed over. Change comes from cash alone.
pub(crate) fn kept_of(tenders: &[TenderTaken], change_minor: i64) -> Vec<(&str, i64)> {
    let taken = tenders.iter().map(|tender| (tender.kind.as_str(), tender.amount_minor));
    by_kind(taken.chain((change_minor != 0).then_some(("cash", -change_minor))))
}

/// Amounts added up by their tender's kind, in the order in which each comes first.
pub(crate) fn by_kind<'a>(amounts: impl Iterator<Item = (&'a str, i64)>) -> Vec<(&'a str, i64)> {
    let mut sums: Vec<(&str, i64)> = Vec::new();
    for (kind, amount) in amounts {
        match sums.iter_mut().find(|(known, _)| *known == kind) {
            Some(row) => row.1 += amount,
            None => sums.push((kind, amount)),
        }
    }
    sums
}

/// One line of a sale at the figures that were paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SoldLine {
    /// The product.
    pub product: ProductId,
    /// Its code then.
    pub code: String,
    /// Its name then.
    pub name: String,
    /// Thousandths of a piece.
    pub qty_milli: i64,
    /// Price of one before the line's discount, in minor units.
    pub unit_minor: i64,
    /// Discounts of every kind on this line, zero or above.
    #[serde(default)]
    pub discount_minor: i64,
    /// What the customer paid for it.
    pub net_minor: i64,
    /// Tax in it or on top of it.
    #[serde(default)]
    pub tax_minor: i64,
    /// Tax rate in millionths.
    #[serde(default)]
    pub tax_ppm: i64,
    /// True where the net contains the tax.
    #[serde(default = "yes")]
    pub tax_included: bool,
    /// Its part of the points earned.
    #[serde(default)]
    pub points_earned: i64,
    /// Its part of the points spent.
    #[serde(default)]
    pub points_spent: i64,
    /// What commission is worked out on: 0 for goods without commission.
    pub base_minor: i64,
    /// Where the price of one comes from; absent where it is the list price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub why: Option<UnitPriceWhy>,
    /// What the goods had cost the shop, in minor units, by weighted average; absent in facts of before values were kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub cost_minor: Option<i64>,
    /// What its discounts are made of; absent in facts of before they were named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offs: Vec<LineOff>,
}

/// Something taken off a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LineOff {
    /// By what.
    pub by: OffBy,
    /// Name of the promotion or coupon; empty for what needs none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The line's part of it, in minor units.
    pub amount_minor: i64,
}

/// What takes something off a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OffBy {
    /// Somebody at the till.
    Hand,
    /// The shop's promotion.
    Promotion,
    /// A coupon.
    Coupon,
    /// Points.
    Points,
}

/// One tender of a sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TenderTaken {
    /// `cash`, `card`, `wechat`, `alipay`, `transfer` …
    pub kind: String,
    /// As handed over, in minor units.
    pub amount_minor: i64,
    /// Reference of an outside payment.
    #[serde(default)]
    pub reference: Option<String>,
    /// How much of it the member's bonus paid; absent for everything but stored value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub bonus_minor: Option<i64>,
    /// The voucher that it was drawn from; its code is the reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub voucher: Option<VoucherId>,
}

impl TenderTaken {
    /// Where it comes from or goes to at the till, in parts: stored value out of what the member paid in and out of what was added.
    fn sits(&self, member: Option<MemberId>, shift: Option<ShiftId>) -> Vec<(Account, i64)> {
        stored_in_parts(&self.kind, self.amount_minor, self.bonus_minor, self.voucher, member, shift)
    }
}

/// An amount of a tender by the accounts it moves. Stored value and vouchers of before they were kept sit with the other tenders.
pub(crate) fn stored_in_parts(
    kind: &str,
    amount_minor: i64,
    bonus_minor: Option<i64>,
    voucher: Option<VoucherId>,
    member: Option<MemberId>,
    shift: Option<ShiftId>,
) -> Vec<(Account, i64)> {
    if let ("voucher", Some(voucher)) = (kind, voucher) {
        return vec![(Account::voucher(voucher), amount_minor)];
    }
    match (kind, bonus_minor, member) {
        ("balance", Some(bonus), Some(member)) => {
            vec![(Account::balance_paid(member), amount_minor - bonus), (Account::balance_bonus(member), bonus)]
        }
        (kind, _, _) => vec![(Account::till(kind, shift), amount_minor)],
    }
}

/// Which plan version a sale earned by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PlanUsed {
    /// Version in the shop.
    pub version: u32,
    /// First hexadecimal digits of its hash.
    pub hash: String,
}

/// A place in the sponsor chain as it stood at the sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChainLink {
    /// The member.
    pub member: MemberId,
    /// Distribution rank then.
    #[serde(default)]
    pub rank: Option<String>,
    /// False if frozen then.
    #[serde(default = "yes")]
    pub active: bool,
}

fn yes() -> bool {
    true
}

/// What one upline earned by one rule on one sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Earned {
    /// Who earned it.
    pub member: MemberId,
    /// The rule of the plan.
    pub rule: String,
    /// How far above the buyer, 1 for the sponsor; 0 for the buyer.
    pub depth: u32,
    /// What it was worked out on, in minor units.
    pub base_minor: i64,
    /// The rate in millionths; absent where the rule pays an amount.
    #[serde(default)]
    pub rate_ppm: Option<i64>,
    /// Exact amount in millionths of a minor unit; rounded once, at the statement.
    pub amount_micro: i64,
    /// The engine's explanation as JSON text; recomputing from it gives the amount.
    pub why: String,
}

impl Earned {
    /// The posting of this earning: the shop's cost, the member's pending commission.
    pub fn posting(&self) -> Option<Posting> {
        Posting::moving(Unit::earning(), Account::commission_pending(self.member), Account::commission_expense(), self.amount_micro)
    }
}

impl Posts for SaleRecorded {
    fn postings(&self) -> Vec<Posting> {
        let money = |debit, credit, amount| Posting::moving(Unit::money(), debit, credit, amount);
        let mut postings = Vec::with_capacity(self.lines.len() + self.tenders.len() + self.earned.len() + 4);
        // Each tender pays revenue; change, tax and rounding are then moved out of it, so every account shows its own truth.
        let taken = self.tenders.iter().flat_map(|tender| tender.sits(self.member, self.shift));
        postings.extend(taken.filter_map(|(account, amount)| money(account, Account::revenue(), amount)));
        postings.extend(money(Account::revenue(), Account::till("cash", self.shift), self.change_minor));
        postings.extend(money(Account::revenue(), Account::tax(), self.tax_minor));
        postings.extend(money(Account::revenue(), Account::rounding(), self.rounding_minor));
        let place = Account::stock_at(self.location);
        postings.extend(
            self.lines.iter().filter_map(|line| Posting::moving(Unit::stock(line.product), Account::customers(), place.clone(), line.qty_milli)),
        );
        postings.extend(
            self.lines.iter().filter_map(|line| money(Account::stock_cost(), Account::stock_value(line.product), line.cost_minor.unwrap_or(0))),
        );
        if let Some(member) = self.member {
            let locked = if self.points_usable_from.is_some() { self.points_earned } else { 0 };
            let points = self.points_earned - locked - self.points_spent;
            postings.extend(Posting::moving(Unit::points(), Account::points_of(member), Account::points_issued(), points));
            postings.extend(Posting::moving(Unit::points(), Account::points_locked(member), Account::points_issued(), locked));
        }
        postings.extend(self.earned.iter().filter_map(Earned::posting));
        postings
    }
}
