//! Where the shop's file lies on this machine.

use std::path::{Path, PathBuf};

use tauri::{AppHandle, Manager};

/// Names another file than the usual one, for scripts and for the tests.
const OTHER_FILE: &str = "BANYAN_SHOP";

/// The shop's file: the one that `BANYAN_SHOP` names, else `shop.banyan` in the folder that the system gives to this
/// program's data. The folder exists when this returns.
///
/// # Errors
/// The system names no such folder, or it cannot be made.
pub fn of_shop(handle: &AppHandle) -> Result<PathBuf, Box<dyn std::error::Error>> {
    let file = match std::env::var_os(OTHER_FILE) {
        Some(named) if !named.is_empty() => PathBuf::from(named),
        Some(_) | None => handle.path().app_data_dir()?.join("shop.banyan"),
    };
    if let Some(folder) = file.parent().filter(|folder| *folder != Path::new("")) {
        std::fs::create_dir_all(folder)?;
    }
    Ok(file)
}
