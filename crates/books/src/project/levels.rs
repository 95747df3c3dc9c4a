//! Movements of growth, changes of levels, and where each member stands.

use domain::level::{GrowthMoved, Held, LevelChanged};

use crate::{batch::Batch, entry::Entry};

pub fn moved(batch: &mut Batch, number: i64, entry: &Entry, moved: &GrowthMoved) {
    batch
        .statement("INSERT INTO growth_moves (entry, member, why, growth, of, business_date) VALUES (?, ?, ?, ?, ?, ?)")
        .bind(number)
        .bind(moved.member.bytes().to_vec())
        .bind(moved.why.word())
        .bind(moved.growth)
        .bind(moved.of.bytes().to_vec())
        .bind(entry.6.clone());
}

pub fn changed(batch: &mut Batch, number: i64, entry: &Entry, changed: &LevelChanged) {
    let level = |held: Option<&Held>| held.map(|held| held.level.clone());
    let until = |held: Option<&Held>| held.and_then(|held| held.until.clone());
    let rests = |held: Option<&Held>| held.map_or("hand", |held| held.rests.word());
    let member = changed.member.bytes().to_vec();
    let (held, under) = (changed.to.held.as_ref(), changed.to.under.as_ref());
    batch
        .statement(
            "INSERT INTO level_changes (entry, member, from_level, to_level, until, why, growth, needed, gift_points, reason, business_date, person)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(number)
        .bind(member.clone())
        .bind(changed.from.clone())
        .bind(level(held))
        .bind(until(held))
        .bind(changed.why.word())
        .bind(changed.growth)
        .bind(changed.needed)
        .bind(changed.gifts.iter().map(|gift| gift.points).sum::<i64>())
        .bind(changed.reason.clone())
        .bind(entry.6.clone())
        .bind(entry.7.map(|person| person.bytes().to_vec()));
    batch
        .statement("UPDATE members SET level = ?, level_until = ?, level_rests = ?, level_began = ?, under_level = ?, under_until = ?, under_rests = ? WHERE id = ?")
        .bind(level(held))
        .bind(until(held))
        .bind(rests(held))
        .bind(changed.to.began_at)
        .bind(level(under))
        .bind(until(under))
        .bind(rests(under))
        .bind(member.clone());
    for (line, gift) in (0_i64..).zip(&changed.gifts) {
        batch
            .statement("INSERT INTO level_gifts (entry, line, member, level, points) VALUES (?, ?, ?, ?, ?)")
            .bind(number)
            .bind(line)
            .bind(member.clone())
            .bind(gift.level.clone())
            .bind(gift.points);
    }
}
