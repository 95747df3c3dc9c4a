//! Counts under way: kept on this device, so that a crash loses nothing, and posted as one document at the end.

use domain::ids::{EntryId, LocationId, PersonId, ProductId};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use ts_rs::TS;

use super::{Topic, id};
use crate::{Books, BooksError, apply::Writing, batch::Batch};

/// A count under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TakeRow {
    /// The count; becomes the document's id.
    pub take: EntryId,
    /// What it is called.
    pub label: String,
    /// Which place; the nil id for the shop floor.
    pub location: LocationId,
    /// Its name.
    pub place: String,
    /// Who began it.
    pub person: Option<PersonId>,
    /// When, milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// Products counted so far.
    pub products: i64,
}

/// A product as counted so far; says nothing of what the books expect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TakeLine {
    /// The product.
    pub product: ProductId,
    /// Its code.
    pub code: String,
    /// Its barcode.
    pub barcode: Option<String>,
    /// Its name.
    pub name: String,
    /// Counted, in thousandths.
    pub counted_milli: i64,
    /// The journal's length when it was counted last.
    #[serde(skip)]
    pub seen: i64,
}

/// A product with what the books expected of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExpectedLine {
    /// The product.
    pub product: ProductId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What the books said at the moment of its last scan, in thousandths.
    pub expected_milli: i64,
    /// Counted; absent where nobody counted it.
    pub counted_milli: Option<i64>,
    /// By how much the value moves, in minor units.
    pub value_minor: i64,
}

#[derive(FromRow)]
struct Raw {
    id: Vec<u8>,
    label: String,
    place: Vec<u8>,
    name: String,
    person: Option<Vec<u8>>,
    at_ms: i64,
    products: i64,
}

#[derive(FromRow)]
struct RawLine {
    id: Vec<u8>,
    code: String,
    barcode: Option<String>,
    name: String,
    counted_milli: i64,
    seen: i64,
}

const TAKES: &str = "SELECT t.id, t.label, t.place, coalesce(l.name, '') AS name, t.person, t.at_ms,
        (SELECT count(*) FROM stock_take_lines c WHERE c.take = t.id) AS products
    FROM stock_takes t LEFT JOIN locations l ON l.id = t.place";

const LINES: &str = "SELECT p.id, p.code, p.barcode, p.name, c.counted_milli, c.seen FROM stock_take_lines c JOIN products p ON p.id = c.product
    WHERE c.take = ? ORDER BY c.at_ms DESC, p.key DESC";

impl Books {
    /// Counts under way, oldest first.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn takes(&self) -> Result<Vec<TakeRow>, BooksError> {
        let rows: Vec<Raw> = sqlx::query_as(sqlx::AssertSqlSafe(format!("{TAKES} ORDER BY t.at_ms"))).fetch_all(&self.readers).await?;
        rows.into_iter().map(read).collect()
    }

    /// What was counted, the last first.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn take_lines(&self, take: EntryId) -> Result<Vec<TakeLine>, BooksError> {
        let rows: Vec<RawLine> = sqlx::query_as(LINES).bind(take.bytes()).fetch_all(&self.readers).await?;
        rows.into_iter().map(line).collect()
    }
}

