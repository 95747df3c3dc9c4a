//! Several statements as one text: one hop to SQLite's thread per entry instead of one per row.

use sqlx::{Encode, Sqlite, SqliteConnection, Type, sqlite::SqliteArguments};

use crate::error::BooksError;

/// SQL text and its arguments, in the order they stand.
#[derive(Default)]
pub struct Batch {
    sql: String,
    arguments: SqliteArguments,
    rows_open: bool,
}

impl Batch {
    /// Starts a statement, closing the one before. The text is ours, never a person's.
    pub fn statement(&mut self, sql: &'static str) -> &mut Self {
        if !self.sql.is_empty() {
            self.sql.push_str(";\n");
        }
        self.sql.push_str(sql);
        self.rows_open = false;
        self
    }

    /// Adds an argument for a `?` of the text so far.
    pub fn bind<T>(&mut self, value: T) -> &mut Self
    where
        T: for<'t> Encode<'t, Sqlite> + Type<Sqlite> + Send,
    {
        // Encoding to SQLite's own types cannot fail for numbers, text and bytes.
        sqlx::Arguments::add(&mut self.arguments, value).unwrap_or_else(|error| unreachable!("{error}"));
        self
    }

    /// Adds `(?, ?, …)` to an `INSERT … VALUES`; the text is the row's placeholders.
    pub fn row(&mut self, placeholders: &'static str) -> &mut Self {
        self.sql.push_str(if self.rows_open { ", " } else { " " });
        self.rows_open = true;
        self.sql.push_str(placeholders);
        self
    }

    /// Adds the end of a statement, such as `ON CONFLICT …`.
    pub fn end(&mut self, sql: &'static str) -> &mut Self {
        self.sql.push(' ');
        self.sql.push_str(sql);
        self
    }

    /// Runs everything; an empty batch does nothing. SQLite takes 32,766 arguments per statement, and no statement here comes near that.
    ///
    /// # Errors
    /// SQLite's; the transaction around it is then to be rolled back.
    pub async fn run(self, connection: &mut SqliteConnection) -> Result<(), BooksError> {
        if !self.sql.is_empty() {
            sqlx::query_with(sqlx::AssertSqlSafe(self.sql), self.arguments).execute(connection).await?;
        }
        Ok(())
    }
}
