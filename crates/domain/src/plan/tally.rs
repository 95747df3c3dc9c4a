//! What a month's statements come to by a plan, added up over integers: the figures of [`as_if`](super::month::as_if) without the explanations, in a
//! hundredth of its time and memory. It is what a simulation over a whole shop runs on.
//!
//! Decisions: it takes the plans whose every figure is a whole number of millionths and whose walks do not look back at what was paid (no caps, limits,
//! pairs, equal-rank bonuses, earnings of earnings). For any other plan, and wherever a sum would leave 64 bits, it gives no answer, and the engine
//! proper is asked. That both agree wherever both answer is a property test over random plans and months.

use crate::exact::Exact;

use levels::Levels;
use sight::{Columns, Seen, Test};

use super::{
    month::{Bought, Party, ShopMonth},
    ranks::{Before, RankPolicy, computes_ranks, settled},
    rule::{Accrue, Award, Fund, Kind, Plan, Pool, Weight},
    share::split,
};

mod dense;
mod levels;
mod sight;
#[cfg(test)]
mod tests;

/// The amount that orders of a shop have.
const NET: &str = "net";

/// What a member's statement would come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tallied {
    /// The member, by place in the month.
    pub party: u32,
    /// Minor units, floored once.
    pub amount_minor: i64,
}

/// What was learned of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tally {
    /// Everyone who earns anything, by place.
    Statements(Vec<Tallied>),
    /// The plan or its amounts are beyond whole numbers: ask the engine.
    Beyond,
    /// `go_on` said no.
    Stopped,
}

/// Adds a month up as if the plan had been in force for every sale of it. Costs one step per member met and per member of the month. `go_on` is asked
/// now and then with the number of orders done.
pub fn tally(plan: &Plan, month: &ShopMonth, policy: RankPolicy, go_on: &mut dyn FnMut(usize) -> bool) -> Tally {
    let mut stopped = false;
    let mut ask = |done| {
        let on = go_on(done);
        stopped |= !on;
        on
    };
    match statements(plan, month, policy, &mut ask) {
        Some(statements) => Tally::Statements(statements),
        None if stopped => Tally::Stopped,
        None => Tally::Beyond,
    }
}

fn statements(plan: &Plan, month: &ShopMonth, policy: RankPolicy, go_on: &mut dyn FnMut(usize) -> bool) -> Option<Vec<Tallied>> {
    let minor = Exact::ten_to(plan.minor_digits());
    if !plan.limits.is_empty() || &plan.unit * &minor != Exact::ONE {
        return None;
    }
    let columns = Columns::of(plan, month, &minor)?;
    let ranks = ranks(plan, month, policy, &columns)?;
    let mut sums = vec![0_i64; month.parties.len()];
    for rule in &plan.rules {
        match &rule.kind {
            Kind::Walk(_) => {
                let levels = Levels::of(rule, plan.ranks.len(), &columns)?;
                match rule.accrue {
                    Accrue::Paid => levels.over_chains(plan, month, &columns, &mut sums, go_on)?,
                    Accrue::Period => levels.over_tree(month, &ranks, &columns, &mut sums, go_on)?,
                }
            }
            Kind::Pool(pool) => pool_of(plan, pool, month, &ranks, &columns, &mut sums)?,
            Kind::Award(award) => award_of(award, month, &ranks, &columns, &mut sums)?,
            Kind::Pair(_) => return None,
        }
    }
    let paid = (0u32..).zip(sums).filter(|(_, micro)| *micro != 0);
    Some(paid.map(|(party, micro)| Tallied { party, amount_minor: micro.div_euclid(1_000_000) }).collect())
}

/// Orders that count at all.
fn counting(month: &ShopMonth) -> impl Iterator<Item = &Bought> {
    month.orders.iter().filter(|bought| bought.net_minor > 0)
}

/// Everyone's rank in the month, by place.
fn ranks(plan: &Plan, month: &ShopMonth, policy: RankPolicy, columns: &Columns) -> Option<Vec<Option<usize>>> {
    let entry = plan.entry_rank();
    if !computes_ranks(plan) {
        return Some(month.parties.iter().map(|party| party.given.as_deref().and_then(|rank| plan.rank(rank)).or(entry)).collect());
    }
    let tests = plan.ranks.iter().map(|rank| rank.when.as_ref().map(|when| Test::of(when, columns).ok_or(())).transpose().ok());
    let tests: Vec<Option<Test>> = tests.collect::<Option<_>>()?;
    let rank_of = |(place, party): (u32, &Party)| {
        let mut seen = Seen { party: place, rank: entry, active: party.active };
        for (rank, test) in tests.iter().enumerate() {
            if test.as_ref().is_some_and(|test| test.holds(seen, columns)) {
                seen.rank = Some(rank);
            }
        }
        let before = Before { given: party.given.as_deref(), held: party.held.as_ref() };
        settled(plan, seen.rank, before, month.month, policy).0
    };
    Some((0u32..).zip(&month.parties).map(rank_of).collect())
}

/// The places of those for whom a condition holds at the month's end.
fn those<'t>(test: &'t Test, month: &'t ShopMonth, ranks: &'t [Option<usize>], columns: &'t Columns) -> impl Iterator<Item = u32> + 't {
    let seen = |(party, (rank, known)): (u32, (&Option<usize>, &Party))| Seen { party, rank: *rank, active: known.active };
    (0u32..).zip(ranks.iter().zip(&month.parties)).map(seen).filter(|seen| test.holds(*seen, columns)).map(|seen| seen.party)
}

fn pool_of(plan: &Plan, pool: &Pool, month: &ShopMonth, ranks: &[Option<usize>], columns: &Columns, sums: &mut [i64]) -> Option<()> {
    let major = |minor: i64| Exact::from(minor).over(&columns.minor);
    let fund = match &pool.fund {
        Fund::Rate { rate, of } if of == NET => rate * &major(columns.company)?,
        Fund::Rate { .. } => return None,
        Fund::Amount(amount) => amount.clone(),
    };
    let who = Test::of(&pool.who, columns)?;
    let members: Vec<u32> = those(&who, month, ranks, columns).collect();
    let weight = |party: &u32| match &pool.weight {
        Weight::Same(weight) => Some(weight.clone()),
        Weight::Measure(measure) => major(columns.at(columns.place(measure)?, *party)),
        Weight::Attr(_) => None,
        Weight::Rank(weights) => Some(ranks[*party as usize].and_then(|rank| weights.get(rank)).cloned().unwrap_or(Exact::ZERO)),
    };
    let weights = members.iter().map(weight).collect::<Option<Vec<_>>>()?;
    for (party, share) in members.into_iter().zip(split("pool", &fund.floor_to(&plan.unit), &weights, &plan.unit)) {
        let micro = (&(&share.amount() * &columns.minor) * &Exact::ten_to(6)).to_i64()?;
        sums[party as usize] = sums[party as usize].checked_add(micro.max(0))?;
    }
    Some(())
}

fn award_of(award: &Award, month: &ShopMonth, ranks: &[Option<usize>], columns: &Columns, sums: &mut [i64]) -> Option<()> {
    let micro = (&(&award.amount * &columns.minor) * &Exact::ten_to(6)).to_i64()?.max(0);
    let who = Test::of(&award.who, columns)?;
    for party in those(&who, month, ranks, columns) {
        sums[party as usize] = sums[party as usize].checked_add(micro)?;
    }
    Some(())
}
