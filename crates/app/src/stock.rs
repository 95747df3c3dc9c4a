//! The back room: suppliers, places, deliveries, transfers, and what goods are worth. Counting stands in `takes`.

use std::collections::BTreeMap;

use books::{
    Writing,
    query::{DocumentFilter, DocumentRow, LocationRow, Page, PlaceStock, ProductRow, SupplierRow, ValueFilter, ValuePage, Window},
};
use domain::{
    fact::Fact,
    ids::{EntryId, LocationId, ProductId, SupplierId},
    stock::{
        self, GoodsReceived, LocationSaved, MovedLine, ReceivedLine, StockCounted, StockRefusal, StockRevalued, StockTransferred, SupplierCard,
        SupplierSaved, line_cost, tidy,
    },
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    failure::{Failure, not_found},
    house::Shop,
    menu::Call,
};

/// A supplier to note, or to change where `supplier` is given.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SupplierDraft {
    /// Which to change.
    #[serde(default)]
    pub supplier: Option<SupplierId>,
    /// The card.
    pub card: SupplierCard,
}

/// A place to add, or to change where `location` is given; the nil id names the shop floor.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LocationDraft {
    /// Which to change.
    #[serde(default)]
    pub location: Option<LocationId>,
    /// Its name.
    pub name: String,
    /// No longer offered.
    #[serde(default)]
    pub archived: bool,
}

/// A delivery to book in.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct GoodsDraft {
    /// Chosen when the document was opened: booking it twice books it once.
    pub document: EntryId,
    /// Who delivered.
    #[serde(default)]
    pub supplier: Option<SupplierId>,
    /// The supplier's own number.
    #[serde(default)]
    pub reference: Option<String>,
    /// Where the goods go; absent for the shop floor.
    #[serde(default)]
    pub location: Option<LocationId>,
    /// What came.
    pub lines: Vec<GoodsDraftLine>,
    /// Free text.
    #[serde(default)]
    pub note: Option<String>,
}

/// One product of a delivery.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct GoodsDraftLine {
    /// The product.
    pub product: ProductId,
    /// Thousandths of a piece.
    pub qty_milli: i64,
    /// Cost of one in minor units; the last known one where absent.
    #[serde(default)]
    pub unit_minor: Option<i64>,
    /// What the whole line cost, where the supplier's document says so; goes before the cost of one.
    #[serde(default)]
    pub cost_minor: Option<i64>,
}

/// Goods to take from one place to another.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TransferDraft {
    /// Chosen when the document was opened.
    pub document: EntryId,
    /// Whence; absent for the shop floor.
    #[serde(default)]
    pub from: Option<LocationId>,
    /// Whither; absent for the shop floor.
    #[serde(default)]
    pub to: Option<LocationId>,
    /// What goes.
    pub lines: Vec<MoveDraftLine>,
    /// Free text.
    #[serde(default)]
    pub note: Option<String>,
}

/// One product of a transfer.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MoveDraftLine {
    /// The product.
    pub product: ProductId,
    /// Thousandths of a piece.
    pub qty_milli: i64,
}

/// Which part of the documents.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DocumentsQuestion {
    /// Which documents.
    pub filter: DocumentFilter,
    /// Which rows.
    pub window: Window,
}

/// A document with its lines; one of the three kinds.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DocumentSheet {
    /// As listed.
    pub row: DocumentRow,
    /// Where it is a delivery.
    pub received: Option<GoodsReceived>,
    /// Where it is a transfer.
    pub transferred: Option<StockTransferred>,
    /// Where it is a count.
    pub counted: Option<StockCounted>,
}

/// Which part of the values.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ValuesQuestion {
    /// Which products.
    pub filter: ValueFilter,
    /// Which rows.
    pub window: Window,
}

/// What the goods of a product are worth from now on.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RevalueDraft {
    /// Which product.
    pub product: ProductId,
    /// Minor units for all that is on hand.
    pub value_minor: i64,
    /// Why.
    #[serde(default)]
    pub note: Option<String>,
}

/// Suppliers by name.
pub async fn suppliers(call: &Call<'_>, (): ()) -> Result<Vec<SupplierRow>, Failure> {
    Ok(call.shop()?.books.suppliers().await?)
}

/// Notes a supplier.
pub async fn save_supplier(call: &Call<'_>, draft: SupplierDraft) -> Result<Vec<SupplierRow>, Failure> {
    let shop = call.shop()?;
    let supplier = draft.supplier.unwrap_or_else(|| call.house.world.new_id());
    let SupplierCard { name, contact, phone, note, archived } = draft.card;
    let card = SupplierCard { name: name.trim().to_owned(), contact: tidy(contact), phone: tidy(phone), note: tidy(note), archived };
    let mut writing = shop.books.write().await?;
    let outcome = async {
        if draft.supplier.is_some() && !writing.knows_supplier(supplier).await? {
            return Err(not_found("supplier"));
        }
        if card.name.is_empty() {
            return Err(Failure::refused(StockRefusal::NoName));
        }
        if !card.archived && writing.supplier_named(supplier, &card.name).await? {
            return Err(Failure::refused(StockRefusal::NameTaken { name: card.name }));
        }
        writing.record(call.entry(SupplierSaved { supplier, card })?).await?;
        Ok(())
    }
    .await;
    call.house.finish(writing, outcome).await?;
    Ok(shop.books.suppliers().await?)
}

