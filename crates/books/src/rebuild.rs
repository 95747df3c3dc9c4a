//! Filling projections from the journal again. A migration that adds a projection marks them stale; the next opening rebuilds them, all or nothing.

use std::collections::BTreeSet;

use sqlx::{AssertSqlSafe, SqliteConnection};

use crate::{
    batch::Batch,
    error::BooksError,
    journal::stored,
    project,
    verify::{FOLLOWING, LEDGER},
};

/// The mark in `local` that a migration leaves.
const STALE: &str = "projections_stale";

/// Rebuilds every projection where a migration marked them stale. The ledger itself stands: it is appended to and never changed.
///
/// # Errors
/// SQLite's, or `Unreadable` for an entry that is no entry; then the file is as it was, and the next opening tries again.
pub async fn rebuild_where_stale(connection: &mut SqliteConnection) -> Result<(), BooksError> {
    let stale: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM local WHERE name = ?)").bind(STALE).fetch_one(&mut *connection).await?;
    if !stale {
        return Ok(());
    }
    sqlx::query("BEGIN IMMEDIATE").execute(&mut *connection).await?;
    let mut outcome = rebuild(connection).await;
    if outcome.is_ok() {
        // What would undo changes to the tables of before says nothing about those of now.
        let text =
            "DELETE FROM undo; UPDATE local SET value = (SELECT CAST(coalesce(max(number), 0) AS TEXT) FROM journal) WHERE name = 'sync.undo_from'";
        outcome = sqlx::raw_sql(text).execute(&mut *connection).await.map(|_| ()).map_err(BooksError::from);
    }
    sqlx::query(if outcome.is_ok() { "COMMIT" } else { "ROLLBACK" }).execute(&mut *connection).await?;
    outcome
}

/// Brings balances, keys and every projection back to what the journal and the ledger say, inside the caller's transaction.
///
/// # Errors
/// SQLite's, or `Unreadable`.
pub async fn all(connection: &mut SqliteConnection) -> Result<(), BooksError> {
    let text = "DELETE FROM balances;
        INSERT INTO balances (account, unit, amount) SELECT account, unit, sum(amount) FROM
            (SELECT debit AS account, unit, amount FROM postings UNION ALL SELECT credit, unit, -amount FROM postings) GROUP BY account, unit;
        DELETE FROM units WHERE key NOT IN (SELECT unit FROM postings);
        DELETE FROM accounts WHERE key NOT IN (SELECT debit FROM postings UNION SELECT credit FROM postings)";
    sqlx::raw_sql(text).execute(&mut *connection).await?;
    rebuild(connection).await
}

async fn rebuild(connection: &mut SqliteConnection) -> Result<(), BooksError> {
    for (table, _) in FOLLOWING.iter().filter(|(table, _)| !LEDGER.contains(table)) {
        sqlx::query(AssertSqlSafe(format!("DELETE FROM {table}"))).execute(&mut *connection).await?;
    }
    let mut number = 0;
    loop {
        let rows: Vec<(i64, Vec<u8>, Vec<u8>)> =
            sqlx::query_as("SELECT number, hash, bytes FROM journal WHERE number > ? ORDER BY number LIMIT 1000")
                .bind(number)
                .fetch_all(&mut *connection)
                .await?;
        if rows.is_empty() {
            break;
        }
        for (at, hash, bytes) in rows {
            let one = stored(at, &hash, &bytes)?;
            let mut batch = Batch::default();
            project::shelve(&mut batch, &one.entry.13);
            batch.run(connection).await?;
            if let Some(fact) = one.entry.fact(at)? {
                let mut batch = Batch::default();
                project::project(&mut batch, at, &one.entry, &fact, &mut BTreeSet::new());
                project_or_pass(connection, batch).await?;
            }
            number = at;
        }
    }
    sqlx::query("DELETE FROM local WHERE name = ?").bind(STALE).execute(&mut *connection).await?;
    Ok(())
}

/// Runs what a fact does to the projections; what breaks a rule of a table is passed over as a whole, on every copy alike, so that no entry can wedge one.
///
/// # Errors
/// SQLite's, other than a broken rule of a table.
pub(crate) async fn project_or_pass(connection: &mut SqliteConnection, batch: Batch) -> Result<(), BooksError> {
    sqlx::query("SAVEPOINT projecting").execute(&mut *connection).await?;
    let outcome = batch.run(&mut *connection).await;
    let passed = match outcome {
        Ok(()) => false,
        Err(BooksError::Database(error))
            if error.as_database_error().is_some_and(|database| !matches!(database.kind(), sqlx::error::ErrorKind::Other)) =>
        {
            true
        }
        Err(error) => return Err(error),
    };
    if passed {
        sqlx::query("ROLLBACK TO projecting").execute(&mut *connection).await?;
    }
    sqlx::query("RELEASE projecting").execute(connection).await?;
    Ok(())
}
