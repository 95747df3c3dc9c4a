//! Counting: begun, counted blind by scan, reviewed by a manager, posted as one document.

use std::collections::BTreeMap;

use books::{
    Writing,
    query::{ExpectedLine, TakeLine, TakeRow},
};
use domain::{
    ids::{EntryId, LocationId, ProductId},
    stock::{self, CountedLine, StockCounted, StockRefusal, value::Holding},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    failure::{Failure, not_found},
    house::Shop,
    menu::Call,
    stock::{DocumentSheet, document_number, on_shelf, sheet},
};

/// A count to begin.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TakeDraft {
    /// What it is called.
    #[serde(default)]
    pub label: String,
    /// Which place; absent for the shop floor.
    #[serde(default)]
    pub location: Option<LocationId>,
}

/// What was found of a product.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CountDraft {
    /// In which count.
    pub take: EntryId,
    /// The product.
    pub product: ProductId,
    /// Thousandths of a piece.
    pub qty_milli: i64,
    /// True to add to what was counted, false to put it in its place.
    pub adds: bool,
}

/// One product to take out of a count again.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct UncountDraft {
    /// From which count.
    pub take: EntryId,
    /// The product.
    pub product: ProductId,
}

/// A count to post.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PostDraft {
    /// Which.
    pub take: EntryId,
    /// True where goods that nobody counted are not there.
    pub rest_is_zero: bool,
    /// Free text.
    #[serde(default)]
    pub note: Option<String>,
}

/// A count as a manager sees it before posting.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TakeReview {
    /// The count.
    pub take: TakeRow,
    /// What was counted, the largest differences in value first.
    pub lines: Vec<ExpectedLine>,
    /// What the books have at the place and nobody counted.
    pub uncounted: Vec<ExpectedLine>,
    /// What the differences are worth, in minor units.
    pub value_minor: i64,
}

/// Counts under way.
pub async fn takes(call: &Call<'_>, (): ()) -> Result<Vec<TakeRow>, Failure> {
    Ok(call.shop()?.books.takes().await?)
}

/// Begins a count.
pub async fn begin_take(call: &Call<'_>, draft: TakeDraft) -> Result<TakeRow, Failure> {
    let shop = call.shop()?;
    let take: EntryId = call.house.world.new_id();
    let location = draft.location.unwrap_or(LocationId(uuid::Uuid::nil()));
    let mut writing = shop.books.write().await?;
    let outcome = async {
        if !writing.reads().knows_place(Some(location)).await? {
            return Err(not_found("place"));
        }
        let person = call.session.as_ref().map(|session| session.person);
        writing.begin_take(take, draft.label.trim(), location, person, call.house.world.now_ms()).await?;
        writing.take(take).await?.ok_or_else(|| not_found("count"))
    }
    .await;
    call.house.finish(writing, outcome).await
}

/// What was counted so far; blind: nothing says what the books expect.
pub async fn take(call: &Call<'_>, take: EntryId) -> Result<Vec<TakeLine>, Failure> {
    Ok(call.shop()?.books.take_lines(take).await?)
}

/// Counts a product: one more by scan, or a quantity.
pub async fn count_stock(call: &Call<'_>, draft: CountDraft) -> Result<Vec<TakeLine>, Failure> {
    let shop = call.shop()?;
    if !draft.adds && draft.qty_milli < 0 {
        return Err(Failure::refused(StockRefusal::CountedBelowZero));
    }
    if draft.qty_milli.unsigned_abs() > 1_000_000_000_000 {
        return Err(Failure::refused(StockRefusal::TooMuch));
    }
    let mut writing = shop.books.write().await?;
    let outcome = async {
        open(&mut writing, draft.take).await?;
        if writing.reads().shelf(&[draft.product]).await?.is_empty() {
            return Err(not_found("product"));
        }
        writing.count(draft.take, draft.product, draft.qty_milli, draft.adds, call.house.world.now_ms()).await?;
        Ok(writing.lines_of_take(draft.take).await?)
    }
    .await;
    call.house.finish(writing, outcome).await
}

/// Takes a product out of a count again.
pub async fn uncount_stock(call: &Call<'_>, draft: UncountDraft) -> Result<Vec<TakeLine>, Failure> {
    let shop = call.shop()?;
    let mut writing = shop.books.write().await?;
    let outcome = async {
        writing.forget_take(draft.take, Some(draft.product)).await?;
        Ok(writing.lines_of_take(draft.take).await?)
    }
    .await;
    call.house.finish(writing, outcome).await
}

