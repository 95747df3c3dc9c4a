//! Places, suppliers, documents, and what goods are worth.

use std::collections::BTreeMap;

use domain::{
    ids::{EntryId, LocationId, ProductId, SupplierId},
    stock::SupplierCard,
};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, QueryBuilder, Sqlite};
use ts_rs::TS;

use super::{Page, Window, id};
use crate::{
    Books, BooksError,
    apply::{Reading, Writing},
};

/// A supplier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SupplierRow {
    /// The supplier.
    pub supplier: SupplierId,
    /// The card.
    pub card: SupplierCard,
    /// Deliveries so far.
    pub deliveries: i64,
    /// What they cost, in minor units.
    pub cost_minor: i64,
}

/// A place where goods lie; the shop floor is always the first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LocationRow {
    /// The place; the nil id for the shop floor.
    pub location: LocationId,
    /// Its name; empty for a shop floor that has none.
    pub name: String,
    /// No longer offered.
    pub archived: bool,
}

/// What lies of a product at a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PlaceStock {
    /// The place.
    pub location: LocationId,
    /// Its name.
    pub name: String,
    /// Thousandths of a piece.
    pub qty_milli: i64,
}

/// A document of the back room as its list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DocumentRow {
    /// The document.
    pub document: EntryId,
    /// Its number.
    pub number: String,
    /// `received`, `transferred` or `counted`.
    pub kind: String,
    /// The shop's day.
    pub business_date: String,
    /// When, milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// Name of the supplier.
    pub supplier: Option<String>,
    /// The supplier's own number.
    pub reference: Option<String>,
    /// Name of the place; empty for a shop floor without one.
    pub place: String,
    /// Name of the place that goods went to.
    pub to: Option<String>,
    /// Name of who did it.
    pub person: Option<String>,
    /// Lines on it.
    pub lines: i64,
    /// Thousandths of a piece in all; of a count, the differences.
    pub qty_milli: i64,
    /// Cost in minor units; of a count, what the differences are worth.
    pub value_minor: i64,
    /// Free text.
    pub note: Option<String>,
}

/// Which documents; newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DocumentFilter {
    /// Start of a number or of a supplier's number.
    #[serde(default)]
    pub search: String,
    /// Only this kind.
    #[serde(default)]
    pub kind: Option<String>,
    /// Only this supplier's.
    #[serde(default)]
    pub supplier: Option<SupplierId>,
    /// First day.
    #[serde(default)]
    pub from: Option<String>,
    /// Last day.
    #[serde(default)]
    pub to: Option<String>,
}

