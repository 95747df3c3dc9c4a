//! Where members stand in the binary tree, and what their legs bring forward.

use domain::{
    ids::MemberId,
    placement::{Place, Side},
};
use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;
use ts_rs::TS;

use super::{
    members::{HitRow, MemberHit, hits},
    month_name,
};
use crate::{Books, BooksError, apply::Writing};

/// A member's place and surroundings in the binary tree.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PlacementRow {
    /// Under whom; absent at a top, or outside the tree.
    pub under: Option<MemberHit>,
    /// In which leg of theirs.
    pub side: Option<Side>,
    /// At the top of the left leg.
    pub left: Option<MemberHit>,
    /// At the top of the right leg.
    pub right: Option<MemberHit>,
    /// Legs as the last close left them.
    pub legs: Vec<LegsRow>,
}

/// What a member's legs hold after a close.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LegsRow {
    /// `YYYY-MM` of the close.
    pub month: String,
    /// The rule.
    pub rule: String,
    /// Exact, in major units.
    pub left: String,
    /// Exact, in major units.
    pub right: String,
}

impl Books {
    /// A member's place, whoever stands right below, and what the legs hold.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn placement(&self, member: MemberId) -> Result<PlacementRow, BooksError> {
        let mut reader = self.readers.acquire().await?;
        placement(&mut reader, member).await
    }

    /// The outermost free place of a leg, found by going down that side; `None` where the member is unknown.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn outermost(&self, member: MemberId, side: Side) -> Result<Option<MemberHit>, BooksError> {
        // Twice as many steps as members would only be reached in a ring, which no rule lets come about.
        let text = "WITH RECURSIVE down (key, depth) AS (
                SELECT key, 0 FROM members WHERE id = ?1
                UNION ALL SELECT p.member, down.depth + 1 FROM down CROSS JOIN places p ON p.under = down.key AND p.side = ?2 WHERE down.depth < 100000)
            SELECT m.id, m.number, m.name, m.phone, m.rank FROM down JOIN members m ON m.key = down.key ORDER BY down.depth DESC LIMIT 1";
        let rows: Vec<HitRow> = sqlx::query_as(text).bind(member.bytes()).bind(side.word()).fetch_all(&self.readers).await?;
        Ok(hits(rows)?.pop())
    }
}

impl Writing<'_> {
    /// Where a member stands now.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn place_of(&mut self, member: MemberId) -> Result<Option<Place>, BooksError> {
        let text = "SELECT u.id, p.side FROM places p JOIN members m ON m.key = p.member JOIN members u ON u.key = p.under WHERE m.id = ?";
        let row: Option<(Vec<u8>, String)> = sqlx::query_as(text).bind(member.bytes()).fetch_optional(self.reading()).await?;
        let Some((under, side)) = row else { return Ok(None) };
        Side::read(&side).map(|side| Ok(Place { under: super::id(&under)?, side })).transpose()
    }

    /// Who stands at the top of a leg.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn stands_at(&mut self, place: Place) -> Result<Option<MemberHit>, BooksError> {
        let connection = self.reading();
        at(connection, place.under, place.side).await
    }

    /// The member and everyone above in the binary tree, nearest first.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn placed_above(&mut self, member: MemberId) -> Result<Vec<MemberHit>, BooksError> {
        let text = "WITH RECURSIVE up (key, depth) AS (
                SELECT key, 0 FROM members WHERE id = ?
                UNION ALL SELECT p.under, up.depth + 1 FROM up CROSS JOIN places p ON p.member = up.key WHERE up.depth < 100000)
            SELECT m.id, m.number, m.name, m.phone, m.rank FROM up JOIN members m ON m.key = up.key ORDER BY up.depth";
        hits(sqlx::query_as(text).bind(member.bytes()).fetch_all(self.reading()).await?)
    }
}

async fn placement(connection: &mut SqliteConnection, member: MemberId) -> Result<PlacementRow, BooksError> {
    let text = "SELECT u.id, u.number, u.name, u.phone, u.rank FROM places p JOIN members m ON m.key = p.member JOIN members u ON u.key = p.under
        WHERE m.id = ?";
    let under = hits(sqlx::query_as(text).bind(member.bytes()).fetch_all(&mut *connection).await?)?.pop();
    let side: Option<String> = sqlx::query_scalar("SELECT p.side FROM places p JOIN members m ON m.key = p.member WHERE m.id = ?")
        .bind(member.bytes())
        .fetch_optional(&mut *connection)
        .await?;
    let left = at(connection, member, Side::L).await?;
    let right = at(connection, member, Side::R).await?;
    let text = "SELECT l.month, l.rule, l.left_leg, l.right_leg FROM legs l JOIN members m ON m.key = l.member
        WHERE m.id = ? AND l.month = (SELECT max(month) FROM leg_months) ORDER BY l.rule";
    let rows: Vec<(i64, String, String, String)> = sqlx::query_as(text).bind(member.bytes()).fetch_all(connection).await?;
    let legs = rows.into_iter().map(|(month, rule, left, right)| LegsRow { month: month_name(month), rule, left, right }).collect();
    Ok(PlacementRow { under, side: side.as_deref().and_then(Side::read), left, right, legs })
}

async fn at(connection: &mut SqliteConnection, under: MemberId, side: Side) -> Result<Option<MemberHit>, BooksError> {
    let text = "SELECT m.id, m.number, m.name, m.phone, m.rank FROM places p JOIN members u ON u.key = p.under JOIN members m ON m.key = p.member
        WHERE u.id = ? AND p.side = ? LIMIT 1";
    Ok(hits(sqlx::query_as(text).bind(under.bytes()).bind(side.word()).fetch_all(connection).await?)?.pop())
}
