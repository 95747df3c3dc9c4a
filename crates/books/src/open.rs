//! Opening the file: one writer, readers beside it, WAL with `synchronous=FULL`, a copy before any migration.

use std::path::{Path, PathBuf};

use domain::ids::{ChainId, DeviceId};
use sqlx::{
    ConnectOptions, Connection, SqliteConnection, SqlitePool,
    migrate::Migrator,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use tokio::sync::Mutex;

use crate::{apply::Writer, chain::ChainKey, error::BooksError, rebuild::rebuild_where_stale, undo};

pub(crate) static MIGRATIONS: Migrator = sqlx::migrate!("../../migrations/books");

/// Whether a missing file may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenHow {
    /// Make it where it is missing.
    Create,
    /// It must be there.
    Existing,
}

/// Who writes here.
#[derive(Debug, Clone)]
pub struct Identity {
    /// This device's key.
    pub key: ChainKey,
    /// The id to give a new chain, should one have to begin: for a new file, or one that another device wrote.
    pub new_chain: ChainId,
}

/// The open file.
#[derive(Debug)]
pub struct Books {
    path: PathBuf,
    pub(crate) writer: Mutex<Writer>,
    pub(crate) readers: SqlitePool,
    pub(crate) identity: Identity,
    /// This device's chain, by its key in this file and by its id; another one after the numberer found a fork.
    own: std::sync::RwLock<(i64, ChainId)>,
}

impl Books {
    /// Opens the file, brings it to this version's format and joins or begins this device's chain.
    ///
    /// # Errors
    /// `Newer` where a later version wrote it, `NotBooks` for any other kind of file, `Database` and `File` as they come.
    pub async fn open(path: &Path, how: OpenHow, identity: Identity) -> Result<Self, BooksError> {
        let fresh = !path.exists();
        if fresh && how == OpenHow::Existing {
            return Err(BooksError::NoShop);
        }
        let mut connection = options(path).create_if_missing(how == OpenHow::Create).connect().await.map_err(|error| not_books(path, error))?;
        if !fresh {
            look_before_migrating(path, &mut connection).await?;
        }
        MIGRATIONS.run_direct(None, &mut connection, false).await?;
        rebuild_where_stale(&mut connection).await?;
        let own = std::sync::RwLock::new(join_chain(&mut connection, &identity).await?);
        if sqlx::query_scalar::<_, bool>("SELECT EXISTS (SELECT 1 FROM local WHERE name = 'sync.cursor')").fetch_one(&mut connection).await? {
            undo::arm(&mut connection).await?;
        }
        let readers = SqlitePoolOptions::new().max_connections(4).connect_with(options(path).read_only(true)).await?;
        Ok(Self { path: path.to_owned(), writer: Mutex::new(Writer::new(connection)), readers, identity, own })
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn place(&self) -> (i64, ChainId) {
        *self.own.read().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    pub(crate) fn move_to(&self, key: i64, chain: ChainId) {
        *self.own.write().unwrap_or_else(std::sync::PoisonError::into_inner) = (key, chain);
    }

    /// This device.
    pub fn device(&self) -> DeviceId {
        self.identity.key.device
    }

    /// Bytes in the write-ahead log now; 0 where it cannot be told.
    pub fn log_bytes(&self) -> u64 {
        let mut log = self.path.as_os_str().to_owned();
        log.push("-wal");
        std::fs::metadata(log).map_or(0, |log| log.len())
    }

    /// Moves what the write-ahead log holds into the file, without waiting for anyone; meant for idle moments, off the path of a sale.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn tend(&self) -> Result<(), BooksError> {
        let mut connection = options(&self.path).connect().await?;
        sqlx::query("PRAGMA wal_checkpoint(PASSIVE)").execute(&mut connection).await?;
        connection.close().await?;
        Ok(())
    }

    /// Writes a whole, consistent copy of the books to a file that must not exist yet.
    ///
    /// # Errors
    /// SQLite's, also where the target exists or cannot be written.
    pub async fn copy_to(&self, target: &Path) -> Result<(), BooksError> {
        copy(&mut *self.readers.acquire().await?, target).await
    }

    /// Seals the chain's head and closes every connection, so that the file can be renamed on every system. Nothing can be written afterwards.
    ///
    /// # Errors
    /// SQLite's; nothing acknowledged is lost by it.
    pub async fn close(&self) -> Result<(), BooksError> {
        self.seal_head().await?;
        self.readers.close().await;
        let mut writer = self.writer.lock().await;
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut writer.connection).await?;
        // An empty database stands in the place of the closed connection.
        let empty = SqliteConnectOptions::new().in_memory(true).connect().await?;
        std::mem::replace(&mut writer.connection, empty).close().await?;
        Ok(())
    }
}

