//! The one door between the window and the menu.

use std::path::PathBuf;
use std::sync::Arc;

use app::{Failure, House, Seat, World};
use serde_json::Value;
use tauri::State;
use tokio::sync::OnceCell;

use app::keyring::SystemKeyring;

/// The books, opened once, and the seat of the person who signed in at this window.
pub struct Door {
    file: PathBuf,
    house: OnceCell<Result<Arc<House>, Failure>>,
    seat: Seat,
}

impl Door {
    /// A door to the books in `file`, which are opened by the first who asks.
    #[must_use]
    pub fn new(file: PathBuf) -> Self {
        Self { file, house: OnceCell::new(), seat: Seat::default() }
    }

    /// The open books. All who ask while they are being opened wait for the same opening.
    ///
    /// # Errors
    /// The books could not be opened (newer version, damaged, no permission); every later question gets the same answer.
    pub async fn house(&self) -> Result<&Arc<House>, Failure> {
        let opened = self.house.get_or_init(|| open(self.file.clone())).await;
        opened.as_ref().map_err(Clone::clone)
    }

    /// Seals the journal and closes the file, if it was ever opened; the last thing the program does.
    pub async fn close(&self) {
        if let Some(Ok(house)) = self.house.get()
            && let Err(failure) = house.close().await
        {
            eprintln!("the books did not close well, and are checked when they are opened next: {failure}");
        }
    }
}

/// Opens the books, and finishes beside everything else an import that a crash cut.
async fn open(file: PathBuf) -> Result<Arc<House>, Failure> {
    let house = House::open(file, Arc::new(SystemKeyring), World::real()).await?.with_press(press::Typesetter);
    app::imports::go_on(&house).await?;
    Ok(house)
}

/// Passes one question of the window to the menu: `name` is a line of the menu, `question` its question.
///
/// # Errors
/// What the menu answers: a refusal, with the data to mend it, or a failure with its trace.
#[tauri::command]
pub async fn serve(door: State<'_, Door>, name: String, question: Value) -> Result<Value, Failure> {
    door.house().await?.serve(&door.seat, &name, question).await
}
