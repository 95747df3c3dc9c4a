//! Every setting of the plan language on a small tree, with figures worked out by hand.

mod plan_support;

use plan_support::{members, orders, paid, plan, run, walk};
use serde_json::{Value, json};

/// x buys; above it a, b, c, d.
const CHAIN: &str = "d c<d b<c a<b x<a";

#[test]
fn where_the_walk_begins_and_ends() {
    let table = json!({"table": {"*": ["10%", "5%", "1%"]}});
    assert_eq!(walk(json!({}), table.clone(), CHAIN, "x=100"), "a 10.00, b 5.00, c 1.00");
    assert_eq!(walk(json!({"self": true}), table.clone(), CHAIN, "x=100"), "a 5.00, b 1.00, x 10.00");
    assert_eq!(walk(json!({"self": "level0"}), table.clone(), CHAIN, "x=100"), "a 10.00, b 5.00, c 1.00");
    assert_eq!(walk(json!({"max": 2}), table.clone(), CHAIN, "x=100"), "a 10.00, b 5.00");
    assert_eq!(walk(json!({"stop_at": {"member": "b"}}), table.clone(), CHAIN, "x=100"), "a 10.00, b 5.00");
    assert_eq!(walk(json!({"stop_at": {"member": "b"}, "hold": {"not": {"member": "b"}}}), table, CHAIN, "x=100"), "a 10.00, c 5.00, d 1.00");
    let every = json!({"table": {"*": "1%"}, "pay_from": 0});
    assert_eq!(walk(json!({"self": "level0", "max": 1}), every, CHAIN, "x=100"), "a 1.00, x 1.00");
}

#[test]
fn compression_gives_the_index_on_and_breakage_keeps_it() {
    let table = json!({"table": {"*": ["10%", "5%"]}});
    let tree = "d c<d b<c a<b! x<a";
    assert_eq!(walk(json!({"max": 2, "hold": {"active": true}}), table.clone(), tree, "x=100"), "b 10.00, c 5.00");
    assert_eq!(walk(json!({"max": 2, "pay": {"active": true}}), table.clone(), tree, "x=100"), "b 5.00");
    let from = json!({"table": {"*": ["10%", "5%", "1%"]}, "pay_from": 2});
    assert_eq!(walk(json!({}), from, CHAIN, "x=100"), "b 5.00, c 1.00");
}

#[test]
fn generations_count_earlier_holders_of_at_least_the_same_rank() {
    // a v1 is 1; b v2 has none below at least v2: 1; c v1 comes after two of at least v1: 3; d v2 after one: 2.
    let tree = "d:v2 c<d:v1 b<c:v2 a<b:v1 x<a";
    let rate = json!({"table": {"*": ["10%", "5%", "1%"]}});
    assert_eq!(walk(json!({"index": "same_rank", "max": 2}), rate.clone(), tree, "x=100"), "a 10.00, b 10.00, d 5.00");
    assert_eq!(walk(json!({"index": "same_rank"}), rate, tree, "x=100"), "a 10.00, b 10.00, c 1.00, d 5.00");
}

fn difference(more: Value) -> Value {
    let mut rate = json!({"mode": "difference", "table": {"v1": "10%", "v2": "15%", "v3": "30%"}});
    rate.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    rate
}

#[test]
fn fault_13_the_mark_is_the_highest_rate() {
    assert_eq!(walk(json!({}), difference(json!({})), "c:v3 b<c:v2 a<b:v1 x<a", "x=1000"), "a 100.00, b 50.00, c 150.00");
    assert_eq!(walk(json!({}), difference(json!({})), "c:v2 b<c:v3 a<b:v2 x<a", "x=1000"), "a 150.00, b 150.00");
    // Each leg by its own child, not all by the best one.
    let legs = "top:v3 a<top:v2 b<top:v1 x<a:v1 y<b:v1";
    assert_eq!(walk(json!({"self": true}), difference(json!({})), legs, "a=10000 b=10000"), "a 1500.00, b 1000.00, top 3500.00");
}

