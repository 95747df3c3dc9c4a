//! Papers that a device of the shop wrote, told from papers that somebody changed: a signature by the device's key over the whole file.

use crate::{Books, BooksError, chain::signed_by};

/// A signature and the public key that it is by.
pub const SEAL_BYTES: usize = 96;

/// What a device signs of a file.
fn signed_text(file: &[u8]) -> Vec<u8> {
    [b"banyan paper 1".as_slice(), blake3::hash(file).as_bytes()].concat()
}

impl Books {
    /// This device's signature over a file, with its public key.
    pub fn sign_paper(&self, file: &[u8]) -> [u8; SEAL_BYTES] {
        let mut seal = [0; SEAL_BYTES];
        let (signature, public) = seal.split_at_mut(64);
        signature.copy_from_slice(&self.identity.key.sign(&signed_text(file)));
        public.copy_from_slice(&self.identity.key.public());
        seal
    }

    /// True where a device of this shop signed exactly these bytes.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn signed_paper(&self, file: &[u8], seal: &[u8; SEAL_BYTES]) -> Result<bool, BooksError> {
        let (Some(signature), Some(public)) = (seal.first_chunk::<64>(), seal.last_chunk::<32>()) else { return Ok(false) };
        let ours: bool =
            sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM chains WHERE public_key = ?)").bind(public.to_vec()).fetch_one(&self.readers).await?;
        Ok(ours && signed_by(public, &signed_text(file), signature))
    }
}
