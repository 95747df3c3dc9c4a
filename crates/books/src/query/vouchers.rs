//! Vouchers: by their code, as a list with what is owed on them, and the history of each.

use std::collections::BTreeMap;

use domain::{
    ids::{MemberId, VoucherId},
    voucher::{VoucherHow, VoucherNow},
};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, SqliteConnection};
use ts_rs::TS;

use super::{Page, Window, id};
use crate::{Books, BooksError, apply::Reading};

/// How a voucher stands today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum VoucherState {
    /// It pays.
    Open,
    /// Nothing is left on it.
    Used,
    /// Its last day is over and something is left.
    Expired,
    /// It does not pay until somebody lets it through.
    Blocked,
    /// Two copies of the books paid with it while apart, more than was on it.
    Overdrawn,
}

/// A voucher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VoucherRow {
    /// Which.
    pub voucher: VoucherId,
    /// Its code.
    pub code: String,
    /// How it came to be.
    pub how: VoucherHow,
    /// Number of the slip or the credit note.
    pub number: String,
    /// For whom.
    pub member: Option<MemberId>,
    /// Their name.
    pub member_name: Option<String>,
    /// When it came to be, milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// What was on it.
    pub amount_minor: i64,
    /// What is left.
    pub left_minor: i64,
    /// Its last day.
    pub expires: Option<String>,
    /// True where it does not pay until somebody lets it through.
    pub blocked: bool,
    /// How it stands today.
    pub state: VoucherState,
}

/// Which vouchers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct VoucherFilter {
    /// Start of a code or number, or a part of the member's name.
    pub search: String,
    /// Only those that stand like this.
    pub state: Option<VoucherState>,
}

/// What all vouchers of the shop owe today.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, FromRow, Serialize, Deserialize, TS)]
pub struct VoucherTotals {
    /// Vouchers with something left.
    pub open: i64,
    /// What is left on them all together, in minor units.
    pub owed_minor: i64,
    /// What of it is on vouchers whose last day is over.
    pub expired_minor: i64,
}

/// Something that happened to a voucher.
#[derive(Debug, Clone, PartialEq, Eq, FromRow, Serialize, Deserialize, TS)]
pub struct VoucherStep {
    /// When, milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// Kind of the fact.
    pub kind: String,
    /// Number of the document.
    pub number: Option<String>,
    /// Who did it.
    pub by: Option<String>,
    /// By how much it rose, or, below zero, fell.
    pub amount_minor: i64,
    /// What was left afterwards.
    pub after_minor: i64,
    /// Its new last day.
    pub expires: Option<String>,
    /// Whether it was blocked, or let through.
    pub blocked: Option<bool>,
    /// What was said.
    pub reason: Option<String>,
}

#[derive(FromRow)]
struct Raw {
    id: Vec<u8>,
    code: String,
    how: String,
    number: String,
    member: Option<Vec<u8>>,
    member_name: Option<String>,
    at_ms: i64,
    amount_minor: i64,
    left_minor: i64,
    expires: Option<String>,
    blocked: bool,
    state: String,
}

/// Every voucher with what is left on it and how it stands on the day `?1`.
const STANDING: &str = "WITH standing AS (SELECT v.entry, v.id, v.code, v.how, v.number, v.member, m.name AS member_name, v.at_ms, v.amount_minor,
        coalesce(-b.amount, 0) AS left_minor, v.expires, v.blocked,
        CASE WHEN coalesce(-b.amount, 0) < 0 THEN 'overdrawn' WHEN coalesce(-b.amount, 0) = 0 THEN 'used' WHEN v.blocked THEN 'blocked'
            WHEN v.expires < ?1 THEN 'expired' ELSE 'open' END AS state
    FROM vouchers v LEFT JOIN accounts a ON a.name = 'voucher' AND a.party = v.id
    LEFT JOIN balances b ON b.account = a.key LEFT JOIN members m ON m.id = v.member) ";

