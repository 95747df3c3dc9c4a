//! What the shop itself brings to a ticket: promotions in force, coupons within their limits, labels of its own scales. A till's word for any of
//! these is not taken (fault 23).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{LineOff, OffBy, SaleContext, SaleDraft, SaleRefusal};
use crate::{
    pricing::{
        DiscountKind, DraftLine, OrderDiscount, PriceRefusal, PriceRules, Quote, SaleDraftPrices, Tender,
        barcode::{BarcodeRefusal, LabelLayout, Scan, qty_for_price, read_scan},
    },
    promotion::{PromotionNow, PromotionUsed, normal_code},
};

/// A ticket as pricing takes it, and which of its order discounts are promotions of the shop.
#[derive(Debug)]
pub(super) struct Asked<'a> {
    pub prices: SaleDraftPrices,
    pub rules: PriceRules,
    sources: Vec<Option<&'a PromotionNow>>,
}

/// One order discount as the till shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GivenDiscount {
    /// Name of the promotion; absent for a discount by hand.
    pub name: Option<String>,
    /// The coupon's code, where it is one.
    pub code: Option<String>,
    /// What it takes off, in minor units.
    pub amount_minor: i64,
    /// What the eligible lines cost too little for it to apply, in minor units.
    pub short_minor: i64,
}

/// Brings draft and shop together: first what the shop gives by itself, in the order it was set up, then what was asked, in its order.
pub(super) fn asked<'a>(draft: &SaleDraft, context: &SaleContext<'a>) -> Result<Asked<'a>, SaleRefusal> {
    let mut lines = Vec::with_capacity(draft.lines.len());
    for line in &draft.lines {
        if line.label_minor.is_some() {
            return Err(SaleRefusal::NotSetUp { what: "label".to_owned() });
        }
        lines.push(match &line.label {
            Some(label) => labelled(line, label, context)?,
            None => line.clone(),
        });
    }
    let mut discounts: Vec<OrderDiscount> = Vec::new();
    let mut sources = Vec::new();
    for promotion in context.promotions {
        if let Some(given) = promotion.given_on(context.today) {
            discounts.push(given);
            sources.push(Some(promotion));
        }
    }
    for discount in &draft.discounts {
        let source = match &discount.kind {
            DiscountKind::Plain(_) => None,
            DiscountKind::Coupon(code) => {
                let code = normal_code(code);
                let source = context.promotions.iter().rev().find(|promotion| promotion.terms.code() == Some(&code));
                if draft.member.is_none() && source.is_some_and(PromotionNow::is_per_member) {
                    return Err(PriceRefusal::CouponNeedsMember { coupon: code }.into());
                }
                discounts.push(OrderDiscount { kind: DiscountKind::Coupon(code), ..discount.clone() });
                sources.push(source);
                continue;
            }
            DiscountKind::Threshold { .. } | DiscountKind::Steps(_) => return Err(SaleRefusal::NotSetUp { what: "threshold".to_owned() }),
        };
        discounts.push(discount.clone());
        sources.push(source);
    }
    // Of two coupons with one code the one that is not ended goes first: a code may be used again once its coupon is over.
    let mut coupons = BTreeMap::new();
    for (code, coupon) in context.promotions.iter().filter_map(PromotionNow::coupon) {
        coupons.insert(code, coupon);
    }
    let tenders = draft.tenders.iter().map(|tender| Tender { kind: tender.kind, amount_minor: tender.amount_minor }).collect();
    let prices = SaleDraftPrices { lines, discounts, points: draft.points, tenders, approved: false };
    Ok(Asked { prices, rules: PriceRules { coupons, ..context.rules.clone() }, sources })
}

