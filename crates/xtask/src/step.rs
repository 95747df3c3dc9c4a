//! Steps that a person can follow: which of how many, how long it took, how it ended.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::counts::Counts;

/// How a step ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// It did what it should.
    Done,
    /// It did not; the text says why.
    Failed(String),
    /// It could not be tried, because a step it needs had failed.
    Skipped(String),
}

/// One finished step.
#[derive(Debug)]
pub struct Finished {
    name: &'static str,
    end: End,
    took: Duration,
    counts: Counts,
}

/// Runs steps one after the other and keeps how each of them ended.
#[derive(Debug)]
pub struct Steps {
    of: usize,
    started: Instant,
    finished: Vec<Finished>,
}

impl Steps {
    /// Begins a run of `of` steps.
    #[must_use]
    pub fn new(of: usize) -> Self {
        Self { of, started: Instant::now(), finished: Vec::new() }
    }

    /// Does one step. While it runs its own output is shown; before and after it a line says where the run stands.
    pub fn step(&mut self, name: &'static str, work: impl FnOnce(&mut Counts) -> Result<(), String>) {
        let number = self.finished.len().saturating_add(1);
        println!("\n── {number} of {} · {name} · {} since the start", self.of, clock(self.started.elapsed()));
        let began = Instant::now();
        let mut counts = Counts::default();
        let end = match work(&mut counts) {
            Ok(()) => End::Done,
            Err(why) => End::Failed(why),
        };
        self.finish(Finished { name, end, took: began.elapsed(), counts });
    }

    /// Does one step only if all the named ones ended well; otherwise it counts as failed, because it was not shown to hold.
    pub fn step_after(&mut self, needs: &[&str], name: &'static str, work: impl FnOnce(&mut Counts) -> Result<(), String>) {
        let missing = needs.iter().find(|need| !self.done(need));
        match missing {
            None => self.step(name, work),
            Some(need) => {
                let end = End::Skipped(format!("needs `{need}`"));
                self.finish(Finished { name, end, took: Duration::ZERO, counts: Counts::default() });
            }
        }
    }

    /// Whether a step was done and ended well.
    #[must_use]
    pub fn done(&self, name: &str) -> bool {
        self.finished.iter().any(|step| step.name == name && step.end == End::Done)
    }

    /// Whether every step so far ended well.
    #[must_use]
    pub fn all_done(&self) -> bool {
        self.finished.iter().all(|step| step.end == End::Done)
    }

    /// The first step that did not end well, in words.
    #[must_use]
    pub fn first_fault(&self) -> Option<String> {
        self.finished.iter().find_map(|step| match &step.end {
            End::Done => None,
            End::Failed(why) | End::Skipped(why) => Some(format!("{}: {why}", step.name)),
        })
    }

    /// All tests of all steps. A step that failed without naming a failed test counts as one failure.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut all = Counts::default();
        for step in &self.finished {
            all.join(&step.counts);
            if step.end != End::Done && step.counts.failed == 0 {
                all.join(&Counts { failed: 1, ..Counts::default() });
            }
        }
        all
    }

    /// Prints one line per step with its seconds.
    pub fn summary(&self) {
        println!("\n── summary · {}", clock(self.started.elapsed()));
        for step in &self.finished {
            let word = match &step.end {
                End::Done => "ok",
                End::Failed(_) => "FAILED",
                End::Skipped(_) => "SKIPPED",
            };
            let tests = match &step.counts {
                Counts { passed: 0, failed: 0, .. } => String::new(),
                Counts { passed, failed, .. } => format!("  {passed} passed, {failed} failed"),
            };
            println!("{word:>8}  {:>5} s  {}{tests}", step.took.as_secs(), step.name);
            for test in &step.counts.named {
                println!("                   {test}");
            }
        }
    }

    fn finish(&mut self, step: Finished) {
        match &step.end {
            End::Done => println!("── {} · ok · {} s", step.name, step.took.as_secs()),
            End::Failed(why) => println!("── {} · FAILED · {} s · {why}", step.name, step.took.as_secs()),
            End::Skipped(why) => println!("\n── {} · SKIPPED · {why}", step.name),
        }
        self.finished.push(step);
    }
}

/// Runs a command with its output shown, and counts the tests it reports on the way.
///
/// # Errors
/// It cannot be started, or ends with another code than 0.
pub fn watch(command: &mut Command, counts: &mut Counts) -> Result<(), String> {
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| cannot_start(command, &error))?;
    if let Some(output) = child.stdout.take() {
        let mut shown = std::io::stdout().lock();
        for line in BufReader::new(output).split(b'\n') {
            let line = line.map_err(|error| format!("the output of {} broke off: {error}", name(command)))?;
            let line = String::from_utf8_lossy(&line);
            counts.read(&line);
            writeln!(shown, "{}", line.trim_end_matches('\r')).map_err(|error| format!("the terminal is gone: {error}"))?;
        }
    }
    let status = child.wait().map_err(|error| cannot_start(command, &error))?;
    ended(command, status)
}

/// Runs a command with the terminal as its own, so that it can show its progress as it likes.
///
/// # Errors
/// It cannot be started, or ends with another code than 0.
pub fn show(command: &mut Command) -> Result<(), String> {
    let status = command.status().map_err(|error| cannot_start(command, &error))?;
    ended(command, status)
}

/// Runs a command quietly and returns what it printed.
///
/// # Errors
/// It cannot be started, or ends with another code than 0; the message carries the end of what it complained about.
pub fn ask(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| cannot_start(command, &error))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(format!("{} ended with {}\n{}", name(command), output.status, String::from_utf8_lossy(&output.stderr).trim_end()))
}

fn ended(command: &Command, status: std::process::ExitStatus) -> Result<(), String> {
    if status.success() { Ok(()) } else { Err(format!("{} ended with {status}", name(command))) }
}

fn cannot_start(command: &Command, error: &std::io::Error) -> String {
    format!("{} cannot be started: {error}", name(command))
}

fn name(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program()).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut words = vec![program];
    words.extend(command.get_args().take(3).map(|word| word.to_string_lossy().into_owned()));
    format!("`{}`", words.join(" "))
}

/// Minutes and seconds: `4:07`.
fn clock(time: Duration) -> String {
    let seconds = time.as_secs();
    format!("{}:{:02}", seconds.div_euclid(60), seconds.rem_euclid(60))
}

#[cfg(test)]
mod tests {
    use super::{Counts, Steps, clock};
    use std::time::Duration;

    #[test]
    fn a_failed_step_is_never_silent_in_the_counts() {
        let mut steps = Steps::new(4);
        steps.step("good", |counts| {
            counts.passed = 3;
            Ok(())
        });
        steps.step("check", |_| Err("no".into()));
        steps.step("tests", |counts| {
            counts.failed = 2;
            Err("two".into())
        });
        steps.step_after(&["good", "check"], "later", |_| Ok(()));
        assert_eq!(steps.counts(), Counts { passed: 3, failed: 4, named: Vec::new() });
        assert!(!steps.all_done());
        assert_eq!(steps.first_fault().as_deref(), Some("check: no"));
    }

    #[test]
    fn the_clock_is_read_in_minutes() {
        assert_eq!(clock(Duration::from_secs(247)), "4:07");
    }
}
