//! Two cards of one person made one, and what comes in on the merged card later.

use std::sync::Arc;

use books::{
    NewEntry, Writing,
    query::{MemberRow, MemberSheet},
};
use domain::{
    close::part_id,
    fact::Fact,
    ids::{EntryId, MemberId, PersonId},
    level::{GrowthMoved, GrowthWhy},
    member::SponsorMoved,
    merge::{self, Card, MergeFollowed},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    failure::{Failure, not_found},
    house::{House, Shop},
    levels, members,
    menu::Call,
};

/// Merged cards that are looked at in one transaction, so that a sale in between does not wait for all of them.
const AT_ONCE: usize = 100;

/// Two cards to merge.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MergeDraft {
    /// The card that goes.
    pub member: MemberId,
    /// The card that stays.
    pub into: MemberId,
    /// Why.
    pub reason: String,
}

/// Merges one member's card into another's: the tree moves under the card that stays, and what the other holds goes over to it, all in one transaction.
pub async fn merge_members(call: &Call<'_>, draft: MergeDraft) -> Result<MemberSheet, Failure> {
    let shop = call.shop()?;
    let mut writing = shop.books.write().await?;
    let outcome = async {
        let goes = writing.reads().member(draft.member).await?.ok_or_else(|| not_found("member"))?;
        let stays = writing.reads().member(draft.into).await?.ok_or_else(|| not_found("member"))?;
        let merged = merge::decide(&card(&goes), &card(&stays), &draft.reason).map_err(Failure::refused)?;
        let (one, two) = (merged.member, merged.into);
        let reason = merged.reason.clone();
        let upline: Vec<MemberId> = writing.upline(two).await?.into_iter().map(|above| above.member).collect();
        let brought = writing.brought_in_by(one).await?;
        let entry = call.entry(merged)?;
        let id = entry.id;
        writing.record(entry).await?;
        let above = goes.sponsor.as_ref().map(|sponsor| sponsor.member);
        for (member, from, to) in merge::tree((one, above), &upline, &brought) {
            writing.record(call.entry(SponsorMoved { member, from, to, reason: Some(reason.clone()), bound: false })?).await?;
        }
        for tag in goes.tags.iter().filter(|tag| !stays.tags.contains(tag)) {
            let tagged = domain::tag::MembersTagged { tag: tag.clone(), on: true, members: vec![two] };
            writing.record(call.entry(tagged)?).await?;
        }
        follow(&Doer { house: call.house, shop, actor: call.session.as_ref().map(|session| session.person) }, &mut writing, (one, two), id).await
    }
    .await;
    call.house.finish(writing, outcome).await?;
    members::member(call, draft.into).await
}

fn card(row: &MemberRow) -> Card<'_> {
    let merged = row.merged_into.as_ref().map(|into| into.number.as_str());
    Card { member: row.member, number: &row.number, erased: row.erased.as_deref(), merged }
}

/// Lets what came in on merged cards go over to those that stay.
///
/// # Errors
/// The database's; what was done before it is done.
pub(crate) async fn run(house: &Arc<House>, shop: &Shop, today: &str) -> Result<(), Failure> {
    let by = Doer { house, shop, actor: None };
    for cards in shop.books.merged_with_more().await?.chunks(AT_ONCE) {
        let mut writing = shop.books.write().await?;
        let outcome = async {
            for (member, into) in cards {
                // Two tills that are apart may both come to it on the day: the shop keeps one, and what the other saw alone goes over on the next.
                let id = part_id(&shop.info.name, today, 0, &member.to_string(), 0);
                follow(&by, &mut writing, (*member, *into), id).await?;
            }
            Ok(())
        }
        .await;
        house.finish(writing, outcome).await?;
    }
    Ok(())
}

/// Who records, and where.
struct Doer<'a> {
    house: &'a Arc<House>,
    shop: &'a Shop,
    actor: Option<PersonId>,
}

impl Doer<'_> {
    /// Records once under an identity that follows from the merge or the day, the two cards and what it is.
    async fn once(&self, writing: &mut Writing<'_>, id: EntryId, fact: impl Into<Fact>) -> Result<bool, Failure> {
        if writing.stands(id).await? {
            return Ok(false);
        }
        writing.record(NewEntry { id, ..self.house.entry(self.shop, self.actor, fact) }).await?;
        Ok(true)
    }
}

async fn follow(by: &Doer<'_>, writing: &mut Writing<'_>, (member, into): (MemberId, MemberId), cause: EntryId) -> Result<(), Failure> {
    let [paid_minor, bonus_minor, points, growth] = writing.holdings(member).await?;
    let points_parts = writing.reads().points_lots(member).await?.parts_of(points.max(0));
    let followed = MergeFollowed { member, into, paid_minor, bonus_minor, points, points_parts };
    if !followed.is_nothing() {
        let id = part_id(&member.to_string(), &cause.to_string(), 0, "MergeFollowed", 0);
        by.once(writing, id, followed).await?;
    }
    if growth != 0 {
        // The card that went keeps the level it had: nobody looks at it any more, and gifts that came with the level are not asked back.
        let gone = GrowthMoved { member, growth: -growth, why: GrowthWhy::Merged, of: cause };
        if by.once(writing, gone.id(cause), gone).await? {
            let came = GrowthMoved { member: into, growth, why: GrowthWhy::Merged, of: cause };
            levels::moves_over(by.house, by.shop, writing, by.actor, came).await?;
        }
    }
    Ok(())
}
