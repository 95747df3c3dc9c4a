//! Sales lists and tickets put aside.

use domain::{
    ids::{EntryId, MemberId, PersonId, SaleId},
    pricing::ReturnedQty,
};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, QueryBuilder, Sqlite};
use ts_rs::TS;

use super::{Page, Topic, TradeTotals, Window, after, id};
use crate::{
    Books, BooksError,
    apply::{Reading, Writing},
    batch::Batch,
    entry::Stored,
    journal::stored,
};

/// A sale as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SaleRow {
    /// The sale.
    pub sale: SaleId,
    /// Receipt number, or the number in the earlier system.
    pub number: String,
    /// Name of the earlier system, where it was brought in.
    pub source: Option<String>,
    /// The shop's day.
    pub business_date: String,
    /// When, milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// Buyer's name, where a member.
    pub member: Option<String>,
    /// Pieces in thousandths.
    pub pieces_milli: i64,
    /// Net in minor units.
    pub net_minor: i64,
    /// Commission on it, exact, in millionths of a minor unit.
    pub earned_micro: i64,
    /// Name of who sold; empty where nobody was signed in, or the document was brought in.
    pub clerk: String,
    /// Discounts given, in minor units.
    pub discount_minor: i64,
    /// What it was paid with, kinds in order of name; empty for a document that was brought in.
    pub tenders: Vec<String>,
    /// True for goods that came back.
    pub is_return: bool,
    /// Number of the sale that came back, on a return with a receipt.
    pub origin: Option<String>,
    /// How much of the sale has come back, in minor units, zero or above.
    pub returned_minor: i64,
    /// How many pieces of it, in thousandths.
    pub returned_milli: i64,
}

/// Which sales; newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SaleFilter {
    /// Start of a number.
    #[serde(default)]
    pub search: String,
    /// First day.
    #[serde(default)]
    pub from: Option<String>,
    /// Last day.
    #[serde(default)]
    pub to: Option<String>,
    /// Only this buyer's.
    #[serde(default)]
    pub member: Option<MemberId>,
    /// Only what this person sold.
    #[serde(default)]
    pub person: Option<PersonId>,
    /// Only what was paid with this tender, wholly or partly.
    #[serde(default)]
    pub tender: Option<String>,
    /// Only sales of this kind.
    #[serde(default)]
    pub kind: Option<SaleKind>,
}

/// What a row of the sales list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SaleKind {
    /// Taken at a till of this shop.
    Till,
    /// Brought in from an earlier system.
    Imported,
    /// Money went back: a return, or a cancellation that was brought in.
    Returned,
}

/// A ticket put aside, or the one that is open on the till.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HeldRow {
    /// The ticket; becomes the sale's id.
    pub ticket: SaleId,
    /// What the clerk wrote on it.
    pub label: String,
    /// The draft as JSON text, exactly as the screen gave it.
    pub draft: String,
    /// Who put it aside.
    pub person: Option<PersonId>,
    /// When, milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// True for the ticket that is open on the till right now.
    pub open: bool,
}

/// What a receipt says of a sale beside its own figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sold {
    /// When, milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// Who sold.
    pub clerk: Option<String>,
    /// Who bought.
    pub member: Option<SoldTo>,
}

/// The buyer as a receipt names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoldTo {
    /// Name now.
    pub name: String,
    /// Number on the card.
    pub number: String,
    /// Points held after the sale, locked ones included.
    pub points: i64,
    /// How many of them could not be spent yet.
    pub locked: i64,
}

#[derive(FromRow)]
pub(super) struct Raw {
    id: Vec<u8>,
    number: String,
    source: Option<String>,
    business_date: String,
    made_at_ms: i64,
    member: Option<String>,
    pieces_milli: i64,
    net_minor: i64,
    earned_micro: i64,
    clerk: Option<String>,
    discount_minor: i64,
    tenders: Option<String>,
    is_return: bool,
    origin: Option<String>,
    returned_minor: i64,
    returned_milli: i64,
}

pub(super) const SELECT: &str =
    "SELECT j.id, s.number, s.source, s.business_date, s.made_at_ms, m.name AS member, s.pieces_milli, s.net_minor, s.earned_micro,
        p.name AS clerk, s.discount_minor, (SELECT group_concat(t.kind) FROM takings t WHERE t.entry = s.entry) AS tenders,
        s.kind = 'return' AS is_return, (SELECT o.number FROM journal oj JOIN sales o ON o.entry = oj.number WHERE oj.id = s.origin) AS origin,
        (SELECT coalesce(-sum(r.net_minor), 0) FROM sales r WHERE r.origin = j.id) AS returned_minor,
        (SELECT coalesce(-sum(r.pieces_milli), 0) FROM sales r WHERE r.origin = j.id) AS returned_milli
    FROM sales s JOIN journal j ON j.number = s.entry LEFT JOIN members m ON m.key = s.member LEFT JOIN people p ON p.id = s.person";

