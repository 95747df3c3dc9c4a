//! Member levels: growth that purchases, returns, coming by and referrals move, what becomes of the level, and levels given by hand.
//!
//! Growth moves in the transaction of what brought it, and the level is decided anew right after, so that nobody ever reads the one without the other.
//! Each entry's identity is made of what brought it or of the member's changes so far: asked twice, it stands once.

mod bulk;

pub use bulk::{GroupGrantDraft, GroupGranted, grant_group_level};

use std::sync::Arc;

use books::{
    NewEntry, Reading, Writing,
    query::{LevelNow, LevelRow, Page, Window},
};
use domain::{
    fact::Fact,
    ids::{EntryId, MemberId, PersonId},
    level::{GrowthMoved, GrowthWhy, LevelChanged, Levels, decide, grant},
    returns::SaleReturned,
    sale::SaleRecorded,
    share::portion,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    failure::{Failure, not_found},
    house::{House, Shop},
    menu::Call,
    settings::Settings,
    world::{day_after, is_date},
};

/// Members whose validity is over that are looked at in one transaction, so that a sale in between does not wait for all of them.
const AT_ONCE: i64 = 200;

/// Whose level, and which of its changes.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LevelsQuestion {
    /// The member.
    pub member: MemberId,
    /// Which rows.
    pub window: Window,
}

/// A level to give by hand.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct GrantDraft {
    /// The member.
    pub member: MemberId,
    /// The level; none to take it off.
    #[serde(default)]
    pub level: Option<String>,
    /// Its last day, `YYYY-MM-DD`; for ever where absent.
    #[serde(default)]
    pub until: Option<String>,
    /// Why.
    pub reason: String,
}

/// Where a member stands, and how it came about.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MemberLevels {
    /// True where a level of the shop follows from growth.
    pub grows: bool,
    /// The level.
    pub level: Option<String>,
    /// Its last day; absent for ever.
    pub until: Option<String>,
    /// Growth that counts now.
    pub growth: i64,
    /// Growth since the validity began; absent where the level lasts for ever.
    pub within: Option<i64>,
    /// What it takes to keep the level.
    pub keep: Option<i64>,
    /// The level above.
    pub next: Option<String>,
    /// Growth that the level above takes.
    pub next_at: Option<i64>,
    /// The changes, newest first.
    pub page: Page<LevelRow>,
}

/// A buyer's level before and after a sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BuyerLevel {
    /// The level before.
    pub level: Option<String>,
    /// Growth before.
    pub growth: i64,
    /// The level after.
    pub level_after: Option<String>,
    /// Growth after.
    pub growth_after: i64,
    /// Points that reaching it brings.
    pub gift: i64,
    /// The level above the one after.
    pub next: Option<String>,
    /// Growth that is missing to it after the sale.
    pub missing: i64,
}

/// Why a level is not changed on the card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub(crate) enum LevelByGrowth {
    /// Levels follow from growth here.
    #[error("levels follow from growth: give it by hand with a reason")]
    LevelByGrowth,
}

/// Where a member stands, and every change of the level with its reason.
pub async fn member_levels(call: &Call<'_>, question: LevelsQuestion) -> Result<MemberLevels, Failure> {
    let shop = call.shop()?;
    let levels = shop.settings().await.grown_levels();
    let mut reader = shop.books.reader().await?;
    let now = Reading::over(&mut reader).level_now(question.member).await?.ok_or_else(|| not_found("member"))?;
    drop(reader);
    let held = now.standing.held;
    let level = held.as_ref().map(|held| held.level.clone());
    let until = held.and_then(|held| held.until);
    let keep = level.as_deref().and_then(|level| levels.terms(level)).filter(|_| until.is_some()).map(|terms| terms.keep);
    let next = levels.next(level.as_deref());
    Ok(MemberLevels {
        grows: !levels.is_empty(),
        within: keep.map(|_| now.growth - now.standing.began_at),
        keep,
        next: next.map(|(level, _)| level.to_owned()),
        next_at: next.map(|(_, threshold)| threshold),
        until,
        growth: now.growth,
        level,
        page: shop.books.member_levels(question.member, question.window).await?,
    })
}

