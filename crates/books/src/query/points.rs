//! Points: a member's statement, every row with its reason and what was held after it; and what the shop owes in points.

use domain::{ids::MemberId, points::PointsWhy};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use ts_rs::TS;

use super::{Page, Window};
use crate::{Books, BooksError};

/// One movement of a member's points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PointsRow {
    /// Place in the journal.
    pub entry: i64,
    /// Place within the entry.
    pub line: i64,
    /// The shop's day.
    pub business_date: String,
    /// Why.
    pub why: PointsWhy,
    /// How many; below zero where they went.
    pub points: i64,
    /// Held afterwards.
    pub after: i64,
    /// Number of the receipt or credit note.
    pub number: Option<String>,
    /// What was typed where it was by hand.
    pub reason: Option<String>,
    /// Who did it.
    pub person: Option<String>,
}

/// A member's points, newest first. The rows add up to what is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PointsStatement {
    /// Held, as the ledger says; below zero is a debt.
    pub held: i64,
    /// Sum of all movements; equals `held`.
    pub moved: i64,
    /// The movements.
    pub page: Page<PointsRow>,
}

/// What the shop owes in points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PointsOwed {
    /// Members who hold points.
    pub members: i64,
    /// What they hold together.
    pub points: i64,
    /// Members in debt.
    pub debtors: i64,
    /// What these owe together, above zero.
    pub debt: i64,
}

#[derive(FromRow)]
struct Raw {
    entry: i64,
    line: i64,
    business_date: String,
    why: String,
    points: i64,
    after: i64,
    number: Option<String>,
    reason: Option<String>,
    person: Option<String>,
}

impl Raw {
    fn read(self) -> Result<PointsRow, BooksError> {
        let why = PointsWhy::ALL.into_iter().find(|why| why.word() == self.why);
        let why = why.ok_or_else(|| BooksError::Unreadable { number: self.entry, reason: format!("points moved for {}", self.why) })?;
        Ok(PointsRow {
            entry: self.entry,
            line: self.line,
            business_date: self.business_date,
            why,
            points: self.points,
            after: self.after,
            number: self.number,
            reason: self.reason,
            person: self.person,
        })
    }
}

impl Books {
    /// A member's points, newest first.
    ///
    /// # Errors
    /// SQLite's, or `Unreadable` for a reason this version does not know.
    pub async fn member_points(&self, member: MemberId, window: Window) -> Result<PointsStatement, BooksError> {
        let mut connection = self.readers.acquire().await?;
        let held: i64 = sqlx::query_scalar(
            "SELECT coalesce((SELECT b.amount FROM accounts a JOIN balances b ON b.account = a.key
                WHERE a.name = 'points.held' AND a.party = ? AND b.unit = (SELECT key FROM units WHERE name = 'points')), 0)",
        )
        .bind(member.bytes())
        .fetch_one(&mut *connection)
        .await?;
        let (count, moved): (i64, i64) =
            sqlx::query_as("SELECT count(*), coalesce(sum(points), 0) FROM points_moves WHERE member = (SELECT key FROM members WHERE id = ?)")
                .bind(member.bytes())
                .fetch_one(&mut *connection)
                .await?;
        let rows: Vec<Raw> = sqlx::query_as(
            "SELECT p.entry, p.line, p.business_date, p.why, p.points, p.after, s.number, p.reason, w.name AS person FROM
                (SELECT *, sum(points) OVER (ORDER BY entry, line) AS after FROM points_moves WHERE member = (SELECT key FROM members WHERE id = ?)) p
             LEFT JOIN sales s ON s.entry = p.entry LEFT JOIN people w ON w.id = p.person
             ORDER BY p.entry DESC, p.line DESC LIMIT ? OFFSET ?",
        )
        .bind(member.bytes())
        .bind(window.rows())
        .bind(window.offset)
        .fetch_all(&mut *connection)
        .await?;
        Ok(PointsStatement { held, moved, page: Page { count, rows: rows.into_iter().map(Raw::read).collect::<Result<_, _>>()? } })
    }

    /// What the shop owes in points. Every holder is read once: a report, asked for by hand.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn points_owed(&self) -> Result<PointsOwed, BooksError> {
        let (members, points, debtors, debt) = sqlx::query_as(
            "SELECT coalesce(sum(b.amount > 0), 0), coalesce(sum(max(b.amount, 0)), 0), coalesce(sum(b.amount < 0), 0), coalesce(-sum(min(b.amount, 0)), 0)
             FROM accounts a JOIN balances b ON b.account = a.key AND b.unit = (SELECT key FROM units WHERE name = 'points') WHERE a.name = 'points.held'",
        )
        .fetch_one(&self.readers)
        .await?;
        Ok(PointsOwed { members, points, debtors, debt })
    }
}
