//! Taking back what entries without a number did: every change that they make to a table which follows from the journal leaves the statement that undoes
//! it. Only shops that meet other copies pay for it; the triggers live in the writer's own temporary schema.

use sqlx::{AssertSqlSafe, SqliteConnection};

use crate::{error::BooksError, verify::FOLLOWING};

/// Accounts and units are made before their entry stands in the journal, everything else after it.
const BEFORE_ENTRY: [&str; 2] = ["units", "accounts"];

/// Lays the triggers over every table that follows from the journal; they work while `undoing` has a row.
pub async fn arm(connection: &mut SqliteConnection) -> Result<(), BooksError> {
    sqlx::query("CREATE TEMP TABLE IF NOT EXISTS undoing (works INTEGER)").execute(&mut *connection).await?;
    for (table, _) in FOLLOWING.iter().filter(|(table, _)| *table != "postings") {
        let columns: Vec<(String, i64)> = sqlx::query_as("SELECT name, pk FROM pragma_table_xinfo(?) WHERE hidden = 0 ORDER BY cid")
            .bind(*table)
            .fetch_all(&mut *connection)
            .await?;
        for text in triggers(table, &columns) {
            sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut *connection).await?;
        }
    }
    works(connection, true).await
}

/// Whether changes leave what undoes them: own entries do, numbered ones need not.
pub async fn works(connection: &mut SqliteConnection, works: bool) -> Result<(), BooksError> {
    let text = if works { "DELETE FROM undoing; INSERT INTO undoing VALUES (1)" } else { "DELETE FROM undoing" };
    sqlx::raw_sql(text).execute(connection).await?;
    Ok(())
}

/// Undoes everything after a number, newest first.
pub async fn back_to(connection: &mut SqliteConnection, number: i64) -> Result<(), BooksError> {
    let texts: Vec<String> =
        sqlx::query_scalar("SELECT back FROM undo WHERE number > ? ORDER BY seq DESC").bind(number).fetch_all(&mut *connection).await?;
    for some in texts.chunks(200) {
        sqlx::raw_sql(AssertSqlSafe(some.join(";\n"))).execute(&mut *connection).await?;
    }
    sqlx::query("DELETE FROM undo WHERE number > ?").bind(number).execute(connection).await?;
    Ok(())
}

fn triggers(table: &str, columns: &[(String, i64)]) -> [String; 3] {
    let number = format!("(SELECT coalesce(max(number), 0) + {} FROM journal)", i64::from(BEFORE_ENTRY.contains(&table)));
    let quoted = |row: &str, name: &str| format!("quote({row}.{name})");
    let named: Vec<String> = columns.iter().filter(|(_, key)| *key > 0).map(|(name, _)| format!("'{name} = ' || {}", quoted("NEW", name))).collect();
    let same_row = named.join(" || ' AND ' || ");
    let set: Vec<String> = columns.iter().map(|(name, _)| format!("'{name} = ' || {}", quoted("OLD", name))).collect();
    let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
    let old: Vec<String> = columns.iter().map(|(name, _)| quoted("OLD", name)).collect();
    let of = |what: &str, back: String| {
        format!(
            "CREATE TEMP TRIGGER IF NOT EXISTS undo_{what}_{table} AFTER {what} ON main.{table} WHEN EXISTS (SELECT 1 FROM undoing)
             BEGIN INSERT INTO undo (number, back) VALUES ({number}, {back}); END"
        )
    };
    [
        of("INSERT", format!("'DELETE FROM {table} WHERE ' || {same_row}")),
        of("UPDATE", format!("'UPDATE {table} SET ' || {} || ' WHERE ' || {same_row}", set.join(" || ', ' || "))),
        of("DELETE", format!("'INSERT INTO {table} ({}) VALUES (' || {} || ')'", names.join(", "), old.join(" || ', ' || "))),
    ]
}
