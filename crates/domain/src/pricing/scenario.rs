//! A whole sale in one file: the shop's rules, products, the member, the draft and its returns; answered with every figure.
//!
//! Amounts, quantities and rates are decimal text (`"30.00"`, `"1.235"`, `"13%"` or `"0.13"`), points are whole numbers. Unknown and repeated
//! fields are refused by path. Only `shop.currency`, a product's `id` and `price`, a line's `product` and `qty` must be there.
//!
//! | field | means |
//! |---|---|
//! | `shop.cash_rounding` | smallest step of cash: `"0.05"` |
//! | `shop.tax.NAME` | `{"rate":"13%","included":true}`; `included` is true where absent |
//! | `shop.points` | `earn_per` amount for one point, `value` what one offsets, `step`, `max_share`; also `per_order`, `categories`, `lock_days` |
//! | `shop.coupons.CODE` | a discount as below (`percent`, `amount`, `threshold`, `max`, `category`, `products`), and `from`, `to`, `left` |
//! | `products[].level_prices.LEVEL` | `"27.00"`, or `"90%"` of the list price |
//! | `products[].breaks` | `[["5","28.00"]]`: from a quantity on; the price as above |
//! | `products[].dated_prices` | `[{"from":"2026-11-01","to":"2026-11-30","price":"25.00"}]`, both dates included; needs `today` |
//! | `products[].gift_points` | points for one piece as a gift |
//! | `products[].earns` | `{"times":"2"}`, `{"per_piece":10}` or `"nothing"` |
//! | `products[].weighed`, `no_commission` | flags |
//! | `member` | `level`, `points`, `discount` (share of list that is paid), `points_multiplier`, `balance` |
//! | `draft.lines[].discount` | `{"percent":"10%"}` or `{"amount":"2.00"}` |
//! | `draft.lines[].gift`, `price`, `label` | taken for points; price of one by hand; amount printed by a scale |
//! | `draft.discounts[]` | `{"percent":…}` or `{"amount":…}`, with `max`, `category`, `products` |
//! | 满减 | `{"threshold":"200.00","amount":"20.00"}`, also `"off":"20.00"` or `"off":"10%"`; `"every":true` for 每满减 |
//! | coupon | `{"coupon":"CODE"}` of `shop.coupons`, or with its own `percent` or `amount` beside it |
//! | `today` | business date, `YYYY-MM-DD` |
//!
//! The answer has `cash_rounding` where cash was rounded, and `refused` where the tenders do not settle the sale; else exactly the documented fields.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    draft::SaleDraftPrices,
    price::price,
    quote::{LineQuote, Quote},
    refusal::PriceRefusal,
    rules::{PriceMember, PriceProduct, PriceRules},
    scenario_read,
    takeback::{ReturnQuote, ReturnRefusal, ReturnedQty, take_back},
    tender::settle,
};
use crate::money::format_decimal;

/// Why a scenario is not quoted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{path}: {reason}")]
pub struct ScenarioError {
    /// Where: `draft.lines[0].qty`; `$` for the file as a whole.
    pub path: String,
    /// What is wrong there.
    pub reason: String,
}

/// A decoded scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    /// The shop's rules.
    pub rules: PriceRules,
    /// Products by id.
    pub products: BTreeMap<String, PriceProduct>,
    /// The buyer.
    pub member: Option<PriceMember>,
    /// True where the file says what stored value the buyer has; else balance tenders are not held against it.
    pub knows_balance: bool,
    /// The ticket.
    pub draft: SaleDraftPrices,
    /// Business date, or empty.
    pub today: String,
    /// What came back, return after return.
    pub returns: Vec<Vec<ReturnedQty>>,
}

/// Reads a scenario file.
///
/// # Errors
/// The first field that is not as documented, by path.
pub fn read_scenario(text: &str) -> Result<Scenario, ScenarioError> {
    scenario_read::read(text)
}

/// Quotes a scenario file: the answer of `banyan quote FILE`.
///
/// # Errors
/// A field that is not as documented, or a draft or return that the rules refuse.
pub fn quote_scenario(text: &str) -> Result<Value, ScenarioError> {
    let scenario = read_scenario(text)?;
    let Scenario { rules, products, member, draft, .. } = &scenario;
    let quote = price(rules, products, member.as_ref(), draft, &scenario.today).map_err(|refusal| at_draft(&refusal))?;
    let mut returns = Vec::with_capacity(scenario.returns.len());
    let sold = quote.sold();
    let mut already = Vec::new();
    for (place, asked) in scenario.returns.iter().enumerate() {
        returns.push(take_back(&sold, &already, asked).map_err(|refusal| at_return(place, asked, &refusal))?);
        already.extend_from_slice(asked);
    }
    Ok(answer(&scenario, &quote, &returns))
}

