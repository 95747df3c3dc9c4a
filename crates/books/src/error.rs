//! What can go wrong with the file; a rule's no is never here.

use domain::entry::Unreadable;

/// A failure of the books themselves.
#[derive(Debug, thiserror::Error)]
pub enum BooksError {
    /// The file was written by a newer version of the program.
    #[error(
        "this file was last opened by a newer version of Banyan (format {found}; this version knows {known}): install that version or a newer one"
    )]
    Newer {
        /// Format of the file.
        found: i64,
        /// Newest format known here.
        known: i64,
    },
    /// Not a file of ours.
    #[error("{path} is not a Banyan shop")]
    NotBooks {
        /// The file.
        path: String,
    },
    /// There is no shop in the file yet.
    #[error("there is no shop in this file yet")]
    NoShop,
    /// SQLite says no.
    #[error("the database: {0}")]
    Database(#[from] sqlx::Error),
    /// Migrating failed; the copy made before it stands.
    #[error("migrating the database: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// Bytes in the journal that cannot be read.
    #[error("entry {number} cannot be read: {reason}")]
    Unreadable {
        /// Its number.
        number: i64,
        /// What the decoder said.
        reason: String,
    },
    /// A file could not be copied or moved.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// A number left the range of the books.
    #[error("an amount is beyond the range of the books")]
    Overflow,
}

impl From<Unreadable> for BooksError {
    fn from(Unreadable { number, reason }: Unreadable) -> Self {
        Self::Unreadable { number, reason }
    }
}

impl BooksError {
    /// Names the file that could not be handled.
    pub fn file(path: &std::path::Path, source: std::io::Error) -> Self {
        Self::File { path: path.display().to_string(), source }
    }
}
