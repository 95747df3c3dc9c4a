//! The worst case, demonstrated: a chain of members built from the plan, run through the real engine, that is paid as much as can be found.
//!
//! The chain starts from each rule's own worst case (every product of the catalogue, ranks by index, ranks rising with their peers) and is then improved one
//! member's rank at a time. It shows from below what the bound proves from above; where both meet, the bound is exact.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::exact::Exact;

use super::{
    bound::{Catalogue, every_rank},
    rule::{Event, Kind, Measure, Mode, OrderFilter, Plan, Predicate, RateBy, Scalar},
    scenario::run_scenario,
    volume::predicates,
};

/// Longer chains show nothing new to a person.
const LONGEST: usize = 24;

/// A scenario and the share of revenue that it pays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Witness {
    /// The scenario, which anyone can run.
    pub scenario: Value,
    /// Net revenue in it.
    pub net: Exact,
    /// The exact sum of all postings.
    pub paid: Exact,
    /// Paid ÷ net.
    pub share: Exact,
    /// Does it reach the bound?
    pub reaches_bound: bool,
}

/// The worst chain that is found, or none where nothing is paid on any.
pub fn witness(plan: &Plan, catalogue: &Catalogue, most: Option<&Exact>) -> Option<Witness> {
    let length = length(plan);
    let tries = products(catalogue).into_iter().flat_map(|product| chains(plan, length).into_iter().map(move |ranks| (ranks, product.clone())));
    let mut best = tries.map(|(ranks, product)| Try::run(plan, ranks, product)).reduce(Try::better)?;
    for place in 0..length {
        for rank in every_rank(plan).take(MOST_RANKS) {
            let mut ranks = best.ranks.clone();
            ranks[place] = rank;
            let product = best.product.clone();
            best = best.better(Try::run(plan, ranks, product));
        }
    }
    let Try { share, net, paid, scenario, .. } = best;
    paid.is_positive().then(|| Witness { reaches_bound: most == Some(&share), scenario, net, paid, share })
}

/// One chain that was run.
struct Try {
    ranks: Vec<Option<usize>>,
    product: Map<String, Value>,
    scenario: Value,
    net: Exact,
    paid: Exact,
    share: Exact,
}

impl Try {
    fn run(plan: &Plan, ranks: Vec<Option<usize>>, product: Map<String, Value>) -> Try {
        let scenario = scenario(plan, &ranks, &product);
        let (net, paid) = money(&scenario).unwrap_or_default();
        let share = paid.over(&net).unwrap_or_default();
        Try { ranks, product, scenario, net, paid, share }
    }

    fn better(self, other: Try) -> Try {
        if other.share > self.share { other } else { self }
    }
}

/// Net revenue and everything paid, as the engine says.
fn money(scenario: &Value) -> Option<(Exact, Exact)> {
    let outcome = run_scenario(&scenario.to_string()).ok()?;
    let paid = outcome.periods.iter().flat_map(|period| &period.postings).map(|posting| &posting.amount).sum();
    let orders = scenario["facts"]["orders"].as_array()?;
    let net = orders.iter().filter_map(|order| order["amounts"]["net"].as_str()).filter_map(|net| Exact::parse(net).ok()).sum();
    Some((net, paid))
}

/// More ranks than this are not tried one by one.
const MOST_RANKS: usize = 13;

/// How many members to stand above each other.
fn length(plan: &Plan) -> usize {
    let by_rule = plan.rules.iter().map(|rule| match &rule.kind {
        Kind::Walk(walk) => {
            let peers = match &walk.rate.mode {
                Mode::Difference { equal: Some(equal), .. } => equal.peers_per_rank as usize,
                Mode::Difference { equal: None, .. } | Mode::Absolute => 0,
            };
            let levels = walk.path.max.map_or(0, |max| max as usize);
            levels.max(plan.ranks.len() * (1 + peers)).max(rows(&walk.rate.by))
        }
        Kind::Pool(_) | Kind::Pair(_) | Kind::Award(_) => 1,
    });
    (by_rule.sum::<usize>() + 1).min(LONGEST)
}

