//! Commission that stays in the shop: it becomes the member's stored value, or points.

use books::{Writing, query::PayoutRow};
use domain::{
    payout::{Channel, ChannelKind, Payee, PayoutRefusal, PayoutState, PayoutStep, PayoutTerms},
    points::{self, PointsGiven},
};

use crate::{failure::Failure, house::Shop, menu::Call};

/// Whether an amount by this way makes at least one point, where it makes points.
pub(super) fn makes_a_point(shop: &Shop, terms: &PayoutTerms, payee: Option<&Payee>, amount_minor: i64) -> Result<(), Failure> {
    let channel = payee.and_then(|payee| terms.channel(&payee.channel)).filter(|channel| channel.kind == ChannelKind::Points);
    let net = amount_minor - terms.fee_minor(amount_minor);
    match channel {
        Some(channel) if amount_minor > 0 && channel.points(net, shop.info.minor_digits) == 0 => Err(Failure::refused(PayoutRefusal::NoWholePoint)),
        _ => Ok(()),
    }
}

/// What ran out by today goes before points come in.
pub(super) async fn ready(call: &Call<'_>, shop: &Shop, terms: &PayoutTerms) -> Result<(), Failure> {
    if terms.channels.iter().any(|channel| channel.kind == ChannelKind::Points) {
        crate::points::ensure(call, shop).await?;
    }
    Ok(())
}

/// Whether what stayed in the shop may go this way: nothing of it is sent out, points do not become money again, and stored value comes back as far as
/// it was not spent.
pub(super) async fn check(writing: &mut Writing<'_>, to: PayoutState, rows: &[PayoutRow], terms: &PayoutTerms) -> Result<(), Failure> {
    let mut asked = std::collections::BTreeMap::new();
    for row in rows {
        let Some(channel) = terms.channel(&row.payee.channel).filter(|channel| channel.kind.stays_here()) else { continue };
        if to == PayoutState::Sent || to == PayoutState::Returned && channel.kind == ChannelKind::Points {
            return Err(Failure::refused(PayoutRefusal::StaysHere { channel: channel.name.clone() }));
        }
        if to == PayoutState::Returned {
            let member = writing.reads().member(row.member).await?;
            let paid_minor = member.map_or(0, |member| member.balance_minor - member.bonus_minor);
            let wanted = asked.entry(row.member).or_insert(0_i64);
            let left_minor = (paid_minor - *wanted).max(0);
            *wanted += row.amount_minor - row.fee_minor;
            if *wanted > paid_minor {
                return Err(Failure::refused(PayoutRefusal::SpentAlready { number: row.number.clone(), left_minor }));
            }
        }
    }
    Ok(())
}

/// The points that an amount makes, given under the payout's number.
pub(super) async fn give_points(
    call: &Call<'_>,
    writing: &mut Writing<'_>,
    step: &PayoutStep,
    rows: &[PayoutRow],
    channel: Option<&Channel>,
) -> Result<(), Failure> {
    let shop = call.shop()?;
    let (Some(row), Some(channel)) = (rows.iter().find(|row| row.payout == step.payout), channel) else { return Ok(()) };
    let points = channel.points(step.amount_minor - step.fee_minor, shop.info.minor_digits);
    if points == 0 {
        return Err(Failure::refused(PayoutRefusal::NoWholePoint));
    }
    let reason = format!("{} {}", channel.name, row.number);
    let given = points::decide(step.member, points, &reason, 0).map_err(Failure::refused)?;
    let good_until = shop.settings().await.points_terms.expiry.good_until(&call.house.today(shop));
    writing.record(call.entry(PointsGiven { good_until, ..given })?).await?;
    Ok(())
}
