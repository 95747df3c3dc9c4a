//! A released statement with every amount that it is made of, as its close saw them.

use super::{id, month_name, month_of};
use crate::{Books, BooksError, entry::Entry};
use domain::{
    close::Statement,
    fact::Fact,
    ids::{MemberId, SaleId},
};

/// A statement as it was released.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Released {
    /// `YYYY-MM`.
    pub month: String,
    /// Of the close.
    pub round: u32,
    /// As it stands in its fact.
    pub statement: Statement,
    /// The shop's day of the release.
    pub business_date: String,
    /// Number on the member's card, today.
    pub member_number: String,
    /// Name, today.
    pub name: String,
}

/// One amount of a statement. Figures as [`super::EarningRow`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementLine {
    /// The sale or return; for a rule of the month, the close's part.
    pub sale: SaleId,
    /// Place among its earnings.
    pub line: i64,
    /// Number of the receipt; empty for a rule of the month.
    pub number: String,
    /// The shop's day; the month for a rule of it.
    pub business_date: String,
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
    /// What a rule of the month started from.
    pub source: Option<String>,
    /// The sale came when its month was closed already.
    pub late: bool,
    /// Number of the sale that came back, where a return took the earning back.
    pub origin: Option<String>,
    /// The engine's explanation, JSON; empty where there is none.
    pub why: String,
    /// What an earlier round paid for the same.
    pub before_micro: Option<i64>,
}

impl StatementLine {
    /// True where the statement counts it among what corrects, not among what was earned.
    pub fn is_adjustment(&self) -> bool {
        match &self.source {
            None => self.amount_micro <= 0 || self.late,
            Some(source) => source.starts_with("cut:") || self.before_micro.is_some(),
        }
    }
}

/// A statement by name, to go through many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementPlace {
    /// Its number.
    pub number: String,
    /// Number on the member's card.
    pub member_number: String,
    /// Name.
    pub name: String,
}

impl Books {
    /// The released statement of this number.
    ///
    /// # Errors
    /// SQLite's, or `Unreadable`.
    pub async fn released(&self, number: &str) -> Result<Option<Released>, BooksError> {
        type Raw = (i64, Vec<u8>, i64, i64, String, String);
        // The number begins with the month, whose statements stand together.
        let month = number.get(..7).and_then(month_of).unwrap_or(-1);
        let text = "SELECT t.entry, j.bytes, t.line, t.round, coalesce(m.number, ''), coalesce(m.name, '') FROM statements t
            JOIN journal j ON j.number = t.entry LEFT JOIN members m ON m.key = t.member WHERE t.month = ? AND t.number = ?";
        let found: Option<Raw> = sqlx::query_as(text).bind(month).bind(number).fetch_optional(&self.readers).await?;
        let Some((entry, bytes, line, round, member_number, name)) = found else { return Ok(None) };
        let read = Entry::read(entry, &bytes)?;
        let Some(Fact::StatementsIssued(issued)) = read.fact(entry)? else { return Ok(None) };
        let place = usize::try_from(line).unwrap_or(usize::MAX);
        Ok(issued.statements.get(place).map(|statement| Released {
            month: month_name(month),
            round: u32::try_from(round).unwrap_or(u32::MAX),
            statement: statement.clone(),
            business_date: read.6.clone(),
            member_number,
            name,
        }))
    }