impl Raw {
    pub(super) fn read(self) -> Result<SaleRow, BooksError> {
        Ok(SaleRow {
            sale: id(&self.id)?,
            number: self.number,
            source: self.source,
            business_date: self.business_date,
            at_ms: self.made_at_ms,
            member: self.member,
            pieces_milli: self.pieces_milli,
            net_minor: self.net_minor,
            earned_micro: self.earned_micro,
            clerk: self.clerk.unwrap_or_default(),
            discount_minor: self.discount_minor,
            tenders: self.tenders.map(|kinds| kinds.split(',').map(str::to_owned).collect()).unwrap_or_default(),
            is_return: self.is_return,
            origin: self.origin,
            returned_minor: self.returned_minor,
            returned_milli: self.returned_milli,
        })
    }
}

fn filtered(start: &'static str, filter: &SaleFilter) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new(start);
    query.push(" WHERE 1 = 1");
    if let Some(from) = &filter.from {
        query.push(" AND s.business_date >= ").push_bind(from.clone());
    }
    if let Some(to) = &filter.to {
        query.push(" AND s.business_date <= ").push_bind(to.clone());
    }
    if let Some(member) = filter.member {
        query.push(" AND s.member = (SELECT key FROM members WHERE id = ").push_bind(member.bytes().to_vec()).push(")");
    }
    if let Some(person) = filter.person {
        query.push(" AND s.person = ").push_bind(person.bytes().to_vec());
    }
    if let Some(tender) = &filter.tender {
        query.push(" AND EXISTS (SELECT 1 FROM takings t WHERE t.entry = s.entry AND t.kind = ").push_bind(tender.clone()).push(")");
    }
    match filter.kind {
        Some(SaleKind::Till) => query.push(" AND s.source IS NULL"),
        Some(SaleKind::Imported) => query.push(" AND s.source IS NOT NULL"),
        Some(SaleKind::Returned) => query.push(" AND s.net_minor < 0"),
        None => &mut query,
    };
    let search = filter.search.trim();
    if !search.is_empty() {
        query.push(" AND s.number >= ").push_bind(search.to_owned()).push(" AND s.number < ").push_bind(after(search));
    }
    query
}

impl Books {
    /// A part of the sales list, newest first.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn sales(&self, filter: &SaleFilter, window: Window) -> Result<Page<SaleRow>, BooksError> {
        let count = filtered("SELECT count(*) FROM sales s", filter).build_query_scalar().fetch_one(&self.readers).await?;
        let mut query = filtered(SELECT, filter);
        query.push(" ORDER BY s.business_date DESC, s.entry DESC LIMIT ").push_bind(window.rows()).push(" OFFSET ").push_bind(window.offset);
        let rows: Vec<Raw> = query.build_query_as().fetch_all(&self.readers).await?;
        Ok(Page { count, rows: rows.into_iter().map(Raw::read).collect::<Result<_, _>>()? })
    }

    /// Sums of the list under the same filter.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn sale_totals(&self, filter: &SaleFilter) -> Result<TradeTotals, BooksError> {
        let start = "SELECT count(*) AS receipts, coalesce(sum(s.pieces_milli), 0) AS pieces_milli, coalesce(sum(s.net_minor), 0) AS net_minor,
            coalesce(sum(s.tax_minor), 0) AS tax_minor, coalesce(sum(s.discount_minor), 0) AS discount_minor FROM sales s";
        Ok(filtered(start, filter).build_query_as().fetch_one(&self.readers).await?)
    }

    /// One sale as lists show it.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn sale_row(&self, sale: SaleId) -> Result<Option<SaleRow>, BooksError> {
        let mut query = QueryBuilder::<Sqlite>::new(SELECT);
        query.push(" WHERE j.id = ").push_bind(sale.bytes().to_vec());
        let found: Option<Raw> = query.build_query_as().fetch_optional(&self.readers).await?;
        found.map(Raw::read).transpose()
    }

    /// What a receipt says of a sale beside its own figures.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn sold(&self, sale: SaleId) -> Result<Option<Sold>, BooksError> {
        type Row = (i64, Option<String>, Option<String>, Option<String>, i64, i64);
        let text = "SELECT j.at_ms, p.name, m.name, m.number, coalesce((SELECT sum(p.points) FROM points_moves p WHERE p.member = s.member AND p.entry <= s.entry), 0),
                coalesce((SELECT sum(p.locked) FROM points_moves p WHERE p.member = s.member AND p.entry <= s.entry), 0)
            FROM journal j JOIN sales s ON s.entry = j.number LEFT JOIN people p ON p.id = s.person LEFT JOIN members m ON m.key = s.member WHERE j.id = ?";
        let row: Option<Row> = sqlx::query_as(text).bind(sale.bytes()).fetch_optional(&self.readers).await?;
        Ok(row.map(|(at_ms, clerk, name, number, points, locked)| {
            let member = name.zip(number).map(|(name, number)| SoldTo { name, number, points, locked });
            Sold { at_ms, clerk, member }
        }))
    }

    /// The newest sale that this device took.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn newest_sale(&self) -> Result<Option<SaleId>, BooksError> {
        let text = "SELECT j.id FROM sales s JOIN journal j ON j.number = s.entry WHERE s.source IS NULL AND s.kind = 'sale' AND j.chain = ? ORDER BY s.entry DESC LIMIT 1";
        let found: Option<Vec<u8>> = sqlx::query_scalar(text).bind(self.place().0).fetch_optional(&self.readers).await?;
        found.as_deref().map(id).transpose()
    }

    /// Sales taken, and net of the shop's day in minor units, less what came back: what the status bar says.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn day(&self, date: &str) -> Result<(i64, i64), BooksError> {
        Ok(sqlx::query_as(
            "SELECT count(*) FILTER (WHERE kind = 'sale'), coalesce(sum(net_minor), 0) FROM sales WHERE business_date = ? AND source IS NULL",
        )
        .bind(date)
        .fetch_one(&self.readers)
        .await?)
    }

    /// Tickets put aside and the open one, oldest first.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn held(&self) -> Result<Vec<HeldRow>, BooksError> {
        type Row = (Vec<u8>, String, String, Option<Vec<u8>>, i64, bool);
        let rows: Vec<Row> = sqlx::query_as("SELECT id, label, draft, person, at_ms, open FROM held ORDER BY at_ms").fetch_all(&self.readers).await?;
        rows.into_iter()
            .map(|(ticket, label, draft, person, at_ms, open)| {
                Ok(HeldRow { ticket: id(&ticket)?, label, draft, person: person.as_deref().map(id).transpose()?, at_ms, open })
            })
            .collect()
    }
}

