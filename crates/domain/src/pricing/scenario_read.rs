//! Decodes a scenario file; every error names its field.

use std::collections::BTreeMap;

use super::{
    draft::{DiscountKind, DraftLine, OrderDiscount, SaleDraftPrices, Tender},
    rules::{
        Coupon, DatedPrice, Earns, Eligible, Off, PointsRules, PriceMember, PriceProduct, PriceRules, QuantityBreak, SpecialPrice, TaxClass,
        TenderRules,
    },
    scenario::{Scenario, ScenarioError},
    strict_json::{At, Fields, parse},
    takeback::ReturnedQty,
    tender_kind::TenderKind,
};
use crate::shop::minor_digits_of;

type Read<T> = Result<T, ScenarioError>;

pub(super) fn read(text: &str) -> Read<Scenario> {
    let file = parse(text)?;
    let top = At::top(&file).object(&["shop", "products", "member", "draft", "returns", "today"])?;
    let mut rules = shop(&top.need("shop")?)?;
    let digits = rules.minor_digits;
    let mut products = BTreeMap::new();
    for at in top.list("products")? {
        let product = product(&at, digits)?;
        if products.contains_key(&product.id) {
            return at.refuse(format!("product {} is there twice", product.id));
        }
        products.insert(product.id.clone(), product);
    }
    let member = top.get("member").map(|at| member(&at, digits)).transpose()?;
    let draft = draft(&top.need("draft")?, &mut rules)?;
    let returns = top.list("returns")?.iter().map(returned).collect::<Read<_>>()?;
    let today = top.get("today").map(|at| at.date()).transpose()?.unwrap_or_default();
    let knows_balance = member.as_ref().is_some_and(|(_, knows)| *knows);
    Ok(Scenario { rules, products, member: member.map(|(member, _)| member), knows_balance, draft, today, returns })
}

fn shop(at: &At<'_>) -> Read<PriceRules> {
    let fields = at.object(&["currency", "cash_rounding", "tax", "points", "coupons"])?;
    let currency = fields.need("currency")?;
    let code = currency.text()?;
    if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return currency.refuse(format!("{code} is not a currency code of three capital letters"));
    }
    let digits = minor_digits_of(code);
    let mut taxes = BTreeMap::new();
    for (name, at) in fields.entries("tax")? {
        let class = at.object(&["rate", "included"])?;
        let rate = class.need("rate")?;
        let rate_ppm = u32::try_from(rate.rate()?).or_else(|_| rate.refuse("is too large".to_owned()))?;
        taxes.insert(name, TaxClass { rate_ppm, included: class.flag_or("included", true)? });
    }
    let mut coupons = BTreeMap::new();
    for (code, at) in fields.entries("coupons")? {
        coupons.insert(code, coupon(&at, digits)?);
    }
    let cash_rounding_minor = fields.get("cash_rounding").map_or(Ok(0), |at| at.money(digits))?;
    let points = fields.get("points").map(|at| points(&at, digits)).transpose()?;
    Ok(PriceRules { minor_digits: digits, cash_rounding_minor, taxes, points, coupons, discount_limit_ppm: None, tenders: TenderRules::default() })
}

fn points(at: &At<'_>, digits: u8) -> Read<PointsRules> {
    let fields = at.object(&["earn_per", "value", "step", "max_share", "per_order", "categories", "lock_days"])?;
    let lock = fields.get("lock_days");
    Ok(PointsRules {
        earn_per_minor: fields.get("earn_per").map_or(Ok(0), |at| at.money(digits))?,
        // Millionths of a minor unit: six decimals beyond the currency's.
        value_micro: fields.get("value").map_or(Ok(0), |at| at.decimal(digits + 6))?,
        step: match fields.get("step") {
            Some(at) if at.whole()? == 0 => return at.refuse("must be at least 1".to_owned()),
            Some(at) => at.whole()?,
            None => 1,
        },
        max_share_ppm: fields.rate_or_whole("max_share")?,
        per_order: fields.get("per_order").map_or(Ok(0), |at| at.whole())?,
        categories: fields.texts("categories")?,
        lock_days: match lock {
            Some(at) => u32::try_from(at.whole()?).or_else(|_| at.refuse("is too large".to_owned()))?,
            None => 0,
        },
        // The scenario files of the contract know none.
        campaigns: Vec::new(),
    })
}

