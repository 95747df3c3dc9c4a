//! Looking after the books: verifying, copying, and what the status bar says.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    failure::{DoorRefusal, Failure},
    jobs::JobKind,
    menu::Call,
};

/// What the status bar says.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Status {
    /// Name of this till.
    pub till: String,
    /// The shop's day.
    pub today: String,
    /// Receipts today.
    pub receipts: i64,
    /// Net of them in minor units.
    pub net_minor: i64,
    /// Entries in the journal.
    pub entries: i64,
    /// Version of the program.
    pub version: String,
}

/// What a job that wrote a file answers.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Exported {
    /// Where it is.
    pub path: String,
    /// Rows in it; absent where it is no sheet.
    pub rows: Option<i64>,
}

impl Exported {
    /// As a job's result.
    pub fn result(self) -> Result<serde_json::Value, Failure> {
        serde_json::to_value(self).map_err(|error| Failure::Broken { trace: error.to_string() })
    }
}

/// What the status bar says.
pub async fn status(call: &Call<'_>, (): ()) -> Result<Status, Failure> {
    let shop = call.shop()?;
    let today = call.house.today(shop);
    let (receipts, net_minor) = shop.books.day(&today).await?;
    let till = shop.books.local("till").await?.unwrap_or_else(|| "1".into());
    let entries = shop.books.length().await?;
    Ok(Status { till, today, receipts, net_minor, entries, version: env!("CARGO_PKG_VERSION").into() })
}

/// Verifies the books as a job; the result is the verdict.
pub async fn verify(call: &Call<'_>, (): ()) -> Result<u32, Failure> {
    let shop = call.shop_arc()?;
    let progress = call.house.jobs.begin(JobKind::Verify, call.house.world.now_ms())?;
    let told = progress.clone();
    Ok(progress.run(async move {
        shop.books.seal_head().await?;
        let verdict = shop.books.verify(&mut |done, total| told.at("replaying", done, total)).await?;
        serde_json::to_value(verdict).map_err(|error| Failure::Broken { trace: error.to_string() })
    }))
}

/// Writes a whole copy of the books to a file that is not there yet, as a job.
pub async fn backup(call: &Call<'_>, path: String) -> Result<u32, Failure> {
    let shop = call.shop_arc()?;
    let target = PathBuf::from(&path);
    if target.exists() {
        return Err(DoorRefusal::File { path, reason: "there is a file of this name already".into() }.into());
    }
    let progress = call.house.jobs.begin(JobKind::Backup, call.house.world.now_ms())?;
    Ok(progress.run(async move {
        shop.books.seal_head().await?;
        shop.books.copy_to(&target).await.map_err(|error| DoorRefusal::File { path: path.clone(), reason: error.to_string() })?;
        Exported { path, rows: None }.result()
    }))
}
