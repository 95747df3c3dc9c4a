//! Earnings at the till: the rules that accrue with the sale, from the buyer's upline alone. Costs one step per upline and rule.
//!
//! Decisions: a holder without a rank has the entry rank, where there is one; ranks that are computed from measures are frozen by the caller. A
//! rate field above `max_attr` pays `max_attr`. Limits are a matter of the period and do not cut here.

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::exact::Exact;

use super::{
    explain::{Way, Why},
    rule::{Accrue, Kind, Plan, Scalar},
    source::{self, Posting},
    world::{self, Member, World},
};

/// A sale as the plan sees it. Amounts are in minor units of the plan's currency.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Order {
    /// The sale.
    pub id: String,
    /// `net` and whatever else the plan's rules are based on; zero or above.
    pub amounts_minor: BTreeMap<String, i64>,
    /// Thousandths of a piece, over all lines that count; zero or above.
    pub qty_milli: i64,
    /// Tags that `where` can ask for.
    pub tags: Vec<String>,
    /// Fields that `where` can ask for.
    pub attrs: BTreeMap<String, Scalar>,
}

/// A place in the sponsor chain as it stands at the sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The member.
    pub id: String,
    /// Its rank in the plan.
    pub rank: Option<String>,
    /// False if frozen.
    pub active: bool,
    /// Further fields that the plan can name.
    pub attrs: BTreeMap<String, Scalar>,
}

/// What one holder earns by one rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earning {
    /// The rule of the plan.
    pub rule: String,
    /// Place in the chain: 0 the buyer, 1 its sponsor …
    pub holder: usize,
    /// The index that the rule counts; differs from the place under compression.
    pub index: u32,
    /// What it was worked out on before the rule's factor, floored to minor units; 0 where it is no amount of money.
    pub base_minor: i64,
    /// The rate that applied, in millionths; absent where an amount per unit is paid or the rate is finer.
    pub rate_ppm: Option<i64>,
    /// Millionths of a minor unit, exact; above zero.
    pub amount_micro: i64,
    /// The explanation, from which the amount follows; amounts in major units.
    pub why: Why,
}

/// Why a sale's earnings cannot be worked out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum AtSaleRefusal {
    /// There is no buyer to start from.
    #[error("the chain is empty")]
    NoBuyer,
    /// The same member twice in one chain.
    #[error("`{member}` stands above itself")]
    Cycle {
        /// The member.
        member: String,
    },
    /// A rank that the plan does not list.
    #[error("`{member}` has the rank `{rank}`, which the plan does not list")]
    UnknownRank {
        /// The member.
        member: String,
        /// The rank.
        rank: String,
    },
    /// An amount or quantity below zero.
    #[error("`{amount}` is below zero")]
    Negative {
        /// Its name.
        amount: String,
    },
    /// Finer than a millionth of a minor unit, or larger than the ledger can hold.
    #[error("rule `{rule}` would pay {amount}, which the ledger cannot hold exactly")]
    NotRepresentable {
        /// The rule.
        rule: String,
        /// In major units.
        amount: String,
    },
}

/// What the upline earns on a sale by the rules that accrue with it, in the order of rules and then upwards.
///
/// `chain[0]` is the buyer; then its sponsor, the sponsor's sponsor and so on to the top.
///
/// # Errors
/// [`AtSaleRefusal`], and then nothing is earned.
pub fn earnings(plan: &Plan, order: &Order, chain: &[Holder]) -> Result<Vec<Earning>, AtSaleRefusal> {
    let buyer = chain.first().ok_or(AtSaleRefusal::NoBuyer)?;
    let members = members(plan, chain)?;
    let orders = [order_of(plan, order, buyer)?];
    let mut world = World::new(plan, &members, &orders);
    // One sale says nothing about a period's measures: no rank is computed from it.
    world.ranks = members.iter().map(|member| member.rank).collect();
    let mut earlier: Vec<Vec<Posting>> = Vec::new();
    for (place, rule) in plan.rules.iter().enumerate() {
        earlier.push(match &rule.kind {
            Kind::Walk(walk) if rule.accrue == Accrue::Paid => source::postings(&world, place, walk, &earlier),
            Kind::Walk(_) | Kind::Pool(_) | Kind::Pair(_) | Kind::Award(_) => Vec::new(),
        });
    }
    earlier.into_iter().flatten().map(|posting| earning(plan, posting)).collect()
}