impl Books {
    /// The returns of a sale, oldest first, as lists show them.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn returns_of(&self, sale: SaleId) -> Result<Vec<SaleRow>, BooksError> {
        let mut query = QueryBuilder::<Sqlite>::new(SELECT);
        query.push(" WHERE s.origin = ").push_bind(sale.bytes().to_vec()).push(" ORDER BY s.entry");
        let rows: Vec<Raw> = query.build_query_as().fetch_all(&self.readers).await?;
        rows.into_iter().map(Raw::read).collect()
    }
}

impl Reading<'_> {
    /// What returns of a sale took so far, line by line.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn returned(&mut self, sale: SaleId) -> Result<Vec<ReturnedQty>, BooksError> {
        let text = "SELECT l.origin_line, -sum(l.qty_milli) FROM sales r JOIN sale_lines l ON l.entry = r.entry
            WHERE r.origin = ? AND l.origin_line IS NOT NULL GROUP BY l.origin_line ORDER BY l.origin_line";
        let rows: Vec<(i64, i64)> = sqlx::query_as(text).bind(sale.bytes().to_vec()).fetch_all(&mut *self.connection).await?;
        let row = |(line, qty_milli): (i64, i64)| ReturnedQty { line: usize::try_from(line).unwrap_or(usize::MAX), qty_milli };
        Ok(rows.into_iter().map(row).collect())
    }

    /// The entry with this identity, as this transaction sees it.
    ///
    /// # Errors
    /// SQLite's, or `Unreadable`.
    pub async fn entry(&mut self, id: EntryId) -> Result<Option<Stored>, BooksError> {
        let row: Option<(i64, Vec<u8>, Vec<u8>)> =
            sqlx::query_as("SELECT number, hash, bytes FROM journal WHERE id = ?").bind(id.bytes()).fetch_optional(&mut *self.connection).await?;
        row.map(|(number, hash, bytes)| stored(number, &hash, &bytes)).transpose()
    }
}

impl Writing<'_> {
    /// Keeps a ticket, so that a crash loses nothing of it.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn hold(&mut self, held: &HeldRow) -> Result<(), BooksError> {
        let mut batch = Batch::default();
        batch
            .statement("INSERT INTO held (id, label, draft, person, at_ms, open) VALUES (?, ?, ?, ?, ?, ?)")
            .bind(held.ticket.bytes().to_vec())
            .bind(held.label.clone())
            .bind(held.draft.clone())
            .bind(held.person.map(|person| person.bytes().to_vec()))
            .bind(held.at_ms)
            .bind(held.open)
            .end("ON CONFLICT (id) DO UPDATE SET label = excluded.label, draft = excluded.draft, person = excluded.person, at_ms = excluded.at_ms, open = excluded.open");
        self.topics.insert(Topic::Held);
        self.run(batch).await
    }

    /// Forgets a ticket: it was sold, or dropped by a person. Goes with the next entry or the commit.
    pub fn release(&mut self, ticket: SaleId) {
        self.waiting.statement("DELETE FROM held WHERE id = ?").bind(ticket.bytes().to_vec());
        self.topics.insert(Topic::Held);
    }

    /// True where a document of this number was brought in from this source before.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn was_imported(&mut self, source: &str, number: &str) -> Result<bool, BooksError> {
        Ok(sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM sales WHERE number = ? AND source = ?)")
            .bind(number)
            .bind(source)
            .fetch_one(self.reading())
            .await?)
    }
}
