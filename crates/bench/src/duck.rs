//! DuckDB as a process beside the bench: it times its own answers, so that nothing of the way there and back is counted against it.

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use crate::{Bench, Fault};

/// The running process.
pub struct Duck {
    child: Child,
    asks: ChildStdin,
    answers: BufReader<ChildStdout>,
}

/// One answer.
#[derive(Debug, Clone, Copy)]
pub struct Answer {
    /// Nanoseconds, as DuckDB's own process counted them.
    pub nanos: u64,
    /// Rows of the result.
    pub rows: u64,
}

impl Duck {
    /// Loads the CSV files of a folder into DuckDB's own file.
    pub fn load(bench: &Bench, folder: &Path) -> Result<Self, Fault> {
        let room = bench.root.join("crates/bench/duckdb");
        if !room.join("node_modules").is_dir() {
            return Err(Fault("DuckDB is not installed: npm could not be asked for the packages of crates/bench/duckdb".into()));
        }
        let mut child = Command::new("node")
            .arg(room.join("questions.mjs"))
            .arg(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| Fault(format!("Node cannot be started: {error}")))?;
        let (Some(asks), Some(answers)) = (child.stdin.take(), child.stdout.take()) else { return Err(Fault("Node has no pipes".into())) };
        let mut duck = Self { child, asks, answers: BufReader::new(answers) };
        match duck.line()?.as_str() {
            "ready" => Ok(duck),
            other => Err(Fault(format!("DuckDB did not load the month: {other}"))),
        }
    }

    /// Asks one of the questions of `questions.mjs`.
    pub fn ask(&mut self, question: &str) -> Result<Answer, Fault> {
        writeln!(self.asks, "{question}")?;
        let line = self.line()?;
        let mut words = line.split(' ').map(str::parse::<u64>);
        match (words.next(), words.next()) {
            (Some(Ok(nanos)), Some(Ok(rows))) => Ok(Answer { nanos, rows }),
            _ => Err(Fault(format!("DuckDB answered {question} with: {line}"))),
        }
    }

    fn line(&mut self) -> Result<String, Fault> {
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        Ok(line.trim().to_owned())
    }
}

impl Drop for Duck {
    fn drop(&mut self) {
        // It ends by itself once its input closes; this only makes sure.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
