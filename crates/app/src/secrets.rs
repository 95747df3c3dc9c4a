//! Secrets of this device: they live in the operating system's keyring, never in the file, in logs or in the window.

use std::{
    collections::BTreeMap,
    io::Write,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use argon2::Argon2;
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, aead::Aead};

use crate::world::World;

/// Why a secret cannot be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SecretsError {
    /// There is no keyring, or it is locked.
    #[error("{0}")]
    Unreachable(String),
    /// The passphrase does not open the stored secrets.
    #[error("the passphrase does not fit")]
    WrongPassphrase,
    /// A passphrase of fewer than eight characters.
    #[error("a passphrase needs at least eight characters")]
    TooShort,
}

/// Keeps secrets by name.
pub trait Keeper: Send + Sync {
    /// The secret, `None` where there is none of this name.
    ///
    /// # Errors
    /// [`SecretsError`]
    fn load(&self, name: &str) -> Result<Option<Vec<u8>>, SecretsError>;

    /// Keeps a secret.
    ///
    /// # Errors
    /// [`SecretsError`]
    fn store(&self, name: &str, secret: &[u8]) -> Result<(), SecretsError>;
}

/// Keeps secrets for as long as the process lives: for headless runs that throw their shop away, and for tests.
#[derive(Debug, Default)]
pub struct MemoryKeeper(Mutex<BTreeMap<String, Vec<u8>>>);

impl Keeper for MemoryKeeper {
    fn load(&self, name: &str) -> Result<Option<Vec<u8>>, SecretsError> {
        Ok(self.0.lock().map_err(|error| SecretsError::Unreachable(error.to_string()))?.get(name).cloned())
    }

    fn store(&self, name: &str, secret: &[u8]) -> Result<(), SecretsError> {
        self.0.lock().map_err(|error| SecretsError::Unreachable(error.to_string()))?.insert(name.to_owned(), secret.to_vec());
        Ok(())
    }
}

const SALT: usize = 16;
const NONCE: usize = 12;

/// Secrets in a file beside the shop, encrypted by a passphrase (Argon2id, ChaCha20-Poly1305): the way where there is no keyring. Never plain text.
pub struct Vault {
    path: PathBuf,
    open: Mutex<Option<Opened>>,
}

struct Opened {
    key: [u8; 32],
    salt: [u8; SALT],
    fresh_nonce: Box<dyn Fn() -> [u8; NONCE] + Send>,
}

impl Opened {
    /// What the file holds now: another program at the same shop may have kept something since.
    fn secrets(&self, path: &Path) -> Result<BTreeMap<String, Vec<u8>>, SecretsError> {
        match std::fs::read(path) {
            Ok(bytes) => unseal(&self.key, &bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(BTreeMap::new()),
            Err(error) => Err(SecretsError::Unreachable(format!("{}: {error}", path.display()))),
        }
    }
}

fn unseal(key: &[u8; 32], bytes: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, SecretsError> {
    let (nonce, sealed) = bytes.split_at_checked(SALT).and_then(|(_, rest)| rest.split_at_checked(NONCE)).ok_or(SecretsError::WrongPassphrase)?;
    let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| SecretsError::WrongPassphrase)?;
    let plain = ChaCha20Poly1305::new(key.into()).decrypt(&nonce.into(), sealed).map_err(|_| SecretsError::WrongPassphrase)?;
    serde_json::from_slice(&plain).map_err(|_| SecretsError::WrongPassphrase)
}

impl Vault {
    /// The vault that belongs to a shop file; nothing is read yet.
    pub fn beside(shop: &Path) -> Self {
        Self { path: shop.with_extension("vault"), open: Mutex::new(None) }
    }

    /// True once a passphrase opened it.
    pub fn is_open(&self) -> bool {
        self.opened().is_some()
    }

    /// True where a passphrase was set on this device before.
    pub fn is_there(&self) -> bool {
        self.path.exists()
    }

    /// Opens the file, or makes it with this passphrase.
    ///
    /// # Errors
    /// `WrongPassphrase`, `TooShort`, or `Unreachable` with what the system said of the file.
    pub fn open(&self, passphrase: &str, world: &World) -> Result<(), SecretsError> {
        let kept = match std::fs::read(&self.path) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(SecretsError::Unreachable(format!("{}: {error}", self.path.display()))),
        };
        if passphrase.chars().count() < 8 {
            return Err(SecretsError::TooShort);
        }
        let world = world.clone();
        let fresh_nonce = Box::new(move || world.random());
        let opened = match kept {
            Some(bytes) => {
                let salt = bytes.get(..SALT).and_then(|salt| salt.try_into().ok()).ok_or(SecretsError::WrongPassphrase)?;
                let key = stretch(passphrase, &salt)?;
                unseal(&key, &bytes)?;
                Opened { key, salt, fresh_nonce }
            }
            None => {
                let salt = fresh_salt(&*fresh_nonce);
                Opened { key: stretch(passphrase, &salt)?, salt, fresh_nonce }
            }
        };
        *self.opened() = Some(opened);
        Ok(())
    }

    fn opened(&self) -> std::sync::MutexGuard<'_, Option<Opened>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn fresh_salt(nonce: &dyn Fn() -> [u8; NONCE]) -> [u8; SALT] {
    let mut salt = [0; SALT];
    salt[..NONCE].copy_from_slice(&nonce());
    salt[NONCE..].copy_from_slice(&nonce()[..SALT - NONCE]);
    salt
}

fn stretch(passphrase: &str, salt: &[u8; SALT]) -> Result<[u8; 32], SecretsError> {
    let mut key = [0; 32];
    Argon2::default().hash_password_into(passphrase.as_bytes(), salt, &mut key).map_err(|error| SecretsError::Unreachable(error.to_string()))?;
    Ok(key)
}

impl Keeper for Vault {
    fn load(&self, name: &str) -> Result<Option<Vec<u8>>, SecretsError> {
        match &*self.opened() {
            Some(opened) => Ok(opened.secrets(&self.path)?.remove(name)),
            None => Err(SecretsError::Unreachable("the vault is closed".into())),
        }
    }

    fn store(&self, name: &str, secret: &[u8]) -> Result<(), SecretsError> {
        let opened = self.opened();
        let Some(opened) = opened.as_ref() else { return Err(SecretsError::Unreachable("the vault is closed".into())) };
        let mut secrets = opened.secrets(&self.path)?;
        secrets.insert(name.to_owned(), secret.to_vec());
        let plain = serde_json::to_vec(&secrets).map_err(|error| SecretsError::Unreachable(error.to_string()))?;
        let nonce = (opened.fresh_nonce)();
        let sealed = ChaCha20Poly1305::new(&opened.key.into())
            .encrypt(&nonce.into(), plain.as_slice())
            .map_err(|error| SecretsError::Unreachable(error.to_string()))?;
        // Whole on the disk before it takes the old one's place: a file of books rests on what is kept here.
        let aside = self.path.with_extension(format!("vault-{}", std::process::id()));
        let write = || {
            let mut file = std::fs::File::create(&aside)?;
            file.write_all(&[opened.salt.as_slice(), &nonce, &sealed].concat())?;
            file.sync_all()?;
            std::fs::rename(&aside, &self.path)
        };
        let written = write();
        written.map_err(|error| SecretsError::Unreachable(format!("{}: {error}", self.path.display())))
    }
}
