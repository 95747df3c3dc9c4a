//! What holds for every plan, tree and order: properties over random worlds, beside an exhaustive small one.

mod plan_support;

use std::collections::{BTreeMap, BTreeSet};

use banyan_domain::{
    exact::Exact,
    plan::{Catalogue, Outcome, Plan, Scenario, at_sale, bound::bound, run_scenario},
};
use proptest::prelude::*;
use serde_json::{Value, json};

const RANKS: [&str; 3] = ["v1", "v2", "v3"];

fn config() -> ProptestConfig {
    ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() }
}

/// A world of walks with given ranks, so that no order changes another's earnings.
#[derive(Debug, Clone)]
struct World {
    rules: Vec<Value>,
    limits: Value,
    members: Vec<Value>,
    /// Buyer's place, net in fen, pv per net in quarters.
    orders: Vec<(usize, u32, u32)>,
}

impl World {
    fn orders(&self) -> Vec<Value> {
        self.orders.iter().enumerate().map(|(number, order)| self.order(number, order)).collect()
    }

    fn order(&self, number: usize, (buyer, fen, quarters): &(usize, u32, u32)) -> Value {
        let net = Exact::ratio(i128::from(*fen), 100).expect("an amount");
        let pv = &net * &Exact::ratio(i128::from(*quarters), 4).expect("a ratio");
        json!({"id": format!("o{number}"), "buyer": self.members[*buyer]["id"], "amounts": {"net": net, "pv": pv}, "qty": number % 3})
    }

    fn plan(&self) -> Value {
        json!({"ranks": RANKS.map(|rank| json!({"id": rank})), "rules": self.rules, "limits": self.limits})
    }

    fn scenario(&self) -> Value {
        json!({"plan": self.plan(), "facts": {"members": self.members, "orders": self.orders()}})
    }

    fn run(&self) -> Outcome {
        run(&self.scenario())
    }

    fn net(&self) -> Exact {
        self.orders.iter().map(|(_, fen, _)| Exact::ratio(i128::from(*fen), 100).expect("an amount")).sum()
    }
}

fn run(scenario: &Value) -> Outcome {
    run_scenario(&scenario.to_string()).unwrap_or_else(|error| panic!("{error}\n{scenario}"))
}

fn exact(outcome: &Outcome) -> BTreeMap<String, Exact> {
    let mut sums: BTreeMap<String, Exact> = BTreeMap::new();
    for posting in outcome.periods.iter().flat_map(|period| &period.postings) {
        *sums.entry(posting.member.clone()).or_default() += &posting.amount;
    }
    sums.retain(|_, amount| !amount.is_zero());
    sums
}

fn total(outcome: &Outcome) -> Exact {
    exact(outcome).values().sum()
}

/// pv is at most twice net.
fn catalogue() -> Catalogue {
    let product =
        |net: &str, pv: &str| BTreeMap::from([("net", net), ("pv", pv)].map(|(name, text)| (name.to_owned(), Exact::parse(text).expect("a number"))));
    Catalogue { products: vec![product("10", "20"), product("5", "0")] }
}

fn percent(most: u32) -> impl Strategy<Value = Value> {
    (0..=most).prop_map(|tenths| json!(Exact::ratio(i128::from(tenths), 1000).expect("a rate")))
}

fn condition() -> impl Strategy<Value = Value> {
    prop_oneof![
        3 => Just(json!("always")),
        2 => Just(json!({"active": true})),
        1 => Just(json!({"rank_gte": "v2"})),
        1 => Just(json!({"not": {"rank_is": "v2"}})),
    ]
}

fn path() -> impl Strategy<Value = Value> {
    let begin = prop_oneof![Just(json!(false)), Just(json!(true)), Just(json!("level0"))];
    let stop = prop_oneof![3 => Just(json!(null)), 1 => Just(json!({"rank_is": "v3"}))];
    (begin, condition(), condition(), 1..5u32, any::<bool>(), stop, any::<bool>()).prop_map(|(begin, hold, pay, max, generations, stop, unpaid)| {
        json!({"self": begin, "hold": hold, "pay": pay, "max": max, "index": if generations { "same_rank" } else { "depth" }, "stop_at": stop, "mark_unpaid": unpaid})
    })
}

