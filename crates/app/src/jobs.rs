//! Long work: it runs beside the window, says how far it is, and can be stopped.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::sync::broadcast;
use ts_rs::TS;

use crate::{
    failure::{DoorRefusal, Failure},
    house::Notice,
    menu::Call,
};

/// What a job does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum JobKind {
    /// Looks through a file without adding anything.
    DryRun,
    /// Brings a file in.
    Import,
    /// Writes a report to a file.
    Export,
    /// Verifies the books.
    Verify,
    /// Writes a copy of the books.
    Backup,
    /// Fills the sample shop.
    Sample,
    /// Runs a draft of a plan on a past month.
    Simulate,
    /// Works a month out without recording anything.
    Close,
    /// Releases a month's statements.
    Release,
    /// Collects a report for whoever helps.
    Report,
    /// Fetches the books of a shop whose further till this is.
    Join,
    /// Puts a tag on many members, or takes it off.
    Tag,
    /// Gives a level to many members.
    Levels,
    /// Sets papers as PDF files.
    Papers,
}

/// Where a job stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct JobState {
    /// Which.
    pub job: u32,
    /// What it does.
    pub kind: JobKind,
    /// Code of the step it is in.
    pub step: String,
    /// Done so far.
    pub done: i64,
    /// Of how many; 0 where that is not known.
    pub total: i64,
    /// Began, milliseconds since 1970 UTC.
    pub began_ms: i64,
    /// How it ended, if it did.
    pub end: Option<JobEnd>,
}

/// How a job ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "end", rename_all = "snake_case")]
pub enum JobEnd {
    /// With a result; its shape is the job's.
    Done {
        /// Verdict, import report, path of a file …
        result: Value,
    },
    /// With a failure; nothing half done.
    Failed {
        /// Which.
        failure: Failure,
    },
    /// A person stopped it; nothing half done.
    Cancelled,
}

/// Each job with the flag that asks it to stop.
type Running = BTreeMap<u32, (JobState, Arc<AtomicBool>)>;

/// All jobs of this run of the program.
#[derive(Debug, Clone)]
pub struct Jobs {
    all: Arc<Mutex<Running>>,
    notices: broadcast::Sender<Notice>,
}

/// A job's own view of itself.
#[derive(Debug, Clone)]
pub struct Progress {
    job: u32,
    jobs: Jobs,
    stop: Arc<AtomicBool>,
}

impl Jobs {
    /// None yet.
    pub fn new(notices: broadcast::Sender<Notice>) -> Self {
        Self { all: Arc::default(), notices }
    }

    /// Starts a job unless one of its kind is running.
    ///
    /// # Errors
    /// `Busy`
    pub fn begin(&self, kind: JobKind, began_ms: i64) -> Result<Progress, Failure> {
        let mut all = self.all();
        if all.values().any(|(state, _)| state.kind == kind && state.end.is_none()) {
            return Err(DoorRefusal::Busy { what: format!("{kind:?}").to_lowercase() }.into());
        }
        let job = all.keys().next_back().map_or(1, |last| last + 1);
        let stop = Arc::new(AtomicBool::new(false));
        let state = JobState { job, kind, step: "starting".into(), done: 0, total: 0, began_ms, end: None };
        all.insert(job, (state, stop.clone()));
        Ok(Progress { job, jobs: self.clone(), stop })
    }

    /// Every job, oldest first.
    pub fn list(&self) -> Vec<JobState> {
        self.all().values().map(|(state, _)| state.clone()).collect()
    }

    /// Asks a job to stop.
    pub fn cancel(&self, job: u32) {
        if let Some((_, stop)) = self.all().get(&job) {
            stop.store(true, Ordering::Relaxed);
        }
    }

    fn all(&self) -> MutexGuard<'_, Running> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn update(&self, job: u32, change: impl FnOnce(&mut JobState)) {
        let state = self.all().get_mut(&job).map(|(state, _)| {
            change(state);
            state.clone()
        });
        if let Some(job) = state {
            // Nobody listening is fine.
            drop(self.notices.send(Notice::Job { job }));
        }
    }
}

impl Progress {
    /// The job.
    pub fn job(&self) -> u32 {
        self.job
    }

    /// Says how far it is.
    pub fn at(&self, step: &str, done: i64, total: i64) {
        self.jobs.update(self.job, |state| (state.step, state.done, state.total) = (step.to_owned(), done, total));
    }

    /// True once a person asked it to stop.
    pub fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Says how it ended.
    pub fn end(&self, outcome: Result<Value, Failure>) {
        let stopped = self.stopped();
        self.jobs.update(self.job, |state| {
            state.end = Some(match outcome {
                Ok(result) => JobEnd::Done { result },
                Err(_) if stopped => JobEnd::Cancelled,
                Err(failure) => JobEnd::Failed { failure },
            });
        });
    }

    /// Runs the work in the background; the answer is the job's number at once.
    pub fn run(self, work: impl Future<Output = Result<Value, Failure>> + Send + 'static) -> u32 {
        let job = self.job;
        tokio::spawn(async move {
            let outcome = work.await;
            self.end(outcome);
        });
        job
    }
}

/// Every job of this run.
pub async fn jobs(call: &Call<'_>, (): ()) -> Result<Vec<JobState>, Failure> {
    Ok(call.house.jobs.list())
}

/// Asks a job to stop.
pub async fn cancel_job(call: &Call<'_>, job: u32) -> Result<(), Failure> {
    call.house.jobs.cancel(job);
    Ok(())
}
