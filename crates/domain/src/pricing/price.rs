//! The whole calculation, step after step.

use std::collections::BTreeMap;

use super::{
    discount,
    draft::{DraftLine, SaleDraftPrices},
    points,
    quote::{LineQuote, Quote, UnitPriceWhy},
    refusal::PriceRefusal,
    rules::{PriceMember, PriceProduct, PriceRules, TaxClass},
    tax::tax_of,
    tender::pay,
    unit,
};

/// The largest line, order or tender in minor units: ten trillion yuan. Every figure below it fits the books.
pub const LARGEST_MINOR: i64 = 1_000_000_000_000_000;

/// A line between the steps.
pub(super) struct Working<'a> {
    pub product: &'a PriceProduct,
    pub qty_milli: i64,
    pub gift: bool,
    pub unit_minor: i64,
    pub why: UnitPriceWhy,
    pub gross_minor: i64,
    pub line_discount_minor: i64,
    pub order_discount_minor: i64,
    pub points_offset_minor: i64,
    pub points_spent: i64,
    pub points_earned: i64,
    pub tax: Option<TaxClass>,
}

impl Working<'_> {
    /// What the line still costs after its discounts.
    pub fn cost_minor(&self) -> i64 {
        self.gross_minor - self.line_discount_minor - self.order_discount_minor
    }

    /// What is paid for the line, without tax on top.
    pub fn net_minor(&self) -> i64 {
        self.cost_minor() - self.points_offset_minor
    }
}

/// Prices a draft by the eight steps of the pricing rules. Pure. A draft without tenders is priced too: `due_minor` is what to ask for, and
/// [`super::settle`] says whether the tenders cover it. `today` is the business date `YYYY-MM-DD`; empty where no date matters.
///
/// # Errors
/// The first [`PriceRefusal`] in the order of the steps.
pub fn price(
    rules: &PriceRules,
    products: &BTreeMap<String, PriceProduct>,
    member: Option<&PriceMember>,
    draft: &SaleDraftPrices,
    today: &str,
) -> Result<Quote, PriceRefusal> {
    if draft.lines.is_empty() {
        return Err(PriceRefusal::NoLines);
    }
    if draft.points < 0 {
        return Err(PriceRefusal::BelowZero { line: 0, what: "points".to_owned() });
    }
    let mut lines = Vec::with_capacity(draft.lines.len());
    let mut gross = 0i64;
    for (place, line) in draft.lines.iter().enumerate() {
        let priced = price_line(rules, products, member, line, place, today)?;
        gross = Some(gross + priced.gross_minor).filter(|sum| *sum <= LARGEST_MINOR).ok_or(PriceRefusal::TooLarge { line: place })?;
        lines.push(priced);
    }
    let (discounts, coupons_used) = discount::order_discounts(rules, &draft.discounts, &mut lines, today)?;
    let for_gifts = points::gifts(member, &mut lines)?;
    let available = member.map_or(0, |member| member.points) - for_gifts;
    let (for_offset, points_offset_minor) = match &rules.points {
        Some(points) => points::offset(points, draft.points, available, &mut lines),
        None => (0, 0),
    };
    let points_earned = match (&rules.points, member) {
        (Some(points), Some(member)) => points::earned(points, member, &mut lines, today)?,
        (None, _) | (_, None) => 0,
    };
    let lines = lines.into_iter().enumerate().map(|(place, line)| figures(line, place)).collect::<Result<Vec<_>, _>>()?;
    let sum = |figure: fn(&LineQuote) -> i64| lines.iter().map(figure).try_fold(0i64, i64::checked_add).ok_or(PriceRefusal::TooLarge { line: 0 });
    let goods_minor = sum(|line| line.net_minor)?;
    let tax_minor = sum(|line| line.tax_minor)?;
    let due_minor = sum(LineQuote::due_minor)?;
    let paid = pay(due_minor, &draft.tenders, rules)?;
    Ok(Quote {
        discounts,
        goods_minor,
        tax_minor,
        tax_on_top_minor: due_minor - goods_minor,
        due_minor,
        cash_rounding_minor: paid.cash_rounding_minor,
        cash_asked_minor: paid.cash_asked_minor,
        paid_minor: paid.paid_minor,
        change_minor: paid.change_minor,
        missing_minor: paid.missing_minor,
        kept: paid.kept,
        cash_step_minor: rules.cash_rounding_minor,
        points_spent: for_gifts + for_offset,
        points_offset_minor,
        points_earned,
        points_lock_days: rules.points.as_ref().map_or(0, |points| points.lock_days),
        coupons_used,
        lines,
    })
}

