//! Sales added up: by day, clerk, tender, category or product. Every report is a range scan over days.

use serde::{Deserialize, Serialize};
use sqlx::{FromRow, QueryBuilder, Sqlite};
use ts_rs::TS;

use super::{Page, Window};
use crate::{Books, BooksError};

/// What a report adds up by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TradeBy {
    /// The shop's day, newest first.
    #[default]
    Day,
    /// Who sold, best first.
    Clerk,
    /// What it was paid with, most first; what stayed after change.
    Tender,
    /// Category of the goods, best first.
    Category,
    /// The goods, best sellers first.
    Product,
}

/// Which days, added up by what.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TradeFilter {
    /// First day; from the beginning where absent.
    #[serde(default)]
    pub from: Option<String>,
    /// Last day; until today where absent.
    #[serde(default)]
    pub to: Option<String>,
    /// By what.
    #[serde(default)]
    pub by: TradeBy,
}

/// One row of a report.
#[derive(Debug, Clone, PartialEq, Eq, FromRow, Serialize, Deserialize, TS)]
pub struct TradeRow {
    /// Day, name of the clerk, kind of tender, category, or name of the product; empty where there is none.
    pub name: String,
    /// The product's code; empty for everything else.
    pub code: String,
    /// Receipts, counted once each.
    pub receipts: i64,
    /// Pieces in thousandths.
    pub pieces_milli: i64,
    /// What stayed of a tender, or net of goods, in minor units.
    pub net_minor: i64,
}

/// Sums under the double rule.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, FromRow, Serialize, Deserialize, TS)]
pub struct TradeTotals {
    /// Receipts.
    pub receipts: i64,
    /// Pieces in thousandths.
    pub pieces_milli: i64,
    /// Net in minor units.
    pub net_minor: i64,
    /// Tax.
    pub tax_minor: i64,
    /// Discounts given.
    pub discount_minor: i64,
}

const BY_DAY: &str =
    "SELECT s.business_date AS name, '' AS code, count(*) AS receipts, sum(s.pieces_milli) AS pieces_milli, sum(s.net_minor) AS net_minor
    FROM sales s WHERE ";
const BY_CLERK: &str =
    "SELECT coalesce(p.name, '') AS name, '' AS code, count(*) AS receipts, sum(s.pieces_milli) AS pieces_milli, sum(s.net_minor) AS net_minor
    FROM sales s LEFT JOIN people p ON p.id = s.person WHERE ";
const BY_TENDER: &str =
    "SELECT s.kind AS name, '' AS code, count(*) AS receipts, 0 AS pieces_milli, sum(s.amount_minor) AS net_minor FROM takings s WHERE ";
const BY_CATEGORY: &str =
    "SELECT coalesce(p.category, '') AS name, '' AS code, count(DISTINCT s.entry) AS receipts, sum(l.qty_milli) AS pieces_milli,
    sum(l.net_minor) AS net_minor FROM sales s JOIN sale_lines l ON l.entry = s.entry LEFT JOIN products p ON p.key = l.product WHERE ";
const BY_PRODUCT: &str = "SELECT coalesce(p.name, '') AS name, coalesce(p.code, '') AS code, count(DISTINCT s.entry) AS receipts,
    sum(l.qty_milli) AS pieces_milli, sum(l.net_minor) AS net_minor
    FROM sales s JOIN sale_lines l ON l.entry = s.entry LEFT JOIN products p ON p.key = l.product WHERE ";

fn grouped(query: &mut QueryBuilder<Sqlite>, filter: &TradeFilter) {
    let (start, group) = match filter.by {
        TradeBy::Day => (BY_DAY, " GROUP BY s.business_date"),
        TradeBy::Clerk => (BY_CLERK, " GROUP BY s.person"),
        TradeBy::Tender => (BY_TENDER, " GROUP BY s.kind"),
        TradeBy::Category => (BY_CATEGORY, " GROUP BY p.category"),
        TradeBy::Product => (BY_PRODUCT, " GROUP BY l.product"),
    };
    query.push(start);
    days(query, filter);
    query.push(group);
}

fn days(query: &mut QueryBuilder<Sqlite>, filter: &TradeFilter) {
    query.push("s.business_date >= ").push_bind(filter.from.clone().unwrap_or_default());
    query.push(" AND s.business_date <= ").push_bind(filter.to.clone().unwrap_or_else(|| "9999-12-31".to_owned()));
}

impl Books {
    /// A part of a report with its sums: of the receipts where it is about goods or people, of what stayed where it is about tenders.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn trade(&self, filter: &TradeFilter, window: Window) -> Result<(Page<TradeRow>, TradeTotals), BooksError> {
        let mut connection = self.readers.acquire().await?;
        let mut counting = QueryBuilder::<Sqlite>::new("SELECT count(*) FROM (");
        grouped(&mut counting, filter);
        let count = counting.push(")").build_query_scalar().fetch_one(&mut *connection).await?;
        let mut query = QueryBuilder::<Sqlite>::new("");
        grouped(&mut query, filter);
        query.push(if filter.by == TradeBy::Day { " ORDER BY name DESC" } else { " ORDER BY net_minor DESC, name, code" });
        query.push(" LIMIT ").push_bind(window.rows()).push(" OFFSET ").push_bind(window.offset);
        let rows = query.build_query_as().fetch_all(&mut *connection).await?;
        let sums = if filter.by == TradeBy::Tender {
            "SELECT count(DISTINCT s.entry) AS receipts, 0 AS pieces_milli, coalesce(sum(s.amount_minor), 0) AS net_minor, 0 AS tax_minor, 0 AS discount_minor
             FROM takings s WHERE "
        } else {
            "SELECT count(*) AS receipts, coalesce(sum(s.pieces_milli), 0) AS pieces_milli, coalesce(sum(s.net_minor), 0) AS net_minor,
             coalesce(sum(s.tax_minor), 0) AS tax_minor, coalesce(sum(s.discount_minor), 0) AS discount_minor FROM sales s WHERE "
        };
        let mut totals = QueryBuilder::new(sums);
        days(&mut totals, filter);
        Ok((Page { count, rows }, totals.build_query_as().fetch_one(&mut *connection).await?))
    }
}
