//! What is no scenario is refused with its place and its reason, and never by a panic.

use banyan_domain::plan::{Fault, Plan, ScenarioError, run_scenario};
use serde_json::{Value, json};

fn scenario() -> Value {
    json!({
        "plan": {"id": "p", "version": 1, "currency": "CNY", "rounding": {"unit": "0.01"},
            "ranks": [{"id": "v1"}, {"id": "v2", "when": {"measure": "group.net", "gte": "10"}}],
            "rules": [{"id": "r", "kind": "walk", "source": {"base": "net"}, "path": {"max": 2},
                "rate": {"mode": "absolute", "table": {"v1": ["10%"], "*": "5%"}}}],
            "limits": [{"scope": "company", "rate": "30%", "of": "net"}]},
        "facts": {"members": [{"id": "A", "sponsor": null}, {"id": "B", "sponsor": "A", "tag": "free"}],
            "orders": [{"id": "o1", "buyer": "B", "amounts": {"net": "10"}, "qty": 1}]},
    })
}

fn error_of(change: impl Fn(&mut Value)) -> ScenarioError {
    let mut value = scenario();
    change(&mut value);
    run_scenario(&value.to_string()).expect_err("is refused")
}

/// Changes one place and expects a fault of this kind at this path.
macro_rules! refused {
    ($pointer:expr, $value:expr, $path:expr, $fault:pat) => {{
        let error = error_of(|value| {
            let (parent, key) = $pointer.rsplit_once('/').expect("a pointer");
            let parent = value.pointer_mut(parent).expect("a place");
            match parent {
                Value::Array(items) => items[key.parse::<usize>().expect("a number")] = json!($value),
                parent => parent[key] = json!($value),
            }
        });
        assert_eq!(error.path, $path, "{error}");
        assert!(matches!(error.fault, $fault), "{error:?}");
    }};
}

#[test]
fn the_scenario_itself_is_accepted() {
    run_scenario(&scenario().to_string()).expect("a scenario");
}

#[test]
fn unknown_keys_everywhere() {
    use Fault::UnknownKey;
    refused!("/plam", 1, "plam", UnknownKey { .. });
    refused!("/plan/rule", 1, "plan.rule", UnknownKey { .. });
    refused!("/plan/rounding/mode", "floor", "plan.rounding.mode", UnknownKey { .. });
    refused!("/plan/ranks/0/name", "x", "plan.ranks[0].name", UnknownKey { .. });
    refused!("/plan/ranks/1/when/gt", "1", "plan.ranks[1].when.gt", UnknownKey { .. });
    refused!("/plan/rules/0/rates", 1, "plan.rules[0].rates", UnknownKey { .. });
    refused!("/plan/rules/0/source/bases", "net", "plan.rules[0].source.bases", UnknownKey { .. });
    refused!("/plan/rules/0/source/where", json!({"tags": "x"}), "plan.rules[0].source.where.tags", UnknownKey { .. });
    refused!("/plan/rules/0/path/maximum", 3, "plan.rules[0].path.maximum", UnknownKey { .. });
    refused!("/plan/rules/0/rate/tables", 3, "plan.rules[0].rate.tables", UnknownKey { .. });
    refused!("/plan/limits/0/cap", "3", "plan.limits[0].cap", UnknownKey { .. });
    refused!("/facts/order", json!([]), "facts.order", UnknownKey { .. });
    refused!("/plan/rules/0/path/pay", json!({"active": true, "gte": "1"}), "plan.rules[0].path.pay.gte", UnknownKey { .. });
}

#[test]
fn wrong_types_and_words() {
    use Fault::{Contradiction, Missing, UnknownValue, WrongType};
    refused!("/plan/rules", json!({}), "plan.rules", WrongType { .. });
    refused!("/plan/rules/0/path/self", "yes", "plan.rules[0].path.self", UnknownValue { .. });
    refused!("/plan/rules/0/path/self", 1, "plan.rules[0].path.self", WrongType { .. });
    refused!("/plan/rules/0/path/tree", "genealogy", "plan.rules[0].path.tree", UnknownValue { .. });
    refused!("/plan/rules/0/kind", "matrix", "plan.rules[0].kind", UnknownValue { .. });
    refused!("/plan/rules/0/rate/table", "10%", "plan.rules[0].rate.table", WrongType { .. });
    refused!("/plan/rules/0/rate/table/v1/0", true, "plan.rules[0].rate.table.v1[0]", WrongType { .. });
    refused!("/plan/rules/0/path/pay", "sometimes", "plan.rules[0].path.pay", UnknownValue { .. });
    refused!("/plan/rules/0/path/pay", json!({}), "plan.rules[0].path.pay", Contradiction { .. });
    refused!("/plan/rules/0/path/pay", json!({"active": true, "rank_is": "v1"}), "plan.rules[0].path.pay", Contradiction { .. });
    refused!("/plan/rules/0/path/pay", json!({"measure": "team.net"}), "plan.rules[0].path.pay.measure", WrongType { .. });
    refused!("/plan/rules/0/rate", json!({"mode": "absolute"}), "plan.rules[0].rate", Missing { .. });
    refused!("/plan/rules/0/rate/attr", "pct", "plan.rules[0].rate", Contradiction { .. });
    refused!("/plan/rules/0/rate/equal", json!({"rate": "1%"}), "plan.rules[0].rate.equal", Contradiction { .. });
    refused!("/facts/members/0/active", "true", "facts.members[0].active", WrongType { .. });
    refused!("/facts/members/0/rank", 1, "facts.members[0].rank", WrongType { .. });
    refused!("/facts/members/1/friends", json!(["A"]), "facts.members[1].friends", WrongType { .. });
    refused!("/facts/orders/0/tags", "x", "facts.orders[0].tags", WrongType { .. });
    refused!("/facts/orders/0/amounts", json!(null), "facts.orders[0]", Missing { .. });
    refused!("/facts/orders/0/id", "", "facts.orders[0].id", WrongType { .. });
    refused!("/plan", json!(null), "", Missing { .. });
}

