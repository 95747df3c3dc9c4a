//! Members and who brought whom.

use std::sync::Arc;

use books::query::{HistoryRow, MemberFilter, MemberHit, MemberRow, MemberSheet, Page, RankRow, Window};
use domain::{
    binding::{self, BindUntil, BindingRefusal, Bound},
    ids::MemberId,
    member::{self, MemberCard, MemberChanged, MemberContext, MemberEnrolled, MemberRefusal, RankGiven, SponsorMoved},
    person::Role,
    plan::{Plan, ranks::computes_ranks},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    erasure::living,
    failure::{Failure, not_found},
    menu::Call,
    world::{day_after, is_date},
};

/// Which part of the member list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MembersQuestion {
    /// Which members, in which order.
    pub filter: MemberFilter,
    /// Which rows.
    pub window: Window,
}

/// A member to enrol.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EnrolDraft {
    /// Number on the card; the next free one where absent.
    #[serde(default)]
    pub number: Option<String>,
    /// The card.
    pub card: MemberCard,
    /// Who brought them in.
    #[serde(default)]
    pub sponsor: Option<MemberId>,
    /// Business date; today where absent.
    #[serde(default)]
    pub joined: Option<String>,
}

/// A member's card to change.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MemberDraft {
    /// Whose.
    pub member: MemberId,
    /// The card.
    pub card: MemberCard,
    /// Why the rank was changed by hand; asked for where the plan works ranks out.
    #[serde(default)]
    pub rank_reason: Option<String>,
}

/// Another sponsor, or none.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MoveDraft {
    /// Whose.
    pub member: MemberId,
    /// The sponsor that the person saw; the move is refused if it changed meanwhile.
    #[serde(default)]
    pub from: Option<MemberId>,
    /// The new one.
    #[serde(default)]
    pub to: Option<MemberId>,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
}

/// The sponsor that a member names at the till.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BindDraft {
    /// Who names one.
    pub member: MemberId,
    /// Whom.
    pub sponsor: MemberId,
}

/// Which part of a member's history.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HistoryQuestion {
    /// The member.
    pub member: MemberId,
    /// Which rows.
    pub window: Window,
}

/// Words that members' cards may use.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MemberWords {
    /// Levels in use.
    pub levels: Vec<String>,
    /// Ranks of the plan in force, lowest first; those in use where there is no plan.
    pub ranks: Vec<String>,
    /// Tags in use.
    pub tags: Vec<String>,
}

/// A part of the member list.
pub async fn members(call: &Call<'_>, question: MembersQuestion) -> Result<Page<MemberRow>, Failure> {
    let shop = call.shop()?;
    let bounds = shop.settings().await.group_bounds(&call.house.today(shop));
    Ok(shop.books.members(&question.filter, &bounds, question.window).await?)
}

/// Up to twenty members for a search box.
pub async fn find_members(call: &Call<'_>, search: String) -> Result<Vec<MemberHit>, Failure> {
    let shop = call.shop()?;
    Ok(shop.books.find_members(&search, &shop.settings().await.country_code).await?)
}

/// A member's page.
pub async fn member(call: &Call<'_>, member: MemberId) -> Result<MemberSheet, Failure> {
    call.shop()?.books.member(member).await?.ok_or_else(|| not_found("member"))
}

/// Levels and ranks that a card may use.
pub async fn member_words(call: &Call<'_>, (): ()) -> Result<MemberWords, Failure> {
    let shop = call.shop()?;
    let (levels, in_use) = shop.books.member_words().await?;
    let ranks = ranks(call).await?;
    let tags = shop.books.tags().await?;
    Ok(MemberWords { tags, levels, ranks: if ranks.is_empty() { in_use } else { ranks } })
}

async fn ranks(call: &Call<'_>) -> Result<Vec<String>, Failure> {
    Ok(plan_today(call).await?.map(|plan| crate::plans::rank_names(&plan)).unwrap_or_default())
}

