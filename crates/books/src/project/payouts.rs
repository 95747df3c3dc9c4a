//! Payouts: who asked, where each stands, which batch it went with.

use domain::payout::{PayeeSaved, PayoutState, PayoutsHeld, PayoutsMoved, PayoutsRequested};

use crate::{batch::Batch, entry::Entry, query::month_of};

pub fn payee(batch: &mut Batch, number: i64, saved: &PayeeSaved) {
    batch
        .statement(
            "INSERT INTO payees (member, channel, holder, account, bank, identity, entry) SELECT key, ?, ?, ?, ?, ?, ? FROM members WHERE id = ?
             ON CONFLICT (member) DO UPDATE SET channel = excluded.channel, holder = excluded.holder, account = excluded.account,
                bank = excluded.bank, identity = excluded.identity, entry = excluded.entry",
        )
        .bind(saved.payee.channel.clone())
        .bind(saved.payee.holder.clone())
        .bind(saved.payee.account.clone())
        .bind(saved.payee.bank.clone())
        .bind(saved.payee.identity.clone())
        .bind(number)
        .bind(saved.member.bytes().to_vec());
}

pub fn held(batch: &mut Batch, number: i64, held: &PayoutsHeld) {
    if held.held {
        batch
            .statement(
                "INSERT INTO payout_holds (member, reason, entry) SELECT key, ?, ? FROM members WHERE id = ?
                 ON CONFLICT (member) DO UPDATE SET reason = excluded.reason, entry = excluded.entry",
            )
            .bind(held.reason.clone())
            .bind(number)
            .bind(held.member.bytes().to_vec());
    } else {
        batch.statement("DELETE FROM payout_holds WHERE member = (SELECT key FROM members WHERE id = ?)").bind(held.member.bytes().to_vec());
    }
}

pub fn requested(batch: &mut Batch, number: i64, entry: &Entry, requested: &PayoutsRequested) {
    for (line, order) in (0i64..).zip(&requested.payouts) {
        batch
            .statement(
                "INSERT OR IGNORE INTO payouts (id, entry, number, member, month, amount_minor, fee_minor, channel, holder, account, bank, identity,
                    outside, state, reason, reference, date) VALUES",
            )
            .row("(?, ?, ?, coalesce((SELECT key FROM members WHERE id = ?), 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, 'requested', '', '', ?)")
            .bind(order.payout.bytes().to_vec())
            .bind(number)
            .bind(order.number.clone())
            .bind(order.member.bytes().to_vec())
            .bind(order.month.as_deref().and_then(month_of))
            .bind(order.amount_minor)
            .bind(order.fee_minor)
            .bind(order.payee.channel.clone())
            .bind(order.payee.holder.clone())
            .bind(order.payee.account.clone())
            .bind(order.payee.bank.clone())
            .bind(order.payee.identity.clone())
            .bind(order.outside)
            .bind(entry.6.clone());
        step(batch, number, line, entry, order.payout.bytes(), PayoutState::Requested, "", "");
        super::count_up(batch, "payout", &order.number);
    }
}

pub fn moved(batch: &mut Batch, number: i64, entry: &Entry, moved: &PayoutsMoved) {
    if let Some(sent) = &moved.batch {
        batch
            .statement("INSERT OR IGNORE INTO payout_batches (id, entry, number, channel, business_date, person) VALUES (?, ?, ?, ?, ?, ?)")
            .bind(sent.batch.bytes().to_vec())
            .bind(number)
            .bind(sent.number.clone())
            .bind(sent.channel.clone())
            .bind(entry.6.clone())
            .bind(entry.7.map(|person| person.bytes().to_vec()));
        super::count_up(batch, "payout_batch", &sent.number);
    }
    let first_by = entry.7.filter(|_| moved.to == PayoutState::Seconded).map(|person| person.bytes().to_vec());
    for (line, one) in (0i64..).zip(&moved.steps) {
        batch
            .statement(
                "UPDATE payouts SET state = ?, reason = ?, reference = CASE WHEN ? = '' THEN reference ELSE ? END, date = ?,
                    first_by = coalesce(?, first_by), batch = coalesce((SELECT key FROM payout_batches WHERE id = ?), batch) WHERE id = ?",
            )
            .bind(moved.to.word())
            .bind(one.reason.clone())
            .bind(one.reference.clone())
            .bind(one.reference.clone())
            .bind(entry.6.clone())
            .bind(first_by.clone())
            .bind(moved.batch.as_ref().map(|sent| sent.batch.bytes().to_vec()))
            .bind(one.payout.bytes().to_vec());
        step(batch, number, line, entry, one.payout.bytes(), moved.to, &one.reason, &one.reference);
    }
}

#[allow(clippy::too_many_arguments)]
fn step(batch: &mut Batch, number: i64, line: i64, entry: &Entry, payout: &[u8], state: PayoutState, reason: &str, reference: &str) {
    batch
        .statement("INSERT INTO payout_steps (entry, line, payout, state, at_ms, person, reason, reference) VALUES")
        .row("(?, ?, coalesce((SELECT key FROM payouts WHERE id = ?), 0), ?, ?, ?, ?, ?)")
        .bind(number)
        .bind(line)
        .bind(payout.to_vec())
        .bind(state.word())
        .bind(entry.5.0)
        .bind(entry.7.map(|person| person.bytes().to_vec()))
        .bind(reason.to_owned())
        .bind(reference.to_owned());
}
