//! Goals 1 to 3: the whole posting of a sale, asked through the menu as the till asks, against the same rows written by SQLite alone.

use std::path::{Path, PathBuf};

use crate::{
    Bench, Fault, SEED,
    chance::Chance,
    measure::{Ratio, Samples, processor_time, timed_async},
    report::{Found, Goal, Line},
    shop::{Desk, Stock, ticket},
    statements::counted,
    twin::{Reader, Twin},
};

/// Products that are sold; each is sold before anything is measured.
pub const SHELF: usize = 200;
/// Sales before anything is measured.
const WARM: usize = 300;

const WHOLE: &str =
    "each call to SQLite goes to the connection's thread and back; the sale still makes several of them, and prepares the receipt's rows";
const PROCESSOR: &str = "hashing, the entry's bytes, the receipt and the hops between threads cost processor time that the floor does not have";
const SCHEMA: &str = "the lists of sales, products and the month need their indexes";
const CALLS: &str =
    "what the rule reads (shelf, buyer, chain, plan, counter) is asked call by call inside the write transaction, before the one call that writes";

/// Sells to random buyers: the till's question for round after round.
pub struct Selling<'s> {
    stock: &'s Stock,
    /// Who buys.
    pub buyers: Vec<usize>,
    chance: Chance,
}

impl<'s> Selling<'s> {
    /// To these buyers.
    pub fn to(stock: &'s Stock, buyers: Vec<usize>, seed: u64) -> Self {
        Self { stock, buyers, chance: Chance::new(seed) }
    }

    /// The next ticket.
    pub fn next(&mut self) -> serde_json::Value {
        let buyer = self.buyers[self.chance.below(self.buyers.len())];
        let id = uuid::Builder::from_random_bytes(self.chance.id()).into_uuid();
        ticket(self.stock, buyer, SHELF, id, &mut self.chance)
    }
}

/// Members with at least two above them.
pub fn buyers(stock: &Stock) -> Vec<usize> {
    (0..stock.members.len()).filter(|place| stock.above[*place].is_some_and(|above| stock.above[above].is_some())).collect()
}

/// Opens a shop after it has sold a while, so that what is new only once is not measured; the copy for the floor is made in between.
pub async fn warm(bench: &Bench, path: &Path, selling: &mut Selling<'_>) -> Result<PathBuf, Fault> {
    let desk = Desk::open(path, &bench.device, SEED + 1).await?;
    for _ in 0..WARM {
        desk.ask("record_sale", selling.next()).await?;
    }
    desk.close().await
}

/// Goals 1, 2 and 3.
pub async fn goals(bench: &Bench) -> Result<Vec<Line>, Fault> {
    let (ours, stock) = bench.copy("sales.banyan").await?;
    let mut selling = Selling::to(stock, buyers(stock), SEED + 2);
    warm(bench, &ours, &mut selling).await?;
    let mut lines = wall(bench, &ours, &mut selling).await?;
    lines.extend(processor(bench, &ours, &mut selling).await?);
    Ok(lines)
}

async fn wall(bench: &Bench, ours: &Path, selling: &mut Selling<'_>) -> Result<Vec<Line>, Fault> {
    let mut twin = Twin::copy(&bench.device, ours, &bench.folder.join("twin.db"))?;
    let mut bare = Twin::bare(&bench.device, ours, &bench.folder.join("bare.db"))?;
    let desk = Desk::open(ours, &bench.device, SEED + 3).await?;
    let reader = Reader::open(&bench.device, ours)?;
    let rounds = bench.rounds(1_000);
    let (mut whole, mut same, mut bones, mut row_count) = (Samples::default(), Samples::default(), Samples::default(), 0);
    for round in 0..rounds {
        let question = selling.next();
        let (answer, nanos) = timed_async(desk.ask("record_sale", question)).await;
        answer?;
        let rows = reader.newest()?;
        row_count += rows.len();
        let (one, other) = (twin.write(&rows)?, bare.write(&rows)?);
        // The first tenth warms caches and statements on all sides alike.
        if round >= rounds / 10 {
            whole.push(nanos);
            same.push(one);
            bones.push(other);
        }
    }
    let (calls, commits, log) = counts(bench, &desk, selling).await?;
    desk.close().await?;
    let million = format!("{} members", bench.members);
    Ok(vec![
        Line::ratio(
            "1",
            format!("whole posting, wall, FULL, {million}"),
            "same rows, same schema, direct SQLite",
            Goal::AtMost(Ratio(130)),
            (&whole, &same),
            WHOLE,
        )
        .with("rows_per_sale", row_count / rounds.max(1)),
        Line::ratio("2", "our schema, FULL", "the same rows in bare tables", Goal::AtMost(Ratio(180)), (&same, &bones), SCHEMA),
        Line::new(
            "3",
            "fsyncs per sale",
            "counted: commits in the log, each synced once",
            Goal::AtMost(Ratio(100)),
            Found::Ratio(commits),
            "a sale is more than one transaction",
        ),
        Line::new("3", "hops to SQLite's thread per sale", "counted: calls of sqlx", Goal::AtMost(Ratio(100)), Found::Ratio(calls), CALLS),
        Line::new("3", format!("log per sale, {million}"), "counted: bytes of the log", Goal::Count(110), Found::Count(log, "KB"), SCHEMA),
    ])
}

