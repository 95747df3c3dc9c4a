//! Speed: every goal of the house as a ratio of medians, both sides in one run.
//!
//! Invariant: a figure is never compared with a figure of another run or another machine. Each goal names its floor, the floor does the same work in the same
//! process (or beside it) by turns, and what misses says why.

mod chance;
mod duck;
mod engine;
mod flat;
mod import;
mod measure;
mod members;
mod month;
mod posting;
mod report;
mod scan;
mod search;
mod shop;
mod start;
mod statements;
mod tail;
mod twin;
mod window;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

use report::Line;
use serde_json::json;
use shop::{Device, Stock};

/// Everything that is made by chance is made from this.
const SEED: u64 = 20_260_310;

/// Why a goal could not be measured.
#[derive(Debug, Clone)]
pub struct Fault(pub String);

macro_rules! faults {
    ($($error:ty),+) => {
        $(impl From<$error> for Fault {
            fn from(error: $error) -> Self {
                Self(error.to_string())
            }
        })+
    };
}
faults!(app::Failure, books::BooksError, rusqlite::Error, std::io::Error, serde_json::Error, tokio::task::JoinError);

/// What the goals share.
pub struct Bench {
    /// Where files are made; emptied at the end.
    pub folder: PathBuf,
    /// The keys of this run's shops.
    pub device: Device,
    /// Members of the large shop.
    pub members: usize,
    /// Fewer rounds, for trying the bench itself.
    pub quick: bool,
    /// Where the repository is.
    pub root: PathBuf,
    began: Instant,
    large: tokio::sync::OnceCell<(PathBuf, Stock)>,
}

impl Bench {
    /// Rounds of a goal: fewer when trying.
    pub fn rounds(&self, rounds: usize) -> usize {
        if self.quick { (rounds / 10).max(20) } else { rounds }
    }

    /// Says what is going on.
    pub fn say(&self, what: &str) {
        eprintln!("   {:>3} s  {what}", self.began.elapsed().as_secs());
    }

    /// The large shop, closed; whoever changes it copies it first.
    pub async fn large(&self) -> Result<&(PathBuf, Stock), Fault> {
        self.large
            .get_or_try_init(|| async {
                self.say(&format!("filling a shop of {} members and 100,000 products", self.members));
                let path = self.folder.join("large.banyan");
                let stock = shop::filled(&path, &self.device, self.members, 100_000, SEED).await?;
                let depths = chance::depths(&stock.above);
                let sum: u64 = depths.iter().map(|depth| u64::from(*depth)).sum();
                self.say(&format!("{} members, mean depth {}", stock.members.len(), sum / u64::try_from(depths.len().max(1)).unwrap_or(1)));
                Ok((path, stock))
            })
            .await
    }

    /// A copy of the large shop to change.
    pub async fn copy(&self, name: &str) -> Result<(PathBuf, &Stock), Fault> {
        let (large, stock) = self.large().await?;
        Ok((self.copy_of(large, name)?, stock))
    }

    /// A copy of any closed shop.
    pub fn copy_of(&self, shop: &Path, name: &str) -> Result<PathBuf, Fault> {
        let path = self.folder.join(name);
        shop::remove(&path)?;
        std::fs::copy(shop, &path)?;
        Ok(path)
    }
}

struct Asked {
    goal: Option<String>,
    members: usize,
    quick: bool,
    root: PathBuf,
    out: PathBuf,
}

fn asked() -> Result<Asked, Fault> {
    let mut words = std::env::args().skip(1);
    let here = PathBuf::from(".");
    let mut asked = Asked { goal: None, members: 1_000_000, quick: false, root: here.clone(), out: here };
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| Fault(format!("{word} needs a value")));
        match word.as_str() {
            "--goal" => asked.goal = Some(value()?),
            "--members" => asked.members = value()?.parse().map_err(|_| Fault("--members needs a number".into()))?,
            "--quick" => asked.quick = true,
            "--root" => asked.root = value()?.into(),
            "--out" => asked.out = value()?.into(),
            _ => return Err(Fault(format!("there is no option {word}"))),
        }
    }
    asked.members = asked.members.max(2_000);
    Ok(asked)
}

fn main() -> ExitCode {
    let outcome = asked().and_then(|asked| {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        runtime.block_on(run(asked))
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Fault(why)) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

async fn run(asked: Asked) -> Result<(), Fault> {
    statements::listen();
    let folder = asked.out.join("shops");
    std::fs::create_dir_all(&folder)?;
    let bench = Bench {
        folder,
        device: Device::default(),
        members: asked.members,
        quick: asked.quick,
        root: asked.root,
        began: Instant::now(),
        large: tokio::sync::OnceCell::new(),
    };
    eprintln!("seed {SEED}, {} members{}", bench.members, if bench.quick { ", quick" } else { "" });
    let mut lines: Vec<Line> = Vec::new();
    macro_rules! goals {
        ($($numbers:literal => $name:literal, $goal:expr;)+) => {
            $(if asked.goal.as_deref().is_none_or(|goal| $numbers.split(' ').any(|number| number == goal)) {
                bench.say(concat!("goal ", $numbers, ": ", $name));
                match $goal.await {
                    Ok(more) => lines.extend(more),
                    Err(Fault(why)) => lines.push(Line::without($numbers, $name, report::Goal::None, why)),
                }
            })+
        };
    }
    goals! {
        "1 2 3" => "posting a sale", posting::goals(&bench);
        "4" => "posting, small shop and large", flat::goal(&bench);
        "5" => "the tail of posting", tail::goal(&bench);
        "6" => "closing the month", month::close(&bench);
        "7" => "the report's page", month::page(&bench);
        "9" => "search", search::goal(&bench);
        "10" => "import", import::goal(&bench);
        "11" => "start", start::goal(&bench);
        "order" => "earnings of one sale", engine::at_sale(&bench);
        "close" => "a full close", engine::full_close(&bench);
        "members" => "the member centre", members::goal(&bench);
        "scan" => "from scan to line", scan::goal(&bench);
        "13" => "the window", window::goal(&bench);
    }
    let head = json!({"seed": SEED, "members": bench.members, "quick": bench.quick, "seconds": bench.began.elapsed().as_secs(),
        "processors": std::thread::available_parallelism().map_or(0, std::num::NonZero::get),
        "system": std::env::consts::OS, "machine": std::env::consts::ARCH});
    let name = if asked.goal.is_some() || bench.quick || bench.members != 1_000_000 { "part.json" } else { "speed.json" };
    std::fs::write(asked.out.join(name), serde_json::to_string_pretty(&report::json(&lines, head))?)?;
    println!("\n{}", report::table(&lines));
    eprintln!("   kept in {}", asked.out.join(name).display());
    std::fs::remove_dir_all(&bench.folder)?;
    Ok(())
}
