//! Are the books whole? The chain of hashes, the seals, the sums, and every projection rebuilt from the journal alone.

use std::collections::{BTreeMap, BTreeSet};

use domain::ids::ChainId;
use futures_util::TryStreamExt;
use serde::{Deserialize, Serialize};
use sqlx::{Connection, Row, SqliteConnection, TypeInfo, ValueRef, sqlite::SqliteRow};
use ts_rs::TS;

use crate::{
    Books, BooksError,
    batch::Batch,
    chain::{Seal, seal_holds},
    journal::{stored, thirty_two},
    keys::Keys,
    open::{MIGRATIONS, options},
    project,
    rebuild::project_or_pass,
};

/// Every table that follows from the journal, with the order its digest reads it in.
pub(crate) const FOLLOWING: &[(&str, &str)] = &[
    ("erasures", "SELECT * FROM erasures ORDER BY member"),
    ("sponsor_moves", "SELECT * FROM sponsor_moves ORDER BY entry"),
    ("merges", "SELECT * FROM merges ORDER BY entry"),
    ("refused_moves", "SELECT * FROM refused_moves ORDER BY entry"),
    ("units", "SELECT * FROM units ORDER BY key"),
    ("accounts", "SELECT * FROM accounts ORDER BY key"),
    ("postings", "SELECT * FROM postings ORDER BY entry, line"),
    ("balances", "SELECT * FROM balances ORDER BY account, unit"),
    ("shop", "SELECT * FROM shop ORDER BY key"),
    ("settings", "SELECT * FROM settings ORDER BY name"),
    ("people", "SELECT * FROM people ORDER BY key"),
    ("products", "SELECT * FROM products ORDER BY key"),
    ("members", "SELECT * FROM members ORDER BY key"),
    ("member_tags", "SELECT * FROM member_tags ORDER BY tag, member"),
    ("plans", "SELECT * FROM plans ORDER BY version"),
    ("sales", "SELECT * FROM sales ORDER BY entry"),
    ("sale_lines", "SELECT * FROM sale_lines ORDER BY entry, line"),
    ("shifts", "SELECT * FROM shifts ORDER BY key"),
    ("cash_moves", "SELECT * FROM cash_moves ORDER BY entry"),
    ("takings", "SELECT * FROM takings ORDER BY entry, kind"),
    ("top_ups", "SELECT * FROM top_ups ORDER BY entry"),
    ("top_up_refunds", "SELECT * FROM top_up_refunds ORDER BY entry"),
    ("vouchers", "SELECT * FROM vouchers ORDER BY entry"),
    ("voucher_changes", "SELECT * FROM voucher_changes ORDER BY entry"),
    ("owed_takings", "SELECT * FROM owed_takings ORDER BY entry, kind"),
    ("earnings", "SELECT * FROM earnings ORDER BY entry, line"),
    ("earned_months", "SELECT * FROM earned_months ORDER BY month, member"),
    ("earned_parts", "SELECT * FROM earned_parts ORDER BY month, part, name"),
    ("sale_months", "SELECT * FROM sale_months ORDER BY month"),
    ("branch_months", "SELECT * FROM branch_months ORDER BY member, month"),
    ("points_moves", "SELECT * FROM points_moves ORDER BY entry, line"),
    ("points_due", "SELECT * FROM points_due ORDER BY how, day, member, of"),
    ("growth_moves", "SELECT * FROM growth_moves ORDER BY entry"),
    ("level_changes", "SELECT * FROM level_changes ORDER BY entry"),
    ("level_gifts", "SELECT * FROM level_gifts ORDER BY entry, line"),
    ("ranks", "SELECT * FROM ranks ORDER BY entry, line"),
    ("closes", "SELECT * FROM closes ORDER BY entry"),
    ("statements", "SELECT * FROM statements ORDER BY entry, line"),
    ("counters", "SELECT * FROM counters ORDER BY name"),
    ("suppliers", "SELECT * FROM suppliers ORDER BY key"),
    ("locations", "SELECT * FROM locations ORDER BY key"),
    ("stock_documents", "SELECT * FROM stock_documents ORDER BY entry"),
    ("price_versions", "SELECT * FROM price_versions ORDER BY entry"),
    ("promotion_versions", "SELECT * FROM promotion_versions ORDER BY entry"),
    ("payees", "SELECT * FROM payees ORDER BY member"),
    ("payouts", "SELECT * FROM payouts ORDER BY key"),
    ("payout_steps", "SELECT * FROM payout_steps ORDER BY entry, line"),
    ("payout_batches", "SELECT * FROM payout_batches ORDER BY key"),
    ("judgements", "SELECT * FROM judgements ORDER BY month, round, member"),
    ("tasks_settled", "SELECT * FROM tasks_settled ORDER BY task"),
    ("payout_holds", "SELECT * FROM payout_holds ORDER BY member"),
    ("promotion_uses", "SELECT * FROM promotion_uses ORDER BY promotion, entry"),
];

