//! Closed months, their statements, and what a close has to know of the books.

use std::collections::HashMap;

use domain::{close::Sums, ids::MemberId};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, SqliteConnection};
use ts_rs::TS;

use super::{Page, Window, id, month_name, month_of};
use crate::{
    Books, BooksError,
    apply::{Reading, Writing},
};

/// One close of a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CloseRow {
    /// `YYYY-MM`.
    pub month: String,
    /// 1, and one more after each reopening.
    pub round: u32,
    /// Plan version that closed it.
    pub plan_version: Option<u32>,
    /// First digits of its hash.
    pub plan_hash: Option<String>,
    /// BLAKE3 over the whole result.
    pub run_hash: String,
    /// When, the shop's day.
    pub business_date: String,
    /// By whom.
    pub by: Option<String>,
    /// Statements.
    pub members: i64,
    /// Earned by the month's own rules in this round.
    pub earned_micro: i64,
    /// What the statements pay.
    pub payable_minor: i64,
    /// Opened again, for this reason.
    pub reopened: Option<String>,
}

/// A released statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StatementRow {
    /// `YYYY-MM`.
    pub month: String,
    /// Round of the close.
    pub round: u32,
    /// Whose.
    pub member: MemberId,
    /// Number on the card.
    pub member_number: String,
    /// Name.
    pub name: String,
    /// Its number.
    pub number: String,
    /// What the one before left.
    pub opening_micro: i64,
    /// Earned in the month.
    pub earned_micro: i64,
    /// Returns, late sales, cuts, differences.
    pub adjusted_micro: i64,
    /// What is paid, tax included.
    pub payable_minor: i64,
    /// Tax withheld.
    pub tax_minor: i64,
    /// What is left.
    pub closing_micro: i64,
}

/// A change or confirmation of a member's rank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RankRow {
    /// The shop's day on which it was recorded.
    pub business_date: String,
    /// The month that it followed from; absent where by hand.
    pub month: Option<String>,
    /// Before.
    pub from: Option<String>,
    /// After.
    pub to: Option<String>,
    /// `by_hand`, `reached`, `protected`, `kept`, `fell`.
    pub how: String,
    /// As typed where by hand; otherwise JSON with `because` and `missing`, lists of grounds.
    pub reason: String,
}

/// What a close has to know of a month before it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MonthBooks {
    /// Rounds that were released so far.
    pub rounds: u32,
    /// By member: what the statement is made of, apart from what the period's rules earn now.
    pub sums: HashMap<MemberId, Sums>,
    /// What earlier rounds paid by rule, source and member.
    pub paid: HashMap<(MemberId, String, String), i64>,
}

/// Where closing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Closing {
    /// The last closed month.
    pub through: Option<i64>,
    /// The earliest month after it that has sales under a plan.
    pub earliest_open: Option<i64>,
}

type StatementRaw = (i64, i64, Vec<u8>, String, String, String, i64, i64, i64, i64, i64, i64);

const STATEMENT: &str =
    "SELECT t.month, t.round, m.id, m.number, m.name, t.number, t.opening_micro, t.earned_micro, t.adjusted_micro, t.payable_minor,
    t.tax_minor, t.closing_micro FROM statements t JOIN members m ON m.key = t.member";

fn statement(raw: StatementRaw) -> Result<StatementRow, BooksError> {
    let (month, round, member, member_number, name, number, opening_micro, earned_micro, adjusted_micro, payable_minor, tax_minor, closing_micro) =
        raw;
    Ok(StatementRow {
        month: month_name(month),
        round: u32::try_from(round).unwrap_or(u32::MAX),
        member: id(&member)?,
        member_number,
        name,
        number,
        opening_micro,
        earned_micro,
        adjusted_micro,
        payable_minor,
        tax_minor,
        closing_micro,
    })
}

#[derive(FromRow)]
struct CloseRaw {
    month: i64,
    round: u32,
    plan_version: Option<u32>,
    plan_hash: Option<String>,
    run_hash: String,
    business_date: String,
    by: Option<String>,
    members: i64,
    earned_micro: i64,
    payable_minor: i64,
    reopened: Option<i64>,
    reason: Option<String>,
}

