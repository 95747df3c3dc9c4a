//! What the house tells the window without being asked: topics after every commit, how long work moves on, the printer.

use app::Notice;
use tauri::{AppHandle, Emitter, Manager};
use tokio::sync::broadcast::error::RecvError;

use crate::door::Door;
use crate::{display, window};

/// Passes on what the house tells, as long as the program runs. A window that fell behind is told to ask for everything
/// again, so it never keeps showing what is no longer true.
pub async fn announce(handle: AppHandle) {
    let door = handle.state::<Door>();
    let Ok(house) = door.house().await else {
        return;
    };
    let mut notices = house.notices();
    loop {
        let sent = match notices.recv().await {
            Ok(Notice::Display { open: true }) => display::open(&handle),
            Ok(Notice::Display { open: false }) => {
                display::close(&handle);
                Ok(())
            }
            Ok(notice @ Notice::Customer { .. }) => {
                display::tell(&handle, notice);
                Ok(())
            }
            Ok(notice) => handle.emit_to(window::MAIN, "topics", notice),
            Err(RecvError::Lagged(_)) => handle.emit_to(window::MAIN, "topics", "everything"),
            Err(RecvError::Closed) => return,
        };
        if let Err(error) = sent {
            eprintln!("the window does not hear the house: {error}");
        }
    }
}