/// Gives a level by hand, until a day or for ever. What growth gives by itself is read inside the transaction.
pub async fn grant_level(call: &Call<'_>, draft: GrantDraft) -> Result<MemberLevels, Failure> {
    let shop = call.shop()?;
    let settings = shop.settings().await;
    let (levels, today) = (settings.grown_levels(), call.house.today(shop));
    let known: Vec<String> = settings.levels.keys().cloned().collect();
    let until = draft.until.as_deref().map(str::trim).filter(|until| !until.is_empty());
    if let Some(until) = until.filter(|until| !is_date(until)) {
        return Err(Failure::refused(domain::level::GrantRefusal::GrantDay { until: until.to_owned() }));
    }
    let mut writing = shop.books.write().await?;
    let outcome = async {
        let now = writing.reads().level_now(draft.member).await?.ok_or_else(|| not_found("member"))?;
        let asked = (draft.level.as_deref(), until, draft.reason.as_str());
        let changed = grant(&levels, &known, (draft.member, &now.standing, now.growth), asked, &today).map_err(Failure::refused)?;
        let id = changed.id(now.changes);
        if !writing.stands(id).await? {
            writing.record(NewEntry { id, ..call.entry(changed)? }).await?;
        }
        Ok(())
    }
    .await;
    call.house.finish(writing, outcome).await?;
    member_levels(call, LevelsQuestion { member: draft.member, window: Window { offset: 0, limit: 20 } }).await
}

/// What a sale would make of the buyer's growth and level.
pub(crate) async fn of_buyer(
    call: &Call<'_>,
    shop: &Shop,
    reads: &mut Reading<'_>,
    buyer: MemberId,
    (net_minor, points): (i64, i64),
) -> Result<Option<BuyerLevel>, Failure> {
    let settings = shop.settings().await;
    let levels = settings.grown_levels();
    let Some(now) = reads.level_now(buyer).await?.filter(|_| !levels.is_empty()) else { return Ok(None) };
    let growth_after = now.growth + settings.growth.of_purchase(net_minor, shop.info.minor_digits, points);
    let after = LevelNow { growth: growth_after, ..now.clone() };
    let changed = becomes(&levels, buyer, &after, &call.house.today(shop));
    let gift = changed.as_ref().filter(|_| settings.points.is_some()).map_or(0, |changed| changed.gifts.iter().map(|gift| gift.points).sum());
    let level = now.standing.held.map(|held| held.level);
    let level_after = match &changed {
        Some(changed) => changed.to.held.as_ref().map(|held| held.level.clone()),
        None => level.clone(),
    };
    let next = levels.next(level_after.as_deref()).map(|(level, threshold)| (level.to_owned(), threshold));
    Ok(Some(BuyerLevel {
        level,
        growth: now.growth,
        level_after,
        growth_after,
        gift,
        missing: next.as_ref().map_or(0, |(_, threshold)| (threshold - growth_after).max(0)),
        next: next.map(|(level, _)| level),
    }))
}

fn becomes(levels: &Levels, member: MemberId, now: &LevelNow, today: &str) -> Option<LevelChanged> {
    let until = |days: u32| day_after(today, i64::from(days));
    decide(levels, member, &now.standing, now.growth, &now.gifted, today, &until)
}

/// A sale brings the buyer growth, and the sponsor where it is the buyer's first.
pub(crate) async fn sold(call: &Call<'_>, shop: &Shop, writing: &mut Writing<'_>, sale: &SaleRecorded) -> Result<(), Failure> {
    let settings = shop.settings().await;
    let Some(buyer) = sale.member.filter(|_| !settings.grown_levels().is_empty()) else { return Ok(()) };
    let Some(now) = writing.reads().level_now(buyer).await? else { return Ok(()) };
    let of = EntryId(sale.sale.0);
    let growth = settings.growth.of_purchase(sale.goods_minor, shop.info.minor_digits, sale.points_earned);
    let by = Doer::of(call, shop, &settings);
    by.moves(writing, GrowthMoved { member: buyer, growth, why: GrowthWhy::Purchase, of }, of).await?;
    match now.sponsor.filter(|_| now.purchases == 1 && sale.goods_minor > 0) {
        Some(sponsor) => by.moves(writing, GrowthMoved { member: sponsor, growth: settings.growth.referral, why: GrowthWhy::Referral, of }, of).await,
        None => Ok(()),
    }
}

