//! Where the house stands on this machine.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The folders every command needs.
#[derive(Debug, Clone)]
pub struct Home {
    /// The root of the workspace.
    pub root: PathBuf,
    /// Where Cargo builds, with respect to the person's own settings.
    pub target: PathBuf,
}

impl Home {
    /// Asks Cargo for both folders.
    ///
    /// # Errors
    /// Cargo cannot be started or does not understand the workspace; the message carries its words.
    pub fn find() -> Result<Self, String> {
        let output =
            cargo().args(["metadata", "--no-deps", "--format-version", "1"]).output().map_err(|error| format!("cargo cannot be started: {error}"))?;
        if !output.status.success() {
            return Err(format!("cargo does not understand the workspace:\n{}", String::from_utf8_lossy(&output.stderr)));
        }
        let described: serde_json::Value =
            serde_json::from_slice(&output.stdout).map_err(|error| format!("cargo's description cannot be read: {error}"))?;
        let folder = |name: &str| described[name].as_str().map(PathBuf::from).ok_or_else(|| format!("cargo's description has no `{name}`"));
        Ok(Self { root: folder("workspace_root")?, target: folder("target_directory")? })
    }

    /// A program that Cargo has built, by its name without the system's ending.
    #[must_use]
    pub fn built(&self, release: bool, name: &str) -> PathBuf {
        let profile = if release { "release" } else { "debug" };
        with_ending(&self.target.join(profile).join(name))
    }

    /// A tool of the tests, installed below the target folder by its name without the system's ending.
    #[must_use]
    pub fn tool(&self, name: &str) -> PathBuf {
        with_ending(&self.target.join("tools").join("bin").join(name))
    }

    /// A folder of the house.
    #[must_use]
    pub fn room(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }
}

/// Cargo, the one that started this program where there was one.
#[must_use]
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// npm, which is a script on Windows and must be named as such.
#[must_use]
pub fn npm() -> Command {
    Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
}

fn with_ending(program: &Path) -> PathBuf {
    let mut named = program.as_os_str().to_owned();
    named.push(std::env::consts::EXE_SUFFIX);
    PathBuf::from(named)
}
