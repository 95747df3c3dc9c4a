//! A scenario: a plan and the facts to run it on, read strictly, and the outcome of running it.
//!
//! Decisions where the specification leaves room:
//! - Keys that only describe a scenario (`id`, `title`, `source`, `note`, `expected` …) are read past; every other unknown key is refused.
//! - `period_members` replaces `facts.members` for a period (a list by period; `null` keeps them), for trees that change between periods.
//! - `refund` lists `[order, fraction]`. After the last period every walk posting of the order is reversed by exactly that fraction, an order's part
//!   of a buyer's sum included; the reversals stand in the last period. Pools, pairs and awards belong to no order and are not reversed.
//! - Order ids are unique within a period. An order's amounts and quantity are zero or above: less is a refund.
//! - A member field that the plan reads as a rate has to be one, and not above `max_attr`.
//! - Where the plan pairs, everyone placed under someone stands on side `L` or `R`.
//! - `total` is the sum of all statements' amounts.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Serialize;

use crate::exact::Exact;

use super::{
    decode::At,
    error::{Fault, ScenarioError},
    explain::Why,
    json,
    pair::Legs,
    period::{self, Carried, Statement},
    read,
    rule::{Kind, Plan},
    source::Posting,
    volume,
    world::{Member, Order, World, downwards},
};

/// Keys that describe a scenario to people and tests.
const DESCRIPTION: [&str; 13] = [
    "id",
    "title",
    "status",
    "source",
    "plan_words",
    "note",
    "erratum",
    "kind",
    "expected",
    "expected_members_subset",
    "expected_by_source",
    "expected_by_rule",
    "expected_state",
];

/// A plan and the facts of one or more periods, consistent in themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    /// The plan.
    pub plan: Plan,
    /// One after the other.
    pub periods: Vec<Facts>,
    /// Refunds after the last period.
    pub refunds: Vec<Refund>,
}

/// The facts of one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// By id.
    pub members: Vec<Member>,
    /// As listed.
    pub orders: Vec<Order>,
}

/// A part of an order given back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    /// The order's period, from 0.
    pub period: usize,
    /// The order's place in it.
    pub order: usize,
    /// Above 0; an order's fractions sum to at most 1.
    pub fraction: Exact,
}

/// What a scenario leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// Period after period.
    pub periods: Vec<PeriodOutcome>,
    /// All statements' amounts together.
    pub total: String,
}

/// What one period leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PeriodOutcome {
    /// By member's id; rows of nothing are left out.
    pub statements: Vec<Statement>,
    /// In order of rule, source and walk; reversals last.
    pub postings: Vec<PostingOutcome>,
    /// What the legs bring forward, by member; with several pair rules by rule and member, joined by `:`.
    pub pairs: BTreeMap<String, Legs>,
}

/// One posting with its explanation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PostingOutcome {
    /// The rule of the plan.
    pub rule: String,
    /// What it started from.
    pub source: String,
    /// Who earned it.
    pub member: String,
    /// The holder's index.
    pub index: u32,
    /// Exact.
    pub amount: Exact,
    /// The explanation.
    pub why: Why,
}

/// Reads and runs a scenario.
///
/// # Errors
/// The first fault of the text.
pub fn run_scenario(text: &str) -> Result<Outcome, ScenarioError> {
    Ok(Scenario::parse(text)?.run())
}

