//! A run of a chain: do its entries follow one another, and does the device's own seal prove them?

use domain::{
    entry::{Entry, sealed_text},
    fact::Fact,
    ids::{ChainId, DeviceId},
};
use ed25519_dalek::{Signature, VerifyingKey};

/// An entry of a run that holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// Its place in the chain.
    pub dseq: u64,
    /// BLAKE3 of its bytes.
    pub hash: [u8; 32],
    /// The entry.
    pub entry: Entry,
    /// Why it is to be held, where its postings are not those of its fact.
    pub doubt: Option<&'static str>,
}

/// Why a run does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// Bytes that are no entry, or not written as entries are.
    #[error("entry {0} of the run cannot be read")]
    Entry(usize),
    /// An entry of another chain or device.
    #[error("entry {0} of the run belongs to another chain")]
    Stranger(usize),
    /// An entry that does not follow the one before it.
    #[error("entry {0} of the run does not follow the one before")]
    Order(usize),
    /// No entries at all.
    #[error("the run is empty")]
    Empty,
    /// The seal is not by the device, or over something else.
    #[error("the seal does not hold")]
    Seal,
}

/// Reads a run and proves it: canonical bytes, one chain, each entry upon the one before, and the seal over the last.
///
/// # Errors
/// [`Broken`]
pub fn check_run(chain: ChainId, device: DeviceId, public: &[u8; 32], entries: &[impl AsRef<[u8]>], signature: &[u8]) -> Result<Vec<Read>, Broken> {
    let mut run: Vec<Read> = Vec::with_capacity(entries.len());
    for (place, bytes) in entries.iter().enumerate() {
        let bytes = bytes.as_ref();
        let entry = Entry::read(0, bytes).map_err(|_| Broken::Entry(place))?;
        if entry.bytes() != bytes || entry.4.len() != 32 || entry.3 == 0 || !entry.fits_apart() {
            return Err(Broken::Entry(place));
        }
        if entry.2 != chain || entry.1 != device {
            return Err(Broken::Stranger(place));
        }
        if let Some(before) = run.last()
            && (entry.3 != before.dseq + 1 || entry.4.as_slice() != before.hash)
        {
            return Err(Broken::Order(place));
        }
        run.push(Read { dseq: entry.3, hash: entry.hash(), doubt: doubt(&entry), entry });
    }
    let last = run.last().ok_or(Broken::Empty)?;
    let dseq = i64::try_from(last.dseq).map_err(|_| Broken::Seal)?;
    let signature = Signature::from_slice(signature).map_err(|_| Broken::Seal)?;
    let key = VerifyingKey::from_bytes(public).map_err(|_| Broken::Seal)?;
    key.verify_strict(&sealed_text(chain, dseq, &last.hash), &signature).map_err(|_| Broken::Seal)?;
    Ok(run)
}

/// Postings worked out again by the same rules; a kind that this version does not know keeps its frozen postings.
fn doubt(entry: &Entry) -> Option<&'static str> {
    if entry.13.iter().any(|posting| posting.3 <= 0 || posting.1 == posting.2) {
        return Some("postings");
    }
    match entry.fact(0) {
        Ok(Some(fact)) if Fact::postings(&fact) == entry.13 => None,
        Ok(Some(_)) => Some("postings"),
        Ok(None) => None,
        Err(_) => Some("unreadable"),
    }
}

/// The log hash after one more entry.
pub fn log_after(log: &[u8; 32], hash: &[u8; 32]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(log).update(hash);
    *hasher.finalize().as_bytes()
}
