//! The shop's memory: one SQLite file. Invariant: an entry is appended once, posted and projected in the same transaction, and never changed,
//! save that personal data beside it may be cut off;
//! every table that is not the journal follows from it.

mod apply;
mod batch;
mod chain;
mod copies;
mod encrypt;
mod entry;
mod erasure;
mod error;
mod flush;
mod fold;
mod journal;
mod keys;
pub mod lock;
mod messages;
mod offers;
mod open;
pub mod papers;
mod prints;
mod project;
pub mod query;
mod rebuild;
mod undo;
mod verify;
mod witness;

pub use apply::{Reading, Writing};
pub use chain::{ChainKey, Seal};
pub use copies::{CopyTold, look_into};
pub use encrypt::plain_copy;
pub use entry::{Entry, NewEntry, Stored};
pub use error::BooksError;
pub use fold::{Folded, Numbered, Standing, log_after};
pub use journal::Recorded;
pub use lock::FileKey;
pub use messages::{Addressee, Cause, Found, Message, MessageState, NewMessage, PassedWhy, Sent};
pub use offers::Unsent;
pub use open::{Books, Identity, OpenHow};
pub use prints::{NewPrint, Print, PrintJob, PrintState, Tried};
pub use query::Topic;
pub use verify::{Digest, Verdict};
pub use witness::{Opening, Witness};
