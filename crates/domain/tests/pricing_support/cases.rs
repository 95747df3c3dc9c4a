//! Cases of other systems: read from their files, each priced or listed with the reason why not.
#![allow(dead_code)]

use std::collections::BTreeSet;

use serde_json::Value;

use crate::pricing_support::{Quote, ReturnQuote, ReturnedQty, return_all, yuan};

/// Prices what a case gives and holds it against what the case expects.
pub type Check = fn(&Value, &Value);

/// A number of a case as decimal text.
pub fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A number of a case in minor units.
pub fn minor(value: &Value) -> i64 {
    yuan(&text(value))
}

pub fn percent(value: &Value) -> String {
    format!("{}%", text(value))
}

pub fn give_back(quote: &Quote, line: usize, pieces: i64) -> ReturnQuote {
    return_all(&quote.sold(), &[ReturnedQty { line, qty_milli: pieces * 1000 }]).remove(0)
}

/// Runs every check on its case, and makes sure that no case of the file is forgotten: each is checked or stands among the `others` once.
pub fn run(file: &str, [given, expect]: [&str; 2], checks: &[(&str, Check)], others: &[(&str, &str)]) {
    let cases: Vec<Value> = serde_json::from_str(file).unwrap();
    for (id, check) in checks {
        let case = cases.iter().find(|case| case["id"] == *id).unwrap_or_else(|| panic!("there is no case {id}"));
        println!("{id}: {}", case["source"]);
        check(&case[given], &case[expect]);
    }
    let all: BTreeSet<&str> = cases.iter().map(|case| case["id"].as_str().unwrap()).collect();
    let named: Vec<&str> = checks.iter().map(|(id, _)| *id).chain(others.iter().map(|(id, _)| *id)).collect();
    assert_eq!(named.iter().copied().collect::<BTreeSet<_>>(), all);
    assert_eq!(named.len(), all.len(), "no case stands twice");
}
