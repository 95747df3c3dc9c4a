//! A whole copy of a meeting place as one file, from and into either kind of database: a CBOR sequence of every row, and BLAKE3 over all of it at the end. It is
//! read in one snapshot while the place serves; it goes into an empty database only, and whole or not at all.

use std::{
    fs::File,
    io::{BufReader, BufWriter, Read, Write},
    path::{Path, PathBuf},
};

use ciborium::Value;
use futures_util::TryStreamExt;
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, Row};

use crate::store::{Store, on};

/// What is written today.
const FORMAT: u8 = 1;

/// Every table with its columns, in the order in which they are filled; a test holds this against the schema. `b` bytes, `i` integer, `t` text.
const TABLES: &[(&str, &[(&str, char)])] = &[
    ("shops", &[("shop", 'b'), ("journal", 'b'), ("head", 'i'), ("log", 'b'), ("tills", 'i'), ("made_at", 'i')]),
    (
        "devices",
        &[
            ("shop", 'b'),
            ("device", 'b'),
            ("public_key", 'b'),
            ("name", 't'),
            ("ceiling", 't'),
            ("till", 'i'),
            ("token", 'b'),
            ("state", 't'),
            ("seen_at", 'i'),
            ("cursor", 'i'),
        ],
    ),
    ("codes", &[("code", 'b'), ("shop", 'b'), ("ceiling", 't'), ("name", 't'), ("until_ms", 'i')]),
    ("chains", &[("shop", 'b'), ("chain", 'b'), ("device", 'b'), ("head", 'i'), ("hash", 'b')]),
    ("positions", &[("shop", 'b'), ("chain", 'b'), ("dseq", 'i'), ("hash", 'b'), ("number", 'i'), ("held", 't'), ("bytes", 'b')]),
    (
        "journal",
        &[
            ("shop", 'b'),
            ("number", 'i'),
            ("id", 'b'),
            ("chain", 'b'),
            ("dseq", 'i'),
            ("log", 'b'),
            ("bytes", 'b'),
            ("public_key", 'b'),
            ("signature", 'b'),
        ],
    ),
    ("people", &[("shop", 'b'), ("person", 'b'), ("role", 't')]),
    ("audit", &[("shop", 'b'), ("at_ms", 'i'), ("device", 'b'), ("deed", 't'), ("about", 't')]),
    ("summaries", &[("shop", 'b'), ("number", 'i'), ("name", 't'), ("currency", 't'), ("digits", 'i'), ("zone", 't')]),
    ("day_sums", &[("shop", 'b'), ("day", 't'), ("device", 'b'), ("sales", 'i'), ("returns", 'i'), ("net_minor", 'i')]),
    ("month_sums", &[("shop", 'b'), ("month", 'i'), ("earned_micro", 'i')]),
    ("closed_months", &[("shop", 'b'), ("month", 'i')]),
    (
        "pages",
        &[("shop", 'b'), ("proven", 'i'), ("password", 't'), ("secret", 'b'), ("step", 'i'), ("wrong", 'i'), ("wait_until", 'i'), ("made_at", 'i')],
    ),
    ("page_sessions", &[("shop", 'b'), ("token", 'b'), ("until_ms", 'i')]),
    ("beside", &[("shop", 'b'), ("id", 'b'), ("member", 'b')]),
    ("erased", &[("shop", 'b'), ("member", 'b')]),
    ("api_tokens", &[("shop", 'b'), ("token", 'b'), ("name", 't'), ("personal", 'i'), ("made_at", 'i'), ("ended_at", 'i')]),
];

/// Why there is no copy, or nothing was put back.
#[derive(Debug, thiserror::Error)]
pub enum BackupFault {
    /// The file cannot be read or written.
    #[error("{path}: {error}")]
    File {
        /// Which.
        path: String,
        /// What the system says.
        error: std::io::Error,
    },
    /// The database's own.
    #[error("the database: {0}")]
    Database(#[from] sqlx::Error),
    /// Not a copy of ours, cut off, or changed.
    #[error("{0} is no whole copy of a meeting place: it was cut off or changed, or is something else")]
    Damaged(String),
    /// Written by a later version.
    #[error("{0} was written by a newer version of banyan-cloud; use that one")]
    Newer(String),
    /// There is something in the database already.
    #[error("the database is not empty ({0} has rows); put the copy back into a new one")]
    NotEmpty(&'static str),
}

#[derive(Serialize, Deserialize)]
enum Item {
    /// Format, and when it was made in milliseconds since 1970 UTC.
    Head(u8, i64),
    /// A table's place in the list, and a row of it.
    Row(u8, Vec<Value>),
    /// How many rows there were.
    End(u64),
}

struct Hashed<T> {
    inner: T,
    hasher: blake3::Hasher,
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hasher.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        self.inner.flush()
    }
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, bytes: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(bytes)?;
        self.hasher.update(bytes.get(..read).unwrap_or_default());
        Ok(read)
    }
}

