//! Closing a period of a real shop: what accrued with the sales stands as it was frozen, the rules of the period are worked out, limits cut both.
//!
//! Decisions: earnings that accrued at the till are sources for rules on earnings, and count towards limits; where a limit cuts one, the cut is a posting of
//! its own below zero, for nothing recorded is changed.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::exact::Exact;

use super::{
    explain::Why,
    limits,
    period::{self, Carried, Statement},
    rule::{Accrue, Plan},
    source::Posting,
    world::{Member, Order, World, downwards},
};

/// An earning that accrued with a sale, as it was frozen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frozen {
    /// The rule of the plan.
    pub rule: String,
    /// The sale; one of the period's orders.
    pub order: String,
    /// Who earned it.
    pub member: String,
    /// Exact, in major units.
    pub amount: Exact,
    /// Its explanation.
    pub why: Why,
}

/// One posting of a close.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClosePosting {
    /// The rule of the plan.
    pub rule: String,
    /// What it started from.
    pub source: String,
    /// Who earned it.
    pub member: String,
    /// The holder's index.
    pub index: u32,
    /// Exact, in major units; below zero for a cut.
    pub amount: Exact,
    /// The explanation; for a cut, of the earning after it.
    pub why: Why,
    /// The orders it came from; none for pools, pairs and awards.
    #[serde(skip)]
    pub orders: Vec<String>,
}

/// What a close leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Closed {
    /// Earnings of the period's own rules, after limits.
    pub earned: Vec<ClosePosting>,
    /// What limits take back of earnings that accrued with the sales.
    pub cuts: Vec<ClosePosting>,
    /// Over both kinds, by member's id.
    pub statements: Vec<Statement>,
}

/// Why a period cannot be closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum CloseRefusal {
    /// A member twice.
    #[error("the member `{member}` is listed twice")]
    MemberTwice {
        /// The member.
        member: String,
    },
    /// A member that is named and not listed.
    #[error("the member `{member}` is not listed")]
    UnknownMember {
        /// The member.
        member: String,
    },
    /// A member above itself.
    #[error("`{member}` stands above itself")]
    Cycle {
        /// The member.
        member: String,
    },
    /// An earning of a rule that the plan does not have, or that does not accrue with sales.
    #[error("the rule `{rule}` does not accrue with sales")]
    UnknownRule {
        /// The rule.
        rule: String,
    },
    /// An earning of an order that is not listed.
    #[error("the order `{order}` is not listed")]
    UnknownOrder {
        /// The order.
        order: String,
    },
}

/// Works out a period. Members are taken by id; `carried` moves on to the next period only where nothing is refused.
///
/// # Errors
/// [`CloseRefusal`] where the facts contradict each other.
pub fn close(plan: &Plan, mut members: Vec<Member>, orders: &[Order], frozen: &[Frozen], carried: &mut Carried) -> Result<Closed, CloseRefusal> {
    members.sort_by(|one, other| one.id.cmp(&other.id));
    let world = linked(plan, &members, orders)?;
    let frozen = frozen.iter().map(|earning| posting(&world, earning)).collect::<Result<Vec<_>, _>>()?;
    let mut next = carried.clone();
    let mut postings = period::rules(&world, &mut next.legs, |rule| match plan.rules[rule].accrue {
        Accrue::Paid => Some(frozen.iter().filter(|posting| posting.rule == rule).cloned().collect()),
        Accrue::Period => None,
    });
    let before: Vec<Exact> = postings.iter().map(|posting| posting.amount.clone()).collect();
    limits::apply(&world, &mut postings);
    let id = |posting: &Posting| members[posting.member].id.as_str();
    let rows = period::statements(plan, postings.iter().map(|posting| (id(posting), &posting.amount)), &mut next.remainders);
    // Each posting is handed on, not copied: a large month holds millions of them.
    let shown = |posting: Posting, amount: Exact| ClosePosting {
        rule: plan.rules[posting.rule].id.clone(),
        source: posting.source,
        member: members[posting.member].id.clone(),
        index: posting.index,
        amount,
        why: posting.why,
        orders: posting.orders.iter().filter_map(|(order, _)| orders.get(*order)).map(|order| order.id.clone()).collect(),
    };
    let (mut earned, mut cuts) = (Vec::new(), Vec::new());
    for (posting, before) in postings.into_iter().zip(before) {
        let amount = posting.amount.clone();
        match plan.rules[posting.rule].accrue {
            Accrue::Period => earned.push(shown(posting, amount)),
            Accrue::Paid if amount == before => {}
            Accrue::Paid => {
                let cut = &amount - &before;
                cuts.push(shown(posting, cut));
            }
        }
    }
    *carried = next;
    Ok(Closed { earned, cuts, statements: rows.into_iter().map(|(row, _)| row).collect() })
}

