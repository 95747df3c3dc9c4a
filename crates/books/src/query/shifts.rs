//! Shifts: the open one, the list, and the figures that an X or Z report prints.

use domain::{
    fact::Fact,
    ids::{DeviceId, PersonId, ShiftId},
    shift::{OpenDrawer, ShiftClosed},
};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, SqliteConnection};
use ts_rs::TS;

use super::{Page, Window, id};
use crate::{Books, BooksError, apply::Reading, journal::stored};

/// A shift as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ShiftRow {
    /// The shift.
    pub shift: ShiftId,
    /// Name of its till.
    pub till: String,
    /// True for this device's own.
    pub here: bool,
    /// The shop's day it was opened on.
    pub business_date: String,
    /// When it was opened, milliseconds since 1970 UTC.
    pub opened_at_ms: i64,
    /// Who opened it.
    pub opened_by: Option<PersonId>,
    /// Their name.
    pub opened_name: String,
    /// Cash put into the drawer at first.
    pub float_minor: i64,
    /// Number of its Z report; absent while it is open.
    pub number: Option<String>,
    /// When it was closed.
    pub closed_at_ms: Option<i64>,
    /// Name of who closed it.
    pub closed_name: Option<String>,
    /// Cash counted at the end.
    pub counted_minor: Option<i64>,
    /// Cash expected at the end.
    pub expected_minor: Option<i64>,
}

/// Cash in or out, as reports list it.
#[derive(Debug, Clone, PartialEq, Eq, FromRow, Serialize, Deserialize, TS)]
pub struct CashMoveRow {
    /// `in`, `out` or `safe`.
    pub way: String,
    /// How much.
    pub amount_minor: i64,
    /// Why.
    pub reason: String,
    /// When, milliseconds since 1970 UTC.
    pub at_ms: i64,
}

/// What a shift took, as far as it has come.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ShiftFigures {
    /// Receipts.
    pub receipts: i64,
    /// Net of goods in minor units.
    pub net_minor: i64,
    /// Tax.
    pub tax_minor: i64,
    /// Discounts given.
    pub discount_minor: i64,
    /// What each tender took in and gave back, in minor units: kind, in, out (below zero).
    pub tenders: Vec<(String, i64, i64)>,
    /// What came in for stored value, less what went back of it: no sale, and in the tenders all the same.
    pub owed_minor: i64,
    /// Cash in and out, oldest first.
    pub moves: Vec<CashMoveRow>,
    /// What the ledger says is in the drawer.
    pub drawer_minor: i64,
}

#[derive(FromRow)]
struct Raw {
    id: Vec<u8>,
    till: String,
    here: bool,
    business_date: String,
    opened_at_ms: i64,
    opened_by: Option<Vec<u8>>,
    opened_name: Option<String>,
    float_minor: i64,
    number: Option<String>,
    closed_at_ms: Option<i64>,
    closed_name: Option<String>,
    counted_minor: Option<i64>,
    expected_minor: Option<i64>,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT s.id, s.till, s.device = ? AS here, s.business_date, s.opened_at_ms, s.opened_by, o.name AS opened_name, s.float_minor, s.number,
                s.closed_at_ms, c.name AS closed_name, s.counted_minor, s.expected_minor
            FROM shifts s LEFT JOIN people o ON o.id = s.opened_by LEFT JOIN people c ON c.id = s.closed_by ",
            $rest
        )
    };
}

impl Raw {
    fn read(self) -> Result<ShiftRow, BooksError> {
        Ok(ShiftRow {
            shift: id(&self.id)?,
            till: self.till,
            here: self.here,
            business_date: self.business_date,
            opened_at_ms: self.opened_at_ms,
            opened_by: self.opened_by.as_deref().map(id).transpose()?,
            opened_name: self.opened_name.unwrap_or_default(),
            float_minor: self.float_minor,
            number: self.number,
            closed_at_ms: self.closed_at_ms,
            closed_name: self.closed_name,
            counted_minor: self.counted_minor,
            expected_minor: self.expected_minor,
        })
    }
}

impl Books {
    /// The shift that this device has open.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn open_shift(&self) -> Result<Option<ShiftRow>, BooksError> {
        let found: Option<Raw> = sqlx::query_as(select!("WHERE s.device = ? AND s.number IS NULL ORDER BY s.key LIMIT 1"))
            .bind(self.device().bytes())
            .bind(self.device().bytes())
            .fetch_optional(&self.readers)
            .await?;
        found.map(Raw::read).transpose()
    }

    /// One shift.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn shift(&self, shift: ShiftId) -> Result<Option<ShiftRow>, BooksError> {
        let found: Option<Raw> =
            sqlx::query_as(select!("WHERE s.id = ?")).bind(self.device().bytes()).bind(shift.bytes()).fetch_optional(&self.readers).await?;
        found.map(Raw::read).transpose()
    }

    /// A part of the list of shifts, newest first.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn shifts(&self, window: Window) -> Result<Page<ShiftRow>, BooksError> {
        let count = sqlx::query_scalar("SELECT count(*) FROM shifts").fetch_one(&self.readers).await?;
        let rows: Vec<Raw> = sqlx::query_as(select!("ORDER BY s.key DESC LIMIT ? OFFSET ?"))
            .bind(self.device().bytes())
            .bind(window.rows())
            .bind(window.offset)
            .fetch_all(&self.readers)
            .await?;
        Ok(Page { count, rows: rows.into_iter().map(Raw::read).collect::<Result<_, _>>()? })
    }

    /// How a shift was closed, as it stands in the journal.
    ///
    /// # Errors
    /// SQLite's, or `Unreadable`.
    pub async fn shift_closed(&self, shift: ShiftId) -> Result<Option<ShiftClosed>, BooksError> {
        let row: Option<(i64, Vec<u8>, Vec<u8>)> =
            sqlx::query_as("SELECT j.number, j.hash, j.bytes FROM shifts s JOIN journal j ON j.number = s.closed_entry WHERE s.id = ?")
                .bind(shift.bytes())
                .fetch_optional(&self.readers)
                .await?;
        let Some((number, hash, bytes)) = row else { return Ok(None) };
        match stored(number, &hash, &bytes)?.entry.fact(number)? {
            Some(Fact::ShiftClosed(closed)) => Ok(Some(closed)),
            Some(_) | None => Ok(None),
        }
    }

    /// What a shift took.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn shift_figures(&self, shift: ShiftId) -> Result<ShiftFigures, BooksError> {
        let mut connection = self.readers.acquire().await?;
        figures(&mut connection, shift).await
    }
}

