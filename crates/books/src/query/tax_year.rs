//! A year of commission by person, as tax offices ask for it: what statements granted and withheld, and what was paid out.

use domain::ids::MemberId;
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use ts_rs::TS;

use super::{Page, Window, id};
use crate::{Books, BooksError};

/// A member's year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TaxYearRow {
    /// The member.
    pub member: MemberId,
    /// Number on the card.
    pub number: String,
    /// Name.
    pub name: String,
    /// Who holds the account that commission is paid to; the name on the document.
    pub holder: String,
    /// Number of the identity document; empty where none is known.
    pub identity: String,
    /// The sums.
    pub sums: TaxYearSums,
}

/// Sums of a year.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, FromRow, Serialize, Deserialize, TS)]
pub struct TaxYearSums {
    /// Months with a released statement.
    pub months: i64,
    /// What the statements of the year's months granted, tax included, minor units.
    pub gross_minor: i64,
    /// Tax withheld from that.
    pub tax_minor: i64,
    /// What is left of it.
    pub net_minor: i64,
    /// What reached the member in the year, by whichever month it was earned in; fees of the way included.
    pub paid_minor: i64,
}

#[derive(FromRow)]
struct Raw {
    id: Vec<u8>,
    number: String,
    name: String,
    holder: String,
    identity: String,
    #[sqlx(flatten)]
    sums: TaxYearSums,
}

/// Each member of the year once: `?1` the first month, `?2` the last, `?3` the first day, `?4` the last.
macro_rules! year {
    ($select:literal, $rest:literal) => {
        concat!(
            "WITH owed AS (SELECT member, count(DISTINCT month) AS months, sum(payable_minor) AS gross, sum(tax_minor) AS tax
                FROM statements WHERE month BETWEEN ?1 AND ?2 GROUP BY member),
            paid AS (SELECT member, sum(amount_minor) AS paid FROM payouts WHERE state = 'paid' AND date BETWEEN ?3 AND ?4 GROUP BY member),
            whose AS (SELECT member FROM owed UNION SELECT member FROM paid) ",
            $select,
            " FROM whose w LEFT JOIN owed o ON o.member = w.member LEFT JOIN paid p ON p.member = w.member ",
            $rest
        )
    };
}

impl Books {
    /// The members of a year, the largest first, from a sum paid on; with the sums of all of them.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn tax_year(&self, year: i32, least_minor: i64, window: Window) -> Result<(Page<TaxYearRow>, TaxYearSums), BooksError> {
        const ROWS: &str = year!(
            "SELECT m.id, m.number, m.name, coalesce(y.holder, '') AS holder, coalesce(y.identity, '') AS identity, coalesce(o.months, 0) AS months,
                coalesce(o.gross, 0) AS gross_minor, coalesce(o.tax, 0) AS tax_minor, coalesce(o.gross - o.tax, 0) AS net_minor,
                coalesce(p.paid, 0) AS paid_minor",
            "JOIN members m ON m.key = w.member LEFT JOIN payees y ON y.member = w.member WHERE coalesce(p.paid, 0) >= ?5
                ORDER BY gross_minor DESC, paid_minor DESC, m.key LIMIT ?6 OFFSET ?7"
        );
        const SUMS: &str = year!(
            "SELECT coalesce(sum(o.months), 0) AS months, coalesce(sum(o.gross), 0) AS gross_minor, coalesce(sum(o.tax), 0) AS tax_minor,
                coalesce(sum(o.gross - o.tax), 0) AS net_minor, coalesce(sum(p.paid), 0) AS paid_minor, count(*) AS members",
            "WHERE coalesce(p.paid, 0) >= ?5"
        );
        #[derive(FromRow)]
        struct All {
            members: i64,
            #[sqlx(flatten)]
            sums: TaxYearSums,
        }
        let first = 12 * i64::from(year);
        let days = (format!("{year:04}-01-01"), format!("{year:04}-12-31"));
        let all: All =
            sqlx::query_as(SUMS).bind(first).bind(first + 11).bind(&days.0).bind(&days.1).bind(least_minor).fetch_one(&self.readers).await?;
        let rows: Vec<Raw> = sqlx::query_as(ROWS)
            .bind(first)
            .bind(first + 11)
            .bind(&days.0)
            .bind(&days.1)
            .bind(least_minor)
            .bind(window.rows())
            .bind(window.offset)
            .fetch_all(&self.readers)
            .await?;
        let read = |raw: Raw| {
            let Raw { id: member, number, name, holder, identity, sums } = raw;
            Ok(TaxYearRow { member: id(&member)?, number, name, holder, identity, sums })
        };
        Ok((Page { count: all.members, rows: rows.into_iter().map(read).collect::<Result<_, BooksError>>()? }, all.sums))
    }

    /// The years with a statement or a payout, newest first.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn tax_years(&self) -> Result<Vec<i32>, BooksError> {
        let text = "SELECT CAST(year AS INTEGER) FROM (SELECT DISTINCT month / 12 AS year FROM statements
            UNION SELECT DISTINCT CAST(substr(date, 1, 4) AS INTEGER) FROM payouts WHERE state = 'paid') ORDER BY 1 DESC";
        Ok(sqlx::query_scalar(text).fetch_all(&self.readers).await?)
    }
}
