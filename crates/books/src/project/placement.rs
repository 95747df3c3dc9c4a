//! The binary tree as it stands, every place that was given, and what legs bring forward.

use domain::placement::{LegsCarried, MemberPlaced};

use crate::{batch::Batch, entry::Entry, query::month_of};

pub fn placed(batch: &mut Batch, number: i64, entry: &Entry, placed: &MemberPlaced) {
    let member = placed.member.bytes().to_vec();
    let under = placed.to.map(|to| to.under.bytes().to_vec());
    batch
        .statement("INSERT INTO placements (entry, member, day, under, side) VALUES")
        .row("(?, coalesce((SELECT key FROM members WHERE id = ?), 0), ?, (SELECT key FROM members WHERE id = ?), ?)")
        .bind(number)
        .bind(member.clone())
        .bind(entry.6.clone())
        .bind(under.clone())
        .bind(placed.to.map(|to| to.side.word()));
    batch.statement("DELETE FROM places WHERE member = (SELECT key FROM members WHERE id = ?)").bind(member.clone());
    if let (Some(under), Some(to)) = (under, placed.to) {
        batch
            .statement(
                "INSERT OR IGNORE INTO places (member, under, side) SELECT m.key, u.key, ? FROM members m, members u WHERE m.id = ? AND u.id = ?",
            )
            .bind(to.side.word())
            .bind(member)
            .bind(under);
    }
}

pub fn legs(batch: &mut Batch, carried: &LegsCarried) {
    let month = month_of(&carried.month).unwrap_or(0);
    if carried.part == 0 {
        batch
            .statement("DELETE FROM legs WHERE month = ?")
            .bind(month)
            .statement("INSERT INTO leg_months (month, round) VALUES (?, ?) ON CONFLICT (month) DO UPDATE SET round = excluded.round")
            .bind(month)
            .bind(i64::from(carried.round));
    }
    if carried.legs.is_empty() {
        return;
    }
    batch.statement("INSERT OR REPLACE INTO legs (month, rule, member, left_leg, right_leg) VALUES");
    for one in &carried.legs {
        batch
            .row("(?, ?, coalesce((SELECT key FROM members WHERE id = ?), 0), ?, ?)")
            .bind(month)
            .bind(one.rule.clone())
            .bind(one.member.bytes().to_vec())
            .bind(one.legs.left.to_string())
            .bind(one.legs.right.to_string());
    }
}