impl Reading<'_> {
    /// The shift that a device has open.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn open_shift(&mut self, device: DeviceId) -> Result<Option<ShiftId>, BooksError> {
        let shift: Option<Vec<u8>> = sqlx::query_scalar("SELECT id FROM shifts WHERE device = ? AND number IS NULL ORDER BY key LIMIT 1")
            .bind(device.bytes())
            .fetch_optional(&mut *self.connection)
            .await?;
        shift.as_deref().map(id).transpose()
    }

    /// The same with what its drawer holds, as a rule reads it.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn open_drawer(&mut self, device: DeviceId) -> Result<Option<OpenDrawer>, BooksError> {
        match self.open_shift(device).await? {
            Some(shift) => self.drawer(shift).await.map(|drawer| drawer.ok()),
            None => Ok(None),
        }
    }

    /// The drawer of a shift; the number of its report where it is closed. `Ok(Err(None))`: there is no such shift.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn drawer(&mut self, shift: ShiftId) -> Result<Result<OpenDrawer, Option<String>>, BooksError> {
        type Row = (String, Option<Vec<u8>>, Option<String>);
        let row: Option<Row> = sqlx::query_as("SELECT till, opened_by, number FROM shifts WHERE id = ?")
            .bind(shift.bytes())
            .fetch_optional(&mut *self.connection)
            .await?;
        let (till, opened_by) = match row {
            Some((till, opened_by, None)) => (till, opened_by),
            Some((_, _, number)) => return Ok(Err(number)),
            None => return Ok(Err(None)),
        };
        let expected_minor = in_drawer(self.connection, shift).await?;
        let tenders = sqlx::query_as(
            "SELECT kind, sum(amount_minor) FROM (SELECT kind, amount_minor FROM takings WHERE shift = (SELECT key FROM shifts WHERE id = ?1)
                UNION ALL SELECT kind, amount_minor FROM owed_takings WHERE shift = (SELECT key FROM shifts WHERE id = ?1))
             WHERE kind <> 'cash' GROUP BY kind ORDER BY kind",
        )
        .bind(shift.bytes())
        .fetch_all(&mut *self.connection)
        .await?;
        Ok(Ok(OpenDrawer { shift, till, opened_by: opened_by.as_deref().map(id).transpose()?, expected_minor, tenders }))
    }
}

async fn figures(connection: &mut SqliteConnection, shift: ShiftId) -> Result<ShiftFigures, BooksError> {
    let (receipts, net_minor, tax_minor, discount_minor) = sqlx::query_as(
        "SELECT count(*), coalesce(sum(net_minor), 0), coalesce(sum(tax_minor), 0), coalesce(sum(discount_minor), 0)
         FROM sales WHERE shift = (SELECT key FROM shifts WHERE id = ?)",
    )
    .bind(shift.bytes())
    .fetch_one(&mut *connection)
    .await?;
    let tenders = sqlx::query_as(
        "SELECT kind, sum(max(amount_minor, 0)), sum(min(amount_minor, 0))
         FROM (SELECT kind, amount_minor FROM takings WHERE shift = (SELECT key FROM shifts WHERE id = ?1)
            UNION ALL SELECT kind, amount_minor FROM owed_takings WHERE shift = (SELECT key FROM shifts WHERE id = ?1))
         GROUP BY kind ORDER BY kind <> 'cash', kind",
    )
    .bind(shift.bytes())
    .fetch_all(&mut *connection)
    .await?;
    let owed_minor =
        sqlx::query_scalar("SELECT coalesce(sum(amount_minor), 0) FROM owed_takings WHERE shift = (SELECT key FROM shifts WHERE id = ?)")
            .bind(shift.bytes())
            .fetch_one(&mut *connection)
            .await?;
    let moves =
        sqlx::query_as("SELECT way, amount_minor, reason, at_ms FROM cash_moves WHERE shift = (SELECT key FROM shifts WHERE id = ?) ORDER BY entry")
            .bind(shift.bytes())
            .fetch_all(&mut *connection)
            .await?;
    let drawer_minor = in_drawer(connection, shift).await?;
    Ok(ShiftFigures { receipts, net_minor, tax_minor, discount_minor, tenders, owed_minor, moves, drawer_minor })
}

/// The drawer's balance: what the ledger says is in it.
async fn in_drawer(connection: &mut SqliteConnection, shift: ShiftId) -> Result<i64, BooksError> {
    let text = "SELECT coalesce((SELECT b.amount FROM accounts a JOIN balances b ON b.account = a.key WHERE a.name = 'drawer' AND a.party = ?), 0)";
    Ok(sqlx::query_scalar(text).bind(shift.bytes()).fetch_one(connection).await?)
}
