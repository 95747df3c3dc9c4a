//! Points: a member's statement, points by hand and for coming by, what runs out, and what the shop owes in points.

mod day;

pub(crate) use day::ensure;
pub use day::{PointsDay, points_day, run};

use books::{
    NewEntry, Reading,
    query::{MemberRow, PointsOwed, PointsStatement, RunningOut, Window},
};
use domain::{
    ids::MemberId,
    points::{
        self,
        award::{Award, AwardRefusal, PointsAwarded, SignInRefusal, award_id, sign_in},
        life::PointsPart,
    },
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    failure::{Failure, not_found},
    house::Shop,
    menu::Call,
    world::day_after,
};

/// Members told of at once.
const MOST_TOLD: i64 = 500;
/// A purchase is reviewed up to so many days after its goods can no longer come back.
const REVIEW_DAYS: i64 = 90;

/// What there is to say of a buyer's points at the till.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BuyerPoints {
    /// What runs out within the days that the shop tells ahead, soonest first.
    pub running_out: Vec<PointsPart>,
    /// First day on which what this sale earns can be spent, where that is later.
    pub usable_from: Option<String>,
    /// Last day of what this sale earns.
    pub good_until: Option<String>,
    /// True where today is the buyer's birthday.
    pub birthday: bool,
    /// True where coming by earns something.
    pub sign_in: bool,
    /// Which day in a row, where the buyer was signed in today.
    pub came_today: Option<u32>,
}

/// Points that run out.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RunningOutAnswer {
    /// Up to and on this day.
    pub until: String,
    /// Whose, those that run out first before the others.
    pub rows: Vec<RunningOut>,
    /// True where there are more members than are told.
    pub more: bool,
}

/// What coming by brought.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CameBy {
    /// Which day in a row.
    pub streak: u32,
    /// Points that it brought.
    pub points: i64,
    /// What can be spent now.
    pub held: i64,
}

/// Whose points.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PointsQuestion {
    /// The member.
    pub member: MemberId,
    /// Which rows.
    pub window: Window,
}

/// Points to give, or to take.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PointsDraft {
    /// The member.
    pub member: MemberId,
    /// How many; below zero to take.
    pub points: i64,
    /// Why.
    pub reason: String,
}

/// What a member did that earns points without a purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// Wrote a review of a purchase.
    Review,
    /// Told others of the shop.
    Share,
}

/// Points for something a member did.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AwardDraft {
    /// Who.
    pub member: MemberId,
    /// What.
    pub deed: Deed,
}

/// What the shop owes in points, and what they are worth.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PointsLiability {
    /// The points.
    pub owed: PointsOwed,
    /// What they take off at the till, minor units, rounded up; absent where points take nothing off.
    pub worth_minor: Option<i64>,
}

/// A member's points, newest first, every row with its reason.
pub async fn member_points(call: &Call<'_>, question: PointsQuestion) -> Result<PointsStatement, Failure> {
    Ok(call.shop()?.books.member_points(question.member, question.window).await?)
}

/// Gives points by hand, or takes them. What the member holds is read inside the transaction.
pub async fn give_points(call: &Call<'_>, draft: PointsDraft) -> Result<PointsStatement, Failure> {
    let shop = call.shop()?;
    ensure(call, shop).await?;
    let mut writing = shop.books.write().await?;
    let outcome = async {
        let row = writing.reads().member(draft.member).await?.ok_or_else(|| not_found("member"))?;
        let given = points::decide(draft.member, draft.points, &draft.reason, row.points).map_err(Failure::refused)?;
        let good_until = if given.points > 0 { shop.settings().await.points_terms.expiry.good_until(&call.house.today(shop)) } else { None };
        let given = points::PointsGiven { good_until, ..given };
        writing.record(call.entry(given)?).await?;
        Ok(())
    }
    .await;
    call.house.finish(writing, outcome).await?;
    member_points(call, PointsQuestion { member: draft.member, window: Window { offset: 0, limit: 20 } }).await
}

/// What there is to say of a buyer's points.
pub(crate) async fn of_buyer(call: &Call<'_>, shop: &Shop, reads: &mut Reading<'_>, row: &MemberRow) -> Result<BuyerPoints, Failure> {
    let settings = shop.settings().await;
    let today = call.house.today(shop);
    let lots = reads.points_lots(row.member).await?;
    let until = day_after(&today, i64::from(settings.points_terms.announce_days)).unwrap_or_default();
    let (usable_from, good_until) = settings.points_days(&today);
    let came = reads.came_by(row.member).await?;
    Ok(BuyerPoints {
        running_out: lots.running_out(&until),
        usable_from,
        good_until,
        birthday: row.card.birthday.as_deref().and_then(|birthday| birthday.get(birthday.len().saturating_sub(5)..)) == today.get(5..),
        sign_in: settings.points.is_some() && !settings.points_terms.sign_in.is_empty() && row.card.active,
        came_today: came.filter(|(_, day, _)| day.as_deref() == Some(&today)).map(|(_, _, streak)| streak),
    })
}