#[test]
fn numbers_that_are_none_and_rates_past_their_range() {
    use Fault::{BadNumber, OutOfRange, WrongType};
    for bad in ["ten", "1e2", "1,000", "", "10 %", "0x10", "1/3", "NaN", "10%%", "٣"] {
        refused!("/plan/rules/0/rate/table/v1/0", bad, "plan.rules[0].rate.table.v1[0]", BadNumber { .. });
        refused!("/facts/orders/0/amounts/net", bad, "facts.orders[0].amounts.net", BadNumber { .. });
    }
    refused!("/facts/orders/0/amounts/net", "9".repeat(100), "facts.orders[0].amounts.net", BadNumber { .. });
    refused!("/facts/orders/0/amounts/net", 0.5, "facts.orders[0].amounts.net", WrongType { .. });
    refused!("/facts/orders/0/amounts/net", "-1", "facts.orders[0].amounts.net", OutOfRange { .. });
    refused!("/facts/orders/0/qty", "-1", "facts.orders[0].qty", OutOfRange { .. });
    refused!("/plan/rules/0/rate/table/v1/0", "100.01%", "plan.rules[0].rate.table.v1[0]", OutOfRange { .. });
    refused!("/plan/rules/0/rate/table/*", "-1%", "plan.rules[0].rate.table.*", OutOfRange { .. });
    refused!(
        "/plan/rules/0/rate",
        json!({"band": {"measure": "own.net", "steps": [["5", "1%"], ["5", "2%"]]}}),
        "plan.rules[0].rate.band.steps[1][0]",
        OutOfRange { .. }
    );
    refused!("/plan/rules/0/rate", json!({"band": {"measure": "own.net", "steps": [["5"]]}}), "plan.rules[0].rate.band.steps[0]", WrongType { .. });
    refused!("/plan/rules/0/path/max", 0, "plan.rules[0].path.max", OutOfRange { .. });
    refused!("/plan/rules/0/path/max", "1.5", "plan.rules[0].path.max", OutOfRange { .. });
    refused!("/plan/limits/0/rate", "130%", "plan.limits[0].rate", OutOfRange { .. });
    refused!("/plan/rounding/unit", "0", "plan.rounding.unit", OutOfRange { .. });
    refused!("/plan/version", -1, "plan.version", OutOfRange { .. });
    let error = error_of(|value| {
        value["plan"]["rules"][0]["rate"] = json!({"mode": "difference", "attr": "pct", "max_attr": "8%"});
        value["facts"]["members"][1]["pct"] = json!("9%");
    });
    assert_eq!((error.path.as_str(), matches!(error.fault, OutOfRange { .. })), ("facts.members[1].pct", true));
}

#[test]
fn names_that_lead_nowhere_and_names_used_twice() {
    use Fault::{DuplicateId, UnknownMember, UnknownOrder, UnknownRank, UnknownRule};
    refused!("/facts/members/1/sponsor", "Z", "facts.members[1].sponsor", UnknownMember { .. });
    refused!("/facts/members/1/placement", "Z", "facts.members[1].placement", UnknownMember { .. });
    refused!("/facts/orders/0/buyer", "Z", "facts.orders[0].buyer", UnknownMember { .. });
    refused!("/facts/members/1/id", "A", "facts.members[1].id", DuplicateId { .. });
    refused!(
        "/facts/orders",
        json!([{"id": "o", "buyer": "A", "amounts": {}}, {"id": "o", "buyer": "A", "amounts": {}}]),
        "facts.orders[1].id",
        DuplicateId { .. }
    );
    refused!("/plan/ranks/1/id", "v1", "plan.ranks[1].id", DuplicateId { .. });
    refused!("/facts/members/1/rank", "v9", "facts.members[1].rank", UnknownRank { .. });
    refused!("/plan/rules/0/rate/table/v9", "1%", "plan.rules[0].rate.table.v9", UnknownRank { .. });
    refused!("/plan/rules/0/path/hold", json!({"rank_gte": "v9"}), "plan.rules[0].path.hold.rank_gte", UnknownRank { .. });
    refused!(
        "/plan/rules/0/path/hold",
        json!({"all": ["always", {"not": {"rank_is": "v9"}}]}),
        "plan.rules[0].path.hold.all[1].not.rank_is",
        UnknownRank { .. }
    );
    refused!("/plan/rules/0/source", json!({"event": "earning", "rules": ["r"]}), "plan.rules[0].source.rules[0]", UnknownRule { .. });
    refused!("/refund", json!([["o9", "1"]]), "refund[0][0]", UnknownOrder { .. });
    refused!("/refund", json!([["o1", "2/3"], ["o1", "1/2"]]), "refund[1][1]", Fault::OutOfRange { .. });
    let twice = error_of(|value| {
        let rule = value["plan"]["rules"][0].clone();
        value["plan"]["rules"].as_array_mut().expect("rules").push(rule);
    });
    assert_eq!(twice.path, "plan.rules[1].id");
}

