//! Growth and levels: where a member stands, what a sale's growth comes to, and the history of a level with its reasons.

use domain::{
    ids::{MemberId, SaleId},
    level::{GrowthWhy, Held, LevelGift, LevelWhy, Rests, Standing},
};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use ts_rs::TS;

use super::{Page, Window, id};
use crate::{Books, BooksError, apply::Reading};

/// Where a member stands, and what deciding the level needs besides.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LevelNow {
    /// The level, what is beneath it and since when.
    pub standing: Standing,
    /// Growth that counts, as the ledger says.
    pub growth: i64,
    /// Gifts that the member has had and not given back, level by level.
    pub gifted: Vec<LevelGift>,
    /// How often the level changed.
    pub changes: u32,
    /// The sponsor.
    pub sponsor: Option<MemberId>,
    /// Purchases that did not come back whole.
    pub purchases: i64,
}

/// What a sale did to somebody's growth so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GrowthOfSale {
    /// Whose.
    pub member: MemberId,
    /// Why.
    pub why: GrowthWhy,
    /// What it brought.
    pub brought: i64,
    /// What of it was taken back.
    pub taken: i64,
}

/// A change of a member's level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LevelRow {
    /// Place in the journal.
    pub entry: i64,
    /// The shop's day.
    pub business_date: String,
    /// The level before.
    pub from: Option<String>,
    /// The level since.
    pub to: Option<String>,
    /// Its last day; absent for ever.
    pub until: Option<String>,
    /// Why.
    pub why: LevelWhy,
    /// Growth that was looked at.
    pub growth: i64,
    /// What it was held against.
    pub needed: i64,
    /// Points that came with it, or went.
    pub gift_points: i64,
    /// What was typed where it was by hand.
    pub reason: Option<String>,
    /// Who did it.
    pub person: Option<String>,
}

#[derive(FromRow)]
struct Raw {
    entry: i64,
    business_date: String,
    from_level: Option<String>,
    to_level: Option<String>,
    until: Option<String>,
    why: String,
    growth: i64,
    needed: i64,
    gift_points: i64,
    reason: Option<String>,
    person: Option<String>,
}

#[derive(FromRow)]
struct StandingRow {
    level: Option<String>,
    level_until: Option<String>,
    level_rests: String,
    level_began: i64,
    under_level: Option<String>,
    under_until: Option<String>,
    under_rests: String,
    sponsor: Option<Vec<u8>>,
    purchases: i64,
    growth: i64,
    changes: u32,
}

const NOW: &str =
    "SELECT m.level, m.level_until, m.level_rests, m.level_began, m.under_level, m.under_until, m.under_rests, s.id AS sponsor, m.purchases,
        coalesce((SELECT b.amount FROM accounts a JOIN balances b ON b.account = a.key
            WHERE a.name = 'growth.held' AND a.party = m.id AND b.unit = (SELECT key FROM units WHERE name = 'growth')), 0) AS growth,
        (SELECT count(*) FROM level_changes c WHERE c.member = m.id) AS changes
    FROM members m LEFT JOIN members s ON s.key = m.sponsor WHERE m.id = ?";

fn rests(word: &str) -> Rests {
    [Rests::Growth, Rests::Earned].into_iter().find(|rests| rests.word() == word).unwrap_or_default()
}

/// A word of the books as what it stands for.
fn read<T: serde::de::DeserializeOwned>(word: &str) -> Result<T, BooksError> {
    serde_json::from_value(serde_json::Value::from(word)).map_err(|error| BooksError::Unreadable { number: 0, reason: error.to_string() })
}

