//! Products: the list, the shelf a sale reads, and how stock moved.

use domain::{
    ids::{EntryId, ProductId},
    product::ProductCard,
};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, QueryBuilder, Sqlite, SqliteConnection};
use ts_rs::TS;

use super::{Page, Window, after, id};
use crate::{
    Books, BooksError,
    apply::{Reading, Writing},
};

/// A product as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProductRow {
    /// The product.
    pub product: ProductId,
    /// Its card.
    pub card: ProductCard,
    /// On the shelf, in thousandths of a piece; below zero where more was sold than was booked.
    pub stock_milli: i64,
    /// Taken off the list.
    pub archived: bool,
}

/// Which products, in which order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProductFilter {
    /// Start of a code, barcode, name, pinyin or initials; or a part of a name.
    #[serde(default)]
    pub search: String,
    /// Only this category.
    #[serde(default)]
    pub category: Option<String>,
    /// Only those taken off the list.
    #[serde(default)]
    pub archived: bool,
    /// Only those with stock at or below zero.
    #[serde(default)]
    pub out_of_stock: bool,
    /// Only those that ask for something to be done.
    #[serde(default)]
    #[ts(optional)]
    pub list: Option<StockList>,
    /// `code`, `name`, `category`, `price`, `cost` or `stock`.
    #[serde(default)]
    pub sort: Option<String>,
    /// Highest first.
    #[serde(default)]
    pub descending: bool,
}

/// Goods that ask for something to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StockList {
    /// At or below their minimum: to be ordered.
    Low,
    /// Below zero at a place: sold before they were booked in.
    Oversold,
}

/// One movement of a product's stock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StockMove {
    /// When, milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// Kind of the fact.
    pub kind: String,
    /// Receipt number, where it was a sale.
    pub number: Option<String>,
    /// Thousandths of a piece, below zero where goods left.
    pub by_milli: i64,
    /// Other side: supplier, customer, the reason of an adjustment, or another place.
    pub account: String,
    /// Name of the place; absent for a shop floor without one.
    pub place: Option<String>,
    /// Name of the place that it went to, where it was a transfer.
    pub to: Option<String>,
    /// The document that says more of it: a delivery, transfer or count.
    pub document: Option<EntryId>,
}

#[derive(FromRow)]
struct Raw {
    id: Vec<u8>,
    code: String,
    barcode: Option<String>,
    name: String,
    name_2: Option<String>,
    category: Option<String>,
    price_minor: i64,
    cost_minor: Option<i64>,
    tax: Option<String>,
    no_commission: bool,
    min_milli: Option<i64>,
    archived: bool,
    stock_milli: i64,
}

const SELECT: &str =
    "SELECT id, code, barcode, name, name_2, category, price_minor, cost_minor, tax, no_commission, min_milli, archived, stock_milli";

impl Raw {
    fn read(self) -> Result<ProductRow, BooksError> {
        let Self {
            id: product,
            code,
            barcode,
            name,
            name_2,
            category,
            price_minor,
            cost_minor,
            tax,
            no_commission,
            min_milli,
            archived,
            stock_milli,
        } = self;
        let card = ProductCard { code, barcode, name, name_2, category, price_minor, cost_minor, tax, no_commission, min_milli };
        Ok(ProductRow { product: id(&product)?, card, stock_milli, archived })
    }
}

