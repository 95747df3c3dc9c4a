//! What tills that were apart left behind. Each question is a range of an index or of a table of hints; none goes through the shop.

use domain::{
    fact::Fact,
    ids::{MemberId, ProductId},
    task::TaskKind,
};
use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;
use ts_rs::TS;

use super::{id, month_name};
use crate::{Books, BooksError, entry::Entry};

/// Tasks of one kind, at most.
const MOST: usize = 200;
/// Movements shown of each.
const SEEN: i64 = 6;
/// How far back moves of one member by two people, and two copies of one device's books, are told.
const BACK_MS: i64 = 92 * 86_400_000;

/// A disagreement, and what each till did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TaskRow {
    /// Its identity.
    pub task: String,
    /// What is not as it should be.
    pub kind: TaskKind,
    /// The product, where it is about one.
    pub product: Option<ProductId>,
    /// The member, where it is about one; of a shared number whoever has it later.
    pub member: Option<MemberId>,
    /// Name of what it is about.
    pub name: String,
    /// Its number, code or month.
    pub number: String,
    /// Who else, or where to.
    pub other: String,
    /// Thousandths of a piece, points or minor units by which it is short; how many sales came late.
    pub amount: i64,
    /// What the tills did, newest first.
    pub seen: Vec<TaskSeen>,
}

/// What one till did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TaskSeen {
    /// Letters of the till's receipts; empty where it never sold.
    pub till: String,
    /// True on this device.
    pub here: bool,
    /// When, milliseconds since 1970 UTC by that device's clock.
    pub at_ms: i64,
    /// Kind of the fact.
    pub kind: String,
    /// Number of the receipt, or a name.
    pub number: String,
    /// By how much it moved, in the unit of the task.
    pub amount: i64,
}

/// Accounts of one name that stand on the side where they should not: key, owner, by how much, name and number of the owner.
type Short = (i64, Vec<u8>, i64, String, String);
/// Two members with one number: the later's id, name, card and the number; the first's name and id.
type Shared = (Vec<u8>, String, String, String, String, Vec<u8>);
/// A move that was not carried out: its id, chain, clock and kind; the member's id, name and card; who was to stand above.
type Refused = (Vec<u8>, i64, i64, String, Vec<u8>, String, String, String);
/// An entry: number, id, chain, clock and bytes.
type Written = (i64, Vec<u8>, i64, i64, Vec<u8>);

impl Books {
    /// Everything that waits for a person, kind by kind.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn tasks(&self, now_ms: i64) -> Result<Vec<TaskRow>, BooksError> {
        let (own, _) = self.place();
        let mut snapshot = self.readers.begin().await?;
        let connection = &mut *snapshot;
        let mut tasks = oversold(connection, own).await?;
        for (kind, name, sign) in
            [(TaskKind::PointsShort, "points.held", -1), (TaskKind::BalanceShort, "balance.paid", 1), (TaskKind::BalanceShort, "balance.bonus", 1)]
        {
            tasks.extend(short_members(connection, own, kind, name, sign).await?);
        }
        tasks.extend(short_vouchers(connection, own).await?);
        tasks.extend(same_phones(connection).await?);
        tasks.extend(refused_moves(connection, own).await?);
        tasks.extend(two_moves(connection, own, now_ms - BACK_MS).await?);
        tasks.extend(late_sales(connection).await?);
        tasks.extend(two_copies(connection, own, now_ms - BACK_MS).await?);
        let mut open = Vec::with_capacity(tasks.len());
        for task in tasks {
            let settled: bool =
                sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM tasks_settled WHERE task = ?)").bind(&task.task).fetch_one(&mut *connection).await?;
            if !settled {
                open.push(task);
            }
        }
        Ok(open)
    }
}

fn identity(kind: TaskKind, subject: &[u8], last: &[u8]) -> String {
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    format!("{}:{}:{}", kind.word(), hex(subject), hex(last))
}

