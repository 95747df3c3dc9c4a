//! What waits for paper on this device: rows beside the journal, never part of it. Invariant: a row is handed to one worker at a time, and a row
//! of which something may lie on paper is handed out again only when a person said so.

use domain::ids::SaleId;
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use ts_rs::TS;

use crate::{
    Books, BooksError,
    apply::Writing,
    batch::Batch,
    query::{Topic, id},
};

/// How a print stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PrintState {
    /// Nothing of it is on paper; it is tried by itself, and again after a fault.
    Waiting,
    /// On its way to the printer.
    Printing,
    /// Broke off after bytes were sent: a person looks at the paper and decides.
    Doubtful,
}

/// What is to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrintJob {
    /// The receipt of a sale, made when its turn comes.
    Sale(SaleId),
    /// Bytes as the printer gets them.
    Bytes(Vec<u8>),
}

/// A print to be queued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPrint {
    /// `receipt`, `labels` or `page`.
    pub what: &'static str,
    /// What a person knows it by.
    pub title: String,
    /// What is printed.
    pub job: PrintJob,
    /// `receipt` or `label` for the printer that is set for that, else the printer as JSON.
    pub printer: String,
    /// Marked as a copy.
    pub copy: bool,
    /// Opens the drawer.
    pub drawer: bool,
    /// Now.
    pub at_ms: i64,
}

/// A print in the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Print {
    /// Its number, ascending in the order they were asked for.
    pub id: i64,
    /// `receipt`, `labels` or `page`.
    pub what: String,
    /// What a person knows it by.
    pub title: String,
    /// `receipt`, `label`, or a printer as JSON.
    pub printer: String,
    /// Marked as a copy.
    pub copy: bool,
    /// Opens the drawer.
    pub drawer: bool,
    /// When it was asked for.
    pub made_at_ms: i64,
    /// How it stands.
    pub state: PrintState,
    /// How often it was tried.
    pub tries: i64,
    /// Not tried before this moment, where it waits.
    pub due_at_ms: i64,
    /// Why the last try failed, as JSON.
    pub fault: Option<String>,
}

#[derive(FromRow)]
struct Row {
    id: i64,
    what: String,
    title: String,
    printer: String,
    copy: bool,
    drawer: bool,
    made_at_ms: i64,
    state: String,
    tries: i64,
    due_at_ms: i64,
    fault: Option<String>,
}

impl From<Row> for Print {
    fn from(row: Row) -> Self {
        let state = match row.state.as_str() {
            "waiting" => PrintState::Waiting,
            "printing" => PrintState::Printing,
            _ => PrintState::Doubtful,
        };
        let Row { id, what, title, printer, copy, drawer, made_at_ms, tries, due_at_ms, fault, .. } = row;
        Self { id, what, title, printer, copy, drawer, made_at_ms, state, tries, due_at_ms, fault }
    }
}

/// How a try ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tried {
    /// It is on paper.
    Printed,
    /// Nothing of it is; to be tried again from that moment on.
    Failed {
        /// When.
        due_at_ms: i64,
        /// Why, as JSON.
        fault: String,
    },
    /// Part of it may be, or all.
    BrokeOff {
        /// Why, as JSON.
        fault: String,
    },
}

