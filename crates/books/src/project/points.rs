//! Every movement of a member's points with its reason: what the statement shows, and what adds up to the ledger's balance.

use domain::{
    ids::MemberId,
    points::{PointsGiven, PointsWhy},
    returns::SaleReturned,
    sale::SaleRecorded,
};

use crate::{batch::Batch, entry::Entry};

fn moved(batch: &mut Batch, number: i64, entry: &Entry, member: MemberId, moves: &[(PointsWhy, i64)], reason: Option<&str>) {
    for (line, (why, points)) in (0i64..).zip(moves.iter().filter(|(_, points)| *points != 0)) {
        batch
            .statement("INSERT INTO points_moves (entry, line, member, why, points, business_date, reason, person) VALUES")
            .row("(?, ?, coalesce((SELECT key FROM members WHERE id = ?), 0), ?, ?, ?, ?, ?)")
            .bind(number)
            .bind(line)
            .bind(member.bytes().to_vec())
            .bind(why.word())
            .bind(*points)
            .bind(entry.6.clone())
            .bind(reason.map(str::to_owned))
            .bind(entry.7.map(|person| person.bytes().to_vec()));
    }
}

pub fn sold(batch: &mut Batch, number: i64, entry: &Entry, sale: &SaleRecorded) {
    if let Some(member) = sale.member {
        moved(batch, number, entry, member, &[(PointsWhy::Earned, sale.points_earned), (PointsWhy::Spent, -sale.points_spent)], None);
    }
}

pub fn returned(batch: &mut Batch, number: i64, entry: &Entry, back: &SaleReturned) {
    if let Some(member) = back.member {
        moved(batch, number, entry, member, &[(PointsWhy::TakenBack, -back.points_taken), (PointsWhy::GivenBack, back.points_given)], None);
    }
}

pub fn given(batch: &mut Batch, number: i64, entry: &Entry, given: &PointsGiven) {
    moved(batch, number, entry, given.member, &[(PointsWhy::ByHand, given.points)], Some(&given.reason));
}