    /// Every amount that a released statement is made of, in the order of days. What came after its close is not among them.
    ///
    /// # Errors
    /// SQLite's, or `Unreadable`.
    pub async fn statement_lines(&self, member: MemberId, month: &str, round: u32) -> Result<Vec<StatementLine>, BooksError> {
        type Raw = (
            i64,
            Vec<u8>,
            Vec<u8>,
            Option<String>,
            Option<String>,
            i64,
            Option<String>,
            String,
            i64,
            i64,
            Option<i64>,
            i64,
            Option<String>,
            Option<String>,
        );
        let (name, month) = (month.to_owned(), month_of(month).unwrap_or(-1));
        // Sales and returns up to this close and after the one before; rules of the month after it, up to the next.
        let text = "WITH closed (before, this, after) AS (SELECT
                coalesce((SELECT max(entry) FROM closes WHERE month = ?2 AND round < ?3), 0),
                (SELECT max(entry) FROM closes WHERE month = ?2 AND round = ?3),
                coalesce((SELECT min(entry) FROM closes WHERE month = ?2 AND round > ?3), 9223372036854775807))
            SELECT e.entry, j.id, j.bytes, s.number, s.business_date, e.line, b.name, e.rule, e.depth, e.base_minor, e.rate_ppm, e.amount_micro, e.source,
                (SELECT o.number FROM journal oj JOIN sales o ON o.entry = oj.number WHERE oj.id = s.origin)
            FROM closed c JOIN earnings e LEFT JOIN sales s ON s.entry = e.entry JOIN journal j ON j.number = e.entry LEFT JOIN members b ON b.key = s.member
            WHERE e.member = (SELECT key FROM members WHERE id = ?1) AND e.month = ?2
                AND CASE WHEN e.source IS NULL THEN e.entry > c.before AND e.entry < c.this ELSE e.entry > c.this AND e.entry < c.after END
            ORDER BY e.source IS NOT NULL, s.business_date, e.entry, e.line";
        let rows: Vec<Raw> = sqlx::query_as(text).bind(member.bytes()).bind(month).bind(i64::from(round)).fetch_all(&self.readers).await?;
        let mut lines = Vec::with_capacity(rows.len());
        let mut opened: Option<(i64, Option<Fact>)> = None;
        for (entry, sale, bytes, number, business_date, line, buyer, rule, depth, base_minor, rate_ppm, amount_micro, source, origin) in rows {
            // A close's part holds many amounts of one member: it is read once.
            if opened.as_ref().is_none_or(|(known, _)| *known != entry) {
                opened = Some((entry, Entry::read(entry, &bytes)?.fact(entry)?));
            }
            let fact = opened.as_ref().and_then(|(_, fact)| fact.as_ref());
            let (why, before_micro) = fact.map(|fact| explained(fact, line)).unwrap_or_default();
            let late = business_date.as_deref().and_then(month_of).is_some_and(|day| day < month);
            let (number, business_date) = (number.unwrap_or_default(), business_date.unwrap_or_else(|| name.clone()));
            let sale = id(&sale)?;
            lines.push(StatementLine {
                sale,
                line,
                number,
                business_date,
                buyer,
                rule,
                depth,
                base_minor,
                rate_ppm,
                amount_micro,
                source,
                late,
                origin,
                why,
                before_micro,
            });
        }
        Ok(lines)
    }

    /// Every released statement of a month by number, the rounds one after the other; a number, a card and a name each, so that 100,000 fit in memory.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn statement_places(&self, month: &str) -> Result<Vec<StatementPlace>, BooksError> {
        let text = "SELECT t.number, coalesce(m.number, ''), coalesce(m.name, '') FROM statements t LEFT JOIN members m ON m.key = t.member
            WHERE t.month = ? ORDER BY t.round, t.number";
        let rows: Vec<(String, String, String)> = sqlx::query_as(text).bind(month_of(month).unwrap_or(-1)).fetch_all(&self.readers).await?;
        Ok(rows.into_iter().map(|(number, member_number, name)| StatementPlace { number, member_number, name }).collect())
    }
}

/// What a fact says of one of its earnings: its explanation, and what an earlier round had paid.
fn explained(fact: &Fact, line: i64) -> (String, Option<i64>) {
    let Ok(place) = usize::try_from(line) else { return Default::default() };
    let why = |earned: &[domain::sale::Earned]| (earned.get(place).map(|one| one.why.clone()).unwrap_or_default(), None);
    match fact {
        Fact::SaleRecorded(sale) => why(&sale.earned),
        Fact::SaleImported(sale) => why(&sale.earned),
        Fact::SaleReturned(returned) => why(&returned.earned),
        Fact::PeriodEarned(part) => part.earned.get(place).map(|one| (one.earned.why.clone(), one.before_micro)).unwrap_or_default(),
        _ => Default::default(),
    }
}
