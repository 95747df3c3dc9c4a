//! The shop, its settings and its people.

use std::collections::BTreeMap;

use domain::{ids::PersonId, person::Role};
use sqlx::SqliteConnection;

use super::{Topic, id};
use crate::{Books, BooksError, apply::Writing, batch::Batch};

/// The shop as it was opened.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ShopRow {
    /// Name.
    pub name: String,
    /// ISO 4217.
    pub currency: String,
    /// Decimals.
    pub minor_digits: u8,
    /// Language of paper.
    pub language: String,
    /// IANA time zone.
    pub time_zone: String,
    /// True for the sample shop.
    pub sample: bool,
}

/// Someone who works here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Argon2id, PHC form.
    pub pin_hash: String,
    /// True if they left.
    pub archived: bool,
}

impl Books {
    /// The shop, `None` before it is opened.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn shop(&self) -> Result<Option<ShopRow>, BooksError> {
        Ok(sqlx::query_as("SELECT name, currency, minor_digits, language, time_zone, sample FROM shop").fetch_optional(&self.readers).await?)
    }

    /// Every setting as JSON text by name.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn settings(&self) -> Result<BTreeMap<String, String>, BooksError> {
        let rows: Vec<(String, String)> = sqlx::query_as("SELECT name, value FROM settings").fetch_all(&self.readers).await?;
        Ok(rows.into_iter().collect())
    }

    /// Everyone who works or worked here, in the order they came.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn people(&self) -> Result<Vec<PersonRow>, BooksError> {
        type Row = (Vec<u8>, String, String, String, bool);
        let rows: Vec<Row> = sqlx::query_as("SELECT id, name, role, pin_hash, archived FROM people ORDER BY key").fetch_all(&self.readers).await?;
        rows.into_iter()
            .map(|(person, name, role, pin_hash, archived)| {
                let role = Role::parse(&role).ok_or_else(|| BooksError::Unreadable { number: 0, reason: format!("no role {role}") })?;
                Ok(PersonRow { person: id(&person)?, name, role, pin_hash, archived })
            })
            .collect()
    }

    /// A value that this device alone keeps, never part of the journal.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn local(&self, name: &str) -> Result<Option<String>, BooksError> {
        Ok(sqlx::query_scalar("SELECT CAST(value AS TEXT) FROM local WHERE name = ?").bind(name).fetch_optional(&self.readers).await?)
    }

    /// Keeps a value on this device alone; `None` forgets it.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn keep_local(&self, name: &str, value: Option<String>) -> Result<(), BooksError> {
        let mut writing = self.write().await?;
        writing.keep_local(name, value).await?;
        writing.commit().await?;
        Ok(())
    }
}

impl Writing<'_> {
    /// Keeps a value on this device alone, inside the transaction; `None` forgets it.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn keep_local(&mut self, name: &str, value: Option<String>) -> Result<(), BooksError> {
        if name.starts_with("setting.") {
            self.topics.insert(Topic::Settings);
        }
        let mut batch = Batch::default();
        match value {
            Some(value) => batch
                .statement("INSERT INTO local (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
                .bind(name.to_owned())
                .bind(value),
            None => batch.statement("DELETE FROM local WHERE name = ?").bind(name.to_owned()),
        };
        self.run(batch).await
    }

    /// A value that this device alone keeps, read inside the transaction.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn local(&mut self, name: &str) -> Result<Option<String>, BooksError> {
        Ok(sqlx::query_scalar("SELECT CAST(value AS TEXT) FROM local WHERE name = ?").bind(name).fetch_optional(self.reading()).await?)
    }

    /// The next number of a counter, 1 for the first.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn next_number(&mut self, counter: &str) -> Result<i64, BooksError> {
        next_number(self.reading(), counter).await
    }

    /// Name of this till, and the next number of its receipts under the chain's letter, 1 for the first.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn next_receipt(&mut self) -> Result<(String, i64), BooksError> {
        let letter = self.books.chain_letter();
        let text = "SELECT till, coalesce((SELECT value FROM counters WHERE name = 'receipt:' || till || ?), 0) + 1
            FROM (SELECT coalesce((SELECT CAST(value AS TEXT) FROM local WHERE name = 'till'), '1') AS till)";
        Ok(sqlx::query_as(text).bind(letter).fetch_one(self.reading()).await?)
    }
}

async fn next_number(connection: &mut SqliteConnection, counter: &str) -> Result<i64, BooksError> {
    Ok(sqlx::query_scalar("SELECT coalesce((SELECT value FROM counters WHERE name = ?), 0) + 1").bind(counter).fetch_one(connection).await?)
}
