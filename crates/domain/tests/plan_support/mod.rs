//! Small scenarios for the tests of the plan language.
#![allow(dead_code, reason = "each test file uses its part")]

use banyan_domain::plan::{Outcome, run_scenario};
use serde_json::{Value, json};

/// Members from `id<sponsor` words, each with an optional `:rank` and `!` for inactive: `c b<c:v1 a<b!`.
pub fn members(text: &str) -> Value {
    let member = |word: &str| {
        let (word, active) = word.strip_suffix('!').map_or((word, true), |word| (word, false));
        let (word, rank) = word.split_once(':').map_or((word, None), |(word, rank)| (word, Some(rank)));
        let (id, sponsor) = word.split_once('<').map_or((word, None), |(id, sponsor)| (id, Some(sponsor)));
        json!({"id": id, "sponsor": sponsor, "rank": rank, "active": active})
    };
    text.split_whitespace().map(member).collect()
}

/// Orders of one net amount each, from `buyer=net` words.
pub fn orders(text: &str) -> Value {
    let order = |(number, word): (usize, &str)| {
        let (buyer, net) = word.split_once('=').expect("buyer=net");
        json!({"id": format!("o{}", number + 1), "buyer": buyer, "amounts": {"net": net}})
    };
    text.split_whitespace().enumerate().map(order).collect()
}

/// A plan of these rules with the ranks v1, v2, v3.
pub fn plan(rules: Value) -> Value {
    json!({"ranks": [{"id": "v1"}, {"id": "v2"}, {"id": "v3"}], "rules": rules})
}

/// Runs one period.
pub fn run(plan: &Value, members: &Value, orders: &Value) -> Outcome {
    run_scenario(&json!({"plan": plan, "facts": {"members": members, "orders": orders}}).to_string()).unwrap_or_else(|error| panic!("{error}"))
}

/// What the last period's statements pay: `a 1.00, b 2.00`.
pub fn paid(outcome: &Outcome) -> String {
    let period = outcome.periods.last().expect("a period");
    period.statements.iter().map(|row| format!("{} {}", row.member, row.amount)).collect::<Vec<_>>().join(", ")
}

/// One walk rule, and what it pays.
pub fn walk(path: Value, rate: Value, members_text: &str, orders_text: &str) -> String {
    let rule = json!({"id": "w", "kind": "walk", "path": path, "rate": rate});
    paid(&run(&plan(json!([rule])), &members(members_text), &orders(orders_text)))
}
