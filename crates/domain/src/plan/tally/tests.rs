use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::plan::{
    month::{Bought, Link, Party, as_if},
    ranks::HeldRank,
};

const RANKS: [&str; 3] = ["v1", "v2", "v3"];

/// Statements of the engine proper, in minor units by place.
fn engine(plan: &Plan, month: &ShopMonth, policy: RankPolicy) -> Vec<Tallied> {
    let ran = as_if(plan, month, policy, &mut |_| true).expect("an answer").expect("not stopped");
    let minor = |text: &str| (&Exact::parse(text).expect("an amount") * &Exact::from(100)).to_i64().expect("minor units");
    let party = |id: &str| u32::try_from(month.place(id).expect("listed")).expect("small");
    ran.closed.statements.iter().map(|row| Tallied { party: party(&row.member), amount_minor: minor(&row.amount) }).collect()
}

fn test(period: bool) -> BoxedStrategy<Value> {
    let plain = prop_oneof![
        2 => Just(json!("always")),
        2 => Just(json!({"active": true})),
        1 => Just(json!({"rank_gte": "v2"})),
        1 => Just(json!({"not": {"rank_is": "v2"}})),
    ];
    let bounds = (prop::sample::select(vec!["own.net", "direct.net", "group.net", "company.net"]), 0..4000u32, any::<bool>());
    let measure = bounds.prop_map(|(measure, fen, least)| {
        let bound = Exact::ratio(i128::from(fen), 300).expect("a bound").floor_to(&Exact::ratio(1, 1000).expect("a unit"));
        if least { json!({"measure": measure, "gte": bound}) } else { json!({"any": [{"measure": measure, "lt": bound}, {"active": true}]}) }
    });
    if period { prop_oneof![2 => plain, 1 => measure].boxed() } else { plain.boxed() }
}

fn rule(id: usize) -> impl Strategy<Value = Value> {
    let permille = || (0..90i128).prop_map(|tenths| json!(Exact::ratio(tenths, 1000).expect("a rate")));
    let row = || prop_oneof![prop::collection::vec(permille(), 0..4).prop_map(|cells| json!(cells)), permille()];
    let table = (row(), row()).prop_map(|(any, top)| json!({"table": {"*": any, "v3": top}}));
    let band = (permille(), permille()).prop_map(|(low, high)| json!({"band": {"measure": "group.net", "steps": [["0", low], ["8.5", high]]}}));
    let rate = move |period: bool| if period { prop_oneof![2 => table.clone(), 1 => band.clone()].boxed() } else { table.clone().boxed() };
    let begin = prop::sample::select(vec![json!(false), json!(true), json!("level0")]);
    let filter = prop::sample::select(vec![json!(null), json!({"tag": "a"}), json!({"no_tag": "a"})]);
    let walk = any::<bool>().prop_flat_map(move |period| {
        let path = (begin.clone(), test(period), test(period), 1..4u32, prop::option::of(test(period)), any::<bool>());
        let mode = (any::<bool>(), any::<bool>(), 0..3u32);
        (path, rate(period), mode, filter.clone(), any::<bool>()).prop_map(move |(path, mut rate, mode, filter, per_buyer)| {
            let (begin, hold, pay, max, stop, unpaid) = path;
            let (difference, seed, from) = mode;
            rate["mode"] = json!(if difference { "difference" } else { "absolute" });
            rate["pay_from"] = json!(from);
            if difference {
                rate["seed"] = json!(if seed { "source_rate" } else { "none" });
            }
            let mut source = json!({"event": "order", "base": "net", "where": filter, "factor": "0.8"});
            if per_buyer && period {
                source["aggregate"] = json!("buyer");
            }
            json!({"id": format!("r{id}"), "kind": "walk", "accrue": if period { "period" } else { "paid" }, "source": source, "rate": rate,
                "path": {"self": begin, "hold": hold, "pay": pay, "max": max, "stop_at": stop, "mark_unpaid": unpaid}})
        })
    });
    let pool = (test(true), prop::sample::select(vec![json!(1), json!({"measure": "own.net"}), json!({"rank": {"v1": 1, "v2": "2.5", "v3": 0}})]))
        .prop_map(move |(who, weight)| json!({"id": format!("r{id}"), "kind": "pool", "fund": {"rate": "3.3%", "of": "net"}, "share": {"who": who, "weight": weight}}));
    let award = test(true).prop_map(move |who| json!({"id": format!("r{id}"), "kind": "award", "who": who, "amount": "1.23"}));
    prop_oneof![4 => walk, 1 => pool, 1 => award]
}

