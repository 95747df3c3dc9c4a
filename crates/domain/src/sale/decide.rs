//! Deciding a sale: priced by the pricing rules, earned by the plan, and frozen.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    ChainLink, Earned, PlanUsed, SaleRecorded, SoldLine, TenderTaken,
    offers::{self, Asked, GivenDiscount},
};
use crate::{
    ids::{LocationId, MemberId, PersonId, ProductId, SaleId, ShiftId},
    person::Approval,
    plan::{Plan, at_sale},
    points::life::{Lots, PointsPart},
    pricing::{
        DraftLine, OrderDiscount, PriceMember, PriceProduct, PriceRefusal, PriceRules, Quote, SaleDraftPrices, TenderKind, UnitPriceWhy,
        barcode::{BarcodeRefusal, LabelLayout},
        price, settle,
    },
    promotion::PromotionNow,
    stock::value::Holding,
    voucher::{VoucherNow, VoucherRefusal, draw, normal_voucher},
};

/// A ticket as the till sends it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SaleDraft {
    /// Chosen when the ticket was opened: recording it twice records one sale.
    pub sale: SaleId,
    /// Lines in the order they were scanned; `product` is a product's id.
    pub lines: Vec<DraftLine>,
    /// Discounts of the whole order, in order.
    #[serde(default)]
    pub discounts: Vec<OrderDiscount>,
    /// Points that the buyer wants to offset.
    #[serde(default)]
    pub points: i64,
    /// The buyer.
    #[serde(default)]
    pub member: Option<MemberId>,
    /// How it is paid; empty while it is only priced.
    #[serde(default)]
    pub tenders: Vec<TenderDraft>,
    /// Somebody's yes to what goes past the seller's own limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub approval: Option<Approval>,
    /// Who served the customer, where that is not whoever takes the money.
    #[serde(default)]
    #[ts(optional)]
    pub salesperson: Option<PersonId>,
}

/// One tender with the reference of an outside payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TenderDraft {
    /// How.
    pub kind: TenderKind,
    /// As handed over, in minor units.
    pub amount_minor: i64,
    /// Reference of an outside payment.
    #[serde(default)]
    pub reference: Option<String>,
}

/// What deciding needs to know, read in the sale's own transaction.
#[derive(Debug)]
pub struct SaleContext<'a> {
    /// The shop's price settings.
    pub rules: &'a PriceRules,
    /// The products of the ticket as pricing knows them, by id.
    pub shelf: &'a BTreeMap<String, PriceProduct>,
    /// Code and name of each, frozen into the lines.
    pub names: &'a BTreeMap<String, (ProductId, String, String)>,
    /// The buyer as pricing knows them.
    pub member: Option<&'a PriceMember>,
    /// The buyer and everyone above, nearest first; empty for a walk-in.
    pub chain: &'a [ChainLink],
    /// The plan in force and which version it is.
    pub plan: Option<(&'a Plan, PlanUsed)>,
    /// The shop's promotions and coupons as they stand today, in the order they were set up, with their uses.
    pub promotions: &'a [PromotionNow],
    /// How the shop's scales fill their labels.
    pub labels: &'a [LabelLayout],
    /// What is on hand of each product at all places together, with its value; nothing of a product that is not here.
    pub holdings: &'a BTreeMap<ProductId, Holding>,
    /// The place that the till sells from; absent for the shop floor.
    pub location: Option<LocationId>,
    /// The shop's day.
    pub today: &'a str,
    /// Receipt number to give it.
    pub number: &'a str,
    /// Name of the till.
    pub till: &'a str,
    /// The vouchers that are to pay, by their codes, as they stand.
    pub vouchers: &'a BTreeMap<String, VoucherNow>,
    /// Who agreed to what goes past the seller's limit; the caller has checked their PIN and role.
    pub approved_by: Option<PersonId>,
    /// The shift that is open on it.
    pub shift: Option<ShiftId>,
    /// True where the shop takes no sale outside of a shift.
    pub shift_required: bool,
    /// The buyer's points by where they came from; nothing where none of them runs out or is locked.
    pub lots: Option<&'a Lots>,
    /// First day on which what is earned can be spent; absent where it can be at once.
    pub points_usable_from: Option<String>,
    /// Last day of what is earned; absent where it never runs out.
    pub points_good_until: Option<String>,
}

