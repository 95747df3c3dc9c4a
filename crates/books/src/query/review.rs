//! The manager's month: what commission was paid for and to whom, against the month before and the same month of last year. Every figure is kept as it is
//! earned; a report is a few ranges of an index in a shop of any size.

use domain::{close::MICRO, ids::MemberId};
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, FromRow, SqliteConnection};
use ts_rs::TS;

use super::{id, month_name};
use crate::{Books, BooksError};

/// What a month's commission is looked at by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReviewBy {
    /// Rule of the plan.
    Rule,
    /// Rank of whoever earned, as it was then.
    Rank,
    /// How far above the buyer.
    Depth,
    /// Goods that it was earned with, by what counted of each.
    Product,
    /// Branch of the tree: what its top and everyone below earned.
    Branch,
    /// Who earned.
    Member,
}

impl ReviewBy {
    /// Every way, in the order of the screen.
    pub const ALL: [Self; 6] = [Self::Rule, Self::Rank, Self::Depth, Self::Product, Self::Branch, Self::Member];
}

/// The figures of one month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MonthFigures {
    /// `YYYY-MM`.
    pub month: String,
    /// Net sales in minor units.
    pub net_minor: i64,
    /// Receipts.
    pub receipts: i64,
    /// Commission, exact, in millionths of a minor unit.
    pub amount_micro: i64,
    /// Members who earned.
    pub members: i64,
}

/// One row of a part: the month, the month before, and the same month of last year, in millionths of a minor unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReviewRow {
    /// Rule, rank, depth in digits, name of a product or member; empty for what has none.
    pub name: String,
    /// Code of the product or number of the card; empty for everything else.
    pub number: String,
    /// The member, or the top of the branch.
    pub member: Option<MemberId>,
    /// Members below the top of a branch; 0 for everything else.
    pub below: i64,
    /// The three months.
    pub amounts: [i64; 3],
}

/// A month's commission by one of its parts, the largest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReviewPart {
    /// By what.
    pub by: ReviewBy,
    /// The largest.
    pub rows: Vec<ReviewRow>,
    /// Everything else together: with the rows it is the whole, to the millionth.
    pub rest: [i64; 3],
    /// For branches: the top of the branch that these are parts of; absent for the whole shop.
    pub within: Option<ReviewRow>,
}

/// What the shop owes its members in commission today.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Owing {
    /// Earned and not on a statement yet, in millionths of a minor unit.
    pub pending_micro: i64,
    /// On released statements, in minor units.
    pub payable_minor: i64,
    /// Asked for, approved or sent, in minor units.
    pub under_way_minor: i64,
    /// Kept back by the review, in minor units.
    pub held_minor: i64,
    /// All of it, in millionths of a minor unit.
    pub total_micro: i64,
}

#[derive(FromRow)]
struct Raw {
    name: String,
    number: String,
    member: Option<Vec<u8>>,
    below: i64,
    now: i64,
    before: i64,
    year_ago: i64,
}

impl Raw {
    fn read(self) -> Result<ReviewRow, BooksError> {
        let member = self.member.as_deref().map(id).transpose()?;
        Ok(ReviewRow { name: self.name, number: self.number, member, below: self.below, amounts: [self.now, self.before, self.year_ago] })
    }
}

/// Branches that are looked at, by members, to find the largest by commission.
const LOOKED_AT: i64 = 2_000;

const SUMS: &str =
    "coalesce(sum(CASE month WHEN ?1 THEN amount_micro END), 0) AS now, coalesce(sum(CASE month WHEN ?2 THEN amount_micro END), 0) AS before,
    coalesce(sum(CASE month WHEN ?3 THEN amount_micro END), 0) AS year_ago";

/// The month, the one before and the same of last year.
fn months(month: i64) -> [i64; 3] {
    [month, month - 1, month - 12]
}

