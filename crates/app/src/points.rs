//! Points: a member's statement, points by hand, and what the shop owes in points.

use books::query::{PointsOwed, PointsStatement, Window};
use domain::{ids::MemberId, points};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    failure::{Failure, not_found},
    menu::Call,
};

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
    let mut writing = shop.books.write().await?;
    let outcome = async {
        let row = writing.reads().member(draft.member).await?.ok_or_else(|| not_found("member"))?;
        let given = points::decide(draft.member, draft.points, &draft.reason, row.points).map_err(Failure::refused)?;
        writing.record(call.entry(given)?).await?;
        Ok(())
    }
    .await;
    call.house.finish(writing, outcome).await?;
    member_points(call, PointsQuestion { member: draft.member, window: Window { offset: 0, limit: 20 } }).await
}

/// What the shop owes in points: those that are held, at what they take off at the till.
pub async fn points_liability(call: &Call<'_>, (): ()) -> Result<PointsLiability, Failure> {
    let shop = call.shop()?;
    let owed = shop.books.points_owed().await?;
    let value_micro = shop.settings().await.points.as_ref().map_or(0, |rules| rules.value_micro);
    let worth = (i128::from(owed.points) * i128::from(value_micro.max(0)) + 999_999) / 1_000_000;
    let worth_minor = (value_micro > 0).then(|| i64::try_from(worth).unwrap_or(i64::MAX));
    Ok(PointsLiability { owed, worth_minor })
}