/// The tables among them that are the ledger itself: they are appended to and never rebuilt in place.
pub(crate) const LEDGER: [&str; 4] = ["units", "accounts", "postings", "balances"];

/// BLAKE3 over a table's rows, hexadecimal, and how many there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Digest {
    /// The table.
    pub table: String,
    /// Rows in it.
    pub rows: i64,
    /// BLAKE3, hexadecimal.
    pub digest: String,
}

/// What verifying found. The books are whole where `first_difference` is absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Verdict {
    /// Entries read.
    pub entries: i64,
    /// Seals that hold.
    pub seals: i64,
    /// Hash of the newest entry, hexadecimal.
    pub head: String,
    /// Digest of every table that follows from the journal.
    pub tables: Vec<Digest>,
    /// The first thing that is not as it should be, in words for a log or a terminal.
    pub first_difference: Option<String>,
}

impl Books {
    /// Verifies everything; `told` hears how many of how many entries were replayed.
    ///
    /// # Errors
    /// SQLite's, `Unreadable` for an entry that is no entry. What is merely wrong is in the verdict.
    pub async fn verify(&self, told: &mut (dyn FnMut(i64, i64) + Send)) -> Result<Verdict, BooksError> {
        let mut connection = SqliteConnection::connect_with(&options(self.path(), &self.identity.lock).read_only(true)).await?;
        // One snapshot for everything, however long it takes and whatever is sold meanwhile.
        sqlx::query("BEGIN").execute(&mut connection).await?;
        let total: i64 = sqlx::query_scalar("SELECT count(*) FROM journal").fetch_one(&mut connection).await?;
        let mut rebuilt = rebuilding().await?;
        let (entries, head, mut difference) = replay(&mut connection, &mut rebuilt, total, told).await?;
        let seals = check_seals(&mut connection, &mut difference).await?;
        if difference.is_none() {
            difference = sums(&mut connection).await?;
        }
        let mut tables = Vec::new();
        for (table, text) in FOLLOWING {
            let ours = digest(&mut connection, table, text).await?;
            let theirs = digest(&mut rebuilt, table, text).await?;
            if ours != theirs && difference.is_none() {
                difference =
                    Some(format!("table {table} differs from what the journal says{}", first_row(&mut connection, &mut rebuilt, text).await?));
            }
            tables.push(ours);
        }
        connection.close().await?;
        Ok(Verdict { entries, seals, head: hex(&head), tables, first_difference: difference })
    }
}

async fn rebuilding() -> Result<SqliteConnection, BooksError> {
    let mut rebuilt = SqliteConnection::connect("sqlite::memory:").await?;
    MIGRATIONS.run_direct(None, &mut rebuilt, false).await?;
    sqlx::query("PRAGMA foreign_keys = OFF").execute(&mut rebuilt).await?;
    sqlx::query("BEGIN").execute(&mut rebuilt).await?;
    Ok(rebuilt)
}

