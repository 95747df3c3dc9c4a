//! Going back to a copy, or bringing books from another computer. The file is made ready aside, opened and found whole; only then it takes the place of
//! what was there, which stays among the copies.

use std::path::Path;

use books::{
    BooksError, OpenHow,
    lock::{Lid, look_at},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{REPLACED, folder_of};
use crate::{
    failure::{DoorRefusal, Failure},
    menu::Call,
    recovery::fitting,
    setup::{SetupRefusal, place, remove_file, with_end},
};

/// A copy to go on from.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct RestoreDraft {
    /// The file.
    pub path: String,
    /// Its recovery key as typed, where this device does not have it.
    #[serde(default)]
    pub recovery_key: Option<String>,
}

/// Goes back to a copy. The books as they stand are kept among the copies, and whoever was signed in signs in again.
pub async fn restore_backup(call: &Call<'_>, draft: RestoreDraft) -> Result<(), Failure> {
    let shop = call.shop_arc()?;
    if call.house.jobs.list().iter().any(|job| job.end.is_none()) {
        return Err(DoorRefusal::Busy { what: "job".into() }.into());
    }
    let ready = make_ready(call, &draft).await?;
    let folder = folder_of(call.house.path());
    std::fs::create_dir_all(&folder).map_err(|error| BooksError::file(&folder, error))?;
    let now = crate::world::clock_time(call.house.world.now_ms(), &shop.zone).replace([' ', ':'], "-");
    let free = |count: u32| folder.join(if count == 0 { format!("{REPLACED}{now}.banyan") } else { format!("{REPLACED}{now}-{count}.banyan") });
    let kept = (0..).map(free).find(|path| !path.exists()).unwrap_or_else(|| free(0));
    shop.books.seal_head().await?;
    shop.books.copy_to(&kept).await?;
    drop(shop);
    put_in_place(call, &ready).await
}

/// Brings books from a copy to a device that has none yet: the way to a new computer.
pub async fn bring_books(call: &Call<'_>, draft: RestoreDraft) -> Result<(), Failure> {
    if call.shop().is_ok() || look_at(call.house.path())? != Lid::Missing {
        return Err(Failure::refused(SetupRefusal::ShopExists));
    }
    let ready = make_ready(call, &draft).await?;
    put_in_place(call, &ready).await
}

async fn put_in_place(call: &Call<'_>, ready: &Path) -> Result<(), Failure> {
    place(call, ready).await?;
    call.seat.sit(None, call.house.world.now_ms());
    call.house.tell(crate::Notice::Topics { topics: books::query::ALL_TOPICS.to_vec() });
    Ok(())
}

/// The copy as a file beside the shop's: opened, brought to this version's format, found whole, under a chain of its own.
async fn make_ready(call: &Call<'_>, draft: &RestoreDraft) -> Result<std::path::PathBuf, Failure> {
    let house = call.house;
    let from = Path::new(&draft.path);
    match look_at(from)? {
        Lid::Missing => return Err(DoorRefusal::File { path: draft.path.clone(), reason: "there is no such file".into() }.into()),
        Lid::Foreign => return Err(DoorRefusal::NotBooks { path: draft.path.clone() }.into()),
        // A copy that an earlier version wrote: it is locked on its way.
        Lid::Plain => {}
        Lid::Locked(id) => match (&draft.recovery_key, house.secret(id)?) {
            (_, Some(_)) => {}
            (Some(typed), None) => house.keep_secret(&fitting(typed, id)?)?,
            (None, None) => return Err(DoorRefusal::Locked { path: draft.path.clone() }.into()),
        },
    }
    let aside = house.path().with_extension("new.banyan");
    for end in ["", "-wal", "-shm"] {
        remove_file(&with_end(&aside, end))?;
    }
    std::fs::copy(from, &aside).map_err(|error| BooksError::file(&aside, error))?;
    // A file that was copied while its shop stood open has its last entries beside it.
    let log = with_end(from, "-wal");
    if log.exists() {
        std::fs::copy(&log, with_end(&aside, "-wal")).map_err(|error| BooksError::file(&log, error))?;
    }
    let books = house.open_books(&aside, OpenHow::Existing).await.map_err(|failure| named(failure, &draft.path))?;
    let whole = books.look().await;
    house.close_books(&books).await?;
    whole.map_err(|error| named(error.into(), &draft.path))?;
    remove_file(&books::plain_copy(&aside))?;
    Ok(aside)
}

/// What is wrong with the file made ready is wrong with the one that the person chose.
fn named(failure: Failure, path: &str) -> Failure {
    match failure {
        Failure::Refused { mut refusal, message } => {
            if let Some(told) = refusal.get_mut("path") {
                *told = path.into();
            }
            Failure::Refused { refusal, message }
        }
        Failure::Broken { trace } => DoorRefusal::Damaged { path: path.to_owned(), reason: trace }.into(),
    }
}