#[test]
fn who_cannot_be_paid_raises_the_mark_only_where_it_is_said() {
    let tree = "b:v3 a<b:v2! x<a";
    let pay = |more: Value| {
        let mut path = json!({"pay": {"active": true}});
        path.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        path
    };
    assert_eq!(walk(pay(json!({})), difference(json!({})), tree, "x=1000"), "b 300.00");
    assert_eq!(walk(pay(json!({"mark_unpaid": true})), difference(json!({})), tree, "x=1000"), "b 150.00");
    // Holders before `pay_from` raise it without being paid.
    assert_eq!(walk(json!({}), difference(json!({"pay_from": 2})), "b:v3 a<b:v2 x<a", "x=1000"), "b 150.00");
    // A level 0 is such a holder.
    assert_eq!(walk(json!({"self": "level0"}), difference(json!({})), "b:v3 a<b:v1 x<a:v2", "x=1000"), "b 150.00");
    assert_eq!(walk(json!({}), difference(json!({"seed": "source_rate"})), "b:v3 a<b:v1 x<a:v2", "x=1000"), "b 150.00");
}

#[test]
fn equal_ranks() {
    let equal = |equal: Value| difference(json!({"equal": equal}));
    let tree = "d:v3 c<d:v2 b<c:v2 a<b:v2 x<a";
    assert_eq!(walk(json!({}), equal(json!({"rate": "1%"})), tree, "x=1000"), "a 150.00, b 10.00, d 150.00");
    assert_eq!(walk(json!({}), equal(json!({"rate": "1%", "peers_per_rank": 2})), tree, "x=1000"), "a 150.00, b 10.00, c 10.00, d 150.00");
    assert_eq!(walk(json!({}), equal(json!({"rate": "10%", "of": "income"})), tree, "x=1000"), "a 150.00, b 15.00, d 150.00");
    assert_eq!(walk(json!({}), equal(json!({"rate": "1%", "who": {"member": "c"}})), tree, "x=1000"), "a 150.00, c 10.00, d 150.00");
    // A peer that cannot be paid leaves its place to the next.
    let path = json!({"pay": {"not": {"member": "b"}}});
    assert_eq!(walk(path, equal(json!({"rate": "1%"})), tree, "x=1000"), "a 150.00, c 10.00, d 150.00");
    // Members without a rank are no one's peers, and the first who has nothing is not a peer of no one.
    let bare = json!([{"id": "w", "kind": "walk", "rate": {"mode": "difference", "table": {"*": "10%"}, "equal": {"rate": "1%"}}}]);
    assert_eq!(paid(&run(&json!({"rules": bare}), &members("b a<b x<a"), &orders("x=100"))), "a 10.00");
    // The seed's rank counts as the mark's.
    assert_eq!(
        walk(json!({}), difference(json!({"seed": "source_rate", "equal": {"rate": "1%"}})), "b:v3 a<b:v2 x<a:v2", "x=1000"),
        "a 10.00, b 150.00"
    );
}

#[test]
fn least_margins_and_caps() {
    assert_eq!(walk(json!({"max": 3}), difference(json!({"min": "8%"})), "c:v2 b<c:v2 a<b:v1 x<a", "x=1000"), "a 100.00, b 80.00, c 80.00");
    assert_eq!(walk(json!({"max": 2}), json!({"table": {"*": "10%"}, "cap_amount": ["3"]}), CHAIN, "x=100"), "a 3.00, b 10.00");
    let income = difference(json!({"cap_amount": ["40"], "equal": {"rate": "10%", "of": "income"}}));
    assert_eq!(walk(json!({}), income, "b:v2 a<b:v2 x<a", "x=1000"), "a 40.00, b 4.00");
}

#[test]
fn fault_16_bands_include_their_first_value() {
    let band = |mode: &str| json!({"mode": mode, "band": {"measure": "group.net", "steps": [["0", "0%"], ["100", "5%"], ["200", "10%"]]}});
    assert_eq!(walk(json!({"max": 1}), band("absolute"), "a x<a", "x=99.99"), "");
    assert_eq!(walk(json!({"max": 1}), band("absolute"), "a x<a", "x=100"), "a 5.00");
    assert_eq!(walk(json!({"max": 1}), band("absolute"), "a x<a", "x=199.99"), "a 9.99");
    assert_eq!(walk(json!({"max": 1}), band("absolute"), "a x<a", "x=200"), "a 20.00");
    assert_eq!(walk(json!({"self": true}), band("difference"), "a x<a", "x=100 a=100"), "a 15.00, x 5.00");
    // So do conditions; their upper bound is not included.
    let within = json!({"pay": {"measure": "group.net", "gte": "100", "lt": "200"}, "max": 1});
    let table = json!({"table": {"*": "10%"}});
    for (net, expected) in [("99.99", ""), ("100", "a 10.00"), ("199.99", "a 19.99"), ("200", "")] {
        assert_eq!(walk(within.clone(), table.clone(), "a x<a", &format!("x={net}")), expected);
    }
}