fn rows(by: &RateBy) -> usize {
    match by {
        RateBy::Table(table) | RateBy::Fixed(table) => table
            .rows
            .iter()
            .flatten()
            .chain(&table.any)
            .map(|row| match row {
                super::rule::Row::List(cells) => cells.len(),
                super::rule::Row::Every(_) => 1,
            })
            .max()
            .unwrap_or(0),
        RateBy::Band { steps, .. } => steps.len(),
        RateBy::Attr { .. } => 1,
    }
}

/// Chains to try, from the buyer up: everyone of one rank; ranks rising, each with so many peers; and the best rank of each index, rule by rule.
fn chains(plan: &Plan, length: usize) -> Vec<Vec<Option<usize>>> {
    let mut chains: Vec<Vec<Option<usize>>> = every_rank(plan).map(|rank| vec![rank; length]).collect();
    for peers in 0..4usize {
        for buyer in [None, plan.entry_rank()] {
            let top = plan.ranks.len().saturating_sub(1);
            let rising = (0..length.saturating_sub(1)).map(|place| (!plan.ranks.is_empty()).then(|| (place / (1 + peers)).min(top)));
            chains.push(std::iter::once(buyer).chain(rising).collect());
        }
    }
    for rule in &plan.rules {
        if let Kind::Walk(walk) = &rule.kind
            && let RateBy::Table(table) | RateBy::Fixed(table) = &walk.rate.by
        {
            let first = u32::from(walk.path.begin == super::rule::Begin::Oneself);
            let best = |place: usize| every_rank(plan).max_by_key(|rank| table.at(*rank, place as u32 + first)).flatten();
            chains.push((0..length).map(best).collect());
        }
    }
    chains
}

/// The amounts of orders to try: a thousand of each product; or a million of money where the catalogue is empty.
fn products(catalogue: &Catalogue) -> Vec<Map<String, Value>> {
    let thousand = Exact::from(1000);
    let order =
        |amounts: Map<String, Value>, qty: &str| Map::from_iter([("amounts".to_owned(), Value::Object(amounts)), ("qty".to_owned(), json!(qty))]);
    let of_catalogue = catalogue.products.iter().map(|product| {
        let amounts = product.iter().map(|(name, amount)| (name.clone(), json!(amount * &thousand))).collect();
        order(amounts, "1000")
    });
    let money = order(Map::from_iter([("net".to_owned(), json!("1000000"))]), "1");
    let mut all: Vec<Map<String, Value>> = of_catalogue.collect();
    // The products that matter are few: the best and the worst for each amount.
    if all.len() > 16 {
        let names: Vec<String> = catalogue.products.iter().flat_map(|product| product.keys().cloned()).collect();
        let mut keep = Vec::new();
        for name in std::collections::BTreeSet::from_iter(names) {
            let ratio = |place: &usize| {
                let product = &catalogue.products[*place];
                product.get(&name).cloned().unwrap_or_default().over(&product.get("net").cloned().unwrap_or_default()).unwrap_or_default()
            };
            let net = |place: &usize| catalogue.products[*place].get("net").cloned().unwrap_or_default();
            keep.extend((0..all.len()).max_by_key(ratio));
            keep.extend((0..all.len()).min_by_key(net));
        }
        keep.sort_unstable();
        keep.dedup();
        all = keep.into_iter().map(|place| all[place].clone()).collect();
    }
    if all.is_empty() {
        all.push(money);
    }
    all
}

