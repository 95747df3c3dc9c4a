//! What can go wrong with the file; a rule's no is never here.

use std::io::ErrorKind;

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
    /// Locked by a key that is not at hand.
    #[error("{path} is locked by a key that is not on this device: its recovery key opens it")]
    Locked {
        /// The file.
        path: String,
    },
    /// What should be ciphertext is not; it was not put in anything's place.
    #[error("{path} could not be locked whole; everything is as it was")]
    NotLocked {
        /// The file.
        path: String,
    },
    /// Another program has the file open while it has to be alone.
    #[error("{path} is open in another program: close it there first")]
    Busy {
        /// The file.
        path: String,
    },
    /// A copy that is not what was written.
    #[error("{path} is damaged: {reason}")]
    Damaged {
        /// The file.
        path: String,
        /// What was found first.
        reason: String,
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

/// SQLite's primary result codes for a disk without room, and for one that may not be written.
const FULL: u32 = 13;
const READ_ONLY: u32 = 8;

impl From<Unreadable> for BooksError {
    fn from(Unreadable { number, reason }: Unreadable) -> Self {
        Self::Unreadable { number, reason }
    }
}

impl BooksError {
    /// True where there is no room left. Nothing of what was asked was kept.
    pub fn is_full_disk(&self) -> bool {
        match self {
            Self::File { source, .. } => source.kind() == ErrorKind::StorageFull,
            other => other.primary_code() == Some(FULL),
        }
    }

    /// True where the disk or its folder may not be written. Nothing of what was asked was kept.
    pub fn is_closed_disk(&self) -> bool {
        match self {
            Self::File { source, .. } => matches!(source.kind(), ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied),
            other => other.primary_code() == Some(READ_ONLY),
        }
    }

    /// SQLite's code without the upper bits, which only say more.
    fn primary_code(&self) -> Option<u32> {
        let cause = match self {
            Self::Database(cause) | Self::Migration(sqlx::migrate::MigrateError::Execute(cause)) => cause,
            _ => return None,
        };
        cause.as_database_error()?.code()?.parse::<u32>().ok().map(|code| code & 0xff)
    }

    /// Names the file that could not be handled.
    pub fn file(path: &std::path::Path, source: std::io::Error) -> Self {
        Self::File { path: path.display().to_string(), source }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Books, ChainKey, FileKey, Identity, OpenHow};

    /// The disk fills up, or is write-protected, while the books are open: nothing is half there, and later everything goes on.
    #[tokio::test]
    async fn a_disk_that_says_no_is_told_from_what_is_broken() {
        let folder = tempfile::tempdir().expect("a folder");
        let ours = |byte: u8| uuid::Uuid::from_bytes([byte; 16]);
        let identity = Identity { key: ChainKey::new(ours(1).into(), &[7; 32]), new_chain: ours(2).into(), lock: FileKey::of(&[9; 16]) };
        let books = Books::open(&folder.path().join("shop.banyan"), OpenHow::Create, identity).await.expect("books");
        let set = async |text: &'static str| {
            let mut writer = books.writer.lock().await;
            sqlx::query(text).execute(&mut writer.connection).await.expect("set");
        };
        let long = || Some("x".repeat(9_000));

        set("PRAGMA max_page_count = 1").await;
        let full = books.keep_local("long", long()).await.expect_err("no room");
        assert!(full.is_full_disk() && !full.is_closed_disk(), "{full}");
        assert_eq!(books.local("long").await.expect("read"), None);
        set("PRAGMA max_page_count = 100000").await;
        books.keep_local("long", long()).await.expect("room again");

        set("PRAGMA query_only = ON").await;
        let closed = books.keep_local("long", None).await.expect_err("write-protected");
        assert!(closed.is_closed_disk() && !closed.is_full_disk(), "{closed}");
        assert_eq!(books.local("long").await.expect("read"), long());
        set("PRAGMA query_only = OFF").await;
        books.keep_local("long", None).await.expect("writable again");

        let file = |kind: ErrorKind| BooksError::file(std::path::Path::new("copy"), kind.into());
        assert!(file(ErrorKind::StorageFull).is_full_disk() && file(ErrorKind::ReadOnlyFilesystem).is_closed_disk());
        assert!(!file(ErrorKind::NotFound).is_full_disk() && !file(ErrorKind::NotFound).is_closed_disk());
        books.close().await.expect("closed");
    }
}
