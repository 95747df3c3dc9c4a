//! What the shop knows of a person: all of it in one file for them, and erased where they ask for it.

use std::path::Path;

use books::query::{PointsStatement, SaleFilter, Window};
use domain::{
    erasure::{self, ErasureRefusal, MemberErased, Open},
    ids::MemberId,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ts_rs::TS;

use crate::{
    failure::{DoorRefusal, Failure, not_found},
    house::Shop,
    jobs::JobKind,
    members,
    menu::Call,
    upkeep::Exported,
};

/// Rows read at once.
const ROWS: i64 = 200;

/// A member to erase.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ErasureDraft {
    /// Whose data.
    pub member: MemberId,
    /// The member's number, typed to be sure.
    pub number: String,
    /// Why; it stands in the journal for ever and should name nobody.
    pub reason: String,
}

/// A file for everything that is known of a member.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MemberDataFile {
    /// Whose data.
    pub member: MemberId,
    /// Where to: `.json`.
    pub path: String,
}

/// Erases a member's personal data on this device at once, and on every other when they meet. Figures, papers and the place in the tree stay.
pub async fn erase_member(call: &Call<'_>, draft: ErasureDraft) -> Result<books::query::MemberSheet, Failure> {
    let shop = call.shop()?;
    let mut writing = shop.books.write().await?;
    let outcome = async {
        let row = writing.reads().member(draft.member).await?.ok_or_else(|| not_found("member"))?;
        // Nobody else writes while this transaction is open: what readers see is what is.
        let money = shop.books.member_money(draft.member).await?;
        let open = Open {
            balance_minor: row.balance_minor,
            commission_minor: money.payable_minor + money.under_way_minor + money.held_minor,
            pending_micro: money.pending_micro,
            points: row.points + row.points_locked,
        };
        let erased =
            erasure::decide(draft.member, &row.number, row.erased.as_deref(), &draft.number, &draft.reason, open).map_err(Failure::refused)?;
        // Other cards of the same person go with the one that stays.
        let merged = shop.books.member(draft.member).await?.map(|sheet| sheet.merged).unwrap_or_default();
        for card in merged {
            writing.record(call.entry(MemberErased { member: card.member, reason: erased.reason.clone() })?).await?;
        }
        writing.record(call.entry(erased)?).await?;
        Ok(())
    }
    .await;
    call.house.finish(writing, outcome).await?;
    members::member(call, draft.member).await
}

/// Refuses what would put something personal on a member who was erased.
pub(crate) fn living(erased: Option<&str>) -> Result<(), Failure> {
    match erased {
        Some(day) => Err(Failure::refused(ErasureRefusal::MemberErased { day: day.to_owned() })),
        None => Ok(()),
    }
}

/// Writes everything that is known of a member as one JSON file, as a job: for the person who asks what the shop knows (GDPR art. 15 and 20, PIPL art. 45).
pub async fn export_member_data(call: &Call<'_>, draft: MemberDataFile) -> Result<u32, Failure> {
    let shop = call.shop_arc()?;
    let written = call.house.today(&shop);
    let progress = call.house.jobs.begin(JobKind::Export, call.house.world.now_ms())?;
    Ok(progress.run(async move {
        let refused = |reason: String| Failure::from(DoorRefusal::File { path: draft.path.clone(), reason });
        let known = known_of(&shop, draft.member, &written).await?;
        let text = serde_json::to_string_pretty(&known).map_err(|error| refused(error.to_string()))?;
        let path = Path::new(&draft.path);
        // Whole or not at all: what stood there is replaced only by a finished file.
        let unfinished = path.with_extension("json.part");
        tokio::fs::write(&unfinished, format!("{text}\n")).await.map_err(|error| refused(error.to_string()))?;
        tokio::fs::rename(&unfinished, path).await.map_err(|error| refused(error.to_string()))?;
        Exported { path: draft.path, rows: None }.result()
    }))
}

/// Every row of a list that is read in parts.
macro_rules! every {
    ($window:ident, $page:expr) => {{
        let mut rows = Vec::new();
        loop {
            let $window = Window { offset: i64::try_from(rows.len()).unwrap_or(i64::MAX), limit: ROWS };
            let page = $page;
            let last = page.rows.is_empty();
            rows.extend(page.rows);
            if last || i64::try_from(rows.len()).is_ok_and(|read| read >= page.count) {
                break rows;
            }
        }
    }};
}

async fn known_of(shop: &Shop, member: MemberId, written: &str) -> Result<Value, Failure> {
    let books = &shop.books;
    let sheet = books.member(member).await?.ok_or_else(|| not_found("member"))?;
    let PointsStatement { held, locked, running_out, .. } = books.member_points(member, Window { offset: 0, limit: 0 }).await?;
    let points = every!(window, books.member_points(member, window).await?.page);
    let purchases = SaleFilter { member: Some(member), ..SaleFilter::default() };
    let payouts = books::query::PayoutFilter { member: Some(member), ..Default::default() };
    Ok(json!({
        "shop": shop.info.name,
        "currency": shop.info.currency,
        "minor_digits": shop.info.minor_digits,
        "written": written,
        "member": sheet.row,
        "merged_cards": sheet.merged.iter().map(|card| &card.number).collect::<Vec<_>>(),
        "upline": sheet.upline.iter().map(|above| &above.number).collect::<Vec<_>>(),
        "payee": books.payee(member).await?,
        "purchases": every!(window, books.sales(&purchases, window).await?),
        "points": {"held": held, "locked": locked, "running_out": running_out, "movements": points},
        "stored_value": every!(window, books.balance_rows(member, window).await?),
        "top_ups": books.top_ups(member).await?,
        "levels": every!(window, books.member_levels(member, window).await?),
        "ranks": books.ranks_of(member).await?,
        "commission": {"pending_micro": sheet.pending_micro, "months": sheet.months, "statements": books.statements_of(member).await?},
        "payouts": every!(window, books.payouts(&payouts, window).await?),
        "messages": books.messages_to(member).await?,
    }))
}