/// Over a hundred sales: calls, commits and log bytes of one, the bytes in thousands.
async fn counts(bench: &Bench, desk: &Desk, selling: &mut Selling<'_>) -> Result<(Ratio, Ratio, u64), Fault> {
    let sales = u64::try_from(bench.rounds(1_000) / 10).unwrap_or(1);
    // A log that nobody moves into the file only grows, so its growth and its commits are those of these sales.
    let log = log_of(&desk.path);
    let before = commits(&log)?;
    let mut calls = 0;
    for _ in 0..sales {
        let (answer, more) = counted(desk.ask("record_sale", selling.next())).await;
        answer?;
        calls += more;
    }
    let after = commits(&log)?;
    let (frames, bytes) = if after.1 >= before.1 { (after.0 - before.0, after.1 - before.1) } else { after };
    Ok((Ratio::of(calls, sales), Ratio::of(frames, sales), bytes / sales / 1_000))
}

fn log_of(shop: &Path) -> PathBuf {
    let mut log = shop.as_os_str().to_owned();
    log.push("-wal");
    log.into()
}

/// Commits in a write-ahead log, and its bytes: a frame that ends a transaction carries the file's size (SQLite's file format, section 4.1).
fn commits(log: &Path) -> Result<(u64, u64), Fault> {
    let bytes = std::fs::read(log)?;
    let word = |at: usize| bytes.get(at..at + 4).and_then(|word| word.try_into().ok()).map_or(0, u32::from_be_bytes);
    let page = usize::try_from(word(8)).unwrap_or(4096).max(512);
    let salt = (word(16), word(20));
    let (mut at, mut commits) = (32, 0);
    // Frames of an earlier round of the log have another salt and do not count.
    while at + 24 + page <= bytes.len() && (word(at + 8), word(at + 12)) == salt {
        commits += u64::from(word(at + 4) != 0);
        at += 24 + page;
    }
    Ok((commits, u64::try_from(at).unwrap_or(0)))
}

/// Processor time of both sides on files in memory, where waiting for a disk costs nothing.
async fn processor(bench: &Bench, ours: &Path, selling: &mut Selling<'_>) -> Result<Vec<Line>, Fault> {
    let what = "whole posting, processor time, no waiting for a disk";
    let memory = Path::new("/dev/shm");
    if !memory.is_dir() || processor_time() == 0 {
        return Ok(vec![Line::without("1", what, Goal::AtMost(Ratio(150)), "this system has no /dev/shm, or does not tell processor time")]);
    }
    let folder = tempfile::Builder::new().prefix("banyan-bench").tempdir_in(memory)?;
    let (shop, twin) = (folder.path().join("shop.banyan"), folder.path().join("twin.db"));
    std::fs::copy(ours, &shop)?;
    let mut twin = Twin::copy(&bench.device, ours, &twin)?;
    let desk = Desk::open(&shop, &bench.device, SEED + 4).await?;
    let reader = Reader::open(&bench.device, &shop)?;
    let rounds = bench.rounds(500);
    let (mut whole, mut same) = (Samples::default(), Samples::default());
    for round in 0..rounds {
        let question = selling.next();
        let began = processor_time();
        desk.ask("record_sale", question).await?;
        let ours = processor_time() - began;
        let rows = reader.newest()?;
        let began = processor_time();
        twin.write(&rows)?;
        let floor = processor_time() - began;
        if round >= rounds / 10 {
            whole.push(ours);
            same.push(floor);
        }
    }
    desk.close().await?;
    Ok(vec![Line::ratio("1", what, "same rows, same schema, direct SQLite", Goal::AtMost(Ratio(150)), (&whole, &same), PROCESSOR)])
}