fn answer(scenario: &Scenario, quote: &Quote, returns: &[ReturnQuote]) -> Value {
    let digits = scenario.rules.minor_digits;
    let money = |minor: i64| format_decimal(minor, digits);
    let line = |line: &LineQuote| {
        json!({
            "unit": money(line.unit_minor),
            "gross": money(line.gross_minor),
            "discount": money(line.discount_minor),
            "points_offset": money(line.points_offset_minor),
            "net": money(line.net_minor),
            "tax": money(line.tax_minor),
            "commission_base": money(line.commission_base_minor),
        })
    };
    let back = |back: &ReturnQuote| {
        let mut answer = json!({
            "refund": money(back.refund_minor),
            "tax": money(back.tax_minor),
            "points_taken": back.points_taken,
            "points_given": back.points_given,
            "commission_base": money(back.commission_base_minor),
        });
        if back.cash_rounding_minor != 0 {
            answer["cash_rounding"] = money(back.cash_rounding_minor).into();
        }
        answer
    };
    let mut answer = json!({
        "lines": quote.lines.iter().map(line).collect::<Vec<_>>(),
        "goods": money(quote.goods_minor),
        "tax": money(quote.tax_minor),
        "due": money(quote.due_minor),
        "paid": money(quote.paid_minor),
        "change": money(quote.change_minor),
        "points_spent": quote.points_spent,
        "points_earned": quote.points_earned,
        "returns": returns.iter().map(back).collect::<Vec<_>>(),
    });
    if quote.cash_rounding_minor != 0 {
        answer["cash_rounding"] = money(quote.cash_rounding_minor).into();
    }
    if let Some(refusal) = unsettled(scenario, quote) {
        answer["refused"] = refusal.to_string().into();
    }
    answer
}

/// Why the tenders do not settle the sale; nothing while there are none.
fn unsettled(scenario: &Scenario, quote: &Quote) -> Option<PriceRefusal> {
    let Scenario { rules, draft, .. } = scenario;
    let rich = || PriceMember { balance_minor: i64::MAX, ..scenario.member.clone().unwrap_or_default() };
    let member = if scenario.knows_balance { scenario.member.clone() } else { Some(rich()) };
    if draft.tenders.is_empty() { None } else { settle(rules, member.as_ref(), draft, quote).err() }
}

fn at_draft(refusal: &PriceRefusal) -> ScenarioError {
    let path = match refusal {
        PriceRefusal::UnknownProduct { line, .. }
        | PriceRefusal::QuantityNotAboveZero { line }
        | PriceRefusal::UnknownTax { line, .. }
        | PriceRefusal::NotAGift { line, .. }
        | PriceRefusal::GiftNotWhole { line }
        | PriceRefusal::NeedsApproval { line: Some(line), .. }
        | PriceRefusal::TooLarge { line } => format!("draft.lines[{line}]"),
        PriceRefusal::UnknownCoupon { .. }
        | PriceRefusal::CouponTwice { .. }
        | PriceRefusal::CouponUsed { .. }
        | PriceRefusal::CouponNotToday { .. }
        | PriceRefusal::CouponNeedsMember { .. } => "draft.discounts".to_owned(),
        PriceRefusal::NoLines => "draft.lines".to_owned(),
        PriceRefusal::BelowZero { .. }
        | PriceRefusal::PointsNeedMember
        | PriceRefusal::PointsShort { .. }
        | PriceRefusal::NeedsApproval { line: None, .. }
        | PriceRefusal::OwesMore { .. }
        | PriceRefusal::ReferenceNeeded { .. }
        | PriceRefusal::ChangeFromCashAlone { .. }
        | PriceRefusal::BalanceNeedsMember
        | PriceRefusal::BalanceShort { .. }
        | PriceRefusal::ReturnNeedsApproval => "draft".to_owned(),
    };
    ScenarioError { path, reason: refusal.to_string() }
}

fn at_return(place: usize, asked: &[ReturnedQty], refusal: &ReturnRefusal) -> ScenarioError {
    let named = match refusal {
        ReturnRefusal::NothingChosen => None,
        ReturnRefusal::UnknownLine { line }
        | ReturnRefusal::QuantityNotAboveZero { line }
        | ReturnRefusal::MoreThanSold { line, .. }
        | ReturnRefusal::Damaged { line } => asked.iter().rposition(|returned| returned.line == *line),
    };
    let path = match named {
        Some(line) => format!("returns[{place}].lines[{line}]"),
        None => format!("returns[{place}].lines"),
    };
    ScenarioError { path, reason: refusal.to_string() }
}
