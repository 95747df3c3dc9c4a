//! Opening the file: one writer, readers beside it, WAL with `synchronous=FULL`, a copy before any migration.

use std::path::{Path, PathBuf};

use domain::ids::{ChainId, DeviceId};
use sqlx::{
    ConnectOptions, Connection, SqliteConnection, SqlitePool,
    migrate::Migrator,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use tokio::sync::Mutex;

use crate::{
    apply::Writer,
    chain::ChainKey,
    copies::copy,
    encrypt::encrypt_in_place,
    error::BooksError,
    lock::{FileKey, Lid, look_at},
    rebuild::rebuild_where_stale,
    undo,
};

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
    /// What the file is locked with.
    pub lock: FileKey,
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
        let lid = look_at(path)?;
        let key = &identity.lock;
        match lid {
            Lid::Missing if how == OpenHow::Existing => return Err(BooksError::NoShop),
            Lid::Missing => {}
            Lid::Plain => lock_plain(path, key).await?,
            Lid::Locked(id) if id == key.id() => {}
            Lid::Locked(_) => return Err(BooksError::Locked { path: path.display().to_string() }),
            Lid::Foreign => return Err(BooksError::NotBooks { path: path.display().to_string() }),
        }
        let opening = options(path, key).create_if_missing(how == OpenHow::Create);
        let mut connection = opening.connect().await.map_err(|error| not_books(path, error))?;
        if lid != Lid::Missing {
            look_before_migrating(path, key, &mut connection).await?;
        }
        MIGRATIONS.run_direct(None, &mut connection, false).await?;
        rebuild_where_stale(&mut connection).await?;
        let own = std::sync::RwLock::new(join_chain(&mut connection, &identity).await?);
        if sqlx::query_scalar::<_, bool>("SELECT EXISTS (SELECT 1 FROM local WHERE name = 'sync.cursor')").fetch_one(&mut connection).await? {
            undo::arm(&mut connection).await?;
        }
        let readers = SqlitePoolOptions::new().max_connections(4).connect_with(options(path, key).read_only(true)).await?;
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
        let mut connection = options(&self.path, &self.identity.lock).connect().await?;
        sqlx::query("PRAGMA wal_checkpoint(PASSIVE)").execute(&mut connection).await?;
        connection.close().await?;
        Ok(())
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

/// A connection to a locked file; nothing is said of its journal.
pub(crate) fn locked(path: &Path, key: &FileKey) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .pragma("key", key.pragma())
        .foreign_keys(true)
        .busy_timeout(std::time::Duration::from_secs(10))
        .log_statements("trace".parse().unwrap_or_else(|_| unreachable!("trace is a level")))
}

pub(crate) fn options(path: &Path, key: &FileKey) -> SqliteConnectOptions {
    locked(path, key)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .pragma("wal_autocheckpoint", "0")
        .pragma("fullfsync", "1")
        .pragma("checkpoint_fullfsync", "1")
        .pragma("cache_size", "-16000")
        .statement_cache_capacity(200)
}

/// Locks books of an earlier version; what is not ours, or newer, stays as it is.
async fn lock_plain(path: &Path, key: &FileKey) -> Result<(), BooksError> {
    let mut looked = look_at_plain(path, true).await;
    // Whoever died in the middle of a write left a journal that has to be played back before anyone can read, and that is a write.
    if looked.as_ref().is_err_and(BooksError::is_closed_disk) {
        looked = look_at_plain(path, false).await;
    }
    looked?;
    encrypt_in_place(path, key).await
}

async fn look_at_plain(path: &Path, read_only: bool) -> Result<(), BooksError> {
    let options = SqliteConnectOptions::new().filename(path).read_only(read_only);
    let mut plain = options.connect().await.map_err(|error| not_books(path, error))?;
    let looked = format_of(path, &mut plain).await;
    plain.close().await?;
    looked.map(|_| ())
}

async fn look_before_migrating(path: &Path, key: &FileKey, connection: &mut SqliteConnection) -> Result<(), BooksError> {
    let Some((found, known)) = format_of(path, connection).await? else { return Ok(()) };
    if found < known {
        let copy_path = path.with_extension(format!("before-{known}.banyan"));
        if !copy_path.exists() {
            copy(connection, key, &copy_path).await?;
        }
    }
    Ok(())
}

/// The file's format and the newest that is known here. `None` for a file that was made but never migrated: it is as good as fresh.
async fn format_of(path: &Path, connection: &mut SqliteConnection) -> Result<Option<(i64, i64)>, BooksError> {
    let ours: bool = sqlx::query_scalar("SELECT count(*) > 0 FROM sqlite_master WHERE name = '_sqlx_migrations'")
        .fetch_one(&mut *connection)
        .await
        .map_err(|error| not_books(path, error))?;
    let tables: i64 = sqlx::query_scalar("SELECT count(*) FROM sqlite_master").fetch_one(&mut *connection).await?;
    if !ours {
        return if tables == 0 { Ok(None) } else { Err(BooksError::NotBooks { path: path.display().to_string() }) };
    }
    let found: i64 = sqlx::query_scalar("SELECT coalesce(max(version), 0) FROM _sqlx_migrations").fetch_one(&mut *connection).await?;
    let known = MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or(0);
    if found > known {
        return Err(BooksError::Newer { found, known });
    }
    Ok(Some((found, known)))
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
    let key = sqlx::query_scalar("INSERT INTO chains (key, chain, device, public_key) VALUES (?, ?, ?, ?) RETURNING key")
        .bind(place_of_new(connection, identity.new_chain).await?)
        .bind(identity.new_chain.bytes())
        .bind(identity.key.device.bytes())
        .bind(identity.key.public().to_vec())
        .fetch_one(&mut *connection)
        .await?;
    begun(connection, identity.new_chain).await?;
    Ok((key, identity.new_chain))
}

/// Of a chain that has just begun nothing was sent yet, where this copy meets others; what waits in the chain before is chained anew when all is folded.
pub(crate) async fn begun(connection: &mut SqliteConnection, chain: ChainId) -> Result<(), BooksError> {
    for (name, value) in [("sync.chain", chain.to_string()), ("sync.acknowledged", "0".to_owned())] {
        sqlx::query("UPDATE local SET value = ? WHERE name = ?").bind(value).bind(name).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Where a device's first chain stands in books, which gives its receipts their letter: A in new ones. In books that another device wrote it is one of
/// 676 pairs of letters by chance, so that two devices which go on from the same copy do not print the same numbers.
async fn place_of_new(connection: &mut SqliteConnection, chain: ChainId) -> Result<i64, BooksError> {
    const LETTERS: i64 = 26;
    let taken: Vec<i64> = sqlx::query_scalar("SELECT key FROM chains").fetch_all(connection).await?;
    if taken.is_empty() {
        return Ok(1);
    }
    let bytes = chain.bytes();
    let chance = i64::from(u16::from_be_bytes([bytes[14], bytes[15]]));
    let pairs = (0..LETTERS * LETTERS).map(|step| LETTERS + 1 + (chance + step) % (LETTERS * LETTERS));
    let after_all = taken.iter().max().map_or(1, |last| last + 1);
    Ok(pairs.into_iter().find(|place| !taken.contains(place)).unwrap_or(after_all))
}

pub(crate) fn not_books(path: &Path, error: sqlx::Error) -> BooksError {
    let code = error.as_database_error().and_then(|database| database.code()).map(|code| code.into_owned());
    match code.as_deref() {
        Some("26") => BooksError::NotBooks { path: path.display().to_string() },
        _ => BooksError::Database(error),
    }
}
