//! All that a screen can ever get instead of an answer.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, thiserror::Error)]
#[serde(tag = "failure", rename_all = "snake_case")]
pub enum Failure {
    /// A rule says no. `refusal` carries a `code` and the data to mend it; the screen owns the words, `message` is English for logs and terminals.
    #[error("{message}")]
    Refused {
        /// `{"code": …, …}`
        refusal: Value,
        /// English.
        message: String,
    },
    /// Something broke; nothing was half done. `trace` is for the log and for support.
    #[error("{trace}")]
    Broken {
        /// What happened, without personal data.
        trace: String,
    },
}

impl Failure {
    /// A refusal of a domain rule.
    pub fn refused<R: Serialize + std::fmt::Display>(refusal: R) -> Self {
        let message = refusal.to_string();
        match serde_json::to_value(&refusal) {
            Ok(refusal) => Self::Refused { refusal, message },
            Err(error) => Self::Broken { trace: format!("{message}: {error}") },
        }
    }
}

impl From<domain::entry::Unreadable> for Failure {
    fn from(error: domain::entry::Unreadable) -> Self {
        Self::Broken { trace: error.to_string() }
    }
}

impl From<books::BooksError> for Failure {
    fn from(error: books::BooksError) -> Self {
        if error.is_full_disk() {
            return Self::refused(DoorRefusal::DiskFull);
        }
        if error.is_closed_disk() {
            return Self::refused(DoorRefusal::DiskClosed);
        }
        match error {
            books::BooksError::Newer { .. } => Self::refused(DoorRefusal::NewerFile { reason: error.to_string() }),
            books::BooksError::NotBooks { path } => Self::refused(DoorRefusal::NotBooks { path }),
            books::BooksError::NoShop => Self::refused(DoorRefusal::NoShop),
            books::BooksError::Locked { path } => Self::refused(DoorRefusal::Locked { path }),
            books::BooksError::Busy { path } => Self::refused(DoorRefusal::OpenElsewhere { path }),
            books::BooksError::Damaged { path, reason } => Self::refused(DoorRefusal::Damaged { path, reason }),
            books::BooksError::Database(_)
            | books::BooksError::NotLocked { .. }
            | books::BooksError::Migration(_)
            | books::BooksError::Unreadable { .. }
            | books::BooksError::File { .. }
            | books::BooksError::Overflow => Self::Broken { trace: error.to_string() },
        }
    }
}

/// A no of the door itself, before any rule of the trade is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum DoorRefusal {
    /// There is no shop in the file yet.
    #[error("there is no shop yet: set one up first")]
    NoShop,
    /// The file is not ours.
    #[error("{path} is not a Banyan shop")]
    NotBooks {
        /// The file.
        path: String,
    },
    /// The books are locked by a key that this device does not have.
    #[error("{path} is locked by a key that is not on this device: its recovery key opens it")]
    Locked {
        /// The file.
        path: String,
    },
    /// Another program has the file.
    #[error("{path} is open in another program: close it there first")]
    OpenElsewhere {
        /// The file.
        path: String,
    },
    /// Pages or sums are not as they were written.
    #[error("{path} is damaged: {reason}")]
    Damaged {
        /// The file.
        path: String,
        /// What was found first.
        reason: String,
    },
    /// A newer version wrote the file.
    #[error("{reason}")]
    NewerFile {
        /// What is known of it.
        reason: String,
    },
    /// No room is left where the books lie.
    #[error("the disk is full: nothing was recorded; make room and try again")]
    DiskFull,
    /// The disk, or its folder, cannot be written.
    #[error("the disk cannot be written: nothing was recorded; remove its write protection or give this person the right to its folder")]
    DiskClosed,
    /// Nobody is signed in here.
    #[error("sign in first")]
    NobodySignedIn,
    /// The person may not do this.
    #[error("{command} needs the {needs}")]
    RoleTooLow {
        /// The command.
        command: String,
        /// The least role.
        needs: String,
    },
    /// No such command.
    #[error("there is no command {command}")]
    NoSuchCommand {
        /// As asked.
        command: String,
    },
    /// The question does not have the shape of the command's.
    #[error("{command}: {reason}")]
    BadQuestion {
        /// The command.
        command: String,
        /// What the decoder said.
        reason: String,
    },
    /// Something named is not there.
    #[error("there is no such {what}")]
    NotFound {
        /// `product`, `member`, `sale` …
        what: String,
    },
    /// A file cannot be read or written.
    #[error("{path}: {reason}")]
    File {
        /// The file.
        path: String,
        /// What the system said.
        reason: String,
    },
    /// No keyring, or a locked one.
    #[error("the system's keyring cannot be reached ({reason}); a passphrase is needed")]
    NeedsPassphrase {
        /// What the system said.
        reason: String,
    },
    /// Another long job of this kind is running.
    #[error("another {what} is running")]
    Busy {
        /// What.
        what: String,
    },
}

impl From<DoorRefusal> for Failure {
    fn from(refusal: DoorRefusal) -> Self {
        Self::refused(refusal)
    }
}

/// A refusal that something named is not there.
pub fn not_found(what: &str) -> Failure {
    DoorRefusal::NotFound { what: what.to_owned() }.into()
}
