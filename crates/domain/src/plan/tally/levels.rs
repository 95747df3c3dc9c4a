//! The walk of `path.rs` and `rate.rs` in whole numbers.

use crate::{
    exact::Exact,
    plan::{
        month::{Link, ShopMonth},
        rule::{Begin, Counting, Event, Kind, Mode, OrderFilter, Plan, RateBy, Row, Rule, Table, Tree},
    },
};

use super::{
    NET,
    sight::{Columns, Seen, Test, upwards},
};

/// Millionths by index.
enum Cells {
    List(Vec<i64>),
    Every(i64),
}

/// The rates of a walk in millionths, its factor in them.
enum Rates {
    Table { rows: Vec<Option<Cells>>, any: Option<Cells> },
    Band { column: usize, steps: Vec<(i64, i64)> },
}

impl Rates {
    fn of(by: &RateBy, factor: &Exact, columns: &Columns) -> Option<Self> {
        let ppm = |rate: &Exact| (&(rate * factor) * &Exact::ten_to(6)).to_i64();
        let cells = |row: &Row| match row {
            Row::List(rates) => rates.iter().map(ppm).collect::<Option<Vec<_>>>().map(Cells::List),
            Row::Every(rate) => ppm(rate).map(Cells::Every),
        };
        let maybe = |row: &Option<Row>| row.as_ref().map(|row| cells(row).ok_or(())).transpose().ok();
        match by {
            RateBy::Table(Table { rows, any }) => Some(Rates::Table { rows: rows.iter().map(maybe).collect::<Option<_>>()?, any: maybe(any)? }),
            RateBy::Band { measure, steps } => {
                let steps = steps.iter().map(|(from, rate)| Some((columns.least(from)?, ppm(rate)?))).collect::<Option<_>>()?;
                Some(Rates::Band { column: columns.place(measure)?, steps })
            }
            RateBy::Attr { .. } | RateBy::Fixed(_) => None,
        }
    }

    fn at(&self, seen: Seen, index: u32, columns: &Columns) -> i64 {
        match self {
            Rates::Table { rows, any } => {
                let row = seen.rank.and_then(|rank| rows.get(rank)).and_then(Option::as_ref).or(any.as_ref());
                match row {
                    Some(Cells::Every(rate)) => *rate,
                    Some(Cells::List(rates)) => index.checked_sub(1).and_then(|place| rates.get(place as usize)).copied().unwrap_or(0),
                    None => 0,
                }
            }
            Rates::Band { column, steps } => {
                let value = columns.at(*column, seen.party);
                steps.iter().rev().find(|(from, _)| value >= *from).map_or(0, |(_, rate)| *rate)
            }
        }
    }
}

/// A walk from orders up the sponsor tree, over integers.
pub(super) struct Levels<'p> {
    filter: Option<&'p OrderFilter>,
    begin: Begin,
    hold: Test,
    pay: Test,
    stop_at: Option<Test>,
    max: u32,
    pay_from: u32,
    mark_unpaid: bool,
    /// A differential, and whether the start member's own rate is the first mark.
    difference: Option<bool>,
    rates: Rates,
}

impl<'p> Levels<'p> {
    pub(super) fn of(rule: &'p Rule, columns: &Columns) -> Option<Self> {
        let Kind::Walk(walk) = &rule.kind else { return None };
        let Event::Order { base, filter, .. } = &walk.source.event else { return None };
        let (path, rate) = (&walk.path, &walk.rate);
        let difference = match &rate.mode {
            Mode::Absolute => None,
            Mode::Difference { seed, min: None, equal: None } => Some(*seed),
            Mode::Difference { .. } => return None,
        };
        let whole = base == NET && path.tree == Tree::Sponsor && path.counting == Counting::Depth && rate.cap_amount.is_empty();
        if !whole || !walk.source.factor.is_positive() || filter.as_ref().is_some_and(|filter| !only_tags(filter)) {
            return None;
        }
        Some(Self {
            filter: filter.as_ref(),
            begin: path.begin,
            hold: Test::of(&path.hold, columns)?,
            pay: Test::of(&path.pay, columns)?,
            stop_at: path.stop_at.as_ref().map(|stop| Test::of(stop, columns).ok_or(())).transpose().ok()?,
            max: path.max.unwrap_or(u32::MAX),
            pay_from: rate.pay_from,
            mark_unpaid: path.mark_unpaid,
            difference,
            rates: Rates::of(&rate.by, &walk.source.factor, columns)?,
        })
    }

