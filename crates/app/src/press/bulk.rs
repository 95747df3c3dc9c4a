//! All statements of a closed month as files: one per member, and all of them bound. Beside the window, to be stopped at any time; the folder appears
//! when the last file in it is whole.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use books::query::StatementPlace;
use paper::press::{Press, StatementPaper};
use serde::{Deserialize, Serialize};
use tokio::task::JoinSet;
use ts_rs::TS;

use super::{
    file::{aside, refused},
    seal,
    statements::{bound, paper_of},
};
use crate::{
    failure::Failure,
    house::Shop,
    jobs::{JobKind, Progress},
    menu::Call,
    upkeep::Exported,
};

/// Write every statement of a month to a new folder.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StatementsPdf {
    /// `YYYY-MM`.
    pub month: String,
    /// The folder, which must not be there yet.
    pub path: String,
}

/// Why they cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub(super) enum BulkRefusal {
    /// Something of that name is there; what a person keeps is not written over.
    #[error("{path} is there already: choose another name")]
    FolderThere {
        /// What is there.
        path: String,
    },
    /// The month is not closed, or its close issued none.
    #[error("no statement of {month} was released")]
    NoStatements {
        /// Which.
        month: String,
    },
}

/// So many statements are bound in one file; a month with more has several, so that memory does not grow with the shop.
const BOUND: usize = 500;
/// So many are read before they are set, side by side.
const AT_ONCE: usize = 16;

/// Writes every released statement of a month as PDF files, as a job.
pub async fn press_statements(call: &Call<'_>, wish: StatementsPdf) -> Result<u32, Failure> {
    let shop = call.shop_arc()?;
    let press = call.house.press()?;
    let folder = PathBuf::from(&wish.path);
    if folder.exists() {
        return Err(Failure::refused(BulkRefusal::FolderThere { path: wish.path }));
    }
    let places = shop.books.statement_places(&wish.month).await?;
    if places.is_empty() {
        return Err(Failure::refused(BulkRefusal::NoStatements { month: wish.month }));
    }
    let progress = call.house.jobs.begin(JobKind::Papers, call.house.world.now_ms())?;
    let told = progress.clone();
    Ok(progress.run(async move {
        let unfinished = aside(&folder);
        let done = async {
            // What a program that was killed left here is no paper of anybody.
            if unfinished.exists() {
                std::fs::remove_dir_all(&unfinished).map_err(|error| refused(&unfinished, &error.to_string()))?;
            }
            std::fs::create_dir(&unfinished).map_err(|error| refused(&folder, &error.to_string()))?;
            fill(&shop, &press, &wish.month, &places, &unfinished, &told).await?;
            std::fs::rename(&unfinished, &folder).map_err(|error| refused(&folder, &error.to_string()))
        };
        let done = done.await;
        if done.is_err() {
            drop(std::fs::remove_dir_all(&unfinished));
        }
        done?;
        Exported { path: folder.display().to_string(), rows: i64::try_from(places.len()).ok() }.result()
    }))
}

async fn fill(
    shop: &Arc<Shop>,
    press: &Arc<dyn Press>,
    month: &str,
    places: &[StatementPlace],
    folder: &Path,
    told: &Progress,
) -> Result<(), Failure> {
    let total = i64::try_from(places.len()).unwrap_or(i64::MAX);
    let volumes = places.len().div_ceil(BOUND);
    let mut done = 0;
    for (volume, part) in (1..).zip(places.chunks(BOUND)) {
        let mut all: Vec<StatementPaper> = Vec::with_capacity(part.len());
        for some in part.chunks(AT_ONCE) {
            if told.stopped() {
                return Err(refused(folder, "stopped"));
            }
            let mut setting = JoinSet::new();
            for place in some {
                let one = paper_of(shop, &place.number).await?;
                all.push(one.clone());
                let paper = bound(shop, vec![one], false).await;
                let (shop, press, path) = (shop.clone(), press.clone(), folder.join(name_of(place)));
                setting.spawn_blocking(move || super::file::write(&path, &seal::sealed(&shop.books, super::pressed(&*press, &paper)?)));
            }
            while let Some(set) = setting.join_next().await {
                set.map_err(|error| Failure::Broken { trace: error.to_string() })??;
                done += 1;
                told.at("setting", done, total);
            }
        }
        let paper = bound(shop, all, false).await;
        let name = if volumes == 1 { format!("{month}.pdf") } else { format!("{month} ({volume} of {volumes}).pdf") };
        let (shop, press, path) = (shop.clone(), press.clone(), folder.join(name));
        told.at("binding", done, total);
        super::work(move || super::file::write(&path, &seal::sealed(&shop.books, super::pressed(&*press, &paper)?))).await?;
    }
    if told.stopped() {
        return Err(refused(folder, "stopped"));
    }
    Ok(())
}

/// A file's name by number, card and name, without what some system does not take in a name.
fn name_of(place: &StatementPlace) -> String {
    let taken = |ch: char| if ch.is_control() || r#"\/:*?"<>|"#.contains(ch) { '_' } else { ch };
    let person: String = format!("{} {}", place.member_number, place.name).chars().map(taken).take(60).collect();
    format!("{} {}.pdf", place.number, person.trim().trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_no_system_takes_is_made_one_that_all_take() {
        let place = |name: &str| StatementPlace { number: "2026-03-00001".into(), member_number: "M7".into(), name: name.into() };
        assert_eq!(name_of(&place("林大")), "2026-03-00001 M7 林大.pdf");
        assert_eq!(name_of(&place("a/b\\c:d\n..")), "2026-03-00001 M7 a_b_c_d_.pdf");
    }
}