impl Books {
    /// Suppliers by name.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn suppliers(&self) -> Result<Vec<SupplierRow>, BooksError> {
        #[derive(FromRow)]
        struct Raw {
            id: Vec<u8>,
            name: String,
            contact: Option<String>,
            phone: Option<String>,
            note: Option<String>,
            archived: bool,
            deliveries: i64,
            cost_minor: i64,
        }
        let text = "SELECT s.id, s.name, s.contact, s.phone, s.note, s.archived,
                count(d.entry) AS deliveries, coalesce(sum(d.value_minor), 0) AS cost_minor
            FROM suppliers s LEFT JOIN stock_documents d ON d.supplier = s.id GROUP BY s.key ORDER BY s.archived, s.name, s.key";
        let rows: Vec<Raw> = sqlx::query_as(text).fetch_all(&self.readers).await?;
        rows.into_iter()
            .map(|raw| {
                let Raw { id: supplier, name, contact, phone, note, archived, deliveries, cost_minor } = raw;
                let card = SupplierCard { name, contact, phone, note, archived };
                Ok(SupplierRow { supplier: id(&supplier)?, card, deliveries, cost_minor })
            })
            .collect()
    }

    /// Every place, the shop floor first.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn locations(&self) -> Result<Vec<LocationRow>, BooksError> {
        let text = "SELECT id, name, archived FROM locations ORDER BY archived, key";
        let rows: Vec<(Vec<u8>, String, bool)> = sqlx::query_as(text).fetch_all(&self.readers).await?;
        let mut all = rows
            .into_iter()
            .map(|(location, name, archived)| Ok(LocationRow { location: id(&location)?, name, archived }))
            .collect::<Result<Vec<_>, BooksError>>()?;
        let floor = match all.iter().position(|row| row.location.0.is_nil()) {
            Some(place) => all.remove(place),
            None => LocationRow { location: LocationId(uuid::Uuid::nil()), name: String::new(), archived: false },
        };
        all.insert(0, floor);
        Ok(all)
    }

    /// What lies of a product where; places without it left out.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn places_of(&self, product: ProductId) -> Result<Vec<PlaceStock>, BooksError> {
        let text = "SELECT coalesce(a.party, zeroblob(16)), coalesce(l.name, ''), b.amount
            FROM accounts a JOIN balances b ON b.account = a.key AND b.unit = (SELECT key FROM units WHERE name = 'stock' AND party = ?1)
            LEFT JOIN locations l ON l.id = coalesce(a.party, zeroblob(16))
            WHERE a.name IN ('stock.shelf', 'stock.at') AND b.amount <> 0 ORDER BY a.key";
        let rows: Vec<(Vec<u8>, String, i64)> = sqlx::query_as(text).bind(product.bytes()).fetch_all(&self.readers).await?;
        rows.into_iter().map(|(location, name, qty_milli)| Ok(PlaceStock { location: id(&location)?, name, qty_milli })).collect()
    }

    /// A part of the documents.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn stock_documents(&self, filter: &DocumentFilter, window: Window) -> Result<Page<DocumentRow>, BooksError> {
        let count = documents("SELECT count(*) FROM stock_documents d", filter).build_query_scalar().fetch_one(&self.readers).await?;
        let mut query = documents(DOCUMENT, filter);
        query.push(" ORDER BY d.entry DESC LIMIT ").push_bind(window.rows()).push(" OFFSET ").push_bind(window.offset);
        let rows: Vec<RawDocument> = query.build_query_as().fetch_all(&self.readers).await?;
        Ok(Page { count, rows: rows.into_iter().map(RawDocument::read).collect::<Result<_, _>>()? })
    }

    /// One document as lists show it.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn stock_document(&self, document: EntryId) -> Result<Option<DocumentRow>, BooksError> {
        let mut query = QueryBuilder::<Sqlite>::new(DOCUMENT);
        query.push(" WHERE j.id = ").push_bind(document.bytes().to_vec());
        let found: Option<RawDocument> = query.build_query_as().fetch_optional(&self.readers).await?;
        found.map(RawDocument::read).transpose()
    }
}

#[derive(FromRow)]
struct RawDocument {
    id: Vec<u8>,
    number: String,
    kind: String,
    business_date: String,
    at_ms: i64,
    supplier: Option<String>,
    reference: Option<String>,
    place: String,
    to_place: Option<String>,
    person: Option<String>,
    lines: i64,
    qty_milli: i64,
    value_minor: i64,
    note: Option<String>,
}

const DOCUMENT: &str = "SELECT j.id, d.number, d.kind, d.business_date, j.at_ms, s.name AS supplier, d.reference, coalesce(l.name, '') AS place,
        CASE WHEN d.to_place IS NOT NULL THEN coalesce((SELECT t.name FROM locations t WHERE t.id = d.to_place), '') END AS to_place,
        w.name AS person, d.lines, d.qty_milli, d.value_minor, d.note
    FROM stock_documents d JOIN journal j ON j.number = d.entry LEFT JOIN suppliers s ON s.id = d.supplier
    LEFT JOIN locations l ON l.id = d.place LEFT JOIN people w ON w.id = d.person";

impl RawDocument {
    fn read(self) -> Result<DocumentRow, BooksError> {
        let Self {
            id: document,
            number,
            kind,
            business_date,
            at_ms,
            supplier,
            reference,
            place,
            to_place,
            person,
            lines,
            qty_milli,
            value_minor,
            note,
        } = self;
        let (document, to) = (id(&document)?, to_place);
        Ok(DocumentRow { document, number, kind, business_date, at_ms, supplier, reference, place, to, person, lines, qty_milli, value_minor, note })
    }
}