/// Steps 1 and 2 of one line.
fn price_line<'a>(
    rules: &PriceRules,
    products: &'a BTreeMap<String, PriceProduct>,
    member: Option<&PriceMember>,
    line: &DraftLine,
    place: usize,
    today: &str,
) -> Result<Working<'a>, PriceRefusal> {
    let product = products.get(&line.product).ok_or_else(|| PriceRefusal::UnknownProduct { line: place, product: line.product.clone() })?;
    if line.qty_milli <= 0 {
        return Err(PriceRefusal::QuantityNotAboveZero { line: place });
    }
    let below_zero = |what: &str| PriceRefusal::BelowZero { line: place, what: what.to_owned() };
    if product.price_minor < 0 || line.price_minor.is_some_and(|price| price < 0) || line.label_minor.is_some_and(|label| label < 0) {
        return Err(below_zero("price"));
    }
    if line.discount.is_some_and(discount::is_below_zero) {
        return Err(below_zero("discount"));
    }
    let tax = match &product.tax {
        Some(name) => Some(*rules.taxes.get(name).ok_or_else(|| PriceRefusal::UnknownTax { line: place, tax: name.clone() })?),
        None => None,
    };
    let (unit_minor, why) = match line.price_minor {
        _ if line.gift => (0, UnitPriceWhy::Gift),
        Some(by_hand) => (by_hand, UnitPriceWhy::ByHand),
        None => unit::unit_price(product, member, line.qty_milli, today),
    };
    let gross = match line.label_minor {
        Some(label) if !line.gift => Some(label),
        Some(_) | None => unit::times(unit_minor, line.qty_milli),
    };
    let gross_minor = gross.filter(|gross| *gross <= LARGEST_MINOR).ok_or(PriceRefusal::TooLarge { line: place })?;
    Ok(Working {
        product,
        qty_milli: line.qty_milli,
        gift: line.gift,
        unit_minor,
        why,
        gross_minor,
        line_discount_minor: line.discount.map_or(0, |off| discount::taken_off(off, gross_minor)),
        order_discount_minor: 0,
        points_offset_minor: 0,
        points_spent: 0,
        points_earned: 0,
        tax,
    })
}

/// Step 6, and the line as it is shown.
fn figures(line: Working<'_>, place: usize) -> Result<LineQuote, PriceRefusal> {
    let net_minor = line.net_minor();
    let tax_minor = match line.tax {
        Some(class) => tax_of(class, net_minor).ok_or(PriceRefusal::TooLarge { line: place })?,
        None => 0,
    };
    let Working { product, .. } = line;
    Ok(LineQuote {
        product: product.id.clone(),
        qty_milli: line.qty_milli,
        unit_minor: line.unit_minor,
        list_minor: product.price_minor,
        why: line.why,
        gross_minor: line.gross_minor,
        discount_minor: line.line_discount_minor + line.order_discount_minor,
        line_discount_minor: line.line_discount_minor,
        points_offset_minor: line.points_offset_minor,
        net_minor,
        tax_minor,
        tax_class: product.tax.clone(),
        tax_rate_ppm: line.tax.map_or(0, |class| class.rate_ppm),
        tax_included: line.tax.is_none_or(|class| class.included),
        commission_base_minor: if product.no_commission { 0 } else { net_minor },
        points_earned: line.points_earned,
        points_spent: line.points_spent,
        gift: line.gift,
    })
}