const MATCHING: &str = "FROM standing WHERE (?2 = '' OR code LIKE ?2 || '%' OR number LIKE ?2 || '%' OR member_name LIKE '%' || ?3 || '%')
    AND (?4 IS NULL OR state = ?4)";

impl VoucherState {
    fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Used => "used",
            Self::Expired => "expired",
            Self::Blocked => "blocked",
            Self::Overdrawn => "overdrawn",
        }
    }

    fn of_word(word: &str) -> Self {
        [Self::Used, Self::Expired, Self::Blocked, Self::Overdrawn].into_iter().find(|state| state.word() == word).unwrap_or(Self::Open)
    }
}

fn row(raw: Raw) -> Result<VoucherRow, BooksError> {
    let how = VoucherHow::of_word(&raw.how)
        .ok_or_else(|| BooksError::Unreadable { number: 0, reason: format!("{} is no way in which a voucher comes to be", raw.how) })?;
    Ok(VoucherRow {
        voucher: id(&raw.id)?,
        code: raw.code,
        how,
        number: raw.number,
        member: raw.member.as_deref().map(id).transpose()?,
        member_name: raw.member_name,
        at_ms: raw.at_ms,
        amount_minor: raw.amount_minor,
        left_minor: raw.left_minor,
        expires: raw.expires,
        blocked: raw.blocked,
        state: VoucherState::of_word(&raw.state),
    })
}

impl Books {
    /// A part of the vouchers, newest first, as they stand on a day.
    ///
    /// # Errors
    /// SQLite's, or `Unreadable`.
    pub async fn vouchers(&self, filter: &VoucherFilter, today: &str, window: Window) -> Result<Page<VoucherRow>, BooksError> {
        let mut connection = self.readers.acquire().await?;
        let (search, state) = (filter.search.trim(), filter.state.map(VoucherState::word));
        let code = domain::voucher::normal_voucher(search);
        let text = format!("{STANDING}SELECT count(*) {MATCHING}");
        let count =
            sqlx::query_scalar(sqlx::AssertSqlSafe(text)).bind(today).bind(&code).bind(search).bind(state).fetch_one(&mut *connection).await?;
        let text = format!("{STANDING}SELECT * {MATCHING} ORDER BY entry DESC LIMIT ?5 OFFSET ?6");
        let rows: Vec<Raw> = sqlx::query_as(sqlx::AssertSqlSafe(text))
            .bind(today)
            .bind(&code)
            .bind(search)
            .bind(state)
            .bind(window.rows())
            .bind(window.offset)
            .fetch_all(&mut *connection)
            .await?;
        Ok(Page { count, rows: rows.into_iter().map(row).collect::<Result<_, _>>()? })
    }

    /// One voucher.
    ///
    /// # Errors
    /// SQLite's, or `Unreadable`.
    pub async fn voucher(&self, voucher: VoucherId, today: &str) -> Result<Option<VoucherRow>, BooksError> {
        let text = format!("{STANDING}SELECT * FROM standing WHERE id = ?2");
        let raw: Option<Raw> = sqlx::query_as(sqlx::AssertSqlSafe(text)).bind(today).bind(voucher.bytes()).fetch_optional(&self.readers).await?;
        raw.map(row).transpose()
    }

    /// The voucher of this code; the first where copies of the books gave it twice.
    ///
    /// # Errors
    /// SQLite's, or `Unreadable`.
    pub async fn voucher_coded(&self, code: &str, today: &str) -> Result<Option<VoucherRow>, BooksError> {
        let text = format!("{STANDING}SELECT * FROM standing WHERE code = ?2 ORDER BY entry LIMIT 1");
        let raw: Option<Raw> = sqlx::query_as(sqlx::AssertSqlSafe(text)).bind(today).bind(code).fetch_optional(&self.readers).await?;
        raw.map(row).transpose()
    }

