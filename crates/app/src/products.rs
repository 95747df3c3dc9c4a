//! Products and their stock.

use books::query::{Page, ProductFilter, ProductRow, StockMove, Window};
use domain::{
    ids::{EntryId, LocationId, ProductId},
    product::{self, ProductArchived, ProductCard, ProductContext},
    stock::{self, AdjustReason, StockAdjusted, tidy},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    failure::{Failure, not_found},
    menu::Call,
    stock::{GoodsDraft, GoodsDraftLine, receive_goods},
};

/// With which product.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BoughtQuestion {
    /// The product.
    pub product: ProductId,
    /// What the customer has already.
    #[serde(default)]
    pub besides: Vec<ProductId>,
}

/// Which part of the product list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProductsQuestion {
    /// Which products, in which order.
    pub filter: ProductFilter,
    /// Which rows.
    pub window: Window,
}

/// A product to create, or to edit where `product` is given.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProductDraft {
    /// Which to edit.
    #[serde(default)]
    pub product: Option<ProductId>,
    /// Its card.
    pub card: ProductCard,
    /// Stock that is there already, for a new product, in thousandths.
    #[serde(default)]
    pub opening_milli: i64,
}

/// Off the list, or back on it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ArchiveDraft {
    /// Which.
    pub product: ProductId,
    /// Off or on.
    pub archived: bool,
}

/// Goods that arrived.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReceiveDraft {
    /// Which product.
    pub product: ProductId,
    /// Thousandths of a piece.
    pub qty_milli: i64,
    /// Cost of one in minor units.
    #[serde(default)]
    pub cost_minor: Option<i64>,
    /// Delivery note or supplier.
    #[serde(default)]
    pub note: Option<String>,
    /// Where the goods go; absent for the shop floor.
    #[serde(default)]
    #[ts(optional)]
    pub location: Option<LocationId>,
}

/// A stock set right.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AdjustDraft {
    /// Which product.
    pub product: ProductId,
    /// Thousandths of a piece, below zero where goods are missing.
    pub by_milli: i64,
    /// Why.
    pub reason: AdjustReason,
    /// Free text.
    #[serde(default)]
    pub note: Option<String>,
    /// Where; absent for the shop floor.
    #[serde(default)]
    #[ts(optional)]
    pub location: Option<LocationId>,
}

/// A part of the product list.
pub async fn products(call: &Call<'_>, question: ProductsQuestion) -> Result<Page<ProductRow>, Failure> {
    Ok(call.shop()?.books.products(&question.filter, question.window).await?)
}

/// Up to three products that often stand on receipts with this one, and in stock: what the till may offer.
pub async fn bought_with(call: &Call<'_>, question: BoughtQuestion) -> Result<Vec<ProductRow>, Failure> {
    Ok(call.shop()?.books.bought_with(question.product, &question.besides).await?)
}

/// A product as it stands.
pub async fn product(call: &Call<'_>, product: ProductId) -> Result<ProductRow, Failure> {
    call.shop()?.books.product(product).await?.ok_or_else(|| not_found("product"))
}

/// Categories in use.
pub async fn categories(call: &Call<'_>, (): ()) -> Result<Vec<String>, Failure> {
    Ok(call.shop()?.books.categories().await?)
}

/// Creates or edits a product.
pub async fn save_product(call: &Call<'_>, draft: ProductDraft) -> Result<ProductRow, Failure> {
    let shop = call.shop()?;
    let settings = shop.settings().await;
    let product = draft.product.unwrap_or_else(|| call.house.world.new_id());
    let mut writing = shop.books.write().await?;
    let outcome = async {
        if draft.product.is_some() && writing.reads().shelf(&[product]).await?.is_empty() {
            return Err(not_found("product"));
        }
        let (code_taken_by, barcode_taken_by) =
            writing.product_takers(product, draft.card.code.trim(), draft.card.barcode.as_deref().map(str::trim)).await?;
        let context = ProductContext { code_taken_by, barcode_taken_by, taxes: settings.taxes.keys().cloned().collect() };
        let saved = product::decide(product, draft.card, &context).map_err(Failure::refused)?;
        let cost_minor = saved.card.cost_minor;
        writing.record(call.entry(saved)?).await?;
        if draft.product.is_none() && draft.opening_milli != 0 {
            let opening = StockAdjusted::opening(product, draft.opening_milli, cost_minor);
            writing.record(call.entry(stock::adjust(opening).map_err(Failure::refused)?)?).await?;
        }
        writing.reads().shelf(&[product]).await?.pop().ok_or_else(|| not_found("product"))
    }
    .await;
    call.house.finish(writing, outcome).await
}

/// Takes a product off the list, or puts it back.
pub async fn archive_product(call: &Call<'_>, draft: ArchiveDraft) -> Result<(), Failure> {
    known(call, draft.product).await?;
    call.record(ProductArchived { product: draft.product, archived: draft.archived }).await
}

/// Receives goods of one product: a delivery of one line.
pub async fn receive_stock(call: &Call<'_>, draft: ReceiveDraft) -> Result<ProductRow, Failure> {
    known(call, draft.product).await?;
    let document: EntryId = call.house.world.new_id();
    let line = GoodsDraftLine { product: draft.product, qty_milli: draft.qty_milli, unit_minor: draft.cost_minor, cost_minor: None };
    let goods = GoodsDraft { document, supplier: None, reference: None, location: draft.location, lines: vec![line], note: draft.note };
    receive_goods(call, goods).await?;
    known(call, draft.product).await
}

/// Sets a stock right, and its value by the same measure.
pub async fn adjust_stock(call: &Call<'_>, draft: AdjustDraft) -> Result<ProductRow, Failure> {
    let shop = call.shop()?;
    let AdjustDraft { product, by_milli, reason, note, location } = draft;
    let mut writing = shop.books.write().await?;
    let outcome = async {
        let row = writing.reads().shelf(&[product]).await?.pop().ok_or_else(|| not_found("product"))?;
        if !writing.reads().knows_place(location).await? {
            return Err(not_found("place"));
        }
        let mut held = writing.reads().holdings(&[product]).await?.remove(&product).unwrap_or_default();
        let adjusted = StockAdjusted { product, by_milli, reason, note: tidy(note), location, value_minor: None };
        let adjusted = stock::adjust(adjusted).map_err(Failure::refused)?;
        let value_minor = Some(held.set_right(by_milli, row.card.cost_minor.unwrap_or(0)));
        writing.record(call.entry(StockAdjusted { value_minor, ..adjusted })?).await?;
        Ok(())
    }
    .await;
    call.house.finish(writing, outcome).await?;
    known(call, product).await
}

/// The newest movements of a product's stock.
pub async fn stock_moves(call: &Call<'_>, product: ProductId) -> Result<Vec<StockMove>, Failure> {
    Ok(call.shop()?.books.stock_moves(product).await?)
}

async fn known(call: &Call<'_>, product: ProductId) -> Result<ProductRow, Failure> {
    call.shop()?.books.product(product).await?.ok_or_else(|| not_found("product"))
}