async fn replay(
    connection: &mut SqliteConnection,
    rebuilt: &mut SqliteConnection,
    total: i64,
    told: &mut (dyn FnMut(i64, i64) + Send),
) -> Result<(i64, [u8; 32], Option<String>), BooksError> {
    type Raw = (i64, Vec<u8>, Vec<u8>, Vec<u8>, i64, i64, i64, String);
    let (mut number, mut head, mut difference) = (0, [0u8; 32], None);
    let mut heads: BTreeMap<ChainId, (u64, [u8; 32])> = BTreeMap::new();
    let mut keys = Keys::default();
    let linked: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM local WHERE name = 'sync.cursor')").fetch_one(&mut *connection).await?;
    loop {
        let rows: Vec<Raw> =
            sqlx::query_as("SELECT number, hash, bytes, id, dseq, at_ms, at_tick, kind FROM journal WHERE number > ? ORDER BY number LIMIT 1000")
                .bind(number)
                .fetch_all(&mut *connection)
                .await?;
        if rows.is_empty() {
            return Ok((number, head, difference));
        }
        for (at, hash, bytes, id, dseq, at_ms, at_tick, kind) in rows {
            let one = match stored(at, &hash, &bytes) {
                Ok(one) => one,
                // Bytes that are not what was hashed may read as nothing at all; what comes after them cannot be replayed.
                Err(_) if blake3::hash(&bytes).as_bytes().as_slice() != hash => {
                    return Ok((number, head, difference.or(Some(format!("entry {at} is not what its hash says")))));
                }
                Err(error) => return Err(error),
            };
            let mut expected = heads.get(&one.entry.2).copied().unwrap_or((0, [0; 32]));
            if linked && one.entry.3 != expected.0 + 1 && one.entry.3 > 1 {
                // What the numberer holds back leaves a gap in a chain, and comes out of turn once it is admitted.
                let prev = match before(connection, &one.entry).await? {
                    Some(prev) => prev,
                    None => thirty_two(at, &one.entry.4)?,
                };
                expected = (one.entry.3 - 1, prev);
            }
            let found = if at != number + 1 {
                Some(format!("entry {} is missing", number + 1))
            } else if one.entry.hash() != one.hash {
                Some(format!("entry {at} is not what its hash says"))
            } else if !one.entry.fits_apart() {
                Some(format!("the personal data beside entry {at} are not those that it marks"))
            } else if one.entry.3 != expected.0 + 1 || one.entry.4.as_slice() != expected.1 {
                Some(format!("entry {at} does not follow the one before in its chain"))
            } else if (one.entry.0.bytes(), i64::try_from(one.entry.3), one.entry.8.as_str()) != (&id, Ok(dseq), kind.as_str())
                || (one.entry.5.0, i64::from(one.entry.5.1)) != (at_ms, at_tick)
            {
                Some(format!("entry {at} is filed under something else than it says"))
            } else {
                None
            };
            difference = difference.or(found);
            heads.insert(one.entry.2, (one.entry.3, one.hash));
            (number, head) = (at, one.hash);
            let keyed = keys.of(rebuilt, &one.entry.13).await?;
            let mut batch = Batch::default();
            project::post(&mut batch, at, &one.entry.13, &keyed);
            let mut projected = Batch::default();
            let readable = if one.entry.fits_apart() { one.entry.fact(at)? } else { None };
            if let Some(fact) = readable {
                project::project(&mut projected, at, &one.entry, &fact, &mut BTreeSet::new());
                if fact.postings() != one.entry.13 {
                    difference = difference.or(Some(format!("entry {at} moves something else than its fact says")));
                }
            }
            let folded = match batch.run(rebuilt).await {
                Ok(()) => project_or_pass(rebuilt, projected).await,
                Err(error) => Err(error),
            };
            if let Err(error) = folded {
                // After a difference an entry may rest on one that is not there: the difference is what there is to say.
                return if difference.is_some() { Ok((number, head, difference)) } else { Err(error) };
            }
        }
        told(number, total);
    }
}

/// The entry before in its chain, wherever it stands in the journal; `None` where this copy does not have it.
async fn before(connection: &mut SqliteConnection, entry: &domain::entry::Entry) -> Result<Option<[u8; 32]>, BooksError> {
    let dseq = i64::try_from(entry.3).map_err(|_| BooksError::Overflow)? - 1;
    let text = "SELECT j.hash FROM journal j JOIN chains c ON c.key = j.chain WHERE c.chain = ? AND j.dseq = ?";
    let hash: Option<Vec<u8>> = sqlx::query_scalar(text).bind(entry.2.bytes()).bind(dseq).fetch_optional(connection).await?;
    hash.map(|hash| thirty_two(0, &hash)).transpose()
}