async fn plan_today(call: &Call<'_>) -> Result<Option<Arc<Plan>>, Failure> {
    let shop = call.shop()?;
    let today = call.house.today(shop);
    let row = shop.books.plans().await?.into_iter().find(|plan| plan.effective_from <= today);
    row.map(|row| shop.plan(&row)).transpose()
}

/// How a member's rank came about, newest first.
pub async fn member_ranks(call: &Call<'_>, member: MemberId) -> Result<Vec<RankRow>, Failure> {
    Ok(call.shop()?.books.ranks_of(member).await?)
}

/// Names a member's sponsor at the till, as far as the shop's terms of binding allow it; whoever may not is told from which day on, or that a manager may.
pub async fn bind_sponsor(call: &Call<'_>, draft: BindDraft) -> Result<MemberSheet, Failure> {
    let shop = call.shop()?;
    let terms = shop.settings().await.binding.clone();
    let today = call.house.today(shop);
    let mut writing = shop.books.write().await?;
    let outcome = async {
        let row = writing.reads().member(draft.member).await?.ok_or_else(|| not_found("member"))?;
        living(row.erased.as_deref())?;
        let stands = row.sponsor.as_ref().map(|sponsor| sponsor.member);
        if stands == Some(draft.sponsor) {
            return Ok(());
        }
        let since = writing.reads().bound_since(draft.member).await?.unwrap_or_else(|| row.joined.clone());
        let bound = Bound { has: stands.is_some(), since: &since, purchases: row.purchases, last_bought: row.last_bought.as_deref() };
        binding::decide(&terms, &bound, &today, &|day, days| day_after(day, i64::from(days))).map_err(Failure::refused)?;
        let upline = writing.upline(draft.sponsor).await?;
        if upline.is_empty() {
            return Err(Failure::refused(MemberRefusal::UnknownSponsor));
        }
        let upline: Vec<(MemberId, String)> = upline.into_iter().map(|hit| (hit.member, hit.name)).collect();
        member::decide_sponsor(draft.member, &row.card.name, &upline).map_err(Failure::refused)?;
        let moved = SponsorMoved { member: draft.member, from: stands, to: Some(draft.sponsor), reason: None, bound: true };
        writing.record(call.entry(moved)?).await?;
        Ok(())
    }
    .await;
    call.house.finish(writing, outcome).await?;
    member(call, draft.member).await
}

/// What happened with a member, newest first.
pub async fn member_history(call: &Call<'_>, question: HistoryQuestion) -> Result<Page<HistoryRow>, Failure> {
    Ok(call.shop()?.books.member_history(question.member, question.window).await?)
}

/// Enrols a member.
pub async fn enrol_member(call: &Call<'_>, draft: EnrolDraft) -> Result<MemberSheet, Failure> {
    let shop = call.shop()?;
    let (ranks, country_code) = (ranks(call).await?, shop.settings().await.country_code.clone());
    let terms = shop.settings().await.binding.clone();
    let joined = draft.joined.clone().unwrap_or_else(|| call.house.today(shop));
    if !is_date(&joined) {
        return Err(Failure::refused(MemberRefusal::DateShape { date: joined }));
    }
    let id: MemberId = call.house.world.new_id();
    let mut writing = shop.books.write().await?;
    let outcome = async {
        let number = match draft.number.as_deref().map(str::trim).filter(|number| !number.is_empty()) {
            Some(number) => number.to_owned(),
            None => format!("M{:06}", writing.next_number("member").await?),
        };
        let phone = draft.card.phone.as_deref().and_then(|phone| member::normal_phone(phone, &country_code));
        let (phone_taken_by, number_taken_by) = writing.member_takers(id, phone.as_deref(), &number).await?;
        let context = MemberContext { phone_taken_by, number_taken_by, ranks, country_code };
        let card = member::decide(member::named(draft.card, phone.as_deref()), &context, &number).map_err(Failure::refused)?;
        let clerk = call.session.as_ref().is_some_and(|session| session.role == Role::Clerk);
        if draft.sponsor.is_some() && clerk && terms.until == BindUntil::Nobody {
            return Err(Failure::refused(BindingRefusal::BindNobody));
        }
        if let Some(sponsor) = draft.sponsor
            && writing.reads().member(sponsor).await?.is_none()
        {
            return Err(Failure::refused(MemberRefusal::UnknownSponsor));
        }
        writing.record(call.entry(MemberEnrolled { member: id, number, card, sponsor: draft.sponsor, joined })?).await?;
        Ok(())
    }
    .await;
    call.house.finish(writing, outcome).await?;
    member(call, id).await
}

