//! The bound, its witness, and the lint: what a plan can ever pay, shown and judged before anyone activates it.

mod plan_support;

use std::collections::BTreeMap;

use banyan_domain::{
    exact::Exact,
    plan::{Catalogue, CheckReport, Jurisdiction, Severity, ShopFacts, check, run_scenario},
};
use serde_json::{Value, json};

fn catalogue(products: &[&[(&str, &str)]]) -> Catalogue {
    let product = |amounts: &&[(&str, &str)]| {
        amounts.iter().map(|(name, text)| ((*name).to_owned(), Exact::parse(text).expect("a number"))).collect::<BTreeMap<_, _>>()
    };
    Catalogue { products: products.iter().map(product).collect() }
}

fn report(rules: Value, limits: Value, jurisdiction: Jurisdiction, catalogue: &Catalogue, shop: &ShopFacts) -> CheckReport {
    let plan = json!({"ranks": [{"id": "v1"}, {"id": "v2"}, {"id": "v3"}], "rules": rules, "limits": limits});
    check(&plan.to_string(), jurisdiction, catalogue, shop).unwrap_or_else(|error| panic!("{error}"))
}

/// The bound as a percentage, and what the witness reaches.
fn bound(rules: Value, catalogue: &Catalogue) -> (String, String) {
    let report = report(rules, json!([]), Jurisdiction::None, catalogue, &ShopFacts::default());
    let most = report.bound.most.as_ref().map_or("none".to_owned(), Exact::to_percent);
    let share = report.witness.as_ref().map_or("nothing".to_owned(), |witness| witness.share.to_percent());
    if let Some(witness) = &report.witness {
        let outcome = run_scenario(&witness.scenario.to_string()).expect("the witness runs");
        let paid: Exact = outcome.periods.iter().flat_map(|period| &period.postings).map(|posting| &posting.amount).sum();
        assert_eq!(paid, witness.paid);
        assert!(report.bound.most.as_ref().is_none_or(|most| witness.share <= *most));
    }
    (most, share)
}

fn one(path: Value, rate: Value) -> Value {
    json!([{"id": "w", "kind": "walk", "path": path, "rate": rate}])
}

fn same(text: &str) -> (String, String) {
    (text.to_owned(), text.to_owned())
}

#[test]
fn every_row_of_the_table_is_proved_and_reached() {
    let net = Catalogue::default();
    assert_eq!(bound(one(json!({"max": 2}), json!({"table": {"*": ["10%", "5%", "9%"]}})), &net), same("15%"));
    assert_eq!(bound(one(json!({"max": 2}), json!({"table": {"v1": ["10%", "5%"], "v3": ["8%", "16%"]}})), &net), same("26%"));
    assert_eq!(bound(one(json!({}), json!({"table": {"*": ["10%", "5%"]}})), &net), same("15%"), "a row that ends");
    assert_eq!(bound(one(json!({"max": 3, "pay": {"active": true}}), json!({"table": {"*": "2%"}})), &net), same("6%"));
    assert_eq!(bound(one(json!({"self": true, "max": 2}), json!({"attr": "pct", "max_attr": "8%"})), &net), same("16%"));
    assert_eq!(bound(one(json!({"index": "same_rank", "max": 2}), json!({"table": {"*": ["2%", "1%"]}})), &net).0, "12%");
    let difference = |more: Value| {
        let mut rate = json!({"mode": "difference", "table": {"v1": "10%", "v2": "15%", "v3": "20%"}});
        rate.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        one(json!({}), rate)
    };
    assert_eq!(bound(difference(json!({})), &net), same("20%"));
    assert_eq!(bound(difference(json!({"equal": {"rate": "1%", "peers_per_rank": 2}})), &net), same("26%"));
    assert_eq!(bound(difference(json!({"equal": {"rate": "10%", "of": "income"}})), &net).0, "26%");
    assert_eq!(
        bound(one(json!({"max": 4}), json!({"mode": "difference", "min": "1%", "table": {"*": "5%"}})), &net),
        ("9%".to_owned(), "8%".to_owned())
    );
    let band = json!({"mode": "difference", "band": {"measure": "group.net", "steps": [["0", "1%"], ["1000", "12%"]]}});
    assert_eq!(bound(one(json!({"self": true}), band), &net), same("12%"));
}

