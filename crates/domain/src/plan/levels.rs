//! Levels: how many people above the buyer one sale can pay.

use super::{
    bound::{highest_by_index, highest_rate},
    rule::{Begin, Counting, Event, Kind, Mode, Plan, Rule},
};

/// How many people above the buyer one sale can pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Levels {
    Some(i64),
    Unlimited,
}

impl Levels {
    pub fn plus(self, more: i64) -> Levels {
        match self {
            Levels::Some(levels) => Levels::Some(levels + more),
            Levels::Unlimited => Levels::Unlimited,
        }
    }
}

/// How many people above the buyer one sale can pay by a rule; rules that are not walks pay by the period.
pub(super) fn levels(plan: &Plan, rule: &Rule) -> Levels {
    let Kind::Walk(walk) = &rule.kind else { return Levels::Some(0) };
    if walk.path.counting == Counting::SameRank {
        return Levels::Unlimited;
    }
    let first = walk.rate.pay_from.max(1);
    let own = match &walk.rate.mode {
        Mode::Absolute => highest_by_index(plan, walk).map(|rates| {
            let last = rates.iter().rposition(|rate| !rate.is_zero());
            let paid = last.map_or(0, |last| last as i64 + 1 - i64::from(walk.rate.pay_from == 0 && walk.path.begin == Begin::LevelZero));
            if paid == 0 { 0 } else { paid + i64::from(first) - 1 }
        }),
        Mode::Difference { .. } if highest_rate(walk).is_zero() => Some(0),
        Mode::Difference { .. } => walk.path.max.map(i64::from),
    };
    let Some(own) = own else { return Levels::Unlimited };
    let above = Levels::Some(if walk.path.begin == Begin::Oneself { (own - 1).max(0) } else { own });
    match &walk.source.event {
        Event::Order { .. } => above,
        Event::Earning { rules } => {
            let below = rules.iter().map(|place| levels(plan, &plan.rules[*place])).max().unwrap_or(Levels::Some(0));
            match above {
                Levels::Some(above) => below.plus(above),
                Levels::Unlimited => Levels::Unlimited,
            }
        }
    }
}
