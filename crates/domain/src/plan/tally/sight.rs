//! What the members of a month look like in whole numbers: the measures that a plan names, and its conditions.

use crate::{
    exact::Exact,
    plan::{
        month::ShopMonth,
        rule::{Kind, Measure, Plan, Predicate},
        volume,
    },
};

use super::{NET, counting};

/// The measures that the plan names, by member's place, in minor units.
pub(super) struct Columns {
    pub(super) minor: Exact,
    named: Vec<(Measure, Vec<i64>)>,
    /// What everybody bought, where a measure or a pool asks for it.
    pub(super) company: i64,
}

impl Columns {
    pub(super) fn of(plan: &Plan, month: &ShopMonth, minor: &Exact) -> Option<Self> {
        let wanted = volume::named(plan);
        let mut columns = Self { minor: minor.clone(), named: Vec::new(), company: 0 };
        if wanted.is_empty() && !plan.rules.iter().any(|rule| matches!(rule.kind, Kind::Pool(_))) {
            return Some(columns);
        }
        for bought in counting(month) {
            columns.company = columns.company.checked_add(bought.net_minor)?;
        }
        let mut own = vec![0_i64; month.parties.len()];
        for bought in counting(month) {
            *own.get_mut(bought.buyer as usize)? += bought.net_minor;
        }
        for measure in wanted {
            let column = match &measure {
                Measure::Own(of) if of == NET => own.clone(),
                Measure::Direct(of) if of == NET => {
                    let mut direct = vec![0_i64; own.len()];
                    for (party, own) in month.parties.iter().zip(&own) {
                        if let Some(sponsor) = party.sponsor {
                            direct[sponsor as usize] += own;
                        }
                    }
                    direct
                }
                Measure::Group(of) if of == NET => {
                    let mut group = own.clone();
                    for party in upwards(month)? {
                        if let Some(sponsor) = month.parties[party as usize].sponsor {
                            group[sponsor as usize] += group[party as usize];
                        }
                    }
                    group
                }
                Measure::Company(of) if of == NET => vec![columns.company; own.len()],
                Measure::Own(_) | Measure::Direct(_) | Measure::Group(_) | Measure::Company(_) | Measure::Attr(_) => return None,
            };
            columns.named.push((measure, column));
        }
        Some(columns)
    }

    pub(super) fn place(&self, measure: &Measure) -> Option<usize> {
        self.named.iter().position(|(named, _)| named == measure)
    }

    pub(super) fn at(&self, column: usize, party: u32) -> i64 {
        self.named[column].1[party as usize]
    }

    /// The least number of minor units that is not below a bound in major units.
    pub(super) fn least(&self, bound: &Exact) -> Option<i64> {
        (-&(-&(bound * &self.minor)).floor()).to_i64()
    }
}

/// Everyone before whoever is above them; nothing where someone stands above themselves.
pub(super) fn upwards(month: &ShopMonth) -> Option<Vec<u32>> {
    let mut below = vec![0_u32; month.parties.len()];
    for sponsor in month.parties.iter().filter_map(|party| party.sponsor) {
        *below.get_mut(sponsor as usize)? += 1;
    }
    let mut order: Vec<u32> = (0u32..).zip(&below).filter(|(_, below)| **below == 0).map(|(party, _)| party).collect();
    let mut next = 0;
    while let Some(party) = order.get(next).copied() {
        next += 1;
        if let Some(sponsor) = month.parties[party as usize].sponsor {
            below[sponsor as usize] -= 1;
            if below[sponsor as usize] == 0 {
                order.push(sponsor);
            }
        }
    }
    (order.len() == month.parties.len()).then_some(order)
}

/// A member as a condition sees it.
#[derive(Clone, Copy)]
pub(super) struct Seen {
    pub(super) party: u32,
    pub(super) rank: Option<usize>,
    pub(super) active: bool,
}

/// A condition over integers.
pub(super) enum Test {
    Always,
    Never,
    All(Vec<Test>),
    Any(Vec<Test>),
    Not(Box<Test>),
    Active(bool),
    RankGte(usize),
    RankIs(usize),
    /// The lower bound included, the upper not; minor units.
    Between {
        column: usize,
        from: Option<i64>,
        below: Option<i64>,
    },
}

impl Test {
    pub(super) fn of(predicate: &Predicate, columns: &Columns) -> Option<Self> {
        let all = |parts: &[Predicate]| parts.iter().map(|part| Test::of(part, columns)).collect::<Option<Vec<_>>>();
        Some(match predicate {
            Predicate::Always => Test::Always,
            Predicate::Never => Test::Never,
            Predicate::All(parts) => Test::All(all(parts)?),
            Predicate::Any(parts) => Test::Any(all(parts)?),
            Predicate::Not(part) => Test::Not(Box::new(Test::of(part, columns)?)),
            Predicate::Active(active) => Test::Active(*active),
            Predicate::RankGte(rank) => Test::RankGte(*rank),
            Predicate::RankIs(rank) => Test::RankIs(*rank),
            Predicate::Measure { measure, gte, lt } => {
                let bound = |bound: &Option<Exact>| bound.as_ref().map(|bound| columns.least(bound).ok_or(())).transpose().ok();
                Test::Between { column: columns.place(measure)?, from: bound(gte)?, below: bound(lt)? }
            }
            Predicate::Attr { .. } | Predicate::Member(_) => return None,
        })
    }

    /// Holds for everybody.
    pub(super) fn is_always(&self) -> bool {
        matches!(self, Test::Always)
    }

    /// Asks for nothing but the rank and the activity of a member.
    pub(super) fn asks_the_link_alone(&self) -> bool {
        match self {
            Test::Always | Test::Never | Test::Active(_) | Test::RankGte(_) | Test::RankIs(_) => true,
            Test::All(parts) | Test::Any(parts) => parts.iter().all(Test::asks_the_link_alone),
            Test::Not(part) => part.asks_the_link_alone(),
            Test::Between { .. } => false,
        }
    }

    #[inline]
    pub(super) fn holds(&self, seen: Seen, columns: &Columns) -> bool {
        match self {
            Test::Always => true,
            Test::Never => false,
            Test::All(parts) => parts.iter().all(|part| part.holds(seen, columns)),
            Test::Any(parts) => parts.iter().any(|part| part.holds(seen, columns)),
            Test::Not(part) => !part.holds(seen, columns),
            Test::Active(active) => seen.active == *active,
            Test::RankGte(least) => seen.rank.is_some_and(|rank| rank >= *least),
            Test::RankIs(wanted) => seen.rank == Some(*wanted),
            Test::Between { column, from, below } => {
                let value = columns.at(*column, seen.party);
                from.is_none_or(|from| value >= from) && below.is_none_or(|below| value < below)
            }
        }
    }
}
