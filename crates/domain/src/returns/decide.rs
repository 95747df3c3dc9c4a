//! Deciding a return: cumulatively exact against every earlier return of the same sale, whatever their order.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{NotReturnable, Origin, Refund, ReturnedLine, ReturnedTo, SaleReturned};
use crate::{
    exact::Exact,
    ids::{LocationId, PersonId, ProductId, ReturnId, SaleId, ShiftId},
    person::Approval,
    plan::explain::Why,
    points::life::{PointsPart, parts_back},
    pricing::{
        self, DraftLine, PriceProduct, PriceRefusal, PriceRules, ReturnedQty, SaleDraftPrices, Sold, TenderKept, TenderKind, take_back,
        take_back_without_sale,
    },
    sale::Earned,
    share::{portion, step},
    voucher::{VoucherBack, refunded_to},
};

/// A return as the till sends it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReturnDraft {
    /// Chosen when the return was begun: recording it twice records one.
    pub returned: ReturnId,
    /// What came back.
    pub what: ReturnWhat,
    /// Where the money goes, for goods whose tenders are not known.
    #[serde(default)]
    #[ts(optional)]
    pub refund_to: Option<TenderKind>,
    /// Why it came back, as typed.
    #[serde(default)]
    #[ts(optional)]
    pub reason: Option<String>,
    /// Somebody's yes to what the clerk may not do alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub approval: Option<Approval>,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum ReturnWhat {
    /// Lines of a sale.
    Receipt {
        /// The sale.
        sale: SaleId,
        /// How much of which line.
        lines: Vec<ReturnedPieces>,
    },
    /// Goods without a sale to show for them.
    NoReceipt {
        /// What they are and what was paid for them.
        lines: Vec<UnreceiptedPieces>,
    },
}

/// So much of one line of a sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReturnedPieces {
    /// The line, from 0.
    pub line: u32,
    /// Thousandths of a piece.
    pub qty_milli: i64,
    /// Where the goods go.
    #[serde(default)]
    pub to: ReturnedTo,
}

/// Goods without a receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UnreceiptedPieces {
    /// The product.
    pub product: ProductId,
    /// Thousandths of a piece.
    pub qty_milli: i64,
    /// What was paid for one, in minor units.
    pub paid_minor: i64,
    /// Where the goods go.
    #[serde(default)]
    pub to: ReturnedTo,
}

/// What deciding needs to know, read in the return's own transaction.
#[derive(Debug)]
pub struct ReturnContext<'a> {
    /// The sale, where there is a receipt.
    pub origin: Option<&'a Origin>,
    /// What earlier returns of it took, in any order.
    pub already: &'a [ReturnedQty],
    /// Days since the sale.
    pub age_days: i64,
    /// Days within which goods come back without asking; 0 for any number.
    pub window_days: u32,
    /// The shop's price settings, for goods without a receipt.
    pub rules: &'a PriceRules,
    /// The products, for goods without a receipt.
    pub shelf: &'a BTreeMap<String, PriceProduct>,
    /// Code and name of each.
    pub names: &'a BTreeMap<String, (ProductId, String, String)>,
    /// The shop's day.
    pub today: &'a str,
    /// Number of the credit note.
    pub number: &'a str,
    /// Name of the till.
    pub till: &'a str,
    /// True where whoever asks may do alone what others need an approver for.
    pub alone: bool,
    /// Who agreed; the caller has checked their PIN and role.
    pub approved_by: Option<PersonId>,
    /// The sale that is settled together with it.
    pub exchanged_for: Option<SaleId>,
    /// The shift that is open at this till.
    pub shift: Option<ShiftId>,
    /// True where the shop sells only in a shift.
    pub shift_required: bool,
    /// The voucher that would be made where the money is to go to one.
    pub voucher: Option<&'a VoucherBack>,
    /// The place of this till, for goods without a receipt; absent for the shop floor.
    pub place: Option<LocationId>,
    /// How many of the points that the sale earned are still locked, and how many ran out and were not taken back.
    pub points_lie: (i64, i64),
}

