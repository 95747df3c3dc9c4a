//! A place where someone sits: a window, or one run of the command line. Who is signed in here, and since when nothing was done.

use std::sync::Mutex;

use domain::{ids::PersonId, person::Role};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Session {
    /// The person.
    pub person: PersonId,
    /// As shown.
    pub name: String,
    /// What they may do.
    pub role: Role,
}

/// The place.
#[derive(Debug, Default)]
pub struct Seat(Mutex<Sitting>);

#[derive(Debug, Default)]
struct Sitting {
    session: Option<Session>,
    active_ms: i64,
}

impl Seat {
    /// Who is signed in here; nobody after `idle_ms` without a command (0: no limit).
    pub fn session(&self, now_ms: i64, idle_ms: i64) -> Option<Session> {
        let mut sitting = self.sitting();
        if idle_ms > 0 && now_ms - sitting.active_ms > idle_ms {
            sitting.session = None;
        }
        sitting.active_ms = now_ms;
        sitting.session.clone()
    }

    /// Someone sits down, or `None` stands up.
    pub fn sit(&self, session: Option<Session>, now_ms: i64) {
        let mut sitting = self.sitting();
        sitting.session = session;
        sitting.active_ms = now_ms;
    }

    fn sitting(&self) -> std::sync::MutexGuard<'_, Sitting> {
        // A panic while holding the lock cannot leave a half-written session: the two fields are set without calls between.
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