fn filtered(start: &'static str, filter: &ProductFilter) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new(start);
    query.push(" FROM products WHERE archived = ").push_bind(filter.archived);
    if let Some(category) = &filter.category {
        query.push(" AND category = ").push_bind(category.clone());
    }
    if filter.out_of_stock {
        query.push(" AND stock_milli <= 0");
    }
    match filter.list {
        Some(StockList::Low) => {
            query.push(" AND stock_milli <= min_milli");
        }
        Some(StockList::Oversold) => {
            query.push(
                " AND id IN (SELECT u.party FROM accounts a JOIN balances b ON b.account = a.key AND b.amount < 0 JOIN units u ON u.key = b.unit
                  WHERE a.name IN ('stock.shelf', 'stock.at') AND u.name = 'stock')",
            );
        }
        None => {}
    }
    let search = filter.search.trim();
    if !search.is_empty() {
        let keys = search.to_lowercase().replace(' ', "");
        query.push(" AND (code >= ").push_bind(search.to_owned()).push(" AND code < ").push_bind(after(search));
        query.push(" OR barcode = ").push_bind(search.to_owned());
        query.push(" OR py_full >= ").push_bind(keys.clone()).push(" AND py_full < ").push_bind(after(&keys));
        query.push(" OR py_initials >= ").push_bind(keys.clone()).push(" AND py_initials < ").push_bind(after(&keys));
        query
            .push(" OR instr(lower(name), ")
            .push_bind(search.to_lowercase())
            .push(") OR instr(lower(name_2), ")
            .push_bind(search.to_lowercase())
            .push("))");
    }
    query
}

fn order(filter: &ProductFilter) -> &'static str {
    match (filter.sort.as_deref(), filter.descending) {
        (Some("name"), false) => " ORDER BY py_full, key",
        (Some("name"), true) => " ORDER BY py_full DESC, key DESC",
        (Some("category"), false) => " ORDER BY category, code, key",
        (Some("category"), true) => " ORDER BY category DESC, code DESC, key DESC",
        (Some("price"), false) => " ORDER BY price_minor, key",
        (Some("price"), true) => " ORDER BY price_minor DESC, key DESC",
        (Some("cost"), false) => " ORDER BY cost_minor, key",
        (Some("cost"), true) => " ORDER BY cost_minor DESC, key DESC",
        (Some("stock"), false) => " ORDER BY stock_milli, key",
        (Some("stock"), true) => " ORDER BY stock_milli DESC, key DESC",
        (_, true) => " ORDER BY code DESC, key DESC",
        (_, false) => " ORDER BY code, key",
    }
}

impl Books {
    /// A part of the product list.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn products(&self, filter: &ProductFilter, window: Window) -> Result<Page<ProductRow>, BooksError> {
        let count = filtered("SELECT count(*)", filter).build_query_scalar().fetch_one(&self.readers).await?;
        let mut query = filtered(SELECT, filter);
        query.push(order(filter)).push(" LIMIT ").push_bind(window.rows()).push(" OFFSET ").push_bind(window.offset);
        let rows: Vec<Raw> = query.build_query_as().fetch_all(&self.readers).await?;
        Ok(Page { count, rows: rows.into_iter().map(Raw::read).collect::<Result<_, _>>()? })
    }

    /// Categories in use.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn categories(&self) -> Result<Vec<String>, BooksError> {
        Ok(sqlx::query_scalar("SELECT DISTINCT category FROM products WHERE category IS NOT NULL AND NOT archived ORDER BY category")
            .fetch_all(&self.readers)
            .await?)
    }

    /// True where a product in use has this tax class.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn tax_in_use(&self, tax: &str) -> Result<bool, BooksError> {
        Ok(sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM products WHERE tax = ? AND NOT archived)").bind(tax).fetch_one(&self.readers).await?)
    }

    /// One product.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn product(&self, product: ProductId) -> Result<Option<ProductRow>, BooksError> {
        let mut connection = self.readers.acquire().await?;
        Ok(shelf(&mut connection, &[product]).await?.pop())
    }

    /// Products in use with exactly this barcode or code, barcode first: what a scan means.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn scanned(&self, code: &str) -> Result<Vec<ProductRow>, BooksError> {
        let mut query = QueryBuilder::<Sqlite>::new(SELECT);
        query.push(" FROM products WHERE NOT archived AND barcode = ").push_bind(code.to_owned());
        let mut rows: Vec<Raw> = query.build_query_as().fetch_all(&self.readers).await?;
        if rows.is_empty() {
            let mut query = QueryBuilder::<Sqlite>::new(SELECT);
            query.push(" FROM products WHERE NOT archived AND code = ").push_bind(code.to_owned());
            rows = query.build_query_as().fetch_all(&self.readers).await?;
        }
        rows.into_iter().map(Raw::read).collect()
    }

    /// The newest movements of a product's stock, at most 200.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn stock_moves(&self, product: ProductId) -> Result<Vec<StockMove>, BooksError> {
        #[derive(FromRow)]
        struct Raw {
            at_ms: i64,
            kind: String,
            number: Option<String>,
            by_milli: i64,
            account: String,
            place: Option<String>,
            to_place: Option<String>,
            document: Option<Vec<u8>>,
        }
        let text = "SELECT j.at_ms, j.kind, coalesce(s.number, o.number) AS number,
                CASE WHEN d.name IN ('stock.shelf', 'stock.at') THEN p.amount ELSE -p.amount END AS by_milli,
                CASE WHEN d.name IN ('stock.shelf', 'stock.at') THEN c.name ELSE d.name END AS account,
                (SELECT l.name FROM locations l WHERE l.id = coalesce(CASE WHEN c.name IN ('stock.shelf', 'stock.at') THEN c.party ELSE d.party END, zeroblob(16))) AS place,
                CASE WHEN c.name IN ('stock.shelf', 'stock.at') AND d.name IN ('stock.shelf', 'stock.at')
                    THEN coalesce((SELECT l.name FROM locations l WHERE l.id = coalesce(d.party, zeroblob(16))), '') END AS to_place,
                CASE WHEN o.entry IS NULL THEN NULL ELSE j.id END AS document
            FROM postings p JOIN journal j ON j.number = p.entry JOIN accounts d ON d.key = p.debit JOIN accounts c ON c.key = p.credit
            LEFT JOIN sales s ON s.entry = p.entry LEFT JOIN stock_documents o ON o.entry = p.entry
            WHERE p.unit >= 16 AND p.unit = (SELECT key FROM units WHERE name = 'stock' AND party = ?1)
            ORDER BY p.entry DESC, p.line DESC LIMIT 200";
        let rows: Vec<Raw> = sqlx::query_as(text).bind(product.bytes()).fetch_all(&self.readers).await?;
        rows.into_iter()
            .map(|raw| {
                let Raw { at_ms, kind, number, by_milli, account, place, to_place, document } = raw;
                Ok(StockMove { at_ms, kind, number, by_milli, account, place, to: to_place, document: document.as_deref().map(id).transpose()? })
            })
            .collect()
    }
}