async fn check_seals(connection: &mut SqliteConnection, difference: &mut Option<String>) -> Result<i64, BooksError> {
    type Raw = (Vec<u8>, Vec<u8>, i64, Vec<u8>, Vec<u8>, Option<Vec<u8>>);
    let text = "SELECT c.chain, c.public_key, s.dseq, s.head, s.signature, coalesce((SELECT hash FROM aside a WHERE a.chain = s.chain AND a.dseq = s.dseq AND a.hash = s.head),
            (SELECT hash FROM journal j WHERE j.chain = s.chain AND j.dseq = s.dseq))
        FROM seals s JOIN chains c ON c.key = s.chain ORDER BY s.chain, s.dseq";
    let rows: Vec<Raw> = sqlx::query_as(text).fetch_all(connection).await?;
    let mut holding = 0;
    for (chain, public, dseq, head, signature, hash) in rows {
        let seal = Seal { dseq, head: thirty_two(dseq, &head)?, signature: signature.as_slice().try_into().unwrap_or([0; 64]) };
        let public = thirty_two(dseq, &public)?;
        let Some(hash) = hash else { continue };
        if hash == head && seal_holds(&public, crate::query::id(&chain)?, &seal) {
            holding += 1;
        } else if difference.is_none() {
            *difference = Some(format!("the seal over entry {dseq} of its chain does not hold"));
        }
    }
    Ok(holding)
}

async fn sums(connection: &mut SqliteConnection) -> Result<Option<String>, BooksError> {
    let text = "SELECT u.name, sum(b.amount) FROM balances b JOIN units u ON u.key = b.unit GROUP BY b.unit HAVING sum(b.amount) <> 0 LIMIT 1";
    let uneven: Option<(String, i64)> = sqlx::query_as(text).fetch_optional(connection).await?;
    Ok(uneven.map(|(unit, by)| format!("the accounts of unit {unit} do not sum to zero but to {by}")))
}

async fn digest(connection: &mut SqliteConnection, table: &str, text: &'static str) -> Result<Digest, BooksError> {
    let mut hasher = blake3::Hasher::new();
    let mut rows = 0;
    let mut stream = sqlx::query(text).fetch(connection);
    while let Some(row) = stream.try_next().await? {
        hasher.update(&cells(&row)?);
        rows += 1;
    }
    drop(stream);
    Ok(Digest { table: table.to_owned(), rows, digest: hasher.finalize().to_hex().to_string() })
}

/// A row's cells, each with its type and length, so that no two different rows look the same.
fn cells(row: &SqliteRow) -> Result<Vec<u8>, BooksError> {
    let mut bytes = Vec::with_capacity(128);
    for place in 0..row.len() {
        let raw = row.try_get_raw(place)?;
        let kind = if raw.is_null() { "NULL".to_owned() } else { raw.type_info().name().to_owned() };
        let cell = match kind.as_str() {
            "NULL" => Vec::new(),
            "INTEGER" | "BOOLEAN" => row.try_get_unchecked::<i64, _>(place)?.to_be_bytes().to_vec(),
            "TEXT" => row.try_get_unchecked::<String, _>(place)?.into_bytes(),
            _ => row.try_get_unchecked::<Vec<u8>, _>(place)?,
        };
        bytes.extend_from_slice(kind.as_bytes());
        bytes.extend_from_slice(&u64::try_from(cell.len()).unwrap_or(u64::MAX).to_be_bytes());
        bytes.extend_from_slice(&cell);
    }
    Ok(bytes)
}

async fn first_row(ours: &mut SqliteConnection, theirs: &mut SqliteConnection, text: &'static str) -> Result<String, BooksError> {
    let ours = sqlx::query(text).fetch_all(ours).await?;
    let theirs = sqlx::query(text).fetch_all(theirs).await?;
    for (place, (left, right)) in ours.iter().zip(&theirs).enumerate() {
        if cells(left)? != cells(right)? {
            return Ok(format!(", first in row {}", place + 1));
        }
    }
    Ok(format!(": {} rows instead of {}", ours.len(), theirs.len()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