/// Points that run out within the days that the shop tells ahead, member by member.
pub async fn points_running_out(call: &Call<'_>, (): ()) -> Result<RunningOutAnswer, Failure> {
    let shop = call.shop()?;
    let today = call.house.today(shop);
    let until = day_after(&today, i64::from(shop.settings().await.points_terms.announce_days)).unwrap_or_default();
    let mut rows = shop.books.running_out(&today, &until, MOST_TOLD + 1).await?;
    let more = i64::try_from(rows.len()).is_ok_and(|found| found > MOST_TOLD);
    rows.truncate(usize::try_from(MOST_TOLD).unwrap_or(usize::MAX));
    Ok(RunningOutAnswer { until, rows, more })
}

/// A member came by: what the day brings is decided on the newest day in the books, inside the transaction, and a day counts once.
pub async fn sign_in_member(call: &Call<'_>, member: MemberId) -> Result<CameBy, Failure> {
    let shop = call.shop()?;
    let settings = shop.settings().await;
    let table: &[i64] = if settings.points.is_some() { &settings.points_terms.sign_in } else { &[] };
    let today = call.house.today(shop);
    let yesterday = day_after(&today, -1).unwrap_or_default();
    let mut writing = shop.books.write().await?;
    let outcome = async {
        let (active, day, before) = writing.reads().came_by(member).await?.ok_or_else(|| not_found("member"))?;
        let last = day.as_deref().map(|day| (day, before));
        let (streak, points) = sign_in(table, active, last, &yesterday, &today).map_err(Failure::refused)?;
        let award = Award::SignIn { streak };
        let id = award_id(member, award, &today);
        if writing.stands(id).await? {
            return Err(Failure::refused(SignInRefusal::AlreadyHere { streak: before }));
        }
        let good_until = settings.points_terms.expiry.good_until(&today);
        let fact = PointsAwarded { member, award, day: today.clone(), points, good_until };
        writing.record(NewEntry { id, ..call.entry(fact)? }).await?;
        crate::levels::came_by(call, shop, &mut writing, member, id).await?;
        let held = writing.reads().member(member).await?.map_or(0, |row| row.points);
        Ok(CameBy { streak, points, held })
    }
    .await;
    call.house.finish(writing, outcome).await
}

/// A member wrote a review or told others: what the shop gives for it. A purchase is reviewed once, and only when its goods can no longer come back;
/// telling others counts once a day.
pub async fn award_points(call: &Call<'_>, draft: AwardDraft) -> Result<PointsStatement, Failure> {
    let shop = call.shop()?;
    ensure(call, shop).await?;
    let settings = shop.settings().await;
    let terms = &settings.points_terms;
    let points = match draft.deed {
        Deed::Review => terms.review,
        Deed::Share => terms.share,
    };
    let today = call.house.today(shop);
    let member = draft.member;
    let mut writing = shop.books.write().await?;
    let outcome = async {
        if settings.points.is_none() || points <= 0 {
            return Err(Failure::refused(AwardRefusal::AwardNothing));
        }
        let row = writing.reads().member(member).await?.ok_or_else(|| not_found("member"))?;
        if !row.card.active {
            return Err(Failure::refused(AwardRefusal::AwardFrozen));
        }
        let award = match draft.deed {
            Deed::Share => (!writing.stands(award_id(member, Award::Share, &today)).await?).then_some(Award::Share),
            Deed::Review => {
                let settled = -i64::from(settings.return_days) - 1;
                let (from, to) = (day_after(&today, settled - REVIEW_DAYS), day_after(&today, settled));
                let mut open = None;
                for of in writing.reads().to_review(member, &from.unwrap_or_default(), &to.unwrap_or_default()).await? {
                    let award = Award::Review { of };
                    if !writing.stands(award_id(member, award, &today)).await? {
                        open = Some(award);
                        break;
                    }
                }
                open
            }
        };
        let none = if draft.deed == Deed::Share { AwardRefusal::AwardToday } else { AwardRefusal::AwardNoPurchase };
        let award = award.ok_or_else(|| Failure::refused(none))?;
        let id = award_id(member, award, &today);
        let fact = PointsAwarded { member, award, day: today.clone(), points, good_until: terms.expiry.good_until(&today) };
        writing.record(NewEntry { id, ..call.entry(fact)? }).await?;
        Ok(())
    }
    .await;
    call.house.finish(writing, outcome).await?;
    member_points(call, PointsQuestion { member, window: Window { offset: 0, limit: 20 } }).await
}

/// What the shop owes in points: those that are held, at what they take off at the till.
pub async fn points_liability(call: &Call<'_>, (): ()) -> Result<PointsLiability, Failure> {
    let shop = call.shop()?;
    let owed = shop.books.points_owed().await?;
    let value_micro = shop.settings().await.points.as_ref().map_or(0, |rules| rules.value_micro);
    let worth = ((i128::from(owed.points) + i128::from(owed.locked.max(0))) * i128::from(value_micro.max(0)) + 999_999) / 1_000_000;
    let worth_minor = (value_micro > 0).then(|| i64::try_from(worth).unwrap_or(i64::MAX));
    Ok(PointsLiability { owed, worth_minor })
}