#[test]
fn fault_16_exactly_the_threshold_has_the_rank() {
    let ranks = json!([{"id": "v1"}, {"id": "v2", "when": {"measure": "group.net", "gte": "50000"}}, {"id": "v3", "when": {"all": [{"rank_gte": "v2"}, {"measure": "direct.net", "gte": "60000"}]}}]);
    let plan =
        json!({"ranks": ranks, "rules": [{"id": "w", "kind": "walk", "path": {"max": 1}, "rate": {"table": {"v1": "1%", "v2": "2%", "v3": "3%"}}}]});
    for (net, expected) in [("49999.99", "a 499.99"), ("50000", "a 1000.00"), ("60000", "a 1800.00")] {
        assert_eq!(paid(&run(&plan, &members("a x<a"), &orders(&format!("x={net}")))), expected);
    }
    assert_eq!(paid(&run(&plan, &members("a:v1 x<a"), &orders("x=60000"))), "a 600.00", "a given rank wins");
}

#[test]
fn every_condition() {
    let holds = |condition: Value| {
        let people = json!([{"id": "a", "rank": "v2", "lrp": true, "grade": "5", "state": "ok"}, {"id": "x", "sponsor": "a"}]);
        let rule = json!({"id": "w", "kind": "walk", "path": {"pay": condition}, "rate": {"table": {"*": "10%"}}});
        !paid(&run(&plan(json!([rule])), &people, &orders("x=100 a=7"))).is_empty()
    };
    for condition in [
        json!("always"),
        json!({"all": []}),
        json!({"any": ["never", {"active": true}]}),
        json!({"rank_gte": "v1"}),
        json!({"rank_is": "v2"}),
        json!({"attr": "lrp"}),
        json!({"attr": "grade", "eq": 5}),
        json!({"attr": "state", "eq": "ok"}),
        json!({"attr": "absent", "eq": null}),
        json!({"member": "a"}),
        json!({"measure": "own.net", "gte": "7", "lt": "7.01"}),
        json!({"measure": "direct.net", "gte": "100", "lt": "101"}),
        json!({"measure": "group.net", "gte": "107", "lt": "108"}),
        json!({"measure": "company.net", "gte": "107"}),
        json!({"measure": "attr.grade", "gte": "5", "lt": "6"}),
        json!({"measure": "attr.absent", "lt": "1"}),
        json!({"not": "never"}),
    ] {
        assert!(holds(condition.clone()), "{condition}");
        assert!(!holds(json!({"not": condition})), "not {condition}");
    }
}

#[test]
fn orders_by_tag_field_and_quantity() {
    let mut list = orders("x=100 x=100 x=100");
    list[0]["tags"] = json!(["kit", "new"]);
    list[1]["age"] = json!(30);
    list[2]["qty"] = json!("2.5");
    let by = |filter: Value, rate: Value| {
        let rule = json!({"id": "w", "kind": "walk", "source": {"where": filter}, "rate": rate});
        paid(&run(&plan(json!([rule])), &members("a x<a"), &list))
    };
    let ten = json!({"table": {"*": ["10%"]}});
    assert_eq!(by(json!({"tag": "kit"}), ten.clone()), "a 10.00");
    assert_eq!(by(json!({"no_tag": "kit"}), ten.clone()), "a 20.00");
    assert_eq!(by(json!({"order_attr": "age", "gte": "30", "lte": "30"}), ten.clone()), "a 10.00");
    assert_eq!(by(json!({"order_attr": "age", "lte": "29"}), ten.clone()), "");
    assert_eq!(by(json!({"all": [{"tag": "kit"}, {"tag": "new"}]}), ten), "a 10.00");
    assert_eq!(by(json!({"no_tag": "other"}), json!({"fixed": {"*": ["3"]}})), "a 13.50");
}

