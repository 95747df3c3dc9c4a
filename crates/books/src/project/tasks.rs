//! Tasks that were settled.

use domain::task::TaskSettled;

use crate::{batch::Batch, entry::Entry};

/// What was said last stands.
pub fn settled(batch: &mut Batch, number: i64, entry: &Entry, settled: &TaskSettled) {
    batch
        .statement("INSERT OR REPLACE INTO tasks_settled (task, done, reason, person, business_date, entry) VALUES (?, ?, ?, ?, ?, ?)")
        .bind(settled.task.clone())
        .bind(settled.done.word())
        .bind(settled.reason.clone())
        .bind(entry.7.map(|person| person.bytes().to_vec()))
        .bind(entry.6.clone())
        .bind(number);
}
