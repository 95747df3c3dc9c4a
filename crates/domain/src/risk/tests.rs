use super::*;

fn member(number: u128) -> MemberId {
    MemberId(uuid::Uuid::from_u128(number))
}

/// A month of 100.00 with nothing odd about it.
fn plain() -> RiskFigures {
    RiskFigures { payable_minor: 10_000, earned_micro: 10_000 * MICRO, bought_minor: 100, sold_minor: 90_000, ..RiskFigures::default() }
}

fn names(terms: &RiskTerms, figures: &RiskFigures) -> Vec<String> {
    let name = |sign: &RiskSign| serde_json::to_value(sign).expect("JSON")["sign"].as_str().expect("a name").to_owned();
    signs(terms, figures).iter().map(name).collect()
}

/// Each rule speaks at its bound and is silent one below it, and where it is switched off.
#[test]
fn each_rule_speaks_from_its_bound_on_and_not_where_it_is_off() {
    let terms = RiskTerms::default();
    assert!(signs(&terms, &plain()).is_empty());
    type Change = fn(&mut RiskFigures, i64);
    type Off = fn(&mut RiskTerms);
    let rules: [(&str, i64, Change, Off); 6] = [
        ("own_purchases", 5_000 * MICRO, |figures, by| figures.own_micro = by, |terms| terms.own_ppm = 0),
        ("returned_late", 3_000 * MICRO, |figures, by| figures.returned_micro = by, |terms| terms.returned_ppm = 0),
        ("rushed", 3_000 * MICRO, |figures, by| figures.rushed_micro = by, |terms| terms.rushed_days = 0),
        ("jump", -2_000 * MICRO, |figures, by| figures.average_micro = -by, |terms| terms.jump_ppm = 0),
        ("bought_more", 270_000, |figures, by| figures.bought_minor = by, |terms| terms.bought_ppm = 0),
        ("ring", 1_000 * MICRO, |figures, by| figures.ring_micro = by, |terms| terms.ring_ppm = 0),
    ];
    for (name, bound, change, off) in rules {
        let mut figures = plain();
        change(&mut figures, bound);
        assert_eq!(names(&terms, &figures), [name]);
        change(&mut figures, bound - 1);
        assert!(names(&terms, &figures).is_empty(), "{name} below its bound");
        change(&mut figures, bound);
        let mut silent = terms.clone();
        off(&mut silent);
        assert!(names(&silent, &figures).is_empty(), "{name} is off");
        assert!(names(&RiskTerms { least_minor: 10_001, ..terms.clone() }, &figures).is_empty(), "{name} of a month too small to look at");
    }
    let shared = RiskFigures { same_phone: vec![member(2)], same_account: vec![member(3)], ..plain() };
    assert_eq!(names(&terms, &shared), ["shared_phone", "shared_account"]);
    assert!(names(&RiskTerms { shared_phone: false, shared_account: false, ..terms.clone() }, &shared).is_empty());
    // Coming by counts only where nothing was bought.
    let came = RiskFigures { came_days: 20, bought_minor: 0, ..plain() };
    assert_eq!(names(&terms, &came), ["sign_ins"]);
    assert!(names(&terms, &RiskFigures { came_days: 19, ..came.clone() }).is_empty());
    assert!(names(&terms, &RiskFigures { bought_minor: 1, ..came.clone() }).is_empty());
    assert!(names(&RiskTerms { sign_in_days: 0, ..terms.clone() }, &came).is_empty());
    // Somebody new has no average, and a branch that bought nothing is outbought by anything.
    assert!(names(&terms, &RiskFigures { average_micro: 0, ..plain() }).is_empty());
    assert_eq!(names(&terms, &RiskFigures { bought_minor: 1, sold_minor: 0, ..plain() }), ["bought_more"]);
    assert!(names(&terms, &RiskFigures { payable_minor: 0, same_phone: vec![member(2)], ..plain() }).is_empty(), "nothing is paid");
}

#[test]
fn what_is_held_and_let_go_again_leaves_nothing_behind() {
    let held = CommissionHeld { month: "2026-03".into(), round: 1, held: vec![HeldPart { member: member(1), amount_minor: 800 }] };
    let freed = CommissionHeld { held: vec![HeldPart { member: member(1), amount_minor: -800 }], ..held.clone() };
    let [Posting(unit, debit, credit, amount)] = &held.postings()[..] else { panic!("one posting") };
    assert_eq!((unit, amount), (&Unit::money(), &800));
    assert_eq!(freed.postings(), [Posting(unit.clone(), credit.clone(), debit.clone(), 800)]);
}
