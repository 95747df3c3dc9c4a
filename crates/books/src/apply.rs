//! One write transaction: read what the rule needs, append, post and project, commit. Only then is anything printed or told.

use std::collections::BTreeSet;

use sqlx::{Connection, Sqlite, SqliteConnection, pool::PoolConnection};
use tokio::sync::MutexGuard;

use domain::ids::EntryId;

use crate::{batch::Batch, error::BooksError, journal::Head, keys::Keys, open::Books, query::Topic};

/// The one connection that writes.
#[derive(Debug)]
pub struct Writer {
    pub(crate) connection: SqliteConnection,
    pub(crate) keys: Keys,
    open: bool,
}

impl Writer {
    pub(crate) fn new(connection: SqliteConnection) -> Self {
        Self { connection, keys: Keys::default(), open: false }
    }
}

/// A write transaction in progress. Dropped without [`Writing::commit`], nothing of it remains.
pub struct Writing<'b> {
    pub(crate) books: &'b Books,
    pub(crate) writer: MutexGuard<'b, Writer>,
    pub(crate) head: Head,
    pub(crate) topics: BTreeSet<Topic>,
    /// Known not to stand in the journal; nobody else can write it before this transaction ends.
    pub(crate) absent: Option<EntryId>,
    /// Statements that nothing in this transaction reads the effect of: they go with the next call, at the latest with the commit.
    pub(crate) waiting: Batch,
}

/// What a rule reads before it decides: inside a write transaction, or beside the writer where nothing will be recorded.
pub struct Reading<'c> {
    pub(crate) connection: &'c mut SqliteConnection,
}

impl<'c> Reading<'c> {
    /// Reads over a connection of [`Books::reader`].
    pub fn over(connection: &'c mut SqliteConnection) -> Self {
        Self { connection }
    }
}

impl Books {
    /// A connection that only reads and waits for no writer.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn reader(&self) -> Result<PoolConnection<Sqlite>, BooksError> {
        Ok(self.readers.acquire().await?)
    }

    /// Waits for the write lock, in this process and among processes, and begins.
    ///
    /// # Errors
    /// SQLite's: the disk is full or read-only, or another process held the file for more than ten seconds.
    pub async fn write(&self) -> Result<Writing<'_>, BooksError> {
        let mut writer = self.writer.lock().await;
        if writer.open {
            // The transaction before was dropped half way: it is undone here, before anything new.
            undo(&mut writer).await?;
        }
        // One call begins and reads where the journal stands. Should it break off in between, the next writing undoes it first.
        writer.open = true;
        let head = match Head::begin(&mut writer.connection, self.place().0).await {
            Ok(head) => head,
            Err(error) => {
                undo(&mut writer).await?;
                return Err(error);
            }
        };
        Ok(Writing { books: self, writer, head, topics: BTreeSet::new(), absent: None, waiting: Batch::default() })
    }
}

impl Writing<'_> {
    /// What a rule reads inside the transaction.
    pub fn reads(&mut self) -> Reading<'_> {
        Reading { connection: &mut self.writer.connection }
    }

    pub(crate) fn reading(&mut self) -> &mut SqliteConnection {
        &mut self.writer.connection
    }

    /// Makes everything of this transaction lasting and tells what changed.
    ///
    /// # Errors
    /// SQLite's; then nothing of it remains.
    pub async fn commit(mut self) -> Result<BTreeSet<Topic>, BooksError> {
        let mut last = std::mem::take(&mut self.waiting);
        last.statement("COMMIT");
        if let Err(error) = last.run(&mut self.writer.connection).await {
            undo(&mut self.writer).await?;
            return Err(error);
        }
        self.writer.open = false;
        Ok(std::mem::take(&mut self.topics))
    }

    /// Undoes everything of this transaction at once; dropping it does so too, at the latest before the next write.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn abandon(mut self) -> Result<(), BooksError> {
        undo(&mut self.writer).await
    }

    /// Runs a batch inside the transaction, after what waits.
    pub(crate) async fn run(&mut self, batch: Batch) -> Result<(), BooksError> {
        std::mem::take(&mut self.waiting).run(&mut self.writer.connection).await?;
        batch.run(&mut self.writer.connection).await
    }
}

async fn undo(writer: &mut Writer) -> Result<(), BooksError> {
    writer.keys.forget();
    // SQLite may have rolled back by itself (full disk): then there is nothing to undo.
    match sqlx::query("ROLLBACK").execute(&mut writer.connection).await {
        Ok(_) => {}
        Err(error) if error.to_string().contains("no transaction is active") => {}
        Err(error) => return Err(error.into()),
    }
    writer.open = false;
    writer.connection.ping().await?;
    Ok(())
}
