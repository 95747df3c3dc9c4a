//! An entry on its way into the journal, and one read from it.

pub use domain::entry::{Entry, body_of, parted_body};
use domain::{
    fact::Fact,
    ids::{EntryId, PersonId},
};

/// What the caller knows of a new entry; the books add the place in the chain.
#[derive(Debug, Clone)]
pub struct NewEntry {
    /// Identity of the business event.
    pub id: EntryId,
    /// Milliseconds since 1970 UTC by this device's clock.
    pub at_ms: i64,
    /// The shop's day it belongs to, `YYYY-MM-DD`.
    pub business_date: String,
    /// Who did it; absent for what the program did itself.
    pub actor: Option<PersonId>,
    /// BLAKE3 of the price, plan and tax settings it was decided by, where they matter.
    pub rules: Option<[u8; 32]>,
    /// What happened.
    pub fact: Fact,
}

/// An entry read from the journal, with its number and hash.
#[derive(Debug, Clone)]
pub struct Stored {
    /// Number in the shop.
    pub number: i64,
    /// BLAKE3 of the entry.
    pub hash: [u8; 32],
    /// The entry.
    pub entry: Entry,
}