/// Why a ticket does not become a sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum SaleRefusal {
    /// Nothing on it.
    #[error("a sale needs at least one line")]
    Empty,
    /// A product that is not in the books.
    #[error("product {product} is not sold here")]
    NotSoldHere {
        /// As asked.
        product: String,
    },
    /// The buyer is not in the books.
    #[error("there is no such member")]
    UnknownMember,
    /// A price off a label, or a promotion, that the shop has not set up: a till's word for what something costs is not taken (fault 23).
    #[error("{what} is not set up in this shop")]
    NotSetUp {
        /// `label` or `threshold`.
        what: String,
    },
    /// The shop takes no sale outside of a shift, and none is open.
    #[error("no shift is open on this till: open one first")]
    NoShift,
    /// A scale's label that cannot be read.
    #[error("{label}")]
    Label {
        /// Why, with its own code.
        label: BarcodeRefusal,
    },
    /// Pricing says no.
    #[error("{price}")]
    Price {
        /// Pricing's own refusal, with its own code.
        price: PriceRefusal,
    },
    /// A voucher does not pay.
    #[error("{voucher}")]
    Voucher {
        /// Why, with its own code.
        voucher: VoucherRefusal,
    },
    /// The plan would pay an amount that the ledger cannot hold exactly.
    #[error("{reason}")]
    Plan {
        /// The engine's words.
        reason: String,
    },
}

impl From<VoucherRefusal> for SaleRefusal {
    fn from(voucher: VoucherRefusal) -> Self {
        Self::Voucher { voucher }
    }
}

impl From<PriceRefusal> for SaleRefusal {
    fn from(price: PriceRefusal) -> Self {
        Self::Price { price }
    }
}

/// A ticket with its figures.
#[derive(Debug)]
pub struct Priced {
    /// Every figure.
    pub quote: Quote,
    /// What each upline earns.
    pub earned: Vec<Earned>,
    /// Every order discount with its name, in the order they were worked out.
    pub discounts: Vec<GivenDiscount>,
}

/// Prices the ticket without recording it: what the screen shows while scanning.
///
/// # Errors
/// [`SaleRefusal`]
pub fn quote(draft: &SaleDraft, context: &SaleContext<'_>) -> Result<Priced, SaleRefusal> {
    let (asked, quote) = priced(draft, context)?;
    let earned = earned(draft, &quote, context)?;
    let discounts = asked.given(&quote);
    Ok(Priced { quote, earned, discounts })
}

fn priced<'a>(draft: &SaleDraft, context: &SaleContext<'a>) -> Result<(Asked<'a>, Quote), SaleRefusal> {
    if let Some(line) = draft.lines.iter().find(|line| !context.shelf.contains_key(&line.product)) {
        return Err(SaleRefusal::NotSoldHere { product: line.product.clone() });
    }
    let asked = offers::asked(draft, context)?;
    let quote = price(&asked.rules, context.shelf, context.member, &asked.prices, context.today)?;
    Ok((asked, quote))
}

