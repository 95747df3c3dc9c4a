//! An entry: a fact with its envelope. Its canonical CBOR is what the hash covers and what copies of the books trade, followed by the personal data that
//! stand beside it (see [`crate::apart`]).

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use crate::{
    apart,
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
    /// The fact itself, CBOR. Where personal data stand beside the entry, their mark follows as a second item (RFC 8742).
    pub ByteBuf,
    /// Personal data beside the entry, which its hash does not cover; empty where there are none, or where they were erased.
    #[serde(skip)]
    pub Vec<u8>,
);

impl Entry {
    /// The canonical bytes, with what stands beside the entry.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.hashed();
        bytes.extend_from_slice(&self.15);
        bytes
    }

    fn hashed(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(512);
        ciborium::into_writer(self, &mut bytes).unwrap_or_else(|error| unreachable!("writing to memory failed: {error}"));
        bytes
    }

    /// BLAKE3 of the canonical bytes, without what stands beside the entry.
    pub fn hash(&self) -> [u8; 32] {
        *blake3::hash(&self.hashed()).as_bytes()
    }

    /// Reads canonical bytes.
    ///
    /// # Errors
    /// `Unreadable` where they are no entry.
    pub fn read(number: i64, mut bytes: &[u8]) -> Result<Self, Unreadable> {
        let mut entry: Self = ciborium::from_reader(&mut bytes).map_err(|error| Unreadable { number, reason: error.to_string() })?;
        entry.15 = bytes.to_vec();
        Ok(entry)
    }

    /// The fact, `None` where this version does not know its kind. What was erased is blank in it.
    ///
    /// # Errors
    /// `Unreadable` where the kind is known and the body is not of it, or where what stands beside the entry is not what the body marks.
    pub fn fact(&self, number: i64) -> Result<Option<Fact>, Unreadable> {
        let unreadable = |reason: String| Unreadable { number, reason };
        let mut rest = self.14.as_slice();
        let Some(fact) = Fact::read(&self.8, Cbor(&mut rest)).transpose().map_err(unreadable)? else { return Ok(None) };
        if self.15.is_empty() {
            return Ok(Some(fact));
        }
        if !self.fits_apart() {
            return Err(unreadable("what stands beside it is not what it marks".into()));
        }
        apart::joined(fact, &self.15).map(Some).map_err(unreadable)
    }

    /// True where what stands beside the entry is what its body marks, or nothing does.
    pub fn fits_apart(&self) -> bool {
        if self.15.is_empty() {
            return true;
        }
        let mut rest = self.14.as_slice();
        let passed = ciborium::from_reader::<ciborium::Value, _>(&mut rest);
        passed.is_ok() && ciborium::from_reader::<ByteBuf, _>(rest).is_ok_and(|mark| mark.as_slice() == apart::mark_of(&self.15))
    }
}

/// The body of an entry for a fact.
pub fn body_of(fact: &Fact) -> ByteBuf {
    let mut bytes = Vec::with_capacity(256);
    ciborium::into_writer(fact, &mut bytes).unwrap_or_else(|error| unreachable!("writing to memory failed: {error}"));
    ByteBuf::from(bytes)
}

/// Body of an entry whose personal data stand beside it, and those data; `None` for a fact that has none. `salt` is known to nobody else, so that a mark
/// tells nothing of a telephone number that somebody guesses.
pub fn parted_body(fact: &Fact, salt: [u8; apart::SALT]) -> Option<(ByteBuf, Vec<u8>)> {
    let (blank, beside) = apart::parted(fact, salt)?;
    let mut body = body_of(&blank).into_vec();
    let mark = ByteBuf::from(apart::mark_of(&beside));
    ciborium::into_writer(&mark, &mut body).unwrap_or_else(|error| unreachable!("writing to memory failed: {error}"));
    Some((ByteBuf::from(body), beside))
}

struct Cbor<'a, 'b>(&'a mut &'b [u8]);

impl BodyDecoder for Cbor<'_, '_> {
    type Error = String;
    fn decode<T: serde::de::DeserializeOwned>(self) -> Result<T, String> {
        ciborium::from_reader(self.0).map_err(|error| error.to_string())
    }
}

/// What a device signs when it seals its chain at a head.
pub fn sealed_text(chain: ChainId, dseq: i64, head: &[u8; 32]) -> Vec<u8> {
    [b"banyan seal 1".as_slice(), chain.bytes(), &dseq.to_be_bytes(), head].concat()
}
