//! Points: a member's statement, every row with its reason and what was held after it; what is due on a day; and what the shop owes in points.

use domain::{
    ids::{EntryId, MemberId, SaleId},
    points::{
        PointsWhy,
        life::{Ageing, Lots, Moved, PointsPart},
    },
};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, SqliteConnection};
use ts_rs::TS;

use super::{MemberHit, Page, Window, id, members::HitRow, members::hits};
use crate::{Books, BooksError, apply::Reading};

/// One movement of a member's points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PointsRow {
    /// Place in the journal.
    pub entry: i64,
    /// Place within the entry.
    pub line: i64,
    /// The shop's day.
    pub business_date: String,
    /// Why.
    pub why: PointsWhy,
    /// How many; below zero where they went. Of those that became usable: how many did.
    pub points: i64,
    /// Held afterwards, locked ones included.
    pub after: i64,
    /// How many of them were locked afterwards.
    pub locked_after: i64,
    /// First day on which what came in can be spent, where that is later.
    pub usable_from: Option<String>,
    /// Last day of what came in, or was over.
    pub good_until: Option<String>,
    /// Of what was taken back: how many had been spent, which the member now owes or has made up for.
    pub spent_before: i64,
    /// Which day in a row, where the member came by.
    pub streak: Option<i64>,
    /// Number of the receipt or credit note.
    pub number: Option<String>,
    /// What was typed where it was by hand.
    pub reason: Option<String>,
    /// Who did it.
    pub person: Option<String>,
}

/// A member's points, newest first. The rows add up to what is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PointsStatement {
    /// Usable, as the ledger says; below zero is a debt.
    pub held: i64,
    /// Locked, as the ledger says.
    pub locked: i64,
    /// Sum of all movements; equals `held` and `locked` together.
    pub moved: i64,
    /// What runs out, by last day, soonest first.
    pub running_out: Vec<PointsPart>,
    /// The movements.
    pub page: Page<PointsRow>,
}

/// What the shop owes in points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PointsOwed {
    /// Members who hold points.
    pub members: i64,
    /// What they hold together.
    pub points: i64,
    /// Members in debt.
    pub debtors: i64,
    /// What these owe together, above zero.
    pub debt: i64,
    /// Points that cannot be spent yet.
    pub locked: i64,
    /// Points that ran out so far.
    pub expired: i64,
}

/// Points of a member that run out soon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RunningOut {
    /// Whose.
    pub member: MemberHit,
    /// How many of them run out up to the day asked for.
    pub points: i64,
    /// The first last day among them.
    pub good_until: String,
}

/// Points that a day's run looks at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PointsDue {
    /// Whose.
    pub member: MemberId,
    /// What is to become of them.
    pub how: Ageing,
    /// First usable day, or last day.
    pub day: String,
    /// The entry that they came in with.
    pub of: EntryId,
}

#[derive(FromRow)]
struct Raw {
    entry: i64,
    line: i64,
    business_date: String,
    why: String,
    points: i64,
    locked: i64,
    of: Vec<u8>,
    good_until: Option<String>,
    beside: i64,
    usable_from: Option<String>,
    streak: Option<i64>,
    number: Option<String>,
    reason: Option<String>,
    person: Option<String>,
}

impl Raw {
    fn moved(&self) -> Result<Moved, BooksError> {
        let why = PointsWhy::ALL.into_iter().find(|why| why.word() == self.why);
        let why = why.ok_or_else(|| BooksError::Unreadable { number: self.entry, reason: format!("points moved for {}", self.why) })?;
        let of = id(&self.of)?;
        Ok(Moved { why, points: self.points, locked: self.locked, of, good_until: self.good_until.clone(), beside: self.beside })
    }
}

const MOVES: &str =
    "SELECT p.entry, p.line, p.business_date, p.why, p.points, p.locked, p.of, p.good_until, p.beside, p.usable_from, p.streak, s.number,
        p.reason, w.name AS person
    FROM points_moves p LEFT JOIN sales s ON s.entry = p.entry LEFT JOIN people w ON w.id = p.person
    WHERE p.member = (SELECT key FROM members WHERE id = ?) ORDER BY p.entry, p.line";

/// A member's movements in the order of the journal.
async fn moves(connection: &mut SqliteConnection, member: MemberId) -> Result<Vec<(Raw, Moved)>, BooksError> {
    let rows: Vec<Raw> = sqlx::query_as(MOVES).bind(member.bytes()).fetch_all(connection).await?;
    rows.into_iter()
        .map(|raw| {
            let moved = raw.moved()?;
            Ok((raw, moved))
        })
        .collect()
}