impl Writing<'_> {
    /// Queues a print with whatever else this transaction does.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn queue_print(&mut self, print: NewPrint) -> Result<(), BooksError> {
        let (sale, job) = match print.job {
            PrintJob::Sale(sale) => (Some(sale.bytes().to_vec()), None),
            PrintJob::Bytes(bytes) => (None, Some(bytes)),
        };
        let text = "INSERT INTO prints (what, title, sale, job, printer, copy, drawer, made_at_ms, due_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
        let mut batch = Batch::default();
        batch.statement(text).bind(print.what).bind(print.title).bind(sale).bind(job).bind(print.printer);
        batch.bind(print.copy).bind(print.drawer).bind(print.at_ms).bind(print.at_ms);
        self.run(batch).await?;
        self.topics.insert(Topic::Prints);
        Ok(())
    }

    /// Takes a waiting print in hand until `lease_ms`, after which it counts as broken off. False where another worker was faster.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn claim_print(&mut self, print: i64, lease_ms: i64) -> Result<bool, BooksError> {
        let text = "UPDATE prints SET state = 'printing', tries = tries + 1, due_at_ms = ? WHERE id = ? AND state = 'waiting'";
        Ok(self.changed(sqlx::query(text).bind(lease_ms).bind(print)).await? == 1)
    }

    /// Says how a try ended.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn tried_print(&mut self, print: i64, tried: Tried) -> Result<(), BooksError> {
        let query = match tried {
            Tried::Printed => sqlx::query("DELETE FROM prints WHERE id = ? AND state = 'printing'").bind(print),
            Tried::Failed { due_at_ms, fault } => {
                let text = "UPDATE prints SET state = 'waiting', due_at_ms = ?, fault = ? WHERE id = ? AND state = 'printing'";
                sqlx::query(text).bind(due_at_ms).bind(fault).bind(print)
            }
            Tried::BrokeOff { fault } => {
                sqlx::query("UPDATE prints SET state = 'doubtful', fault = ? WHERE id = ? AND state = 'printing'").bind(fault).bind(print)
            }
        };
        self.changed(query).await.map(drop)
    }

    /// Prints whose worker went away half way are doubtful from now on, and those that were due before `stale_ms` and never tried since.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn give_up_prints(&mut self, now_ms: i64, stale_ms: i64, fault: String) -> Result<(), BooksError> {
        let text = "UPDATE prints SET state = 'doubtful', fault = ?
            WHERE state = 'printing' AND due_at_ms < ? OR state = 'waiting' AND due_at_ms < ?";
        self.changed(sqlx::query(text).bind(fault).bind(now_ms).bind(stale_ms)).await.map(drop)
    }

    /// Tries a print again now, on another printer where one is given. One that may lie on paper already is marked as a copy and opens no drawer.
    /// False where it is on its way, or gone.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn retry_print(&mut self, print: i64, printer: Option<String>, now_ms: i64) -> Result<bool, BooksError> {
        let text = "UPDATE prints SET due_at_ms = ?, printer = coalesce(?, printer), copy = copy OR state = 'doubtful',
                drawer = drawer AND state = 'waiting', state = 'waiting' WHERE id = ? AND state IN ('waiting', 'doubtful')";
        Ok(self.changed(sqlx::query(text).bind(now_ms).bind(printer).bind(print)).await? == 1)
    }

    /// Takes a print off the queue. False where it is on its way, or gone.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn drop_print(&mut self, print: i64) -> Result<bool, BooksError> {
        Ok(self.changed(sqlx::query("DELETE FROM prints WHERE id = ? AND state <> 'printing'").bind(print)).await? == 1)
    }

    async fn changed(&mut self, query: sqlx::query::Query<'_, sqlx::Sqlite, sqlx::sqlite::SqliteArguments>) -> Result<u64, BooksError> {
        let changed = query.execute(self.reading()).await?.rows_affected();
        if changed > 0 {
            self.topics.insert(Topic::Prints);
        }
        Ok(changed)
    }
}

/// Of a print: the sale it was made from, or its own bytes.
type Kept = (Option<Vec<u8>>, Option<Vec<u8>>);

impl Books {
    /// The queue, oldest first.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn prints(&self) -> Result<Vec<Print>, BooksError> {
        let text = "SELECT id, what, title, printer, copy, drawer, made_at_ms, state, tries, due_at_ms, fault FROM prints ORDER BY id LIMIT 500";
        let rows: Vec<Row> = sqlx::query_as(text).fetch_all(&self.readers).await?;
        Ok(rows.into_iter().map(Print::from).collect())
    }

    /// What a print consists of; `None` where it is gone.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn print_job(&self, print: i64) -> Result<Option<PrintJob>, BooksError> {
        let row: Option<Kept> = sqlx::query_as("SELECT sale, job FROM prints WHERE id = ?").bind(print).fetch_optional(&self.readers).await?;
        Ok(match row {
            Some((Some(sale), _)) => Some(PrintJob::Sale(id(&sale)?)),
            Some((None, job)) => Some(PrintJob::Bytes(job.unwrap_or_default())),
            None => None,
        })
    }
}
