//! A receipt, credit note or delivery note as texts.

use paper::{
    layout::{change_name, total_name},
    receipt::{Receipt, ReceiptKind, TotalKind},
};
use serde_json::{Value, json};

use super::words::Words;
use crate::figures::money;

/// With prices, sums and what paid.
pub(crate) fn receipt(receipt: &Receipt, currency: &str, words: Words) -> Value {
    let money = |minor| money(minor, receipt.digits);
    let lines = receipt.lines.iter().map(|line| {
        json!({"name": line.name, "code": line.code, "qty": line.qty, "unit": money(line.unit_minor), "sum": money(line.sum_minor), "note": line.note})
    });
    let totals = receipt.totals.iter().map(|total| {
        let large = matches!(total.kind, TotalKind::Due | TotalKind::Refund);
        let name = total_name(total.kind, receipt.language);
        let name = if large { format!("{name} {currency}") } else { name.to_owned() };
        json!({"name": name, "amount": money(total.amount_minor), "large": large})
    });
    let mut paid: Vec<Value> = receipt.tenders.iter().map(|tender| json!([tender.name, money(tender.amount_minor)])).collect();
    paid.extend(receipt.change_minor.map(|change| json!([change_name(receipt.language), money(change)])));
    let mut after: Vec<Value> = Vec::new();
    if let Some(points) = receipt.points {
        let named = [("points_earned", points.earned), ("points_spent", points.spent), ("points_locked", points.locked)];
        after.extend(named.into_iter().filter(|(_, points)| *points != 0).map(|(name, points)| json!([words.say(name), points.to_string()])));
        after.push(json!([words.say("points_balance"), points.balance.to_string()]));
    }
    after.extend(receipt.balance_minor.map(|left| json!([words.say("balance"), money(left)])));
    // Only the end of a voucher's code is shown: who finds the paper must not pay with it.
    after.extend(receipt.vouchers.iter().map(|voucher| {
        let end: String = voucher.code.chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect();
        json!([words.say_with("voucher", &[&end]), money(voucher.left_minor)])
    }));
    let title = if receipt.kind == ReceiptKind::Return { "credit_note" } else { "receipt" };
    json!({
        "title": words.say(title), "number": receipt.number, "facts": facts(receipt, words),
        "columns": (["goods", "code", "qty", "unit", "sum"].map(|name| words.say(name))),
        "lines": lines.collect::<Vec<_>>(), "totals": totals.collect::<Vec<_>>(), "paid": paid,
        "paid_title": words.say(if receipt.kind == ReceiptKind::Return { "given_back" } else { "paid" }),
        "after": after, "after_title": words.say("after"),
    })
}

/// The goods alone, with a place to sign.
pub(crate) fn delivery(receipt: &Receipt, words: Words) -> Value {
    let lines =
        receipt.lines.iter().zip(1..).map(|(line, place)| json!({"place": place.to_string(), "name": line.name, "code": line.code, "qty": line.qty}));
    json!({
        "title": words.say("delivery_note"), "number": receipt.number, "facts": facts(receipt, words),
        "columns": (["place", "goods", "code", "qty", "checked"].map(|name| words.say(name))),
        "lines": lines.collect::<Vec<_>>(), "hint": words.say("delivery_hint"),
        "signs": (["handed_over", "received", "date"].map(|name| words.say(name))),
    })
}

/// What stands beside the number.
fn facts(receipt: &Receipt, words: Words) -> Vec<Value> {
    let member = receipt.member.as_deref().unwrap_or_default();
    let named = [
        ("time", receipt.time.as_str()),
        ("origin", receipt.origin.as_deref().unwrap_or_default()),
        ("member", member),
        ("clerk", receipt.clerk.as_str()),
        ("till", receipt.till.as_str()),
    ];
    named.into_iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| json!([words.say(name), text])).collect()
}
