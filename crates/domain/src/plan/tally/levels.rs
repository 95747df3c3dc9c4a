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
    dense::Dense,
    sight::{Columns, Seen, Test, upwards},
};

/// The rates of a rank: where its cells lie among those of all ranks, by index from 0, and what holds beyond them.
#[derive(Clone, Copy, Default)]
pub(super) struct Cells {
    from: usize,
    pub(super) length: usize,
    beyond: i64,
}

/// The rates of a walk in millionths, its factor in them.
pub(super) enum Rates {
    /// The first row is that of members without a rank.
    Table {
        rows: Vec<Cells>,
        cells: Vec<i64>,
    },
    Band {
        column: usize,
        steps: Vec<(i64, i64)>,
    },
}

impl Rates {
    fn of(by: &RateBy, factor: &Exact, ranks: usize, columns: &Columns) -> Option<Self> {
        let ppm = |rate: &Exact| (&(rate * factor) * &Exact::ten_to(6)).to_i64();
        match by {
            RateBy::Table(Table { rows, any }) => {
                let mut cells = Vec::new();
                let mut row_of = |row: Option<&Row>| match row {
                    Some(Row::List(rates)) => {
                        let from = cells.len();
                        // A list begins at index 1; level zero has no rate in it.
                        cells.push(0);
                        for rate in rates {
                            cells.push(ppm(rate)?);
                        }
                        Some(Cells { from, length: cells.len() - from, beyond: 0 })
                    }
                    Some(Row::Every(rate)) => Some(Cells { beyond: ppm(rate)?, ..Cells::default() }),
                    None => Some(Cells::default()),
                };
                let mut found = vec![row_of(any.as_ref())?];
                for rank in 0..ranks {
                    found.push(row_of(rows.get(rank).and_then(Option::as_ref).or(any.as_ref()))?);
                }
                Some(Rates::Table { rows: found, cells })
            }
            RateBy::Band { measure, steps } => {
                let steps = steps.iter().map(|(from, rate)| Some((columns.least(from)?, ppm(rate)?))).collect::<Option<_>>()?;
                Some(Rates::Band { column: columns.place(measure)?, steps })
            }
            RateBy::Attr { .. } | RateBy::Fixed(_) => None,
        }
    }

    #[inline]
    pub(super) fn at(&self, seen: Seen, index: u32, columns: &Columns) -> i64 {
        match self {
            Rates::Table { rows, cells } => {
                let row = rows[seen.rank.map_or(0, |rank| rank + 1)];
                let index = index as usize;
                if index < row.length { cells[row.from + index] } else { row.beyond }
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
    pub(super) begin: Begin,
    pub(super) hold: Test,
    pub(super) pay: Test,
    pub(super) stop_at: Option<Test>,
    pub(super) max: u32,
    pub(super) pay_from: u32,
    mark_unpaid: bool,
    /// A differential, and whether the start member's own rate is the first mark.
    pub(super) difference: Option<bool>,
    pub(super) rates: Rates,
}

impl<'p> Levels<'p> {
    pub(super) fn of(rule: &'p Rule, ranks: usize, columns: &Columns) -> Option<Self> {
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
            rates: Rates::of(&rate.by, &walk.source.factor, ranks, columns)?,
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
        // A place among the month's words counts from 1; 0, and a word that is no rank of this plan, stand for the entry rank.
        let words: Vec<Option<usize>> = std::iter::once(entry).chain(month.words.iter().map(|word| plan.rank(word).or(entry))).collect();
        let dense = Dense::of(self, &words, columns);
        let seen = |link: &Link| Seen { party: link.party, rank: words.get(usize::from(link.rank)).copied().unwrap_or(entry), active: link.active };
        for (place, bought) in month.orders.iter().enumerate() {
            if place % 10_000 == 0 && !go_on(place) {
                return None;
            }
            if bought.net_minor > 0 && self.takes(&bought.tags) {
                let chain = month.chains.get(bought.chain as usize)?;
                if let Some(dense) = &dense {
                    dense.walk(bought, chain, sums)?;
                    continue;
                }
                let mut links = chain.iter().map(seen);
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
    #[inline]
    fn walk(&self, start: Seen, above: impl Iterator<Item = Seen>, net_minor: i64, columns: &Columns, sums: &mut [i64]) -> Option<()> {
        let mut way = Way { net_minor, mark: 0, holders: 0 };
        if self.begin == Begin::Above {
            if self.difference == Some(true) {
                way.mark = self.rates.at(start, 1, columns);
            }
        } else {
            let index = u32::from(self.begin != Begin::LevelZero);
            if !self.step(&mut way, start, index, columns, sums)? {
                return Some(());
            }
        }
        for seen in above {
            let index = way.holders + 1;
            if !self.step(&mut way, seen, index, columns, sums)? {
                break;
            }
        }
        Some(())
    }

    /// One member of the way; false where the walk ends here. Nothing where a sum leaves 64 bits.
    #[inline]
    fn step(&self, way: &mut Way, seen: Seen, index: u32, columns: &Columns, sums: &mut [i64]) -> Option<bool> {
        if !self.hold.holds(seen, columns) {
            return Some(true);
        }
        if index > self.max {
            return Some(false);
        }
        way.holders = index;
        let rate = self.rates.at(seen, index, columns);
        let payable = index >= self.pay_from && self.pay.holds(seen, columns);
        let margin = if self.difference.is_some() { rate - way.mark } else { rate };
        if payable && margin > 0 {
            let sum = sums.get_mut(seen.party as usize)?;
            *sum = sum.checked_add(way.net_minor.checked_mul(margin)?)?;
        }
        if rate > way.mark && (payable || index < self.pay_from || self.mark_unpaid) {
            way.mark = rate;
        }
        Some(index < self.max && self.stop_at.as_ref().is_none_or(|stop| !stop.holds(seen, columns)))
    }
}

/// How far a walk has come.
struct Way {
    net_minor: i64,
    /// The highest rate that counts so far.
    mark: i64,
    holders: u32,
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