impl Scenario {
    /// Reads a scenario.
    ///
    /// # Errors
    /// The first fault, with its JSON path, line and column.
    pub fn parse(text: &str) -> Result<Scenario, ScenarioError> {
        let node = json::read(text)?;
        let at = At::root(&node, "");
        at.only(&[["plan", "facts", "periods", "period_members", "refund"].as_slice(), &DESCRIPTION].concat())?;
        let plan = read::plan(&at.need("plan")?)?;
        let facts = at.need("facts")?;
        facts.only(&["members", "orders"])?;
        let members_at = facts.need("members")?;
        let members = members(&members_at, &plan)?;
        let orders = facts.get("orders").map_or(Ok(Vec::new()), |orders_at| orders(&orders_at, &plan, &members))?;
        let mut periods = Vec::new();
        match at.get("periods") {
            None => periods.push(Facts { members, orders }),
            Some(list) => {
                let others = at.get("period_members");
                let mut others = others.as_ref().map(|others| others.items()).transpose()?;
                for period in list.items()? {
                    let other = others.as_mut().and_then(Iterator::next).filter(|other| !other.is_null());
                    let members = match &other {
                        Some(other) => self::members(other, &plan)?,
                        None => members.clone(),
                    };
                    periods.push(Facts { orders: self::orders(&period, &plan, &members)?, members });
                }
            }
        }
        if let (Some(others), count) = (at.get("period_members"), periods.len())
            && (at.get("periods").is_none() || others.items()?.len() > count)
        {
            return Err(others.contradiction("there are more lists of members than periods"));
        }
        let refunds = at.get("refund").map_or(Ok(Vec::new()), |refunds_at| refunds(&refunds_at, &periods))?;
        Ok(Scenario { plan, periods, refunds })
    }

    /// Runs every period in order, and the refunds after the last.
    pub fn run(&self) -> Outcome {
        let mut carried = Carried::default();
        let mut books: Vec<Vec<Posting>> = Vec::new();
        let mut pairs = Vec::new();
        for facts in &self.periods {
            let world = World::new(&self.plan, &facts.members, &facts.orders);
            books.push(period::evaluate(&world, &mut carried.legs));
            pairs.push(self.legs(&carried));
        }
        let reversals = self.reversals(&books);
        let mut total = Exact::ZERO;
        let mut periods = Vec::new();
        for ((place, postings), pairs) in books.iter().enumerate().zip(pairs) {
            let last = place + 1 == books.len();
            let own = postings.iter().map(|posting| (place, posting));
            let all: Vec<(usize, &Posting)> = own.chain(reversals.iter().filter(|_| last).map(|(period, posting)| (*period, posting))).collect();
            let id = |period: usize, posting: &Posting| self.periods[period].members[posting.member].id.as_str();
            let amounts = all.iter().map(|(period, posting)| (id(*period, posting), &posting.amount));
            let statements = period::statements(&self.plan, amounts, &mut carried.remainders);
            total += &statements.iter().map(|(_, amount)| amount).sum();
            let outcome = |(period, posting): &(usize, &Posting)| PostingOutcome {
                rule: self.plan.rules[posting.rule].id.clone(),
                source: posting.source.clone(),
                member: id(*period, posting).to_owned(),
                index: posting.index,
                amount: posting.amount.clone(),
                why: posting.why.clone(),
            };
            periods.push(PeriodOutcome {
                postings: all.iter().map(outcome).collect(),
                statements: statements.into_iter().map(|(statement, _)| statement).collect(),
                pairs,
            });
        }
        Outcome { periods, total: total.with_places(self.plan.unit.places().unwrap_or(0)) }
    }

    fn reversals(&self, books: &[Vec<Posting>]) -> Vec<(usize, Posting)> {
        let mut reversals = Vec::new();
        for (number, refund) in self.refunds.iter().enumerate() {
            let name = format!("refund:{}", number + 1);
            let postings = books.get(refund.period).into_iter().flatten();
            let reversed = postings.filter_map(|posting| period::reversal(posting, refund.order, &refund.fraction, &name));
            reversals.extend(reversed.map(|posting| (refund.period, posting)));
        }
        reversals
    }

    fn legs(&self, carried: &Carried) -> BTreeMap<String, Legs> {
        let several = self.plan.rules.iter().filter(|rule| matches!(rule.kind, Kind::Pair(_))).count() > 1;
        let rules = carried.legs.iter();
        rules
            .flat_map(|(rule, book)| book.iter().map(move |(member, legs)| (rule, member, legs)))
            .map(|(rule, member, legs)| (if several { format!("{rule}:{member}") } else { member.clone() }, legs.clone()))
            .collect()
    }
}

