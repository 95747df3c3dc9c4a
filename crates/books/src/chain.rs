//! This device's chain of entries and the seals over its head.

use domain::{
    apart::SALT,
    entry::sealed_text,
    ids::{ChainId, DeviceId, EntryId},
};
use ed25519_dalek::{Signature, Signer, SigningKey, Verifier, VerifyingKey};

/// Signs the head of this device's chain. The secret half lives in the operating system's keyring, never in the file.
#[derive(Clone)]
pub struct ChainKey {
    /// The device.
    pub device: DeviceId,
    signing: SigningKey,
}

impl std::fmt::Debug for ChainKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ChainKey({})", self.device)
    }
}

/// A signature over the head of a chain.
#[derive(Debug, Clone)]
pub struct Seal {
    /// Place of the head in the chain.
    pub dseq: i64,
    /// BLAKE3 of the head.
    pub head: [u8; 32],
    /// ed25519 over [`sealed_text`].
    pub signature: [u8; 64],
}

impl ChainKey {
    /// A key from its 32 secret bytes.
    pub fn new(device: DeviceId, secret: &[u8; 32]) -> Self {
        Self { device, signing: SigningKey::from_bytes(secret) }
    }

    /// The public half.
    pub fn public(&self) -> [u8; 32] {
        self.signing.verifying_key().to_bytes()
    }

    /// Signs the head of a chain.
    pub fn seal(&self, chain: ChainId, dseq: i64, head: [u8; 32]) -> Seal {
        let signature = self.signing.sign(&sealed_text(chain, dseq, &head)).to_bytes();
        Seal { dseq, head, signature }
    }

    /// The salt of what stands beside an entry of this device: the same for the same entry, and known to nobody without the key.
    pub fn salt(&self, id: EntryId) -> [u8; SALT] {
        let signed = self.sign(&[b"banyan salt 1".as_slice(), id.bytes()].concat());
        let mut salt = [0; SALT];
        salt.copy_from_slice(blake3::hash(&signed).as_bytes().split_at(SALT).0);
        salt
    }

    /// Signs what this device wrote outside the books; `text` says what it is, so that it can never pass for a seal.
    pub fn sign(&self, text: &[u8]) -> [u8; 64] {
        self.signing.sign(text).to_bytes()
    }
}

/// True where the text was signed by the holder of the public key.
pub fn signed_by(public: &[u8; 32], text: &[u8], signature: &[u8; 64]) -> bool {
    VerifyingKey::from_bytes(public).and_then(|key| key.verify(text, &Signature::from_bytes(signature))).is_ok()
}

/// True where the seal is by the holder of the public key.
pub fn seal_holds(public: &[u8; 32], chain: ChainId, seal: &Seal) -> bool {
    VerifyingKey::from_bytes(public)
        .and_then(|key| key.verify(&sealed_text(chain, seal.dseq, &seal.head), &Signature::from_bytes(&seal.signature)))
        .is_ok()
}