#[test]
fn bases_units_and_chained_earnings() {
    let goods = catalogue(&[&[("net", "100"), ("pv", "80")], &[("net", "50"), ("pv", "60")]]);
    let on_pv = json!([{"id": "w", "kind": "walk", "source": {"base": "pv", "factor": "0.5"}, "rate": {"table": {"*": ["10%"]}}}]);
    assert_eq!(bound(on_pv.clone(), &goods), same("6%"));
    assert_eq!(bound(on_pv, &Catalogue::default()).0, "none");
    let fixed = one(json!({}), json!({"fixed": {"*": ["4"], "v2": ["5", "1"]}}));
    assert_eq!(bound(fixed.clone(), &goods), same("12%"));
    assert_eq!(bound(fixed, &Catalogue::default()).0, "none");
    let free = catalogue(&[&[("net", "0"), ("pv", "10")], &[("net", "50"), ("pv", "60")]]);
    let pool = json!([{"id": "p", "kind": "pool", "fund": {"rate": "2%", "of": "pv"}}]);
    assert_eq!(bound(pool.clone(), &free).0, "none", "volume that costs nothing has no bound");
    assert_eq!(bound(pool, &goods), same("2.4%"));
    let chained = json!([
        {"id": "direct", "kind": "walk", "rate": {"table": {"*": ["10%", "10%"]}}},
        {"id": "match", "kind": "walk", "source": {"event": "earning", "rules": ["direct"]}, "rate": {"table": {"*": ["50%", "25%"]}}},
        {"id": "again", "kind": "walk", "source": {"event": "earning", "rules": ["direct", "match"], "factor": "0.1"}, "rate": {"table": {"*": ["100%"]}}}]);
    assert_eq!(bound(chained, &Catalogue::default()), same("38.5%"));
}

#[test]
fn what_has_no_bound_is_refused_unless_a_company_limit_stands() {
    let unbounded = [
        json!([{"id": "w", "kind": "walk", "rate": {"table": {"*": "1%"}}}]),
        json!([{"id": "p", "kind": "pair", "measure": "net", "rate": {"table": {"*": "10%"}}, "cap_per_person": "5"}]),
        json!([{"id": "a", "kind": "award", "who": {"measure": "own.net", "gte": "1"}, "amount": "5"}]),
        json!([{"id": "p", "kind": "pool", "fund": {"amount": "100"}}]),
    ];
    for rules in unbounded {
        let open = report(rules.clone(), json!([]), Jurisdiction::None, &Catalogue::default(), &ShopFacts::default());
        assert!(!open.allowed && open.bound.most.is_none(), "{rules}");
        let limit = json!([{"scope": "person_period", "max": "5"}, {"scope": "company", "rate": "20%", "of": "net"}]);
        let held = report(rules.clone(), limit, Jurisdiction::None, &Catalogue::default(), &ShopFacts::default());
        assert!(held.allowed, "{rules}: {:?}", held.findings);
        assert_eq!(held.bound.most.as_ref().map(Exact::to_percent).as_deref(), Some("20%"));
        assert!(ids(&held).contains(&"pro_rata_cap".to_owned()));
        assert!(held.witness.iter().all(|witness| witness.share <= Exact::parse("20%").expect("a rate")));
    }
}

fn ids(report: &CheckReport) -> Vec<String> {
    let name = |finding: &banyan_domain::plan::Finding| serde_json::to_value(finding.id).expect("JSON").as_str().expect("a word").to_owned();
    report.findings.iter().map(name).collect()
}

/// The ids of findings of a severity in China.
fn china(severity: Severity, rules: Value, shop: &ShopFacts) -> Vec<String> {
    let goods = catalogue(&[&[("net", "100"), ("pv", "80"), ("customer", "100")]]);
    let report = report(rules, json!([]), Jurisdiction::China, &goods, shop);
    let place = report.findings.iter().zip(ids(&report)).filter(|(finding, _)| finding.severity == severity);
    place.map(|(finding, id)| format!("{id} {}", finding.path)).collect()
}

fn two_levels() -> Value {
    one(json!({"max": 2}), json!({"table": {"*": ["10%", "5%"]}}))
}

