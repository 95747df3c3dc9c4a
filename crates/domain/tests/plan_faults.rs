//! Faults of other systems in commission, by their number in the list of faults; those on the base stand in `plan_check`, thresholds in `plan_language`,
//! cycles in `plan_refusals`.

mod plan_support;

use banyan_domain::plan::{Scenario, why_nothing};
use plan_support::{members, orders, paid, plan, run, walk};
use serde_json::{Value, json};

#[test]
fn fault_12_no_rounding_per_unit_per_line_or_per_part() {
    let seven = json!({"table": {"*": ["7%", "3.5%"]}});
    assert_eq!(walk(json!({}), seven.clone(), "b a<b x<a", "x=33.33 x=33.33 x=33.34"), "a 7.00, b 3.50");
    assert_eq!(walk(json!({}), seven, "b a<b x<a", "x=100"), "a 7.00, b 3.50");
    // 2.99 at 100% in three pieces is 2.99, not 2.97; thirds of 29.00 are 29.00.
    assert_eq!(walk(json!({"self": true, "max": 1}), json!({"table": {"*": "100%"}}), "x", "x=0.99 x=1 x=1"), "x 2.99");
    let mut order = orders("x=29.00");
    order[0]["qty"] = json!(3);
    let per_unit = json!([{"id": "w", "kind": "walk", "rate": {"fixed": {"*": ["9.6666"]}}}]);
    assert_eq!(paid(&run(&plan(per_unit), &members("a x<a"), &order)), "a 28.99");
    // 10.00 among three is 10.00.
    let pool = json!([{"id": "p", "kind": "pool", "fund": {"amount": "10"}}]);
    let outcome = run(&plan(pool), &members("a b c"), &json!([]));
    assert_eq!((paid(&outcome), outcome.total.as_str()), ("a 3.34, b 3.33, c 3.33".to_owned(), "10.00"));
}

#[test]
fn fault_13_differentials_pay_the_top_rate_and_no_more() {
    let pay = |rates: [&str; 3], tree: &str, sales: &str| {
        let table = json!({"v1": rates[0], "v2": rates[1], "v3": rates[2]});
        walk(json!({"self": true}), json!({"mode": "difference", "table": table}), tree, sales)
    };
    // Against the immediate child it would be 20% where the top rate is 15%.
    assert_eq!(pay(["5%", "10%", "15%"], "d:v3 c<d:v1 b<c:v2 a<b:v1", "a=100"), "a 5.00, b 5.00, d 5.00");
    // Against the highest difference it would be 35% for 30%.
    assert_eq!(pay(["10%", "15%", "30%"], "c:v3 b<c:v2 a<b:v1", "a=100"), "a 10.00, b 5.00, c 15.00");
    // Clamping each node would be 13% against a cap of 12%.
    let people = json!([{"id": "c", "pct": "12%"}, {"id": "b", "sponsor": "c", "pct": "5%"}, {"id": "a", "sponsor": "b", "pct": "6%"}]);
    let capped = json!([{"id": "w", "kind": "walk", "path": {"self": true}, "rate": {"mode": "difference", "attr": "pct", "max_attr": "12%"}}]);
    assert_eq!(paid(&run(&plan(capped), &people, &orders("a=100"))), "a 6.00, c 6.00");
    // The best child's rate on every leg would be 2,000 for 3,200: each leg counts by its own.
    assert_eq!(pay(["36%", "38%", "40%"], "a:v3 c<a:v1 e<a:v1 b<a:v2", "c=40000 e=40000"), "a 3200.00, c 14400.00, e 14400.00");
    let mixed = pay(["36%", "38%", "40%"], "a:v3 c<a:v1 b<a:v2", "c=40000 b=20000");
    assert_eq!(mixed, "a 2000.00, b 7600.00, c 14400.00");
}

