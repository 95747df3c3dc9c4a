//! The commission of a month: per member and per sale.

use domain::ids::{MemberId, SaleId};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, QueryBuilder, Sqlite};
use ts_rs::TS;

use super::{Page, Window, after, id, month_of};
use crate::{Books, BooksError};

/// A member's commission of a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MonthRow {
    /// Who earned it.
    pub member: MemberId,
    /// Number on the card.
    pub number: String,
    /// Name.
    pub name: String,
    /// Rank now.
    pub rank: Option<String>,
    /// Sales it came from.
    pub sales: i64,
    /// What it was worked out on, in minor units.
    pub base_minor: i64,
    /// Exact, in millionths of a minor unit.
    pub amount_micro: i64,
    /// Floored to the minor unit once, as the statement pays it.
    pub payable_minor: i64,
}

/// Which members, in which order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MonthFilter {
    /// `YYYY-MM`.
    pub month: String,
    /// Start of a name, initials or number.
    #[serde(default)]
    pub search: String,
    /// `number`, `name`, `sales`, `base` or `amount`.
    #[serde(default)]
    pub sort: Option<String>,
    /// Highest first.
    #[serde(default)]
    pub descending: bool,
}

/// Sums under the double rule.
#[derive(Debug, Clone, PartialEq, Eq, FromRow, Serialize, Deserialize, TS)]
pub struct MonthTotals {
    /// Members who earned.
    pub members: i64,
    /// Exact, in millionths of a minor unit.
    pub amount_micro: i64,
    /// Sum of what each statement pays.
    pub payable_minor: i64,
}

/// One earning: a member, a sale, a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EarningRow {
    /// The sale.
    pub sale: SaleId,
    /// Its number.
    pub number: String,
    /// The shop's day.
    pub business_date: String,
    /// Place among the earnings of the sale.
    pub line: i64,
    /// Buyer's name.
    pub buyer: Option<String>,
    /// Rule of the plan.
    pub rule: String,
    /// How far above the buyer.
    pub depth: i64,
    /// What it was worked out on.
    pub base_minor: i64,
    /// The rate.
    pub rate_ppm: Option<i64>,
    /// Exact amount.
    pub amount_micro: i64,
    /// Version of the plan.
    pub plan_version: i64,
    /// What a rule of the month started from; absent for what was earned with a sale.
    pub source: Option<String>,
    /// The sale belongs to a month that was closed already when it came.
    pub late: bool,
    /// Number of the sale that came back, where a return took the earning back.
    pub origin: Option<String>,
}

#[derive(FromRow)]
struct Raw {
    id: Vec<u8>,
    number: String,
    name: String,
    rank: Option<String>,
    sales: i64,
    base_minor: i64,
    amount_micro: i64,
}

fn filtered(start: &'static str, filter: &MonthFilter) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new(start);
    // Whom nobody searches for need not be looked up: their totals alone are summed.
    let joined = !filter.search.trim().is_empty();
    query.push(if joined { " FROM earned_months e JOIN members m ON m.key = e.member" } else { " FROM earned_months e" });
    query.push(" WHERE e.month = ").push_bind(month_of(&filter.month).unwrap_or(-1));
    searched(&mut query, filter);
    query
}

fn searched(query: &mut QueryBuilder<Sqlite>, filter: &MonthFilter) {
    let search = filter.search.trim();
    if !search.is_empty() {
        let keys = search.to_lowercase().replace(' ', "");
        query.push(" AND (m.name >= ").push_bind(search.to_owned()).push(" AND m.name < ").push_bind(after(search));
        query.push(" OR m.py_initials >= ").push_bind(keys.clone()).push(" AND m.py_initials < ").push_bind(after(&keys));
        query.push(" OR m.py_full >= ").push_bind(keys.clone()).push(" AND m.py_full < ").push_bind(after(&keys));
        query.push(" OR m.number >= ").push_bind(search.to_uppercase()).push(" AND m.number < ").push_bind(after(&search.to_uppercase())).push(")");
    }
}

fn sorts_by_figure(filter: &MonthFilter) -> bool {
    !matches!(filter.sort.as_deref(), Some("number" | "name"))
}

fn order(filter: &MonthFilter) -> &'static str {
    match (filter.sort.as_deref(), filter.descending) {
        (Some("number"), false) => " ORDER BY m.number, m.key",
        (Some("number"), true) => " ORDER BY m.number DESC, m.key DESC",
        (Some("name"), false) => " ORDER BY m.py_full, m.key",
        (Some("name"), true) => " ORDER BY m.py_full DESC, m.key DESC",
        (Some("sales"), false) => " ORDER BY e.sales, e.member",
        (Some("sales"), true) => " ORDER BY e.sales DESC, e.member",
        (Some("base"), false) => " ORDER BY e.base_minor, e.member",
        (Some("base"), true) => " ORDER BY e.base_minor DESC, e.member",
        (_, false) => " ORDER BY e.amount_micro, e.member",
        (_, true) => " ORDER BY e.amount_micro DESC, e.member",
    }
}

