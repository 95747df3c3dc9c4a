//! Files that are on the disk when the program goes on.

use std::{fs::OpenOptions, io, path::Path};

/// Waits until the disk has what was written to a file. Opened for writing, because Windows flushes no file that was opened to be read (it says that
/// access is denied).
///
/// # Errors
/// The system's.
pub fn flush(path: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).open(path)?.sync_all()
}
