//! What happened with a member, everything in one list, newest first.

use domain::ids::MemberId;
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use ts_rs::TS;

use super::{Page, Window};
use crate::{Books, BooksError, apply::Reading};

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Happened {
    /// Bought; the amount is what the goods came to.
    Bought,
    /// Brought goods back; the amount is below zero.
    Returned,
    /// Points that no sale or return moved; `how` says why.
    Points,
    /// Another member level, `about` says which; `how` says why.
    Level,
    /// Another distribution rank, `about` says which; `how` says why.
    Rank,
    /// A released statement; the amount is what it pays.
    Statement,
    /// A payout came to another state, `how`.
    Payout,
    /// Money was paid in.
    ToppedUp,
    /// Money that was paid in went back.
    Refunded,
    /// A voucher was sold or given to the member; `how` says which.
    Voucher,
    /// Another sponsor: `about` is the name, empty for none; `how` is the reason, if there was one.
    Moved,
    /// Another card of the same person was merged into this one, or this one into the other: `about` is the other's number; `how` is the reason.
    Merged,
}

impl Happened {
    const ALL: [(Self, &'static str); 12] = [
        (Self::Bought, "bought"),
        (Self::Returned, "returned"),
        (Self::Points, "points"),
        (Self::Level, "level"),
        (Self::Rank, "rank"),
        (Self::Statement, "statement"),
        (Self::Payout, "payout"),
        (Self::ToppedUp, "topped_up"),
        (Self::Refunded, "refunded"),
        (Self::Voucher, "voucher"),
        (Self::Moved, "moved"),
        (Self::Merged, "merged"),
    ];

    fn read(word: &str) -> Result<Self, BooksError> {
        let found = Self::ALL.into_iter().find(|(_, name)| *name == word).map(|(happened, _)| happened);
        found.ok_or_else(|| BooksError::Unreadable { number: 0, reason: format!("{word} never happens to a member") })
    }
}

/// Something that happened with a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HistoryRow {
    /// When, milliseconds since 1970 UTC by the device's clock.
    pub at_ms: i64,
    /// What.
    pub what: Happened,
    /// Number of the paper, name of the level, rank or sponsor; a reason as typed.
    pub about: String,
    /// The closer word that [`Happened`] speaks of; empty where there is none.
    pub how: String,
    /// Money, in minor units.
    pub amount_minor: Option<i64>,
    /// Points.
    pub points: Option<i64>,
}

#[derive(FromRow)]
struct Raw {
    at_ms: i64,
    what: String,
    about: String,
    how: String,
    amount_minor: Option<i64>,
    points: Option<i64>,
}

/// Every part is a range of an index; `?1` is the member's identity, whose merged cards tell theirs too.
const EVENTS: &str = "WITH me (key, id) AS (SELECT key, id FROM members WHERE id = ?1
        UNION ALL SELECT key, id FROM members WHERE merged_into = (SELECT key FROM members WHERE id = ?1)),
    events (entry, what, about, how, amount_minor, points) AS (
        SELECT s.entry, iif(s.kind = 'return', 'returned', 'bought'), s.number, '', s.net_minor, NULL FROM me CROSS JOIN sales s ON s.member = me.key
        UNION ALL SELECT p.entry, 'points', coalesce(p.reason, ''), p.why, NULL, p.points FROM me CROSS JOIN points_moves p ON p.member = me.key
            WHERE p.points <> 0 AND p.why NOT IN ('earned', 'spent', 'taken_back', 'given_back')
        UNION ALL SELECT l.entry, 'level', coalesce(l.to_level, ''), l.why, NULL, NULL FROM me CROSS JOIN level_changes l ON l.member = me.id
        UNION ALL SELECT r.entry, 'rank', coalesce(r.rank_to, ''), r.how, NULL, NULL FROM me CROSS JOIN ranks r ON r.member = me.key
            WHERE r.rank_from IS NOT r.rank_to
        UNION ALL SELECT s.entry, 'statement', s.number, '', s.payable_minor - s.tax_minor, NULL FROM me CROSS JOIN statements s ON s.member = me.key
        UNION ALL SELECT s.entry, 'payout', p.number, s.state, p.amount_minor, NULL FROM me CROSS JOIN payouts p ON p.member = me.key
            CROSS JOIN payout_steps s ON s.payout = p.key
        UNION ALL SELECT t.entry, 'topped_up', t.number, '', t.amount_minor, NULL FROM me CROSS JOIN top_ups t ON t.member = me.id
        UNION ALL SELECT b.entry, 'refunded', b.number, '', -b.amount_minor, NULL FROM me CROSS JOIN top_ups t ON t.member = me.id
            CROSS JOIN top_up_refunds b ON b.top_up = t.id
        UNION ALL SELECT v.entry, 'voucher', v.number, v.how, v.amount_minor, NULL FROM me CROSS JOIN vouchers v ON v.member = me.id
        UNION ALL SELECT m.entry, 'moved', coalesce(s.name, ''), coalesce(m.reason, ''), NULL, NULL FROM me CROSS JOIN sponsor_moves m ON m.member = me.id
            LEFT JOIN members s ON s.id = m.sponsor WHERE NOT EXISTS (SELECT 1 FROM refused_moves r WHERE r.entry = m.entry)
        UNION ALL SELECT g.entry, 'merged', o.number, g.reason, NULL, NULL FROM merges g JOIN members o ON o.id = g.member WHERE g.into_member = ?1
        UNION ALL SELECT g.entry, 'merged', o.number, g.reason, NULL, NULL FROM merges g JOIN members o ON o.id = g.into_member WHERE g.member = ?1)";

impl Reading<'_> {
    /// The shop's day on which the member came to stand under the sponsor of today by a move; `None` where the sponsor was named on enrolment, or there is none.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn bound_since(&mut self, member: MemberId) -> Result<Option<String>, BooksError> {
        let text = "SELECT m.day FROM sponsor_moves m WHERE m.member = ? AND NOT EXISTS (SELECT 1 FROM refused_moves r WHERE r.entry = m.entry)
            ORDER BY m.entry DESC LIMIT 1";
        Ok(sqlx::query_scalar(text).bind(member.bytes()).fetch_optional(&mut *self.connection).await?)
    }
}

impl Books {
    /// What happened with a member, newest first.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn member_history(&self, member: MemberId, window: Window) -> Result<Page<HistoryRow>, BooksError> {
        let mut connection = self.readers.acquire().await?;
        let counting = format!("{EVENTS} SELECT count(*) FROM events");
        let count = sqlx::query_scalar(sqlx::AssertSqlSafe(counting)).bind(member.bytes()).fetch_one(&mut *connection).await?;
        let text = format!(
            "{EVENTS} SELECT j.at_ms, e.what, e.about, e.how, e.amount_minor, e.points FROM events e CROSS JOIN journal j ON j.number = e.entry
             ORDER BY e.entry DESC, e.what, e.about LIMIT ?2 OFFSET ?3"
        );
        let rows: Vec<Raw> = sqlx::query_as(sqlx::AssertSqlSafe(text))
            .bind(member.bytes())
            .bind(window.rows())
            .bind(window.offset)
            .fetch_all(&mut *connection)
            .await?;
        let read = |Raw { at_ms, what, about, how, amount_minor, points }: Raw| {
            Ok(HistoryRow { at_ms, what: Happened::read(&what)?, about, how, amount_minor, points })
        };
        Ok(Page { count, rows: rows.into_iter().map(read).collect::<Result<_, BooksError>>()? })
    }
}
