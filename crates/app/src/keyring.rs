//! Secrets in the keyring of the operating system: Secret Service, Keychain or Credential Manager.

use crate::secrets::{Keeper, SecretsError};
use keyring::{Entry, Error};

/// The service under which the keyring's own program shows our entries.
const SERVICE: &str = "Banyan";

/// Keeps secrets in the keyring of whoever is logged in at this machine. What it keeps is never written to the shop's
/// file, to a log or to the window. Where no keyring answers, every call says so: there is no silent second place.
#[derive(Debug, Default)]
pub struct SystemKeyring;

impl Keeper for SystemKeyring {
    fn load(&self, name: &str) -> Result<Option<Vec<u8>>, SecretsError> {
        apart(|| match entry(name)?.get_secret() {
            Ok(secret) => Ok(Some(secret)),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(unreachable_keyring(&error)),
        })
    }

    fn store(&self, name: &str, secret: &[u8]) -> Result<(), SecretsError> {
        apart(|| entry(name)?.set_secret(secret).map_err(|error| unreachable_keyring(&error)))
    }
}

fn entry(name: &str) -> Result<Entry, SecretsError> {
    if let Err(error) = Entry::store_status() {
        return Err(unreachable_keyring(error));
    }
    Entry::new(SERVICE, name).map_err(|error| unreachable_keyring(&error))
}

/// Talks to the keyring on a thread of its own, because the Secret Service's client waits for answers in a way that
/// must not happen on a thread of the async runtime.
fn apart<T: Send>(talk: impl FnOnce() -> Result<T, SecretsError> + Send) -> Result<T, SecretsError> {
    std::thread::scope(|scope| match scope.spawn(talk).join() {
        Ok(answer) => answer,
        Err(_panic) => Err(SecretsError::Unreachable("the keyring's client stopped".into())),
    })
}

/// The keyring's own words say what is missing (no bus, locked, no such service) and never contain a secret.
fn unreachable_keyring(error: &Error) -> SecretsError {
    SecretsError::Unreachable(error.to_string())
}