fn members(plan: &Plan, chain: &[Holder]) -> Result<Vec<Member>, AtSaleRefusal> {
    let mut seen = HashSet::new();
    let mut members = Vec::with_capacity(chain.len());
    for (place, holder) in chain.iter().enumerate() {
        if !seen.insert(&holder.id) {
            return Err(AtSaleRefusal::Cycle { member: holder.id.clone() });
        }
        let rank = match &holder.rank {
            None => plan.entry_rank(),
            Some(rank) => {
                let unknown = || AtSaleRefusal::UnknownRank { member: holder.id.clone(), rank: rank.clone() };
                Some(plan.rank(rank).ok_or_else(unknown)?)
            }
        };
        members.push(Member {
            id: holder.id.clone(),
            sponsor: chain.get(place + 1).map(|above| above.id.clone()),
            placement: None,
            side: None,
            owner: None,
            rank,
            active: holder.active,
            attrs: holder.attrs.clone(),
        });
    }
    Ok(members)
}

fn order_of(plan: &Plan, order: &Order, buyer: &Holder) -> Result<world::Order, AtSaleRefusal> {
    let minor = Exact::ten_to(plan.minor_digits());
    let major = |value: i64, scale: &Exact| Exact::from(value).over(scale).unwrap_or(Exact::ZERO);
    let negative = order.amounts_minor.iter().find(|(_, amount)| **amount < 0).map(|(name, _)| name.clone());
    if let Some(amount) = negative.or_else(|| (order.qty_milli < 0).then(|| "qty".to_owned())) {
        return Err(AtSaleRefusal::Negative { amount });
    }
    Ok(world::Order {
        id: order.id.clone(),
        buyer: buyer.id.clone(),
        amounts: order.amounts_minor.iter().map(|(name, amount)| (name.clone(), major(*amount, &minor))).collect(),
        tags: order.tags.clone(),
        qty: major(order.qty_milli, &Exact::from(1000)),
        attrs: order.attrs.clone(),
    })
}

/// What an amount was worked out on, floored to minor units (0 where it is no amount of money), and the rate in millionths, where there is one.
pub(super) fn base_and_rate(plan: &Plan, why: &Why) -> (i64, Option<i64>) {
    let (base, rate) = match &why.way {
        Way::Rate { rate, base, .. } | Way::EqualOfOrder { rate, base, .. } => (base.clone(), Some(rate.clone())),
        Way::Difference { rate, mark, base, .. } => (base.clone(), Some(rate - mark)),
        Way::Minimum { min, base, .. } => (base.clone(), Some(min.clone())),
        Way::EqualOfIncome { rate, income, .. } => (income.clone(), Some(rate.clone())),
        Way::Pair { rate, matched } => (matched.clone(), Some(rate.clone())),
        Way::Fixed { .. } | Way::Pool { .. } | Way::Award { .. } => (Exact::ZERO, None),
    };
    let base_minor = (&base * &Exact::ten_to(plan.minor_digits())).floor().to_i64().unwrap_or(i64::MAX);
    (base_minor, rate.and_then(|rate| (&rate * &Exact::ten_to(6)).to_i64()))
}