fn plans() -> impl Strategy<Value = Value> {
    let when = (0..3000u32).prop_map(|fen| json!({"measure": "group.net", "gte": Exact::ratio(i128::from(fen), 100).expect("an amount")}));
    let ranks = prop::option::of((when.clone(), when)).prop_map(|when| match when {
        None => json!(RANKS.map(|rank| json!({"id": rank}))),
        Some((low, high)) => json!([{"id": "v1"}, {"id": "v2", "when": low}, {"id": "v3", "when": high}]),
    });
    (ranks, rule(0), rule(1), rule(2)).prop_map(|(ranks, one, two, three)| json!({"ranks": ranks, "rules": [one, two, three]}))
}

/// A member as it is drawn: who stands above, ranks given and held before, whether it is active.
type Drawn = (u32, Option<usize>, Option<(usize, i64)>, u8);

/// A tree in which everyone stands below someone before; chains as the tree has them, with a rank and a state of their own.
fn months() -> impl Strategy<Value = ShopMonth> {
    let party = (any::<u32>(), prop::option::of(0..3usize), prop::option::of((0..3usize, 20..24i64)), 0..5u8);
    let order = (any::<prop::sample::Index>(), -50..3000i64, any::<bool>(), 0..4u16, any::<bool>());
    (prop::collection::vec(party, 1..9), prop::collection::vec(order, 0..9)).prop_map(|(parties, orders)| {
        let named = |(place, (above, given, held, active)): (usize, Drawn)| Party {
            id: format!("m{place}"),
            sponsor: (place > 0 && above % 5 > 0).then(|| above % u32::try_from(place).unwrap_or(1)),
            placed: None,
            given: given.filter(|_| active > 3).map(|rank| RANKS[rank].to_owned()),
            held: held.map(|(rank, period)| HeldRank { rank: RANKS[rank].to_owned(), period }),
            active: active > 0,
        };
        let parties: Vec<Party> = parties.into_iter().enumerate().map(named).collect();
        let mut month = ShopMonth { month: 24, words: RANKS.map(str::to_owned).into(), ..ShopMonth::default() };
        for (place, (buyer, net_minor, tagged, rank, active)) in orders.into_iter().enumerate() {
            let buyer = u32::try_from(buyer.index(parties.len())).expect("small");
            let line = std::iter::successors(Some(buyer), |party| parties[*party as usize].sponsor);
            let links = line.zip(0u16..).map(|(party, up)| Link { party, rank: (rank + up) % 4, active: active || up % 2 == 0 });
            month.chains.push(links.collect());
            month.orders.push(Bought {
                id: format!("o{place}"),
                buyer,
                net_minor,
                qty_milli: 1000,
                tags: if tagged { vec!["a".to_owned()] } else { Vec::new() },
                chain: u32::try_from(place).expect("small"),
                counts: true,
                paid: Vec::new(),
            });
        }
        month.parties = parties;
        month
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_tally_is_what_the_engine_says_without_the_words(plan in plans(), month in months(), demotion in any::<bool>(), protection in 0..3u32) {
        let plan = Plan::parse(&plan.to_string()).unwrap_or_else(|error| panic!("{error}\n{plan}"));
        let policy = RankPolicy { demotion, protection };
        let tallied = tally(&plan, &month, policy, &mut |_| true);
        prop_assert_eq!(tallied, Tally::Statements(engine(&plan, &month, policy)), "{}", plan.to_json());
    }
}

#[test]
fn what_is_beyond_whole_numbers_is_left_to_the_engine() {
    let of = |text: &str| tally(&Plan::parse(text).expect("a plan"), &ShopMonth::default(), RankPolicy::default(), &mut |_| true);
    let walk = |rate: &str| format!(r#"{{"rules":[{{"id":"r","kind":"walk","path":{{"max":2}},"rate":{rate}}}]}}"#);
    assert_eq!(of(&walk(r#"{"table":{"*":"1%"}}"#)), Tally::Statements(Vec::new()));
    assert_eq!(of(&walk(r#"{"table":{"*":"0.00001%"}}"#)), Tally::Beyond);
    assert_eq!(of(&walk(r#"{"table":{"*":"1%"},"cap_amount":["1"]}"#)), Tally::Beyond);
    assert_eq!(of(r#"{"rules":[],"limits":[{"scope":"company","rate":"1%","of":"net"}]}"#), Tally::Beyond);
}

#[test]
fn whoever_says_no_stops_it() {
    let order = Bought { id: "o".into(), buyer: 0, net_minor: 100, qty_milli: 1000, tags: Vec::new(), chain: 0, counts: true, paid: Vec::new() };
    let month = ShopMonth {
        parties: vec![Party { id: "m".into(), active: true, ..Party::default() }],
        chains: vec![vec![Link { party: 0, rank: 0, active: true }]],
        orders: vec![order],
        ..ShopMonth::default()
    };
    let plan = Plan::parse(r#"{"rules":[{"id":"r","kind":"walk","path":{"max":2},"rate":{"table":{"*":"1%"}}}]}"#).expect("a plan");
    assert_eq!(tally(&plan, &month, RankPolicy::default(), &mut |_| false), Tally::Stopped);
}