    fn takes(&self, tags: &[String]) -> bool {
        self.filter.is_none_or(|filter| tagged(filter, tags))
    }

    /// Over the chain that each sale froze.
    pub(super) fn over_chains(
        &self,
        plan: &Plan,
        month: &ShopMonth,
        columns: &Columns,
        sums: &mut [i64],
        go_on: &mut dyn FnMut(usize) -> bool,
    ) -> Option<()> {
        let entry = plan.entry_rank();
        let words: Vec<Option<usize>> = month.words.iter().map(|word| plan.rank(word)).collect();
        let seen = |link: &Link| Seen {
            party: link.party,
            rank: usize::from(link.rank).checked_sub(1).and_then(|place| words.get(place).copied().flatten()).or(entry),
            active: link.active,
        };
        for (place, bought) in month.orders.iter().enumerate() {
            if place % 10_000 == 0 && !go_on(place) {
                return None;
            }
            if bought.net_minor > 0 && self.takes(&bought.tags) {
                let mut links = month.chains.get(bought.chain as usize)?.iter().map(seen);
                let start = links.next()?;
                self.walk(start, links, bought.net_minor, columns, sums)?;
            }
        }
        Some(())
    }

    /// Over the month's tree and ranks.
    pub(super) fn over_tree(
        &self,
        month: &ShopMonth,
        ranks: &[Option<usize>],
        columns: &Columns,
        sums: &mut [i64],
        go_on: &mut dyn FnMut(usize) -> bool,
    ) -> Option<()> {
        let seen = |party: u32| Seen { party, rank: ranks[party as usize], active: month.parties[party as usize].active };
        // A ring would be walked for ever: the engine refuses it, and says whom.
        upwards(month)?;
        for (place, bought) in month.orders.iter().enumerate() {
            if place % 10_000 == 0 && !go_on(place) {
                return None;
            }
            if bought.net_minor > 0 && self.takes(&bought.tags) {
                let above = std::iter::successors(month.parties.get(bought.buyer as usize)?.sponsor, |party| month.parties[*party as usize].sponsor);
                self.walk(seen(bought.buyer), above.map(seen), bought.net_minor, columns, sums)?;
            }
        }
        Some(())
    }

    /// The walk of `path.rs` and `rate.rs`, as far as a plan of this kind goes.
    fn walk(&self, start: Seen, above: impl Iterator<Item = Seen>, net_minor: i64, columns: &Columns, sums: &mut [i64]) -> Option<()> {
        let mut mark = match (self.difference, self.begin) {
            (Some(true), Begin::Above) => self.rates.at(start, 1, columns),
            _ => 0,
        };
        let mut holders = 0;
        let mut level_zero = self.begin == Begin::LevelZero;
        for seen in (self.begin != Begin::Above).then_some(start).into_iter().chain(above) {
            let at_level_zero = std::mem::take(&mut level_zero);
            if !self.hold.holds(seen, columns) {
                continue;
            }
            let index = if at_level_zero { 0 } else { holders + 1 };
            if index > self.max {
                break;
            }
            holders = index.max(holders);
            let rate = self.rates.at(seen, index, columns);
            let payable = index >= self.pay_from && self.pay.holds(seen, columns);
            let margin = if self.difference.is_some() { rate - mark } else { rate };
            if payable && margin > 0 {
                let sum = sums.get_mut(seen.party as usize)?;
                *sum = sum.checked_add(net_minor.checked_mul(margin)?)?;
            }
            if rate > mark && (payable || index < self.pay_from || self.mark_unpaid) {
                mark = rate;
            }
            if self.stop_at.as_ref().is_some_and(|stop| stop.holds(seen, columns)) {
                break;
            }
        }
        Some(())
    }
}

fn only_tags(filter: &OrderFilter) -> bool {
    match filter {
        OrderFilter::Tag(_) | OrderFilter::NoTag(_) => true,
        OrderFilter::Attr { .. } => false,
        OrderFilter::All(parts) => parts.iter().all(only_tags),
    }
}

fn tagged(filter: &OrderFilter, tags: &[String]) -> bool {
    match filter {
        OrderFilter::Tag(tag) => tags.contains(tag),
        OrderFilter::NoTag(tag) => !tags.contains(tag),
        OrderFilter::Attr { .. } => false,
        OrderFilter::All(parts) => parts.iter().all(|part| tagged(part, tags)),
    }
}