fn product(at: &At<'_>, digits: u8) -> Read<PriceProduct> {
    let known =
        ["id", "name", "price", "tax", "category", "level_prices", "dated_prices", "breaks", "earns", "gift_points", "weighed", "no_commission"];
    let fields = at.object(&known)?;
    fields.get("name").map(|at| at.text()).transpose()?;
    let mut level_prices = BTreeMap::new();
    for (level, at) in fields.entries("level_prices")? {
        level_prices.insert(level, special_price(&at, digits)?);
    }
    Ok(PriceProduct {
        id: fields.need("id")?.text()?.to_owned(),
        price_minor: fields.need("price")?.money(digits)?,
        tax: fields.text("tax")?,
        category: fields.text("category")?,
        level_prices,
        dated_prices: fields.list("dated_prices")?.iter().map(|at| dated_price(at, digits)).collect::<Read<_>>()?,
        breaks: fields.list("breaks")?.iter().map(|at| quantity_break(at, digits)).collect::<Read<_>>()?,
        earns: fields.get("earns").map_or(Ok(Earns::ByAmount), |at| earns(&at))?,
        gift_points: fields.get("gift_points").map(|at| at.whole()).transpose()?,
        weighed: fields.flag_or("weighed", false)?,
        no_commission: fields.flag_or("no_commission", false)?,
    })
}

fn special_price(at: &At<'_>, digits: u8) -> Read<SpecialPrice> {
    if at.text()?.trim_end().ends_with(['%', '％']) {
        at.rate().map(SpecialPrice::ShareOfListPpm)
    } else {
        at.money(digits).map(SpecialPrice::FixedMinor)
    }
}

fn dated_price(at: &At<'_>, digits: u8) -> Read<DatedPrice> {
    let fields = at.object(&["from", "to", "price"])?;
    Ok(DatedPrice { from: fields.date("from")?, to: fields.date("to")?, price: special_price(&fields.need("price")?, digits)? })
}

fn quantity_break(at: &At<'_>, digits: u8) -> Read<QuantityBreak> {
    match &at.items()?[..] {
        [qty, price] => Ok(QuantityBreak { from_qty_milli: qty.decimal(3)?, price: special_price(price, digits)? }),
        _ => at.refuse("is not a pair of quantity and price".to_owned()),
    }
}

fn earns(at: &At<'_>) -> Read<Earns> {
    if at.is_text() {
        return if at.text()? == "nothing" { Ok(Earns::Nothing) } else { at.refuse("is neither \"nothing\" nor an object".to_owned()) };
    }
    let fields = at.object(&["times", "per_piece"])?;
    match (fields.get("times"), fields.get("per_piece")) {
        (Some(times), None) => times.rate().map(Earns::TimesPpm),
        (None, Some(points)) => points.whole().map(Earns::PerPiece),
        (Some(_), Some(_)) | (None, None) => at.refuse("needs either times or per_piece".to_owned()),
    }
}

fn member(at: &At<'_>, digits: u8) -> Read<(PriceMember, bool)> {
    let fields = at.object(&["id", "name", "level", "points", "discount", "points_multiplier", "balance"])?;
    for note in ["id", "name"] {
        fields.text(note)?;
    }
    let balance = fields.get("balance").map(|at| at.money(digits)).transpose()?;
    let member = PriceMember {
        level: fields.text("level")?,
        points: fields.get("points").map_or(Ok(0), |at| at.integer())?,
        discount_ppm: fields.rate_or_whole("discount")?,
        points_multiplier_ppm: fields.rate_or_whole("points_multiplier")?,
        balance_minor: balance.unwrap_or(0),
        bonus_minor: 0,
    };
    Ok((member, balance.is_some()))
}

fn draft(at: &At<'_>, rules: &mut PriceRules) -> Read<SaleDraftPrices> {
    let fields = at.object(&["lines", "discounts", "points", "tenders"])?;
    let digits = rules.minor_digits;
    let lines = fields.list("lines")?.iter().map(|at| line(at, digits)).collect::<Read<_>>()?;
    let discounts = fields.list("discounts")?.iter().map(|at| order_discount(at, rules)).collect::<Read<_>>()?;
    let points = fields.get("points").map_or(Ok(0), |at| at.whole())?;
    let tenders = fields.list("tenders")?.iter().map(|at| tender(at, digits)).collect::<Read<_>>()?;
    Ok(SaleDraftPrices { lines, discounts, points, tenders, approved: false })
}

fn line(at: &At<'_>, digits: u8) -> Read<DraftLine> {
    let fields = at.object(&["product", "qty", "discount", "gift", "price", "label"])?;
    let discount = match fields.get("discount") {
        Some(at) => {
            let fields = at.object(&["percent", "amount"])?;
            Some(off(&at, &fields, digits)?.map_or_else(|| at.refuse("needs either percent or amount".to_owned()), Ok)?)
        }
        None => None,
    };
    Ok(DraftLine {
        product: fields.need("product")?.text()?.to_owned(),
        qty_milli: fields.need("qty")?.decimal(3)?,
        discount,
        gift: fields.flag_or("gift", false)?,
        price_minor: fields.get("price").map(|at| at.money(digits)).transpose()?,
        label_minor: fields.get("label").map(|at| at.money(digits)).transpose()?,
        label: None,
    })
}

