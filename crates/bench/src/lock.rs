//! What the lock costs: the same rows in a locked file and in a plain one, by the same SQLite. A commit as a till makes it, and a whole scan as a report does.

use std::path::Path;

use books::FileKey;
use rusqlite::{Connection, params};

use crate::{
    Bench, Fault, SEED,
    chance::Chance,
    measure::{Samples, timed},
    report::{Goal, Line},
    shop::remove,
};

/// Bytes of a row: about those of a sale's line with its entry.
const ROW: usize = 160;

/// Both ways, by turns.
pub async fn goal(bench: &Bench) -> Result<Vec<Line>, Fault> {
    let key = FileKey::of(&[7; 16]);
    let mut locked = filled(&bench.folder.join("locked.db"), Some(&key), bench.rounds(100_000))?;
    let mut plain = filled(&bench.folder.join("plain.db"), None, bench.rounds(100_000))?;
    let (mut commits, mut plain_commits) = (Samples::default(), Samples::default());
    let mut chance = Chance::new(SEED + 90);
    let mut bytes = [0; ROW];
    for _ in 0..bench.rounds(1_000) {
        chance.fill(&mut bytes);
        commits.push(commit(&mut locked, &bytes)?);
        plain_commits.push(commit(&mut plain, &bytes)?);
    }
    let (mut scans, mut plain_scans) = (Samples::default(), Samples::default());
    for _ in 0..bench.rounds(30).max(3) {
        scans.push(scan(&locked)?);
        plain_scans.push(scan(&plain)?);
    }
    Ok(vec![
        Line::ratio("lock", "a commit of ten rows, FULL, locked file", "the same, plain file", Goal::None, (&commits, &plain_commits), ""),
        Line::ratio(
            "lock",
            "every row read from a locked file, larger than its cache",
            "the same, plain file",
            Goal::None,
            (&scans, &plain_scans),
            "",
        ),
    ])
}

fn filled(path: &Path, key: Option<&FileKey>, rows: usize) -> Result<Connection, Fault> {
    remove(path)?;
    let mut file = Connection::open(path)?;
    if let Some(key) = key {
        file.execute_batch(&format!("PRAGMA key = {}", key.pragma()))?;
    }
    file.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -2000; CREATE TABLE rows (key INTEGER PRIMARY KEY, bytes BLOB);",
    )?;
    let mut chance = Chance::new(SEED + 91);
    let mut bytes = [0; ROW];
    let writing = file.transaction()?;
    {
        let mut insert = writing.prepare("INSERT INTO rows (bytes) VALUES (?)")?;
        for _ in 0..rows {
            chance.fill(&mut bytes);
            insert.execute(params![bytes.as_slice()])?;
        }
    }
    writing.commit()?;
    file.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
    Ok(file)
}

fn commit(file: &mut Connection, bytes: &[u8]) -> Result<u64, Fault> {
    let (done, nanos) = timed(|| -> Result<(), rusqlite::Error> {
        let writing = file.transaction()?;
        for _ in 0..10 {
            writing.prepare_cached("INSERT INTO rows (bytes) VALUES (?)")?.execute(params![bytes])?;
        }
        writing.commit()
    });
    done?;
    Ok(nanos)
}

fn scan(file: &Connection) -> Result<u64, Fault> {
    let (sum, nanos) =
        timed(|| file.query_row("SELECT sum(length(bytes)), sum(unicode(hex(substr(bytes, 1, 1)))) FROM rows", [], |row| row.get::<_, i64>(0)));
    sum?;
    Ok(nanos)
}