impl Writing<'_> {
    /// One count under way.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn take(&mut self, take: EntryId) -> Result<Option<TakeRow>, BooksError> {
        let found: Option<Raw> =
            sqlx::query_as(sqlx::AssertSqlSafe(format!("{TAKES} WHERE t.id = ?"))).bind(take.bytes()).fetch_optional(self.reading()).await?;
        found.map(read).transpose()
    }

    /// Begins a count.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn begin_take(
        &mut self,
        take: EntryId,
        label: &str,
        place: LocationId,
        person: Option<PersonId>,
        at_ms: i64,
    ) -> Result<(), BooksError> {
        let mut batch = Batch::default();
        batch
            .statement("INSERT INTO stock_takes (id, label, place, person, at_ms) VALUES (?, ?, ?, ?, ?)")
            .bind(take.bytes().to_vec())
            .bind(label.to_owned())
            .bind(place.bytes().to_vec())
            .bind(person.map(|person| person.bytes().to_vec()))
            .bind(at_ms);
        self.topics.insert(Topic::Stock);
        self.run(batch).await
    }

    /// Adds to what was counted of a product, or sets it; nothing left of it forgets the product.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn count(&mut self, take: EntryId, product: ProductId, counted_milli: i64, adds: bool, at_ms: i64) -> Result<(), BooksError> {
        let seen = self.head.number;
        let mut batch = Batch::default();
        batch
            .statement("INSERT INTO stock_take_lines (take, product, counted_milli, seen, at_ms) VALUES (?, ?, ?, ?, ?)")
            .bind(take.bytes().to_vec())
            .bind(product.bytes().to_vec())
            .bind(counted_milli)
            .bind(seen)
            .bind(at_ms)
            .end(if adds {
                "ON CONFLICT (take, product) DO UPDATE SET counted_milli = max(0, counted_milli + excluded.counted_milli), seen = excluded.seen, at_ms = excluded.at_ms"
            } else {
                "ON CONFLICT (take, product) DO UPDATE SET counted_milli = excluded.counted_milli, seen = excluded.seen, at_ms = excluded.at_ms"
            });
        self.topics.insert(Topic::Stock);
        self.run(batch).await
    }

    /// Forgets a count, or one product of it.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn forget_take(&mut self, take: EntryId, product: Option<ProductId>) -> Result<(), BooksError> {
        let mut batch = Batch::default();
        match product {
            Some(product) => {
                batch
                    .statement("DELETE FROM stock_take_lines WHERE take = ? AND product = ?")
                    .bind(take.bytes().to_vec())
                    .bind(product.bytes().to_vec());
            }
            None => {
                batch.statement("DELETE FROM stock_take_lines WHERE take = ?").bind(take.bytes().to_vec());
                batch.statement("DELETE FROM stock_takes WHERE id = ?").bind(take.bytes().to_vec());
            }
        }
        self.topics.insert(Topic::Stock);
        self.run(batch).await
    }

    /// What was counted, read inside the transaction.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn lines_of_take(&mut self, take: EntryId) -> Result<Vec<TakeLine>, BooksError> {
        let rows: Vec<RawLine> = sqlx::query_as(LINES).bind(take.bytes()).fetch_all(self.reading()).await?;
        rows.into_iter().map(line).collect()
    }

    /// The journal's length, to which a count of now refers.
    pub fn seen(&self) -> i64 {
        self.head.number
    }

    /// Products in use that the books have at a place and the count has not, by code.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn uncounted(&mut self, take: EntryId, location: LocationId) -> Result<Vec<TakeLine>, BooksError> {
        let place = (!location.0.is_nil()).then(|| location.bytes().to_vec());
        let text = "SELECT p.id, p.code, p.barcode, p.name, b.amount AS counted_milli, 0 AS seen
            FROM accounts a JOIN balances b ON b.account = a.key AND b.amount <> 0 JOIN units u ON u.key = b.unit AND u.name = 'stock'
            JOIN products p ON p.id = u.party
            WHERE a.name = CASE WHEN ?2 IS NULL THEN 'stock.shelf' ELSE 'stock.at' END AND a.party IS ?2
                AND p.id NOT IN (SELECT product FROM stock_take_lines WHERE take = ?1)
            ORDER BY p.code, p.key";
        let rows: Vec<RawLine> = sqlx::query_as(text).bind(take.bytes()).bind(place).fetch_all(self.reading()).await?;
        rows.into_iter().map(line).collect()
    }
}

fn read(raw: Raw) -> Result<TakeRow, BooksError> {
    let Raw { id: take, label, place, name, person, at_ms, products } = raw;
    let (take, location) = (id(&take)?, id(&place)?);
    Ok(TakeRow { take, label, location, place: name, person: person.as_deref().map(id).transpose()?, at_ms, products })
}

fn line(raw: RawLine) -> Result<TakeLine, BooksError> {
    let RawLine { id: product, code, barcode, name, counted_milli, seen } = raw;
    Ok(TakeLine { product: id(&product)?, code, barcode, name, counted_milli, seen })
}
