//! What a day does to points: locked ones become usable, those whose last day is over go, birthdays are honoured, and whoever brought a buyer in is thanked.
//!
//! It runs by itself: with the first member at a till on the day, and beside everything else. A further run of the day finds nothing to do; two tills that
//! were apart record entries of the same identity, of which the shop keeps one, and what the other saw alone stays due.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    sync::Arc,
};

use books::{
    NewEntry,
    query::{Brought, PointsDue},
};
use domain::{
    close::part_id,
    ids::MemberId,
    points::{
        award::{Award, PointsAwarded, award_id},
        life::{Ageing, PointsAged},
    },
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    failure::Failure,
    house::{House, Shop},
    menu::Call,
    world::day_after,
};

/// Members of a day are looked at in so many groups, told apart by their identity alone: the same on every till.
const GROUPS: u8 = 64;
/// Points looked at in one transaction, so that a sale in between does not wait for all of them.
const AT_ONCE: usize = 400;
/// A birthday on which nobody opened the shop is honoured up to so many days later.
const BIRTHDAY_DAYS: i64 = 7;
/// A first purchase whose goods can no longer come back is thanked for up to so many days later, where nobody opened the shop.
const REFERRAL_DAYS: i64 = 31;

/// What a run did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct PointsDay {
    /// Points that can be spent now.
    pub usable: i64,
    /// Points whose last day was over.
    pub expired: i64,
    /// Members whose birthday was honoured.
    pub birthdays: i64,
    /// Members who were thanked for somebody whom they brought in.
    pub referrals: i64,
}

/// Does what the day does to points, and what days before left to do. Asked again, it does nothing.
pub async fn points_day(call: &Call<'_>, (): ()) -> Result<PointsDay, Failure> {
    run(call.house, call.shop()?).await
}

/// The day's run, once a day and program: before a member's points are spent or shown at a till.
pub(crate) async fn ensure(call: &Call<'_>, shop: &Shop) -> Result<(), Failure> {
    if shop.points_day_is(&call.house.today(shop)) {
        return Ok(());
    }
    run(call.house, shop).await.map(drop)
}

/// The day's run.
///
/// # Errors
/// The database's; what was done before it is done.
pub async fn run(house: &Arc<House>, shop: &Shop) -> Result<PointsDay, Failure> {
    let today = house.today(shop);
    let mut told = PointsDay::default();
    let mut groups: BTreeMap<u8, Vec<PointsDue>> = BTreeMap::new();
    for due in shop.books.points_due(&today).await? {
        groups.entry(due.member.bytes()[15] % GROUPS).or_default().push(due);
    }
    for (group, due) in groups {
        for (part, due) in (0_u32..).zip(due.chunks(AT_ONCE)) {
            age(house, shop, &today, (group, part), due, &mut told).await?;
        }
    }
    honour(house, shop, &today, &mut told).await?;
    thank(house, shop, &today, &mut told).await?;
    crate::merge::run(house, shop, &today).await?;
    crate::levels::run(house, shop, &today).await?;
    shop.keep_points_day(today);
    Ok(told)
}

async fn age(house: &Arc<House>, shop: &Shop, today: &str, (group, part): (u8, u32), due: &[PointsDue], told: &mut PointsDay) -> Result<(), Failure> {
    let id = part_id(&shop.info.name, today, u32::from(group), "PointsAged", part);
    let mut writing = shop.books.write().await?;
    let outcome = async {
        if writing.stands(id).await? {
            // What came in since from another till waits for the next day: an identity stands for one run.
            return Ok(Vec::new());
        }
        let mut lots = BTreeMap::new();
        let mut rows = Vec::with_capacity(due.len());
        for due in due {
            if !writing.reads().still_due(due).await? {
                continue;
            }
            // Those of a member are read once, and follow what the run does to them.
            let lots = match lots.entry(due.member) {
                Entry::Occupied(read) => read.into_mut(),
                Entry::Vacant(unread) => unread.insert(writing.reads().points_lots(due.member).await?),
            };
            rows.push(lots.age(due.member, due.of, due.how, &due.day));
        }
        if !rows.is_empty() {
            let fact = PointsAged { day: today.to_owned(), rows: rows.clone() };
            writing.record(NewEntry { id, ..house.entry(shop, None, fact) }).await?;
        }
        Ok(rows)
    }
    .await;
    for row in house.finish(writing, outcome).await? {
        match row.how {
            Ageing::Usable => told.usable += row.points,
            Ageing::Expired => told.expired += row.points,
        }
    }
    Ok(())
}

/// Gives the points of birthdays, each member's once a year.
async fn honour(house: &Arc<House>, shop: &Shop, today: &str, told: &mut PointsDay) -> Result<(), Failure> {
    let settings = shop.settings().await;
    let by_level = settings.levels.values().any(|terms| terms.growth.is_some_and(|growth| growth.birthday > 0));
    if settings.points.is_none() || (settings.points_terms.birthday <= 0 && !by_level) {
        return Ok(());
    }
    let days: Vec<String> = (0..=BIRTHDAY_DAYS).filter_map(|back| day_after(today, -back)).collect();
    let members: Vec<(MemberId, String)> = shop.books.birthdays(&days).await?;
    for part in members.chunks(AT_ONCE) {
        let mut writing = shop.books.write().await?;
        let outcome = async {
            let mut honoured = 0;
            for (member, day) in part {
                let id = award_id(*member, Award::Birthday, day);
                if writing.stands(id).await? {
                    continue;
                }
                let level = writing.reads().member(*member).await?.and_then(|row| row.card.level);
                let more = level.and_then(|level| settings.levels.get(&level)?.growth).map_or(0, |growth| growth.birthday);
                let points = settings.points_terms.birthday + more;
                if points == 0 {
                    continue;
                }
                let good_until = settings.points_terms.expiry.good_until(today);
                let fact = PointsAwarded { member: *member, award: Award::Birthday, day: day.clone(), points, good_until };
                writing.record(NewEntry { id, ..house.entry(shop, None, fact) }).await?;
                honoured += 1;
            }
            Ok(honoured)
        }
        .await;
        told.birthdays += house.finish(writing, outcome).await?;
    }
    Ok(())
}

/// Thanks whoever brought in a buyer, once the goods of the first purchase may not come back any more: what was bought to be returned earns nobody points.
async fn thank(house: &Arc<House>, shop: &Shop, today: &str, told: &mut PointsDay) -> Result<(), Failure> {
    let settings = shop.settings().await;
    let points = settings.points_terms.referral;
    if settings.points.is_none() || points <= 0 {
        return Ok(());
    }
    let window = i64::from(settings.return_days);
    let (from, to) = (day_after(today, -window - 1 - REFERRAL_DAYS), day_after(today, -window - 1));
    let (Some(from), Some(to)) = (from, to) else { return Ok(()) };
    for part in shop.books.to_thank_for(&from, &to).await?.chunks(AT_ONCE) {
        let mut writing = shop.books.write().await?;
        let outcome = async {
            let mut thanked = 0;
            for Brought { member, sponsor } in part {
                let award = Award::Referral { of: *member };
                let id = award_id(*sponsor, award, today);
                if writing.stands(id).await? {
                    continue;
                }
                let good_until = settings.points_terms.expiry.good_until(today);
                let fact = PointsAwarded { member: *sponsor, award, day: today.to_owned(), points, good_until };
                writing.record(NewEntry { id, ..house.entry(shop, None, fact) }).await?;
                thanked += 1;
            }
            Ok(thanked)
        }
        .await;
        told.referrals += house.finish(writing, outcome).await?;
    }
    Ok(())
}
