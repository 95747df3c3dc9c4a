//! Books that an earlier version wrote in plain are locked at their next opening. Invariant: at every moment one whole file lies under the shop's name,
//! plain or locked, and the plain one stays beside it under a name of its own until a person removes it.

use std::path::{Path, PathBuf};

use sqlx::{ConnectOptions, Connection, SqliteConnection, sqlite::SqliteConnectOptions};

use crate::{
    error::BooksError,
    flush::flush,
    lock::{FileKey, Lid, look_at},
    open::{locked, not_books},
};

/// Where the plain books stay that were locked: `shop.before-lock.banyan`.
pub fn plain_copy(path: &Path) -> PathBuf {
    path.with_extension("before-lock.banyan")
}

/// Writes the plain books at `path` anew under the key and puts them in their place. Killed at any moment it leaves a shop that opens: the next
/// opening begins anew.
///
/// # Errors
/// `Database` where somebody else has the file open or the disk is full; then everything is as it was.
pub async fn encrypt_in_place(path: &Path, key: &FileKey) -> Result<(), BooksError> {
    let aside = path.with_extension("locking.banyan");
    for end in ["", "-wal", "-shm", "-journal"] {
        remove(&with_end(&aside, end))?;
    }
    let mut plain = alone_at(path).await?;
    let written = write_locked(&mut plain, &aside, key).await;
    if let Err(error) = written {
        plain.close().await?;
        remove(&aside)?;
        return Err(error);
    }
    let kept = plain_copy(path);
    remove(&kept)?;
    std::fs::copy(path, &kept).and_then(|_| flush(&kept)).map_err(|error| BooksError::file(&kept, error))?;
    // On Windows an open file cannot be replaced; elsewhere nobody else may come between.
    if cfg!(windows) {
        plain.close().await?;
        replace(&aside, path)
    } else {
        let replaced = replace(&aside, path);
        // The connection holds the file that has no name of the shop's any more.
        plain.close().await?;
        replaced
    }
}

/// The plain file with nobody else in it and everything of its log in it.
async fn alone_at(path: &Path) -> Result<SqliteConnection, BooksError> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        // What is attached to this connection may be made, too.
        .create_if_missing(true)
        .foreign_keys(false)
        .busy_timeout(std::time::Duration::from_secs(10))
        .pragma("locking_mode", "EXCLUSIVE");
    let mut plain = options.connect().await.map_err(|error| not_books(path, error))?;
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut plain).await.map_err(|error| not_books(path, error))?;
    let mode: String = sqlx::query_scalar("PRAGMA journal_mode = DELETE").fetch_one(&mut plain).await?;
    if mode != "delete" {
        return Err(BooksError::Busy { path: path.display().to_string() });
    }
    sqlx::raw_sql("BEGIN EXCLUSIVE; COMMIT").execute(&mut plain).await?;
    Ok(plain)
}

async fn write_locked(plain: &mut SqliteConnection, aside: &Path, key: &FileKey) -> Result<(), BooksError> {
    sqlx::query("ATTACH DATABASE ? AS locked KEY ?").bind(aside.display().to_string()).bind(key.quoted()).execute(&mut *plain).await?;
    let exported = sqlx::query("SELECT sqlcipher_export('locked')").execute(&mut *plain).await;
    sqlx::query("DETACH DATABASE locked").execute(&mut *plain).await?;
    exported?;
    if look_at(aside)? != Lid::Locked(key.id()) {
        return Err(BooksError::NotLocked { path: aside.display().to_string() });
    }
    let mut written = locked(aside, key).connect().await?;
    let same = (ends_of(plain).await?, ends_of(&mut written).await?);
    let sound: Vec<String> = sqlx::query_scalar("PRAGMA cipher_integrity_check").fetch_all(&mut written).await?;
    written.close().await?;
    if same.0 != same.1 || !sound.is_empty() {
        return Err(BooksError::NotLocked { path: aside.display().to_string() });
    }
    flush(aside).map_err(|error| BooksError::file(aside, error))
}

/// How many tables, entries and postings there are and how the journal ends: what two whole copies have in common.
async fn ends_of(connection: &mut SqliteConnection) -> Result<(i64, i64, i64, Option<Vec<u8>>), BooksError> {
    let tables: i64 = sqlx::query_scalar("SELECT count(*) FROM sqlite_master").fetch_one(&mut *connection).await?;
    let journal: bool = sqlx::query_scalar("SELECT count(*) > 0 FROM sqlite_master WHERE name = 'journal'").fetch_one(&mut *connection).await?;
    if !journal {
        return Ok((tables, 0, 0, None));
    }
    let text = "SELECT (SELECT count(*) FROM journal), (SELECT count(*) FROM postings), (SELECT hash FROM journal ORDER BY number DESC LIMIT 1)";
    let (entries, postings, head) = sqlx::query_as(text).fetch_one(connection).await?;
    Ok((tables, entries, postings, head))
}

fn replace(aside: &Path, path: &Path) -> Result<(), BooksError> {
    std::fs::rename(aside, path).map_err(|error| BooksError::file(path, error))?;
    // The new name is on the disk before anything rests on it; a system that cannot say so does it by itself.
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        drop(std::fs::File::open(folder).and_then(|folder| folder.sync_all()));
    }
    Ok(())
}

pub(crate) fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

pub(crate) fn remove(path: &Path) -> Result<(), BooksError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(BooksError::file(path, error)),
        Ok(()) | Err(_) => Ok(()),
    }
}