    /// What all vouchers owe on a day.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn voucher_totals(&self, today: &str) -> Result<VoucherTotals, BooksError> {
        let text = format!(
            "{STANDING}SELECT coalesce(sum(left_minor > 0), 0) AS open, coalesce(sum(left_minor), 0) AS owed_minor,
                coalesce(sum(CASE WHEN expires < ?1 THEN left_minor ELSE 0 END), 0) AS expired_minor FROM standing"
        );
        Ok(sqlx::query_as(sqlx::AssertSqlSafe(text)).bind(today).fetch_one(&self.readers).await?)
    }

    /// Everything that happened to a voucher, newest first; the last two hundred.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn voucher_steps(&self, voucher: VoucherId) -> Result<Vec<VoucherStep>, BooksError> {
        let text = "WITH mine AS (SELECT key FROM accounts WHERE party = ?1 AND name = 'voucher'),
            parts AS (SELECT p.entry, -p.amount AS amount FROM mine JOIN postings p ON p.debit = mine.key AND p.debit >= 1024
                UNION ALL SELECT p.entry, p.amount FROM mine JOIN postings p ON p.credit = mine.key AND p.credit >= 1024
                UNION ALL SELECT entry, 0 FROM voucher_changes WHERE voucher = ?1),
            moved AS (SELECT entry, sum(amount) AS amount_minor FROM parts GROUP BY entry)
            SELECT j.at_ms, j.kind, coalesce(s.number, v.number) AS number, w.name AS by, m.amount_minor,
                sum(m.amount_minor) OVER (ORDER BY m.entry) AS after_minor, c.expires, c.blocked, coalesce(c.reason, v.reason) AS reason
            FROM moved m JOIN journal j ON j.number = m.entry LEFT JOIN sales s ON s.entry = m.entry LEFT JOIN vouchers v ON v.entry = m.entry
            LEFT JOIN voucher_changes c ON c.entry = m.entry LEFT JOIN people w ON w.id = coalesce(s.person, v.person, c.person)
            ORDER BY m.entry DESC LIMIT 200";
        Ok(sqlx::query_as(text).bind(voucher.bytes()).fetch_all(&self.readers).await?)
    }
}

impl Reading<'_> {
    /// The vouchers of these codes as they stand in this transaction, by their code.
    ///
    /// # Errors
    /// SQLite's, or `Unreadable`.
    pub async fn vouchers_coded(&mut self, codes: &[String]) -> Result<BTreeMap<String, VoucherNow>, BooksError> {
        let mut found = BTreeMap::new();
        for code in codes {
            if let Some(now) = standing(self.connection, "v.code = ?", code.clone().into_bytes(), true).await? {
                found.insert(code.clone(), now);
            }
        }
        Ok(found)
    }

    /// One voucher as it stands in this transaction.
    ///
    /// # Errors
    /// SQLite's, or `Unreadable`.
    pub async fn voucher(&mut self, voucher: VoucherId) -> Result<Option<VoucherNow>, BooksError> {
        standing(self.connection, "v.id = ?", voucher.bytes().to_vec(), false).await
    }
}

async fn standing(connection: &mut SqliteConnection, which: &str, key: Vec<u8>, text: bool) -> Result<Option<VoucherNow>, BooksError> {
    type Row = (Vec<u8>, String, i64, Option<String>, bool, Option<Vec<u8>>);
    let question = format!(
        "SELECT v.id, v.code, coalesce(-b.amount, 0), v.expires, v.blocked, v.member FROM vouchers v
         LEFT JOIN accounts a ON a.name = 'voucher' AND a.party = v.id LEFT JOIN balances b ON b.account = a.key WHERE {which} ORDER BY v.entry LIMIT 1"
    );
    let question = sqlx::query_as(sqlx::AssertSqlSafe(question));
    let question = if text { question.bind(String::from_utf8_lossy(&key).into_owned()) } else { question.bind(key) };
    let row: Option<Row> = question.fetch_optional(connection).await?;
    let read = |(voucher, code, left_minor, expires, blocked, member): Row| {
        Ok(VoucherNow { voucher: id(&voucher)?, code, left_minor, expires, blocked, member: member.as_deref().map(id).transpose()? })
    };
    row.map(read).transpose()
}
