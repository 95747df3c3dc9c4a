//! Opening the books with what the device keeps outside them: its own key, the lock of the file, and what it remembers of the last opening.

use std::path::Path;

use books::{
    Books, FileKey, Identity, OpenHow, Opening, Witness,
    lock::{Lid, look_at},
};
use domain::ids::{ChainId, DeviceId, EntryId};

use crate::{
    failure::{DoorRefusal, Failure},
    house::House,
    recovery::{Secret, name_of},
};

/// Name of this device's key in the keyring.
const DEVICE: &str = "device";

impl House {
    /// Opens books on this device. A file that was brought back from an earlier day, or copied, goes on under a new chain, whose receipts have a
    /// new letter (faults 26, 35).
    ///
    /// # Errors
    /// `NeedsPassphrase`, `Locked`, and what [`Books::open`] says.
    pub async fn open_books(&self, path: &Path, how: OpenHow) -> Result<Books, Failure> {
        let mut books = Books::open(path, how, self.identity_for(path)?).await?;
        let mark = self.world.random::<8>().iter().map(|byte| format!("{byte:02x}")).collect();
        let opening = Opening { mark, new_chain: ChainId(self.world.new_id()) };
        books.recognise(opening, |first| self.remembered(first), |first, witness| self.remember(first, witness)).await?;
        Ok(books)
    }

    /// Keeps outside the books how far they came, at their closing and now and then.
    ///
    /// # Errors
    /// The keyring's.
    pub async fn remember_books(&self, books: &Books) -> Result<(), Failure> {
        books.remember(|first, witness| self.remember(first, witness)).await
    }

    /// True where the keyring or an open vault answers for this device.
    ///
    /// # Errors
    /// `NeedsPassphrase`
    pub fn identity(&self) -> Result<books::ChainKey, Failure> {
        let secret: [u8; 48] = match self.kept(DEVICE)?.and_then(|bytes| bytes.try_into().ok()) {
            Some(secret) => secret,
            None => {
                let fresh: [u8; 48] = self.world.random();
                self.keep(DEVICE, &fresh)?;
                fresh
            }
        };
        let (device, key) = secret.split_at(16);
        let device = DeviceId(uuid::Builder::from_random_bytes(device.try_into().unwrap_or([0; 16])).into_uuid());
        Ok(books::ChainKey::new(device, &key.try_into().unwrap_or([0; 32])))
    }

    fn identity_for(&self, path: &Path) -> Result<Identity, Failure> {
        let key = self.identity()?;
        Ok(Identity { key, new_chain: ChainId(self.world.new_id()), lock: self.lock_of(path)? })
    }

    /// What locks a file: the key that its first bytes name, or a new one for a file that has none yet. A new one is kept before anything is locked
    /// with it, so there is never a file without its key.
    fn lock_of(&self, path: &Path) -> Result<FileKey, Failure> {
        match look_at(path)? {
            Lid::Locked(id) => match self.secret(id)? {
                Some(secret) => Ok(secret.key()),
                None => Err(DoorRefusal::Locked { path: path.display().to_string() }.into()),
            },
            Lid::Missing | Lid::Plain => {
                let fresh = Secret::new(self.world.random());
                self.keep_secret(&fresh)?;
                Ok(fresh.key())
            }
            Lid::Foreign => Err(DoorRefusal::NotBooks { path: path.display().to_string() }.into()),
        }
    }

    /// The secret behind a key of this name, where this device has it.
    ///
    /// # Errors
    /// `NeedsPassphrase`
    pub fn secret(&self, id: [u8; 16]) -> Result<Option<Secret>, Failure> {
        Ok(self.kept(&name_of(id))?.and_then(|bytes| bytes.try_into().ok()).map(Secret::new))
    }

    /// Keeps a secret on this device.
    ///
    /// # Errors
    /// `NeedsPassphrase`
    pub fn keep_secret(&self, secret: &Secret) -> Result<(), Failure> {
        self.keep(&name_of(secret.key().id()), secret.bytes())
    }

    fn remembered(&self, first: EntryId) -> Result<Option<Witness>, Failure> {
        Ok(self.kept(&format!("last.{}", first.0.simple()))?.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
    }

    fn remember(&self, first: EntryId, witness: &Witness) -> Result<(), Failure> {
        let bytes = serde_json::to_vec(witness).map_err(|error| Failure::Broken { trace: error.to_string() })?;
        self.keep(&format!("last.{}", first.0.simple()), &bytes)
    }
}
