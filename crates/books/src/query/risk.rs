//! What the review of a month looks at, and what was decided. Everything is a range of an index or a few rows of each member with a statement.

use std::collections::{BTreeMap, HashMap};

use domain::{
    ids::MemberId,
    risk::{RiskFigures, RiskSign, Ruling},
};
use sqlx::SqliteConnection;

use super::{id, month_name};
use crate::{Books, BooksError, apply::Writing};

/// A decision about a member's month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// Round of the close.
    pub round: u32,
    /// Whose.
    pub member: MemberId,
    /// What was decided last; a note alone decides nothing.
    pub verdict: Ruling,
    /// Why, as typed last.
    pub reason: String,
    /// By whom.
    pub by: Option<String>,
    /// The shop's day.
    pub business_date: String,
    /// The signs that were seen.
    pub signs: Vec<RiskSign>,
    /// What is held of the released statement now, in minor units.
    pub held_minor: i64,
}

/// Others that share something, at most.
const OTHERS: usize = 5;

impl Books {
    /// What is known of these members' month, before what they earned in it is added: `rushed_days` are those at its end whose sales should not come back.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn risk_figures(&self, month: i64, rushed_days: i64, members: &[MemberId]) -> Result<HashMap<MemberId, RiskFigures>, BooksError> {
        let mut snapshot = self.readers.begin().await?;
        let connection = &mut *snapshot;
        let mut figures: HashMap<MemberId, RiskFigures> = members.iter().map(|member| (*member, RiskFigures::default())).collect();
        let own = "SELECT m.id, sum(e.amount_micro) FROM earnings e JOIN sales s ON s.entry = e.entry JOIN members m ON m.key = e.member
            WHERE e.month = ?1 AND e.source IS NULL AND e.amount_micro > 0 AND s.member = e.member GROUP BY e.member";
        for (member, amount) in sums(connection, own, month).await? {
            figures.entry(member).or_default().own_micro = amount;
        }
        let returned = "SELECT m.id, -sum(e.amount_micro) FROM earnings e JOIN sales r ON r.entry = e.entry JOIN journal oj ON oj.id = r.origin
            JOIN sales o ON o.entry = oj.number JOIN members m ON m.key = e.member
            WHERE e.month = ?1 AND e.source IS NULL AND e.amount_micro < 0 AND o.month < ?1 GROUP BY e.member";
        for (member, amount) in sums(connection, returned, month).await? {
            figures.entry(member).or_default().returned_micro = amount;
        }
        // Of the months before, those in which something was earned.
        let average = "SELECT m.id, sum(e.amount_micro) / count(*) FROM earned_months e JOIN members m ON m.key = e.member
            WHERE e.month BETWEEN ?1 - 6 AND ?1 - 1 GROUP BY e.member";
        for (member, amount) in sums(connection, average, month).await? {
            figures.entry(member).or_default().average_micro = amount.max(0);
        }
        let rushed = "SELECT m.id, -sum(e.amount_micro) FROM sales r JOIN journal oj ON oj.id = r.origin JOIN sales o ON o.entry = oj.number
            JOIN earnings e ON e.entry = r.entry JOIN members m ON m.key = e.member
            WHERE r.business_date >= ?2 AND r.kind = 'return' AND o.month = ?1 AND o.business_date >= date(?2, ?3) AND e.amount_micro < 0 GROUP BY e.member";
        let next = format!("{}-01", month_name(month + 1));
        let rows: Vec<(Vec<u8>, i64)> =
            sqlx::query_as(rushed).bind(month).bind(next).bind(format!("-{rushed_days} days")).fetch_all(&mut *connection).await?;
        for (member, amount) in rows {
            figures.entry(id(&member)?).or_default().rushed_micro = amount;
        }
        let phones =
            "SELECT id, phone FROM members WHERE phone IN (SELECT phone FROM members WHERE phone IS NOT NULL GROUP BY phone HAVING count(*) > 1)";
        for (member, others) in shared(connection, phones).await? {
            figures.entry(member).or_default().same_phone = others;
        }
        let accounts = "SELECT m.id, y.account FROM payees y JOIN members m ON m.key = y.member
            WHERE y.account IN (SELECT account FROM payees WHERE account <> '' GROUP BY account HAVING count(*) > 1)";
        for (member, others) in shared(connection, accounts).await? {
            figures.entry(member).or_default().same_account = others;
        }
        // Everyone with the others of the same number or account, then what came of those others' purchases.
        let ring = "WITH alike (who, other) AS (
                SELECT a.key, b.key FROM members a JOIN members b ON b.phone = a.phone AND b.key <> a.key WHERE a.phone IS NOT NULL
                UNION SELECT a.member, b.member FROM payees a JOIN payees b ON b.account = a.account AND b.account <> '' AND b.member <> a.member
                    WHERE a.account <> '')
            SELECT m.id, sum(e.amount_micro) FROM alike p CROSS JOIN earnings e ON e.member = p.who AND e.month = ?1
            JOIN sales s ON s.entry = e.entry AND s.member = p.other JOIN members m ON m.key = p.who
            WHERE e.source IS NULL AND e.amount_micro > 0 GROUP BY p.who";
        for (member, amount) in sums(connection, ring, month).await? {
            figures.entry(member).or_default().ring_micro = amount;
        }
        let bought = "SELECT m.id, b.own_minor, b.group_minor - b.own_minor FROM json_each(?2) w CROSS JOIN members m ON m.id = unhex(w.value)
            CROSS JOIN branch_months b ON b.member = m.key AND b.month = ?1";
        let ids: Vec<String> = members.iter().map(|member| member.0.simple().to_string()).collect();
        let ids = serde_json::to_string(&ids).unwrap_or_else(|_| "[]".into());
        let came = "SELECT m.id, count(*) FROM json_each(?2) w CROSS JOIN members m ON m.id = unhex(w.value)
            CROSS JOIN points_moves p ON p.member = m.key AND p.why = 'sign_in' AND p.business_date BETWEEN ?1 || '-01' AND ?1 || '-31' GROUP BY m.key";
        let rows: Vec<(Vec<u8>, i64)> = sqlx::query_as(came).bind(month_name(month)).bind(&ids).fetch_all(&mut *connection).await?;
        for (member, days) in rows {
            figures.entry(id(&member)?).or_default().came_days = days;
        }
        let rows: Vec<(Vec<u8>, i64, i64)> = sqlx::query_as(bought).bind(month).bind(ids).fetch_all(&mut *connection).await?;
        for (member, bought, sold) in rows {
            let one = figures.entry(id(&member)?).or_default();
            (one.bought_minor, one.sold_minor) = (bought.max(0), sold.max(0));
        }
        snapshot.rollback().await?;
        Ok(figures)
    }

    /// Every decision about a month, those that hold something first, then by member's number.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn judged(&self, month: i64) -> Result<Vec<Judged>, BooksError> {
        type Row = (i64, Vec<u8>, String, String, Option<String>, String, String, i64);
        let text = "SELECT g.round, m.id, g.verdict, g.reason, p.name, g.business_date, g.signs, g.held_minor FROM judgements g
            JOIN members m ON m.key = g.member LEFT JOIN people p ON p.id = g.person WHERE g.month = ? ORDER BY g.held_minor = 0, m.number, g.round";
        let rows: Vec<Row> = sqlx::query_as(text).bind(month).fetch_all(&self.readers).await?;
        let read = |(round, member, verdict, reason, by, business_date, signs, held_minor): Row| {
            let unreadable = |reason: String| BooksError::Unreadable { number: 0, reason };
            Ok(Judged {
                round: u32::try_from(round).unwrap_or(u32::MAX),
                member: id(&member)?,
                verdict: Ruling::parse(&verdict).ok_or_else(|| unreadable(format!("{verdict} is no decision")))?,
                reason,
                by,
                business_date,
                signs: serde_json::from_str(&signs).map_err(|error| unreadable(error.to_string()))?,
                held_minor,
            })
        };
        rows.into_iter().map(read).collect()
    }
}