fn members(at: &At<'_>, plan: &Plan) -> Result<Vec<Member>, ScenarioError> {
    let (rates, numbers) = (volume::rate_fields(plan), volume::number_fields(plan));
    let mut members = Vec::new();
    let mut seen = HashSet::new();
    for item in at.items()? {
        let member = member(&item, plan, &rates, &numbers)?;
        if !seen.insert(member.id.clone()) {
            return Err(item.need("id")?.fault(Fault::DuplicateId { id: member.id }));
        }
        members.push(member);
    }
    links(at, &members, plan)?;
    members.sort_by(|one, other| one.id.cmp(&other.id));
    Ok(members)
}

fn member(at: &At<'_>, plan: &Plan, rates: &[(String, Exact)], numbers: &[String]) -> Result<Member, ScenarioError> {
    let name = |key| at.get(key).map(|value| value.name()).transpose();
    let id = at.need("id")?.name()?;
    let mut attrs = BTreeMap::new();
    for (key, node) in at.fields()? {
        if !["id", "sponsor", "placement", "side", "owner", "rank", "active"].contains(&key.as_str()) {
            attrs.insert(key.clone(), at.child(key, node).scalar()?);
        }
    }
    for (field, most) in rates {
        if let Some(value) = at.get(field) {
            value.number_in(Some(&Exact::ZERO), Some(most))?;
        }
    }
    for field in numbers {
        if let Some(value) = at.get(field) {
            value.number()?;
        }
    }
    let rank = at.get("rank").map(|rank| {
        let id = rank.text()?;
        plan.rank(id).ok_or_else(|| rank.fault(Fault::UnknownRank { rank: id.to_owned() }))
    });
    Ok(Member {
        id,
        sponsor: name("sponsor")?,
        placement: name("placement")?,
        side: name("side")?,
        owner: name("owner")?,
        rank: rank.transpose()?,
        active: at.get("active").map_or(Ok(true), |active| active.flag())?,
        attrs,
    })
}

/// Everyone named is listed, and no one stands above itself in either tree.
fn links(at: &At<'_>, members: &[Member], plan: &Plan) -> Result<(), ScenarioError> {
    let places: HashMap<&str, usize> = members.iter().enumerate().map(|(place, member)| (member.id.as_str(), place)).collect();
    let pairs = plan.rules.iter().any(|rule| matches!(rule.kind, Kind::Pair(_)));
    for tree in ["sponsor", "placement"] {
        let named = |member: &Member| if tree == "sponsor" { member.sponsor.clone() } else { member.placement.clone() };
        let mut above = Vec::with_capacity(members.len());
        for (item, member) in at.items()?.zip(members) {
            let place = match named(member) {
                None => None,
                Some(id) => {
                    let field = item.need(tree)?;
                    Some(*places.get(id.as_str()).ok_or_else(|| field.fault(Fault::UnknownMember { member: id }))?)
                }
            };
            let placed = tree == "placement" && place.is_some();
            if pairs && placed && !matches!(member.side.as_deref(), Some("L" | "R")) {
                let known = vec!["L".to_owned(), "R".to_owned()];
                let side = item.get("side");
                let fault = Fault::UnknownValue { value: member.side.clone().unwrap_or_default(), known };
                return Err(side.as_ref().unwrap_or(&item).fault(fault));
            }
            above.push(place);
        }
        let reached: HashSet<usize> = downwards(&above).into_iter().collect();
        let lost = (0..members.len()).find(|place| !reached.contains(place));
        if let Some(first) = lost {
            let place = in_cycle(&above, first);
            let item = at.items()?.nth(place);
            let member = members[place].id.clone();
            let fault = Fault::Cycle { member, tree: tree.to_owned() };
            let field = item.as_ref().and_then(|item| item.get(tree));
            return Err(field.as_ref().unwrap_or(at).fault(fault));
        }
    }
    Ok(())
}