fn table() -> impl Strategy<Value = Value> {
    let row = || prop_oneof![prop::collection::vec(percent(60), 0..4).prop_map(|cells| json!(cells)), percent(60)];
    (row(), row(), prop::option::of(row())).prop_map(|(any, low, high)| {
        let mut table = json!({"*": any, "v1": low});
        if let Some(high) = high {
            table["v3"] = high;
        }
        table
    })
}

fn rate() -> impl Strategy<Value = Value> {
    let equal = (percent(30), any::<bool>(), 0..3u32)
        .prop_map(|(rate, income, peers)| json!({"rate": rate, "of": if income { "income" } else { "order" }, "peers_per_rank": peers}));
    let absolute = (table(), 0..3u32).prop_map(|(table, from)| json!({"mode": "absolute", "table": table, "pay_from": from}));
    let difference = (table(), any::<bool>(), prop::option::of(percent(20)), prop::option::of(equal), 0..3u32).prop_map(|(table, seed, min, equal, from)| {
        json!({"mode": "difference", "table": table, "seed": if seed { "source_rate" } else { "none" }, "min": min, "equal": equal, "pay_from": from})
    });
    prop_oneof![absolute, difference]
}

fn rules() -> impl Strategy<Value = Vec<Value>> {
    let rule = (path(), rate(), any::<bool>(), 1..4u32, 0..3u32);
    prop::collection::vec(rule, 1..4).prop_map(|rules| {
        let rule = |(place, (path, rate, pv, halves, earning)): (usize, (Value, Value, bool, u32, u32))| {
            let factor = Exact::ratio(i128::from(halves), 2).expect("a factor");
            let source = match earning == 0 && place > 0 {
                true => json!({"event": "earning", "rules": (0..place).map(|earlier| format!("r{earlier}")).collect::<Vec<_>>(), "factor": factor}),
                false => json!({"base": if pv { "pv" } else { "net" }, "factor": factor, "aggregate": if earning == 2 { "buyer" } else { "none" }}),
            };
            json!({"id": format!("r{place}"), "kind": "walk", "source": source, "path": path, "rate": rate})
        };
        rules.into_iter().enumerate().map(rule).collect()
    })
}

