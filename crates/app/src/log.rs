//! What the program writes down for whoever helps: no names, no amounts, no texts of anybody, only what broke and where.
//!
//! Invariant: a line is made of the program's own words: commands, codes of refusals, traces of failures, versions. The person's folder is written `~`.

use std::{
    io::Write,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

/// A file grows to this size, then it steps back; four old ones stay.
const MOST_BYTES: u64 = 256 << 10;
const OLD: u32 = 4;
const FILE: &str = "banyan.log";
const CRASH: &str = "crash.txt";

/// The log of one shop's program.
#[derive(Debug)]
pub struct Log {
    folder: PathBuf,
    writing: Mutex<()>,
}

impl Log {
    /// The log beside a shop's file, in `<name>-logs`. Nothing is written before the first line.
    pub fn beside(shop: &Path) -> Self {
        let stem = shop.file_stem().map_or_else(|| "shop".into(), |stem| stem.to_string_lossy().into_owned());
        Self { folder: shop.with_file_name(format!("{stem}-logs")), writing: Mutex::default() }
    }

    /// Writes a line down. A log that cannot be written never stands in the way of anything.
    pub fn line(&self, at_ms: i64, text: &str) {
        let _alone = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let moment = jiff::Timestamp::from_millisecond(at_ms).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        let line = format!("{moment} {}\n", without_home(text).replace('\n', " ⏎ "));
        drop(self.append(line.as_bytes()));
    }

    /// The newest lines, oldest first, at most so many bytes of them.
    pub fn tail(&self, most: usize) -> String {
        let mut text = String::new();
        for name in (0..=OLD).rev().map(name_of) {
            text.push_str(&std::fs::read_to_string(self.folder.join(name)).unwrap_or_default());
        }
        let from = text.len().saturating_sub(most);
        let from = (from..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        // A line that was cut says nothing.
        let whole = if from == 0 { 0 } else { text[from..].find('\n').map_or(text.len(), |end| from + end + 1) };
        text.split_off(whole)
    }

    /// Keeps what a crash said, for the next start. Called while everything falls: it only writes a file.
    pub fn keep_crash(&self, at_ms: i64, said: &str) {
        drop(std::fs::create_dir_all(&self.folder));
        drop(std::fs::write(self.folder.join(CRASH), format!("{at_ms}\n{}", without_home(said))));
        self.line(at_ms, &format!("crash: {said}"));
    }

    /// The crash that was kept: when, milliseconds since 1970 UTC, and what it said.
    pub fn crash(&self) -> Option<(i64, String)> {
        let text = std::fs::read_to_string(self.folder.join(CRASH)).ok()?;
        let (at_ms, said) = text.split_once('\n')?;
        Some((at_ms.parse().ok()?, said.to_owned()))
    }

    /// Forgets the crash.
    ///
    /// # Errors
    /// The file cannot be removed.
    pub fn forget_crash(&self) -> std::io::Result<()> {
        match std::fs::remove_file(self.folder.join(CRASH)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    fn append(&self, line: &[u8]) -> std::io::Result<()> {
        std::fs::create_dir_all(&self.folder)?;
        let path = self.folder.join(FILE);
        if std::fs::metadata(&path).is_ok_and(|about| about.len() + line.len() as u64 > MOST_BYTES) {
            for step in (0..OLD).rev() {
                let (newer, older) = (self.folder.join(name_of(step)), self.folder.join(name_of(step + 1)));
                if newer.exists() {
                    std::fs::rename(newer, older)?;
                }
            }
        }
        std::fs::OpenOptions::new().create(true).append(true).open(path)?.write_all(line)
    }
}

fn name_of(step: u32) -> String {
    if step == 0 { FILE.to_owned() } else { format!("{FILE}.{step}") }
}

/// A person's folder often is the person's name.
fn without_home(text: &str) -> String {
    let homes = ["HOME", "USERPROFILE"].into_iter().filter_map(|name| std::env::var(name).ok()).filter(|home| home.len() > 3);
    homes.fold(text.to_owned(), |text, home| text.replace(&home, "~"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_steps_back_and_never_grows_past_its_files() {
        let folder = tempfile::tempdir().expect("a folder");
        let log = Log::beside(&folder.path().join("shop.banyan"));
        assert_eq!(log.tail(1_000), "");
        for count in 0..20_000 {
            log.line(count, &format!("record_sale broke {count:06} {}", "x".repeat(60)));
        }
        let files: Vec<u64> = std::fs::read_dir(folder.path().join("shop-logs"))
            .expect("the folder")
            .map(|entry| entry.expect("an entry").metadata().expect("about it").len())
            .collect();
        assert_eq!(files.len(), 5);
        assert!(files.iter().all(|bytes| *bytes <= MOST_BYTES));
        let tail = log.tail(1_000);
        assert!(tail.ends_with(&format!("019999 {}\n", "x".repeat(60))) && tail.len() <= 1_000);
        assert!(tail.lines().all(|line| line.starts_with("1970-01-01T")), "whole lines only:\n{tail}");
    }

    #[test]
    fn a_crash_is_kept_until_it_is_forgotten() {
        let folder = tempfile::tempdir().expect("a folder");
        let log = Log::beside(&folder.path().join("shop.banyan"));
        assert_eq!(log.crash(), None);
        log.keep_crash(5, "till.rs:3: it fell\nin two lines");
        assert_eq!(log.crash(), Some((5, "till.rs:3: it fell\nin two lines".into())));
        log.forget_crash().expect("forgotten");
        log.forget_crash().expect("nothing to forget is fine");
        assert_eq!(log.crash(), None);
        assert!(log.tail(1_000).contains("crash: till.rs:3"), "the log still tells of it");
    }
}