/// Decides whether the ticket becomes a sale. Pure: the caller reads the context and keeps the result.
///
/// # Errors
/// [`SaleRefusal`]: empty, no shift, unknown product, unknown member, then whatever pricing refuses, last a tender that does not cover the sale.
pub fn decide(draft: &SaleDraft, context: &SaleContext<'_>) -> Result<SaleRecorded, SaleRefusal> {
    if draft.lines.is_empty() {
        return Err(SaleRefusal::Empty);
    }
    if context.shift_required && context.shift.is_none() {
        return Err(SaleRefusal::NoShift);
    }
    if draft.member.is_some() && context.member.is_none() {
        return Err(SaleRefusal::UnknownMember);
    }
    let (asked, quote) = priced(draft, context)?;
    let approved_by = match settle(&asked.rules, context.member, &asked.prices, &quote) {
        // An approver stands in the sale only where one was needed.
        Err(PriceRefusal::NeedsApproval { .. }) if context.approved_by.is_some() => {
            settle(&asked.rules, context.member, &SaleDraftPrices { approved: true, ..asked.prices.clone() }, &quote)?;
            context.approved_by
        }
        settled => {
            settled?;
            None
        }
    };
    let blank = |tender: &&TenderDraft| tender.amount_minor > 0 && tender.reference.as_deref().is_none_or(|reference| reference.trim().is_empty());
    let wanting = draft.tenders.iter().filter(|tender| asked.rules.tenders.need_reference.contains(&tender.kind)).find(blank);
    if let Some(tender) = wanting {
        return Err(PriceRefusal::ReferenceNeeded { tender: tender.kind.name().to_owned() }.into());
    }
    let vouchers = draw(&draft.tenders, context.vouchers, context.today)?;
    let earned = earned(draft, &quote, context)?;
    let mut holdings = context.holdings.clone();
    let lines = quote
        .lines
        .iter()
        .enumerate()
        .map(|(place, line)| {
            let (product, code, name) =
                context.names.get(&line.product).cloned().ok_or_else(|| SaleRefusal::NotSoldHere { product: line.product.clone() })?;
            Ok(SoldLine {
                product,
                code,
                name,
                qty_milli: line.qty_milli,
                unit_minor: line.unit_minor,
                discount_minor: line.discount_minor + line.points_offset_minor,
                net_minor: line.net_minor,
                tax_minor: line.tax_minor,
                tax_ppm: i64::from(line.tax_rate_ppm),
                tax_included: line.tax_included,
                points_earned: line.points_earned,
                points_spent: line.points_spent,
                base_minor: line.commission_base_minor,
                why: Some(line.why.clone()).filter(|why| *why != UnitPriceWhy::List),
                cost_minor: Some(holdings.entry(product).or_default().leave(line.qty_milli)),
                offs: asked.taken_off(&quote, place),
            })
        })
        .collect::<Result<_, SaleRefusal>>()?;
    // Stored value spends what the member paid in before what the shop added.
    let mut paid_in = context.member.map_or(0, |member| (member.balance_minor - member.bonus_minor).max(0));
    let mut own_part = |amount_minor: i64| {
        let own = amount_minor.min(paid_in);
        paid_in -= own;
        own
    };
    let tenders = draft
        .tenders
        .iter()
        .zip(vouchers)
        .map(|(tender, voucher)| TenderTaken {
            kind: tender.kind.name().to_owned(),
            amount_minor: tender.amount_minor,
            reference: if voucher.is_some() { tender.reference.as_deref().map(normal_voucher) } else { tender.reference.clone() },
            voucher,
            bonus_minor: (tender.kind == TenderKind::Balance).then(|| tender.amount_minor - own_part(tender.amount_minor)),
        })
        .collect();
    let earns = draft.member.is_some() && quote.points_earned > 0;
    Ok(SaleRecorded {
        sale: draft.sale,
        number: context.number.to_owned(),
        till: context.till.to_owned(),
        member: draft.member,
        lines,
        goods_minor: quote.goods_minor,
        tax_minor: quote.tax_minor,
        due_minor: quote.due_minor + quote.cash_rounding_minor,
        rounding_minor: quote.cash_rounding_minor,
        cash_step_minor: quote.cash_step_minor,
        tenders,
        change_minor: quote.change_minor,
        points_earned: if draft.member.is_some() { quote.points_earned } else { 0 },
        points_spent: quote.points_spent,
        plan: context.plan.as_ref().map(|(_, used)| used.clone()),
        chain: context.chain.to_vec(),
        tags: if draft.member.is_some() { tags(&quote, context).into_iter().collect() } else { Vec::new() },
        earned,
        approved_by,
        shift: context.shift,
        salesperson: draft.salesperson,
        promotions: asked.used(&quote),
        location: context.location,
        points_usable_from: context.points_usable_from.clone().filter(|_| earns),
        points_good_until: context.points_good_until.clone().filter(|_| earns),
        points_parts: parts_spent(context.lots, quote.points_spent),
    })
}