fn worlds() -> impl Strategy<Value = World> {
    let member = (any::<prop::sample::Index>(), 0..4usize, 0..4u32);
    let order = (any::<prop::sample::Index>(), 0..100_000u32, 0..=8u32);
    (rules(), prop::collection::vec(member, 1..9), prop::collection::vec(order, 0..6)).prop_map(|(rules, people, orders)| {
        let count = people.len();
        let id = |place: usize| format!("m{place}");
        let member = |(place, (above, rank, active)): (usize, (prop::sample::Index, usize, u32))| {
            let sponsor = (place > 0).then(|| above.index(place)).map(id);
            json!({"id": id(place), "sponsor": sponsor, "rank": RANKS.get(rank), "active": active != 0})
        };
        let members = people.into_iter().enumerate().map(member).collect();
        World {
            rules,
            limits: json!([]),
            members,
            orders: orders.into_iter().map(|(buyer, fen, quarters)| (buyer.index(count), fen, quarters)).collect(),
        }
    })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn never_more_than_the_bound_per_order_and_per_period(world in worlds()) {
        let plan = Plan::parse(&world.plan().to_string()).expect("a plan");
        let most = bound(&plan, &catalogue()).most.expect("walks with an end have a bound");
        prop_assert!(total(&world.run()) <= &most * &world.net());
        for order in &world.orders {
            let alone = World { orders: vec![*order], ..world.clone() };
            prop_assert!(total(&alone.run()) <= &most * &alone.net());
        }
    }

    #[test]
    fn a_binding_limit_pays_exactly_its_floor(mut world in worlds(), limit in 0..300u32) {
        let free = total(&world.run());
        let rate = Exact::ratio(i128::from(limit), 1000).expect("a rate");
        world.limits = json!([{"scope": "company", "rate": rate, "of": "net"}]);
        let cap = &rate * &world.net();
        let paid = total(&world.run());
        let cent = Exact::ratio(1, 100).expect("a unit");
        prop_assert_eq!(paid, if free > cap { cap.floor_to(&cent) } else { free });
    }

    #[test]
    fn a_binding_limit_per_person_pays_exactly_its_floor(mut world in worlds(), max in 0..5000u32) {
        let free = exact(&world.run());
        let max = Exact::ratio(i128::from(max), 1000).expect("an amount");
        world.limits = json!([{"scope": "person_period", "max": max}]);
        let floor = max.floor_to(&Exact::ratio(1, 100).expect("a unit"));
        let mut expected: BTreeMap<String, Exact> = free.into_iter().map(|(member, sum)| (member, if sum > max { floor.clone() } else { sum })).collect();
        expected.retain(|_, sum| !sum.is_zero());
        prop_assert_eq!(exact(&world.run()), expected);
    }

    #[test]
    fn names_arrival_and_siblings_change_nothing(world in worlds(), turn in any::<prop::sample::Index>()) {
        let expected = exact(&world.run());
        let mut scenario = world.scenario();
        for list in ["members", "orders"] {
            let list = scenario["facts"][list].as_array_mut().expect("a list");
            if !list.is_empty() {
                let middle = turn.index(list.len());
                list.rotate_left(middle);
                list.reverse();
            }
        }
        prop_assert_eq!(&exact(&run(&scenario)), &expected);
        // New names in the opposite order.
        let mut text = scenario.to_string();
        for place in 0..9 {
            text = text.replace(&format!("\"m{place}\""), &format!("\"n{}\"", 9 - place));
        }
        let renamed = exact(&run_scenario(&text).expect("a scenario"));
        let expected: BTreeMap<String, Exact> = expected.into_iter().map(|(id, sum)| (format!("n{}", 9 - id[1..].parse::<u32>().expect("a number")), sum)).collect();
        prop_assert_eq!(renamed, expected);
    }

    #[test]
    fn splitting_an_order_changes_nothing_before_rounding(world in worlds(), cut in 0..100u32, which in any::<prop::sample::Index>()) {
        prop_assume!(!world.orders.is_empty());
        let mut parts = world.clone();
        let (buyer, fen, quarters) = parts.orders.remove(which.index(world.orders.len()));
        let first = fen * cut / 100;
        parts.orders.extend([(buyer, first, quarters), (buyer, fen - first, quarters)]);
        prop_assert_eq!(exact(&parts.run()), exact(&world.run()));
    }

    #[test]
    fn a_full_refund_is_as_if_never_sold_and_parts_are_the_whole(world in worlds(), which in any::<prop::sample::Index>(), parts in 1..7u32) {
        prop_assume!(!world.orders.is_empty());
        let place = which.index(world.orders.len());
        let mut scenario = world.scenario();
        scenario["refund"] = (0..parts).map(|_| json!([format!("o{place}"), format!("1/{parts}")])).collect();
        let mut never = world.clone();
        never.orders.remove(place);
        prop_assert_eq!(exact(&run(&scenario)), exact(&never.run()));
        // A part leaves exactly the rest.
        scenario["refund"] = json!([[format!("o{place}"), format!("1/{}", parts + 1)]]);
        let (whole, never) = (total(&world.run()), total(&never.run()));
        let part = (&whole - &never).over(&Exact::from(i64::from(parts) + 1)).expect("a part");
        prop_assert_eq!(total(&run(&scenario)), whole - part);
    }

    #[test]
    fn postings_have_names_of_their_own_and_explain_their_amount(mut world in worlds(), limited in any::<bool>()) {
        if limited {
            world.limits = json!([{"scope": "person_period", "max": "3.333"}, {"scope": "company", "rate": "1%", "of": "net"}]);
        }
        world.rules.push(json!({"id": "pool", "kind": "pool", "fund": {"rate": "1%", "of": "pv"}, "share": {"weight": {"rank": {"v1": 1, "v2": "2.5", "v3": 3}}}}));
        world.rules.push(json!({"id": "gift", "kind": "award", "who": {"rank_is": "v3"}, "amount": "1.005"}));
        let mut scenario = world.scenario();
        scenario["refund"] = (0..world.orders.len()).map(|place| json!([format!("o{place}"), "1/3"])).collect();
        let outcome = run(&scenario);
        let mut keys = BTreeSet::new();
        for (period, posting) in outcome.periods.iter().enumerate().flat_map(|(place, period)| period.postings.iter().map(move |posting| (place, posting))) {
            prop_assert_eq!(&posting.why.amount(), &posting.amount, "{:?}", posting);
            let text = serde_json::to_string(&posting.why).expect("JSON");
            let read: banyan_domain::plan::explain::Why = serde_json::from_str(&text).expect("an explanation");
            prop_assert_eq!(&read, &posting.why);
            prop_assert!(keys.insert((period, &posting.rule, &posting.source, &posting.member, posting.index)), "{:?}", posting);
        }
        prop_assert_eq!(run(&scenario), outcome);
    }

    #[test]
    fn an_order_moves_its_upline_only_and_the_total_never_down(world in worlds(), which in any::<prop::sample::Index>()) {
        prop_assume!(!world.orders.is_empty());
        let place = which.index(world.orders.len());
        let mut without = world.clone();
        let (buyer, ..) = without.orders.remove(place);
        let mut upline = BTreeSet::new();
        let mut next = world.members.get(buyer);
        while let Some(member) = next {
            upline.insert(member["id"].as_str().expect("an id").to_owned());
            next = world.members.iter().find(|above| above["id"] == member["sponsor"]);
        }
        let (with, without) = (exact(&world.run()), exact(&without.run()));
        for member in with.keys().chain(without.keys()) {
            let (more, less) = (with.get(member).cloned().unwrap_or_default(), without.get(member).cloned().unwrap_or_default());
            prop_assert!(upline.contains(member) || more == less, "{member}");
            prop_assert!(more >= less, "{member}");
        }
    }

    #[test]
    fn a_differential_telescopes_to_the_highest_rate(world in worlds(), rates in prop::collection::vec(0..500u32, 4), own in any::<bool>()) {
        let rate = |place: usize| Exact::ratio(i128::from(rates[place]), 1000).expect("a rate");
        let table = json!({"v1": rate(0), "v2": rate(1), "v3": rate(2)});
        let world = World { rules: vec![json!({"id": "d", "kind": "walk", "path": {"self": own}, "rate": {"mode": "difference", "table": table}})], ..world };
        for order in &world.orders {
            let alone = World { orders: vec![*order], ..world.clone() };
            let mut highest = Exact::ZERO;
            let mut next = Some(&world.members[order.0]);
            let mut counts = own;
            while let Some(member) = next {
                let rank = RANKS.iter().position(|rank| member["rank"] == *rank).unwrap_or(0);
                if counts {
                    highest = highest.max(rate(rank));
                }
                counts = true;
                next = world.members.iter().find(|above| above["id"] == member["sponsor"]);
            }
            prop_assert_eq!(total(&alone.run()), &highest * &alone.net());
        }
    }

    #[test]
    fn the_till_earns_what_the_period_earns(mut world in worlds()) {
        world.rules.retain(|rule| rule["source"]["event"].is_null() && rule["source"]["aggregate"] == "none");
        world.orders.iter_mut().for_each(|order| order.2 = order.2 / 4 * 4);
        for rule in &mut world.rules {
            rule["accrue"] = json!("paid");
        }
        let plan = Plan::parse(&world.plan().to_string()).expect("a plan");
        for order in &world.orders {
            let alone = World { orders: vec![*order], ..world.clone() };
            let mut chain = Vec::new();
            let mut next = world.members.get(order.0);
            while let Some(member) = next {
                let text = |key: &str| member[key].as_str().map(str::to_owned);
                chain.push(at_sale::Holder { id: text("id").expect("an id"), rank: text("rank"), active: member["active"] == json!(true), attrs: BTreeMap::new() });
                next = world.members.iter().find(|above| above["id"] == member["sponsor"]);
            }
            let amounts = BTreeMap::from([("net".to_owned(), i64::from(order.1)), ("pv".to_owned(), i64::from(order.1) * i64::from(order.2) / 4)]);
            let sale = at_sale::Order { id: "o0".to_owned(), amounts_minor: amounts, ..at_sale::Order::default() };
            let Ok(earnings) = at_sale::earnings(&plan, &sale, &chain) else { continue };
            let outcome = alone.run();
            let at_close: Vec<_> = outcome.periods[0].postings.iter().map(|posting| (posting.member.clone(), posting.why.clone())).collect();
            let at_till: Vec<_> = earnings.into_iter().map(|earning| (chain[earning.holder].id.clone(), earning.why)).collect();
            prop_assert_eq!(at_till, at_close);
        }
    }

    #[test]
    fn what_flows_into_a_leg_is_matched_or_carried(
        places in prop::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 1..9),
        periods in prop::collection::vec(prop::collection::vec((any::<prop::sample::Index>(), 0..1000u32), 0..5), 1..4),
        active in prop::collection::vec(any::<bool>(), 9),
    ) {
        let count = places.len();
        let member = |(place, (above, right)): (usize, &(prop::sample::Index, bool))| {
            let above = (place > 0).then(|| format!("m{}", above.index(place)));
            json!({"id": format!("m{place}"), "placement": above, "side": if *right { "R" } else { "L" }, "active": active[place]})
        };
        let members: Vec<Value> = places.iter().enumerate().map(member).collect();
        let orders = |orders: &Vec<(prop::sample::Index, u32)>| -> Value {
            orders.iter().enumerate().map(|(number, (buyer, bv))| json!({"id": format!("o{number}"), "buyer": format!("m{}", buyer.index(count)), "amounts": {"bv": bv}})).collect()
        };
        let rule = json!({"id": "p", "kind": "pair", "measure": "bv", "rate": {"table": {"*": "100%"}}, "pay": {"active": true}});
        let scenario = json!({"plan": {"rules": [rule]}, "facts": {"members": members}, "periods": periods.iter().map(orders).collect::<Vec<_>>()});
        let outcome = run(&scenario);
        let matched = exact(&outcome);
        let carried = &outcome.periods.last().expect("a period").pairs;
        for (place, member) in members.iter().enumerate() {
            let id = member["id"].as_str().expect("an id");
            // The whole volume of everyone below, walked up from every order.
            let mut inflow = [Exact::ZERO, Exact::ZERO];
            for (buyer, bv) in periods.iter().flatten() {
                let mut below = buyer.index(count);
                while below > 0 {
                    let above = places[below].0.index(below);
                    if above == place {
                        inflow[usize::from(places[below].1)] += &Exact::from(i64::from(*bv));
                    }
                    below = above;
                }
            }
            let legs = carried.get(id).cloned().unwrap_or_default();
            let matched = matched.get(id).cloned().unwrap_or_default();
            prop_assert_eq!([&legs.left + &matched, &legs.right + &matched], inflow, "{}", id);
            prop_assert!(legs.left.is_zero() || legs.right.is_zero() || !active[place]);
        }
    }

    #[test]
    fn statements_together_pay_the_postings_up_to_one_unit_each(world in worlds()) {
        let outcome = world.run();
        let period = &outcome.periods[0];
        let paid: Exact = period.statements.iter().map(|row| Exact::parse(&row.amount).expect("an amount")).sum();
        let carried: Exact = period.statements.iter().map(|row| &row.carry).sum();
        prop_assert_eq!(&paid + &carried, total(&outcome));
        prop_assert!(period.statements.iter().all(|row| !row.carry.is_negative() && row.carry < Exact::ratio(1, 100).expect("a unit")));
        prop_assert_eq!(outcome.total.clone(), paid.with_places(2));
    }

    #[test]
    fn a_plan_reads_back_as_written(world in worlds()) {
        let plan = Plan::parse(&world.plan().to_string()).expect("a plan");
        prop_assert_eq!(Plan::parse(&plan.to_json()), Ok(plan.clone()));
        prop_assert_eq!(serde_json::from_str::<Plan>(&serde_json::to_string(&plan).expect("JSON")).expect("a plan"), plan);
    }
}