impl Reading<'_> {
    /// A member's points by where they came from.
    ///
    /// # Errors
    /// SQLite's, or `Unreadable` for a reason this version does not know.
    pub async fn points_lots(&mut self, member: MemberId) -> Result<Lots, BooksError> {
        Ok(Lots::of(moves(self.connection, member).await?.iter().map(|(_, moved)| moved)))
    }

    /// What of a list of due points is still due: somebody else may have been at them between the look and the write.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn still_due(&mut self, due: &PointsDue) -> Result<bool, BooksError> {
        let text = "SELECT EXISTS (SELECT 1 FROM points_due WHERE how = ? AND day = ? AND member = ? AND of = ?)";
        let query = sqlx::query_scalar(text).bind(due.how.word()).bind(&due.day).bind(due.member.bytes()).bind(due.of.bytes());
        Ok(query.fetch_one(&mut *self.connection).await?)
    }

    /// Purchases between two days that did not come back whole, newest first, twenty at most.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn to_review(&mut self, member: MemberId, from: &str, to: &str) -> Result<Vec<SaleId>, BooksError> {
        let text = "SELECT j.id FROM sales b JOIN journal j ON j.number = b.entry
            WHERE b.member = (SELECT key FROM members WHERE id = ?1) AND b.kind = 'sale' AND b.business_date BETWEEN ?2 AND ?3
                AND b.net_minor > coalesce((SELECT -sum(r.net_minor) FROM sales r WHERE r.origin = j.id), 0)
            ORDER BY b.entry DESC LIMIT 20";
        let rows: Vec<Vec<u8>> = sqlx::query_scalar(text).bind(member.bytes()).bind(from).bind(to).fetch_all(&mut *self.connection).await?;
        rows.iter().map(|sale| id(sale)).collect()
    }

    /// Whether the member is active, and the newest day of coming by with its place in the row.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn came_by(&mut self, member: MemberId) -> Result<Option<(bool, Option<String>, u32)>, BooksError> {
        let row = sqlx::query_as("SELECT active, came_by, came_streak FROM members WHERE id = ?").bind(member.bytes());
        Ok(row.fetch_optional(&mut *self.connection).await?)
    }
}