impl Reading<'_> {
    /// Where a member stands; nothing for nobody.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn level_now(&mut self, member: MemberId) -> Result<Option<LevelNow>, BooksError> {
        let row: Option<StandingRow> = sqlx::query_as(NOW).bind(member.bytes()).fetch_optional(&mut *self.connection).await?;
        let Some(row) = row else { return Ok(None) };
        let text = "SELECT level, sum(points) FROM level_gifts WHERE member = ? GROUP BY level HAVING sum(points) > 0 ORDER BY level";
        let gifted: Vec<(String, i64)> = sqlx::query_as(text).bind(member.bytes()).fetch_all(&mut *self.connection).await?;
        let held = |level: Option<String>, until, by: &str| level.map(|level| Held { level, until, rests: rests(by) });
        Ok(Some(LevelNow {
            standing: Standing {
                held: held(row.level, row.level_until, &row.level_rests),
                under: held(row.under_level, row.under_until, &row.under_rests),
                began_at: row.level_began,
            },
            growth: row.growth,
            gifted: gifted.into_iter().map(|(level, points)| LevelGift { level, points }).collect(),
            changes: row.changes,
            sponsor: row.sponsor.as_deref().map(id).transpose()?,
            purchases: row.purchases,
        }))
    }

    /// What a sale did to growth, with what its goods came to and what of them came back; both in minor units.
    ///
    /// # Errors
    /// SQLite's, or `Unreadable`.
    pub async fn growth_of_sale(&mut self, sale: SaleId) -> Result<(Vec<GrowthOfSale>, i64, i64), BooksError> {
        let text = "SELECT member, why, coalesce(sum(growth) FILTER (WHERE growth > 0), 0), coalesce(-sum(growth) FILTER (WHERE growth < 0), 0)
            FROM growth_moves WHERE of = ? GROUP BY member, why ORDER BY min(entry)";
        let rows: Vec<(Vec<u8>, String, i64, i64)> = sqlx::query_as(text).bind(sale.bytes()).fetch_all(&mut *self.connection).await?;
        let row =
            |(member, why, brought, taken): (Vec<u8>, String, i64, i64)| Ok(GrowthOfSale { member: id(&member)?, why: read(&why)?, brought, taken });
        let rows = rows.into_iter().map(row).collect::<Result<_, BooksError>>()?;
        let text = "SELECT coalesce((SELECT s.net_minor FROM journal j JOIN sales s ON s.entry = j.number WHERE j.id = ?1), 0),
            coalesce((SELECT -sum(net_minor) FROM sales WHERE origin = ?1), 0)";
        let (net, back) = sqlx::query_as(text).bind(sale.bytes()).fetch_one(&mut *self.connection).await?;
        Ok((rows, net, back))
    }
}

impl Books {
    /// The changes of a member's level, newest first.
    ///
    /// # Errors
    /// SQLite's, or `Unreadable` for a reason this version does not know.
    pub async fn member_levels(&self, member: MemberId, window: Window) -> Result<Page<LevelRow>, BooksError> {
        let mut connection = self.readers.acquire().await?;
        let count =
            sqlx::query_scalar("SELECT count(*) FROM level_changes WHERE member = ?").bind(member.bytes()).fetch_one(&mut *connection).await?;
        let text =
            "SELECT c.entry, c.business_date, c.from_level, c.to_level, c.until, c.why, c.growth, c.needed, c.gift_points, c.reason, w.name AS person
            FROM level_changes c LEFT JOIN people w ON w.id = c.person WHERE c.member = ? ORDER BY c.entry DESC LIMIT ? OFFSET ?";
        let rows: Vec<Raw> = sqlx::query_as(text).bind(member.bytes()).bind(window.rows()).bind(window.offset).fetch_all(&mut *connection).await?;
        let row = |raw: Raw| {
            Ok(LevelRow {
                entry: raw.entry,
                business_date: raw.business_date,
                from: raw.from_level,
                to: raw.to_level,
                until: raw.until,
                why: read(&raw.why)?,
                growth: raw.growth,
                needed: raw.needed,
                gift_points: raw.gift_points,
                reason: raw.reason,
                person: raw.person,
            })
        };
        Ok(Page { count, rows: rows.into_iter().map(row).collect::<Result<_, BooksError>>()? })
    }

    /// Members whose level's last day was before this one, those of the smallest identity first: at most `most`.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn levels_over(&self, today: &str, after: Option<MemberId>, most: i64) -> Result<Vec<MemberId>, BooksError> {
        let text =
            "SELECT id FROM members INDEXED BY members_level_until WHERE level_until IS NOT NULL AND level_until < ? AND id > ? ORDER BY id LIMIT ?";
        let after = after.map_or_else(Vec::new, |member| member.bytes().to_vec());
        let rows: Vec<Vec<u8>> = sqlx::query_scalar(text).bind(today).bind(after).bind(most).fetch_all(&self.readers).await?;
        rows.iter().map(|member| id(member)).collect()
    }
}
