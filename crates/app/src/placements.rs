//! The binary tree: where a member stands, where they could, and moving them.

use books::query::{MemberHit, PlacementRow};
use domain::{
    ids::MemberId,
    placement::{MemberPlaced, Place, PlaceContext, PlacementRefusal, Side, decide},
    plan::{
        Plan,
        rule::{Kind, Tree},
    },
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    failure::{Failure, not_found},
    menu::Call,
};

/// A member in the binary tree.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PlacementSheet {
    /// True where the plan in force looks at this tree, or the member stands in it.
    pub used: bool,
    /// Where they stand.
    pub row: PlacementRow,
    /// For a member who stands nowhere: the outermost free places under their sponsor.
    pub free: Vec<FreePlace>,
}

/// A free place.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FreePlace {
    /// Under whom.
    pub under: MemberHit,
    /// In which leg.
    pub side: Side,
}

/// A place for a member, another one, or none.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PlaceDraft {
    /// Whose.
    pub member: MemberId,
    /// The place that the person saw; refused if it changed meanwhile.
    #[serde(default)]
    pub from: Option<Place>,
    /// The new one.
    #[serde(default)]
    pub to: Option<Place>,
    /// Why; needed where a place is changed.
    #[serde(default)]
    pub reason: Option<String>,
}

/// Where a member stands in the binary tree.
pub async fn placement(call: &Call<'_>, member: MemberId) -> Result<PlacementSheet, Failure> {
    let shop = call.shop()?;
    let known = shop.books.member(member).await?.ok_or_else(|| not_found("member"))?;
    let row = shop.books.placement(member).await?;
    let stands = row.under.is_some() || row.left.is_some() || row.right.is_some();
    let today = call.house.today(shop);
    let in_force = books::Reading::over(&mut *shop.books.reader().await?).plan_on(&today).await?;
    let plan = in_force.as_ref().map(|row| shop.plan(row)).transpose()?;
    let used = stands || plan.is_some_and(|plan| sees_places(&plan));
    let mut free = Vec::new();
    if let (true, None, Some(sponsor)) = (used, &row.under, &known.row.sponsor) {
        for side in [Side::L, Side::R] {
            let under = shop.books.outermost(sponsor.member, side).await?;
            // Whoever stands at the top of what is below the member is no place for the member.
            free.extend(under.filter(|under| under.member != member).map(|under| FreePlace { under, side }));
        }
    }
    Ok(PlacementSheet { used, row, free })
}

/// Puts a member, with everyone below, at a place, or takes them out. Rules are asked inside the transaction.
pub async fn place_member(call: &Call<'_>, draft: PlaceDraft) -> Result<PlacementSheet, Failure> {
    let shop = call.shop()?;
    let mut writing = shop.books.write().await?;
    let outcome = async {
        let row = writing.reads().member(draft.member).await?.ok_or_else(|| not_found("member"))?;
        let stands = writing.place_of(draft.member).await?;
        let (mut above, mut taken) = (Vec::new(), None);
        if let Some(to) = draft.to {
            above = writing.placed_above(to.under).await?.into_iter().map(|hit| (hit.member, hit.name)).collect();
            taken = writing.stands_at(to).await?;
        }
        let taken_by = taken.as_ref().map(|hit| (hit.member, hit.name.as_str()));
        let asked = MemberPlaced { member: draft.member, from: draft.from, to: draft.to, reason: draft.reason };
        let context = PlaceContext { name: &row.card.name, stands, above: &above, taken_by };
        if let Some(placed) = decide(asked, context).map_err(Failure::refused::<PlacementRefusal>)? {
            writing.record(call.entry(placed)?).await?;
        }
        Ok(())
    }
    .await;
    call.house.finish(writing, outcome).await?;
    placement(call, draft.member).await
}

/// True where a rule of the plan looks at the binary tree.
fn sees_places(plan: &Plan) -> bool {
    plan.rules.iter().any(|rule| match &rule.kind {
        Kind::Pair(_) => true,
        Kind::Walk(walk) => walk.path.tree == Tree::Placement,
        Kind::Pool(_) | Kind::Award(_) => false,
    })
}
