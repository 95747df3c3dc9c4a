//! An import that a crash cut: what is being brought in and how far it is stands in the books, the file beside them, and together they finish it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::ids::PersonId;
use serde::{Deserialize, Serialize};

use super::{ImportDraft, ImportReport};
use crate::{
    failure::{DoorRefusal, Failure},
    house::{House, Shop},
    jobs::{JobKind, Progress},
};

/// Under this name the note stands among what this device keeps for itself.
pub const NAME: &str = "import.unfinished";

/// How far an import is.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Unfinished {
    /// The draft; its path is the copy beside the shop.
    draft: ImportDraft,
    /// Who brought it in.
    actor: Option<PersonId>,
    /// Records that are in the books, whole.
    pub done: usize,
    /// What came of them.
    pub figures: Figures,
}

/// The counts of a report that go on counting after a crash.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Figures {
    added: i64,
    changed: i64,
    already: i64,
    made_products: i64,
    made_members: i64,
    #[serde(default)]
    brought_minor: i64,
    #[serde(default)]
    brought_points: i64,
}

impl Figures {
    /// As the report has them now.
    pub fn take(&mut self, report: &ImportReport) {
        let ImportReport { added, changed, already, made_products, made_members, brought_minor, brought_points, .. } = *report;
        *self = Self { added, changed, already, made_products, made_members, brought_minor, brought_points };
    }

    /// Into the report of the run that goes on.
    pub fn put(&self, report: &mut ImportReport) {
        let Self { added, changed, already, made_products, made_members, brought_minor, brought_points } = *self;
        (report.added, report.changed, report.already) = (added, changed, already);
        (report.made_products, report.made_members) = (made_products, made_members);
        (report.brought_minor, report.brought_points) = (brought_minor, brought_points);
    }
}

impl Unfinished {
    /// Copies the file beside the shop, so that it is there after a crash whatever becomes of the original. Nothing is noted in the books yet.
    pub fn begin(shop: &Path, draft: &ImportDraft, actor: Option<PersonId>) -> Result<Self, Failure> {
        let source = Path::new(&draft.source.path);
        // The whole name stays at the end: its endings say how the file is read.
        let name = source.file_name().unwrap_or_default().to_string_lossy();
        let mut copy = shop.as_os_str().to_owned();
        copy.push(format!(".import-{name}"));
        let copy = PathBuf::from(copy);
        let refused = |error: std::io::Error| Failure::from(DoorRefusal::File { path: copy.display().to_string(), reason: error.to_string() });
        // Written anew rather than copied: a file that may only be read would give a copy that Windows does not flush.
        let write = || {
            let (mut from, mut to) = (std::fs::File::open(source)?, std::fs::File::create(&copy)?);
            std::io::copy(&mut from, &mut to)?;
            to.sync_all()
        };
        write().map_err(refused)?;
        let mut draft = draft.clone();
        draft.source.path = copy.display().to_string();
        Ok(Self { draft, actor, done: 0, figures: Figures::default() })
    }

    /// As it is kept.
    pub fn text(&self) -> Result<String, Failure> {
        serde_json::to_string(self).map_err(|error| Failure::Broken { trace: error.to_string() })
    }
}

/// Removes the copy. One that cannot be removed stays behind, and is written over by the next import of such a name.
pub fn forget_copy(note: Option<&Unfinished>) {
    if let Some(note) = note {
        drop(std::fs::remove_file(&note.draft.source.path));
    }
}

/// The same on the way out with a failure.
pub fn drop_copy(note: Option<&Unfinished>, failure: Failure) -> Failure {
    forget_copy(note);
    failure
}

/// Finishes what a crash cut, if anything, as a job of its own in the background.
///
/// # Errors
/// The database's.
pub async fn go_on(house: &Arc<House>) -> Result<(), Failure> {
    let Ok(shop) = house.shop().await else { return Ok(()) };
    if shop.books.local(NAME).await?.is_none() {
        return Ok(());
    }
    let progress = house.jobs.begin(JobKind::Import, house.world.now_ms())?;
    let (house, told) = (house.clone(), progress.clone());
    progress.run(async move {
        let report = finish(&house, &shop, &told).await?;
        serde_json::to_value(report).map_err(|error| Failure::Broken { trace: error.to_string() })
    });
    Ok(())
}

/// The same inside a job; `None` where nothing was cut. A copy that is gone cannot be finished: then the note goes too, and the refusal says so once.
pub(super) async fn finish(house: &Arc<House>, shop: &Shop, told: &Progress) -> Result<Option<ImportReport>, Failure> {
    let Some(text) = shop.books.local(NAME).await? else { return Ok(None) };
    let note: Unfinished = match serde_json::from_str(&text) {
        Ok(note) => note,
        Err(error) => {
            shop.books.keep_local(NAME, None).await?;
            return Err(Failure::Broken { trace: format!("the note of an unfinished import: {error}") });
        }
    };
    if !Path::new(&note.draft.source.path).exists() {
        shop.books.keep_local(NAME, None).await?;
        return Err(DoorRefusal::File {
            path: note.draft.source.path.clone(),
            reason: "the copy of an unfinished import is gone; bring the file in again".into(),
        }
        .into());
    }
    let judged = super::judged(house, shop, &note.draft, told).await?;
    let task = super::record::Task { house, shop, actor: note.actor, draft: &note.draft, dry: false, from: Some(&note), told };
    Ok(Some(super::record::record(task, judged).await?))
}