fn put(to: &mut impl Write, item: &Item) -> std::io::Result<()> {
    ciborium::into_writer(item, to).map_err(|error| std::io::Error::other(error.to_string()))
}

fn columns(table: &[(&str, char)]) -> String {
    table.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

/// Writes everything to a file that is not there yet; answers how many rows.
///
/// # Errors
/// [`BackupFault`]; then there is no file.
pub async fn backup(store: &Store, path: &Path, now_ms: i64) -> Result<u64, BackupFault> {
    let trouble = |error: std::io::Error| BackupFault::File { path: path.display().to_string(), error };
    if path.exists() {
        return Err(trouble(std::io::ErrorKind::AlreadyExists.into()));
    }
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    let part = PathBuf::from(name);
    let outcome = async {
        let file = File::create(&part).map_err(trouble)?;
        let mut to = Hashed { inner: BufWriter::new(file), hasher: blake3::Hasher::new() };
        put(&mut to, &Item::Head(FORMAT, now_ms)).map_err(trouble)?;
        let mut count = 0;
        on!(store, |pool| {
            let mut tx = pool.begin().await?;
            if let Some(text) = store.one_sight() {
                sqlx::query(text).execute(&mut *tx).await?;
            }
            for (place, (table, of)) in (0_u8..).zip(TABLES) {
                let text = format!("SELECT {} FROM {table}", columns(of));
                let mut rows = sqlx::query(AssertSqlSafe(text)).fetch(&mut *tx);
                while let Some(row) = rows.try_next().await? {
                    let mut cells = Vec::with_capacity(of.len());
                    for (at, (_, kind)) in of.iter().enumerate() {
                        cells.push(match kind {
                            'b' => row.try_get::<Option<Vec<u8>>, _>(at)?.map_or(Value::Null, Value::Bytes),
                            'i' => row.try_get::<Option<i64>, _>(at)?.map_or(Value::Null, Value::from),
                            _ => row.try_get::<Option<String>, _>(at)?.map_or(Value::Null, Value::Text),
                        });
                    }
                    put(&mut to, &Item::Row(place, cells)).map_err(trouble)?;
                    count += 1;
                }
            }
            tx.rollback().await?;
        });
        put(&mut to, &Item::End(count)).map_err(trouble)?;
        let hash = to.hasher.finalize();
        to.inner.write_all(hash.as_bytes()).map_err(trouble)?;
        let file = to.inner.into_inner().map_err(|error| trouble(error.into_error()))?;
        file.sync_all().map_err(trouble)?;
        std::fs::rename(&part, path).map_err(trouble)?;
        Ok(count)
    }
    .await;
    if outcome.is_err() {
        // What is half written helps nobody; that it cannot be removed changes nothing of why.
        drop(std::fs::remove_file(&part));
    }
    outcome
}

/// A copy as it is read.
struct Copy {
    from: Hashed<BufReader<File>>,
    path: String,
    count: u64,
}

impl Copy {
    fn open(path: &Path) -> Result<Self, BackupFault> {
        let name = path.display().to_string();
        let file = File::open(path).map_err(|error| BackupFault::File { path: name.clone(), error })?;
        let mut copy = Self { from: Hashed { inner: BufReader::new(file), hasher: blake3::Hasher::new() }, path: name, count: 0 };
        match copy.item()? {
            Item::Head(FORMAT, _) => Ok(copy),
            Item::Head(later, _) if later > FORMAT => Err(BackupFault::Newer(copy.path)),
            Item::Head(..) | Item::Row(..) | Item::End(_) => Err(copy.damaged()),
        }
    }

    fn damaged(&self) -> BackupFault {
        BackupFault::Damaged(self.path.clone())
    }

    fn item(&mut self) -> Result<Item, BackupFault> {
        ciborium::from_reader(&mut self.from).map_err(|_| BackupFault::Damaged(self.path.clone()))
    }

    /// The next row with its table; `None` at the end, which is then known to be whole.
    fn row(&mut self) -> Result<Option<(usize, Vec<Value>)>, BackupFault> {
        match self.item()? {
            Item::Row(place, cells) => {
                let place = usize::from(place);
                let (_, of) = TABLES.get(place).ok_or_else(|| self.damaged())?;
                let fits = |((_, kind), cell): (&(&str, char), &Value)| match cell {
                    Value::Null => true,
                    Value::Bytes(_) => *kind == 'b',
                    Value::Integer(_) => *kind == 'i',
                    Value::Text(_) => *kind == 't',
                    _ => false,
                };
                if cells.len() != of.len() || !of.iter().zip(&cells).all(fits) {
                    return Err(self.damaged());
                }
                self.count += 1;
                Ok(Some((place, cells)))
            }
            Item::End(count) => {
                let hash = self.from.hasher.finalize();
                let mut rest = Vec::new();
                let read = self.from.inner.read_to_end(&mut rest);
                if read.is_err() || count != self.count || rest != hash.as_bytes() {
                    return Err(self.damaged());
                }
                Ok(None)
            }
            Item::Head(..) => Err(self.damaged()),
        }
    }
}

/// Puts a copy into an empty database; answers how many rows. The file is read to its end before the first row is written.
///
/// # Errors
/// [`BackupFault`]; then the database is as it was.
pub async fn restore(store: &Store, path: &Path) -> Result<u64, BackupFault> {
    let mut look = Copy::open(path)?;
    while look.row()?.is_some() {}
    let mut copy = Copy::open(path)?;
    on!(store, |pool| {
        let mut tx = pool.begin().await?;
        for (table, _) in TABLES {
            let text = format!("SELECT count(*) FROM {table}");
            let rows: i64 = sqlx::query_scalar(AssertSqlSafe(text)).fetch_one(&mut *tx).await?;
            if rows != 0 {
                return Err(BackupFault::NotEmpty(table));
            }
        }
        while let Some((place, cells)) = copy.row()? {
            let Some((table, of)) = TABLES.get(place) else { return Err(copy.damaged()) };
            let places: Vec<String> = (1..=of.len()).map(|at| format!("${at}")).collect();
            let text = format!("INSERT INTO {table} ({}) VALUES ({})", columns(of), places.join(", "));
            let mut query = sqlx::query(AssertSqlSafe(text));
            for (cell, (_, kind)) in cells.into_iter().zip(*of) {
                query = match kind {
                    'b' => query.bind(cell.into_bytes().ok()),
                    'i' => query.bind(cell.into_integer().ok().and_then(|number| i64::try_from(number).ok())),
                    _ => query.bind(cell.into_text().ok()),
                };
            }
            query.execute(&mut *tx).await?;
        }
        tx.commit().await?;
    });
    Ok(copy.count)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table or column that a later migration adds cannot be forgotten here.
    #[tokio::test]
    async fn every_column_of_the_schema_is_in_a_copy() {
        let store = Store::in_memory().await.unwrap();
        let pool = store.sqlite().unwrap();
        let text = "SELECT m.name, c.name, c.type FROM sqlite_master m, pragma_table_info(m.name) c
            WHERE m.type = 'table' AND m.name NOT LIKE '\\_%' ESCAPE '\\' AND m.name NOT LIKE 'sqlite%'";
        let mut there: Vec<(String, String, String)> = sqlx::query_as(text).fetch_all(pool).await.unwrap();
        let word = |kind| match kind {
            'b' => "BLOB",
            'i' => "BIGINT",
            _ => "TEXT",
        };
        let one = |table: &str, (column, kind): &(&str, char)| (table.to_owned(), (*column).to_owned(), word(*kind).to_owned());
        let mut here: Vec<(String, String, String)> =
            TABLES.iter().flat_map(|(table, of)| of.iter().map(|column| one(table, column)).collect::<Vec<_>>()).collect();
        there.sort();
        here.sort();
        assert_eq!(here, there);
    }

    #[tokio::test]
    async fn a_copy_that_was_cut_or_changed_anywhere_puts_nothing_back() {
        let store = Store::in_memory().await.unwrap();
        for number in 0..3_u8 {
            let text = "INSERT INTO shops (shop, journal, head, log, tills, made_at) VALUES ($1, $1, 7, $1, 1, 5)";
            sqlx::query(text).bind(vec![number; 16]).execute(store.sqlite().unwrap()).await.unwrap();
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("copy");
        assert_eq!(backup(&store, &path, 5).await.unwrap(), 3);
        assert!(matches!(backup(&store, &path, 5).await, Err(BackupFault::File { .. })), "nothing is written over");
        assert!(matches!(restore(&store, &path).await, Err(BackupFault::NotEmpty("shops"))));
        let whole = std::fs::read(&path).unwrap();
        let empty = Store::in_memory().await.unwrap();
        let odd = folder.path().join("odd");
        for at in 0..whole.len() {
            std::fs::write(&odd, &whole[..at]).unwrap();
            assert!(restore(&empty, &odd).await.is_err(), "cut at {at}");
            let mut changed = whole.clone();
            changed[at] ^= 1;
            std::fs::write(&odd, &changed).unwrap();
            assert!(restore(&empty, &odd).await.is_err(), "changed at {at}");
        }
        let shops: i64 = sqlx::query_scalar("SELECT count(*) FROM shops").fetch_one(empty.sqlite().unwrap()).await.unwrap();
        assert_eq!(shops, 0);
        assert_eq!(restore(&empty, &path).await.unwrap(), 3);
        let heads: Vec<i64> = sqlx::query_scalar("SELECT head FROM shops").fetch_all(empty.sqlite().unwrap()).await.unwrap();
        assert_eq!(heads, [7, 7, 7]);
    }
}
