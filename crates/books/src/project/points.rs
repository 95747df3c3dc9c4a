//! Every movement of a member's points with its reason: what the statement shows, and what adds up to the ledger's balances; and what is due when.

use domain::{
    ids::{EntryId, MemberId},
    level::LevelChanged,
    merge::MergeFollowed,
    points::{
        PointsGiven, PointsWhy,
        award::{Award, PointsAwarded},
        life::{Ageing, Moved, PointsAged},
    },
    returns::SaleReturned,
    sale::SaleRecorded,
};

use crate::{batch::Batch, entry::Entry};

/// Rows of one statement: SQLite takes 32,766 arguments.
const ROWS: i64 = 1000;

/// A movement with what stands beside it on the statement.
struct Line<'a> {
    member: MemberId,
    moved: Moved,
    usable_from: Option<&'a str>,
    reason: Option<&'a str>,
    streak: Option<u32>,
}

impl<'a> Line<'a> {
    fn of(member: MemberId, moved: Moved) -> Self {
        Self { member, moved, usable_from: None, reason: None, streak: None }
    }
}

fn plain(why: PointsWhy, points: i64, of: EntryId) -> Moved {
    Moved { why, points, locked: 0, of, good_until: None, beside: 0 }
}

fn write(batch: &mut Batch, number: i64, entry: &Entry, lines: Vec<Line<'_>>) {
    let telling =
        lines.into_iter().filter(|line| line.moved.points != 0 || line.moved.locked != 0 || line.moved.beside != 0 || line.streak.is_some());
    for (place, Line { member, moved, usable_from, reason, streak }) in (0i64..).zip(telling) {
        if place % ROWS == 0 {
            batch.statement(
                "INSERT INTO points_moves (entry, line, member, why, points, locked, of, good_until, beside, usable_from, streak, business_date, reason, person) VALUES",
            );
        }
        batch
            .row("(?, ?, coalesce((SELECT key FROM members WHERE id = ?), 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .bind(number)
            .bind(place)
            .bind(member.bytes().to_vec())
            .bind(moved.why.word())
            .bind(moved.points)
            .bind(moved.locked)
            .bind(moved.of.bytes().to_vec())
            .bind(moved.good_until)
            .bind(moved.beside)
            .bind(usable_from.map(str::to_owned))
            .bind(streak.map(i64::from))
            .bind(entry.6.clone())
            .bind(reason.map(str::to_owned))
            .bind(entry.7.map(|person| person.bytes().to_vec()));
    }
}

fn due(batch: &mut Batch, how: Ageing, day: Option<&String>, member: MemberId, of: EntryId) {
    if let Some(day) = day {
        batch
            .statement("INSERT OR IGNORE INTO points_due (how, day, member, of) VALUES (?, ?, ?, ?)")
            .bind(how.word())
            .bind(day.clone())
            .bind(member.bytes().to_vec())
            .bind(of.bytes().to_vec());
    }
}

pub fn sold(batch: &mut Batch, number: i64, entry: &Entry, sale: &SaleRecorded) {
    let Some(member) = sale.member else { return };
    let of = EntryId(sale.sale.0);
    let locked = if sale.points_usable_from.is_some() { sale.points_earned } else { 0 };
    let earned = Moved { why: PointsWhy::Earned, points: sale.points_earned, locked, of, good_until: sale.points_good_until.clone(), beside: 0 };
    let spent = plain(PointsWhy::Spent, -sale.points_spent, of);
    let earned = Line { usable_from: sale.points_usable_from.as_deref(), ..Line::of(member, earned) };
    write(batch, number, entry, vec![earned, Line::of(member, spent)]);
    due(batch, Ageing::Usable, sale.points_usable_from.as_ref(), member, of);
    due(batch, Ageing::Expired, sale.points_good_until.as_ref(), member, of);
}

pub fn returned(batch: &mut Batch, number: i64, entry: &Entry, back: &SaleReturned) {
    let Some(member) = back.member else { return };
    let sale = back.sale.map_or(EntryId(back.returned.0), |sale| EntryId(sale.0));
    let taken = Moved {
        locked: -back.points_from_locked,
        beside: back.points_expired,
        ..plain(PointsWhy::TakenBack, back.points_expired - back.points_taken, sale)
    };
    let mut lines = vec![Line::of(member, taken)];
    if back.points_parts.is_empty() {
        lines.push(Line::of(member, plain(PointsWhy::GivenBack, back.points_given, EntryId(back.returned.0))));
    }
    for part in &back.points_parts {
        let given = Moved { good_until: part.good_until.clone(), ..plain(PointsWhy::GivenBack, part.points, part.of) };
        lines.push(Line::of(member, given));
    }
    write(batch, number, entry, lines);
    for part in &back.points_parts {
        due(batch, Ageing::Expired, part.good_until.as_ref(), member, part.of);
    }
}

pub fn given(batch: &mut Batch, number: i64, entry: &Entry, given: &PointsGiven) {
    let moved = Moved { good_until: given.good_until.clone(), ..plain(PointsWhy::ByHand, given.points, entry.0) };
    write(batch, number, entry, vec![Line { reason: Some(&given.reason), ..Line::of(given.member, moved) }]);
    due(batch, Ageing::Expired, given.good_until.as_ref(), given.member, entry.0);
}

pub fn followed(batch: &mut Batch, number: i64, entry: &Entry, followed: &MergeFollowed) {
    let mut lines = vec![Line::of(followed.member, plain(PointsWhy::Merged, -followed.points, entry.0))];
    if followed.points_parts.is_empty() {
        lines.push(Line::of(followed.into, plain(PointsWhy::Merged, followed.points, entry.0)));
    }
    for part in &followed.points_parts {
        let came = Moved { good_until: part.good_until.clone(), ..plain(PointsWhy::Merged, part.points, part.of) };
        lines.push(Line::of(followed.into, came));
    }
    write(batch, number, entry, lines);
    for part in &followed.points_parts {
        due(batch, Ageing::Expired, part.good_until.as_ref(), followed.into, part.of);
    }
}

pub fn aged(batch: &mut Batch, number: i64, entry: &Entry, aged: &PointsAged) {
    let moved = |row: &domain::points::life::AgedPoints| match row.how {
        Ageing::Usable => Moved { locked: -row.points, ..plain(PointsWhy::Usable, 0, row.of) },
        Ageing::Expired => Moved { good_until: Some(row.due.clone()), beside: row.made_up, ..plain(PointsWhy::Expired, -row.points, row.of) },
    };
    write(batch, number, entry, aged.rows.iter().map(|row| Line::of(row.member, moved(row))).collect());
    for row in &aged.rows {
        batch
            .statement("DELETE FROM points_due WHERE how = ? AND day = ? AND member = ? AND of = ?")
            .bind(row.how.word())
            .bind(row.due.clone())
            .bind(row.member.bytes().to_vec())
            .bind(row.of.bytes().to_vec());
    }
}

pub fn gifts(batch: &mut Batch, number: i64, entry: &Entry, changed: &LevelChanged) {
    let points = changed.gifts.iter().map(|gift| gift.points).sum();
    let moved = Moved { good_until: changed.gifts_until.clone().filter(|_| points > 0), ..plain(PointsWhy::LevelGift, points, entry.0) };
    write(batch, number, entry, vec![Line { reason: changed.to.held.as_ref().map(|held| held.level.as_str()), ..Line::of(changed.member, moved) }]);
    if points > 0 {
        due(batch, Ageing::Expired, changed.gifts_until.as_ref(), changed.member, entry.0);
    }
}

pub fn awarded(batch: &mut Batch, number: i64, entry: &Entry, awarded: &PointsAwarded) {
    let moved = Moved { good_until: awarded.good_until.clone(), ..plain(awarded.award.why(), awarded.points, entry.0) };
    let streak = match awarded.award {
        Award::SignIn { streak } => Some(streak),
        Award::Birthday | Award::Referral { .. } | Award::Review { .. } | Award::Share => None,
    };
    write(batch, number, entry, vec![Line { streak, ..Line::of(awarded.member, moved) }]);
    due(batch, Ageing::Expired, awarded.good_until.as_ref(), awarded.member, entry.0);
    // A day that comes in late from another till does not take the row back.
    let (day, member) = (awarded.day.clone(), awarded.member.bytes().to_vec());
    match awarded.award {
        Award::Review { .. } | Award::Share => return,
        Award::SignIn { streak } => batch
            .statement("UPDATE members SET came_by = ?, came_streak = ? WHERE id = ? AND coalesce(came_by, '') < ?")
            .bind(day.clone())
            .bind(i64::from(streak))
            .bind(member)
            .bind(day),
        Award::Birthday => batch
            .statement("UPDATE members SET birthday_honoured = ? WHERE id = ? AND coalesce(birthday_honoured, '') < ?")
            .bind(day.clone())
            .bind(member)
            .bind(day),
        Award::Referral { of } => {
            batch.statement("UPDATE members SET thanked = ? WHERE id = ? AND thanked IS NULL").bind(day).bind(of.bytes().to_vec())
        }
    };
}
