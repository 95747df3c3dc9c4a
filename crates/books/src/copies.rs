//! Copies of the books. Invariant: a file under a copy's final name was opened and found whole, and it says that it is a copy: whoever goes on from
//! it begins a new chain (faults 35, 39).

use std::path::Path;

use serde::{Deserialize, Serialize};
use sqlx::{ConnectOptions, Connection, SqliteConnection, sqlite::SqliteJournalMode};

use crate::{
    Books, BooksError,
    encrypt::{remove, with_end},
    entry::Entry,
    lock::{FileKey, Lid, hex, look_at},
    open::{locked, not_books},
    witness::OPENING,
};

/// What a copy says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyTold {
    /// Entries in it.
    pub entries: i64,
    /// Hash of the newest, hexadecimal; empty where there is none.
    pub head: String,
    /// When the newest was written, milliseconds since 1970 UTC.
    pub at_ms: i64,
}

impl Books {
    /// Writes a whole, consistent copy of the books to a file that must not exist yet, opens it and finds it whole. Selling goes on meanwhile.
    ///
    /// # Errors
    /// SQLite's, `File` where the target exists or cannot be written, `Damaged` where the copy is not what was read; then there is no copy.
    pub async fn copy_to(&self, target: &Path) -> Result<CopyTold, BooksError> {
        let mut reader = self.readers.acquire().await?;
        let told = copy(&mut reader, &self.identity.lock, target).await?;
        let head: Option<Vec<u8>> =
            sqlx::query_scalar("SELECT hash FROM journal WHERE number = ?").bind(told.entries).fetch_optional(&mut *reader).await?;
        if head.map_or(String::new(), |head| hex(&head)) != told.head {
            remove(target)?;
            return Err(BooksError::Damaged { path: target.display().to_string(), reason: "its last entry is another".into() });
        }
        Ok(told)
    }
}

impl Books {
    /// Looks through the open books as through a copy: pages, sums and the last entry. Quicker than verifying, which replays everything.
    ///
    /// # Errors
    /// `Damaged`, or SQLite's.
    pub async fn look(&self) -> Result<CopyTold, BooksError> {
        whole(&mut *self.readers.acquire().await?, self.path()).await
    }
}

/// Opens a file with a key, without changing it, and says what is in it.
///
/// # Errors
/// `Locked` for another key, `NotBooks`, `Damaged` where pages or sums are not as they were written.
pub async fn look_into(path: &Path, key: &FileKey) -> Result<CopyTold, BooksError> {
    match look_at(path)? {
        Lid::Locked(id) if id == key.id() => {}
        Lid::Locked(_) => return Err(BooksError::Locked { path: path.display().to_string() }),
        Lid::Missing | Lid::Plain | Lid::Foreign => return Err(BooksError::NotBooks { path: path.display().to_string() }),
    }
    let mut connection = quiet(path, key).read_only(true).connect().await.map_err(|error| not_books(path, error))?;
    let looked = whole(&mut connection, path).await;
    connection.close().await?;
    looked
}

/// A connection that leaves nothing beside the file.
fn quiet(path: &Path, key: &FileKey) -> sqlx::sqlite::SqliteConnectOptions {
    locked(path, key).journal_mode(SqliteJournalMode::Delete)
}

async fn whole(connection: &mut SqliteConnection, path: &Path) -> Result<CopyTold, BooksError> {
    let damaged = |reason: String| BooksError::Damaged { path: path.display().to_string(), reason };
    look_through(connection, &damaged).await.map_err(|error| match error {
        BooksError::Database(error) => damaged(error.to_string()),
        other => other,
    })
}

async fn look_through(connection: &mut SqliteConnection, damaged: &impl Fn(String) -> BooksError) -> Result<CopyTold, BooksError> {
    let pages: Vec<String> = sqlx::query_scalar("PRAGMA cipher_integrity_check").fetch_all(&mut *connection).await?;
    if let Some(page) = pages.into_iter().next() {
        return Err(damaged(page));
    }
    let said: String = sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(&mut *connection).await?;
    if said != "ok" {
        return Err(damaged(said));
    }
    let uneven: bool =
        sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM balances GROUP BY unit HAVING sum(amount) <> 0)").fetch_one(&mut *connection).await?;
    if uneven {
        return Err(damaged("its accounts do not sum to zero".into()));
    }
    let entries: i64 = sqlx::query_scalar("SELECT coalesce(max(number), 0) FROM journal").fetch_one(&mut *connection).await?;
    let last: Option<(Vec<u8>, i64, Vec<u8>)> =
        sqlx::query_as("SELECT hash, at_ms, bytes FROM journal WHERE number = ?").bind(entries).fetch_optional(connection).await?;
    let Some((hash, at_ms, bytes)) = last else { return Ok(CopyTold { entries, head: String::new(), at_ms: 0 }) };
    if !Entry::read(entries, &bytes).is_ok_and(|entry| entry.hash().as_slice() == hash) {
        return Err(damaged("its last entry is not what its hash says".into()));
    }
    Ok(CopyTold { entries, head: hex(&hash), at_ms })
}

/// Copies what a connection reads, through a file beside the target that gets its name when it is whole.
pub(crate) async fn copy(connection: &mut SqliteConnection, key: &FileKey, target: &Path) -> Result<CopyTold, BooksError> {
    if target.exists() {
        return Err(BooksError::file(target, std::io::ErrorKind::AlreadyExists.into()));
    }
    let part = with_end(target, ".part");
    remove(&part)?;
    let made = write_copy(connection, key, &part).await;
    let told = match made {
        Ok(told) => told,
        Err(error) => {
            remove(&part)?;
            return Err(error);
        }
    };
    std::fs::rename(&part, target).map_err(|error| BooksError::file(target, error))?;
    Ok(told)
}

async fn write_copy(connection: &mut SqliteConnection, key: &FileKey, part: &Path) -> Result<CopyTold, BooksError> {
    sqlx::query("VACUUM INTO ?").bind(part.display().to_string()).execute(connection).await?;
    if look_at(part)? != Lid::Locked(key.id()) {
        return Err(BooksError::NotLocked { path: part.display().to_string() });
    }
    let mut copy = quiet(part, key).connect().await?;
    let marked = sqlx::query("INSERT INTO local (name, value) VALUES (?, 'copy') ON CONFLICT (name) DO UPDATE SET value = excluded.value")
        .bind(OPENING)
        .execute(&mut copy)
        .await;
    copy.close().await?;
    marked?;
    let told = look_into(part, key).await?;
    crate::flush::flush(part).map_err(|error| BooksError::file(part, error))?;
    Ok(told)
}