/// A chain of members with these ranks, the buyer first, who meet every condition that can be met, and one order.
fn scenario(plan: &Plan, ranks: &[Option<usize>], product: &Map<String, Value>) -> Value {
    let mut orders = vec![main_order(plan, product)];
    let mut members = Vec::new();
    for (place, rank) in ranks.iter().enumerate() {
        let id = format!("m{place:02}");
        let above = (place + 1 < ranks.len()).then(|| format!("m{:02}", place + 1));
        let mut member = Map::from_iter([
            ("id".to_owned(), json!(id)),
            ("sponsor".to_owned(), json!(above)),
            ("placement".to_owned(), json!(above)),
            ("side".to_owned(), json!("L")),
        ]);
        if let Some(rank) = rank {
            member.insert("rank".to_owned(), json!(plan.ranks[*rank].id));
        }
        let mut own = Map::new();
        for rule in &plan.rules {
            if let Kind::Walk(walk) = &rule.kind
                && let RateBy::Attr { field, max } = &walk.rate.by
            {
                member.insert(field.clone(), json!(max.clone().unwrap_or(Exact::ONE)));
            }
        }
        for predicate in predicates(plan) {
            meet(predicate, true, &mut member, &mut own);
        }
        if !own.is_empty() && place > 0 {
            own.entry("net".to_owned()).or_insert_with(|| json!("0"));
            orders.push(json!({"id": format!("own{place:02}"), "buyer": id, "amounts": own}));
        }
        members.push(Value::Object(member));
    }
    json!({"plan": plan.to_value(), "facts": {"members": members, "orders": orders}})
}

fn main_order(plan: &Plan, product: &Map<String, Value>) -> Value {
    let mut order = product.clone();
    order.insert("id".to_owned(), json!("o1"));
    order.insert("buyer".to_owned(), json!("m00"));
    let mut tags = Vec::new();
    for rule in &plan.rules {
        if let Kind::Walk(walk) = &rule.kind
            && let Event::Order { filter: Some(filter), .. } = &walk.source.event
        {
            suit(filter, &mut order, &mut tags);
        }
    }
    order.insert("tags".to_owned(), json!(tags));
    Value::Object(order)
}

fn suit(filter: &OrderFilter, order: &mut Map<String, Value>, tags: &mut Vec<String>) {
    match filter {
        OrderFilter::Tag(tag) => tags.push(tag.clone()),
        OrderFilter::NoTag(_) => {}
        OrderFilter::Attr { field, gte, lte } => {
            order.insert(field.clone(), json!(gte.clone().or(lte.clone()).unwrap_or_default()));
        }
        OrderFilter::All(parts) => parts.iter().for_each(|part| suit(part, order, tags)),
    }
}

/// Gives the member what the condition asks, as far as a single member can have it.
fn meet(predicate: &Predicate, wanted: bool, member: &mut Map<String, Value>, own: &mut Map<String, Value>) {
    match predicate {
        Predicate::All(parts) | Predicate::Any(parts) => parts.iter().for_each(|part| meet(part, wanted, member, own)),
        Predicate::Not(part) => meet(part, !wanted, member, own),
        Predicate::Active(active) => {
            member.insert("active".to_owned(), json!(*active == wanted));
        }
        Predicate::Attr { field, eq } if wanted => {
            let value = match eq {
                Scalar::Null => Value::Null,
                Scalar::Flag(flag) => json!(flag),
                Scalar::Number(number) => json!(number),
                Scalar::Text(text) => json!(text),
            };
            if !["id", "sponsor", "placement", "side", "owner"].contains(&field.as_str()) {
                member.insert(field.clone(), value);
            }
        }
        Predicate::Measure { measure: Measure::Own(of), gte: Some(least), .. } if wanted => {
            own.insert(of.clone(), json!(least));
        }
        Predicate::Measure { measure: Measure::Attr(field), gte: Some(least), .. } if wanted => {
            member.insert(field.clone(), json!(least));
        }
        Predicate::Always
        | Predicate::Never
        | Predicate::RankGte(_)
        | Predicate::RankIs(_)
        | Predicate::Measure { .. }
        | Predicate::Attr { .. }
        | Predicate::Member(_) => {}
    }
}