fn linked<'a>(plan: &'a Plan, members: &'a [Member], orders: &'a [Order]) -> Result<World<'a>, CloseRefusal> {
    let mut known = HashSet::new();
    for member in members {
        if !known.insert(member.id.as_str()) {
            return Err(CloseRefusal::MemberTwice { member: member.id.clone() });
        }
    }
    let named = members.iter().flat_map(|member| [&member.sponsor, &member.placement]).flatten().chain(orders.iter().map(|order| &order.buyer));
    for member in named {
        if !known.contains(member.as_str()) {
            return Err(CloseRefusal::UnknownMember { member: member.clone() });
        }
    }
    // Linked without orders first: who stands above whom has to be known to end before anything is summed up or walked.
    let bare = World::new(plan, members, &[]);
    for above in [&bare.sponsor, &bare.placement] {
        let reached: HashSet<usize> = downwards(above).into_iter().collect();
        if let Some(lost) = (0..members.len()).find(|place| !reached.contains(place)) {
            return Err(CloseRefusal::Cycle { member: members[lost].id.clone() });
        }
    }
    Ok(World::new(plan, members, orders))
}

fn posting(world: &World<'_>, frozen: &Frozen) -> Result<Posting, CloseRefusal> {
    let rule = world.plan.rules.iter().position(|rule| rule.id == frozen.rule && rule.accrue == Accrue::Paid);
    let rule = rule.ok_or_else(|| CloseRefusal::UnknownRule { rule: frozen.rule.clone() })?;
    let member = world.members.binary_search_by(|member| member.id.cmp(&frozen.member));
    let member = member.map_err(|_| CloseRefusal::UnknownMember { member: frozen.member.clone() })?;
    let order = world.order(&frozen.order).ok_or_else(|| CloseRefusal::UnknownOrder { order: frozen.order.clone() })?;
    Ok(Posting {
        rule,
        source: frozen.why.source.clone(),
        member,
        index: frozen.why.index,
        amount: frozen.amount.clone(),
        why: frozen.why.clone(),
        orders: vec![(order, Exact::ONE)],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::scenario::Scenario;
    use std::collections::BTreeMap;

    const PLAN: &str = r#"{"ranks":[{"id":"v1"},{"id":"v2","when":{"measure":"group.net","gte":"100"}}],"rules":[
        {"id":"now","kind":"walk","path":{"max":2},"rate":{"table":{"*":["10%","5%"]}}},
        {"id":"month","kind":"walk","accrue":"period","path":{"max":1,"pay":{"rank_is":"v2"}},"rate":{"table":{"*":"1%"}}},
        {"id":"match","kind":"walk","accrue":"period","source":{"event":"earning","rules":["now"]},"path":{"max":1},"rate":{"table":{"*":"50%"}}}],
        "limits":LIMITS}"#;
    const FACTS: &str = r#"{"members":[{"id":"b"},{"id":"a","sponsor":"b"},{"id":"x","sponsor":"a"}],
        "orders":[{"id":"o1","buyer":"x","amounts":{"net":"100"}},{"id":"o2","buyer":"a","amounts":{"net":"7.77"}}]}"#;

    /// A close with what accrued at the till frozen is the same as everything evaluated at once.
    fn both_ways(limits: &str) -> Closed {
        let text = format!(r#"{{"plan":{},"facts":{FACTS}}}"#, PLAN.replace("LIMITS", limits));
        let scenario = Scenario::parse(&text).expect("a scenario");
        let free = Scenario { plan: Plan { limits: Vec::new(), ..scenario.plan.clone() }, ..scenario.clone() }.run();
        let paid = free.periods[0].postings.iter().filter(|posting| posting.rule == "now");
        let frozen: Vec<Frozen> = paid
            .map(|posting| Frozen {
                rule: posting.rule.clone(),
                order: posting.source.clone(),
                member: posting.member.clone(),
                amount: posting.amount.clone(),
                why: posting.why.clone(),
            })
            .collect();
        let facts = &scenario.periods[0];
        let closed = close(&scenario.plan, facts.members.clone(), &facts.orders, &frozen, &mut Carried::default()).expect("closed");
        let once = scenario.run();
        assert_eq!(closed.statements, once.periods[0].statements);
        let mut sums: BTreeMap<&str, Exact> = BTreeMap::new();
        for (member, amount) in frozen.iter().map(|earning| (&earning.member, &earning.amount)) {
            *sums.entry(member).or_default() += amount;
        }
        for posting in closed.earned.iter().chain(&closed.cuts) {
            *sums.entry(&posting.member).or_default() += &posting.amount;
        }
        for row in &once.periods[0].statements {
            assert_eq!(sums.get(row.member.as_str()), Some(&row.exact), "{}", row.member);
        }
        closed
    }

    #[test]
    fn what_accrued_stands_and_the_period_is_added() {
        let closed = both_ways("[]");
        assert!(closed.cuts.is_empty());
        let earned: Vec<(&str, &str, String)> =
            closed.earned.iter().map(|posting| (posting.rule.as_str(), posting.member.as_str(), posting.amount.to_string())).collect();
        assert_eq!(earned, [("month", "a", "1".to_owned()), ("month", "b", "0.0777".to_owned()), ("match", "b", "5".to_owned())]);
    }

    #[test]
    fn a_limit_takes_back_what_accrued_beyond_it() {
        let closed = both_ways(r#"[{"scope":"company","rate":"10%","of":"net"}]"#);
        assert!(!closed.cuts.is_empty() && closed.cuts.iter().all(|posting| posting.amount.is_negative()));
    }

    #[test]
    fn contradicting_facts_are_refused_and_carry_nothing_on() {
        let scenario = Scenario::parse(&format!(r#"{{"plan":{},"facts":{FACTS}}}"#, PLAN.replace("LIMITS", "[]"))).expect("a scenario");
        let facts = &scenario.periods[0];
        let refused = |change: &dyn Fn(&mut Vec<Member>, &mut Vec<Order>)| {
            let (mut members, mut orders) = (facts.members.clone(), facts.orders.clone());
            change(&mut members, &mut orders);
            close(&scenario.plan, members, &orders, &[], &mut Carried::default()).expect_err("refused")
        };
        let named = |member: &str| member.to_owned();
        assert_eq!(refused(&|members, _| members[1].sponsor = Some(named("x"))), CloseRefusal::Cycle { member: named("a") });
        assert_eq!(refused(&|members, _| members[0].sponsor = Some(named("z"))), CloseRefusal::UnknownMember { member: named("z") });
        assert_eq!(refused(&|_, orders| orders[0].buyer = named("z")), CloseRefusal::UnknownMember { member: named("z") });
        assert_eq!(refused(&|members, _| members[0].id = named("b")), CloseRefusal::MemberTwice { member: named("b") });
    }
}