impl Books {
    /// Every close, newest first.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn closes(&self) -> Result<Vec<CloseRow>, BooksError> {
        let text = "SELECT c.month, c.round, c.plan_version, c.plan_hash, c.run_hash, c.business_date, p.name AS by, c.members, c.earned_micro,
            c.payable_minor, c.reopened, c.reason FROM closes c LEFT JOIN people p ON p.id = c.person ORDER BY c.entry DESC";
        let rows: Vec<CloseRaw> = sqlx::query_as(text).fetch_all(&self.readers).await?;
        let read = |raw: CloseRaw| CloseRow {
            month: month_name(raw.month),
            round: raw.round,
            plan_version: raw.plan_version,
            plan_hash: raw.plan_hash,
            run_hash: raw.run_hash,
            business_date: raw.business_date,
            by: raw.by,
            members: raw.members,
            earned_micro: raw.earned_micro,
            payable_minor: raw.payable_minor,
            reopened: raw.reopened.map(|_| raw.reason.unwrap_or_default()),
        };
        Ok(rows.into_iter().map(read).collect())
    }

    /// Statements of a month by member's number, the rounds one after the other.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn statements(&self, month: &str, window: Window) -> Result<Page<StatementRow>, BooksError> {
        let month = month_of(month).unwrap_or(-1);
        let count = sqlx::query_scalar("SELECT count(*) FROM statements WHERE month = ?").bind(month).fetch_one(&self.readers).await?;
        let mut query = sqlx::QueryBuilder::<sqlx::Sqlite>::new(STATEMENT);
        query.push(" WHERE t.month = ").push_bind(month).push(" ORDER BY t.round, m.number LIMIT ").push_bind(window.rows());
        query.push(" OFFSET ").push_bind(window.offset);
        let rows: Vec<StatementRaw> = query.build_query_as().fetch_all(&self.readers).await?;
        Ok(Page { count, rows: rows.into_iter().map(statement).collect::<Result<_, _>>()? })
    }

    /// A member's statements, newest first.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn statements_of(&self, member: MemberId) -> Result<Vec<StatementRow>, BooksError> {
        let mut query = sqlx::QueryBuilder::<sqlx::Sqlite>::new(STATEMENT);
        query.push(" WHERE m.id = ").push_bind(member.bytes().to_vec()).push(" ORDER BY t.entry DESC LIMIT 60");
        let rows: Vec<StatementRaw> = query.build_query_as().fetch_all(&self.readers).await?;
        rows.into_iter().map(statement).collect()
    }

    /// How a member's rank came about, newest first.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn ranks_of(&self, member: MemberId) -> Result<Vec<RankRow>, BooksError> {
        type Raw = (Vec<u8>, i64, Option<i64>, Option<String>, Option<String>, String, String);
        let text = "SELECT j.bytes, j.number, r.month, r.rank_from, r.rank_to, r.how, r.reason FROM ranks r JOIN journal j ON j.number = r.entry
            WHERE r.member = (SELECT key FROM members WHERE id = ?) ORDER BY r.entry DESC, r.line DESC LIMIT 36";
        let rows: Vec<Raw> = sqlx::query_as(text).bind(member.bytes()).fetch_all(&self.readers).await?;
        rows.into_iter()
            .map(|(bytes, number, month, from, to, how, reason)| {
                let business_date = crate::entry::Entry::read(number, &bytes)?.6;
                Ok(RankRow { business_date, month: month.map(month_name), from, to, how, reason })
            })
            .collect()
    }

    /// Where closing stands.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn closing(&self) -> Result<Closing, BooksError> {
        closing(&mut *self.readers.acquire().await?).await
    }

    /// What a close has to know of the month beside what the engine reads.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn month_books(&self, month: i64) -> Result<MonthBooks, BooksError> {
        let mut snapshot = self.readers.begin().await?;
        let books = month_books(&mut snapshot, month).await?;
        snapshot.rollback().await?;
        Ok(books)
    }

    /// The month in which a sale counts, `YYYY-MM`.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn sale_month(&self, sale: domain::ids::SaleId) -> Result<Option<String>, BooksError> {
        let text = "SELECT s.month FROM journal j JOIN sales s ON s.entry = j.number WHERE j.id = ?";
        let month: Option<i64> = sqlx::query_scalar(text).bind(sale.bytes()).fetch_optional(&self.readers).await?;
        Ok(month.map(month_name))
    }

    /// The sale that an order of this id is, with its number.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn sale_number(&self, sale: domain::ids::SaleId) -> Result<Option<String>, BooksError> {
        let text = "SELECT s.number FROM sales s JOIN journal j ON j.number = s.entry WHERE j.id = ?";
        Ok(sqlx::query_scalar(text).bind(sale.bytes()).fetch_optional(&self.readers).await?)
    }
}

impl Reading<'_> {
    /// Where closing stands.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn closing(&mut self) -> Result<Closing, BooksError> {
        closing(self.connection).await
    }
}