/// Why goods are not taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum ReturnRefusal {
    /// The shop takes goods back only while a shift is open.
    #[error("goods come back only in a shift: open one first")]
    NoShift,
    /// The sale is not in the books.
    #[error("there is no such sale")]
    UnknownSale,
    /// The document is of a kind that cannot come back.
    #[error("{price}")]
    NotReturnable {
        /// Why.
        price: NotReturnable,
    },
    /// The lines asked for cannot come back.
    #[error("{price}")]
    Lines {
        /// Why.
        price: pricing::ReturnRefusal,
    },
    /// Goods without a receipt cannot be priced.
    #[error("{price}")]
    Price {
        /// Why.
        price: PriceRefusal,
    },
    /// Money goes back to the tenders that paid.
    #[error("the money goes back to the tenders that paid, not to {tender}")]
    NotThatTender {
        /// As asked.
        tender: String,
    },
    /// Something of the same sale came back meanwhile, so that the figures shown no longer hold.
    #[error("something of this sale came back meanwhile: look at the figures again")]
    Changed,
    /// Stored value belongs to a member.
    #[error("stored value belongs to a member, and the sale had none")]
    BalanceNeedsMember,
    /// Past the days within which goods come back: somebody else has to agree.
    #[error("the sale is {age_days} days old, goods come back within {window_days}")]
    Late {
        /// Days since the sale.
        age_days: i64,
        /// Days within which goods come back.
        window_days: u32,
    },
    /// Without a receipt somebody else has to agree.
    #[error("goods without a receipt: {amount_minor} to give back")]
    Unreceipted {
        /// What would be given back, in minor units.
        amount_minor: i64,
    },
}

impl From<NotReturnable> for ReturnRefusal {
    fn from(price: NotReturnable) -> Self {
        Self::NotReturnable { price }
    }
}

impl From<pricing::ReturnRefusal> for ReturnRefusal {
    fn from(price: pricing::ReturnRefusal) -> Self {
        Self::Lines { price }
    }
}

impl From<PriceRefusal> for ReturnRefusal {
    fn from(price: PriceRefusal) -> Self {
        Self::Price { price }
    }
}

/// Decides whether the goods come back. Pure: the caller reads the context and keeps the result.
///
/// # Errors
/// [`ReturnRefusal`]: first what no approver can mend, last `Late` or `Unreceipted`, which one can.
pub fn decide(draft: &ReturnDraft, context: &ReturnContext<'_>) -> Result<SaleReturned, ReturnRefusal> {
    let returned = quote(draft, context)?;
    if context.shift_required && context.shift.is_none() {
        return Err(ReturnRefusal::NoShift);
    }
    let asks = match &draft.what {
        ReturnWhat::NoReceipt { .. } => Some(ReturnRefusal::Unreceipted { amount_minor: returned.refund_minor }),
        ReturnWhat::Receipt { .. } => late(context),
    };
    match (asks, context.alone, context.approved_by) {
        (None, _, _) | (Some(_), true, _) => Ok(returned),
        (Some(_), false, Some(person)) => Ok(SaleReturned { approved_by: Some(person), ..returned }),
        (Some(asks), false, None) => Err(asks),
    }
}

fn late(context: &ReturnContext<'_>) -> Option<ReturnRefusal> {
    let (age_days, window_days) = (context.age_days, context.window_days);
    (window_days > 0 && age_days > i64::from(window_days)).then_some(ReturnRefusal::Late { age_days, window_days })
}

/// What would come back, without asking who agrees: what the screen shows before the person presses Enter.
///
/// # Errors
/// [`ReturnRefusal`], save `Late` and `Unreceipted`.
pub fn quote(draft: &ReturnDraft, context: &ReturnContext<'_>) -> Result<SaleReturned, ReturnRefusal> {
    let returned = match &draft.what {
        ReturnWhat::Receipt { lines, .. } => by_receipt(draft, lines, context.origin.ok_or(ReturnRefusal::UnknownSale)?, context)?,
        ReturnWhat::NoReceipt { lines } => without_receipt(draft, lines, context)?,
    };
    let reason = draft.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty()).map(str::to_owned);
    Ok(SaleReturned { reason, ..returned })
}

