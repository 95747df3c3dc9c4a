//! A commission statement as texts: the sums first, then every amount with its reason.

use paper::press::{StatementPaper, StatementPaperLine};
use serde_json::{Value, json};

use super::{why::why, words::Words};
use crate::figures::{micro, money, percent};

/// The texts of statements, one after the other.
pub(crate) fn statements(all: &[StatementPaper], currency: &str, words: Words) -> Value {
    let number = match all {
        [only] => only.number.clone(),
        _ => all.first().map(|one| one.month.clone()).unwrap_or_default(),
    };
    json!({
        "title": words.say("statement"), "number": number, "statements": all.iter().map(|one| statement(one, currency, words)).collect::<Vec<_>>(),
        "columns": (["day", "from", "rule_why", "base", "rate", "amount"].map(|name| words.say(name))),
        "earned": words.say("earned"), "adjusted": words.say("adjusted"), "none": words.say("no_lines"), "sum": words.say("sum_of"),
        "check": words.say("check"),
    })
}

fn statement(one: &StatementPaper, currency: &str, words: Words) -> Value {
    let (micro, money) = (|amount| micro(amount, one.digits), |minor| money(minor, one.digits));
    let round = (one.round > 1).then(|| words.say_with("round", &[&one.round.to_string()]));
    let mut facts = vec![
        json!([words.say("member_name"), one.member]),
        json!([words.say("member_number"), one.member_number]),
        json!([words.say("month"), one.month]),
        json!([words.say("issued"), one.issued]),
        json!([words.say("currency"), currency]),
    ];
    facts.extend(round.map(|round| json!([words.say("kind"), round])));
    let mut sums = vec![
        json!([words.say("opening"), micro(one.opening_micro)]),
        json!([words.say("earned"), micro(one.earned_micro)]),
        json!([words.say("adjusted"), micro(one.adjusted_micro)]),
        json!([words.say("closing"), micro(one.closing_micro)]),
    ];
    // A debt is said in words: below zero the next statement begins with it.
    if one.closing_micro < 0 {
        sums.push(json!([words.say("debt"), ""]));
    }
    let paid = [json!([words.say("payable"), money(one.payable_minor)]), json!([words.say("tax"), money(one.tax_minor)])];
    json!({
        "number": one.number, "facts": facts, "sums": sums, "paid": paid, "net": [words.say("net"), money(one.net_minor)],
        "earned": lines(&one.earned, one.digits, words), "earned_sum": micro(one.earned_micro),
        "adjusted": lines(&one.adjusted, one.digits, words), "adjusted_sum": micro(one.adjusted_micro),
        "hash": one.hash,
    })
}

fn lines(lines: &[StatementPaperLine], digits: u8, words: Words) -> Vec<Value> {
    let line = |one: &StatementPaperLine| {
        let from = match (&one.buyer, one.of_month) {
            (Some(buyer), true) => format!("{} · {buyer}", words.say("by_month")),
            (None, true) => words.say("by_month").to_owned(),
            (Some(buyer), false) => buyer.clone(),
            (None, false) => words.say("no_buyer").to_owned(),
        };
        let depth = (!one.of_month).then(|| words.say_with("depth", &[&one.depth.to_string()]));
        let mut where_from: Vec<String> = depth.into_iter().collect();
        where_from.extend(Some(one.number.clone()).filter(|number| !number.is_empty()));
        where_from.extend(one.origin.as_ref().map(|origin| words.say_with("of_sale", &[origin])));
        let mut reasons: Vec<String> = Some(why(&one.why, digits, words)).filter(|why| !why.is_empty()).into_iter().collect();
        reasons.extend(one.cut.then(|| words.say("cut").to_owned()));
        reasons.extend(one.late.then(|| words.say("late").to_owned()));
        reasons.extend(one.before_micro.map(|before| words.say_with("before", &[&micro(before, digits)])));
        json!({
            "day": one.date, "from": from, "where": where_from.join(" · "), "rule": one.rule, "why": reasons.join(" · "),
            "base": money(one.base_minor, digits), "rate": one.rate_ppm.map(percent), "amount": micro(one.amount_micro, digits),
        })
    };
    lines.iter().map(line).collect()
}