/// Changes a member's card.
pub async fn save_member(call: &Call<'_>, draft: MemberDraft) -> Result<MemberSheet, Failure> {
    let shop = call.shop()?;
    let (ranks, country_code) = (ranks(call).await?, shop.settings().await.country_code.clone());
    let computed = plan_today(call).await?.is_some_and(|plan| computes_ranks(&plan));
    let id = draft.member;
    let mut writing = shop.books.write().await?;
    let outcome = async {
        let mut before = writing.reads().member(id).await?.ok_or_else(|| not_found("member"))?;
        living(before.erased.as_deref())?;
        let phone = draft.card.phone.as_deref().and_then(|phone| member::normal_phone(phone, &country_code));
        let (phone_taken_by, _) = writing.member_takers(id, phone.as_deref(), &before.number).await?;
        let context = MemberContext { phone_taken_by, number_taken_by: None, ranks, country_code };
        let mut card = member::decide(draft.card, &context, &before.number).map_err(Failure::refused)?;
        // The card shows the rank in force; what stands in the fact is the one given by hand.
        let by_hand = writing.rank_by_hand(id).await?;
        let in_force = std::mem::replace(&mut before.card.rank, by_hand.clone());
        if card.level != before.card.level && !shop.settings().await.grown_levels().is_empty() {
            return Err(Failure::refused(crate::levels::LevelByGrowth::LevelByGrowth));
        }
        let rank_given = if card.rank == in_force {
            card.rank = by_hand;
            None
        } else {
            let reason = draft.rank_reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
            if reason.is_none() && computed {
                return Err(Failure::refused(MemberRefusal::RankReason));
            }
            Some(RankGiven { before: by_hand, reason: reason.unwrap_or_default().to_owned() })
        };
        if card != before.card || rank_given.is_some() {
            writing.record(call.entry(MemberChanged { member: id, card, rank_given })?).await?;
        }
        Ok(())
    }
    .await;
    call.house.finish(writing, outcome).await?;
    member(call, id).await
}

/// Gives a member another sponsor. The whole upline of the new one is read inside the transaction, so a cycle of any length is found.
pub async fn move_sponsor(call: &Call<'_>, draft: MoveDraft) -> Result<MemberSheet, Failure> {
    let shop = call.shop()?;
    let mut writing = shop.books.write().await?;
    let outcome = async {
        let row = writing.reads().member(draft.member).await?.ok_or_else(|| not_found("member"))?;
        let stands = row.sponsor.as_ref().map(|sponsor| sponsor.member);
        if stands != draft.from {
            return Err(Failure::refused(MemberRefusal::MovedMeanwhile));
        }
        if let Some(to) = draft.to {
            let upline = writing.upline(to).await?;
            if upline.is_empty() {
                return Err(Failure::refused(MemberRefusal::UnknownSponsor));
            }
            let upline: Vec<(MemberId, String)> = upline.into_iter().map(|hit| (hit.member, hit.name)).collect();
            member::decide_sponsor(draft.member, &row.card.name, &upline).map_err(Failure::refused)?;
        }
        if stands != draft.to {
            writing
                .record(call.entry(SponsorMoved { member: draft.member, from: stands, to: draft.to, reason: draft.reason, bound: false })?)
                .await?;
        }
        Ok(())
    }
    .await;
    call.house.finish(writing, outcome).await?;
    member(call, draft.member).await
}
