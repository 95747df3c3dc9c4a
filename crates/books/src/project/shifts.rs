//! Shifts, cash in and out, and what each sale kept of each tender.

use domain::{
    ids::ShiftId,
    shift::{CashMoved, ShiftClosed, ShiftOpened},
};

use crate::{batch::Batch, entry::Entry};

pub fn opened(batch: &mut Batch, entry: &Entry, opened: &ShiftOpened) {
    batch
        .statement(
            "INSERT OR IGNORE INTO shifts (id, device, till, business_date, opened_at_ms, opened_by, float_minor) VALUES (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(opened.shift.bytes().to_vec())
        .bind(entry.1.bytes().to_vec())
        .bind(opened.till.clone())
        .bind(entry.6.clone())
        .bind(entry.5.0)
        .bind(entry.7.map(|person| person.bytes().to_vec()))
        .bind(opened.float_minor);
}

pub fn moved(batch: &mut Batch, number: i64, entry: &Entry, moved: &CashMoved) {
    batch
        .statement(
            "INSERT INTO cash_moves (entry, shift, way, amount_minor, reason, at_ms, person) SELECT ?, key, ?, ?, ?, ?, ? FROM shifts WHERE id = ?",
        )
        .bind(number)
        .bind(moved.way.word())
        .bind(moved.amount_minor)
        .bind(moved.reason.clone())
        .bind(entry.5.0)
        .bind(entry.7.map(|person| person.bytes().to_vec()))
        .bind(moved.shift.bytes().to_vec());
}

pub fn closed(batch: &mut Batch, number: i64, entry: &Entry, closed: &ShiftClosed) {
    batch
        .statement("UPDATE shifts SET number = ?, closed_entry = ?, closed_at_ms = ?, closed_by = ?, counted_minor = ?, expected_minor = ? WHERE id = ? AND number IS NULL")
        .bind(closed.number.clone())
        .bind(number)
        .bind(entry.5.0)
        .bind(entry.7.map(|person| person.bytes().to_vec()))
        .bind(closed.counted_minor)
        .bind(closed.expected_minor)
        .bind(closed.shift.bytes().to_vec());
    super::count_up(batch, "z", &closed.number);
}

/// What a document of the till kept of each tender, and the shift it belongs to.
pub fn takings(batch: &mut Batch, number: i64, entry: &Entry, shift: Option<ShiftId>, kept: &[(&str, i64)]) {
    let shift = shift.map(|shift| shift.bytes().to_vec());
    if shift.is_some() {
        batch.statement("UPDATE sales SET shift = (SELECT key FROM shifts WHERE id = ?) WHERE entry = ?").bind(shift.clone()).bind(number);
    }
    if kept.is_empty() {
        return;
    }
    batch.statement("INSERT INTO takings (entry, kind, business_date, shift, amount_minor) VALUES");
    for (kind, minor) in kept {
        batch
            .row("(?, ?, ?, (SELECT key FROM shifts WHERE id = ?), ?)")
            .bind(number)
            .bind((*kind).to_owned())
            .bind(entry.6.clone())
            .bind(shift.clone())
            .bind(*minor);
    }
}
