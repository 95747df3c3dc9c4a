//! What is typed after `banyan`.

use std::path::{Path, PathBuf};

use app::{Failure, failure::DoorRefusal};
use clap::{Parser, Subcommand};
use serde_json::Value;

/// The shop for scripts: answers as JSON on standard output; exit code 0 done, 1 broken, 2 refused or not valid, 3 the books differ.
///
/// The PIN is read from BANYAN_PIN; where the system has no keyring, the passphrase from BANYAN_PASSPHRASE; books that another device locked are opened
/// by the recovery key from BANYAN_RECOVERY_KEY. At a terminal what is missing is asked for.
#[derive(Debug, Parser)]
#[command(name = "banyan", version)]
pub struct Arguments {
    /// The shop's file; BANYAN_SHOP where it is not given.
    #[arg(long, global = true)]
    shop: Option<PathBuf>,
    /// Who asks; the first person of the shop where it is not given.
    #[arg(long = "as", global = true)]
    pub person: Option<String>,
    /// What to do.
    #[command(subcommand)]
    pub task: Task,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub enum Task {
    /// Makes a shop: {"name","currency","language","owner","pin","sample"}.
    Setup {
        /// JSON, or @FILE, or - for standard input.
        draft: String,
    },
    /// Brings in products, members or sales from a CSV or XLSX file.
    Import {
        /// products, members or sales.
        kind: String,
        /// The file.
        path: PathBuf,
        /// Name of the earlier system; with the number it makes a sale unique.
        #[arg(long, default_value = "file")]
        system: String,
        /// Uplines earn on imported sales by the plan of the sale's day.
        #[arg(long)]
        earn: bool,
        /// Only look through the file.
        #[arg(long)]
        dry_run: bool,
    },
    /// Records a sale.
    Sell {
        /// The ticket as JSON, or @FILE, or - for standard input.
        draft: String,
    },
    /// The commission report of a month.
    Report {
        /// YYYY-MM.
        month: String,
        /// Write it to this .xlsx or .csv instead of printing JSON.
        #[arg(long)]
        to: Option<PathBuf>,
    },
    /// Closes a month: works it out and prints the sums; with --release what was worked out becomes facts and statements.
    Close {
        /// YYYY-MM.
        month: String,
        /// Release the statements.
        #[arg(long)]
        release: bool,
    },
    /// Compensation plans in files.
    Plan {
        /// Which.
        #[command(subcommand)]
        task: PlanTask,
    },
    /// Prices a sale in a file.
    Quote {
        /// The scenario.
        file: PathBuf,
    },
    /// Checks the chain of hashes, the sums and every projection.
    Verify,
    /// Says whether a commission statement is the one that was released: by its PDF file, or by its number and the hash printed on it. Exits 3 where it
    /// is not.
    VerifyStatement {
        /// The PDF file, or the statement's number.
        paper: String,
        /// The hash, where a number was given.
        hash: Option<String>,
    },
    /// Opens books that another device locked by their recovery key, which this device keeps from then on.
    Unlock,
    /// Goes back to a copy; where there is no shop yet, brings the books to this device.
    Restore {
        /// The copy.
        from: PathBuf,
    },
    /// Writes a whole copy of the books.
    Backup {
        /// A file that is not there yet.
        to: PathBuf,
    },
    /// Any command of the menu.
    Ask {
        /// Its name.
        command: String,
        /// The question as JSON, or @FILE, or - for standard input.
        question: Option<String>,
    },
    /// Does the main job without a window: a sample shop, a sale, its receipt, the month's report as a sheet.
    Tour {
        /// Where the files go.
        #[arg(long, default_value = "out")]
        out: PathBuf,
        /// zh-CN or en.
        #[arg(long, default_value = "zh-CN")]
        language: String,
    },
}

/// Plans in files.
#[derive(Debug, Subcommand)]
pub enum PlanTask {
    /// Runs a scenario and prints statements and postings.
    Run {
        /// The scenario.
        scenario: PathBuf,
    },
    /// Proves the bound of a plan and checks it against the law. Exits 0 whatever it finds: the check was done, and `allowed` in its answer is the verdict;
    /// 2 only where the file is no plan.
    Check {
        /// The plan.
        plan: PathBuf,
        /// CN, US, EU or none.
        #[arg(long, default_value = "CN")]
        jurisdiction: String,
        /// {"products":[{"net":"10.00", …}]}
        #[arg(long)]
        catalogue: Option<PathBuf>,
        /// What the check has to know of the shop.
        #[arg(long)]
        facts: Option<PathBuf>,
    },
}

impl Arguments {
    /// The shop's file.
    pub fn shop(&self) -> Result<PathBuf, Failure> {
        let shop = self.shop.clone().or_else(|| std::env::var_os("BANYAN_SHOP").map(PathBuf::from));
        shop.ok_or_else(|| DoorRefusal::File { path: String::new(), reason: "name the shop's file with --shop or BANYAN_SHOP".into() }.into())
    }
}

impl Task {
    /// False for what is done from files alone.
    pub fn needs_shop(&self) -> bool {
        match self {
            Self::Plan { .. } | Self::Quote { .. } | Self::Tour { .. } => false,
            Self::Setup { .. } | Self::Import { .. } | Self::Sell { .. } | Self::Report { .. } | Self::Close { .. } => true,
            Self::VerifyStatement { .. } | Self::Verify | Self::Unlock | Self::Restore { .. } | Self::Backup { .. } | Self::Ask { .. } => true,
        }
    }
}

/// The text of a file; `-` is standard input.
pub fn text_of(path: &Path) -> Result<String, Failure> {
    let read = if path == Path::new("-") { std::io::read_to_string(std::io::stdin()) } else { std::fs::read_to_string(path) };
    read.map_err(|error| DoorRefusal::File { path: path.display().to_string(), reason: error.to_string() }.into())
}

/// JSON as typed, from `@FILE`, or from standard input.
pub fn json_of(typed: &str) -> Result<Value, Failure> {
    let text = match (typed, typed.strip_prefix('@')) {
        ("-", _) => text_of(Path::new("-"))?,
        (_, Some(path)) => text_of(Path::new(path))?,
        (typed, None) => typed.to_owned(),
    };
    serde_json::from_str(&text).map_err(|error| DoorRefusal::BadQuestion { command: "question".into(), reason: error.to_string() }.into())
}
