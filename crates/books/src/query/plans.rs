//! Versions of the plan.

use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use ts_rs::TS;

use crate::{
    Books, BooksError,
    apply::{Reading, Writing},
};

/// A version of the plan.
#[derive(Debug, Clone, PartialEq, Eq, FromRow, Serialize, Deserialize, TS)]
pub struct PlanRow {
    /// Counts from 1.
    pub version: u32,
    /// First business date.
    pub effective_from: String,
    /// JSON text of the plan language.
    pub plan: String,
    /// BLAKE3 of it, hexadecimal.
    pub hash: String,
    /// Proved bound in millionths of money received.
    pub bound_ppm: Option<i64>,
}

impl Books {
    /// Every version, newest first.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn plans(&self) -> Result<Vec<PlanRow>, BooksError> {
        Ok(sqlx::query_as("SELECT version, effective_from, plan, hash, bound_ppm FROM plans ORDER BY version DESC").fetch_all(&self.readers).await?)
    }
}

impl Reading<'_> {
    /// The version in force on a business date.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn plan_on(&mut self, date: &str) -> Result<Option<PlanRow>, BooksError> {
        let text = "SELECT version, effective_from, plan, hash, bound_ppm FROM plans WHERE effective_from <= ? ORDER BY effective_from DESC, version DESC LIMIT 1";
        Ok(sqlx::query_as(text).bind(date).fetch_optional(&mut *self.connection).await?)
    }
}

impl Writing<'_> {
    /// Every version, newest first.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn plans(&mut self) -> Result<Vec<PlanRow>, BooksError> {
        Ok(sqlx::query_as("SELECT version, effective_from, plan, hash, bound_ppm FROM plans ORDER BY version DESC").fetch_all(self.reading()).await?)
    }
}
