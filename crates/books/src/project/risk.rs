//! Decisions about members' months, and what is held of released statements.

use domain::risk::{CommissionHeld, StatementJudged};

use crate::{batch::Batch, entry::Entry, query::month_of};

/// A note leaves standing what was decided before.
pub fn judged(batch: &mut Batch, number: i64, entry: &Entry, judged: &StatementJudged) {
    let signs = serde_json::to_string(&judged.signs).unwrap_or_else(|_| "[]".into());
    batch
        .statement(
            "INSERT INTO judgements (month, round, member, verdict, reason, person, business_date, signs, held_minor, entry)
             SELECT ?, ?, key, ?, ?, ?, ?, ?, 0, ? FROM members WHERE id = ?
             ON CONFLICT (month, round, member) DO UPDATE SET verdict = CASE excluded.verdict WHEN 'noted' THEN verdict ELSE excluded.verdict END,
                reason = excluded.reason, person = excluded.person, business_date = excluded.business_date, signs = excluded.signs, entry = excluded.entry",
        )
        .bind(month_of(&judged.month).unwrap_or(0))
        .bind(i64::from(judged.round))
        .bind(judged.verdict.word())
        .bind(judged.reason.clone())
        .bind(entry.7.map(|person| person.bytes().to_vec()))
        .bind(entry.6.clone())
        .bind(signs)
        .bind(number)
        .bind(judged.member.bytes().to_vec());
}

/// What is held moves with each part; where nobody decided, as in books that met, the part itself stands for the decision.
pub fn held(batch: &mut Batch, number: i64, entry: &Entry, held: &CommissionHeld) {
    for part in &held.held {
        batch
            .statement(
                "INSERT INTO judgements (month, round, member, verdict, reason, person, business_date, signs, held_minor, entry)
                 SELECT ?, ?, key, 'held', '', ?, ?, '[]', ?, ? FROM members WHERE id = ?
                 ON CONFLICT (month, round, member) DO UPDATE SET held_minor = held_minor + excluded.held_minor",
            )
            .bind(month_of(&held.month).unwrap_or(0))
            .bind(i64::from(held.round))
            .bind(entry.7.map(|person| person.bytes().to_vec()))
            .bind(entry.6.clone())
            .bind(part.amount_minor)
            .bind(number)
            .bind(part.member.bytes().to_vec());
    }
}