fn by_receipt(draft: &ReturnDraft, asked: &[ReturnedPieces], origin: &Origin, context: &ReturnContext<'_>) -> Result<SaleReturned, ReturnRefusal> {
    let pieces: Vec<ReturnedQty> =
        asked.iter().map(|pieces| ReturnedQty { line: usize::try_from(pieces.line).unwrap_or(usize::MAX), qty_milli: pieces.qty_milli }).collect();
    let whole = take_back(&origin.sold, context.already, &pieces)?;
    // Line by line in the order asked: each as if those before it had come back already, so that the lines sum to the whole.
    let mut before = context.already.to_vec();
    let mut lines = Vec::with_capacity(asked.len());
    for (asked, piece) in asked.iter().zip(&pieces) {
        let part = take_back(&origin.sold, &before, std::slice::from_ref(piece))?;
        let damaged = || pricing::ReturnRefusal::Damaged { line: piece.line };
        let (sold, figures) = (origin.lines.get(piece.line).ok_or_else(damaged)?, part.lines.first().ok_or_else(damaged)?);
        let came: i64 = before.iter().filter(|row| row.line == piece.line).map(|row| row.qty_milli).sum();
        let net_minor = step(sold.net_minor, came, came + piece.qty_milli, origin.sold.lines[piece.line].qty_milli).ok_or_else(damaged)?;
        lines.push(ReturnedLine {
            line: Some(asked.line),
            product: sold.product.ok_or_else(damaged)?,
            code: sold.code.clone(),
            name: sold.name.clone(),
            qty_milli: piece.qty_milli,
            unit_minor: sold.unit_minor,
            net_minor,
            tax_minor: figures.tax_minor,
            base_minor: figures.commission_base_minor,
            points_taken: figures.points_taken,
            points_given: figures.points_given,
            to: asked.to,
            cost_minor: sold.cost_minor.and_then(|cost| step(cost, came, came + piece.qty_milli, origin.sold.lines[piece.line].qty_milli)),
        });
        before.push(*piece);
    }
    let bonus = bonus_back(origin, context.already, &whole)?;
    let (refunds, rounding_minor) = refunds(draft.refund_to, origin, context, &whole, bonus)?;
    let points_from_locked = whole.points_taken.min(context.points_lie.0).max(0);
    Ok(SaleReturned {
        returned: draft.returned,
        number: context.number.to_owned(),
        till: context.till.to_owned(),
        sale: Some(origin.sale),
        sale_number: Some(origin.number.clone()),
        member: origin.member,
        goods_minor: lines.iter().map(|line| line.net_minor).sum(),
        lines,
        whole: (0..origin.sold.lines.len()).all(|line| came_of(&before, line) == origin.sold.lines[line].qty_milli),
        refund_minor: whole.refund_minor,
        tax_minor: whole.tax_minor,
        rounding_minor,
        refunds,
        points_taken: whole.points_taken,
        points_given: whole.points_given,
        plan: origin.plan.clone(),
        earned: reversed(origin, base_of(&origin.sold, context.already), base_of(&origin.sold, &before)),
        location: origin.location,
        reason: None,
        approved_by: None,
        exchanged_for: context.exchanged_for,
        shift: context.shift,
        points_from_locked,
        points_expired: (whole.points_taken - points_from_locked).min(context.points_lie.1).max(0),
        points_parts: given_parts(origin, context.already, whole.points_given)?,
    })
}

/// The points given back by where they came from; nothing where none of them runs out.
fn given_parts(origin: &Origin, already: &[ReturnedQty], given: i64) -> Result<Vec<PointsPart>, ReturnRefusal> {
    if origin.points_parts.is_empty() {
        return Ok(Vec::new());
    }
    let before = if already.is_empty() { 0 } else { take_back(&origin.sold, &[], already)?.points_given };
    Ok(parts_back(&origin.points_parts, before, before + given))
}

fn came_of(returned: &[ReturnedQty], line: usize) -> i64 {
    returned.iter().filter(|row| row.line == line).map(|row| row.qty_milli).sum()
}

/// What commission's base has fallen by once so much has come back.
fn base_of(sold: &Sold, returned: &[ReturnedQty]) -> i64 {
    let of = |(line, figures): (usize, &pricing::SoldFigures)| {
        portion(figures.commission_base_minor, came_of(returned, line).into(), figures.qty_milli.into()).unwrap_or(0)
    };
    sold.lines.iter().enumerate().map(of).sum()
}

