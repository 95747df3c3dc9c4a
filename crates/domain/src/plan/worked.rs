//! A worked order: one order of one buyer run through every rule of a plan, up a chain of members whose ranks are chosen.
//!
//! It shows what a plan does while it is being written, so what a single order cannot show is supposed: conditions on the volumes of a period hold, a rate
//! that is a member's own field is as high as the shop allows, and where the plan pairs, the other leg of everyone above brings an order of the same worth.

use std::collections::BTreeMap;

use crate::exact::Exact;

use super::{
    explain::Why,
    pair::Brought,
    period,
    rule::{Event, Kind, Measure, Mode, OrderFilter, Plan, Predicate, RateBy, Scalar},
    volume::named,
    world::{Member, Order, World},
};

/// A place in the chain; the buyer is the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// A rank of the plan, or the entry rank.
    pub rank: Option<String>,
    /// False if frozen.
    pub active: bool,
}

/// What one place of the chain earns by one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worked {
    /// Place in the chain, 0 the buyer.
    pub place: usize,
    /// The rule.
    pub rule: String,
    /// The holder's index.
    pub index: u32,
    /// In major units, exact.
    pub amount: Exact,
    /// The explanation; places stand in it as `0`, `1` …
    pub why: Why,
}

/// Works an order of these amounts and tags. A rank that the plan does not list counts as none.
pub fn work(plan: &Plan, amounts: &BTreeMap<String, Exact>, tags: &[String], chain: &[Place]) -> Vec<Worked> {
    let plan = supposing(plan);
    let id = |place: usize| format!("{place:03}");
    let fields: BTreeMap<String, Scalar> = highest_fields(&plan);
    let paired = plan.rules.iter().any(|rule| matches!(rule.kind, Kind::Pair(_)));
    let mut members = Vec::new();
    let mut orders = Vec::new();
    let order =
        |id: String, buyer: String| Order { id, buyer, amounts: amounts.clone(), tags: tags.to_vec(), qty: Exact::ONE, attrs: BTreeMap::new() };
    for (place, link) in chain.iter().enumerate() {
        let above = (place + 1 < chain.len()).then(|| id(place + 1));
        let rank = link.rank.as_ref().and_then(|rank| plan.rank(rank)).or_else(|| plan.entry_rank());
        members.push(Member {
            id: id(place),
            sponsor: above.clone(),
            placement: above,
            side: Some("L".to_owned()),
            owner: None,
            rank,
            active: link.active,
            attrs: fields.clone(),
        });
        if paired && place > 0 {
            let other = format!("{}R", id(place));
            orders.push(order(format!("o{other}"), other.clone()));
            members.push(Member {
                id: other,
                sponsor: None,
                placement: Some(id(place)),
                side: Some("R".to_owned()),
                owner: None,
                rank: None,
                active: false,
                attrs: BTreeMap::new(),
            });
        }
    }
    if !chain.is_empty() {
        orders.insert(0, order("order".to_owned(), id(0)));
    }
    members.sort_by(|one, other| one.id.cmp(&other.id));
    let mut world = World::new(&plan, &members, &orders);
    // The ranks are chosen: none is computed from a single order.
    world.ranks = members.iter().map(|member| member.rank).collect();
    let postings = period::evaluate(&world, &mut Brought::default());
    let shown = postings.into_iter().filter_map(|posting| {
        let place = members[posting.member].id.parse().ok()?;
        Some(Worked { place, rule: plan.rules[posting.rule].id.clone(), index: posting.index, amount: posting.amount, why: posting.why })
    });
    shown.filter(|worked| worked.amount.is_positive()).collect()
}

/// Names of the order amounts that the plan reads, `net` first.
pub fn amounts_of(plan: &Plan) -> Vec<String> {
    let mut names = vec!["net".to_owned()];
    let mut add = |name: &str| {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    };
    for rule in &plan.rules {
        match &rule.kind {
            Kind::Walk(walk) => {
                if let Event::Order { base, .. } = &walk.source.event {
                    add(base);
                }
            }
            Kind::Pool(pool) => {
                if let super::rule::Fund::Rate { of, .. } = &pool.fund {
                    add(of);
                }
            }
            Kind::Pair(pair) => add(&pair.measure),
            Kind::Award(_) => {}
        }
    }
    for measure in named(plan) {
        if let Measure::Own(of) | Measure::Direct(of) | Measure::Group(of) | Measure::Company(of) = &measure {
            add(of);
        }
    }
    names
}

/// Tags of orders that the plan asks for, each once.
pub fn tags_of(plan: &Plan) -> Vec<String> {
    fn collect(filter: &OrderFilter, tags: &mut Vec<String>) {
        match filter {
            OrderFilter::Tag(tag) | OrderFilter::NoTag(tag) => {
                if !tags.contains(tag) {
                    tags.push(tag.clone());
                }
            }
            OrderFilter::All(parts) => parts.iter().for_each(|part| collect(part, tags)),
            OrderFilter::Attr { .. } => {}
        }
    }
    let mut tags = Vec::new();
    for rule in &plan.rules {
        if let Kind::Walk(walk) = &rule.kind
            && let Event::Order { filter: Some(filter), .. } = &walk.source.event
        {
            collect(filter, &mut tags);
        }
    }
    tags
}