impl Books {
    /// Rows of the month's report; [`Self::month_totals`] says how many there are in all.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn month(&self, filter: &MonthFilter, window: Window) -> Result<Vec<MonthRow>, BooksError> {
        const COLUMNS: &str = "SELECT m.id, m.number, m.name, m.rank, e.sales, e.base_minor, e.amount_micro";
        let mut query = QueryBuilder::new(COLUMNS);
        if filter.search.trim().is_empty() && sorts_by_figure(filter) {
            // The figures are sorted and cut first; only the rows of the page are looked up.
            query.push(" FROM (SELECT e.* FROM earned_months e WHERE e.month = ").push_bind(month_of(&filter.month).unwrap_or(-1));
            query.push(order(filter)).push(" LIMIT ").push_bind(window.rows()).push(" OFFSET ").push_bind(window.offset);
            query.push(") e JOIN members m ON m.key = e.member").push(order(filter));
        } else {
            query.push(" FROM earned_months e JOIN members m ON m.key = e.member WHERE e.month = ").push_bind(month_of(&filter.month).unwrap_or(-1));
            searched(&mut query, filter);
            query.push(order(filter)).push(" LIMIT ").push_bind(window.rows()).push(" OFFSET ").push_bind(window.offset);
        }
        let rows: Vec<Raw> = query.build_query_as().fetch_all(&self.readers).await?;
        rows.into_iter()
            .map(|raw| {
                Ok(MonthRow {
                    member: id(&raw.id)?,
                    number: raw.number,
                    name: raw.name,
                    rank: raw.rank,
                    sales: raw.sales,
                    base_minor: raw.base_minor,
                    amount_micro: raw.amount_micro,
                    payable_minor: raw.amount_micro.div_euclid(1_000_000),
                })
            })
            .collect::<Result<_, BooksError>>()
    }

    /// Sums of the report under the same filter.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn month_totals(&self, filter: &MonthFilter) -> Result<MonthTotals, BooksError> {
        let start = "SELECT count(*) AS members, coalesce(sum(e.amount_micro), 0) AS amount_micro, coalesce(sum((e.amount_micro - (e.amount_micro % 1000000 + 1000000) % 1000000) / 1000000), 0) AS payable_minor";
        Ok(filtered(start, filter).build_query_as().fetch_one(&self.readers).await?)
    }

    /// Months that have sales or commission, newest first, `YYYY-MM`.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn months(&self) -> Result<Vec<String>, BooksError> {
        // A walk over the index from month to month, one step each, however many sales there are.
        let text = "WITH RECURSIVE walk (month) AS (
                SELECT substr(max(business_date), 1, 7) FROM sales
                UNION ALL SELECT (SELECT substr(max(business_date), 1, 7) FROM sales WHERE business_date < walk.month) FROM walk WHERE walk.month IS NOT NULL)
            SELECT month FROM walk WHERE month IS NOT NULL";
        Ok(sqlx::query_scalar(text).fetch_all(&self.readers).await?)
    }

    /// Goods sold in a month whose cost is known: what they brought and what they cost at today's cost, in minor units.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn month_cost(&self, month: &str) -> Result<(i64, i64), BooksError> {
        let text = "SELECT coalesce(sum(l.net_minor), 0), coalesce(sum(l.qty_milli * p.cost_minor), 0) / 1000
            FROM sales s JOIN sale_lines l ON l.entry = s.entry JOIN products p ON p.key = l.product
            WHERE s.month = ? AND p.cost_minor IS NOT NULL";
        Ok(sqlx::query_as(text).bind(super::month_of(month)).fetch_one(&self.readers).await?)
    }

    /// What one member earned in a month, sale by sale.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn earnings(&self, member: MemberId, month: &str, window: Window) -> Result<Page<EarningRow>, BooksError> {
        type Row =
            (Vec<u8>, Option<String>, Option<String>, i64, Option<String>, String, i64, i64, Option<i64>, i64, i64, Option<String>, Option<String>);
        let (name, month) = (month.to_owned(), month_of(month).unwrap_or(-1));
        let from = "FROM earnings e WHERE e.member = (SELECT key FROM members WHERE id = ?) AND e.month = ?";
        let mut count = QueryBuilder::<Sqlite>::new("SELECT count(*) ");
        count.push(from);
        let count = count.build_query_scalar().bind(member.bytes()).bind(month).fetch_one(&self.readers).await?;
        let text = "SELECT j.id, s.number, s.business_date, e.line, b.name, e.rule, e.depth, e.base_minor, e.rate_ppm, e.amount_micro, e.plan_version,
            e.source, (SELECT o.number FROM journal oj JOIN sales o ON o.entry = oj.number WHERE oj.id = s.origin)
            FROM earnings e LEFT JOIN sales s ON s.entry = e.entry JOIN journal j ON j.number = e.entry LEFT JOIN members b ON b.key = s.member
            WHERE e.member = (SELECT key FROM members WHERE id = ?) AND e.month = ? ORDER BY e.source IS NOT NULL, s.business_date, e.entry, e.line LIMIT ? OFFSET ?";
        let rows: Vec<Row> =
            sqlx::query_as(text).bind(member.bytes()).bind(month).bind(window.rows()).bind(window.offset).fetch_all(&self.readers).await?;
        let rows = rows
            .into_iter()
            .map(|(sale, number, business_date, line, buyer, rule, depth, base_minor, rate_ppm, amount_micro, plan_version, source, origin)| {
                let sale = id(&sale)?;
                let late = business_date.as_deref().and_then(month_of).is_some_and(|day| day < month);
                let (number, business_date) = (number.unwrap_or_default(), business_date.unwrap_or_else(|| name.clone()));
                Ok(EarningRow {
                    sale,
                    number,
                    business_date,
                    line,
                    buyer,
                    rule,
                    depth,
                    base_minor,
                    rate_ppm,
                    amount_micro,
                    plan_version,
                    source,
                    late,
                    origin,
                })
            })
            .collect::<Result<_, BooksError>>()?;
        Ok(Page { count, rows })
    }
}
