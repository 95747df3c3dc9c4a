//! Sales lists and tickets put aside.

use domain::ids::{EntryId, MemberId, PersonId, SaleId};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, QueryBuilder, Sqlite};
use ts_rs::TS;

use super::{Page, Topic, Window, after, id};
use crate::{Books, BooksError, apply::Writing, batch::Batch};

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
    /// Points held now.
    pub points: i64,
}

#[derive(FromRow)]
struct Raw {
    id: Vec<u8>,
    number: String,
    source: Option<String>,
    business_date: String,
    made_at_ms: i64,
    member: Option<String>,
    pieces_milli: i64,
    net_minor: i64,
    earned_micro: i64,
}

const SELECT: &str = "SELECT j.id, s.number, s.source, s.business_date, s.made_at_ms, m.name AS member, s.pieces_milli, s.net_minor, s.earned_micro
    FROM sales s JOIN journal j ON j.number = s.entry LEFT JOIN members m ON m.key = s.member";

impl Raw {
    fn read(self) -> Result<SaleRow, BooksError> {
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
        type Row = (i64, Option<String>, Option<String>, Option<String>, i64);
        let text = "SELECT j.at_ms, p.name, m.name, m.number, coalesce((SELECT b.amount FROM accounts a JOIN balances b ON b.account = a.key
                WHERE a.name = 'points.held' AND a.party = m.id AND b.unit = (SELECT key FROM units WHERE name = 'points')), 0)
            FROM journal j JOIN sales s ON s.entry = j.number LEFT JOIN people p ON p.id = s.person LEFT JOIN members m ON m.key = s.member WHERE j.id = ?";
        let row: Option<Row> = sqlx::query_as(text).bind(sale.bytes()).fetch_optional(&self.readers).await?;
        Ok(row.map(|(at_ms, clerk, name, number, points)| {
            let member = name.zip(number).map(|(name, number)| SoldTo { name, number, points });
            Sold { at_ms, clerk, member }
        }))
    }

    /// The newest sale that this device took.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn newest_sale(&self) -> Result<Option<SaleId>, BooksError> {
        let text =
            "SELECT j.id FROM sales s JOIN journal j ON j.number = s.entry WHERE s.source IS NULL AND j.chain = ? ORDER BY s.entry DESC LIMIT 1";
        let found: Option<Vec<u8>> = sqlx::query_scalar(text).bind(self.chain_key).fetch_optional(&self.readers).await?;
        found.as_deref().map(id).transpose()
    }

    /// The sale with this receipt number.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn sale_by_number(&self, number: &str) -> Result<Option<EntryId>, BooksError> {
        let found: Option<Vec<u8>> = sqlx::query_scalar("SELECT j.id FROM sales s JOIN journal j ON j.number = s.entry WHERE s.number = ? LIMIT 1")
            .bind(number)
            .fetch_optional(&self.readers)
            .await?;
        found.as_deref().map(id).transpose()
    }

    /// Receipts issued, and net of the shop's day in minor units: what the status bar says.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn day(&self, date: &str) -> Result<(i64, i64), BooksError> {
        Ok(sqlx::query_as("SELECT count(*), coalesce(sum(net_minor), 0) FROM sales WHERE business_date = ? AND source IS NULL")
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
