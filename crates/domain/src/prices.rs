//! The prices of a product beside its list price, in versions that hold from a day on. A version is never overwritten: a later one takes its place.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    fact::Posts,
    ids::ProductId,
    pricing::{DatedPrice, Earns, PriceProduct, QuantityBreak, SpecialPrice, WHOLE_PPM},
};

/// A product got other prices, from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PricesSet {
    /// The product.
    pub product: ProductId,
    /// First business date on which they hold, `YYYY-MM-DD`.
    pub from: String,
    /// All of them; what is not here is no longer so.
    pub prices: ProductPrices,
}
impl Posts for PricesSet {}

/// Everything that makes one piece cost something else than the list price, and what its sale earns.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ProductPrices {
    /// Prices by member level.
    pub level_prices: BTreeMap<String, SpecialPrice>,
    /// Prices for a time.
    pub dated_prices: Vec<DatedPrice>,
    /// Prices from a quantity on.
    pub breaks: Vec<QuantityBreak>,
    /// How its sale earns points.
    pub earns: Earns,
    /// Points that one piece costs as a gift 积分兑换; absent where it is not one.
    pub gift_points: Option<i64>,
    /// True for goods sold by weight or length.
    pub weighed: bool,
}

impl ProductPrices {
    /// Puts them on what pricing knows of the product.
    pub fn put_on(self, product: &mut PriceProduct) {
        let Self { level_prices, dated_prices, breaks, earns, gift_points, weighed } = self;
        (product.level_prices, product.dated_prices, product.breaks) = (level_prices, dated_prices, breaks);
        (product.earns, product.gift_points, product.weighed) = (earns, gift_points, weighed);
    }
}

/// Why prices are not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum PricesRefusal {
    /// Not a date.
    #[error("{date} is not a date")]
    DateShape {
        /// As typed.
        date: String,
    },
    /// Prices cannot hold for days that are over.
    #[error("prices hold from today or later, not from {date}")]
    FromInThePast {
        /// As typed.
        date: String,
    },
    /// The last day lies before the first.
    #[error("{first} to {last} is no time")]
    DatesTurned {
        /// First day.
        first: String,
        /// Last day.
        last: String,
    },
    /// A price below zero, or a share past the whole list price.
    #[error("a price lies at zero or above, a share between 0 and 100 %")]
    PriceRange,
    /// A level without a name.
    #[error("a level price needs a level")]
    NoLevel,
    /// A quantity break that begins at nothing, or two at the same quantity.
    #[error("a quantity price needs a quantity of its own above zero")]
    BreakQuantity,
    /// Points below zero.
    #[error("points lie at zero or above")]
    PointsBelowZero,
}

/// Tidies the prices (levels trimmed, breaks by quantity) and decides whether they may hold from that day on.
///
/// # Errors
/// [`PricesRefusal`]: the first rule that is broken, dates first.
pub fn decide(product: ProductId, from: &str, mut prices: ProductPrices, today: &str) -> Result<PricesSet, PricesRefusal> {
    check_date(from)?;
    if from < today {
        return Err(PricesRefusal::FromInThePast { date: from.to_owned() });
    }
    for dated in &mut prices.dated_prices {
        check_time(dated.from.as_deref(), dated.to.as_deref())?;
    }
    let all =
        prices.level_prices.values().chain(prices.dated_prices.iter().map(|dated| &dated.price)).chain(prices.breaks.iter().map(|step| &step.price));
    if !all.copied().all(in_range) {
        return Err(PricesRefusal::PriceRange);
    }
    prices.level_prices = prices.level_prices.into_iter().map(|(level, price)| (level.trim().to_owned(), price)).collect();
    if prices.level_prices.contains_key("") {
        return Err(PricesRefusal::NoLevel);
    }
    prices.breaks.sort_by_key(|step| step.from_qty_milli);
    let twice = prices.breaks.windows(2).any(|pair| pair[0].from_qty_milli == pair[1].from_qty_milli);
    if twice || prices.breaks.iter().any(|step| step.from_qty_milli <= 0) {
        return Err(PricesRefusal::BreakQuantity);
    }
    let earns_below = match prices.earns {
        Earns::TimesPpm(figure) | Earns::PerPiece(figure) => figure < 0,
        Earns::ByAmount | Earns::Nothing => false,
    };
    if earns_below || prices.gift_points.is_some_and(|points| points < 0) {
        return Err(PricesRefusal::PointsBelowZero);
    }
    Ok(PricesSet { product, from: from.to_owned(), prices })
}

