//! Steps 2 and 3: discounts of a line and of the order.

use std::collections::BTreeSet;

use super::{
    draft::{DiscountKind, OrderDiscount, SpendStep},
    price::Working,
    quote::DiscountQuote,
    refusal::PriceRefusal,
    rules::{Coupon, Eligible, Off, PriceRules, WHOLE_PPM},
    unit::holds,
};
use crate::share::{portion, split};

/// What a discount takes off `cost_minor`: never more than that.
pub(super) fn taken_off(off: Off, cost_minor: i64) -> i64 {
    let amount = match off {
        Off::PercentPpm(rate) => portion(cost_minor, rate.into(), WHOLE_PPM.into()).unwrap_or(cost_minor),
        Off::AmountMinor(minor) => minor,
    };
    amount.clamp(0, cost_minor)
}

pub(super) fn is_below_zero(off: Off) -> bool {
    match off {
        Off::PercentPpm(value) | Off::AmountMinor(value) => value < 0,
    }
}

/// Works out the order discounts one after the other, each on what the eligible lines still cost, and takes them off the lines.
pub(super) fn order_discounts(
    rules: &PriceRules,
    asked: &[OrderDiscount],
    lines: &mut [Working<'_>],
    today: &str,
) -> Result<(Vec<DiscountQuote>, Vec<String>), PriceRefusal> {
    let mut seen = BTreeSet::new();
    let mut used = Vec::new();
    let mut quotes = Vec::with_capacity(asked.len());
    for (place, discount) in asked.iter().enumerate() {
        let quote = match &discount.kind {
            DiscountKind::Plain(off) => {
                let terms = Terms { off: *off, over_minor: 0, every: false, max_minor: [discount.max_minor, None], on: [&discount.on, &discount.on] };
                terms.apply(place, lines)?
            }
            DiscountKind::Threshold { over_minor, off, every } => {
                let max_minor = [discount.max_minor, None];
                Terms { off: *off, over_minor: *over_minor, every: *every, max_minor, on: [&discount.on, &discount.on] }.apply(place, lines)?
            }
            DiscountKind::Steps(steps) => {
                let cost: i64 = lines.iter().filter(|line| is_for(&discount.on, line)).map(Working::cost_minor).sum();
                let reached = steps.iter().filter(|step| step.over_minor <= cost).max_by_key(|step| step.over_minor);
                match reached.or_else(|| steps.iter().min_by_key(|step| step.over_minor)) {
                    Some(SpendStep { over_minor, off }) => {
                        let (max_minor, on) = ([discount.max_minor, None], [&discount.on, &discount.on]);
                        Terms { off: *off, over_minor: *over_minor, every: false, max_minor, on }.apply(place, lines)?
                    }
                    None => DiscountQuote { amount_minor: 0, parts_minor: vec![0; lines.len()], short_minor: 0 },
                }
            }
            DiscountKind::Coupon(code) => {
                let coupon = redeemable(rules, code, today)?;
                if !seen.insert(code) {
                    return Err(PriceRefusal::CouponTwice { coupon: code.clone() });
                }
                let max_minor = [discount.max_minor, coupon.max_minor];
                let terms = Terms { off: coupon.off, over_minor: coupon.over_minor, every: false, max_minor, on: [&discount.on, &coupon.on] };
                let quote = terms.apply(place, lines)?;
                if quote.amount_minor > 0 {
                    used.push(code.clone());
                }
                quote
            }
        };
        quotes.push(quote);
    }
    Ok((quotes, used))
}

fn redeemable<'a>(rules: &'a PriceRules, code: &str, today: &str) -> Result<&'a Coupon, PriceRefusal> {
    let coupon = rules.coupons.get(code).ok_or_else(|| PriceRefusal::UnknownCoupon { coupon: code.to_owned() })?;
    if coupon.left == Some(0) {
        return Err(PriceRefusal::CouponUsed { coupon: code.to_owned() });
    }
    if !holds(coupon.from.as_deref(), coupon.to.as_deref(), today) {
        return Err(PriceRefusal::CouponNotToday { coupon: code.to_owned(), today: today.to_owned() });
    }
    Ok(coupon)
}

/// A discount of any kind, ready to be worked out.
struct Terms<'a> {
    off: Off,
    over_minor: i64,
    every: bool,
    max_minor: [Option<i64>; 2],
    on: [&'a Eligible; 2],
}

impl Terms<'_> {
    fn apply(&self, place: usize, lines: &mut [Working<'_>]) -> Result<DiscountQuote, PriceRefusal> {
        if is_below_zero(self.off) || self.over_minor < 0 || self.max_minor.iter().flatten().any(|max| *max < 0) {
            return Err(PriceRefusal::BelowZero { line: place, what: "order_discount".to_owned() });
        }
        let costs: Vec<i64> = lines.iter().map(|line| if self.on.iter().all(|on| is_for(on, line)) { line.cost_minor() } else { 0 }).collect();
        let cost: i64 = costs.iter().sum();
        if cost < self.over_minor {
            return Ok(DiscountQuote { amount_minor: 0, parts_minor: vec![0; lines.len()], short_minor: self.over_minor - cost });
        }
        let off = match self.off {
            Off::AmountMinor(minor) if self.every && self.over_minor > 0 => Off::AmountMinor(minor.saturating_mul(cost / self.over_minor)),
            Off::AmountMinor(_) | Off::PercentPpm(_) => self.off,
        };
        let amount_minor = self.max_minor.iter().flatten().fold(taken_off(off, cost), |amount, max| amount.min(*max));
        // With nothing to split the weights may all be zero.
        let parts_minor = if amount_minor == 0 { vec![0; lines.len()] } else { split(amount_minor, &costs) };
        for (line, part) in lines.iter_mut().zip(&parts_minor) {
            line.order_discount_minor += part;
        }
        Ok(DiscountQuote { amount_minor, parts_minor, short_minor: 0 })
    }
}

fn is_for(on: &Eligible, line: &Working<'_>) -> bool {
    let Eligible { category, products } = on;
    category.as_ref().is_none_or(|category| line.product.category.as_ref() == Some(category))
        && (products.is_empty() || products.contains(&line.product.id))
}