impl Asked<'_> {
    /// Every order discount with its name, in the order they were worked out.
    pub fn given(&self, quote: &Quote) -> Vec<GivenDiscount> {
        self.sources
            .iter()
            .zip(&quote.discounts)
            .map(|(source, taken)| GivenDiscount {
                name: source.map(|promotion| promotion.terms.name.clone()),
                code: source.and_then(|promotion| promotion.terms.code()).map(str::to_owned),
                amount_minor: taken.amount_minor,
                short_minor: taken.short_minor,
            })
            .collect()
    }

    /// What was taken off one line, by what: its own discount, its parts of the order's, points.
    pub fn taken_off(&self, quote: &Quote, place: usize) -> Vec<LineOff> {
        let Some(line) = quote.lines.get(place) else { return Vec::new() };
        let off = |by, name: &str, amount_minor| LineOff { by, name: name.to_owned(), amount_minor };
        let orders = self.sources.iter().zip(&quote.discounts).map(|(source, taken)| {
            let part = taken.parts_minor.get(place).copied().unwrap_or(0);
            match source {
                None => off(OffBy::Hand, "", part),
                Some(promotion) if promotion.terms.code().is_some() => off(OffBy::Coupon, &promotion.terms.name, part),
                Some(promotion) => off(OffBy::Promotion, &promotion.terms.name, part),
            }
        });
        let own = off(OffBy::Hand, "", line.line_discount_minor);
        let points = off(OffBy::Points, "", line.points_offset_minor);
        let mut offs: Vec<LineOff> = Vec::new();
        for off in std::iter::once(own).chain(orders).chain([points]).filter(|off| off.amount_minor != 0) {
            match offs.iter_mut().find(|known| known.by == off.by && known.name == off.name) {
                Some(known) => known.amount_minor += off.amount_minor,
                None => offs.push(off),
            }
        }
        offs
    }

    /// The promotions that took something off.
    pub fn used(&self, quote: &Quote) -> Vec<PromotionUsed> {
        let taken = self.sources.iter().zip(&quote.discounts).filter_map(|(source, taken)| Some(((*source)?, taken.amount_minor)));
        taken
            .filter(|(_, amount_minor)| *amount_minor > 0)
            .map(|(source, amount_minor)| PromotionUsed {
                promotion: source.promotion,
                name: source.terms.name.clone(),
                code: source.terms.code().map(str::to_owned),
                amount_minor,
            })
            .collect()
    }
}

/// A line as its scale's label says: the amount printed is what it costs; where no weight is printed, the quantity follows from the list price.
fn labelled(line: &DraftLine, label: &str, context: &SaleContext<'_>) -> Result<DraftLine, SaleRefusal> {
    let refused = |refusal: BarcodeRefusal| SaleRefusal::Label { label: refusal };
    let Scan::Label { item, price_minor, qty_milli } = read_scan(label, context.labels).map_err(refused)? else {
        return Err(SaleRefusal::NotSetUp { what: "label".to_owned() });
    };
    let (product, names) = (context.shelf.get(&line.product), context.names.get(&line.product));
    let (Some(product), Some((_, code, _))) = (product, names) else {
        return Err(SaleRefusal::NotSoldHere { product: line.product.clone() });
    };
    if !is_item(&item, code) {
        return Err(SaleRefusal::NotSetUp { what: "label".to_owned() });
    }
    let by_price = price_minor.and_then(|price| qty_for_price(price, product.price_minor));
    let qty_milli = qty_milli.filter(|qty| *qty > 0).or(by_price).unwrap_or(1000);
    Ok(DraftLine { qty_milli, label_minor: price_minor, price_minor: None, gift: false, ..line.clone() })
}

/// True where a scale's item number means the product of this code: equal, or equal but for the zeros in front.
pub fn is_item(item: &str, code: &str) -> bool {
    let bare = |text: &str| text.trim_start_matches('0').to_owned();
    item == code || (!bare(item).is_empty() && bare(item) == bare(code))
}

/// What a label of the shop's scales says of a product with this list price: its item number, the quantity and the amount.
///
/// # Errors
/// A label whose digits are wrong; `Ok(None)` for what is no label.
pub fn read_label(scanned: &str, layouts: &[LabelLayout]) -> Result<Option<String>, BarcodeRefusal> {
    let of_a_layout = layouts.iter().any(|layout| layout.fits(scanned));
    if !of_a_layout {
        return Ok(None);
    }
    match read_scan(scanned, layouts)? {
        Scan::Label { item, .. } => Ok(Some(item)),
        Scan::Product { .. } => Ok(None),
    }
}