/// Each upline's earning, reversed by the part of the base that came back: a rate pays back exactly its rate of that part, and all returns
/// together exactly the earning. What closes paid on the sale follows after what was earned with it; of that goes back what the close still saw.
fn reversed(origin: &Origin, before: i64, after: i64) -> Vec<Earned> {
    let base: i64 = origin.sold.lines.iter().map(|line| line.commission_base_minor).sum();
    if before == after {
        return Vec::new();
    }
    let mut earned = parts_of(&origin.earned, before, after, base);
    if let Some(closed) = &origin.closed {
        let gone = base_of(&origin.sold, &closed.before);
        earned.extend(parts_of(&closed.earned, before - gone, after - gone, base - gone));
    }
    earned
}

fn parts_of(earned: &[Earned], before: i64, after: i64, base: i64) -> Vec<Earned> {
    let part = Exact::ratio(i128::from(after - before), i128::from(base));
    let back = |amount: i64| step(amount, before, after, base).map_or(0, |amount| -amount);
    let of = |earned: &Earned| Earned {
        base_minor: back(earned.base_minor),
        amount_micro: back(earned.amount_micro),
        why: why_reversed(&earned.why, part.as_ref()).unwrap_or_else(|| earned.why.clone()),
        ..earned.clone()
    };
    earned.iter().map(of).collect()
}

/// The sale's own explanation with the part that was reversed.
fn why_reversed(why: &str, part: Option<&Exact>) -> Option<String> {
    let why: Why = serde_json::from_str(why).ok()?;
    serde_json::to_string(&Why { reversed: Some(part?.clone()), ..why }).ok()
}

/// How much of the stored value that this return gives back was the member's bonus: in proportion, so that all returns together give back exactly
/// what of it was spent.
fn bonus_back(origin: &Origin, already: &[ReturnedQty], whole: &pricing::ReturnQuote) -> Result<i64, ReturnRefusal> {
    let of = |rows: &[TenderKept]| rows.iter().filter(|row| row.kind == TenderKind::Balance).map(|row| row.amount_minor).sum::<i64>();
    let paid = of(&origin.sold.kept);
    if origin.bonus_minor == 0 || paid == 0 {
        return Ok(0);
    }
    let before = if already.is_empty() { 0 } else { of(&take_back(&origin.sold, &[], already)?.refunds) };
    Ok(step(origin.bonus_minor, before, before + of(&whole.refunds), paid).unwrap_or(0))
}

/// Where the money goes, and what cash rounding adds to it.
fn refunds(
    asked: Option<TenderKind>,
    origin: &Origin,
    context: &ReturnContext<'_>,
    whole: &pricing::ReturnQuote,
    bonus_minor: i64,
) -> Result<(Vec<Refund>, i64), ReturnRefusal> {
    let refund = |row: &TenderKept| Refund {
        kind: row.kind.name().to_owned(),
        amount_minor: row.amount_minor,
        reference: None,
        bonus_minor: (row.kind == TenderKind::Balance).then_some(bonus_minor),
        voucher: None,
    };
    let all_to = |kind: TenderKind| {
        let row = TenderKept { kind, amount_minor: whole.refund_minor };
        let voucher = context.voucher.filter(|_| kind == TenderKind::Voucher);
        let to = |row: &TenderKept| Refund { voucher: voucher.cloned(), ..refund(row) };
        (Some(row).filter(|row| row.amount_minor != 0).iter().map(to).collect(), 0)
    };
    let stored = origin.sold.kept.iter().any(|row| row.kind == TenderKind::Balance);
    match asked {
        Some(TenderKind::Balance) if origin.member.is_none() => Err(ReturnRefusal::BalanceNeedsMember),
        Some(TenderKind::Balance) => Ok(all_to(TenderKind::Balance)),
        // What was added to stored value cannot leave it by way of a voucher.
        Some(TenderKind::Voucher) if !stored => Ok(all_to(TenderKind::Voucher)),
        // How an earlier system was paid is not known.
        asked if !origin.own => Ok(all_to(asked.unwrap_or(TenderKind::Cash))),
        Some(kind) if !origin.sold.kept.iter().all(|row| row.kind == kind) => Err(ReturnRefusal::NotThatTender { tender: kind.name().to_owned() }),
        Some(_) | None => {
            let rows = whole.refunds.iter().flat_map(|row| to_vouchers(refund(row), origin, context.already));
            Ok((rows.collect(), whole.cash_rounding_minor))
        }
    }
}