/// Drops a count; nothing was posted of it.
pub async fn drop_take(call: &Call<'_>, take: EntryId) -> Result<(), Failure> {
    let shop = call.shop()?;
    let mut writing = shop.books.write().await?;
    let outcome = writing.forget_take(take, None).await.map_err(Failure::from);
    call.house.finish(writing, outcome).await
}

/// Lays what was counted beside what the books said at the moment of each count.
pub async fn review_take(call: &Call<'_>, take: EntryId) -> Result<TakeReview, Failure> {
    let shop = call.shop()?;
    let mut writing = shop.books.write().await?;
    let outcome = async {
        let row = open(&mut writing, take).await?;
        let counted = counted(shop, &mut writing, &row, false, None).await?;
        let uncounted = writing.uncounted(take, row.location).await?;
        let mut lines: Vec<ExpectedLine> = counted
            .lines
            .iter()
            .map(|line| ExpectedLine {
                product: line.product,
                code: line.code.clone(),
                name: line.name.clone(),
                expected_milli: line.expected_milli,
                counted_milli: Some(line.counted_milli),
                value_minor: line.value_minor,
            })
            .collect();
        lines.sort_by_key(|line| (std::cmp::Reverse(line.value_minor.abs()), line.counted_milli == Some(line.expected_milli), line.code.clone()));
        let uncounted = uncounted.into_iter().map(|line| ExpectedLine {
            product: line.product,
            code: line.code,
            name: line.name,
            expected_milli: line.counted_milli,
            counted_milli: None,
            value_minor: 0,
        });
        let value_minor = lines.iter().map(|line| line.value_minor).sum();
        Ok(TakeReview { take: row, lines, uncounted: uncounted.collect(), value_minor })
    }
    .await;
    // Nothing was written: what was read is all there is.
    call.house.finish(writing, outcome).await
}

/// Posts a count as one document. Asked twice it posts once.
pub async fn post_take(call: &Call<'_>, draft: PostDraft) -> Result<DocumentSheet, Failure> {
    let shop = call.shop()?;
    let mut writing = shop.books.write().await?;
    let outcome = async {
        if writing.stands(draft.take).await? {
            return Ok(());
        }
        let row = open(&mut writing, draft.take).await?;
        let counted = counted(shop, &mut writing, &row, draft.rest_is_zero, draft.note).await?;
        if counted.lines.is_empty() {
            return Err(Failure::refused(StockRefusal::NoLines));
        }
        let mut entry = call.entry(counted)?;
        entry.id = draft.take;
        writing.record(entry).await?;
        writing.forget_take(draft.take, None).await?;
        Ok(())
    }
    .await;
    call.house.finish(writing, outcome).await?;
    sheet(shop, draft.take).await
}

async fn open(writing: &mut Writing<'_>, take: EntryId) -> Result<TakeRow, Failure> {
    writing.take(take).await?.ok_or_else(|| not_found("count"))
}

/// The fact that the count would be now.
async fn counted(shop: &Shop, writing: &mut Writing<'_>, row: &TakeRow, rest_is_zero: bool, note: Option<String>) -> Result<StockCounted, Failure> {
    let location = Some(row.location).filter(|location| !location.0.is_nil());
    let mut found = writing.lines_of_take(row.take).await?;
    if rest_is_zero {
        let seen = writing.seen();
        found.extend(writing.uncounted(row.take, row.location).await?.into_iter().map(|line| TakeLine { counted_milli: 0, seen, ..line }));
    }
    let products: Vec<ProductId> = found.iter().map(|line| line.product).collect();
    let mut holdings: BTreeMap<ProductId, Holding> = BTreeMap::new();
    let mut costs: BTreeMap<ProductId, i64> = BTreeMap::new();
    for part in products.chunks(500) {
        holdings.extend(writing.reads().holdings(part).await?);
    }
    for (product, shelf) in on_shelf(writing, &products).await? {
        costs.insert(product, shelf.card.cost_minor.unwrap_or(0));
    }
    let mut lines = Vec::with_capacity(found.len());
    for TakeLine { product, code, name, counted_milli, seen, .. } in found {
        let expected_milli = writing.reads().stock_at(product, location, Some(seen)).await?;
        lines.push(CountedLine { product, code, name, expected_milli, counted_milli, seen, value_minor: 0 });
    }
    if lines.is_empty() {
        return Ok(StockCounted { number: String::new(), location, lines, note });
    }
    let number = document_number(shop, writing, 'C').await?;
    let counted = StockCounted { number, location, lines, note };
    let (holding, cost) = (|product| holdings.get(&product).copied().unwrap_or_default(), |product| costs.get(&product).copied().unwrap_or(0));
    stock::count(counted, holding, cost).map_err(Failure::refused)
}