fn documents(start: &'static str, filter: &DocumentFilter) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new(start);
    query.push(" WHERE 1 = 1");
    if let Some(kind) = &filter.kind {
        query.push(" AND d.kind = ").push_bind(kind.clone());
    }
    if let Some(supplier) = filter.supplier {
        query.push(" AND d.supplier = ").push_bind(supplier.bytes().to_vec());
    }
    if let Some(from) = &filter.from {
        query.push(" AND d.business_date >= ").push_bind(from.clone());
    }
    if let Some(to) = &filter.to {
        query.push(" AND d.business_date <= ").push_bind(to.clone());
    }
    let search = filter.search.trim();
    if !search.is_empty() {
        query.push(" AND (instr(lower(d.number), ").push_bind(search.to_lowercase());
        query.push(") OR instr(lower(coalesce(d.reference, '')), ").push_bind(search.to_lowercase()).push("))");
    }
    query
}

impl Reading<'_> {
    /// What lies of a product at a place, as the journal stood at `seen`; now where that is absent.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn stock_at(&mut self, product: ProductId, location: Option<LocationId>, seen: Option<i64>) -> Result<i64, BooksError> {
        let place = location.filter(|location| !location.0.is_nil());
        let (name, party) = (if place.is_some() { "stock.at" } else { "stock.shelf" }, place.map(|place| place.bytes().to_vec()));
        let text = "WITH at (account, unit) AS (
                SELECT (SELECT key FROM accounts WHERE name = ?1 AND party IS ?2), (SELECT key FROM units WHERE name = 'stock' AND party = ?3))
            SELECT coalesce((SELECT amount FROM balances b WHERE b.account = at.account AND b.unit = at.unit), 0)
                - coalesce((SELECT sum(CASE WHEN p.debit = at.account THEN p.amount WHEN p.credit = at.account THEN -p.amount ELSE 0 END)
                    FROM postings p WHERE p.unit >= 16 AND p.unit = at.unit AND p.entry > ?4), 0)
            FROM at";
        Ok(sqlx::query_scalar(text)
            .bind(name)
            .bind(party)
            .bind(product.bytes())
            .bind(seen.unwrap_or(i64::MAX))
            .fetch_one(&mut *self.connection)
            .await?)
    }

    /// The last known cost of one piece of each of these products; those without left out.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn costs(&mut self, products: &[ProductId]) -> Result<BTreeMap<ProductId, i64>, BooksError> {
        Ok(self.shelf(products).await?.into_iter().filter_map(|row| Some((row.product, row.card.cost_minor?))).collect())
    }

    /// True where this place is in use; the shop floor always is.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn knows_place(&mut self, location: Option<LocationId>) -> Result<bool, BooksError> {
        let Some(location) = location.filter(|location| !location.0.is_nil()) else { return Ok(true) };
        let text = "SELECT EXISTS (SELECT 1 FROM locations WHERE id = ? AND NOT archived)";
        Ok(sqlx::query_scalar(text).bind(location.bytes()).fetch_one(&mut *self.connection).await?)
    }
}

impl Writing<'_> {
    /// True where there is such a supplier.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn knows_supplier(&mut self, supplier: SupplierId) -> Result<bool, BooksError> {
        let text = "SELECT EXISTS (SELECT 1 FROM suppliers WHERE id = ?)";
        Ok(sqlx::query_scalar(text).bind(supplier.bytes()).fetch_one(self.reading()).await?)
    }

    /// True where another supplier in use has this name.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn supplier_named(&mut self, supplier: SupplierId, name: &str) -> Result<bool, BooksError> {
        let text = "SELECT EXISTS (SELECT 1 FROM suppliers WHERE name = ? AND id <> ? AND NOT archived)";
        Ok(sqlx::query_scalar(text).bind(name).bind(supplier.bytes()).fetch_one(self.reading()).await?)
    }

    /// True where another place in use has this name.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn place_named(&mut self, location: LocationId, name: &str) -> Result<bool, BooksError> {
        let text = "SELECT EXISTS (SELECT 1 FROM locations WHERE name = ? AND id <> ? AND NOT archived)";
        Ok(sqlx::query_scalar(text).bind(name).bind(location.bytes()).fetch_one(self.reading()).await?)
    }

    /// True where anything lies at this place.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn place_holds_goods(&mut self, location: LocationId) -> Result<bool, BooksError> {
        let text = "SELECT EXISTS (SELECT 1 FROM accounts a JOIN balances b ON b.account = a.key AND b.amount <> 0 WHERE a.name = 'stock.at' AND a.party = ?)";
        Ok(sqlx::query_scalar(text).bind(location.bytes()).fetch_one(self.reading()).await?)
    }
}