#[test]
fn a_plain_plan_of_two_levels_is_allowed_in_china() {
    let report = report(two_levels(), json!([]), Jurisdiction::China, &Catalogue::default(), &ShopFacts::default());
    assert!(report.allowed, "{:?}", report.findings);
    assert_eq!(ids(&report), ["proven_maximum"]);
    assert_eq!(report.notice, "This check is no legal advice.");
    let json = serde_json::to_value(&report).expect("JSON");
    assert_eq!((&json["bound"]["most"], &json["jurisdiction"], &json["witness"]["reaches_bound"]), (&json!("0.15"), &json!("CN"), &json!(true)));
}

#[test]
fn what_china_blocks() {
    let none = ShopFacts::default();
    let block = |rules: Value| china(Severity::Block, rules, &none);
    assert_eq!(block(one(json!({"max": 3}), json!({"table": {"*": ["5%", "5%", "5%"]}}))), ["too_deep plan.rules[0].path.max"]);
    assert_eq!(block(one(json!({}), json!({"mode": "difference", "table": {"*": "5%"}}))), ["too_deep plan.rules[0].path.max"]);
    assert_eq!(block(one(json!({"self": true, "max": 3}), json!({"table": {"*": "5%"}}))), Vec::<String>::new(), "the buyer's own level is none");
    assert_eq!(block(one(json!({"max": 3}), json!({"table": {"*": ["5%", "5%", "0%"]}}))), Vec::<String>::new());
    assert_eq!(block(one(json!({"max": 2}), json!({"table": {"*": ["20%", "11%"]}}))), ["bound_over plan"]);
    assert_eq!(
        block(json!([{"id": "p", "kind": "pair", "measure": "net", "rate": {"table": {"*": "1%"}}}])),
        ["binary plan.rules[0]", "unbounded plan.limits"]
    );
    assert_eq!(block(json!([{"id": "a", "kind": "award", "amount": "5"}])), ["pay_for_joining plan.rules[0].who", "unbounded plan.limits"]);
    let chained = json!([
        {"id": "d", "kind": "walk", "path": {"max": 2}, "rate": {"table": {"*": "5%"}}},
        {"id": "m", "kind": "walk", "source": {"event": "earning", "rules": ["d"]}, "path": {"max": 1}, "rate": {"table": {"*": "5%"}}}]);
    assert_eq!(block(chained), ["too_deep plan.rules[1].path.max"]);

    let kits = ShopFacts { entry_tags: vec!["kit".to_owned()], ..ShopFacts::default() };
    assert_eq!(china(Severity::Block, two_levels(), &kits), ["kit_commission plan.rules[0].source.where"]);
    let source = |filter: Value, rate: Value| json!([{"id": "w", "kind": "walk", "source": {"where": filter}, "path": {"max": 2}, "rate": rate}]);
    assert_eq!(china(Severity::Block, source(json!({"no_tag": "kit"}), json!({"table": {"*": "5%"}})), &kits), Vec::<String>::new());
    let heads = china(Severity::Block, source(json!({"tag": "kit"}), json!({"fixed": {"*": ["5"]}})), &kits);
    assert_eq!(heads, ["pay_for_joining plan.rules[0].source.where", "kit_commission plan.rules[0].source.where"]);

    let licensed = ShopFacts { direct_seller: true, ..ShopFacts::default() };
    assert_eq!(china(Severity::Block, two_levels(), &licensed), ["direct_seller_others plan.rules[0]"]);
    assert_eq!(china(Severity::Block, one(json!({"self": true, "max": 1}), json!({"table": {"*": "30%"}})), &licensed), Vec::<String>::new());
    let careless = ShopFacts { withholding: Some(false), identified: Some(false), least_age: Some(17), ..ShopFacts::default() };
    assert_eq!(china(Severity::Block, two_levels(), &careless), ["no_withholding plan", "unidentified plan", "under_age plan"]);
    let careful = ShopFacts { withholding: Some(true), identified: Some(true), least_age: Some(18), ..ShopFacts::default() };
    assert_eq!(china(Severity::Block, two_levels(), &careful), Vec::<String>::new());
}

