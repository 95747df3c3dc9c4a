//! Frames: canonical CBOR, packed with zstd. A frame that is not exactly what its writer would write is refused, and so is one that unpacks to too much.

use std::io::Read as _;

use domain::ids::{ChainId, DeviceId};
use ruzstd::{
    decoding::StreamingDecoder,
    encoding::{CompressionLevel, compress_to_vec},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_bytes::ByteBuf;
use uuid::Uuid;

/// Entries in one push or page.
pub const MOST_ENTRIES: usize = 500;
/// Bytes of entries in one push or page, as long as there is more than one entry.
pub const MOST_PUSH_BYTES: usize = 512 << 10;
/// Bytes that a frame may unpack to: one entry of a large month's close fits.
pub const MOST_FRAME_BYTES: usize = 8 << 20;

/// A frame that nobody of ours wrote.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// It unpacks to more than a frame may hold.
    #[error("the frame is larger than {MOST_FRAME_BYTES} bytes")]
    TooLarge,
    /// It is not packed as frames are.
    #[error("the frame cannot be unpacked")]
    Packing,
    /// It is no frame of this kind.
    #[error("the frame cannot be read: {0}")]
    Shape(String),
    /// It says the same in another way than it is written here.
    #[error("the frame is not canonical")]
    NotCanonical,
}

/// What a device may do at most, whoever sits at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ceiling {
    /// Sell and take back.
    Clerk,
    /// The back office.
    Manager,
    /// Everything.
    Owner,
}

impl Ceiling {
    /// The word of the protocol and of tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Clerk => "clerk",
            Self::Manager => "manager",
            Self::Owner => "owner",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Clerk, Self::Manager, Self::Owner].into_iter().find(|one| one.word() == word)
    }
}

/// A run of one chain's entries with a seal over the last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Push(
    /// The journal that it belongs to; another one is told apart at once.
    pub Uuid,
    /// The chain.
    pub ChainId,
    /// The device that wrote it.
    pub DeviceId,
    /// Canonical entries, in the order of the chain.
    pub Vec<ByteBuf>,
    /// ed25519 over the chain's head after the last of them.
    pub ByteBuf,
);

/// An entry that is kept and not numbered until the owner looks at it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held(
    /// Its place in the chain.
    pub u64,
    /// Why.
    pub String,
);

/// What became of a push.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushAnswer(
    /// The last place of the chain that is kept.
    pub u64,
    /// What is held back of it.
    pub Vec<Held>,
    /// The shop's highest number.
    pub u64,
    /// The server's clock, milliseconds.
    pub i64,
);

/// An entry with its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageEntry(
    /// Number in the shop.
    pub u64,
    /// Canonical bytes.
    pub ByteBuf,
    /// Public key of its device.
    pub ByteBuf,
    /// The signature over it as a head, empty where there is none.
    pub ByteBuf,
);

/// Numbered entries after a cursor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page(
    /// The journal.
    pub Uuid,
    /// In the order of their numbers, without gap.
    pub Vec<PageEntry>,
    /// The shop's highest number.
    pub u64,
    /// The server's clock, milliseconds.
    pub i64,
);

/// A device that asks in, by a code or for a shop of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Join(
    /// The one-time code; for a new shop the server's own, where it asks for one.
    pub String,
    /// The device.
    pub DeviceId,
    /// Its public key.
    pub ByteBuf,
    /// What it is called.
    pub String,
);

/// A shop that came to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopMade(
    /// The shop.
    pub Uuid,
    /// Its journal.
    pub Uuid,
    /// The device's token; it is shown once.
    pub String,
);

/// A device that was let in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joined(
    /// The shop.
    pub Uuid,
    /// Its journal.
    pub Uuid,
    /// The device's token; it is shown once.
    pub String,
    /// The till's own code in receipt numbers, unlike any other's.
    pub u32,
    /// What it may do at most.
    pub Ceiling,
);

/// A wish for a one-time code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invite(
    /// What the new device may do at most.
    pub Ceiling,
    /// What it is to be called.
    pub String,
);

/// A frame as it travels.
pub fn encode<T: Serialize>(frame: &T) -> Vec<u8> {
    let mut plain = Vec::with_capacity(4096);
    ciborium::into_writer(frame, &mut plain).unwrap_or_else(|error| unreachable!("writing to memory failed: {error}"));
    compress_to_vec(plain.as_slice(), CompressionLevel::Fastest)
}

/// Reads a frame, and refuses whatever this version would have written otherwise.
///
/// # Errors
/// [`Malformed`]; no more than [`MOST_FRAME_BYTES`] is ever unpacked.
pub fn decode<T: Serialize + DeserializeOwned>(bytes: &[u8]) -> Result<T, Malformed> {
    let unpacking = StreamingDecoder::new(bytes).map_err(|_| Malformed::Packing)?;
    let mut plain = Vec::new();
    unpacking.take(MOST_FRAME_BYTES as u64 + 1).read_to_end(&mut plain).map_err(|_| Malformed::Packing)?;
    if plain.len() > MOST_FRAME_BYTES {
        return Err(Malformed::TooLarge);
    }
    let frame: T = ciborium::from_reader(plain.as_slice()).map_err(|error| Malformed::Shape(error.to_string()))?;
    let mut again = Vec::with_capacity(plain.len());
    ciborium::into_writer(&frame, &mut again).map_err(|error| Malformed::Shape(error.to_string()))?;
    if again == plain { Ok(frame) } else { Err(Malformed::NotCanonical) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn packed(plain: &[u8]) -> Vec<u8> {
        compress_to_vec(plain, CompressionLevel::Fastest)
    }

    fn page() -> Page {
        Page(Uuid::nil(), vec![PageEntry(7, ByteBuf::from(vec![1; 300]), ByteBuf::from(vec![2; 32]), ByteBuf::new())], 9, 1_000)
    }

    #[test]
    fn a_frame_comes_back_as_it_was() {
        assert_eq!(decode::<Page>(&encode(&page())), Ok(page()));
    }

    #[test]
    fn a_frame_that_unpacks_to_too_much_is_left_alone() {
        let bomb = packed(&vec![0; 64 << 20]);
        assert!(bomb.len() < 1 << 20);
        assert_eq!(decode::<Page>(&bomb), Err(Malformed::TooLarge));
    }

    #[test]
    fn the_same_said_in_another_way_is_refused() {
        // Nine as a number of two bytes instead of one.
        let mut plain = Vec::new();
        ciborium::into_writer(&page(), &mut plain).expect("written");
        let place = plain.iter().rposition(|byte| *byte == 9).expect("the head number");
        plain.splice(place..=place, [0x18, 9]);
        assert_eq!(decode::<Page>(&packed(&plain)), Err(Malformed::NotCanonical));
        let mut longer = Vec::new();
        ciborium::into_writer(&page(), &mut longer).expect("written");
        longer.push(0);
        assert_eq!(decode::<Page>(&packed(&longer)), Err(Malformed::NotCanonical));
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_decoder_fall(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let packed = packed(&bytes);
            drop((decode::<Push>(&bytes), decode::<Page>(&bytes), decode::<Push>(&packed), decode::<Page>(&packed), decode::<Join>(&packed)));
        }
    }
}
