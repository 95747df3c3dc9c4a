//! A walk over frozen chains in which a member's rank and activity alone decide: every answer is worked out once, before the first sale.

use crate::plan::{
    month::{Bought, Link},
    rule::Begin,
};

use super::{
    levels::{Levels, Rates},
    sight::{Columns, Seen},
};

/// Beyond so many indexes without pay the walk is asked member by member.
const MOST_COLUMNS: usize = 256;

/// What is paid to whom, by what a link says and by its index.
pub(super) struct Dense {
    /// Links that are not walked: the buyer's, where the walk begins above it.
    skipped: usize,
    /// The index of the first link that is walked.
    first: usize,
    /// Links walked at most.
    most: usize,
    /// Words that are known; any other link counts as the first.
    words: usize,
    /// A row for each word and activity, a column for each index; the last column holds for all beyond it.
    rates: Vec<i64>,
    columns: usize,
}

impl Dense {
    /// Nothing where more than rank and activity decides, or where the way so far does. `words` are the ranks that links name, by place.
    pub(super) fn of(levels: &Levels<'_>, words: &[Option<usize>], known: &Columns) -> Option<Self> {
        let Rates::Table { rows, .. } = &levels.rates else { return None };
        if levels.difference.is_some() || levels.stop_at.is_some() || !levels.hold.is_always() || !levels.pay.asks_the_link_alone() {
            return None;
        }
        let listed = rows.iter().map(|row| row.length).max().unwrap_or(0);
        let columns = listed.max(levels.pay_from as usize) + 1;
        if columns > MOST_COLUMNS {
            return None;
        }
        let rate = |seen: Seen, index: u32| {
            let paid = index >= levels.pay_from && levels.pay.holds(seen, known);
            if paid { levels.rates.at(seen, index, known).max(0) } else { 0 }
        };
        let links = words.iter().flat_map(|rank| [false, true].map(|active| Seen { party: 0, rank: *rank, active }));
        let rates = links.flat_map(|seen| (0u32..).take(columns).map(move |index| rate(seen, index))).collect();
        let first = usize::from(levels.begin != Begin::LevelZero);
        let most = (levels.max as usize).saturating_add(1).saturating_sub(first);
        Some(Self { skipped: usize::from(levels.begin == Begin::Above), first, most, words: words.len(), rates, columns })
    }

    /// One sale. Nothing where a sum leaves 64 bits.
    #[inline]
    pub(super) fn walk(&self, bought: &Bought, chain: &[Link], sums: &mut [i64]) -> Option<()> {
        for (place, link) in chain.get(self.skipped..)?.iter().take(self.most).enumerate() {
            let word = usize::from(link.rank);
            let row = 2 * if word < self.words { word } else { 0 } + usize::from(link.active);
            let rate = self.rates[row * self.columns + (self.first + place).min(self.columns - 1)];
            if rate > 0 {
                let sum = sums.get_mut(link.party as usize)?;
                *sum = sum.checked_add(bought.net_minor.checked_mul(rate)?)?;
            }
        }
        Some(())
    }
}
