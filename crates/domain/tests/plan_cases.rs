//! Every case of `cases/plans.json`: plans that companies, courts and other systems published, with the amounts that they printed.

use std::collections::BTreeMap;

use banyan_domain::{
    exact::Exact,
    plan::{Scenario, run_scenario, scenario::PeriodOutcome, withholding},
};
use serde_json::{Map, Value, json};

/// Cases from public sources, each naming its own (see `cases/plans.md`).
const CASES: &str = include_str!("cases/plans.json");

type Sums = BTreeMap<String, Exact>;

fn cases() -> Vec<Value> {
    serde_json::from_str(CASES).expect("the cases are JSON")
}

fn number(value: &Value) -> Exact {
    Exact::parse(value.as_str().expect("numbers are texts")).expect("a number")
}

fn sums(value: &Value) -> Sums {
    value.as_object().into_iter().flatten().map(|(member, amount)| (member.clone(), number(amount))).collect()
}

/// Runs the case and checks statements, and whatever else the case prints.
fn check(case: &Value) {
    let id = case["id"].as_str().expect("a case has an id");
    match case["kind"].as_str() {
        Some("tax") => return assert_eq!(withholding::labour_monthly(&number(&case["gross"])), number(&case["expected"]["tax"]), "{id}"),
        Some("tax_cum") => return check_cumulative(case),
        Some(_) | None => {}
    }
    let mut scenario = Map::new();
    for key in ["plan", "facts", "periods", "period_members", "refund"] {
        if let Some(value) = case.get(key) {
            scenario.insert(key.to_owned(), value.clone());
        }
    }
    let outcome = run_scenario(&Value::Object(scenario).to_string()).unwrap_or_else(|error| panic!("{id}: {error}"));
    let expected = match &case["expected"] {
        Value::Array(periods) => periods.clone(),
        one => vec![one.clone()],
    };
    assert_eq!(outcome.periods.len(), expected.len(), "{id}");
    for (period, expected) in outcome.periods.iter().zip(&expected) {
        let expected = sums(expected);
        let mut paid: Sums = period.statements.iter().map(|row| (row.member.clone(), Exact::parse(&row.amount).expect("an amount"))).collect();
        if case["expected_members_subset"] == json!(true) {
            paid.retain(|member, _| expected.contains_key(member));
        }
        assert_eq!(paid, expected, "{id}");
        for posting in &period.postings {
            assert_eq!(posting.why.amount(), posting.amount, "{id}: {posting:?}");
        }
        check_parts(id, period, &case["expected_by_source"], |posting| &posting.source);
        check_parts(id, period, &case["expected_by_rule"], |posting| &posting.rule);
    }
    if let Some(state) = case["expected_state"].as_object() {
        let last = outcome.periods.last().expect("a period");
        for (member, legs) in state {
            let pair = &last.pairs[member];
            assert_eq!((pair.left.clone(), pair.right.clone()), (number(&legs["L"]), number(&legs["R"])), "{id}: {member}");
        }
    }
}

fn check_parts(id: &str, period: &PeriodOutcome, expected: &Value, part: fn(&banyan_domain::plan::scenario::PostingOutcome) -> &String) {
    for (name, expected) in expected.as_object().into_iter().flatten() {
        for (member, amount) in sums(expected) {
            let matching = period.postings.iter().filter(|posting| part(posting) == name && posting.member == member);
            assert_eq!(matching.map(|posting| &posting.amount).sum::<Exact>(), amount, "{id}: {name}, {member}");
        }
    }
}

fn check_cumulative(case: &Value) {
    let (mut gross, mut withheld) = (Exact::ZERO, Exact::ZERO);
    for (month, income) in (1..).zip(case["monthly"].as_array().expect("months")) {
        gross += &number(income);
        let tax = withholding::platform_cumulative(&gross, month, &withheld);
        assert_eq!(tax, number(&case["expected"]["tax"][month as usize - 1]));
        withheld += &tax;
    }
}

#[test]
fn every_published_case_pays_what_was_printed() {
    let cases = cases();
    assert_eq!(cases.len(), 52);
    cases.iter().for_each(check);
}

#[test]
fn a_whole_case_runs_as_a_scenario_and_its_plan_reads_back_as_written() {
    for case in cases().iter().filter(|case| case.get("plan").is_some()) {
        let scenario = Scenario::parse(&case.to_string()).expect("a scenario");
        let again = banyan_domain::plan::Plan::parse(&scenario.plan.to_json());
        assert_eq!(again.as_ref(), Ok(&scenario.plan), "{}", case["id"]);
        assert_eq!(scenario.run(), scenario.run());
    }
}