impl Writing<'_> {
    /// How often a month was closed.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn close_rounds(&mut self, month: i64) -> Result<u32, BooksError> {
        let rounds: i64 = sqlx::query_scalar("SELECT count(*) FROM closes WHERE month = ?").bind(month).fetch_one(self.reading()).await?;
        Ok(u32::try_from(rounds).unwrap_or(u32::MAX))
    }

    /// The rank that a member was given by hand.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn rank_by_hand(&mut self, member: MemberId) -> Result<Option<String>, BooksError> {
        let found: Option<Option<String>> =
            sqlx::query_scalar("SELECT rank_by_hand FROM members WHERE id = ?").bind(member.bytes()).fetch_optional(self.reading()).await?;
        Ok(found.flatten())
    }

    /// True where something that the month's figures rest on was recorded after this entry: a sale or return that counts in it, a return of one of its
    /// sales, a member, sponsor or plan, another close.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn touched_since(&mut self, month: i64, number: i64) -> Result<bool, BooksError> {
        let text = "SELECT EXISTS (SELECT 1 FROM sales WHERE month = ?1 AND entry > ?2)
            OR EXISTS (SELECT 1 FROM sales r JOIN journal oj ON oj.id = r.origin JOIN sales o ON o.entry = oj.number
                WHERE r.entry > ?2 AND r.origin IS NOT NULL AND o.month = ?1) OR EXISTS (SELECT 1 FROM earnings WHERE month = ?1 AND entry > ?2)
            OR EXISTS (SELECT 1 FROM journal WHERE number > ?2
                AND kind IN ('SponsorMoved', 'MemberChanged', 'MemberPlaced', 'PlanActivated', 'MonthClosed', 'MonthReopened', 'SettingChanged'))";
        Ok(sqlx::query_scalar(text).bind(month).bind(number).fetch_one(self.reading()).await?)
    }
}

async fn closing(connection: &mut SqliteConnection) -> Result<Closing, BooksError> {
    let through: Option<i64> = sqlx::query_scalar("SELECT max(month) FROM closes WHERE reopened IS NULL").fetch_one(&mut *connection).await?;
    let text = "SELECT min(month) FROM sales WHERE month > ? AND member IS NOT NULL AND (source IS NULL OR earned_micro <> 0)
        AND business_date >= (SELECT min(effective_from) FROM plans)";
    let earliest_open = sqlx::query_scalar(text).bind(through.unwrap_or(-1)).fetch_one(connection).await?;
    Ok(Closing { through, earliest_open })
}

async fn month_books(connection: &mut SqliteConnection, month: i64) -> Result<MonthBooks, BooksError> {
    let mut books = MonthBooks::default();
    let rounds: (i64, Option<i64>) =
        sqlx::query_as("SELECT count(*), max(entry) FROM closes WHERE month = ?").bind(month).fetch_one(&mut *connection).await?;
    books.rounds = u32::try_from(rounds.0).unwrap_or(u32::MAX);
    // Opening: what the newest statement of each member left.
    let text = "SELECT m.id, t.closing_micro FROM statements t JOIN members m ON m.key = t.member
        WHERE t.entry = (SELECT max(entry) FROM statements WHERE member = t.member)";
    let openings: Vec<(Vec<u8>, i64)> = sqlx::query_as(text).fetch_all(&mut *connection).await?;
    for (member, closing) in openings {
        books.sums.entry(id(&member)?).or_default().opening_micro = closing;
    }
    // What accrued with sales and returns since the round before: what came late or takes back is an adjustment.
    let late = "(12 * CAST(substr(s.business_date, 1, 4) AS INTEGER) + CAST(substr(s.business_date, 6, 2) AS INTEGER) - 1 < e.month)";
    let text = format!(
        "SELECT m.id, coalesce(sum(CASE WHEN e.amount_micro > 0 AND NOT coalesce({late}, 0) THEN e.amount_micro ELSE 0 END), 0), sum(e.amount_micro)
         FROM earnings e JOIN members m ON m.key = e.member LEFT JOIN sales s ON s.entry = e.entry
         WHERE e.month = ? AND e.source IS NULL AND e.entry > ? GROUP BY e.member"
    );
    let rows: Vec<(Vec<u8>, i64, i64)> =
        sqlx::query_as(sqlx::AssertSqlSafe(text)).bind(month).bind(rounds.1.unwrap_or(0)).fetch_all(&mut *connection).await?;
    for (member, earned, all) in rows {
        let sums = books.sums.entry(id(&member)?).or_default();
        (sums.earned_micro, sums.adjusted_micro) = (earned, all - earned);
    }
    if books.rounds == 0 {
        return Ok(books);
    }
    let text = "SELECT m.id, sum(t.payable_minor), sum(t.tax_minor) FROM statements t JOIN members m ON m.key = t.member WHERE t.month = ? GROUP BY t.member";
    let paid: Vec<(Vec<u8>, i64, i64)> = sqlx::query_as(text).bind(month).fetch_all(&mut *connection).await?;
    for (member, payable, tax) in paid {
        let sums = books.sums.entry(id(&member)?).or_default();
        (sums.paid_minor, sums.paid_tax_minor) = (payable, tax);
    }
    let text = "SELECT m.id, e.rule, e.source, sum(e.amount_micro) FROM earnings e JOIN members m ON m.key = e.member
        WHERE e.month = ? AND e.source IS NOT NULL GROUP BY e.member, e.rule, e.source";
    let rows: Vec<(Vec<u8>, String, String, i64)> = sqlx::query_as(text).bind(month).fetch_all(connection).await?;
    for (member, rule, source, amount) in rows {
        books.paid.insert((id(&member)?, rule, source), amount);
    }
    Ok(books)
}