/// What is taken off: `percent`, `amount` or `off` (either, told by its sign); nothing where none is there.
fn off(at: &At<'_>, fields: &Fields<'_>, digits: u8) -> Read<Option<Off>> {
    match (fields.get("percent"), fields.get("amount"), fields.get("off")) {
        (None, None, None) => Ok(None),
        (Some(percent), None, None) => percent.rate().map(|rate| Some(Off::PercentPpm(rate))),
        (None, Some(amount), None) => amount.money(digits).map(|amount| Some(Off::AmountMinor(amount))),
        (None, None, Some(either)) if either.text()?.trim_end().ends_with(['%', '％']) => either.rate().map(|rate| Some(Off::PercentPpm(rate))),
        (None, None, Some(either)) => either.money(digits).map(|amount| Some(Off::AmountMinor(amount))),
        (Some(_), Some(_), _) | (Some(_), None, Some(_)) | (None, Some(_), Some(_)) => at.refuse("takes only one of percent and amount".to_owned()),
    }
}

fn eligible(fields: &Fields<'_>) -> Read<Eligible> {
    Ok(Eligible { category: fields.text("category")?, products: fields.texts("products")? })
}

fn coupon(at: &At<'_>, digits: u8) -> Read<Coupon> {
    let fields = at.object(&["percent", "amount", "off", "threshold", "max", "category", "products", "from", "to", "left"])?;
    let Some(off) = off(at, &fields, digits)? else {
        return at.refuse("needs either percent or amount".to_owned());
    };
    let left = match fields.get("left") {
        Some(at) => Some(u32::try_from(at.whole()?).or_else(|_| at.refuse("is too large".to_owned()))?),
        None => None,
    };
    Ok(Coupon {
        off,
        over_minor: fields.get("threshold").map_or(Ok(0), |at| at.money(digits))?,
        max_minor: fields.get("max").map(|at| at.money(digits)).transpose()?,
        on: eligible(&fields)?,
        left,
        from: fields.date("from")?,
        to: fields.date("to")?,
    })
}

fn order_discount(at: &At<'_>, rules: &mut PriceRules) -> Read<OrderDiscount> {
    let digits = rules.minor_digits;
    let fields = at.object(&["percent", "amount", "off", "max", "category", "products", "threshold", "every", "coupon"])?;
    let off = off(at, &fields, digits)?;
    let threshold = fields.get("threshold").map(|at| at.money(digits)).transpose()?;
    let every = fields.flag_or("every", false)?;
    let max_minor = fields.get("max").map(|at| at.money(digits)).transpose()?;
    let on = eligible(&fields)?;
    let kind = match (fields.text("coupon")?, off, threshold) {
        (Some(code), None, None) => DiscountKind::Coupon(code),
        (Some(code), Some(off), over) => {
            if rules.coupons.contains_key(&code) {
                return at.refuse(format!("coupon {code} is the shop's, which says what it takes off"));
            }
            let coupon = Coupon { off, over_minor: over.unwrap_or(0), max_minor: None, on: Eligible::default(), left: None, from: None, to: None };
            rules.coupons.insert(code.clone(), coupon);
            DiscountKind::Coupon(code)
        }
        (None, Some(off), Some(over_minor)) => DiscountKind::Threshold { over_minor, off, every },
        (None, Some(off), None) => DiscountKind::Plain(off),
        (None, None, _) | (Some(_), None, Some(_)) => return at.refuse("needs either percent or amount".to_owned()),
    };
    if every && !matches!(kind, DiscountKind::Threshold { .. }) {
        return at.refuse("every needs a threshold and no coupon".to_owned());
    }
    Ok(OrderDiscount { kind, max_minor, on })
}

fn tender(at: &At<'_>, digits: u8) -> Read<Tender> {
    let fields = at.object(&["kind", "amount"])?;
    let kind = fields.need("kind")?;
    let named = kind.text()?;
    match TenderKind::ALL.into_iter().find(|kind| kind.name() == named) {
        Some(kind) => Ok(Tender { kind, amount_minor: fields.need("amount")?.money(digits)? }),
        None => kind.refuse(format!("is none of {}", TenderKind::ALL.iter().map(TenderKind::name).collect::<Vec<_>>().join(", "))),
    }
}

fn returned(at: &At<'_>) -> Read<Vec<ReturnedQty>> {
    let mut lines = Vec::new();
    for at in at.object(&["lines"])?.list("lines")? {
        let fields = at.object(&["line", "qty"])?;
        let number = fields.need("line")?;
        let line = usize::try_from(number.whole()?).or_else(|_| number.refuse("is too large".to_owned()))?;
        lines.push(ReturnedQty { line, qty_milli: fields.need("qty")?.decimal(3)? });
    }
    Ok(lines)
}