fn earning(plan: &Plan, posting: Posting) -> Result<Earning, AtSaleRefusal> {
    let rule = plan.rules[posting.rule].id.clone();
    let minor = Exact::ten_to(plan.minor_digits());
    let million = Exact::ten_to(6);
    let amount_micro = (&(&posting.amount * &minor) * &million)
        .to_i64()
        .ok_or_else(|| AtSaleRefusal::NotRepresentable { rule: rule.clone(), amount: posting.amount.to_string() })?;
    let (base_minor, rate_ppm) = base_and_rate(plan, &posting.why);
    Ok(Earning { rule, holder: posting.member, index: posting.index, base_minor, rate_ppm, amount_micro, why: posting.why })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holder(id: &str, active: bool) -> Holder {
        Holder { id: id.to_owned(), rank: None, active, attrs: BTreeMap::new() }
    }

    fn sale(net_minor: i64) -> Order {
        Order { id: "s1".to_owned(), amounts_minor: [("net".to_owned(), net_minor)].into(), qty_milli: 1000, ..Order::default() }
    }

    fn plan(rate: &str, path: &str) -> Plan {
        Plan::parse(&format!(r#"{{"rules":[{{"id":"cn2","kind":"walk","path":{{"max":2{path}}},"rate":{{"table":{{"*":{rate}}}}}}}]}}"#))
            .expect("a plan")
    }

    fn earned(plan: &Plan, order: &Order, chain: &[Holder]) -> Vec<(usize, u32, i64)> {
        let earnings = earnings(plan, order, chain).expect("earnings");
        for earning in &earnings {
            let micro = &earning.why.amount() * &Exact::ten_to(8);
            assert_eq!(micro.to_i64(), Some(earning.amount_micro), "the explanation gives the amount");
        }
        earnings.into_iter().map(|earning| (earning.holder, earning.index, earning.amount_micro)).collect()
    }

    #[test]
    fn two_levels_are_paid_from_the_chain_alone_and_the_buyer_earns_nothing() {
        let chain = ["x", "a", "b", "c"].map(|id| holder(id, true));
        assert_eq!(earned(&plan(r#"["10%","5%"]"#, ""), &sale(29900), &chain), [(1, 1, 2_990_000_000), (2, 2, 1_495_000_000)]);
        assert_eq!(earned(&plan(r#"["10%","5%"]"#, ""), &sale(29900), &chain[..1]), []);
    }

    #[test]
    fn fault_14_the_second_upline_earns_where_the_first_is_frozen_or_has_no_rate() {
        let chain = [holder("x", true), holder("a", false), holder("b", true), holder("c", true)];
        let frozen = plan(r#"["10%","5%"]"#, r#","pay":{"active":true}"#);
        assert_eq!(earned(&frozen, &sale(10000), &chain), [(2, 2, 500_000_000)]);
        let compressed = plan(r#"["10%","5%"]"#, r#","hold":{"active":true}"#);
        assert_eq!(earned(&compressed, &sale(10000), &chain), [(2, 1, 1_000_000_000), (3, 2, 500_000_000)]);
        assert_eq!(earned(&plan(r#"["0%","5%"]"#, ""), &sale(10000), &chain), [(2, 2, 500_000_000)]);
    }

    #[test]
    fn what_the_ledger_cannot_hold_exactly_is_refused_and_not_rounded() {
        let chain = [holder("x", true), holder("a", true)];
        assert_eq!(earned(&plan(r#""0.000001""#, ""), &sale(1), &chain), [(1, 1, 1)]);
        let refusal = earnings(&plan(r#""0.0000001""#, ""), &sale(1), &chain);
        assert_eq!(refusal, Err(AtSaleRefusal::NotRepresentable { rule: "cn2".to_owned(), amount: "0.000000001".to_owned() }));
    }

    #[test]
    fn fault_15_a_chain_that_returns_to_itself_is_refused_at_any_length() {
        for length in 1..6 {
            let mut chain: Vec<Holder> = (0..length).map(|place| holder(&format!("m{place}"), true)).collect();
            chain.push(holder("m0", true));
            assert_eq!(earnings(&plan(r#""1%""#, ""), &sale(100), &chain), Err(AtSaleRefusal::Cycle { member: "m0".to_owned() }));
        }
    }

    #[test]
    fn one_large_sale_makes_no_one_a_rank() {
        let text = r#"{"ranks":[{"id":"v1","when":{"measure":"group.net","gte":"50"}}],
            "rules":[{"id":"r","kind":"walk","accrue":"paid","rate":{"table":{"v1":["10%"],"*":["1%"]}}}]}"#;
        let plan = Plan::parse(text).expect("a plan");
        let mut chain = ["x", "a"].map(|id| holder(id, true));
        assert_eq!(earned(&plan, &sale(10000), &chain), [(1, 1, 100_000_000)]);
        chain[1].rank = Some("v1".to_owned());
        assert_eq!(earned(&plan, &sale(10000), &chain), [(1, 1, 1_000_000_000)]);
    }

    #[test]
    fn rules_that_need_the_period_wait_for_it() {
        let text = r#"{"rules":[
            {"id":"now","kind":"walk","path":{"max":1},"rate":{"table":{"*":"1%"}}},
            {"id":"month","kind":"walk","path":{"max":1,"pay":{"measure":"own.net","gte":"1"}},"rate":{"table":{"*":"1%"}}},
            {"id":"match","kind":"walk","accrue":"paid","source":{"event":"earning","rules":["now"]},"path":{"max":1},"rate":{"table":{"*":"50%"}}}]}"#;
        let plan = Plan::parse(text).expect("a plan");
        let chain = ["x", "a", "b"].map(|id| holder(id, true));
        assert_eq!(earned(&plan, &sale(10000), &chain), [(1, 1, 100_000_000), (2, 1, 50_000_000)]);
        assert_eq!(Plan::parse(&plan.to_json()), Ok(plan));
        let hasty = text.replace(r#""id":"month","#, r#""id":"month","accrue":"paid","#);
        assert_eq!(Plan::parse(&hasty).expect_err("needs the period").path, "plan.rules[1].accrue");
    }
}