#[test]
fn sums_per_buyer_and_earnings_as_sources() {
    let rules = json!([
        {"id": "sum", "kind": "walk", "source": {"aggregate": "buyer"}, "path": {"max": 1}, "rate": {"table": {"*": "10%"}, "cap_amount": ["15"]}},
        {"id": "match", "kind": "walk", "source": {"event": "earning", "rules": ["sum"], "factor": "0.5"}, "path": {"max": 1}, "rate": {"table": {"*": "20%"}}},
        {"id": "self", "kind": "walk", "source": {"event": "earning", "rules": ["match", "sum"]}, "path": {"self": true, "max": 1}, "rate": {"table": {"*": "10%"}}}]);
    let outcome = run(&plan(rules), &members("b a<b x<a y<a"), &orders("x=100 y=20 x=100"));
    assert_eq!(paid(&outcome), "a 18.70, b 1.87");
    let per_unit = json!([{"id": "w", "kind": "walk", "source": {"aggregate": "buyer"}, "path": {"max": 1}, "rate": {"fixed": {"*": "2"}}}]);
    let mut pieces = orders("x=100 x=1");
    pieces[1]["qty"] = json!("1.5");
    assert_eq!(paid(&run(&plan(per_unit), &members("a x<a"), &pieces)), "a 5.00");
    let sources: Vec<&str> = outcome.periods[0].postings.iter().map(|posting| posting.source.as_str()).collect();
    assert_eq!(sources[..3], ["buyer:x", "buyer:y", "sum/buyer:x/a/1"]);
}

#[test]
fn pools_by_every_weight() {
    let pool = |fund: Value, share: Value| {
        let mut people = members("c:v3 b<c:v2 a<b:v1");
        people[0]["stars"] = json!("3");
        let rule = json!({"id": "p", "kind": "pool", "fund": fund, "share": share});
        paid(&run(&plan(json!([rule])), &people, &orders("a=100 b=300")))
    };
    let one = json!({"rate": "1%", "of": "net"});
    assert_eq!(pool(json!({"amount": "1"}), json!({})), "a 0.34, b 0.33, c 0.33");
    assert_eq!(pool(one.clone(), json!({"who": {"rank_gte": "v2"}})), "b 2.00, c 2.00");
    assert_eq!(pool(one.clone(), json!({"weight": {"measure": "own.net"}})), "a 1.00, b 3.00");
    assert_eq!(pool(one.clone(), json!({"weight": {"attr": "stars"}})), "c 4.00");
    assert_eq!(pool(one.clone(), json!({"weight": {"rank": {"v2": 1, "v3": 2}}})), "b 1.33, c 2.67");
    assert_eq!(pool(one.clone(), json!({"weight": {"rank": {}}})), "");
    assert_eq!(pool(one, json!({"who": "never"})), "");
    assert_eq!(pool(json!({"amount": "0.019"}), json!({"who": {"member": "a"}})), "a 0.01");
}

#[test]
fn legs_carry_as_they_are_told() {
    let run_pair = |more: Value| {
        let mut rule = json!({"id": "p", "kind": "pair", "measure": "net", "rate": {"table": {"*": "10%"}}});
        rule.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        let people = json!([{"id": "u"}, {"id": "l", "placement": "u", "side": "L"}, {"id": "r", "placement": "u", "side": "R"}, {"id": "ll", "placement": "l", "side": "L"}]);
        let text = json!({"plan": {"rules": [rule]}, "facts": {"members": people}, "periods": [orders("ll=100 r=30"), orders("r=100")]}).to_string();
        let outcome = banyan_domain::plan::run_scenario(&text).expect("a scenario");
        let legs = &outcome.periods[1].pairs["u"];
        let amounts: Vec<String> =
            outcome.periods.iter().map(|period| period.statements.first().map_or("0".to_owned(), |row| row.amount.clone())).collect();
        format!("{} left {} right {}", amounts.join(" then "), legs.left, legs.right)
    };
    assert_eq!(run_pair(json!({})), "3.00 then 7.00 left 0 right 30");
    assert_eq!(run_pair(json!({"carry": "flush"})), "3.00 then 0 left 0 right 0");
    assert_eq!(run_pair(json!({"pay": "never"})), "0 then 0 left 100 right 130");
    assert_eq!(run_pair(json!({"pay": "never", "carry": "carry"})), "0 then 0 left 0 right 30");
    assert_eq!(run_pair(json!({"carry_cap": "20"})), "3.00 then 2.00 left 0 right 20");
    assert_eq!(run_pair(json!({"cap_per_person": "2"})), "2.00 then 2.00 left 0 right 30");
}

