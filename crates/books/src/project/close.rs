//! Closed months: what their rules earned, ranks with their reasons, statements.

use std::collections::BTreeMap;

use domain::{
    close::{MonthClosed, MonthReopened, PeriodEarned, RanksDecided, StatementsIssued},
    ids::MemberId,
    member::{MemberChanged, RankGiven},
    plan::ranks::RankHow,
};

use crate::{batch::Batch, entry::Entry, query::month_of};

pub fn closed(batch: &mut Batch, number: i64, entry: &Entry, closed: &MonthClosed) {
    batch
        .statement(
            "INSERT INTO closes (entry, month, round, plan_version, plan_hash, run_hash, business_date, person, members, earned_micro, payable_minor) VALUES",
        )
        .row("(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(number)
        .bind(month_of(&closed.month).unwrap_or(0))
        .bind(i64::from(closed.round))
        .bind(closed.plan.as_ref().map(|plan| i64::from(plan.version)))
        .bind(closed.plan.as_ref().map(|plan| plan.hash.clone()))
        .bind(closed.run_hash.clone())
        .bind(entry.6.clone())
        .bind(entry.7.map(|person| person.bytes().to_vec()))
        .bind(closed.members)
        .bind(closed.earned_micro)
        .bind(closed.payable_minor);
}

pub fn reopened(batch: &mut Batch, number: i64, reopened: &MonthReopened) {
    batch
        .statement("UPDATE closes SET reopened = ?, reason = ? WHERE month = ? AND round = ? AND reopened IS NULL")
        .bind(number)
        .bind(reopened.reason.clone())
        .bind(month_of(&reopened.month).unwrap_or(0))
        .bind(i64::from(reopened.round));
}

pub fn earned(batch: &mut Batch, number: i64, earned: &PeriodEarned) {
    let month = month_of(&earned.month).unwrap_or(0);
    if earned.earned.is_empty() {
        return;
    }
    batch
        .statement("INSERT INTO earnings (entry, line, month, member, rule, depth, base_minor, rate_ppm, amount_micro, plan_version, source) VALUES");
    let mut totals: BTreeMap<MemberId, i64> = BTreeMap::new();
    for (line, one) in (0i64..).zip(&earned.earned) {
        batch
            .row("(?, ?, ?, coalesce((SELECT key FROM members WHERE id = ?), 0), ?, ?, ?, ?, ?, ?, ?)")
            .bind(number)
            .bind(line)
            .bind(month)
            .bind(one.earned.member.bytes().to_vec())
            .bind(one.earned.rule.clone())
            .bind(i64::from(one.earned.depth))
            .bind(one.earned.base_minor)
            .bind(one.earned.rate_ppm)
            .bind(one.earned.amount_micro)
            .bind(earned.plan.as_ref().map_or(0, |plan| i64::from(plan.version)))
            .bind(one.source.clone());
        *totals.entry(one.earned.member).or_default() += one.earned.amount_micro;
    }
    batch.statement("INSERT INTO earned_months (month, member, sales, base_minor, amount_micro) VALUES");
    for (member, amount) in totals {
        batch.row("(?, coalesce((SELECT key FROM members WHERE id = ?), 0), 0, 0, ?)").bind(month).bind(member.bytes().to_vec()).bind(amount);
    }
    batch.end("ON CONFLICT (month, member) DO UPDATE SET amount_micro = amount_micro + excluded.amount_micro");
    super::parts::earned(batch, month, false, earned.earned.iter().map(|one| &one.earned), &[]);
}

pub fn ranks(batch: &mut Batch, number: i64, decided: &RanksDecided) {
    for (line, one) in (0i64..).zip(&decided.ranks) {
        let reason = serde_json::json!({"because": one.because, "missing": one.missing}).to_string();
        batch
            .statement("INSERT INTO ranks (entry, line, member, month, since, rank_from, rank_to, how, reason) VALUES")
            .row("(?, ?, coalesce((SELECT key FROM members WHERE id = ?), 0), ?, ?, ?, ?, ?, ?)")
            .bind(number)
            .bind(line)
            .bind(one.member.bytes().to_vec())
            .bind(month_of(&decided.month))
            .bind(month_of(&one.since))
            .bind(one.before.clone())
            .bind(one.rank.clone())
            .bind(how_word(one.how))
            .bind(reason)
            .statement("UPDATE members SET rank_reached = ?, rank = coalesce(rank_by_hand, ?) WHERE id = ?")
            .bind(one.rank.clone())
            .bind(one.rank.clone())
            .bind(one.member.bytes().to_vec());
    }
}

/// A rank given by hand, before the card itself is brought up.
pub fn given(batch: &mut Batch, number: i64, changed: &MemberChanged, given: &RankGiven) {
    batch
        .statement("INSERT INTO ranks (entry, line, member, month, since, rank_from, rank_to, how, reason) VALUES")
        .row("(?, 0, coalesce((SELECT key FROM members WHERE id = ?), 0), NULL, NULL, ?, ?, 'by_hand', ?)")
        .bind(number)
        .bind(changed.member.bytes().to_vec())
        .bind(given.before.clone())
        .bind(changed.card.rank.clone())
        .bind(given.reason.clone());
}

pub fn statements(batch: &mut Batch, number: i64, issued: &StatementsIssued) {
    for (line, one) in (0i64..).zip(&issued.statements) {
        batch
            .statement(
                "INSERT INTO statements (entry, line, month, round, member, number, opening_micro, earned_micro, adjusted_micro, payable_minor, tax_minor,
                 closing_micro) VALUES",
            )
            .row(
                "(?, ?, ?, ?, coalesce((SELECT key FROM members WHERE id = ?), 0), ?, ?, ?, ?, ?, ?, ?)",
            )
            .bind(number)
            .bind(line)
            .bind(month_of(&issued.month).unwrap_or(0))
            .bind(i64::from(issued.round))
            .bind(one.member.bytes().to_vec())
            .bind(one.number.clone())
            .bind(one.opening_micro)
            .bind(one.earned_micro)
            .bind(one.adjusted_micro)
            .bind(one.payable_minor)
            .bind(one.tax_minor)
            .bind(one.closing_micro);
    }
}

fn how_word(how: RankHow) -> &'static str {
    match how {
        RankHow::ByHand => "by_hand",
        RankHow::Reached => "reached",
        RankHow::Protected => "protected",
        RankHow::Kept => "kept",
        RankHow::Fell => "fell",
    }
}