fn highest_fields(plan: &Plan) -> BTreeMap<String, Scalar> {
    let by = plan.rules.iter().filter_map(|rule| match &rule.kind {
        Kind::Walk(walk) => Some(&walk.rate.by),
        Kind::Pair(pair) => Some(&pair.rate),
        Kind::Pool(_) | Kind::Award(_) => None,
    });
    let fields = by.filter_map(|by| match by {
        RateBy::Attr { field, max } => Some((field.clone(), Scalar::Text(max.clone().unwrap_or(Exact::ONE).to_string()))),
        RateBy::Table(_) | RateBy::Band { .. } | RateBy::Fixed(_) => None,
    });
    fields.collect()
}

/// The plan where every condition on the volumes of a period holds.
fn supposing(plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    for rule in &mut plan.rules {
        match &mut rule.kind {
            Kind::Walk(walk) => {
                walk.path.hold = supposed(&walk.path.hold, true);
                walk.path.pay = supposed(&walk.path.pay, true);
                walk.path.stop_at = walk.path.stop_at.as_ref().map(|stop| supposed(stop, true));
                if let Mode::Difference { equal: Some(equal), .. } = &mut walk.rate.mode {
                    equal.who = supposed(&equal.who, true);
                }
            }
            Kind::Pool(pool) => pool.who = supposed(&pool.who, true),
            Kind::Pair(pair) => pair.pay = supposed(&pair.pay, true),
            Kind::Award(award) => award.who = supposed(&award.who, true),
        }
    }
    plan
}

fn supposed(predicate: &Predicate, wanted: bool) -> Predicate {
    let all = |parts: &[Predicate]| parts.iter().map(|part| supposed(part, wanted)).collect();
    match predicate {
        Predicate::All(parts) => Predicate::All(all(parts)),
        Predicate::Any(parts) => Predicate::Any(all(parts)),
        Predicate::Not(part) => Predicate::Not(Box::new(supposed(part, !wanted))),
        Predicate::Measure { measure, .. } if measure.needs_period() => match wanted {
            true => Predicate::Always,
            false => Predicate::Never,
        },
        Predicate::Always
        | Predicate::Never
        | Predicate::Active(_)
        | Predicate::RankGte(_)
        | Predicate::RankIs(_)
        | Predicate::Measure { .. }
        | Predicate::Attr { .. }
        | Predicate::Member(_) => predicate.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn worked(plan: &str, ranks: &[&str], net: &str) -> Vec<(usize, String, String)> {
        let plan = Plan::parse(plan).expect("a plan");
        let chain: Vec<Place> = ranks.iter().map(|rank| Place { rank: (!rank.is_empty()).then(|| (*rank).to_owned()), active: true }).collect();
        let amounts = [("net".to_owned(), Exact::parse(net).expect("a number"))].into();
        work(&plan, &amounts, &[], &chain)
            .into_iter()
            .map(|one| {
                assert_eq!(one.why.amount(), one.amount, "the explanation gives the amount");
                (one.place, one.rule, one.amount.to_string())
            })
            .collect()
    }
    fn row(place: usize, rule: &str, amount: &str) -> (usize, String, String) {
        (place, rule.to_owned(), amount.to_owned())
    }

    #[test]
    fn difference_and_matching_by_the_ranks_that_were_chosen() {
        let plan = r#"{"ranks":[{"id":"a"},{"id":"b","when":{"measure":"group.net","gte":"9999"}}],"rules":[
            {"id":"diff","kind":"walk","rate":{"mode":"difference","table":{"a":"5%","b":"12%"}}},
            {"id":"match","kind":"walk","source":{"event":"earning","rules":["diff"]},"path":{"max":1},"rate":{"table":{"*":"10%"}}}]}"#;
        assert_eq!(
            worked(plan, &["a", "a", "b", "b"], "100"),
            [row(1, "diff", "5"), row(2, "diff", "7"), row(2, "match", "0.5"), row(3, "match", "0.7")]
        );
    }

    #[test]
    fn conditions_on_the_month_are_supposed_to_hold_and_to_fail_where_they_are_denied() {
        let plan =
            |pay: &str| format!(r#"{{"rules":[{{"id":"up","kind":"walk","path":{{"max":1,"pay":{pay}}},"rate":{{"table":{{"*":"10%"}}}}}}]}}"#);
        let own = r#"{"measure":"own.net","gte":"500"}"#;
        assert_eq!(worked(&plan(own), &["", ""], "100"), [row(1, "up", "10")]);
        assert_eq!(worked(&plan(&format!(r#"{{"not":{own}}}"#)), &["", ""], "100"), [row(1, "up", "10")]);
    }

    #[test]
    fn a_pair_is_shown_with_an_order_of_the_same_worth_in_the_other_leg() {
        let plan = r#"{"rules":[{"id":"two","kind":"pair","measure":"net","rate":{"table":{"*":"10%"}}}]}"#;
        assert_eq!(worked(plan, &["", "", ""], "100"), [row(1, "two", "10"), row(2, "two", "10")]);
    }

    #[test]
    fn the_amounts_and_tags_that_a_plan_reads() {
        let plan = Plan::parse(
            r#"{"rules":[{"id":"up","kind":"walk","source":{"base":"pv","where":{"all":[{"tag":"tea"},{"no_tag":"kit"}]}},
            "path":{"max":1,"pay":{"measure":"own.bv","gte":"1"}},"rate":{"table":{"*":"10%"}}}]}"#,
        )
        .expect("a plan");
        assert_eq!(amounts_of(&plan), ["net", "pv", "bv"]);
        assert_eq!(tags_of(&plan), ["tea", "kit"]);
    }
}