/// What the tills did to these accounts in a unit, newest first, with the identity of the last entry. `sign` turns debits into what a person calls more.
async fn seen(
    connection: &mut SqliteConnection,
    own: i64,
    accounts: &[i64],
    unit: Option<i64>,
    sign: i64,
) -> Result<(Vec<TaskSeen>, Vec<u8>), BooksError> {
    let list = accounts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let by_unit = unit.map_or(String::new(), |unit| format!(" AND unit = {unit}"));
    let text = format!(
        "WITH moved AS (SELECT entry, amount FROM postings WHERE debit IN ({list}){by_unit}
            UNION ALL SELECT entry, -amount FROM postings WHERE credit IN ({list}){by_unit}),
         newest AS (SELECT entry, sum(amount) AS amount FROM moved GROUP BY entry ORDER BY entry DESC LIMIT {SEEN})
         SELECT j.id, j.chain, j.at_ms, j.kind, coalesce(s.number, ''), n.amount FROM newest n JOIN journal j ON j.number = n.entry
         LEFT JOIN sales s ON s.entry = n.entry ORDER BY n.entry DESC"
    );
    let rows: Vec<(Vec<u8>, i64, i64, String, String, i64)> = sqlx::query_as(sqlx::AssertSqlSafe(text)).fetch_all(&mut *connection).await?;
    let last = rows.first().map(|row| row.0.clone()).unwrap_or_default();
    let mut seen = Vec::with_capacity(rows.len());
    for (_, chain, at_ms, kind, number, amount) in rows {
        seen.push(TaskSeen { till: till(connection, chain).await?, here: chain == own, at_ms, kind, number, amount: amount * sign });
    }
    Ok((seen, last))
}

/// The letters that a chain's newest receipt begins with.
async fn till(connection: &mut SqliteConnection, chain: i64) -> Result<String, BooksError> {
    let text = "SELECT s.number FROM journal j JOIN sales s ON s.entry = j.number WHERE j.chain = ? ORDER BY j.dseq DESC LIMIT 1";
    let number: Option<String> = sqlx::query_scalar(text).bind(chain).fetch_optional(connection).await?;
    Ok(number.and_then(|number| number.rsplit_once('-').map(|(till, _)| till.to_owned())).unwrap_or_default())
}

async fn oversold(connection: &mut SqliteConnection, own: i64) -> Result<Vec<TaskRow>, BooksError> {
    let text = "SELECT u.key, u.party, sum(b.amount), p.name, p.code FROM accounts a JOIN balances b ON b.account = a.key AND b.amount < 0
        JOIN units u ON u.key = b.unit JOIN products p ON p.id = u.party
        WHERE a.name = 'stock.shelf' AND u.name = 'stock' GROUP BY u.key ORDER BY p.code LIMIT ?";
    let rows: Vec<Short> = sqlx::query_as(text).bind(MOST as i64).fetch_all(&mut *connection).await?;
    let shelf: Option<i64> =
        sqlx::query_scalar("SELECT key FROM accounts WHERE name = 'stock.shelf' AND party IS NULL").fetch_optional(&mut *connection).await?;
    let mut tasks = Vec::with_capacity(rows.len());
    for (unit, product, amount, name, number) in rows {
        let (seen, last) = seen(connection, own, &[shelf.unwrap_or(0)], Some(unit), 1).await?;
        let task = identity(TaskKind::Oversold, &product, &last);
        tasks.push(TaskRow { product: Some(id(&product)?), ..row(task, TaskKind::Oversold, name, number, -amount, seen) });
    }
    Ok(tasks)
}

fn row(task: String, kind: TaskKind, name: String, number: String, amount: i64, seen: Vec<TaskSeen>) -> TaskRow {
    TaskRow { task, kind, product: None, member: None, name, number, other: String::new(), amount, seen }
}

async fn short_members(connection: &mut SqliteConnection, own: i64, kind: TaskKind, name: &str, sign: i64) -> Result<Vec<TaskRow>, BooksError> {
    let text = "SELECT a.key, a.party, sum(b.amount), m.name, m.number FROM crossed c JOIN accounts a ON a.key = c.account AND a.name = ?1
        JOIN balances b ON b.account = a.key JOIN members m ON m.id = a.party GROUP BY a.key HAVING sum(b.amount) * ?2 > 0 ORDER BY m.number LIMIT ?3";
    let rows: Vec<Short> = sqlx::query_as(text).bind(name).bind(sign).bind(MOST as i64).fetch_all(&mut *connection).await?;
    let mut tasks = Vec::with_capacity(rows.len());
    for (account, member, amount, name, number) in rows {
        // A debt shows as less in every unit: points are held, stored value is owed.
        let (seen, last) = seen(connection, own, &[account], None, -sign).await?;
        let task = identity(kind, &member, &last);
        tasks.push(TaskRow { member: Some(id(&member)?), ..row(task, kind, name, number, amount * sign, seen) });
    }
    Ok(tasks)
}