/// The spent points by where they came from, where any of them runs out.
fn parts_spent(lots: Option<&Lots>, points: i64) -> Vec<PointsPart> {
    let parts = lots.map_or_else(Vec::new, |lots| lots.parts_of(points));
    if parts.iter().any(|part| part.good_until.is_some()) { parts } else { Vec::new() }
}

fn earned(draft: &SaleDraft, quote: &Quote, context: &SaleContext<'_>) -> Result<Vec<Earned>, SaleRefusal> {
    let Some((plan, _)) = &context.plan else { return Ok(Vec::new()) };
    let counting = quote.lines.iter().filter(|line| line.commission_base_minor > 0);
    let net = quote.lines.iter().map(|line| line.commission_base_minor).sum();
    earnings_of(plan, &draft.sale.to_string(), net, counting.map(|line| line.qty_milli).sum(), tags(quote, context), context.chain)
}

/// Categories of the goods that count for commission.
fn tags(quote: &Quote, context: &SaleContext<'_>) -> BTreeSet<String> {
    let counting = quote.lines.iter().filter(|line| line.commission_base_minor > 0);
    counting.filter_map(|line| context.shelf.get(&line.product)?.category.clone()).collect()
}

/// What the upline earns on an order of this net amount: the plan's rules that accrue with a sale.
///
/// A rank that the plan does not list counts as none, and a chain that closes upon itself ends where it would repeat: neither may keep a customer
/// from paying.
///
/// # Errors
/// `Plan` where an amount cannot be held exactly.
pub fn earnings_of(
    plan: &Plan,
    order: &str,
    net_minor: i64,
    qty_milli: i64,
    tags: BTreeSet<String>,
    chain: &[ChainLink],
) -> Result<Vec<Earned>, SaleRefusal> {
    if chain.is_empty() || net_minor <= 0 {
        return Ok(Vec::new());
    }
    let mut seen = BTreeSet::new();
    let holders: Vec<at_sale::Holder> = chain
        .iter()
        .take_while(|link| seen.insert(link.member))
        .map(|link| at_sale::Holder {
            id: link.member.to_string(),
            rank: link.rank.clone().filter(|rank| plan.ranks.iter().any(|known| known.id == *rank)),
            active: link.active,
            attrs: BTreeMap::new(),
        })
        .collect();
    let order = at_sale::Order {
        id: order.to_owned(),
        amounts_minor: BTreeMap::from([("net".to_owned(), net_minor)]),
        qty_milli,
        tags: tags.into_iter().collect(),
        attrs: BTreeMap::new(),
    };
    let earnings = at_sale::earnings(plan, &order, &holders).map_err(|refusal| SaleRefusal::Plan { reason: refusal.to_string() })?;
    earnings
        .into_iter()
        .map(|earning| {
            let member = chain.get(earning.holder).map(|link| link.member).ok_or_else(|| SaleRefusal::Plan { reason: "no such holder".into() })?;
            let why = serde_json::to_string(&earning.why).map_err(|error| SaleRefusal::Plan { reason: error.to_string() })?;
            Ok(Earned {
                member,
                rule: earning.rule,
                depth: u32::try_from(earning.holder).unwrap_or(u32::MAX),
                base_minor: earning.base_minor,
                rate_ppm: earning.rate_ppm,
                amount_micro: earning.amount_micro,
                why,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pricing::{DiscountKind, Eligible, Off, TenderRules};

    fn said(change: impl Fn(&mut SaleDraft)) -> Result<(i64, Option<PersonId>), SaleRefusal> {
        let product = ProductId(uuid::Uuid::from_u128(1));
        let shelf = BTreeMap::from([(product.to_string(), PriceProduct { id: product.to_string(), price_minor: 10_000, ..PriceProduct::default() })]);
        let names = BTreeMap::from([(product.to_string(), (product, "0001".to_owned(), "茶".to_owned()))]);
        let rules = PriceRules {
            minor_digits: 2,
            cash_rounding_minor: 0,
            taxes: BTreeMap::new(),
            points: None,
            coupons: BTreeMap::new(),
            discount_limit_ppm: Some(100_000),
            tenders: TenderRules::default(),
        };
        let mut draft = SaleDraft {
            sale: SaleId(uuid::Uuid::from_u128(2)),
            lines: vec![DraftLine { product: product.to_string(), qty_milli: 1000, ..DraftLine::default() }],
            discounts: Vec::new(),
            points: 0,
            member: None,
            tenders: vec![TenderDraft { kind: TenderKind::Cash, amount_minor: 10_000, reference: None }],
            approval: None,
            salesperson: None,
        };
        change(&mut draft);
        let (number, till, today) = ("1A-000001", "1", "2026-11-22");
        // The test's approver is whoever the draft names: checking the PIN is the caller's part.
        let approved_by = draft.approval.as_ref().map(|approval| approval.person);
        let context = SaleContext {
            rules: &rules,
            shelf: &shelf,
            names: &names,
            member: None,
            chain: &[],
            plan: None,
            promotions: &[],
            labels: &[],
            holdings: &BTreeMap::new(),
            location: None,
            vouchers: &BTreeMap::new(),
            today,
            number,
            till,
            approved_by,
            shift: None,
            shift_required: false,
            lots: None,
            points_usable_from: None,
            points_good_until: None,
        };
        decide(&draft, &context).map(|sale| (sale.due_minor, sale.approved_by))
    }

    #[test]
    fn an_approver_lifts_the_limit_and_stands_in_the_sale_only_where_needed() {
        let manager = PersonId(uuid::Uuid::from_u128(3));
        let yes = Some(Approval { person: manager, pin: "2580".into() });
        let off = |ppm| Some(Off::PercentPpm(ppm));
        assert_eq!(said(|draft| (draft.lines[0].discount, draft.approval) = (off(500_000), yes.clone())), Ok((5000, Some(manager))));
        assert_eq!(said(|draft| (draft.lines[0].discount, draft.approval) = (off(100_000), yes.clone())), Ok((9000, None)));
        assert_eq!(
            said(|draft| draft.lines[0].discount = off(500_000)),
            Err(SaleRefusal::Price { price: PriceRefusal::NeedsApproval { line: Some(0), given_minor: 5000, allowed_minor: 1000 } })
        );
        assert!(!format!("{yes:?}").contains("2580"), "no log shows a PIN");
    }

    #[test]
    fn fault_23_no_way_of_asking_gets_past_the_limit_on_discounts() {
        assert_eq!(said(|_| {}), Ok((10_000, None)));
        assert!(matches!(said(|draft| draft.lines[0].price_minor = Some(1)), Err(SaleRefusal::Price { price: PriceRefusal::NeedsApproval { .. } })));
        assert_eq!(said(|draft| draft.lines[0].label_minor = Some(1)), Err(SaleRefusal::NotSetUp { what: "label".into() }));
        let threshold =
            |off| OrderDiscount { kind: DiscountKind::Threshold { over_minor: 0, off, every: false }, max_minor: None, on: Eligible::default() };
        assert_eq!(
            said(|draft| draft.discounts.push(threshold(Off::PercentPpm(1_000_000)))),
            Err(SaleRefusal::NotSetUp { what: "threshold".into() })
        );
    }
}
