//! Groups of members: their figures, the shop's tags, kept views of the list, and the list as a sheet.

mod sheet;

use std::sync::Arc;

use books::{
    NewEntry,
    query::{BandRow, GroupRow, MemberFilter, WordRow},
};
use domain::{
    close::part_id,
    fact::Fact,
    group::GroupTerms,
    ids::MemberId,
    shop::SettingChanged,
    tag::{self, MembersTagged},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::{
    erasure::living,
    failure::{Failure, not_found},
    house::{House, Shop},
    imports::slices::Pen,
    jobs::{JobKind, Progress},
    menu::Call,
};

/// Every group with its figures today.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct GroupsReport {
    /// Where one group ends and the next begins.
    pub terms: GroupTerms,
    /// The groups.
    pub groups: Vec<GroupRow>,
    /// The bands of spending, lowest first.
    pub bands: Vec<BandRow>,
    /// The levels in use.
    pub levels: Vec<WordRow>,
    /// The shop's tags.
    pub tags: Vec<WordRow>,
}

/// A tag to put on one member, or to take off.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TagDraft {
    /// Whose.
    pub member: MemberId,
    /// The word.
    pub tag: String,
    /// True to put it on.
    pub on: bool,
}

/// A tag to put on everybody under a filter, or to take off.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct GroupTagDraft {
    /// Who.
    pub filter: MemberFilter,
    /// The word.
    pub tag: String,
    /// True to put it on.
    pub on: bool,
}

/// What a job over many members did, and what takes it back.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Tagged {
    /// The word.
    pub tag: String,
    /// True where it was put on.
    pub on: bool,
    /// How many members it was put on or taken off; those who had it, or had it not, are not among them.
    pub members: i64,
    /// Names the job for [`undo_tags`].
    pub batch: String,
}

/// A view of the member list to keep.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ViewDraft {
    /// Its name; one that stands is replaced.
    pub name: String,
    /// What it shows; absent to forget the view.
    #[serde(default)]
    pub filter: Option<MemberFilter>,
}

/// The member list as a file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MembersExport {
    /// Which members, in which order.
    pub filter: MemberFilter,
    /// Where to; `.xlsx` or `.csv` decides the format.
    pub path: String,
}

/// Why a view is not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
enum ViewRefusal {
    /// No name, or a long one.
    #[error("a view needs a name of 1 to 40 signs")]
    ViewName,
    /// More than a list can show.
    #[error("{most} views are kept already")]
    TooManyViews {
        /// How many there can be.
        most: usize,
    },
}

const MOST_VIEWS: usize = 50;
/// Members of one entry: it stays small on its way to other tills.
const AT_ONCE: i64 = 250;

/// The groups, the bands of spending, the levels and the tags, each with its figures.
pub async fn member_groups(call: &Call<'_>, (): ()) -> Result<GroupsReport, Failure> {
    let shop = call.shop()?;
    let settings = shop.settings().await;
    let bounds = settings.group_bounds(&call.house.today(shop));
    let (levels, tags) = shop.books.group_words().await?;
    let (groups, bands) = (shop.books.groups(&bounds).await?, shop.books.bands(&bounds).await?);
    Ok(GroupsReport { terms: settings.groups.clone(), groups, bands, levels, tags })
}

/// Puts a tag on a member, or takes it off. Asked twice, it is recorded once.
pub async fn tag_member(call: &Call<'_>, draft: TagDraft) -> Result<Vec<String>, Failure> {
    let shop = call.shop()?;
    let tag = tag::tidy(&draft.tag).map_err(Failure::refused)?;
    let mut writing = shop.books.write().await?;
    let outcome = async {
        let row = writing.reads().member(draft.member).await?.ok_or_else(|| not_found("member"))?;
        living(row.erased.as_deref())?;
        if row.tags.contains(&tag) != draft.on {
            writing.record(call.entry(MembersTagged { tag: tag.clone(), on: draft.on, members: vec![draft.member] })?).await?;
        }
        let row = writing.reads().member(draft.member).await?;
        Ok(row.map(|row| row.tags).unwrap_or_default())
    }
    .await;
    call.house.finish(writing, outcome).await
}

