//! Shares by largest remainder at the unit, and the pools that are shared so.

use crate::exact::Exact;

use super::{
    explain::{Share, Way, Why},
    rule::{Fund, Pool, Weight},
    source::Posting,
    world::World,
};

/// Splits `total`, a multiple of `unit`, by weight: each share floored to the unit, and the units left over to the largest remainders, of equal ones
/// the earlier. The shares sum to exactly `total`. No weight above zero, no shares.
pub(super) fn split(of: &str, total: &Exact, weights: &[Exact], unit: &Exact) -> Vec<Share> {
    let sum: Exact = weights.iter().sum();
    if !sum.is_positive() {
        return Vec::new();
    }
    let share = |weight: &Exact| Share {
        of: of.to_owned(),
        total: total.clone(),
        weight: weight.clone(),
        weights: sum.clone(),
        unit: unit.clone(),
        extra: false,
    };
    let mut shares: Vec<Share> = weights.iter().map(share).collect();
    let per_weight = total.over(&sum).unwrap_or(Exact::ZERO);
    let mut left = total.clone();
    let mut remainders: Vec<(Exact, usize)> = Vec::with_capacity(shares.len());
    for (place, share) in shares.iter().enumerate() {
        let floored = share.amount();
        left = &left - &floored;
        remainders.push((&(&share.weight * &per_weight) - &floored, place));
    }
    remainders.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    for (_, place) in remainders {
        if !left.is_positive() {
            break;
        }
        shares[place].extra = true;
        left = &left - unit;
    }
    shares
}

/// The postings of a pool: one per member whose share is above zero, by id.
pub(super) fn postings(world: &World<'_>, rule: usize, pool: &Pool) -> Vec<Posting> {
    let fund = match &pool.fund {
        Fund::Rate { rate, of } => rate * &world.company(of),
        Fund::Amount(amount) => amount.clone(),
    };
    let members: Vec<usize> = (0..world.members.len()).filter(|member| world.holds(*member, &pool.who)).collect();
    let weights: Vec<Exact> = members.iter().map(|member| weight(world, *member, &pool.weight)).collect();
    let unit = &world.plan.unit;
    let shares = split("pool", &fund.floor_to(unit), &weights, unit);
    let paid = members.into_iter().zip(shares).filter(|(_, share)| share.amount().is_positive());
    paid.map(|(member, share)| of_period(world, rule, member, Way::Pool { share }, None)).collect()
}

fn weight(world: &World<'_>, member: usize, weight: &Weight) -> Exact {
    match weight {
        Weight::Same(weight) => weight.clone(),
        Weight::Measure(measure) => world.measure(member, measure).max(Exact::ZERO),
        Weight::Attr(field) => world.number_field(member, field).max(Exact::ZERO),
        Weight::Rank(weights) => world.ranks[member].and_then(|rank| weights.get(rank)).cloned().unwrap_or(Exact::ZERO),
    }
}

/// A posting that comes from the period and no single order.
pub(super) fn of_period(world: &World<'_>, rule: usize, member: usize, way: Way, cap: Option<Exact>) -> Posting {
    let why = Why {
        rule: world.plan.rules[rule].id.clone(),
        source: "period".to_owned(),
        index: 1,
        way,
        passed: Vec::new(),
        cap,
        limits: Vec::new(),
        reversed: None,
    };
    Posting { rule, source: why.source.clone(), member, index: 1, amount: why.amount(), why, orders: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fault_12_shares_sum_to_the_whole_in_every_small_world() {
        let unit = Exact::ratio(1, 100).expect("a unit");
        for total in 0..40i128 {
            for weights in (0..4i64.pow(4)).map(|code| (0..4).map(|place| code / 4i64.pow(place) % 4).collect::<Vec<i64>>()) {
                let exact: Vec<Exact> = weights.iter().copied().map(Exact::from).collect();
                let total = Exact::ratio(total, 100).expect("an amount");
                let shares = split("pool", &total, &exact, &unit);
                let sum: Exact = shares.iter().map(Share::amount).sum();
                assert_eq!(sum, if weights.iter().sum::<i64>() > 0 { total.clone() } else { Exact::ZERO }, "{total} by {weights:?}");
                for (share, weight) in shares.iter().zip(&weights) {
                    let ideal = (&total * &Exact::from(*weight)).over(&Exact::from(weights.iter().sum::<i64>())).expect("weights");
                    assert!(share.amount() <= &ideal + &unit && share.amount() > &ideal - &unit);
                    assert!(*weight > 0 || share.amount().is_zero());
                }
            }
        }
    }

    #[test]
    fn of_equal_remainders_the_earlier_takes_the_unit() {
        let (total, unit) = (Exact::from(50), Exact::ratio(1, 100).expect("a unit"));
        let shares = split("company", &total, &vec![Exact::from(20); 3], &unit);
        assert_eq!(shares.iter().map(|share| share.amount().to_string()).collect::<Vec<_>>(), ["16.67", "16.67", "16.66"]);
    }
}