#[test]
fn what_has_to_be_confirmed() {
    let none = ShopFacts::default();
    let own = one(json!({"max": 2, "pay": {"all": ["always", {"measure": "own.net", "gte": "100"}]}}), json!({"table": {"*": "5%"}}));
    assert_eq!(china(Severity::Confirm, own, &none), ["own_purchase plan.rules[0].path.pay"]);
    let volume = json!([{"id": "w", "kind": "walk", "source": {"base": "pv"}, "path": {"max": 2}, "rate": {"table": {"*": "5%"}}}]);
    assert_eq!(china(Severity::Confirm, volume, &none), ["base_not_net plan.rules[0].source.base"]);
    assert_eq!(china(Severity::Confirm, json!([{"id": "p", "kind": "pool", "fund": {"rate": "1%"}}]), &none), ["pool plan.rules[0]"]);
    let inverted = one(json!({"max": 2}), json!({"table": {"v1": ["5%", "2%"], "v2": ["6%", "1%"], "*": "1%"}}));
    assert_eq!(china(Severity::Confirm, inverted, &none), ["rank_inversion plan.rules[0].rate.table"]);
    let shop = |people: u32, days: u32| ShopFacts {
        people: Some(people),
        release_days: Some(days),
        return_days: Some(10),
        gross_margin: Some(Exact::parse("14%").expect("a rate")),
        heavy_buyers: Some(2),
        ..ShopFacts::default()
    };
    assert_eq!(china(Severity::Confirm, two_levels(), &shop(30, 9)), ["early_release plan", "criminal_line plan", "bound_over_margin plan"]);
    assert_eq!(china(Severity::Info, two_levels(), &shop(29, 10)), ["criminal_line plan", "proven_maximum plan", "heavy_buyers plan"]);
    assert_eq!(china(Severity::Info, two_levels(), &shop(19, 10)), ["proven_maximum plan", "heavy_buyers plan"]);
    let one_level = one(json!({"max": 1}), json!({"table": {"*": "1%"}}));
    assert_eq!(china(Severity::Confirm, one_level, &shop(500, 10)), Vec::<String>::new(), "one paid level and the organiser's are two");
}

#[test]
fn the_united_states_ask_for_customers_and_europe_for_the_return_window() {
    let america = |rules: Value| ids(&report(rules, json!([]), Jurisdiction::UnitedStates, &Catalogue::default(), &ShopFacts::default()));
    assert_eq!(america(two_levels()), ["no_customer_sales", "proven_maximum"]);
    let customers = one(json!({"max": 2, "pay": {"measure": "direct.customer", "gte": "100"}}), json!({"table": {"*": "5%"}}));
    assert_eq!(america(customers), ["proven_maximum"]);
    let deep = one(json!({"max": 9}), json!({"table": {"*": "5%"}}));
    assert_eq!(america(deep), ["no_customer_sales", "proven_maximum"], "depth alone is allowed there");
    let shop = ShopFacts { release_days: Some(13), ..ShopFacts::default() };
    assert_eq!(ids(&report(two_levels(), json!([]), Jurisdiction::EuropeanUnion, &Catalogue::default(), &shop)), ["early_release", "proven_maximum"]);
}

#[test]
fn fault_11_commission_on_anything_but_what_was_paid_is_shown_before_it_costs() {
    // Base before coupons: 100 for a payment of 25. Half of it would be twice the payment.
    let goods = catalogue(&[&[("net", "25"), ("list", "100")]]);
    let rules = json!([{"id": "w", "kind": "walk", "source": {"base": "list"}, "path": {"max": 1}, "rate": {"table": {"*": "50%"}}}]);
    let report = report(rules, json!([]), Jurisdiction::None, &goods, &ShopFacts { gross_margin: Some(Exact::ONE), ..ShopFacts::default() });
    assert_eq!(report.bound.most.as_ref().map(Exact::to_percent).as_deref(), Some("200%"));
    assert_eq!(ids(&report), ["base_not_net", "bound_over_margin", "proven_maximum"]);
    assert!(report.witness.is_some_and(|witness| witness.reaches_bound));
    // And on what was paid, it follows what was paid, whatever stood on the tag.
    let order = json!([{"id": "o", "buyer": "x", "amounts": {"net": "25", "list": "100", "freight": "8"}}]);
    let plan = json!({"rules": one(json!({"max": 1}), json!({"table": {"*": "50%"}}))});
    assert_eq!(plan_support::paid(&plan_support::run(&plan, &plan_support::members("a x<a"), &order)), "a 12.50");
}