/// Puts a tag on everybody under a filter, or takes it off, as a job that does not keep the tills waiting; the result is a [`Tagged`]. Stopped, it
/// leaves what it did, and says what that was.
pub async fn tag_group(call: &Call<'_>, draft: GroupTagDraft) -> Result<u32, Failure> {
    let shop = call.shop_arc()?;
    let tag = tag::tidy(&draft.tag).map_err(Failure::refused)?;
    let bounds = shop.settings().await.group_bounds(&call.house.today(&shop));
    let actor = call.session.as_ref().map(|session| session.person);
    let house = call.house.clone();
    let progress = house.jobs.begin(JobKind::Tag, house.world.now_ms())?;
    let told = progress.clone();
    Ok(progress.run(async move {
        let batch: MemberId = house.world.new_id();
        let batch = batch.to_string();
        let all = shop.books.members(&draft.filter, &bounds, books::query::Window { offset: 0, limit: 1 }).await?.count;
        let mut pen = Pen::new(&house, &shop.books, false);
        let (mut members, mut after) = (0, 0);
        for part in 0.. {
            let some = pen.now().await?.reads().to_tag(&draft.filter, &bounds, (&tag, draft.on), (after, AT_ONCE)).await?;
            let Some((last, _)) = some.last() else { break };
            after = *last;
            let fact = MembersTagged { tag: tag.clone(), on: draft.on, members: some.iter().map(|(_, member)| *member).collect() };
            pen.now().await?.record(NewEntry { id: part_id(&shop.info.name, &batch, 0, "tag", part), ..house.entry(&shop, actor, fact) }).await?;
            members += i64::try_from(some.len()).unwrap_or(i64::MAX);
            pen.rest().await?;
            told.at("recording", members, all);
            if told.stopped() {
                break;
            }
        }
        pen.finish().await?;
        result(&Tagged { tag, on: draft.on, members, batch })
    }))
}

/// Takes back what a job over many members did, no more and no less; the result is a [`Tagged`] again.
pub async fn undo_tags(call: &Call<'_>, batch: String) -> Result<u32, Failure> {
    let shop = call.shop_arc()?;
    let first = undone(&shop, &batch, 0).await?.ok_or_else(|| not_found("batch"))?;
    let actor = call.session.as_ref().map(|session| session.person);
    let house = call.house.clone();
    let progress = house.jobs.begin(JobKind::Tag, house.world.now_ms())?;
    let told = progress.clone();
    Ok(progress.run(async move {
        let mut back = Tagged { tag: first.tag, on: !first.on, members: 0, batch: format!("{batch} back") };
        take_back(&house, &shop, &batch, (&mut back, actor), &told).await?;
        result(&back)
    }))
}

async fn take_back(
    house: &Arc<House>,
    shop: &Shop,
    batch: &str,
    (back, actor): (&mut Tagged, Option<domain::ids::PersonId>),
    told: &Progress,
) -> Result<(), Failure> {
    let mut pen = Pen::new(house, &shop.books, false);
    for part in 0.. {
        let Some(done) = undone(shop, batch, part).await? else { break };
        back.members += i64::try_from(done.members.len()).unwrap_or(i64::MAX);
        let fact = MembersTagged { on: !done.on, ..done };
        pen.now().await?.record(NewEntry { id: part_id(&shop.info.name, &back.batch, 0, "tag", part), ..house.entry(shop, actor, fact) }).await?;
        pen.rest().await?;
        told.at("recording", back.members, 0);
    }
    pen.finish().await
}

/// A part of what a job did.
async fn undone(shop: &Shop, batch: &str, part: u32) -> Result<Option<MembersTagged>, Failure> {
    let Some(stored) = shop.books.entry(part_id(&shop.info.name, batch, 0, "tag", part)).await? else { return Ok(None) };
    match stored.entry.fact(stored.number)? {
        Some(Fact::MembersTagged(done)) => Ok(Some(done)),
        Some(_) | None => Ok(None),
    }
}

fn result(tagged: &Tagged) -> Result<Value, Failure> {
    serde_json::to_value(tagged).map_err(|error| Failure::Broken { trace: error.to_string() })
}

/// Keeps a view of the member list under a name, or forgets it.
pub async fn save_member_view(call: &Call<'_>, draft: ViewDraft) -> Result<Vec<String>, Failure> {
    let shop = call.shop()?;
    let name = draft.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > 40 {
        return Err(Failure::refused(ViewRefusal::ViewName));
    }
    let mut writing = shop.books.write().await?;
    let outcome = async {
        let mut views = shop.settings().await.member_views.clone();
        match draft.filter {
            Some(filter) => drop(views.insert(name, filter)),
            None => drop(views.remove(&name)),
        }
        if views.len() > MOST_VIEWS {
            return Err(Failure::refused(ViewRefusal::TooManyViews { most: MOST_VIEWS }));
        }
        let value = serde_json::to_string(&views).map_err(|error| Failure::Broken { trace: error.to_string() })?;
        writing.record(call.entry(SettingChanged { name: "member_views".into(), value })?).await?;
        Ok(views.into_keys().collect())
    }
    .await;
    call.house.finish(writing, outcome).await
}

/// Writes the member list to a file, as a job; the columns are those that an import of members reads.
pub async fn export_members(call: &Call<'_>, draft: MembersExport) -> Result<u32, Failure> {
    let shop = call.shop_arc()?;
    let bounds = shop.settings().await.group_bounds(&call.house.today(&shop));
    let progress = call.house.jobs.begin(JobKind::Export, call.house.world.now_ms())?;
    let told = progress.clone();
    Ok(progress.run(async move { sheet::write(&shop, &draft, &bounds, &told).await?.result() }))
}
