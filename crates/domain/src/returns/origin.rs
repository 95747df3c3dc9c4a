//! A sale as a return sees it: the same for one of this till and for a document that was brought in.

use serde::Serialize;

use crate::{
    ids::{LocationId, MemberId, ProductId, SaleId},
    import::{ImportedKind, SaleImported},
    points::life::PointsPart,
    pricing::{ReturnedQty, Sold, SoldFigures, TenderKept, TenderKind},
    sale::{Earned, PlanUsed, SaleRecorded},
    voucher::VoucherBack,
};

/// The figures and names that a return takes from its sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The sale.
    pub sale: SaleId,
    /// Its number.
    pub number: String,
    /// Its buyer.
    pub member: Option<MemberId>,
    /// Its lines by name, in their order.
    pub lines: Vec<OriginLine>,
    /// The same lines in figures, and the tenders that paid; none for a document that was brought in.
    pub sold: Sold,
    /// By which plan the upline earned.
    pub plan: Option<PlanUsed>,
    /// What each upline earned.
    pub earned: Vec<Earned>,
    /// The place that the goods left; absent for the shop floor.
    pub location: Option<LocationId>,
    /// What closes of its month paid on it by the month's own rules.
    pub closed: Option<ClosedOn>,
    /// How much of the stored value that paid was the member's bonus.
    pub bonus_minor: i64,
    /// The vouchers that paid, each with what it paid, in the order handed over.
    pub vouchers: Vec<(VoucherBack, i64)>,
    /// False for a document of an earlier system: its tenders are not known.
    pub own: bool,
    /// The spent points by where they came from.
    pub points_parts: Vec<PointsPart>,
}

/// What closes paid on a sale by the rules of its month.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ClosedOn {
    /// The sale's part of each, all rounds together.
    pub earned: Vec<Earned>,
    /// What had come back before the first close: those rules never saw it.
    pub before: Vec<ReturnedQty>,
}

/// What a line is called, and what the figures leave out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OriginLine {
    /// The product; absent on lines of an earlier system that are no goods.
    pub product: Option<ProductId>,
    /// Its code then.
    pub code: String,
    /// Its name then.
    pub name: String,
    /// Price of one in minor units.
    pub unit_minor: i64,
    /// What was paid without tax on top.
    pub net_minor: i64,
    /// What the goods had cost the shop; absent where nobody knew it.
    pub cost_minor: Option<i64>,
}

/// Why a document cannot come back at all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum NotReturnable {
    /// A credit note, or a document without goods.
    #[error("{number} is no sale of goods")]
    NoGoodsSold {
        /// The document.
        number: String,
    },
    /// The earlier system took something off the whole document, so what was paid for one line is not known.
    #[error("{number} was brought in with a discount on the whole document: what was paid for one line is not known")]
    DiscountedAsAWhole {
        /// The document.
        number: String,
    },
}

impl From<&SaleRecorded> for Origin {
    fn from(sale: &SaleRecorded) -> Self {
        let points = |points: i64| if sale.member.is_some() { points } else { 0 };
        let figures = sale.lines.iter().map(|line| SoldFigures {
            qty_milli: line.qty_milli,
            due_minor: if line.tax_included { line.net_minor } else { line.net_minor + line.tax_minor },
            tax_minor: line.tax_minor,
            commission_base_minor: line.base_minor,
            points_earned: points(line.points_earned),
            points_spent: points(line.points_spent),
        });
        let lines = sale.lines.iter().map(|line| OriginLine {
            product: Some(line.product),
            code: line.code.clone(),
            name: line.name.clone(),
            unit_minor: line.unit_minor,
            net_minor: line.net_minor,
            cost_minor: line.cost_minor,
        });
        Self {
            sale: sale.sale,
            number: sale.number.clone(),
            member: sale.member,
            lines: lines.collect(),
            sold: Sold { lines: figures.collect(), kept: kept(sale), cash_step_minor: sale.cash_step_minor },
            plan: sale.plan.clone(),
            earned: sale.earned.clone(),
            location: sale.location,
            closed: None,
            bonus_minor: sale.tenders.iter().filter_map(|tender| tender.bonus_minor).sum(),
            vouchers: vouchers(sale),
            own: true,
            points_parts: sale.points_parts.clone(),
        }
    }
}