impl Reading<'_> {
    /// The products that a sale names, in any order, those that are missing left out.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn shelf(&mut self, products: &[ProductId]) -> Result<Vec<ProductRow>, BooksError> {
        shelf(self.connection, products).await
    }
}

impl Writing<'_> {
    /// Name of another product in use that has this code, and of one that has this barcode.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn product_takers(
        &mut self,
        product: ProductId,
        code: &str,
        barcode: Option<&str>,
    ) -> Result<(Option<String>, Option<String>), BooksError> {
        let text = "SELECT (SELECT name FROM products WHERE code = ?2 AND NOT archived AND id <> ?1 LIMIT 1),
            (SELECT name FROM products WHERE barcode = ?3 AND NOT archived AND id <> ?1 LIMIT 1)";
        Ok(sqlx::query_as(text).bind(product.bytes()).bind(code).bind(barcode).fetch_one(self.reading()).await?)
    }

    /// The product in use with exactly this code.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn product_by_code(&mut self, code: &str) -> Result<Option<ProductId>, BooksError> {
        let found: Option<Vec<u8>> =
            sqlx::query_scalar("SELECT id FROM products WHERE code = ? ORDER BY archived LIMIT 1").bind(code).fetch_optional(self.reading()).await?;
        found.as_deref().map(id).transpose()
    }
}

pub(super) async fn shelf(connection: &mut SqliteConnection, products: &[ProductId]) -> Result<Vec<ProductRow>, BooksError> {
    if products.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = QueryBuilder::<Sqlite>::new(SELECT);
    query.push(" FROM products WHERE id IN (");
    let mut ids = query.separated(", ");
    for product in products {
        ids.push_bind(product.bytes().to_vec());
    }
    query.push(")");
    let rows: Vec<Raw> = query.build_query_as().fetch_all(connection).await?;
    rows.into_iter().map(Raw::read).collect()
}