pub(crate) fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(std::time::Duration::from_secs(10))
        .pragma("wal_autocheckpoint", "0")
        .pragma("fullfsync", "1")
        .pragma("checkpoint_fullfsync", "1")
        .pragma("cache_size", "-16000")
        .statement_cache_capacity(200)
        .log_statements("trace".parse().unwrap_or_else(|_| unreachable!("trace is a level")))
}

async fn look_before_migrating(path: &Path, connection: &mut SqliteConnection) -> Result<(), BooksError> {
    let ours: bool = sqlx::query_scalar("SELECT count(*) > 0 FROM sqlite_master WHERE name = '_sqlx_migrations'")
        .fetch_one(&mut *connection)
        .await
        .map_err(|error| not_books(path, error))?;
    let tables: i64 = sqlx::query_scalar("SELECT count(*) FROM sqlite_master").fetch_one(&mut *connection).await?;
    if !ours {
        // A file that was made but never migrated is as good as fresh.
        return if tables == 0 { Ok(()) } else { Err(BooksError::NotBooks { path: path.display().to_string() }) };
    }
    let found: i64 = sqlx::query_scalar("SELECT coalesce(max(version), 0) FROM _sqlx_migrations").fetch_one(&mut *connection).await?;
    let known = MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or(0);
    if found > known {
        return Err(BooksError::Newer { found, known });
    }
    if found < known {
        let copy_path = path.with_extension(format!("before-{known}.banyan"));
        if !copy_path.exists() {
            copy(connection, &copy_path).await?;
        }
    }
    Ok(())
}

async fn copy(connection: &mut SqliteConnection, target: &Path) -> Result<(), BooksError> {
    sqlx::query("VACUUM INTO ?").bind(target.display().to_string()).execute(connection).await?;
    Ok(())
}

async fn join_chain(connection: &mut SqliteConnection, identity: &Identity) -> Result<(i64, ChainId), BooksError> {
    let mine: Option<(i64, Vec<u8>)> = sqlx::query_as(
        "SELECT key, chain FROM chains WHERE device = ? AND public_key = ?
            ORDER BY lower(hex(chain)) = (SELECT replace(CAST(value AS TEXT), '-', '') FROM local WHERE name = 'sync.chain') DESC, key DESC LIMIT 1",
    )
    .bind(identity.key.device.bytes())
    .bind(identity.key.public().to_vec())
    .fetch_optional(&mut *connection)
    .await?;
    if let Some((key, chain)) = mine {
        let chain = uuid::Uuid::from_slice(&chain).map_err(|error| BooksError::Unreadable { number: 0, reason: error.to_string() })?;
        return Ok((key, ChainId(chain)));
    }
    let key = sqlx::query_scalar("INSERT INTO chains (chain, device, public_key) VALUES (?, ?, ?) RETURNING key")
        .bind(identity.new_chain.bytes())
        .bind(identity.key.device.bytes())
        .bind(identity.key.public().to_vec())
        .fetch_one(&mut *connection)
        .await?;
    Ok((key, identity.new_chain))
}

fn not_books(path: &Path, error: sqlx::Error) -> BooksError {
    let code = error.as_database_error().and_then(|database| database.code()).map(|code| code.into_owned());
    match code.as_deref() {
        Some("26") => BooksError::NotBooks { path: path.display().to_string() },
        _ => BooksError::Database(error),
    }
}