fn vouchers(sale: &SaleRecorded) -> Vec<(VoucherBack, i64)> {
    let mut vouchers: Vec<(VoucherBack, i64)> = Vec::new();
    for tender in &sale.tenders {
        let Some(voucher) = tender.voucher else { continue };
        match vouchers.iter_mut().find(|(known, _)| known.voucher == voucher) {
            Some(row) => row.1 += tender.amount_minor,
            None => {
                let code = tender.reference.clone().unwrap_or_default();
                vouchers.push((VoucherBack { voucher, code, made: false, expires: None }, tender.amount_minor));
            }
        }
    }
    vouchers
}

/// What stayed of each tender after change, one row per kind, in the order handed over. A kind this version does not know counts as cash.
fn kept(sale: &SaleRecorded) -> Vec<TenderKept> {
    let mut kept: Vec<TenderKept> = Vec::new();
    let change = (TenderKind::Cash, -sale.change_minor);
    let taken = sale.tenders.iter().map(|tender| (TenderKind::named(&tender.kind).unwrap_or(TenderKind::Cash), tender.amount_minor));
    for (kind, amount_minor) in taken.chain([change]) {
        match kept.iter_mut().find(|row| row.kind == kind) {
            Some(row) => row.amount_minor += amount_minor,
            None => kept.push(TenderKept { kind, amount_minor }),
        }
    }
    kept.retain(|row| row.amount_minor != 0);
    kept
}

impl TryFrom<&SaleImported> for Origin {
    type Error = NotReturnable;

    /// Goods sold come back at what the document says was paid for each line; freight, fees and the like do not.
    fn try_from(sale: &SaleImported) -> Result<Self, NotReturnable> {
        let returnable = |line: &&crate::import::ImportedLine| line.kind.is_goods_sold() && line.qty_milli > 0 && line.product.is_some();
        if !sale.lines.iter().any(|line| returnable(&line)) {
            return Err(NotReturnable::NoGoodsSold { number: sale.number.clone() });
        }
        if sale.lines.iter().any(|line| line.kind == ImportedKind::Discount) {
            return Err(NotReturnable::DiscountedAsAWhole { number: sale.number.clone() });
        }
        let figures = sale.lines.iter().map(|line| match returnable(&line) {
            true => SoldFigures {
                qty_milli: line.qty_milli,
                due_minor: line.net_minor,
                tax_minor: 0,
                commission_base_minor: line.net_minor,
                points_earned: 0,
                points_spent: 0,
            },
            // Nothing of it is left to come back.
            false => SoldFigures { qty_milli: 0, due_minor: 0, tax_minor: 0, commission_base_minor: 0, points_earned: 0, points_spent: 0 },
        });
        let lines = sale.lines.iter().map(|line| OriginLine {
            product: line.product,
            code: line.code.clone(),
            name: line.name.clone(),
            unit_minor: crate::share::portion(line.unit_micro, 1, 1_000_000).unwrap_or(0),
            net_minor: line.net_minor,
            cost_minor: None,
        });
        Ok(Self {
            sale: sale.sale,
            number: sale.number.clone(),
            member: sale.member,
            lines: lines.collect(),
            sold: Sold { lines: figures.collect(), kept: Vec::new(), cash_step_minor: 0 },
            plan: sale.plan.clone(),
            earned: sale.earned.clone(),
            location: None,
            closed: None,
            bonus_minor: 0,
            vouchers: Vec::new(),
            own: false,
            points_parts: Vec::new(),
        })
    }
}
