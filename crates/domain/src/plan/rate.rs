//! The rate of a holder, and the mark of a differential: the highest *rate* paid so far, never the highest difference.

use crate::exact::Exact;

use super::{
    explain::{Reason, Way},
    path::Start,
    rule::{Begin, Equal, EqualOf, Mode, RateBy, Walk},
    world::World,
};

impl World<'_> {
    /// The rate of a member at an index; for `fixed`, the amount per unit.
    pub fn rate(&self, member: usize, index: u32, by: &RateBy) -> Exact {
        match by {
            RateBy::Table(table) | RateBy::Fixed(table) => table.at(self.ranks[member], index),
            RateBy::Band { measure, steps } => {
                let value = self.measure(member, measure);
                steps.iter().rev().find(|(from, _)| value >= *from).map_or(Exact::ZERO, |(_, rate)| rate.clone())
            }
            // A field above the shop's highest pays the highest, so that the bound holds whatever the field says.
            RateBy::Attr { field, max } => self.number_field(member, field).max(Exact::ZERO).min(max.clone().unwrap_or(Exact::ONE)),
        }
    }
}

/// What a differential walk remembers on its way up.
pub(super) struct Mark {
    rate: Exact,
    rank: Option<usize>,
    /// What the last holder who raised the mark earned.
    income: Exact,
    /// By rank: peers paid.
    peers: Vec<u32>,
}

impl Mark {
    /// 0, or the start member's own rate.
    pub fn at_start(world: &World<'_>, walk: &Walk, start: &Start) -> Mark {
        let mut mark = Mark { rate: Exact::ZERO, rank: None, income: Exact::ZERO, peers: vec![0; world.plan.ranks.len()] };
        if matches!(walk.rate.mode, Mode::Difference { seed: true, .. }) && walk.path.begin == Begin::Above {
            mark.rate = world.rate(start.member, 1, &walk.rate.by);
            mark.rank = world.ranks[start.member].filter(|_| mark.rate.is_positive());
        }
        mark
    }

    /// What a holder earns, and the cap that cut it; and the mark moves on. `unpayable` says why it cannot be paid, where it cannot.
    pub fn reckon(
        &mut self,
        world: &World<'_>,
        walk: &Walk,
        start: &Start,
        member: usize,
        index: u32,
        unpayable: Option<Reason>,
    ) -> Result<(Way, Option<Exact>), Reason> {
        let rate = world.rate(member, index, &walk.rate.by);
        let (base, factor) = (start.base.clone(), walk.source.factor.clone());
        let (min, equal) = match &walk.rate.mode {
            Mode::Absolute => {
                let way = match &walk.rate.by {
                    RateBy::Fixed(_) => Way::Fixed { per_unit: rate.clone(), qty: start.qty.clone(), factor },
                    RateBy::Table(_) | RateBy::Band { .. } | RateBy::Attr { .. } => Way::Rate { rate: rate.clone(), base, factor },
                };
                return match (unpayable, rate.is_zero()) {
                    (Some(reason), _) => Err(reason),
                    (None, true) => Err(Reason::NoRate),
                    (None, false) => posted(way, walk, index).ok_or(Reason::NothingToPay),
                };
            }
            Mode::Difference { min, equal, .. } => (min, equal),
        };
        let above = rate > self.rate;
        let too_small = min.as_ref().filter(|min| index >= walk.rate.pay_from && &rate - &self.rate < **min);
        let way = match (too_small, above) {
            (Some(min), _) => Some(Way::Minimum { min: min.clone(), rate: rate.clone(), mark: self.rate.clone(), base, factor }),
            (None, true) => Some(Way::Difference { rate: rate.clone(), mark: self.rate.clone(), base, factor }),
            (None, false) => equal.as_ref().filter(|equal| self.is_peer(world, member, equal)).map(|equal| self.equal(equal, base, factor)),
        };
        let as_peer = matches!(way, Some(Way::EqualOfOrder { .. } | Way::EqualOfIncome { .. }));
        let payable = unpayable.is_none();
        let result = match (unpayable, way) {
            (Some(reason), _) => Err(reason),
            (None, None) if rate.is_zero() => Err(Reason::NoRate),
            (None, None) => Err(Reason::NotAboveMark { rate: rate.clone(), mark: self.rate.clone() }),
            (None, Some(way)) => posted(way, walk, index).ok_or(Reason::NothingToPay),
        };
        if let (true, true, Some(rank)) = (as_peer, result.is_ok(), world.ranks[member]) {
            self.peers[rank] += 1;
        }
        if above && (payable || index < walk.rate.pay_from || walk.path.mark_unpaid) {
            self.rate = rate;
            self.rank = world.ranks[member];
            self.income = result.as_ref().map_or(Exact::ZERO, |(way, cap)| way.amount().min(cap.clone().unwrap_or_else(|| way.amount())));
        }
        result
    }

    fn is_peer(&self, world: &World<'_>, member: usize, equal: &Equal) -> bool {
        let Some(rank) = world.ranks[member] else { return false };
        self.rank == Some(rank) && self.peers[rank] < equal.peers_per_rank && world.holds(member, &equal.who)
    }

    fn equal(&self, equal: &Equal, base: Exact, factor: Exact) -> Way {
        let (rate, mark) = (equal.rate.clone(), self.rate.clone());
        match equal.of {
            EqualOf::Order => Way::EqualOfOrder { rate, mark, base, factor },
            EqualOf::Income => Way::EqualOfIncome { rate, mark, income: self.income.clone() },
        }
    }
}

/// The way with the cap that cuts it; nothing where nothing above zero is left.
fn posted(way: Way, walk: &Walk, index: u32) -> Option<(Way, Option<Exact>)> {
    let amount = way.amount();
    let cap = index.checked_sub(1).and_then(|place| walk.rate.cap_amount.get(place as usize)).filter(|cap| amount > **cap).cloned();
    cap.as_ref().unwrap_or(&amount).is_positive().then_some((way, cap))
}
