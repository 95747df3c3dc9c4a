//! Copies by a rule, and going back to one. Invariant: a copy in the folder was opened and found whole; what a restore replaces stays beside it.

mod restore;
mod rule;

pub use restore::{RestoreDraft, bring_books, restore_backup};

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::{Arc, Weak},
    time::Duration,
};

use books::{lock::Lid, lock::look_at, plain_copy};
use jiff::{civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    failure::Failure,
    house::{House, Shop},
    menu::Call,
    recovery,
    world::{business_date, clock_time},
};

/// How soon after the start, and how often then, the house looks whether a copy is due.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// Where the last copy's place in the journal is kept, so that a day without entries makes no copy.
const COPIED: &str = "backup_entries";

/// How a copy came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BackupKind {
    /// By the rule.
    Daily,
    /// What a restore replaced.
    BeforeRestore,
}

/// A copy in the folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BackupRow {
    /// Where it is.
    pub path: String,
    /// The shop's day that it was made on, `YYYY-MM-DD`.
    pub day: String,
    /// The shop's clock time of the file, `YYYY-MM-DD HH:MM`.
    pub made: String,
    /// How it came to be.
    pub kind: BackupKind,
    /// Its size in bytes.
    pub bytes: i64,
    /// False where this device does not have its key: the recovery key of that time opens it.
    pub key_here: bool,
}

/// How safe the books are.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Safety {
    /// The folder of the copies.
    pub folder: String,
    /// The copies, newest first.
    pub copies: Vec<BackupRow>,
    /// Why the last try to make one failed; absent after one that did not.
    pub fault: Option<Failure>,
    /// True once somebody proved that the recovery key is on paper.
    pub recovery_proved: bool,
    /// The unlocked books of an earlier version that still lie beside the file.
    pub plain_copy: Option<String>,
}

/// How safe the books are.
pub async fn safety(call: &Call<'_>, (): ()) -> Result<Safety, Failure> {
    let shop = call.shop()?;
    let plain = plain_copy(call.house.path());
    Ok(Safety {
        folder: folder_of(call.house.path()).display().to_string(),
        copies: copies(call.house, &shop.zone)?,
        fault: call.house.backup_fault(),
        recovery_proved: recovery::is_proved(call.house, &shop.books).await?,
        plain_copy: plain.exists().then(|| plain.display().to_string()),
    })
}

/// Makes today's copy now, as the rule does by itself every day.
pub async fn back_up_now(call: &Call<'_>, (): ()) -> Result<Safety, Failure> {
    make_daily(call.house, call.shop()?).await?;
    safety(call, ()).await
}

/// Removes the unlocked books that an earlier version left.
pub async fn remove_plain_copy(call: &Call<'_>, (): ()) -> Result<(), Failure> {
    crate::setup::remove_file(&plain_copy(call.house.path()))
}

/// Makes a copy once a day, for as long as the house stands.
pub(crate) async fn look_after(house: Weak<House>) {
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        let Some(house) = house.upgrade() else { return };
        // What went wrong is kept for the settings, and the next round tries again.
        drop(make_if_due(&house).await);
    }
}

/// Makes today's copy where it is due. True where one was made.
///
/// # Errors
/// The disk's or the database's; it is kept for the settings.
pub async fn make_if_due(house: &Arc<House>) -> Result<bool, Failure> {
    let Ok(shop) = house.shop().await else { return Ok(false) };
    if !due(house, &shop).await? {
        return Ok(false);
    }
    make_daily(house, &shop).await?;
    Ok(true)
}

/// Due where today has no copy and something was recorded since the last one.
async fn due(house: &House, shop: &Shop) -> Result<bool, Failure> {
    let today = folder_of(house.path()).join(format!("{}.banyan", house.today(shop)));
    let copied: i64 = shop.books.local(COPIED).await?.and_then(|text| text.parse().ok()).unwrap_or(0);
    Ok(!shop.info.sample && !today.exists() && shop.books.length().await? > copied)
}

async fn make_daily(house: &Arc<House>, shop: &Shop) -> Result<(), Failure> {
    let made = make(house, shop).await;
    house.keep_backup_fault(made.as_ref().err().cloned());
    made
}

async fn make(house: &House, shop: &Shop) -> Result<(), Failure> {
    let folder = folder_of(house.path());
    std::fs::create_dir_all(&folder).map_err(|error| books::BooksError::file(&folder, error))?;
    let target = folder.join(format!("{}.banyan", house.today(shop)));
    // A second copy of a day takes the place of the first once it is whole.
    let fresh = folder.join(format!("{}.new", house.today(shop)));
    crate::setup::remove_file(&fresh)?;
    shop.books.seal_head().await?;
    let told = shop.books.copy_to(&fresh).await?;
    std::fs::rename(&fresh, &target).map_err(|error| books::BooksError::file(&target, error))?;
    shop.books.keep_local(COPIED, Some(told.entries.to_string())).await?;
    thin_out(&folder)
}

/// Removes the daily copies that the rule no longer keeps.
fn thin_out(folder: &Path) -> Result<(), Failure> {
    let days: BTreeSet<Date> = files_of(folder)?.iter().filter_map(|path| day_of(path)).collect();
    let stay = rule::staying(&days);
    for day in days.difference(&stay) {
        crate::setup::remove_file(&folder.join(format!("{day}.banyan")))?;
    }
    Ok(())
}

/// The folder beside the shop's file where copies lie.
pub(crate) fn folder_of(shop: &Path) -> PathBuf {
    let stem = shop.file_stem().map_or_else(|| "shop".into(), |stem| stem.to_string_lossy().into_owned());
    shop.with_file_name(format!("{stem}-backups"))
}

const REPLACED: &str = "before-restore-";

fn copies(house: &House, zone: &TimeZone) -> Result<Vec<BackupRow>, Failure> {
    let mut rows = Vec::new();
    for path in files_of(&folder_of(house.path()))? {
        let Ok(about) = std::fs::metadata(&path) else { continue };
        let written = about.modified().ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
        let at_ms = written.and_then(|since| i64::try_from(since.as_millis()).ok()).unwrap_or(0);
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let (kind, day) = match day_of(&path) {
            Some(day) => (BackupKind::Daily, day.to_string()),
            None if name.starts_with(REPLACED) => (BackupKind::BeforeRestore, business_date(at_ms, zone)),
            None => continue,
        };
        let key_here = match look_at(&path)? {
            Lid::Locked(id) => house.secret(id)?.is_some(),
            Lid::Missing | Lid::Plain | Lid::Foreign => false,
        };
        let bytes = i64::try_from(about.len()).unwrap_or(i64::MAX);
        rows.push((at_ms, BackupRow { path: path.display().to_string(), day, made: clock_time(at_ms, zone), kind, bytes, key_here }));
    }
    rows.sort_by(|(at, row), (other_at, other)| (&other.day, other_at).cmp(&(&row.day, at)));
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

fn files_of(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(books::BooksError::file(folder, error).into()),
    };
    let paths = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    Ok(paths.filter(|path| path.extension().is_some_and(|end| end == "banyan")).collect())
}

fn day_of(path: &Path) -> Option<Date> {
    path.file_stem()?.to_str()?.parse().ok()
}