/// Places where goods lie, the shop floor first.
pub async fn locations(call: &Call<'_>, (): ()) -> Result<Vec<LocationRow>, Failure> {
    Ok(call.shop()?.books.locations().await?)
}

/// Adds a place, names it, or takes it out of use once nothing lies there.
pub async fn save_location(call: &Call<'_>, draft: LocationDraft) -> Result<Vec<LocationRow>, Failure> {
    let shop = call.shop()?;
    let location = draft.location.unwrap_or_else(|| call.house.world.new_id());
    let name = draft.name.trim().to_owned();
    let known = shop.books.locations().await?;
    let mut writing = shop.books.write().await?;
    let outcome = async {
        if draft.location.is_some() && !known.iter().any(|row| row.location == location) {
            return Err(not_found("place"));
        }
        if name.is_empty() {
            return Err(Failure::refused(StockRefusal::NoName));
        }
        if draft.archived && (location.0.is_nil() || writing.place_holds_goods(location).await?) {
            return Err(Failure::refused(StockRefusal::PlaceInUse { name }));
        }
        if !draft.archived && writing.place_named(location, &name).await? {
            return Err(Failure::refused(StockRefusal::NameTaken { name }));
        }
        writing.record(call.entry(LocationSaved { location, name, archived: draft.archived })?).await?;
        Ok(())
    }
    .await;
    call.house.finish(writing, outcome).await?;
    Ok(shop.books.locations().await?)
}

/// What lies of a product where.
pub async fn places_of(call: &Call<'_>, product: ProductId) -> Result<Vec<PlaceStock>, Failure> {
    Ok(call.shop()?.books.places_of(product).await?)
}

/// Books a delivery in, at its cost.
pub async fn receive_goods(call: &Call<'_>, draft: GoodsDraft) -> Result<DocumentSheet, Failure> {
    let shop = call.shop()?;
    let document = draft.document;
    if shop.books.entry(document).await?.is_some() {
        return sheet(shop, document).await;
    }
    let mut writing = shop.books.write().await?;
    let outcome = async {
        if writing.stands(document).await? {
            return Ok(());
        }
        let goods = goods_of(shop, &mut writing, draft).await?;
        let mut entry = call.entry(goods)?;
        entry.id = document;
        writing.record(entry).await?;
        Ok(())
    }
    .await;
    call.house.finish(writing, outcome).await?;
    sheet(shop, document).await
}

/// The fact of a delivery, decided inside the transaction.
pub async fn goods_of(shop: &Shop, writing: &mut Writing<'_>, draft: GoodsDraft) -> Result<GoodsReceived, Failure> {
    place_in_use(writing, draft.location).await?;
    if let Some(supplier) = draft.supplier
        && !writing.knows_supplier(supplier).await?
    {
        return Err(not_found("supplier"));
    }
    let products: Vec<ProductId> = draft.lines.iter().map(|line| line.product).collect();
    let shelf = on_shelf(writing, &products).await?;
    let mut lines = Vec::with_capacity(draft.lines.len());
    for line in draft.lines {
        let row = shelf.get(&line.product).ok_or_else(|| not_found("product"))?;
        let unit = line.unit_minor.or(row.card.cost_minor).unwrap_or(0);
        if unit < 0 {
            return Err(Failure::refused(StockRefusal::CostBelowZero));
        }
        let cost_minor = line.cost_minor.or_else(|| line_cost(unit, line.qty_milli)).ok_or_else(|| Failure::refused(StockRefusal::TooMuch))?;
        let (code, name) = (row.card.code.clone(), row.card.name.clone());
        lines.push(ReceivedLine { product: line.product, code, name, qty_milli: line.qty_milli, cost_minor, late_minor: 0 });
    }
    let holdings = writing.reads().holdings(&products).await?;
    let number = document_number(shop, writing, 'R').await?;
    let goods = GoodsReceived { number, supplier: draft.supplier, reference: draft.reference, location: draft.location, lines, note: draft.note };
    stock::receive_goods(goods, |product| holdings.get(&product).copied().unwrap_or_default()).map_err(Failure::refused)
}