impl Books {
    /// The figures of a month, of the one before and of the same month of last year.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn month_figures(&self, month: i64) -> Result<[MonthFigures; 3], BooksError> {
        let mut connection = self.readers.acquire().await?;
        let [now, before, year_ago] = months(month);
        Ok([figures(&mut connection, now).await?, figures(&mut connection, before).await?, figures(&mut connection, year_ago).await?])
    }

    /// A month's commission by one of its parts, the `most` largest first; everything where absent. Branches are those below `top`; where it is absent, those
    /// of the first member from the root down who has several.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn month_by(&self, month: i64, by: ReviewBy, top: Option<MemberId>, most: Option<usize>) -> Result<ReviewPart, BooksError> {
        let mut connection = self.readers.acquire().await?;
        let mut whole = whole(&mut connection, month).await?;
        let mut within = None;
        let mut rows = match by {
            ReviewBy::Rule | ReviewBy::Rank | ReviewBy::Depth | ReviewBy::Product => parts(&mut connection, month, by).await?,
            ReviewBy::Member => members(&mut connection, month, most).await?,
            ReviewBy::Branch => {
                let key = match top {
                    Some(member) => {
                        sqlx::query_scalar("SELECT key FROM members WHERE id = ?").bind(member.bytes()).fetch_optional(&mut *connection).await?
                    }
                    None => first_fork(&mut connection).await?,
                };
                if let Some(key) = key {
                    let node = branch(&mut connection, month, key).await?;
                    whole = node.amounts;
                    within = Some(node);
                }
                branches(&mut connection, month, key).await?
            }
        };
        rows.retain(|row| row.amounts != [0; 3]);
        if matches!(by, ReviewBy::Depth) {
            rows.sort_by_key(|row| row.name.parse::<i64>().unwrap_or(i64::MAX));
        } else {
            rows.sort_by(|one, other| {
                other.amounts.cmp(&one.amounts).then_with(|| one.number.cmp(&other.number)).then_with(|| one.name.cmp(&other.name))
            });
        }
        rows.truncate(most.unwrap_or(usize::MAX));
        let mut rest = whole;
        for row in &rows {
            for (left, amount) in rest.iter_mut().zip(row.amounts) {
                *left -= amount;
            }
        }
        Ok(ReviewPart { by, rows, rest, within })
    }

    /// What the shop owes its members in commission today, from the ledger.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn owing(&self) -> Result<Owing, BooksError> {
        // What pends is what was booked as a cost and not settled: two accounts of the shop, however many members there are.
        let text = "SELECT -coalesce(sum(b.amount), 0) FROM accounts a JOIN balances b ON b.account = a.key
            WHERE a.name IN ('commission.expense', 'commission.settled') AND a.party IS NULL AND b.unit = (SELECT key FROM units WHERE name = 'earning')";
        let pending_micro: i64 = sqlx::query_scalar(text).fetch_one(&self.readers).await?;
        let totals = self.payout_totals().await?;
        let under_way_minor = totals.requested_minor + totals.approved_minor + totals.sent_minor;
        let total_micro = pending_micro + (totals.payable_minor + totals.held_minor + under_way_minor) * MICRO;
        Ok(Owing { pending_micro, payable_minor: totals.payable_minor, under_way_minor, held_minor: totals.held_minor, total_micro })
    }
}

async fn figures(connection: &mut SqliteConnection, month: i64) -> Result<MonthFigures, BooksError> {
    let text =
        "SELECT coalesce((SELECT net_minor FROM sale_months WHERE month = ?1), 0), coalesce((SELECT receipts FROM sale_months WHERE month = ?1), 0),
        coalesce((SELECT sum(amount_micro) FROM earned_parts WHERE month = ?1 AND part = 'rule'), 0),
        (SELECT count(*) FROM earned_months WHERE month = ?1 AND member <> 0)";
    let (net_minor, receipts, amount_micro, members) = sqlx::query_as(text).bind(month).fetch_one(connection).await?;
    Ok(MonthFigures { month: month_name(month), net_minor, receipts, amount_micro, members })
}

async fn whole(connection: &mut SqliteConnection, month: i64) -> Result<[i64; 3], BooksError> {
    let [now, before, year_ago] = months(month);
    let text = format!("SELECT {SUMS} FROM earned_parts WHERE part = 'rule' AND month IN (?1, ?2, ?3)");
    let (now, before, year_ago) = sqlx::query_as(AssertSqlSafe(text)).bind(now).bind(before).bind(year_ago).fetch_one(connection).await?;
    Ok([now, before, year_ago])
}

async fn parts(connection: &mut SqliteConnection, month: i64, by: ReviewBy) -> Result<Vec<ReviewRow>, BooksError> {
    let [now, before, year_ago] = months(month);
    let part = match by {
        ReviewBy::Rule => "rule",
        ReviewBy::Rank => "rank",
        ReviewBy::Depth => "depth",
        ReviewBy::Product | ReviewBy::Branch | ReviewBy::Member => "product",
    };
    let summed = format!("SELECT name, {SUMS} FROM earned_parts WHERE part = '{part}' AND month IN (?1, ?2, ?3) GROUP BY name");
    let text = if part == "product" {
        format!(
            "SELECT coalesce(p.name, '') AS name, coalesce(p.code, '') AS number, NULL AS member, 0 AS below, now, before, year_ago
             FROM ({summed}) s LEFT JOIN products p ON p.key = s.name"
        )
    } else {
        format!("SELECT CAST(name AS TEXT) AS name, '' AS number, NULL AS member, 0 AS below, now, before, year_ago FROM ({summed})")
    };
    let rows: Vec<Raw> = sqlx::query_as(AssertSqlSafe(text)).bind(now).bind(before).bind(year_ago).fetch_all(connection).await?;
    rows.into_iter().map(Raw::read).collect()
}

