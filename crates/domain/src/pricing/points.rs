//! Steps 4, 5 and 8: points that offset, points that buy gifts, points that are earned.

use super::{
    price::Working,
    refusal::PriceRefusal,
    rules::{Earns, PointsCampaign, PointsRules, PriceMember, WHOLE_PPM},
};
use crate::share::split;

/// What the gifts on the ticket cost in points, rounded up for parts of weighed goods; refused where the member has fewer. The price in points is
/// the product's, never the draft's.
pub(super) fn gifts(member: Option<&PriceMember>, lines: &mut [Working<'_>]) -> Result<i64, PriceRefusal> {
    let mut needed = 0i64;
    for (place, line) in lines.iter_mut().enumerate().filter(|(_, line)| line.gift) {
        let Some(price) = line.product.gift_points.filter(|points| *points >= 0) else {
            return Err(PriceRefusal::NotAGift { line: place, product: line.product.id.clone() });
        };
        if line.qty_milli % 1000 != 0 && !line.product.weighed {
            return Err(PriceRefusal::GiftNotWhole { line: place });
        }
        let milli = i128::from(price) * i128::from(line.qty_milli);
        let cost = i64::try_from((milli + 999) / 1000).map_err(|_| PriceRefusal::TooLarge { line: place })?;
        needed = needed.checked_add(cost).ok_or(PriceRefusal::TooLarge { line: place })?;
        line.points_spent = cost;
    }
    if !lines.iter().any(|line| line.gift) {
        return Ok(0);
    }
    let available = member.ok_or(PriceRefusal::PointsNeedMember)?.points;
    if needed > available.max(0) {
        return Err(PriceRefusal::PointsShort { needed, available });
    }
    Ok(needed)
}

/// Takes as many of the asked points as steps, share and balance allow, and splits what they offset over the lines. Answers points and amount.
/// What the points are worth is rounded down to the minor unit: they never offset more than their value.
pub(super) fn offset(rules: &PointsRules, asked: i64, available: i64, lines: &mut [Working<'_>]) -> (i64, i64) {
    let due: i64 = lines.iter().map(Working::cost_minor).sum();
    if rules.value_micro <= 0 || due == 0 {
        return (0, 0);
    }
    let share = rules.max_share_ppm.clamp(0, WHOLE_PPM);
    let worth_all = i128::from(due) * i128::from(share) / i128::from(rules.value_micro);
    let most = i64::try_from(worth_all).unwrap_or(i64::MAX).min(asked).min(available).max(0);
    let step = rules.step.max(1);
    let points = most / step * step;
    let worth = i128::from(points) * i128::from(rules.value_micro) / i128::from(WHOLE_PPM);
    let offset_minor = i64::try_from(worth).unwrap_or(due).min(due);
    if offset_minor == 0 {
        return (0, 0);
    }
    let costs: Vec<i64> = lines.iter().map(Working::cost_minor).collect();
    let amounts = split(offset_minor, &costs);
    let spent = split(points, &amounts);
    for ((line, amount), spent) in lines.iter_mut().zip(amounts).zip(spent) {
        line.points_offset_minor = amount;
        line.points_spent += spent;
    }
    (points, offset_minor)
}

/// Points earned on what is paid for the goods, floored once for the sale and split over the lines that earned them.
pub(super) fn earned(rules: &PointsRules, member: &PriceMember, lines: &mut [Working<'_>], today: &str) -> Result<i64, PriceRefusal> {
    let multiplier = i128::from(member.points_multiplier_ppm.max(0));
    // One whole point in the finest fraction that amounts, multipliers and thousandths of a piece can make.
    let per_amount = i128::from(rules.earn_per_minor.max(0));
    let fraction = per_amount.max(1) * i128::from(WHOLE_PPM) * i128::from(WHOLE_PPM);
    let whole = fraction.checked_mul(1000 * HUNDRED).ok_or(PriceRefusal::TooLarge { line: 0 })?;
    let mut shares = Vec::with_capacity(lines.len());
    for (place, line) in lines.iter().enumerate() {
        let times = multiplier * campaign(rules, line, today);
        let share = share_of(rules, line, per_amount).and_then(|share| share.checked_mul(times));
        shares.push(share.ok_or(PriceRefusal::TooLarge { line: place })?);
    }
    let for_order = if lines.iter().any(|line| may_earn(rules, line)) { i128::from(rules.per_order.max(0)) } else { 0 };
    let total = (whole / i128::from(WHOLE_PPM))
        .checked_mul(multiplier)
        .and_then(|one| one.checked_mul(for_order))
        .and_then(|order| shares.iter().try_fold(order, |sum, share| sum.checked_add(*share)))
        .and_then(|sum| i64::try_from(sum / whole).ok())
        .ok_or(PriceRefusal::TooLarge { line: 0 })?;
    let weights = if shares.iter().any(|share| *share > 0) {
        shares
    } else {
        lines.iter().map(|line| if may_earn(rules, line) { i128::from(line.net_minor()) } else { 0 }).collect()
    };
    for (line, points) in lines.iter_mut().zip(split(total, &weights)) {
        line.points_earned = points;
    }
    Ok(total)
}

/// Hundredths in a whole.
const HUNDRED: i128 = 100;

/// How many hundredths of its points a line earns today: the highest campaign that holds for it.
fn campaign(rules: &PointsRules, line: &Working<'_>, today: &str) -> i128 {
    let holds = |campaign: &&PointsCampaign| {
        let all = campaign.categories.is_empty();
        let among = line.product.category.as_ref().is_some_and(|category| campaign.categories.contains(category));
        (campaign.from.as_str()..=campaign.to.as_str()).contains(&today) && (all || among)
    };
    rules.campaigns.iter().filter(holds).map(|campaign| i128::from(campaign.percent)).max().map_or(HUNDRED, |most| most.max(HUNDRED))
}

/// A line's points before the level's multiplier, in `1 / (earn_per × 10⁹)`ths of a point.
fn share_of(rules: &PointsRules, line: &Working<'_>, per_amount: i128) -> Option<i128> {
    let milli = i128::from(WHOLE_PPM) * 1000;
    let by_amount = if per_amount > 0 { i128::from(line.net_minor()) } else { 0 };
    if !may_earn(rules, line) {
        return Some(0);
    }
    match line.product.earns {
        Earns::ByAmount => by_amount.checked_mul(milli),
        Earns::TimesPpm(times) => by_amount.checked_mul(1000)?.checked_mul(times.max(0).into()),
        Earns::PerPiece(points) => {
            let each = i128::from(points.max(0)).checked_mul(line.qty_milli.into())?;
            each.checked_mul(WHOLE_PPM.into())?.checked_mul(per_amount.max(1))
        }
        Earns::Nothing => Some(0),
    }
}

fn may_earn(rules: &PointsRules, line: &Working<'_>) -> bool {
    let of_category = rules.categories.is_empty() || line.product.category.as_ref().is_some_and(|category| rules.categories.contains(category));
    let earns = match line.product.earns {
        Earns::ByAmount | Earns::TimesPpm(_) | Earns::PerPiece(_) => true,
        Earns::Nothing => false,
    };
    !line.gift && line.net_minor() > 0 && of_category && earns
}
