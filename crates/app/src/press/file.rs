//! Files that are there whole or not at all.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
};

use crate::failure::{DoorRefusal, Failure};

/// Writes a file beside its place and moves it there once it is whole; what stood there is replaced only then.
///
/// # Errors
/// `File`
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let aside = aside(path);
    let done = std::fs::File::create(&aside)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| std::fs::rename(&aside, path));
    done.map_err(|error| {
        // What is left aside is no paper; that it cannot be removed is told by the error itself.
        drop(std::fs::remove_file(&aside));
        refused(path, &error.to_string())
    })
}

/// Where a file grows before it has its name.
pub(crate) fn aside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".part");
    path.with_file_name(name)
}

/// A refusal about a file.
pub(crate) fn refused(path: &Path, reason: &str) -> Failure {
    DoorRefusal::File { path: path.display().to_string(), reason: reason.to_owned() }.into()
}