/// What vouchers paid goes back to each of them; any other refund stays one row.
fn to_vouchers(refund: Refund, origin: &Origin, already: &[ReturnedQty]) -> Vec<Refund> {
    if refund.kind != TenderKind::Voucher.name() || origin.vouchers.is_empty() {
        return vec![refund];
    }
    let of = |rows: &[TenderKept]| rows.iter().filter(|row| row.kind == TenderKind::Voucher).map(|row| row.amount_minor).sum::<i64>();
    let before = take_back(&origin.sold, &[], already).map_or(0, |back| of(&back.refunds));
    let parts = refunded_to(&origin.vouchers, if already.is_empty() { 0 } else { before }, refund.amount_minor);
    let row = |(voucher, amount_minor): (VoucherBack, i64)| Refund {
        amount_minor,
        reference: Some(voucher.code.clone()),
        voucher: Some(voucher),
        ..refund.clone()
    };
    parts.into_iter().map(row).collect()
}

fn without_receipt(draft: &ReturnDraft, asked: &[UnreceiptedPieces], context: &ReturnContext<'_>) -> Result<SaleReturned, ReturnRefusal> {
    if asked.is_empty() {
        return Err(pricing::ReturnRefusal::NothingChosen.into());
    }
    let kind = draft.refund_to.unwrap_or(TenderKind::Cash);
    if kind == TenderKind::Balance {
        return Err(ReturnRefusal::BalanceNeedsMember);
    }
    let priced = |pieces: &UnreceiptedPieces| DraftLine {
        product: pieces.product.to_string(),
        qty_milli: pieces.qty_milli,
        price_minor: Some(pieces.paid_minor),
        ..DraftLine::default()
    };
    // Whether somebody agreed is asked by `decide`; here it is only priced.
    let prices = SaleDraftPrices { lines: asked.iter().map(priced).collect(), approved: true, ..SaleDraftPrices::default() };
    let whole = take_back_without_sale(context.rules, context.shelf, &prices, kind, context.today)?;
    let on_top = |line: &PriceProduct| line.tax.as_ref().and_then(|tax| context.rules.taxes.get(tax)).is_some_and(|class| !class.included);
    let mut lines = Vec::with_capacity(asked.len());
    for (line, (pieces, figures)) in asked.iter().zip(&whole.lines).enumerate() {
        let unknown = || PriceRefusal::UnknownProduct { line, product: pieces.product.to_string() };
        let (product, code, name) = context.names.get(&pieces.product.to_string()).cloned().ok_or_else(unknown)?;
        let tax_on_top = context.shelf.get(&pieces.product.to_string()).is_some_and(on_top);
        lines.push(ReturnedLine {
            line: None,
            product,
            code,
            name,
            qty_milli: pieces.qty_milli,
            unit_minor: pieces.paid_minor,
            net_minor: figures.refund_minor - if tax_on_top { figures.tax_minor } else { 0 },
            tax_minor: figures.tax_minor,
            base_minor: 0,
            points_taken: 0,
            points_given: 0,
            to: pieces.to,
            cost_minor: None,
        });
    }
    let given = whole.refunds.iter().filter(|row| row.amount_minor != 0);
    Ok(SaleReturned {
        returned: draft.returned,
        number: context.number.to_owned(),
        till: context.till.to_owned(),
        sale: None,
        sale_number: None,
        member: None,
        goods_minor: lines.iter().map(|line| line.net_minor).sum(),
        lines,
        whole: false,
        refund_minor: whole.refund_minor,
        tax_minor: whole.tax_minor,
        rounding_minor: whole.cash_rounding_minor,
        refunds: given
            .map(|row| Refund {
                kind: row.kind.name().to_owned(),
                amount_minor: row.amount_minor,
                reference: None,
                bonus_minor: None,
                voucher: context.voucher.filter(|_| row.kind == TenderKind::Voucher).cloned(),
            })
            .collect(),
        points_taken: 0,
        points_given: 0,
        plan: None,
        earned: Vec::new(),
        reason: None,
        approved_by: None,
        exchanged_for: context.exchanged_for,
        shift: context.shift,
        location: context.place,
        points_from_locked: 0,
        points_expired: 0,
        points_parts: Vec::new(),
    })
}