/// Takes goods from one place to another.
pub async fn transfer_stock(call: &Call<'_>, draft: TransferDraft) -> Result<DocumentSheet, Failure> {
    let shop = call.shop()?;
    let document = draft.document;
    if shop.books.entry(document).await?.is_some() {
        return sheet(shop, document).await;
    }
    let mut writing = shop.books.write().await?;
    let outcome = async {
        if writing.stands(document).await? {
            return Ok(());
        }
        let named = |location: Option<LocationId>| location.filter(|location| !location.0.is_nil());
        let (from, to) = (named(draft.from), named(draft.to));
        place_in_use(&mut writing, from).await?;
        place_in_use(&mut writing, to).await?;
        let products: Vec<ProductId> = draft.lines.iter().map(|line| line.product).collect();
        let shelf = on_shelf(&mut writing, &products).await?;
        let mut lines = Vec::with_capacity(draft.lines.len());
        for MoveDraftLine { product, qty_milli } in draft.lines {
            let row = shelf.get(&product).ok_or_else(|| not_found("product"))?;
            lines.push(MovedLine { product, code: row.card.code.clone(), name: row.card.name.clone(), qty_milli });
        }
        let number = document_number(shop, &mut writing, 'T').await?;
        let moved = stock::transfer(StockTransferred { number, from, to, lines, note: draft.note }).map_err(Failure::refused)?;
        let mut entry = call.entry(moved)?;
        entry.id = document;
        writing.record(entry).await?;
        Ok(())
    }
    .await;
    call.house.finish(writing, outcome).await?;
    sheet(shop, document).await
}

/// A part of the documents, newest first.
pub async fn stock_documents(call: &Call<'_>, question: DocumentsQuestion) -> Result<Page<DocumentRow>, Failure> {
    Ok(call.shop()?.books.stock_documents(&question.filter, question.window).await?)
}

/// One document with its lines.
pub async fn stock_document(call: &Call<'_>, document: EntryId) -> Result<DocumentSheet, Failure> {
    sheet(call.shop()?, document).await
}

/// What goods are worth.
pub async fn stock_values(call: &Call<'_>, question: ValuesQuestion) -> Result<ValuePage, Failure> {
    Ok(call.shop()?.books.stock_values(&question.filter, question.window).await?)
}

/// Sets right what the goods of a product are worth.
pub async fn revalue_stock(call: &Call<'_>, draft: RevalueDraft) -> Result<(), Failure> {
    let shop = call.shop()?;
    let mut writing = shop.books.write().await?;
    let outcome = async {
        let held = writing.reads().holdings(&[draft.product]).await?.remove(&draft.product).ok_or_else(|| not_found("product"))?;
        if draft.value_minor < 0 || (held.qty_milli <= 0 && draft.value_minor != 0) {
            return Err(Failure::refused(StockRefusal::CostBelowZero));
        }
        let by_minor = draft.value_minor - held.value_minor;
        if by_minor == 0 {
            return Err(Failure::refused(StockRefusal::NoQuantity));
        }
        writing.record(call.entry(StockRevalued { product: draft.product, by_minor, note: tidy(draft.note) })?).await?;
        Ok(())
    }
    .await;
    call.house.finish(writing, outcome).await
}

/// The document as it stands in the journal.
pub async fn sheet(shop: &Shop, document: EntryId) -> Result<DocumentSheet, Failure> {
    let row = shop.books.stock_document(document).await?.ok_or_else(|| not_found("document"))?;
    let stored = shop.books.entry(document).await?.ok_or_else(|| not_found("document"))?;
    let mut sheet = DocumentSheet { row, received: None, transferred: None, counted: None };
    match stored.entry.fact(stored.number)? {
        Some(Fact::GoodsReceived(received)) => sheet.received = Some(received),
        Some(Fact::StockTransferred(transferred)) => sheet.transferred = Some(transferred),
        Some(Fact::StockCounted(counted)) => sheet.counted = Some(counted),
        Some(_) | None => {}
    }
    Ok(sheet)
}

/// The products of a document by id.
pub async fn on_shelf(writing: &mut Writing<'_>, products: &[ProductId]) -> Result<BTreeMap<ProductId, ProductRow>, Failure> {
    let mut rows = BTreeMap::new();
    // A statement takes a bounded number of arguments; a document of a whole shop has more lines.
    for part in products.chunks(500) {
        rows.extend(writing.reads().shelf(part).await?.into_iter().map(|row| (row.product, row)));
    }
    Ok(rows)
}

/// Number for a new document: till, chain, kind, counter.
pub async fn document_number(shop: &Shop, writing: &mut Writing<'_>, kind: char) -> Result<String, Failure> {
    let till = writing.local("till").await?.unwrap_or_else(|| "1".into());
    let prefix = format!("{till}{}{kind}", shop.books.chain_letter());
    Ok(format!("{prefix}-{:06}", writing.next_number(&format!("document:{prefix}")).await?))
}

async fn place_in_use(writing: &mut Writing<'_>, location: Option<LocationId>) -> Result<(), Failure> {
    if writing.reads().knows_place(location).await? { Ok(()) } else { Err(not_found("place")) }
}