async fn short_vouchers(connection: &mut SqliteConnection, own: i64) -> Result<Vec<TaskRow>, BooksError> {
    let text = "SELECT a.key, a.party, sum(b.amount), v.code, v.code FROM crossed c JOIN accounts a ON a.key = c.account AND a.name = 'voucher'
        JOIN balances b ON b.account = a.key JOIN vouchers v ON v.id = a.party GROUP BY a.key HAVING sum(b.amount) > 0 ORDER BY v.code LIMIT ?";
    let rows: Vec<Short> = sqlx::query_as(text).bind(MOST as i64).fetch_all(&mut *connection).await?;
    let mut tasks = Vec::with_capacity(rows.len());
    for (account, voucher, amount, name, number) in rows {
        let (seen, last) = seen(connection, own, &[account], None, -1).await?;
        tasks.push(row(identity(TaskKind::VoucherShort, &voucher, &last), TaskKind::VoucherShort, name, number, amount, seen));
    }
    Ok(tasks)
}

/// Whoever has a number later, beside whoever had it first.
async fn same_phones(connection: &mut SqliteConnection) -> Result<Vec<TaskRow>, BooksError> {
    let text = "SELECT m.id, m.name, m.number, m.phone, f.name, f.id FROM shared_phones s JOIN members m ON m.phone = s.phone
        JOIN members f ON f.key = (SELECT min(key) FROM members WHERE phone = s.phone) WHERE m.key <> f.key ORDER BY s.phone, m.key LIMIT ?";
    let rows: Vec<Shared> = sqlx::query_as(text).bind(MOST as i64).fetch_all(&mut *connection).await?;
    let mut tasks = Vec::with_capacity(rows.len());
    for (later, name, number, phone, first_name, first) in rows {
        let task = identity(TaskKind::SamePhone, &later, &[phone.as_bytes(), &first].concat());
        tasks.push(TaskRow {
            member: Some(id(&later)?),
            other: first_name,
            ..row(task, TaskKind::SamePhone, name, format!("{number} · {phone}"), 0, Vec::new())
        });
    }
    Ok(tasks)
}

async fn refused_moves(connection: &mut SqliteConnection, own: i64) -> Result<Vec<TaskRow>, BooksError> {
    let text = "SELECT j.id, j.chain, j.at_ms, j.kind, m.id, m.name, m.number, coalesce(s.name, '') FROM refused_moves r JOIN journal j ON j.number = r.entry
        JOIN members m ON m.id = r.member LEFT JOIN members s ON s.id = r.sponsor ORDER BY r.entry DESC LIMIT ?";
    let rows: Vec<Refused> = sqlx::query_as(text).bind(MOST as i64).fetch_all(&mut *connection).await?;
    let mut tasks = Vec::with_capacity(rows.len());
    for (entry, chain, at_ms, kind, member, name, number, other) in rows {
        let till = till(connection, chain).await?;
        let seen = vec![TaskSeen { till, here: chain == own, at_ms, kind, number: other.clone(), amount: 0 }];
        let task = identity(TaskKind::RefusedMove, &member, &entry);
        tasks.push(TaskRow { member: Some(id(&member)?), other, ..row(task, TaskKind::RefusedMove, name, number, 0, seen) });
    }
    Ok(tasks)
}