/// Goods that came back take with them what they brought, in proportion: all returns of a sale together take exactly what it brought, in any order.
/// What was brought is taken back also where the owner has given growth up since.
pub(crate) async fn came_back(call: &Call<'_>, shop: &Shop, writing: &mut Writing<'_>, back: &SaleReturned) -> Result<(), Failure> {
    let Some(sale) = back.sale else { return Ok(()) };
    let (rows, net_minor, back_minor) = writing.reads().growth_of_sale(sale).await?;
    if rows.is_empty() {
        return Ok(());
    }
    let settings = shop.settings().await;
    let by = Doer::of(call, shop, &settings);
    for row in rows {
        let due = if back_minor >= net_minor { Some(row.brought) } else { portion(row.brought, back_minor.into(), net_minor.into()) };
        let growth = row.taken - due.unwrap_or(row.brought);
        let moved = GrowthMoved { member: row.member, growth, why: row.why, of: EntryId(sale.0) };
        by.moves(writing, moved, EntryId(back.returned.0)).await?;
    }
    Ok(())
}

/// Coming by brings growth, once for the award of the day.
pub(crate) async fn came_by(call: &Call<'_>, shop: &Shop, writing: &mut Writing<'_>, member: MemberId, of: EntryId) -> Result<(), Failure> {
    let settings = shop.settings().await;
    if settings.grown_levels().is_empty() {
        return Ok(());
    }
    let moved = GrowthMoved { member, growth: settings.growth.sign_in, why: GrowthWhy::SignIn, of };
    Doer::of(call, shop, &settings).moves(writing, moved, of).await
}

/// Growth comes over from a merged card, once.
pub(crate) async fn moves_over(
    house: &Arc<House>,
    shop: &Shop,
    writing: &mut Writing<'_>,
    actor: Option<PersonId>,
    moved: GrowthMoved,
) -> Result<(), Failure> {
    let settings = shop.settings().await;
    let cause = moved.of;
    Doer { house, shop, settings: &settings, actor }.moves(writing, moved, cause).await
}

/// Decides the levels whose last day is over.
///
/// # Errors
/// The database's; what was done before it is done.
pub(crate) async fn run(house: &Arc<House>, shop: &Shop, today: &str) -> Result<(), Failure> {
    let settings = shop.settings().await;
    let by = Doer { house, shop, settings: &settings, actor: None };
    let mut after = None;
    loop {
        let members = shop.books.levels_over(today, after, AT_ONCE).await?;
        let Some(last) = members.last() else { return Ok(()) };
        after = Some(*last);
        let mut writing = shop.books.write().await?;
        let outcome = async {
            for member in &members {
                by.settles(&mut writing, *member).await?;
            }
            Ok(())
        }
        .await;
        house.finish(writing, outcome).await?;
    }
}

/// Who records, where and by which settings.
struct Doer<'a> {
    house: &'a Arc<House>,
    shop: &'a Shop,
    settings: &'a Settings,
    actor: Option<PersonId>,
}

impl<'a> Doer<'a> {
    fn of(call: &'a Call<'_>, shop: &'a Shop, settings: &'a Settings) -> Self {
        Self { house: call.house, shop, settings, actor: call.session.as_ref().map(|session| session.person) }
    }

    fn entry(&self, id: EntryId, fact: impl Into<Fact>) -> NewEntry {
        NewEntry { id, ..self.house.entry(self.shop, self.actor, fact) }
    }

    /// Moves growth, once for each entry and reason, and decides the level after it.
    async fn moves(&self, writing: &mut Writing<'_>, moved: GrowthMoved, by: EntryId) -> Result<(), Failure> {
        let id = moved.id(by);
        if moved.growth != 0 && !writing.stands(id).await? {
            let member = moved.member;
            writing.record(self.entry(id, moved)).await?;
            self.settles(writing, member).await?;
        }
        Ok(())
    }

    /// Decides a member's level on what stands in the books now.
    async fn settles(&self, writing: &mut Writing<'_>, member: MemberId) -> Result<(), Failure> {
        let today = self.house.today(self.shop);
        let levels = self.settings.grown_levels();
        let Some(now) = writing.reads().level_now(member).await? else { return Ok(()) };
        let Some(mut changed) = becomes(&levels, member, &now, &today) else { return Ok(()) };
        let id = changed.id(now.changes);
        if writing.stands(id).await? {
            return Ok(());
        }
        if self.settings.points.is_none() {
            changed.gifts.retain(|gift| gift.points < 0);
        }
        if changed.gifts.iter().any(|gift| gift.points > 0) {
            changed.gifts_until = self.settings.points_terms.expiry.good_until(&today);
        }
        writing.record(self.entry(id, changed)).await?;
        Ok(())
    }
}