#[test]
fn fault_15_cycles_of_every_length_in_both_trees() {
    for tree in ["sponsor", "placement"] {
        for length in 1..7usize {
            for tail in 0..3usize {
                let id = |place: usize| format!("m{place}");
                let mut members: Vec<Value> = (0..length).map(|place| json!({"id": id(place), tree: id((place + 1) % length)})).collect();
                members.extend(
                    (0..tail).map(|place| json!({"id": format!("t{place}"), tree: if place == 0 { id(0) } else { format!("t{}", place - 1) }})),
                );
                members.push(json!({"id": "root"}));
                let error = error_of(|value| value["facts"] = json!({"members": members}));
                let Fault::Cycle { member, tree: named } = &error.fault else { panic!("{error:?}") };
                assert!(member.starts_with('m') && named == tree, "{error}");
                assert!(error.path.ends_with(tree), "{error}");
            }
        }
    }
}

#[test]
fn broken_json_names_line_and_column() {
    for (text, line, column) in [
        ("", 1, 1),
        ("{\n \"plan\": ,\n}", 2, 10),
        ("{\"plan\": {}} x", 1, 14),
        ("{\n\"a\":1,\n\"a\":2}", 3, 1),
        ("[1,\n2", 2, 2),
        ("{\"a\": \"b\nc\"}", 2, 1),
        ("{\"a\": tru}", 1, 10),
        ("{\"a\": 01}", 1, 9),
        ("{'a': 1}", 1, 2),
    ] {
        let error = run_scenario(text).expect_err("no JSON");
        assert_eq!((error.line, error.column), (line, column), "{text}: {error}");
    }
    let keys = |last: usize| format!("{{{}}}", (0..60).chain([last]).map(|key| format!("\"k{key}\": 1")).collect::<Vec<_>>().join(","));
    assert!(matches!(run_scenario(&keys(50)).expect_err("a key twice").fault, Fault::KeyTwice { key } if key == "k50"));
    assert!(matches!(run_scenario(&keys(60)).expect_err("unknown keys").fault, Fault::UnknownKey { .. }));
    assert!(run_scenario(&"[".repeat(100_000)).is_err());
    let error = Plan::parse("{\n  \"rules\": [\n    {\"id\": \"r\",\n     \"kind\": \"walk\", \"rate\": {\"table\": {\"*\": \"ten\"}}}]}")
        .expect_err("no plan");
    assert_eq!((error.path.as_str(), error.line), ("plan.rules[0].rate.table.*", 4));
}

#[test]
fn contradictions_are_refused_rather_than_ignored() {
    for rate in [
        json!({"mode": "difference", "fixed": {"*": ["1"]}}),
        json!({"mode": "absolute", "seed": "source_rate", "table": {"*": "1%"}}),
        json!({"max_attr": "1%", "table": {"*": "1%"}}),
    ] {
        let error = error_of(|value| value["plan"]["rules"][0]["rate"] = rate.clone());
        assert!(matches!(error.fault, Fault::Contradiction { .. }), "{error:?}");
    }
    for source in [
        json!({"rules": []}),
        json!({"event": "earning", "rules": [], "where": {"tag": "x"}}),
        json!({"event": "earning", "rules": [], "aggregate": "buyer"}),
    ] {
        let error = error_of(|value| value["plan"]["rules"][0]["source"] = source.clone());
        assert!(matches!(error.fault, Fault::Contradiction { .. }), "{error:?}");
    }
}

#[test]
fn no_text_makes_the_reader_panic() {
    let text = scenario().to_string();
    for end in 0..text.len() {
        let _ = run_scenario(&text[..end]);
        let changed = format!("{}{}{}", &text[..end], "}", &text[end..]);
        let _ = run_scenario(&changed);
        let _ = run_scenario(&format!("{}{}", &text[..end], text[end..].replacen('"', "", 1)));
    }
}
