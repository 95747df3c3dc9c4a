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
    let outcome = rebuild(connection).await;
    sqlx::query(if outcome.is_ok() { "COMMIT" } else { "ROLLBACK" }).execute(&mut *connection).await?;
    outcome
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
            if let Some(fact) = one.entry.fact(at)? {
                project::project(&mut batch, at, &one.entry, &fact, &mut BTreeSet::new());
            }
            batch.run(connection).await?;
            number = at;
        }
    }
    sqlx::query("DELETE FROM local WHERE name = ?").bind(STALE).execute(&mut *connection).await?;
    Ok(())
}
