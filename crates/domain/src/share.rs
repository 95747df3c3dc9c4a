//! Shares of an amount. Guarantee: the parts of a split sum to the whole, and steps of a repeated part sum to the part.

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};

/// Splits `amount` over `weights` by largest remainder: every part is the exact share rounded down or up, the parts sum to `amount`, and of
/// equal remainders the earlier goes up. Weights below zero count as zero; where none is above zero, all weigh the same.
/// An amount below zero is split like its opposite. No weights give no parts.
pub fn split<W: Into<i128> + Copy>(amount: i64, weights: &[W]) -> Vec<i64> {
    let mut weights: Vec<i128> = weights.iter().map(|weight| (*weight).into().max(0)).collect();
    if weights.iter().all(|weight| *weight == 0) {
        weights.fill(1);
    }
    let size = i128::from(amount).abs();
    let total = weights.iter().try_fold(0i128, |sum, weight| sum.checked_add(*weight));
    let parts = match total {
        Some(total) if total.checked_mul(size).is_some() => split_narrow(size, &weights, total),
        Some(_) | None => split_wide(size, &weights),
    };
    let sign = if amount < 0 { -1 } else { 1 };
    // No part exceeds the amount, so each fits.
    parts.into_iter().map(|part| i64::try_from(sign * part).unwrap_or(amount)).collect()
}

fn split_narrow(size: i128, weights: &[i128], total: i128) -> Vec<i128> {
    let exact: Vec<(i128, i128)> = weights.iter().map(|weight| (size * weight / total, size * weight % total)).collect();
    raise(size, exact)
}

fn split_wide(size: i128, weights: &[i128]) -> Vec<i128> {
    let total: BigInt = weights.iter().map(|weight| BigInt::from(*weight)).sum();
    let exact = weights
        .iter()
        .map(|weight| {
            let product = BigInt::from(size) * weight;
            ((&product / &total).to_i128().unwrap_or(size), product % &total)
        })
        .collect();
    raise(size, exact)
}

/// Gives what rounding down left over, one each, to the largest remainders, the earlier first among equals.
fn raise<R: Ord>(size: i128, exact: Vec<(i128, R)>) -> Vec<i128> {
    let left = size - exact.iter().map(|(floor, _)| floor).sum::<i128>();
    let mut order: Vec<usize> = (0..exact.len()).collect();
    order.sort_by(|a, b| exact[*b].1.cmp(&exact[*a].1));
    let mut parts: Vec<i128> = exact.into_iter().map(|(floor, _)| floor).collect();
    for (_, place) in (0..left).zip(order) {
        parts[place] += 1;
    }
    parts
}

/// `amount × part / whole`, rounded half away from zero. `whole` of zero gives zero. `None` where the result does not fit an `i64`.
pub fn portion(amount: i64, part: i128, whole: i128) -> Option<i64> {
    if whole == 0 {
        return Some(0);
    }
    match i128::from(amount).checked_mul(part) {
        Some(product) => i64::try_from(divide_half_away(product, whole)).ok(),
        None => {
            let (product, whole) = (BigInt::from(amount) * part, BigInt::from(whole));
            let doubled: BigInt = product.abs() * 2 + whole.abs();
            let size: BigInt = doubled / (whole.abs() * 2);
            let negative = (product.is_negative() != whole.is_negative()) && !size.is_zero();
            if negative { (-size).to_i64() } else { size.to_i64() }
        }
    }
}

/// What one more step moves so that `now` of `whole` have moved `portion(amount, now, whole)` in all, `before` having moved theirs.
/// Steps from 0 to `whole` in any cut sum to `amount`.
pub fn step(amount: i64, before: i64, now: i64, whole: i64) -> Option<i64> {
    let [before, now] = [before, now].map(|moved| portion(amount, moved.into(), whole.into()));
    now?.checked_sub(before?)
}

/// Quotient rounded half away from zero. The divisor is not zero.
pub(crate) fn divide_half_away(value: i128, by: i128) -> i128 {
    let (quotient, rest) = (value / by, value % by);
    let up = rest.unsigned_abs() >= by.unsigned_abs() - rest.unsigned_abs();
    if rest != 0 && up { quotient + value.signum() * by.signum() } else { quotient }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_small_split_sums_and_stays_beside_the_exact_share() {
        for amount in -30i64..=30 {
            for a in 0..5i64 {
                for b in 0..5i64 {
                    for c in 0..5i64 {
                        let weights = [a, b, c];
                        let parts = split(amount, &weights);
                        assert_eq!(parts.iter().sum::<i64>(), amount, "{amount} over {weights:?}");
                        let (weights, total) = if a + b + c == 0 { ([1, 1, 1], 3) } else { (weights, a + b + c) };
                        for (part, weight) in parts.iter().zip(weights) {
                            assert!((part * total - amount * weight).abs() < total, "{amount} over {weights:?}: {parts:?}");
                        }
                        let big: Vec<i128> = split_wide(amount.abs().into(), &weights.map(i128::from));
                        assert_eq!(big, parts.iter().map(|part| i128::from(part.abs())).collect::<Vec<_>>());
                    }
                }
            }
        }
    }

    #[test]
    fn of_equal_remainders_the_earlier_goes_up() {
        assert_eq!(split(10, &[1i64, 1, 1]), [4, 3, 3]);
        assert_eq!(split(-10, &[1i64, 1, 1]), [-4, -3, -3]);
        assert_eq!(split(5, &[0i64, 2, 2]), [0, 3, 2]);
        assert_eq!(split(5, &[i128::MAX, i128::MAX]), [3, 2]);
        assert_eq!(split(i64::MIN, &[i128::MAX]), [i64::MIN]);
        assert_eq!(split::<i64>(5, &[]), [0i64; 0]);
    }

    #[test]
    fn fault_12_a_share_that_is_whole_stays_whole() {
        // 90 × 7 / 10 is 63; doubles made 62 of it. Ten over three equal lines is ten, not 9.99.
        assert_eq!(split(90, &[7i64, 3]), [63, 27]);
        assert_eq!(split(1000, &[1000i64, 1000, 1000]).iter().sum::<i64>(), 1000);
    }

    #[test]
    fn steps_in_any_cut_sum_to_the_whole() {
        for amount in -25..=25 {
            for whole in 1..=7 {
                for cut in 0..=whole {
                    let first = step(amount, 0, cut, whole).unwrap();
                    let second = step(amount, cut, whole, whole).unwrap();
                    assert_eq!(first + second, amount);
                    assert_eq!(Some(first), portion(amount, cut.into(), whole.into()));
                }
            }
        }
        assert_eq!(portion(5, 1, 2), Some(3));
        assert_eq!(portion(-5, 1, 2), Some(-3));
        assert_eq!(portion(4, 1, 0), Some(0));
        assert_eq!(portion(i64::MAX, i128::MAX, i128::MAX), Some(i64::MAX));
        assert_eq!(portion(-5, i128::MAX / 2 + 1, i128::MAX), Some(-3));
        assert_eq!(portion(i64::MAX, 3, 2), None);
    }
}