/// Every chain of four, each of four ranks and payable, unpaid or not holding, against the sentence of the specification in whole numbers.
#[test]
fn every_small_chain_pays_as_the_specification_says() {
    let (kinds, rates) = (["paid", "unpaid", "absent"], [0i64, 10, 15, 30]);
    let people =
        |code: usize| -> Vec<(usize, usize)> { (0..4).map(|place| (code / 12usize.pow(place) % 4, code / 12usize.pow(place) / 4 % 3)).collect() };
    let plan = |rule: Value| json!({"ranks": [{"id": "v0"}, {"id": "v1"}, {"id": "v2"}, {"id": "v3"}], "rules": [rule]});
    let path = json!({"max": 3, "hold": {"not": {"attr": "kind", "eq": "absent"}}, "pay": {"attr": "kind", "eq": "paid"}});
    let difference =
        plan(json!({"id": "d", "kind": "walk", "path": path, "rate": {"mode": "difference", "table": {"v1": "10%", "v2": "15%", "v3": "30%"}}}));
    let absolute = plan(json!({"id": "a", "kind": "walk", "path": path, "rate": {"table": {"*": ["7%", "5%", "3%"]}}}));
    for code in 0..12usize.pow(4) {
        if code % 7 != 0 && code >= 12usize.pow(3) {
            continue; // A seventh of the chains of four; all chains of three.
        }
        let people = people(code);
        let member = |(place, (rank, kind)): (usize, &(usize, usize))| json!({"id": format!("m{place}"), "sponsor": (place < 3).then(|| format!("m{}", place + 1)), "rank": format!("v{rank}"), "kind": kinds[*kind]});
        let mut members: Vec<Value> = people.iter().enumerate().map(member).collect();
        members.push(json!({"id": "x", "sponsor": "m0"}));
        let facts = json!({"members": members, "orders": [{"id": "o", "buyer": "x", "amounts": {"net": "100"}}]});
        let (mut expected_difference, mut expected_absolute) = (BTreeMap::new(), BTreeMap::new());
        let (mut mark, mut index) = (0, 0);
        for (place, (rank, kind)) in people.iter().enumerate().filter(|(_, (_, kind))| *kind != 2) {
            index += 1;
            if index > 3 {
                break;
            }
            if *kind == 0 {
                if rates[*rank] > mark {
                    expected_difference.insert(format!("m{place}"), Exact::from(rates[*rank] - mark));
                    mark = rates[*rank];
                }
                expected_absolute.insert(format!("m{place}"), Exact::from([7, 5, 3][index - 1]));
            }
        }
        for (plan, expected) in [(&difference, expected_difference), (&absolute, expected_absolute)] {
            let scenario = Scenario::parse(&json!({"plan": plan, "facts": facts}).to_string()).expect("a scenario");
            assert_eq!(exact(&scenario.run()), expected, "{people:?}");
        }
    }
}