impl Books {
    /// A member's points, newest first.
    ///
    /// # Errors
    /// SQLite's, or `Unreadable` for a reason this version does not know.
    pub async fn member_points(&self, member: MemberId, window: Window) -> Result<PointsStatement, BooksError> {
        let mut connection = self.readers.acquire().await?;
        let sits = |name: &'static str| {
            sqlx::query_scalar(
                "SELECT coalesce((SELECT b.amount FROM accounts a JOIN balances b ON b.account = a.key
                    WHERE a.name = ? AND a.party = ? AND b.unit = (SELECT key FROM units WHERE name = 'points')), 0)",
            )
            .bind(name)
            .bind(member.bytes())
        };
        let held: i64 = sits("points.held").fetch_one(&mut *connection).await?;
        let locked: i64 = sits("points.locked").fetch_one(&mut *connection).await?;
        let (mut lots, mut after, mut locked_after) = (Lots::default(), 0, 0);
        let mut rows = Vec::new();
        for (raw, moved) in moves(&mut connection, member).await? {
            let spent_before = lots.follow(&moved);
            after += moved.points;
            locked_after += moved.locked;
            if moved.points == 0 && moved.locked == 0 && raw.streak.is_none() {
                // Points that made up for a debt on their last day: nothing moved.
                continue;
            }
            rows.push(PointsRow {
                entry: raw.entry,
                line: raw.line,
                business_date: raw.business_date,
                why: moved.why,
                points: if moved.why == PointsWhy::Usable { -moved.locked } else { moved.points },
                after,
                locked_after,
                usable_from: raw.usable_from,
                good_until: raw.good_until,
                spent_before,
                streak: raw.streak,
                number: raw.number,
                reason: raw.reason,
                person: raw.person,
            });
        }
        let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        let (offset, most) = (usize::try_from(window.offset).unwrap_or(0), usize::try_from(window.rows()).unwrap_or(0));
        let rows = rows.into_iter().rev().skip(offset).take(most).collect();
        Ok(PointsStatement { held, locked, moved: after, running_out: lots.running_out("9999-12-31"), page: Page { count, rows } })
    }

    /// What the shop owes in points: one look through the members who have any. A report, asked for by hand.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn points_owed(&self) -> Result<PointsOwed, BooksError> {
        let (members, points, debtors, debt) = sqlx::query_as(
            "SELECT coalesce(sum(b.amount > 0), 0), coalesce(sum(max(b.amount, 0)), 0), coalesce(sum(b.amount < 0), 0), coalesce(-sum(min(b.amount, 0)), 0)
             FROM accounts a JOIN balances b ON b.account = a.key AND b.unit = (SELECT key FROM units WHERE name = 'points') WHERE a.name = 'points.held'",
        )
        .fetch_one(&self.readers)
        .await?;
        let (locked, expired) = sqlx::query_as(
            "SELECT coalesce(sum(b.amount) FILTER (WHERE a.name = 'points.locked'), 0), coalesce(sum(b.amount) FILTER (WHERE a.name = 'points.expired'), 0)
             FROM accounts a JOIN balances b ON b.account = a.key WHERE a.name IN ('points.locked', 'points.expired')",
        )
        .fetch_one(&self.readers)
        .await?;
        Ok(PointsOwed { members, points, debtors, debt, locked, expired })
    }

    /// What is due on a day or was before it, member by member; what becomes usable stands before what is over.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn points_due(&self, today: &str) -> Result<Vec<PointsDue>, BooksError> {
        let text = "SELECT how, day, member, of FROM points_due WHERE (how = 'usable' AND day <= ?1) OR (how = 'expired' AND day < ?1)";
        let rows: Vec<(String, String, Vec<u8>, Vec<u8>)> = sqlx::query_as(text).bind(today).fetch_all(&self.readers).await?;
        let read = |(how, day, member, of): (String, String, Vec<u8>, Vec<u8>)| {
            let how = if how == Ageing::Usable.word() { Ageing::Usable } else { Ageing::Expired };
            Ok(PointsDue { member: id(&member)?, how, day, of: id(&of)? })
        };
        let mut due: Vec<PointsDue> = rows.into_iter().map(read).collect::<Result<_, BooksError>>()?;
        due.sort();
        Ok(due)
    }

    /// Members with points that run out from one day to another, those that run out first before the others: at most `most`.
    ///
    /// # Errors
    /// SQLite's, or `Unreadable`.
    pub async fn running_out(&self, from: &str, until: &str, most: i64) -> Result<Vec<RunningOut>, BooksError> {
        let mut connection = self.readers.acquire().await?;
        let text = "SELECT m.id, m.number, m.name, m.phone, m.rank FROM
                (SELECT member, min(day) AS day FROM points_due WHERE how = 'expired' AND day BETWEEN ? AND ? GROUP BY member ORDER BY min(day) LIMIT ?) d
             JOIN members m ON m.id = d.member ORDER BY d.day, m.number";
        let found: Vec<HitRow> = sqlx::query_as(text).bind(from).bind(until).bind(most).fetch_all(&mut *connection).await?;
        let mut rows = Vec::new();
        for member in hits(found)? {
            let lots = Reading::over(&mut connection).points_lots(member.member).await?;
            let parts = lots.running_out(until);
            if let Some(good_until) = parts.first().and_then(|part| part.good_until.clone()) {
                rows.push(RunningOut { member, points: parts.iter().map(|part| part.points).sum(), good_until });
            }
        }
        Ok(rows)
    }

    /// Active members with a birthday on one of these days (`YYYY-MM-DD`, in a row) that was not honoured yet, with the day.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn birthdays(&self, days: &[String]) -> Result<Vec<(MemberId, String)>, BooksError> {
        let mut found = Vec::new();
        for day in days {
            let text = "SELECT id FROM members WHERE birthday IS NOT NULL AND substr(birthday, -5) IN (?, ?) AND active AND joined <= ?
                AND coalesce(birthday_honoured, '') < ?";
            let (of_year, year) = (day.get(5..).unwrap_or_default(), format!("{}-01-01", day.get(..4).unwrap_or_default()));
            let rows: Vec<Vec<u8>> = sqlx::query_scalar(text).bind(of_year).bind(leap_day(day)).bind(day).bind(year).fetch_all(&self.readers).await?;
            for member in rows {
                found.push((id(&member)?, day.clone()));
            }
        }
        Ok(found)
    }
}

/// Somebody whose first purchase is to be thanked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brought {
    /// Who was brought in.
    pub member: MemberId,
    /// By whom.
    pub sponsor: MemberId,
}

impl Books {
    /// Who bought for the first time between two days, kept something of what was bought up to the later one, and was brought in by an active member
    /// who was not thanked yet.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn to_thank_for(&self, from: &str, to: &str) -> Result<Vec<Brought>, BooksError> {
        let text = "SELECT m.id, s.id FROM members m CROSS JOIN members s ON s.key = m.sponsor
            WHERE m.first_bought BETWEEN ?1 AND ?2 AND m.sponsor IS NOT NULL AND m.thanked IS NULL AND s.active
                AND EXISTS (SELECT 1 FROM sales b JOIN journal j ON j.number = b.entry WHERE b.member = m.key AND b.kind = 'sale' AND b.business_date <= ?2
                    AND b.net_minor > coalesce((SELECT -sum(r.net_minor) FROM sales r WHERE r.origin = j.id), 0))
            ORDER BY m.key";
        let rows: Vec<(Vec<u8>, Vec<u8>)> = sqlx::query_as(text).bind(from).bind(to).fetch_all(&self.readers).await?;
        rows.into_iter().map(|(member, sponsor)| Ok(Brought { member: id(&member)?, sponsor: id(&sponsor)? })).collect()
    }
}

/// The other birthday that a day stands for: in a year without the 29th of February, the 28th stands for it too.
fn leap_day(day: &str) -> &str {
    let year: u32 = day.get(..4).and_then(|year| year.parse().ok()).unwrap_or(0);
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match day.get(5..) {
        Some("02-28") if !leap => "02-29",
        Some(of_year) => of_year,
        None => "",
    }
}
