//! Integer keys of units and accounts: they are keys inside this file only; facts name the things themselves.

use std::collections::HashMap;

use domain::ledger::{Account, Posting, Unit};
use sqlx::SqliteConnection;

use crate::error::BooksError;

/// Accounts below this key belong to the shop, from it on to one party; the ledger's partial indexes rest on it.
pub const FIRST_PARTY_KEY: i64 = 1024;
/// Units below this key belong to the shop, from it on each is the stock of one product.
const FIRST_STOCK_KEY: i64 = 16;
const KEPT: usize = 100_000;
/// Accounts that one question names.
const MOST_AT_ONCE: usize = 40;

/// Keys seen so far. Forgotten as a whole when a transaction is rolled back.
#[derive(Debug, Default)]
pub struct Keys {
    accounts: HashMap<Account, i64>,
    units: HashMap<Unit, i64>,
}

/// A posting by keys: unit, debit, credit, amount.
pub type KeyedPosting = (i64, i64, i64, i64);

impl Keys {
    /// Keys of everything that the postings name, making those that are new.
    pub async fn of(&mut self, connection: &mut SqliteConnection, postings: &[Posting]) -> Result<Vec<KeyedPosting>, BooksError> {
        if self.accounts.len() + self.units.len() > KEPT {
            self.forget();
        }
        self.look_up(connection, postings).await?;
        let mut keyed = Vec::with_capacity(postings.len());
        for Posting(unit, debit, credit, amount) in postings {
            keyed.push((
                self.unit(connection, unit).await?,
                self.account(connection, debit).await?,
                self.account(connection, credit).await?,
                *amount,
            ));
        }
        Ok(keyed)
    }

    /// Forgets everything; the file knows.
    pub fn forget(&mut self) {
        self.accounts.clear();
        self.units.clear();
    }

    /// Asks once for every account that is not known yet; new ones stay unknown.
    async fn look_up(&mut self, connection: &mut SqliteConnection, postings: &[Posting]) -> Result<(), BooksError> {
        let mut missing: Vec<&Account> = postings
            .iter()
            .flat_map(|Posting(_, debit, credit, _)| [debit, credit])
            .filter(|account| !self.accounts.contains_key(*account))
            .collect();
        missing.dedup();
        if missing.len() < 2 {
            return Ok(());
        }
        let mut query = sqlx::QueryBuilder::<sqlx::Sqlite>::new("SELECT w.place, a.key FROM (");
        for (place, account) in (0_i64..).zip(missing.iter().take(MOST_AT_ONCE)) {
            query.push(if place == 0 { "SELECT " } else { " UNION ALL SELECT " }).push_bind(place);
            query.push(if place == 0 { " AS place, " } else { ", " }).push_bind(account.0.to_string());
            query.push(if place == 0 { " AS name, " } else { ", " }).push_bind(account.1.map(|party| party.as_bytes().to_vec()));
            query.push(if place == 0 { " AS party" } else { "" });
        }
        query.push(") w CROSS JOIN accounts a ON a.name = w.name AND a.party IS w.party");
        let found: Vec<(i64, i64)> = query.build_query_as().fetch_all(connection).await?;
        for (place, key) in found {
            if let Some(account) = usize::try_from(place).ok().and_then(|place| missing.get(place)) {
                self.accounts.insert((*account).clone(), key);
            }
        }
        Ok(())
    }

    async fn account(&mut self, connection: &mut SqliteConnection, account: &Account) -> Result<i64, BooksError> {
        if let Some(key) = self.accounts.get(account) {
            return Ok(*key);
        }
        let key = match find(connection, Table::Accounts, &account.0, account.1).await? {
            Some(key) => key,
            None if account.1.is_some() => {
                let text = "INSERT INTO accounts (key, name, party) SELECT max(?, coalesce(max(key), 0) + 1), ?, ? FROM accounts RETURNING key";
                make(connection, text, FIRST_PARTY_KEY, &account.0, account.1).await?
            }
            None => {
                let text = "INSERT INTO accounts (key, name, party) SELECT max(?, coalesce(max(key), 0) + 1), ?, ? FROM accounts WHERE key < 1024 RETURNING key";
                make(connection, text, 1, &account.0, account.1).await?
            }
        };
        self.accounts.insert(account.clone(), key);
        Ok(key)
    }

    async fn unit(&mut self, connection: &mut SqliteConnection, unit: &Unit) -> Result<i64, BooksError> {
        if let Some(key) = self.units.get(unit) {
            return Ok(*key);
        }
        let key = match find(connection, Table::Units, &unit.0, unit.1).await? {
            Some(key) => key,
            None if unit.1.is_some() => {
                let text = "INSERT INTO units (key, name, party) SELECT max(?, coalesce(max(key), 0) + 1), ?, ? FROM units RETURNING key";
                make(connection, text, FIRST_STOCK_KEY, &unit.0, unit.1).await?
            }
            None => {
                let text =
                    "INSERT INTO units (key, name, party) SELECT max(?, coalesce(max(key), 0) + 1), ?, ? FROM units WHERE key < 16 RETURNING key";
                make(connection, text, 1, &unit.0, unit.1).await?
            }
        };
        self.units.insert(unit.clone(), key);
        Ok(key)
    }
}

enum Table {
    Accounts,
    Units,
}

async fn find(connection: &mut SqliteConnection, table: Table, name: &str, party: Option<uuid::Uuid>) -> Result<Option<i64>, BooksError> {
    let text = match table {
        Table::Accounts => "SELECT key FROM accounts WHERE name = ? AND party IS ?",
        Table::Units => "SELECT key FROM units WHERE name = ? AND party IS ?",
    };
    Ok(sqlx::query_scalar(text).bind(name).bind(party.map(|party| party.as_bytes().to_vec())).fetch_optional(connection).await?)
}

async fn make(connection: &mut SqliteConnection, text: &'static str, least: i64, name: &str, party: Option<uuid::Uuid>) -> Result<i64, BooksError> {
    Ok(sqlx::query_scalar(text).bind(least).bind(name).bind(party.map(|party| party.as_bytes().to_vec())).fetch_one(connection).await?)
}
