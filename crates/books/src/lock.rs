//! The lock on the file. Invariant: what lies on the disk of a shop is ciphertext from the first byte on (SQLCipher, AES-256 by a raw key), and the
//! first sixteen bytes name the key that opens it, so that a wrong key is told from a damaged file.

use std::{io::Read, path::Path};

use crate::error::BooksError;

/// What a plain SQLite file begins with; a locked one never does.
const PLAIN: &[u8; 16] = b"SQLite format 3\0";
/// SQLCipher writes whole pages of this size.
const PAGE: u64 = 4096;

/// What opens one shop's file. Made from a secret of sixteen bytes, which the owner has on paper and the device in its keyring.
#[derive(Clone, PartialEq, Eq)]
pub struct FileKey {
    id: [u8; 16],
    key: [u8; 32],
}

impl std::fmt::Debug for FileKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FileKey({})", hex(&self.id))
    }
}

impl FileKey {
    /// The key of a secret. The secret has the whole strength: it is random, never a word that a person chose.
    pub fn of(secret: &[u8; 16]) -> Self {
        // Before anything is opened: OpenSSL would tidy up at the process's end while SQLite's threads still use it, and the process would die of that.
        openssl_sys::init();
        let key = blake3::derive_key("banyan 2026 the key of the books", secret);
        let named = blake3::derive_key("banyan 2026 the name of the key of the books", secret);
        let mut id = [0; 16];
        id.copy_from_slice(&named[..16]);
        Self { id, key }
    }

    /// The name of this key, which stands at the beginning of every file that it locks. It tells nothing of the key.
    pub fn id(&self) -> [u8; 16] {
        self.id
    }

    /// The value of SQLCipher's `key`: the raw key, and its name in the place of the salt.
    pub fn pragma(&self) -> String {
        format!("\"{}\"", self.quoted())
    }

    pub(crate) fn quoted(&self) -> String {
        format!("x'{}{}'", hex(&self.key), hex(&self.id))
    }
}

/// What a path holds, told by the first bytes alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lid {
    /// Nothing, or a file that was made and never written to.
    Missing,
    /// A database that everybody can read.
    Plain,
    /// Ciphertext under the key of this name, as far as can be told.
    Locked([u8; 16]),
    /// Something else.
    Foreign,
}

/// Looks at the beginning of a file.
///
/// # Errors
/// `File` where it cannot be read.
pub fn look_at(path: &Path) -> Result<Lid, BooksError> {
    let mut file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Lid::Missing),
        Err(error) => return Err(BooksError::file(path, error)),
    };
    let size = file.metadata().map_err(|error| BooksError::file(path, error))?.len();
    let mut start = [0; 16];
    if size == 0 {
        return Ok(Lid::Missing);
    }
    if size < PAGE || file.read_exact(&mut start).is_err() {
        return Ok(Lid::Foreign);
    }
    Ok(match &start {
        start if start == PLAIN => Lid::Plain,
        start if size % PAGE == 0 => Lid::Locked(*start),
        _ => Lid::Foreign,
    })
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_a_name_that_is_not_the_key() {
        let (one, other) = (FileKey::of(&[1; 16]), FileKey::of(&[2; 16]));
        assert_ne!(one.id(), other.id());
        assert_eq!(one, FileKey::of(&[1; 16]));
        assert!(!one.pragma()[..67].contains(&hex(&one.id())), "the raw key comes first, its name after it");
        assert!(!format!("{one:?}").contains(&hex(&one.key)), "a key is never shown");
    }

    #[test]
    fn files_are_told_by_their_first_bytes() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).expect("written");
            look_at(&path).expect("looked at")
        };
        assert_eq!(look_at(&folder.path().join("nowhere")).expect("looked at"), Lid::Missing);
        assert_eq!(at("empty", b""), Lid::Missing);
        assert_eq!(at("diary", b"Dear diary"), Lid::Foreign);
        assert_eq!(at("plain", &[PLAIN.as_slice(), &[0; 4080]].concat()), Lid::Plain);
        assert_eq!(at("locked", &[7; 8192]), Lid::Locked([7; 16]));
        assert_eq!(at("long diary", &[7; 5000]), Lid::Foreign);
    }
}
