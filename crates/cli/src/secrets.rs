//! What opens the books for the command line: the keyring by itself, else a passphrase, else the recovery key; from the environment, or asked for where
//! a person sits at the terminal.

use std::io::IsTerminal;

use app::{Failure, failure::DoorRefusal};
use serde_json::{Value, json};

use crate::Desk;

/// Opens what keeps the shop closed, as far as environment and person allow; what is still missing then is said by the command itself.
pub async fn open(desk: &Desk) -> Result<(), Failure> {
    let state = desk.ask("setup_state", Value::Null).await?;
    let passphrase = match std::env::var("BANYAN_PASSPHRASE") {
        Ok(passphrase) => Some(passphrase),
        Err(_) if state["needs_passphrase"].is_string() => asked("Passphrase of this device: ")?,
        Err(_) => None,
    };
    if let Some(passphrase) = passphrase {
        desk.ask("open_vault", json!(passphrase)).await?;
    }
    let state = desk.ask("setup_state", Value::Null).await?;
    if let Some(path) = state["locked"].as_str() {
        let typed = recovery_key(Some("Recovery key of these books: "))?.ok_or_else(|| DoorRefusal::Locked { path: path.to_owned() })?;
        desk.ask("unlock_books", json!({"recovery_key": typed})).await?;
    }
    Ok(())
}

/// The recovery key of the environment, or asked for with these words.
pub fn recovery_key(words: Option<&str>) -> Result<Option<String>, Failure> {
    match (std::env::var("BANYAN_RECOVERY_KEY"), words) {
        (Ok(typed), _) => Ok(Some(typed)),
        (Err(_), Some(words)) => asked(words),
        (Err(_), None) => Ok(None),
    }
}

/// Asks a person without showing what is typed; nobody is asked where no terminal is.
fn asked(words: &str) -> Result<Option<String>, Failure> {
    if !std::io::stdin().is_terminal() {
        return Ok(None);
    }
    rpassword::prompt_password(words).map(Some).map_err(|error| Failure::Broken { trace: format!("the terminal: {error}") })
}
