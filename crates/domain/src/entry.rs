//! An entry: a fact with its envelope. Its canonical CBOR is what the hash covers and what copies of the books trade.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use crate::{
    fact::{BodyDecoder, Fact},
    ids::{ChainId, DeviceId, EntryId, PersonId},
    ledger::Posting,
};

/// Bytes that are no entry, or no fact of their kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("entry {number} cannot be read: {reason}")]
pub struct Unreadable {
    /// Its number, 0 where it has none yet.
    pub number: i64,
    /// What the decoder said.
    pub reason: String,
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
    pub fn read(number: i64, bytes: &[u8]) -> Result<Self, Unreadable> {
        ciborium::from_reader(bytes).map_err(|error| Unreadable { number, reason: error.to_string() })
    }

    /// The fact, `None` where this version does not know its kind.
    ///
    /// # Errors
    /// `Unreadable` where the kind is known and the body is not of it.
    pub fn fact(&self, number: i64) -> Result<Option<Fact>, Unreadable> {
        let read = Fact::read(&self.8, Cbor(&self.14));
        read.transpose().map_err(|reason| Unreadable { number, reason })
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

/// What a device signs when it seals its chain at a head.
pub fn sealed_text(chain: ChainId, dseq: i64, head: &[u8; 32]) -> Vec<u8> {
    [b"banyan seal 1".as_slice(), chain.bytes(), &dseq.to_be_bytes(), head].concat()
}
