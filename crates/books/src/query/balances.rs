//! Stored value: what a member has, every movement of it, what was paid in, and what the shop owes to all of them.

use domain::{
    balance::TopUpStands,
    fact::Fact,
    ids::{EntryId, MemberId, TopUpId},
};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use ts_rs::TS;

use super::{Page, Window, id};
use crate::{Books, BooksError, apply::Reading};

/// One movement of a member's stored value.
#[derive(Debug, Clone, PartialEq, Eq, FromRow, Serialize, Deserialize, TS)]
pub struct BalanceRow {
    /// When, milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// Kind of the fact that moved it.
    pub kind: String,
    /// Number of the document.
    pub number: Option<String>,
    /// By how much the money paid in rose, or, below zero, fell.
    pub paid_minor: i64,
    /// By how much the bonus rose or fell.
    pub bonus_minor: i64,
    /// What there was afterwards, bonus included.
    pub after_minor: i64,
}

#[derive(FromRow)]
struct RawTopUp {
    id: Vec<u8>,
    number: String,
    at_ms: i64,
    amount_minor: i64,
    bonus_minor: i64,
    refunded_minor: i64,
}

/// Money that a member paid in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TopUpRow {
    /// The top-up.
    pub top_up: TopUpId,
    /// Its number.
    pub number: String,
    /// When, milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// What was paid in, in minor units.
    pub amount_minor: i64,
    /// What the shop added.
    pub bonus_minor: i64,
    /// What has gone back of the money.
    pub refunded_minor: i64,
}

/// What the shop owes its members in stored value, and how it moved in some days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, FromRow, Serialize, Deserialize, TS)]
pub struct BalanceTotals {
    /// Members who have any.
    pub members: i64,
    /// Money they paid in and have not spent.
    pub paid_minor: i64,
    /// Bonus not spent.
    pub bonus_minor: i64,
    /// Paid in during those days.
    pub topped_up_minor: i64,
    /// Bonus added during those days.
    pub given_minor: i64,
    /// Money of top-ups given back during those days.
    pub refunded_minor: i64,
    /// Spent during those days, less what returns gave back to balances.
    pub spent_minor: i64,
}

/// The movements of one member's two accounts, one row an entry.
const MOVED: &str = "WITH mine AS (SELECT key, name FROM accounts WHERE party = ?1 AND name IN ('balance.paid', 'balance.bonus')),
    parts AS (SELECT p.entry, mine.name, -p.amount AS amount FROM mine JOIN postings p ON p.debit = mine.key AND p.debit >= 1024
        UNION ALL SELECT p.entry, mine.name, p.amount FROM mine JOIN postings p ON p.credit = mine.key AND p.credit >= 1024),
    moved AS (SELECT entry, sum(CASE WHEN name = 'balance.paid' THEN amount ELSE 0 END) AS paid_minor,
        sum(CASE WHEN name = 'balance.bonus' THEN amount ELSE 0 END) AS bonus_minor FROM parts GROUP BY entry) ";

impl Books {
    /// A part of a member's statement, newest first.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn balance_rows(&self, member: MemberId, window: Window) -> Result<Page<BalanceRow>, BooksError> {
        let mut connection = self.readers.acquire().await?;
        let text = format!("{MOVED}SELECT count(*) FROM moved");
        let count = sqlx::query_scalar(sqlx::AssertSqlSafe(text)).bind(member.bytes()).fetch_one(&mut *connection).await?;
        let text = format!(
            "{MOVED}SELECT j.at_ms, j.kind, coalesce(s.number, t.number, r.number) AS number, m.paid_minor, m.bonus_minor,
                sum(m.paid_minor + m.bonus_minor) OVER (ORDER BY m.entry) AS after_minor
             FROM moved m JOIN journal j ON j.number = m.entry LEFT JOIN sales s ON s.entry = m.entry
             LEFT JOIN top_ups t ON t.entry = m.entry LEFT JOIN top_up_refunds r ON r.entry = m.entry
             ORDER BY m.entry DESC LIMIT ?2 OFFSET ?3"
        );
        let rows = sqlx::query_as(sqlx::AssertSqlSafe(text))
            .bind(member.bytes())
            .bind(window.rows())
            .bind(window.offset)
            .fetch_all(&mut *connection)
            .await?;
        Ok(Page { count, rows })
    }

    /// What a member paid in, newest first; the last two hundred.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn top_ups(&self, member: MemberId) -> Result<Vec<TopUpRow>, BooksError> {
        let text = "SELECT id, number, at_ms, amount_minor, bonus_minor, refunded_minor FROM top_ups WHERE member = ? ORDER BY entry DESC LIMIT 200";
        let rows: Vec<RawTopUp> = sqlx::query_as(text).bind(member.bytes()).fetch_all(&self.readers).await?;
        let read = |raw: RawTopUp| {
            let RawTopUp { id: top_up, number, at_ms, amount_minor, bonus_minor, refunded_minor } = raw;
            Ok(TopUpRow { top_up: id(&top_up)?, number, at_ms, amount_minor, bonus_minor, refunded_minor })
        };
        rows.into_iter().map(read).collect()
    }

    /// What the shop owes in stored value today, and how it moved from one day to another, both included.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn balance_totals(&self, from: &str, to: &str) -> Result<BalanceTotals, BooksError> {
        let text = "SELECT
            (SELECT count(DISTINCT a.party) FROM accounts a JOIN balances b ON b.account = a.key AND b.amount <> 0
                WHERE a.name IN ('balance.paid', 'balance.bonus')) AS members,
            coalesce((SELECT -sum(b.amount) FROM accounts a JOIN balances b ON b.account = a.key WHERE a.name = 'balance.paid'), 0) AS paid_minor,
            coalesce((SELECT -sum(b.amount) FROM accounts a JOIN balances b ON b.account = a.key WHERE a.name = 'balance.bonus'), 0) AS bonus_minor,
            coalesce((SELECT sum(amount_minor) FROM top_ups WHERE business_date BETWEEN ?1 AND ?2), 0) AS topped_up_minor,
            coalesce((SELECT sum(bonus_minor) FROM top_ups WHERE business_date BETWEEN ?1 AND ?2), 0) AS given_minor,
            coalesce((SELECT sum(amount_minor) FROM top_up_refunds WHERE business_date BETWEEN ?1 AND ?2), 0) AS refunded_minor,
            coalesce((SELECT sum(amount_minor) FROM takings WHERE kind = 'balance' AND business_date BETWEEN ?1 AND ?2), 0) AS spent_minor";
        Ok(sqlx::query_as(text).bind(from).bind(to).fetch_one(&self.readers).await?)
    }
}

impl Reading<'_> {
    /// A top-up with what has gone back of it, as the rule of a refund reads it.
    ///
    /// # Errors
    /// SQLite's, or `Unreadable`.
    pub async fn top_up(&mut self, top_up: TopUpId) -> Result<Option<TopUpStands>, BooksError> {
        let Some(stored) = self.entry(EntryId(top_up.0)).await? else { return Ok(None) };
        let Some(Fact::BalanceToppedUp(fact)) = stored.entry.fact(stored.number)? else { return Ok(None) };
        let given_back: Vec<(String, i64)> =
            sqlx::query_as("SELECT kind, sum(amount_minor) FROM top_up_refunds WHERE top_up = ? GROUP BY kind ORDER BY kind")
                .bind(top_up.bytes())
                .fetch_all(&mut *self.connection)
                .await?;
        let refunded_minor = given_back.iter().map(|(_, minor)| minor).sum();
        Ok(Some(TopUpStands { top_up: fact, refunded_minor, given_back }))
    }
}