#[test]
fn fault_14_those_above_earn_where_the_first_is_frozen_or_earns_nothing() {
    let ten = json!({"table": {"v1": "0%", "*": ["10%", "5%"]}});
    assert_eq!(walk(json!({"pay": {"active": true}}), ten.clone(), "b:v2 a<b:v2! x<a", "x=100"), "b 5.00");
    assert_eq!(walk(json!({}), ten, "b:v2 a<b:v1 x<a", "x=100"), "b 5.00");
    let difference = json!({"mode": "difference", "table": {"v2": "10%"}});
    assert_eq!(walk(json!({}), difference, "b:v2 a<b:v1 x<a", "x=100"), "b 10.00");
}

/// What the single rule says about each of these members on order `o1`.
fn asked(path: Value, rate: Value, tree: &str, who: &[&str]) -> Vec<Value> {
    let rule = json!({"id": "w", "kind": "walk", "source": {"where": {"no_tag": "kit"}}, "path": path, "rate": rate});
    let text = json!({"plan": plan(json!([rule])), "facts": {"members": members(tree), "orders": orders("x=100")}}).to_string();
    let scenario = Scenario::parse(&text).expect("a scenario");
    let ask = |member: &&str| {
        let answers = why_nothing(&scenario, 0, "o1", member).expect("an answer");
        serde_json::to_value(&answers[0]).expect("JSON")
    };
    who.iter().map(ask).collect()
}

#[test]
fn everyone_who_earns_nothing_is_told_why() {
    let tree = "top d<top c<d b<c! a<b x<a other";
    let codes = |path: Value, who: &[&str]| -> Vec<String> {
        let told = asked(path, json!({"table": {"*": ["10%", "0%", "5%"]}}), tree, who);
        told.into_iter()
            .map(|told| {
                if told["code"] == "passed" { told["why"]["reason"].clone() } else { told["code"].clone() }.as_str().expect("a code").to_owned()
            })
            .collect()
    };
    let all = ["x", "a", "b", "c", "d", "top", "other"];
    assert_eq!(
        codes(json!({"max": 3, "pay": {"active": true}}), &all),
        ["own_purchase", "earned", "not_paid", "earned", "out_of_reach", "out_of_reach", "not_above"]
    );
    assert_eq!(
        codes(json!({"max": 3, "hold": {"active": true}}), &all),
        ["own_purchase", "earned", "not_holding", "no_rate", "earned", "out_of_reach", "not_above"]
    );
    let stopped = asked(json!({"stop_at": {"member": "a"}}), json!({"table": {"*": "1%"}}), tree, &["b"]);
    assert_eq!(stopped, [json!({"rule": "w", "code": "stopped_below", "member": "a"})]);
    let mark = asked(json!({}), json!({"mode": "difference", "table": {"v1": "3%", "v2": "5%"}}), "b:v1 a<b:v2 x<a", &["a", "b"]);
    assert_eq!(mark[0], json!({"rule": "w", "code": "earned", "amount": "5"}));
    assert_eq!(mark[1], json!({"rule": "w", "code": "passed", "why": {"reason": "not_above_mark", "rate": "0.03", "mark": "0.05"}}));
    let late = asked(json!({}), json!({"table": {"*": "1%"}, "pay_from": 2}), tree, &["a"]);
    assert_eq!(late[0]["why"], json!({"reason": "before_first", "pay_from": 2}));
}

#[test]
fn a_posting_names_who_below_was_passed_over() {
    let rule = json!([{"id": "w", "kind": "walk", "path": {"hold": {"not": {"member": "a"}}, "pay": {"active": true}}, "rate": {"table": {"*": ["10%", "5%", "1%"]}}}]);
    let outcome = run(&plan(rule), &members("d c<d b<c! a<b x<a"), &orders("x=100"));
    let why = |place: usize| serde_json::to_value(&outcome.periods[0].postings[place].why.passed).expect("JSON");
    assert_eq!(why(0), json!([{"member": "a", "reason": "not_holding"}, {"member": "b", "index": 1, "reason": "not_paid"}]));
    assert_eq!(why(1), json!([]));
}