async fn members(connection: &mut SqliteConnection, month: i64, most: Option<usize>) -> Result<Vec<ReviewRow>, BooksError> {
    let [now, before, year_ago] = months(month);
    let rows: Vec<Raw> = match most {
        // The largest of the month are found among its own figures; only they are looked up in the other months.
        Some(most) => {
            let text = "SELECT coalesce(m.name, '') AS name, coalesce(m.number, '') AS number, m.id AS member, 0 AS below, e.amount_micro AS now,
                    coalesce((SELECT amount_micro FROM earned_months WHERE month = ?2 AND member = e.member), 0) AS before,
                    coalesce((SELECT amount_micro FROM earned_months WHERE month = ?3 AND member = e.member), 0) AS year_ago
                FROM (SELECT member, amount_micro FROM earned_months WHERE month = ?1 ORDER BY amount_micro DESC, member LIMIT ?4) e
                LEFT JOIN members m ON m.key = e.member";
            let most = i64::try_from(most).unwrap_or(i64::MAX);
            sqlx::query_as(text).bind(now).bind(before).bind(year_ago).bind(most).fetch_all(connection).await?
        }
        None => {
            let text = format!(
                "SELECT coalesce(m.name, '') AS name, coalesce(m.number, '') AS number, m.id AS member, 0 AS below, now, before, year_ago
                 FROM (SELECT member, {SUMS} FROM earned_months WHERE month IN (?1, ?2, ?3) GROUP BY member) e LEFT JOIN members m ON m.key = e.member"
            );
            sqlx::query_as(AssertSqlSafe(text)).bind(now).bind(before).bind(year_ago).fetch_all(connection).await?
        }
    };
    rows.into_iter().map(Raw::read).collect()
}

/// What a branch earned in the three months, by the key of its top.
const BRANCH: &str = "m.name, m.number, m.id AS member, m.below,
    coalesce((SELECT earned_micro FROM branch_months WHERE member = m.key AND month = ?1), 0) AS now,
    coalesce((SELECT earned_micro FROM branch_months WHERE member = m.key AND month = ?2), 0) AS before,
    coalesce((SELECT earned_micro FROM branch_months WHERE member = m.key AND month = ?3), 0) AS year_ago";

async fn branch(connection: &mut SqliteConnection, month: i64, key: i64) -> Result<ReviewRow, BooksError> {
    let [now, before, year_ago] = months(month);
    let text = format!("SELECT {BRANCH} FROM members m WHERE m.key = ?4");
    let row: Raw = sqlx::query_as(AssertSqlSafe(text)).bind(now).bind(before).bind(year_ago).bind(key).fetch_one(connection).await?;
    row.read()
}

async fn branches(connection: &mut SqliteConnection, month: i64, sponsor: Option<i64>) -> Result<Vec<ReviewRow>, BooksError> {
    let [now, before, year_ago] = months(month);
    let below = if sponsor.is_some() { "m.sponsor = ?4" } else { "m.sponsor IS NULL AND ?4 IS NULL" };
    let text = format!("SELECT {BRANCH} FROM members m WHERE {below} ORDER BY m.below DESC, m.key LIMIT {LOOKED_AT}");
    let rows: Vec<Raw> = sqlx::query_as(AssertSqlSafe(text)).bind(now).bind(before).bind(year_ago).bind(sponsor).fetch_all(connection).await?;
    rows.into_iter().map(Raw::read).collect()
}

/// The first member from the root down below whom there is more than one branch; nobody where the shop itself has several.
async fn first_fork(connection: &mut SqliteConnection) -> Result<Option<i64>, BooksError> {
    let mut at: Option<i64> = None;
    for _ in 0..64 {
        let below = if at.is_some() { "sponsor = ?" } else { "sponsor IS NULL AND ? IS NULL" };
        let text = format!("SELECT key, below FROM members WHERE {below} ORDER BY below DESC, key LIMIT 2");
        let near: Vec<(i64, i64)> = sqlx::query_as(AssertSqlSafe(text)).bind(at).fetch_all(&mut *connection).await?;
        match near.as_slice() {
            [(only, below)] if *below > 0 => at = Some(*only),
            _ => break,
        }
    }
    Ok(at)
}
