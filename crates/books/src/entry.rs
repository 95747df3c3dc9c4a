//! An entry: a fact with its envelope. Its canonical CBOR is what the hash covers and what copies of the books will trade.

use domain::{
    fact::{BodyDecoder, Fact},
    ids::{ChainId, DeviceId, EntryId, PersonId},
    ledger::Posting,
};
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use crate::error::BooksError;

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

/// An entry as it stands in the journal. Fields are in canonical order and encoded as one CBOR array.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry(
    /// Identity of the business event.
    pub EntryId,
    /// The device.
    pub DeviceId,
    /// The chain.
    pub ChainId,
    /// Place in the chain, from 1 without gap.
    pub u64,
    /// BLAKE3 of the entry before in the chain; 32 zeros for the first.
    pub ByteBuf,
    /// Hybrid logical clock: milliseconds, tick.
    pub (i64, u32),
    /// Business date.
    pub String,
    /// Actor.
    pub Option<PersonId>,
    /// Kind.
    pub String,
    /// Version of the kind.
    pub u16,
    /// Class: 0 may be ignored, 1 postings suffice, 2 must be understood.
    pub u8,
    /// Highest number that the author had folded.
    pub u64,
    /// Hash of the rules used.
    pub Option<ByteBuf>,
    /// The movements.
    pub Vec<Posting>,
    /// The fact itself, CBOR.
    pub ByteBuf,
);

/// An entry read from the journal, with its number and hash.
#[derive(Debug, Clone)]
pub struct Stored {
    /// Number in the shop.
    pub number: i64,
    /// BLAKE3 of the bytes.
    pub hash: [u8; 32],
    /// The entry.
    pub entry: Entry,
}

impl Entry {
    /// The canonical bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(512);
        ciborium::into_writer(self, &mut bytes).unwrap_or_else(|error| unreachable!("writing to memory failed: {error}"));
        bytes
    }

    /// Reads canonical bytes.
    ///
    /// # Errors
    /// `Unreadable` where they are no entry.
    pub fn read(number: i64, bytes: &[u8]) -> Result<Self, BooksError> {
        ciborium::from_reader(bytes).map_err(|error| BooksError::Unreadable { number, reason: error.to_string() })
    }

    /// The fact, `None` where this version does not know its kind.
    ///
    /// # Errors
    /// `Unreadable` where the kind is known and the body is not of it.
    pub fn fact(&self, number: i64) -> Result<Option<Fact>, BooksError> {
        let read = Fact::read(&self.8, Cbor(&self.14));
        read.transpose().map_err(|reason| BooksError::Unreadable { number, reason })
    }
}

/// The body of an entry for a fact.
pub fn body_of(fact: &Fact) -> ByteBuf {
    let mut bytes = Vec::with_capacity(256);
    ciborium::into_writer(fact, &mut bytes).unwrap_or_else(|error| unreachable!("writing to memory failed: {error}"));
    ByteBuf::from(bytes)
}

struct Cbor<'a>(&'a [u8]);

impl BodyDecoder for Cbor<'_> {
    type Error = String;
    fn decode<T: serde::de::DeserializeOwned>(self) -> Result<T, String> {
        ciborium::from_reader(self.0).map_err(|error| error.to_string())
    }
}