/// A move whose author had not seen the move before it. Where nobody is apart, everybody has.
async fn two_moves(connection: &mut SqliteConnection, own: i64, since_ms: i64) -> Result<Vec<TaskRow>, BooksError> {
    let text = "SELECT number, id, chain, at_ms, bytes FROM journal WHERE kind IN ('SponsorMoved', 'MemberChanged') AND at_ms >= ?
        AND number NOT IN (SELECT entry FROM refused_moves) AND (SELECT count(*) FROM chains) > 1 ORDER BY number";
    let rows: Vec<Written> = sqlx::query_as(text).bind(since_ms).fetch_all(&mut *connection).await?;
    let mut before: std::collections::HashMap<MemberId, (i64, i64, i64, Option<MemberId>)> = std::collections::HashMap::new();
    let mut tasks = Vec::new();
    for (number, entry_id, chain, at_ms, bytes) in rows {
        let entry = Entry::read(number, &bytes)?;
        let Some(Fact::SponsorMoved(moved)) = entry.fact(number)? else { continue };
        let apart = before
            .insert(moved.member, (number, chain, at_ms, moved.to))
            .filter(|first| first.1 != chain && i64::try_from(entry.11).unwrap_or(i64::MAX) < first.0);
        let Some((_, first_chain, first_ms, first_to)) = apart else { continue };
        let called = async |connection: &mut SqliteConnection, member: Option<MemberId>| -> Result<(String, String), BooksError> {
            let text = "SELECT name, number FROM members WHERE id = ?";
            let found: Option<(String, String)> = match member {
                Some(member) => sqlx::query_as(text).bind(member.bytes().to_vec()).fetch_optional(connection).await?,
                None => None,
            };
            Ok(found.unwrap_or_default())
        };
        let mut seen = Vec::new();
        for (chain, at_ms, to) in [(chain, at_ms, moved.to), (first_chain, first_ms, first_to)] {
            let (number, till) = (called(connection, to).await?.0, till(connection, chain).await?);
            seen.push(TaskSeen { till, here: chain == own, at_ms, kind: "SponsorMoved".into(), number, amount: 0 });
        }
        let (name, number) = called(connection, Some(moved.member)).await?;
        let other = seen[0].number.clone();
        let task = identity(TaskKind::TwoMoves, moved.member.bytes(), &entry_id);
        tasks.push(TaskRow { member: Some(moved.member), other, ..row(task, TaskKind::TwoMoves, name, number, 0, seen) });
    }
    tasks.truncate(MOST);
    Ok(tasks)
}

/// By the month they belong to and the month they count in; a further one is a task anew.
async fn late_sales(connection: &mut SqliteConnection) -> Result<Vec<TaskRow>, BooksError> {
    let text = "SELECT s.month, substr(s.business_date, 1, 7) AS of, count(*), j.id, max(s.entry) FROM sales s JOIN journal j ON j.number = s.entry
        WHERE s.month > CAST(substr(s.business_date, 1, 4) AS INTEGER) * 12 + CAST(substr(s.business_date, 6, 2) AS INTEGER) - 1
        GROUP BY s.month, of ORDER BY s.month DESC, of DESC LIMIT 24";
    let rows: Vec<(i64, String, i64, Vec<u8>, i64)> = sqlx::query_as(text).fetch_all(&mut *connection).await?;
    let task = |(month, of, count, last, _): (i64, String, i64, Vec<u8>, i64)| {
        let task = identity(TaskKind::LateSales, of.as_bytes(), &last);
        TaskRow { other: month_name(month), ..row(task, TaskKind::LateSales, String::new(), of, count, Vec::new()) }
    };
    Ok(rows.into_iter().map(task).collect())
}

/// A device whose older chain went on after its newer one had begun.
async fn two_copies(connection: &mut SqliteConnection, own: i64, since_ms: i64) -> Result<Vec<TaskRow>, BooksError> {
    let text = "WITH ends AS (SELECT c.key, c.chain, c.device,
            (SELECT at_ms FROM journal WHERE chain = c.key ORDER BY dseq LIMIT 1) AS first_ms,
            (SELECT at_ms FROM journal WHERE chain = c.key ORDER BY dseq DESC LIMIT 1) AS last_ms FROM chains c)
        SELECT n.key, n.chain, n.first_ms, n.last_ms, o.key, o.last_ms FROM ends n JOIN ends o ON o.device = n.device AND o.key <> n.key
        WHERE o.first_ms < n.first_ms AND o.last_ms > n.first_ms AND n.last_ms >= ? ORDER BY n.first_ms DESC LIMIT 24";
    let rows: Vec<(i64, Vec<u8>, i64, i64, i64, i64)> = sqlx::query_as(text).bind(since_ms).fetch_all(&mut *connection).await?;
    let mut tasks = Vec::with_capacity(rows.len());
    for (newer, chain, _, newer_ms, older, older_ms) in rows {
        let mut seen = Vec::new();
        for (key, at_ms) in [(newer, newer_ms), (older, older_ms)] {
            let till = till(connection, key).await?;
            seen.push(TaskSeen { number: till.clone(), till, here: key == own, at_ms, kind: String::new(), amount: 0 });
        }
        let (name, other) = (seen[0].till.clone(), seen[1].till.clone());
        tasks.push(TaskRow { other, ..row(identity(TaskKind::TwoCopies, &chain, b""), TaskKind::TwoCopies, name, String::new(), 0, seen) });
    }
    Ok(tasks)
}