fn in_range(price: SpecialPrice) -> bool {
    match price {
        SpecialPrice::FixedMinor(minor) => (0..=crate::pricing::LARGEST_MINOR).contains(&minor),
        SpecialPrice::ShareOfListPpm(share) => (0..=WHOLE_PPM).contains(&share),
    }
}

/// Decides whether two dates, either of which may be absent, are dates in their order.
///
/// # Errors
/// `DateShape` or `DatesTurned`.
pub fn check_time(first: Option<&str>, last: Option<&str>) -> Result<(), PricesRefusal> {
    for date in [first, last].into_iter().flatten() {
        check_date(date)?;
    }
    match (first, last) {
        (Some(first), Some(last)) if last < first => Err(PricesRefusal::DatesTurned { first: first.to_owned(), last: last.to_owned() }),
        _ => Ok(()),
    }
}

/// `YYYY-MM-DD` of the Gregorian calendar.
///
/// # Errors
/// `DateShape`
pub fn check_date(date: &str) -> Result<(), PricesRefusal> {
    let number = |part: Option<&str>| part.filter(|part| part.bytes().all(|digit| digit.is_ascii_digit())).and_then(|part| part.parse::<u32>().ok());
    let parts = (number(date.get(0..4)), number(date.get(5..7)), number(date.get(8..10)));
    let right = match parts {
        (Some(year), Some(month @ 1..=12), Some(day @ 1..)) if date.len() == 10 && date.as_bytes()[4] == b'-' && date.as_bytes()[7] == b'-' => {
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            day <= match month {
                2 if leap => 29,
                2 => 28,
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            }
        }
        _ => false,
    };
    if right { Ok(()) } else { Err(PricesRefusal::DateShape { date: date.to_owned() }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_the_calendar() {
        for right in ["2026-03-10", "2024-02-29", "2000-02-29", "2026-12-31"] {
            assert_eq!(check_date(right), Ok(()), "{right}");
        }
        for wrong in [
            "",
            "2026-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-04-31",
            "2026-3-10",
            "2026/03/10",
            "2026-03-10x",
            "+026-03-10",
            "２０２６-03-10",
        ] {
            assert!(check_date(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn each_rule_in_the_order_it_speaks() {
        let said = |from: &str, prices: ProductPrices| decide(ProductId(uuid::Uuid::nil()), from, prices, "2026-03-10").map(|set| set.prices);
        let today = "2026-03-10";
        let price = SpecialPrice::FixedMinor;
        assert!(
            said("2026-03-09", ProductPrices::default()).is_err_and(|refusal| refusal == PricesRefusal::FromInThePast { date: "2026-03-09".into() })
        );
        let dated = |from: &str, to: &str| ProductPrices {
            dated_prices: vec![DatedPrice { from: Some(from.into()), to: Some(to.into()), price: price(1) }],
            ..ProductPrices::default()
        };
        assert!(matches!(said(today, dated("2026-04-02", "2026-04-01")), Err(PricesRefusal::DatesTurned { .. })));
        assert!(matches!(said(today, dated("2026-04-02", "soon")), Err(PricesRefusal::DateShape { .. })));
        assert!(said(today, dated("2026-04-02", "2026-04-02")).is_ok());
        let level = |level: &str, price| ProductPrices { level_prices: BTreeMap::from([(level.into(), price)]), ..ProductPrices::default() };
        assert_eq!(said(today, level("金卡", price(-1))), Err(PricesRefusal::PriceRange));
        assert_eq!(said(today, level("金卡", SpecialPrice::ShareOfListPpm(WHOLE_PPM + 1))), Err(PricesRefusal::PriceRange));
        assert_eq!(said(today, level(" ", price(1))), Err(PricesRefusal::NoLevel));
        assert_eq!(said(today, level(" 金卡 ", price(1))), Ok(level("金卡", price(1))));
        let breaks = |all: &[i64]| ProductPrices {
            breaks: all.iter().map(|from| QuantityBreak { from_qty_milli: *from, price: price(1) }).collect(),
            ..ProductPrices::default()
        };
        assert_eq!(said(today, breaks(&[0])), Err(PricesRefusal::BreakQuantity));
        assert_eq!(said(today, breaks(&[5000, 5000])), Err(PricesRefusal::BreakQuantity));
        assert_eq!(said(today, breaks(&[10_000, 5000])), Ok(breaks(&[5000, 10_000])));
        assert_eq!(said(today, ProductPrices { gift_points: Some(-1), ..ProductPrices::default() }), Err(PricesRefusal::PointsBelowZero));
    }
}