#[test]
fn awards_and_limits() {
    let limited = |limits: Value, owner: Option<&str>| {
        let mut plan = plan(json!([
            {"id": "w", "kind": "walk", "rate": {"table": {"*": ["10%", "5%"]}}},
            {"id": "gift", "kind": "award", "who": {"rank_gte": "v2"}, "amount": "25"}]));
        plan["limits"] = limits;
        let mut people = members("b:v2 a<b x<a");
        people[1]["owner"] = json!(owner);
        people[0]["owner"] = json!(owner);
        paid(&run(&plan, &people, &orders("x=100")))
    };
    assert_eq!(limited(json!([]), None), "a 10.00, b 30.00");
    assert_eq!(limited(json!([{"scope": "person_period", "max": "12"}]), None), "a 10.00, b 12.00");
    assert_eq!(limited(json!([{"scope": "person_period", "max": "12"}]), Some("O")), "a 3.00, b 9.00");
    assert_eq!(limited(json!([{"scope": "company", "rate": "10.009%", "of": "net"}]), None), "a 2.50, b 7.50");
    let both = json!([{"scope": "person_period", "max": "12"}, {"scope": "company", "rate": "11%", "of": "net"}]);
    assert_eq!(limited(both, None), "a 5.00, b 6.00");
    assert_eq!(limited(json!([{"scope": "person_period", "max": "0"}]), None), "");
}

#[test]
fn a_limit_that_is_just_reached_cuts_nothing() {
    let exact = |net: &str| {
        let mut plan = plan(json!([{"id": "w", "kind": "walk", "path": {"max": 1}, "rate": {"table": {"*": "10%"}}}]));
        plan["limits"] = json!([{"scope": "person_period", "max": "10.005"}, {"scope": "company", "rate": "10%", "of": "net"}]);
        run(&plan, &members("a x<a"), &orders(&format!("x={net}"))).periods[0].statements[0].exact.to_string()
    };
    assert_eq!(exact("100.05"), "10.005");
    assert_eq!(exact("100.06"), "10");
}

#[test]
fn money_rounds_once_and_the_remainder_waits() {
    let text = json!({"plan": {"rules": [{"id": "w", "kind": "walk", "rate": {"table": {"*": ["7%"]}}}]}, "facts": {"members": members("a x<a")},
        "periods": [orders("x=0.10"), orders("x=0.10 x=0.04"), [], orders("x=0.03")]});
    let outcome = banyan_domain::plan::run_scenario(&text.to_string()).expect("a scenario");
    let rows: Vec<String> = outcome
        .periods
        .iter()
        .map(|period| period.statements.iter().map(|row| format!("{} {} {}", row.exact, row.amount, row.carry)).collect())
        .collect();
    assert_eq!(rows, ["0.007 0.00 0.007", "0.0098 0.01 0.0068", "", "0.0021 0.00 0.0089"]);
    assert_eq!(outcome.total, "0.01");
}

#[test]
fn other_units_and_currencies() {
    for (unit, expected) in [("1", "a 12"), ("0.05", "a 12.30"), ("0.5", "a 12.0"), ("0.001", "a 12.340"), ("5", "a 10")] {
        let plan = json!({"currency": "JPY", "rounding": {"unit": unit}, "rules": [{"id": "w", "kind": "walk", "rate": {"table": {"*": ["10%"]}}}]});
        assert_eq!(paid(&run(&plan, &members("a x<a"), &orders("x=123.40"))), expected);
    }
}

#[test]
fn the_outcome_as_json() {
    let plan = json!({"rules": [{"id": "w", "kind": "walk", "rate": {"table": {"*": ["3.5%"]}}}]});
    let outcome = serde_json::to_value(run(&plan, &members("a x<a"), &orders("x=1.50"))).expect("JSON");
    let expected = json!({
        "periods": [{
            "statements": [{"member": "a", "exact": "0.0525", "amount": "0.05", "carry": "0.0025"}],
            "postings": [{"rule": "w", "source": "o1", "member": "a", "index": 1, "amount": "0.0525",
                "why": {"rule": "w", "source": "o1", "index": 1, "way": "rate", "rate": "0.035", "base": "1.5", "factor": "1"}}],
            "pairs": {},
        }],
        "total": "0.05",
    });
    assert_eq!(outcome, expected);
}