/// A member of the cycle that everyone above `member` leads into.
fn in_cycle(above: &[Option<usize>], member: usize) -> usize {
    (0..above.len()).fold(member, |place, _| above[place].unwrap_or(place))
}

fn orders(at: &At<'_>, plan: &Plan, members: &[Member]) -> Result<Vec<Order>, ScenarioError> {
    let known: HashSet<&str> = members.iter().map(|member| member.id.as_str()).collect();
    let fields = volume::order_fields(plan);
    let mut orders: Vec<Order> = Vec::new();
    let mut seen = HashSet::new();
    for item in at.items()? {
        let order = order(&item)?;
        if !known.contains(order.buyer.as_str()) {
            return Err(item.need("buyer")?.fault(Fault::UnknownMember { member: order.buyer }));
        }
        if !seen.insert(order.id.clone()) {
            return Err(item.need("id")?.fault(Fault::DuplicateId { id: order.id }));
        }
        for field in &fields {
            if let Some(value) = item.get(field) {
                value.number()?;
            }
        }
        orders.push(order);
    }
    Ok(orders)
}

fn order(at: &At<'_>) -> Result<Order, ScenarioError> {
    let mut attrs = BTreeMap::new();
    for (key, node) in at.fields()? {
        if !["id", "buyer", "amounts", "tags", "qty"].contains(&key.as_str()) {
            attrs.insert(key.clone(), at.child(key, node).scalar()?);
        }
    }
    let mut amounts = BTreeMap::new();
    let amounts_at = at.need("amounts")?;
    for (key, node) in amounts_at.fields()? {
        amounts.insert(key.clone(), amounts_at.child(key, node).amount()?);
    }
    let tags = match at.get("tags") {
        Some(tags) => tags.items()?.map(|tag| tag.name()).collect::<Result<_, _>>()?,
        None => Vec::new(),
    };
    Ok(Order {
        id: at.need("id")?.name()?,
        buyer: at.need("buyer")?.name()?,
        amounts,
        tags,
        qty: at.get("qty").map_or(Ok(Exact::ONE), |qty| qty.amount())?,
        attrs,
    })
}

fn refunds(at: &At<'_>, periods: &[Facts]) -> Result<Vec<Refund>, ScenarioError> {
    let mut refunds: Vec<Refund> = Vec::new();
    for item in at.items()? {
        let pair: Vec<At<'_>> = item.items()?.collect();
        let [order_at, fraction_at] = pair.as_slice() else { return Err(item.wrong_type("a refund of two: [order, fraction]")) };
        let id = order_at.text()?;
        let found = periods.iter().enumerate().flat_map(|(period, facts)| {
            let places = facts.orders.iter().enumerate().filter(|(_, order)| order.id == id);
            places.map(move |(order, _)| (period, order))
        });
        let found: Vec<(usize, usize)> = found.collect();
        let [(period, order)] = found.as_slice() else { return Err(order_at.fault(Fault::UnknownOrder { order: id.to_owned() })) };
        let text = fraction_at.text()?;
        let fraction = Exact::parse_fraction(text)
            .map_err(|reason| fraction_at.fault(Fault::BadNumber { value: text.to_owned(), reason: reason.to_string() }))?;
        let same = refunds.iter().filter(|refund| (refund.period, refund.order) == (*period, *order));
        let sum = same.map(|refund| &refund.fraction).sum::<Exact>() + fraction.clone();
        if !fraction.is_positive() || sum > Exact::ONE {
            let range = "above 0, and an order's refunds together at most 1".to_owned();
            return Err(fraction_at.fault(Fault::OutOfRange { value: text.to_owned(), range }));
        }
        refunds.push(Refund { period: *period, order: *order, fraction });
    }
    Ok(refunds)
}
