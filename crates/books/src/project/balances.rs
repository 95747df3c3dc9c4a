//! Money paid into balances, what went back of it, and what each tender kept.

use domain::{
    balance::{BalanceToppedUp, TopUpRefunded},
    ids::ShiftId,
};

use crate::{batch::Batch, entry::Entry};

pub fn topped_up(batch: &mut Batch, number: i64, entry: &Entry, top_up: &BalanceToppedUp) {
    batch
        .statement("INSERT INTO top_ups (entry, id, number, member, business_date, at_ms, amount_minor, bonus_minor) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(number)
        .bind(top_up.top_up.bytes().to_vec())
        .bind(top_up.number.clone())
        .bind(top_up.member.bytes().to_vec())
        .bind(entry.6.clone())
        .bind(entry.5.0)
        .bind(top_up.amount_minor)
        .bind(top_up.bonus_minor);
    takings(batch, number, entry, top_up.shift, &top_up.kept());
    super::count_up(batch, "receipt", &top_up.number);
}

pub fn refunded(batch: &mut Batch, number: i64, entry: &Entry, refund: &TopUpRefunded) {
    batch
        .statement("INSERT INTO top_up_refunds (entry, top_up, number, kind, business_date, amount_minor, bonus_minor) VALUES (?, ?, ?, ?, ?, ?, ?)")
        .bind(number)
        .bind(refund.top_up.bytes().to_vec())
        .bind(refund.number.clone())
        .bind(refund.refunds.first().map(|refund| refund.kind.clone()).unwrap_or_default())
        .bind(entry.6.clone())
        .bind(refund.amount_minor)
        .bind(refund.bonus_minor);
    batch
        .statement("UPDATE top_ups SET refunded_minor = refunded_minor + ? WHERE id = ?")
        .bind(refund.amount_minor)
        .bind(refund.top_up.bytes().to_vec());
    takings(batch, number, entry, refund.shift, &refund.kept());
    super::count_up(batch, "receipt", &refund.number);
}

/// What a document that is no sale kept of each tender.
pub(super) fn takings(batch: &mut Batch, number: i64, entry: &Entry, shift: Option<ShiftId>, kept: &[(&str, i64)]) {
    if kept.is_empty() {
        return;
    }
    batch.statement("INSERT INTO owed_takings (entry, kind, business_date, shift, amount_minor) VALUES");
    for (kind, minor) in kept {
        batch
            .row("(?, ?, ?, (SELECT key FROM shifts WHERE id = ?), ?)")
            .bind(number)
            .bind((*kind).to_owned())
            .bind(entry.6.clone())
            .bind(shift.map(|shift| shift.bytes().to_vec()))
            .bind(*minor);
    }
}