impl Writing<'_> {
    /// Whose statements of a round are to be held.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn to_hold(&mut self, month: i64, round: u32) -> Result<Vec<MemberId>, BooksError> {
        let text = "SELECT m.id FROM judgements g JOIN members m ON m.key = g.member WHERE g.month = ? AND g.round = ? AND g.verdict = 'held'";
        let rows: Vec<Vec<u8>> = sqlx::query_scalar(text).bind(month).bind(i64::from(round)).fetch_all(self.reading()).await?;
        rows.iter().map(|member| id(member)).collect()
    }

    /// What is held of a member's released statements of a month, by round, in minor units; rounds without any are left out.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn held_of(&mut self, month: i64, member: MemberId) -> Result<Vec<(u32, i64)>, BooksError> {
        let text = "SELECT round, held_minor FROM judgements WHERE month = ? AND member = (SELECT key FROM members WHERE id = ?) AND held_minor <> 0
            ORDER BY round";
        let rows: Vec<(i64, i64)> = sqlx::query_as(text).bind(month).bind(member.bytes()).fetch_all(self.reading()).await?;
        Ok(rows.into_iter().map(|(round, held)| (u32::try_from(round).unwrap_or(u32::MAX), held)).collect())
    }
}

async fn sums(connection: &mut SqliteConnection, text: &'static str, month: i64) -> Result<Vec<(MemberId, i64)>, BooksError> {
    let rows: Vec<(Vec<u8>, i64)> = sqlx::query_as(text).bind(month).fetch_all(connection).await?;
    rows.into_iter().map(|(member, amount)| Ok((id(&member)?, amount))).collect()
}

/// Everyone with the others who share the same; a few of them are evidence enough.
async fn shared(connection: &mut SqliteConnection, text: &'static str) -> Result<Vec<(MemberId, Vec<MemberId>)>, BooksError> {
    let rows: Vec<(Vec<u8>, String)> = sqlx::query_as(text).fetch_all(connection).await?;
    let mut groups: BTreeMap<String, Vec<MemberId>> = BTreeMap::new();
    for (member, what) in rows {
        groups.entry(what).or_default().push(id(&member)?);
    }
    let mut all = Vec::new();
    for group in groups.into_values() {
        for member in &group {
            all.push((*member, group.iter().filter(|other| *other != member).take(OTHERS).copied().collect()));
        }
    }
    Ok(all)
}
