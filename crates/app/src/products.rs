//! Products and their stock.

use books::query::{Page, ProductFilter, ProductRow, StockMove, Window};
use domain::{
    ids::ProductId,
    product::{self, ProductArchived, ProductCard, ProductContext},
    stock::{self, AdjustReason, StockAdjusted, StockReceived},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    failure::{Failure, not_found},
    menu::Call,
};

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
}

/// A part of the product list.
pub async fn products(call: &Call<'_>, question: ProductsQuestion) -> Result<Page<ProductRow>, Failure> {
    Ok(call.shop()?.books.products(&question.filter, question.window).await?)
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
        writing.record(call.entry(saved)?).await?;
        if draft.product.is_none() && draft.opening_milli != 0 {
            let opening = StockAdjusted { product, by_milli: draft.opening_milli, reason: AdjustReason::Opening, note: None };
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

/// Receives goods.
pub async fn receive_stock(call: &Call<'_>, draft: ReceiveDraft) -> Result<ProductRow, Failure> {
    known(call, draft.product).await?;
    let received = StockReceived { product: draft.product, qty_milli: draft.qty_milli, cost_minor: draft.cost_minor, note: draft.note };
    call.record(stock::receive(received).map_err(Failure::refused)?).await?;
    known(call, draft.product).await
}

/// Sets a stock right.
pub async fn adjust_stock(call: &Call<'_>, draft: AdjustDraft) -> Result<ProductRow, Failure> {
    known(call, draft.product).await?;
    let adjusted = StockAdjusted { product: draft.product, by_milli: draft.by_milli, reason: draft.reason, note: draft.note };
    call.record(stock::adjust(adjusted).map_err(Failure::refused)?).await?;
    known(call, draft.product).await
}

/// The newest movements of a product's stock.
pub async fn stock_moves(call: &Call<'_>, product: ProductId) -> Result<Vec<StockMove>, Failure> {
    Ok(call.shop()?.books.stock_moves(product).await?)
}

async fn known(call: &Call<'_>, product: ProductId) -> Result<ProductRow, Failure> {
    call.shop()?.books.product(product).await?.ok_or_else(|| not_found("product"))
}
