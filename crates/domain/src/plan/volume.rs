//! Measures: sums of order amounts by member, computed once per period for those that the plan names.

use std::collections::BTreeMap;

use crate::exact::Exact;

use super::{
    rule::{Event, Kind, Measure, Mode, Plan, Predicate, RateBy, Weight},
    world::{World, downwards},
};

/// The measures of a period, by member's place.
#[derive(Default)]
pub(super) struct Volumes(BTreeMap<Measure, Vec<Exact>>);

impl Volumes {
    /// Works out every measure that the plan names.
    pub fn of(world: &World<'_>) -> Volumes {
        let mut columns = BTreeMap::new();
        let mut own_columns: BTreeMap<String, Vec<Exact>> = BTreeMap::new();
        let mut order = None;
        for measure in named(world.plan) {
            let (Measure::Own(of) | Measure::Direct(of) | Measure::Group(of) | Measure::Company(of)) = &measure else { continue };
            let own = own_columns.entry(of.clone()).or_insert_with(|| own(world, of));
            let column = match &measure {
                Measure::Own(_) => own.clone(),
                Measure::Direct(_) => {
                    let mut direct = vec![Exact::ZERO; own.len()];
                    for (member, sponsor) in world.sponsor.iter().enumerate() {
                        if let Some(sponsor) = sponsor {
                            direct[*sponsor] += &own[member];
                        }
                    }
                    direct
                }
                Measure::Group(_) => {
                    let mut group = own.clone();
                    for member in order.get_or_insert_with(|| downwards(&world.sponsor)).iter().rev() {
                        if let Some(sponsor) = world.sponsor[*member] {
                            let below = group[*member].clone();
                            group[sponsor] += &below;
                        }
                    }
                    group
                }
                Measure::Company(_) => vec![own.iter().sum(); own.len()],
                Measure::Attr(_) => continue,
            };
            columns.insert(measure, column);
        }
        Volumes(columns)
    }
}

fn own(world: &World<'_>, of: &str) -> Vec<Exact> {
    let mut own = vec![Exact::ZERO; world.members.len()];
    for (order, buyer) in world.orders.iter().zip(&world.buyers) {
        own[*buyer] += order.amount(of);
    }
    own
}

impl World<'_> {
    /// A measure of a member; 0 where there is nothing to measure.
    pub fn measure(&self, member: usize, measure: &Measure) -> Exact {
        match measure {
            Measure::Attr(field) => self.number_field(member, field),
            Measure::Own(_) | Measure::Direct(_) | Measure::Group(_) | Measure::Company(_) => {
                self.volumes.0.get(measure).and_then(|column| column.get(member)).cloned().unwrap_or(Exact::ZERO)
            }
        }
    }

    /// A numeric field of a member; 0 where it has none.
    pub fn number_field(&self, member: usize, field: &str) -> Exact {
        self.members[member].attrs.get(field).and_then(super::rule::Scalar::number).unwrap_or(Exact::ZERO)
    }
}

/// Every predicate of the plan.
pub(super) fn predicates(plan: &Plan) -> Vec<&Predicate> {
    let mut all: Vec<&Predicate> = plan.ranks.iter().filter_map(|rank| rank.when.as_ref()).collect();
    for rule in &plan.rules {
        match &rule.kind {
            Kind::Walk(walk) => {
                all.extend([&walk.path.hold, &walk.path.pay]);
                all.extend(&walk.path.stop_at);
                if let Mode::Difference { equal: Some(equal), .. } = &walk.rate.mode {
                    all.push(&equal.who);
                }
            }
            Kind::Pool(pool) => all.push(&pool.who),
            Kind::Pair(pair) => all.push(&pair.pay),
            Kind::Award(award) => all.push(&award.who),
        }
    }
    all
}

/// Every measure that the plan names, each once.
pub(super) fn named(plan: &Plan) -> Vec<Measure> {
    let mut measures = Vec::new();
    for predicate in predicates(plan) {
        predicate.mentions(&mut |part| {
            if let Predicate::Measure { measure, .. } = part {
                measures.push(measure.clone());
            }
            false
        });
    }
    for rule in &plan.rules {
        let by = match &rule.kind {
            Kind::Walk(walk) => Some(&walk.rate.by),
            Kind::Pair(pair) => Some(&pair.rate),
            Kind::Pool(pool) => {
                if let Weight::Measure(measure) = &pool.weight {
                    measures.push(measure.clone());
                }
                None
            }
            Kind::Award(_) => None,
        };
        if let Some(RateBy::Band { measure, .. }) = by {
            measures.push(measure.clone());
        }
    }
    measures.sort();
    measures.dedup();
    measures
}

/// Every member field that the plan reads as a number, each once.
pub(super) fn number_fields(plan: &Plan) -> Vec<String> {
    let mut fields: Vec<String> = named(plan)
        .into_iter()
        .filter_map(|measure| match measure {
            Measure::Attr(field) => Some(field),
            Measure::Own(_) | Measure::Direct(_) | Measure::Group(_) | Measure::Company(_) => None,
        })
        .collect();
    for rule in &plan.rules {
        match &rule.kind {
            Kind::Pool(pool) => {
                if let Weight::Attr(field) = &pool.weight {
                    fields.push(field.clone());
                }
            }
            Kind::Walk(_) | Kind::Pair(_) | Kind::Award(_) => {}
        }
    }
    fields
}

/// Every member field that the plan reads as a rate, with the highest that it allows.
pub(super) fn rate_fields(plan: &Plan) -> Vec<(String, Exact)> {
    let by = |rule: &super::rule::Rule| match &rule.kind {
        Kind::Walk(walk) => Some(walk.rate.by.clone()),
        Kind::Pair(pair) => Some(pair.rate.clone()),
        Kind::Pool(_) | Kind::Award(_) => None,
    };
    let rates = plan.rules.iter().filter_map(by);
    rates
        .filter_map(|by| match by {
            RateBy::Attr { field, max } => Some((field, max.unwrap_or(Exact::ONE))),
            RateBy::Table(_) | RateBy::Band { .. } | RateBy::Fixed(_) => None,
        })
        .collect()
}

/// Every field of an order that the plan reads as a number.
pub(super) fn order_fields(plan: &Plan) -> Vec<String> {
    fn collect(filter: &super::rule::OrderFilter, fields: &mut Vec<String>) {
        match filter {
            super::rule::OrderFilter::Attr { field, .. } => fields.push(field.clone()),
            super::rule::OrderFilter::All(parts) => parts.iter().for_each(|part| collect(part, fields)),
            super::rule::OrderFilter::Tag(_) | super::rule::OrderFilter::NoTag(_) => {}
        }
    }
    let mut fields = Vec::new();
    for rule in &plan.rules {
        if let Kind::Walk(walk) = &rule.kind
            && let Event::Order { filter: Some(filter), .. } = &walk.source.event
        {
            collect(filter, &mut fields);
        }
    }
    fields
}
