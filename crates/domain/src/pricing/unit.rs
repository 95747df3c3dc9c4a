//! Step 1: the price of one, and the price of the line.

use super::{
    quote::UnitPriceWhy,
    rules::{DatedPrice, PriceMember, PriceProduct, SpecialPrice, WHOLE_PPM},
};
use crate::share::portion;

/// The lowest of list price, level price, dated price and quantity break; they do not stack. Of equal prices the first named here is the reason.
pub(super) fn unit_price(product: &PriceProduct, member: Option<&PriceMember>, qty_milli: i64, today: &str) -> (i64, UnitPriceWhy) {
    let list = product.price_minor;
    let mut best = (list, UnitPriceWhy::List);
    let mut offer = |price: SpecialPrice, why: UnitPriceWhy| {
        let price_minor = amount_of(price, list);
        if price_minor < best.0 {
            best = (price_minor, why);
        }
    };
    if let Some(member) = member {
        if let Some((level, price)) = member.level.as_ref().and_then(|level| product.level_prices.get_key_value(level)) {
            offer(*price, UnitPriceWhy::Level { level: level.clone() });
        }
        offer(SpecialPrice::ShareOfListPpm(member.discount_ppm), UnitPriceWhy::LevelShare { share_ppm: member.discount_ppm });
    }
    for dated in product.dated_prices.iter().filter(|dated| holds(dated.from.as_deref(), dated.to.as_deref(), today)) {
        let DatedPrice { from, to, price } = dated;
        offer(*price, UnitPriceWhy::Dated { first: from.clone(), last: to.clone() });
    }
    for step in product.breaks.iter().filter(|step| step.from_qty_milli <= qty_milli) {
        offer(step.price, UnitPriceWhy::QuantityBreak { from_qty_milli: step.from_qty_milli });
    }
    best
}

/// Price of one times thousandths, rounded once. `None` beyond what the books hold.
pub(super) fn times(unit_minor: i64, qty_milli: i64) -> Option<i64> {
    portion(unit_minor, qty_milli.into(), 1000)
}

/// True where `today` lies between the dates, both included. Dates are `YYYY-MM-DD`, so their text sorts as they do; without a today nothing
/// that names a date holds.
pub(super) fn holds(from: Option<&str>, to: Option<&str>, today: &str) -> bool {
    if today.is_empty() {
        return from.is_none() && to.is_none();
    }
    from.is_none_or(|from| from <= today) && to.is_none_or(|to| today <= to)
}

fn amount_of(price: SpecialPrice, list_minor: i64) -> i64 {
    match price {
        SpecialPrice::FixedMinor(minor) => minor.max(0),
        // A share that does not fit is above the list price, which then stands.
        SpecialPrice::ShareOfListPpm(share) => portion(list_minor, share.max(0).into(), WHOLE_PPM.into()).unwrap_or(list_minor),
    }
}
