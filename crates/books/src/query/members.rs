//! Members: the list, the search box, the sponsor chain and one member's page.

use std::collections::BTreeMap;

use domain::{ids::MemberId, member::MemberCard, referral, sale::ChainLink};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, QueryBuilder, Sqlite, SqliteConnection};
use ts_rs::TS;

pub use super::member_filter::{GroupBounds, MemberFilter};
use super::{
    Page, Window, id,
    member_filter::{filtered, order, search_keys},
};
use crate::{
    Books, BooksError,
    apply::{Reading, Writing},
};

/// A member as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MemberRow {
    /// The member.
    pub member: MemberId,
    /// Number on the card.
    pub number: String,
    /// The card.
    pub card: MemberCard,
    /// Sponsor, with name and number.
    pub sponsor: Option<MemberHit>,
    /// Business date.
    pub joined: String,
    /// Members sponsored directly.
    pub direct: i64,
    /// Sales so far.
    pub purchases: i64,
    /// Net of them in minor units.
    pub net_minor: i64,
    /// Points that can be spent; below zero is a debt.
    pub points: i64,
    /// Points that cannot be spent yet.
    pub points_locked: i64,
    /// Stored value that can be spent, in minor units, bonus included.
    pub balance_minor: i64,
    /// How much of it is the shop's bonus.
    pub bonus_minor: i64,
    /// Day of the last purchase.
    pub last_bought: Option<String>,
    /// The shop's tags, in order.
    pub tags: Vec<String>,
    /// The shop's day on which the personal data were erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional = nullable)]
    pub erased: Option<String>,
    /// The member whose card this one was merged into.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional = nullable)]
    pub merged_into: Option<MemberHit>,
}

/// A member in a search box or a chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MemberHit {
    /// The member.
    pub member: MemberId,
    /// Number on the card.
    pub number: String,
    /// Name.
    pub name: String,
    /// Phone, E.164.
    pub phone: Option<String>,
    /// Rank.
    pub rank: Option<String>,
}

/// Everything on a member's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MemberSheet {
    /// The member.
    pub row: MemberRow,
    /// Sponsor, the sponsor's sponsor and so on to the root.
    pub upline: Vec<MemberHit>,
    /// Commission earned and not yet on a statement, in millionths of a minor unit.
    pub pending_micro: i64,
    /// Commission by month, newest first: `YYYY-MM`, sales, exact amount.
    pub months: Vec<(String, i64, i64)>,
    /// The code by which others name this member as their sponsor.
    pub referral: String,
    /// Cards that were merged into this one.
    pub merged: Vec<MemberHit>,
}

/// A place in the sponsor chain with what a plan needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainMember {
    /// As frozen into the sale.
    pub link: ChainLink,
    /// Name, for explanations.
    pub name: String,
}

#[derive(FromRow)]
struct Raw {
    id: Vec<u8>,
    number: String,
    name: String,
    phone: Option<String>,
    level: Option<String>,
    rank: Option<String>,
    active: bool,
    note: Option<String>,
    birthday: Option<String>,
    contact: Option<String>,
    joined: String,
    direct: i64,
    purchases: i64,
    net_minor: i64,
    sponsor_id: Option<Vec<u8>>,
    sponsor_number: Option<String>,
    sponsor_name: Option<String>,
    sponsor_phone: Option<String>,
    sponsor_rank: Option<String>,
    points: i64,
    points_locked: i64,
    paid_minor: i64,
    bonus_minor: i64,
    last_bought: Option<String>,
    tags: Option<String>,
    erased: Option<String>,
    into_id: Option<Vec<u8>>,
    into_number: Option<String>,
    into_name: Option<String>,
    into_phone: Option<String>,
    into_rank: Option<String>,
}

const SELECT: &str = "SELECT m.id, m.number, m.name, m.phone, m.level, m.rank, m.active, m.note, m.birthday, m.contact, m.joined, m.direct, m.purchases, m.net_minor, m.last_bought, m.erased,
    (SELECT json_group_array(t.tag ORDER BY t.tag) FROM member_tags t WHERE t.member = m.key) AS tags,
    s.id AS sponsor_id, s.number AS sponsor_number, s.name AS sponsor_name, s.phone AS sponsor_phone, s.rank AS sponsor_rank,
    i.id AS into_id, i.number AS into_number, i.name AS into_name, i.phone AS into_phone, i.rank AS into_rank,
    coalesce((SELECT b.amount FROM accounts a JOIN balances b ON b.account = a.key
        WHERE a.name = 'points.held' AND a.party = m.id AND b.unit = (SELECT key FROM units WHERE name = 'points')), 0) AS points,
    coalesce((SELECT b.amount FROM accounts a JOIN balances b ON b.account = a.key WHERE a.name = 'points.locked' AND a.party = m.id), 0) AS points_locked,
    coalesce((SELECT -b.amount FROM accounts a JOIN balances b ON b.account = a.key WHERE a.name = 'balance.paid' AND a.party = m.id), 0) AS paid_minor,
    coalesce((SELECT -b.amount FROM accounts a JOIN balances b ON b.account = a.key WHERE a.name = 'balance.bonus' AND a.party = m.id), 0) AS bonus_minor
    FROM members m LEFT JOIN members s ON s.key = m.sponsor LEFT JOIN members i ON i.key = m.merged_into";

impl Raw {
    fn read(self) -> Result<MemberRow, BooksError> {
        let sponsor = match (self.sponsor_id, self.sponsor_number, self.sponsor_name) {
            (Some(sponsor), Some(number), Some(name)) => {
                Some(MemberHit { member: id(&sponsor)?, number, name, phone: self.sponsor_phone, rank: self.sponsor_rank })
            }
            (_, _, _) => None,
        };
        let merged_into = match (self.into_id, self.into_number, self.into_name) {
            (Some(into), Some(number), Some(name)) => {
                Some(MemberHit { member: id(&into)?, number, name, phone: self.into_phone, rank: self.into_rank })
            }
            (_, _, _) => None,
        };
        let card = MemberCard {
            name: self.name,
            phone: self.phone,
            level: self.level,
            rank: self.rank,
            active: self.active,
            note: self.note,
            birthday: self.birthday,
            contact: self.contact.and_then(|contact| serde_json::from_str(&contact).ok()),
        };
        Ok(MemberRow {
            member: id(&self.id)?,
            number: self.number,
            card,
            sponsor,
            joined: self.joined,
            direct: self.direct,
            purchases: self.purchases,
            net_minor: self.net_minor,
            // Two tills that were apart may have unlocked and taken back the same points: what is locked below zero is not there to be spent.
            points: self.points + self.points_locked.min(0),
            points_locked: self.points_locked.max(0),
            balance_minor: self.paid_minor + self.bonus_minor,
            bonus_minor: self.bonus_minor,
            last_bought: self.last_bought,
            tags: self.tags.and_then(|tags| serde_json::from_str(&tags).ok()).unwrap_or_default(),
            erased: self.erased,
            merged_into,
        })
    }
}

impl Books {
    /// A part of the member list.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn members(&self, filter: &MemberFilter, bounds: &GroupBounds, window: Window) -> Result<Page<MemberRow>, BooksError> {
        let count = filtered("SELECT count(*) FROM members m", filter, bounds).build_query_scalar().fetch_one(&self.readers).await?;
        let mut query = filtered(SELECT, filter, bounds);
        query.push(order(filter)).push(" LIMIT ").push_bind(window.rows()).push(" OFFSET ").push_bind(window.offset);
        let rows: Vec<Raw> = query.build_query_as().fetch_all(&self.readers).await?;
        Ok(Page { count, rows: rows.into_iter().map(Raw::read).collect::<Result<_, _>>()? })
    }

    /// Up to twenty members for a search box, by every key that the list knows, a merged card leading to the one that stays; national telephone numbers are those of `country_code`.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn find_members(&self, search: &str, country_code: &str) -> Result<Vec<MemberHit>, BooksError> {
        if search.trim().is_empty() {
            return Ok(Vec::new());
        }
        let mut query = QueryBuilder::<Sqlite>::new(
            "SELECT id, number, name, phone, rank FROM members WHERE key IN (SELECT coalesce(f.merged_into, f.key) FROM members f WHERE f.key IN (",
        );
        search_keys(&mut query, search, country_code, Some(20));
        query.push(")) ORDER BY active DESC, number LIMIT 20");
        hits(query.build_query_as().fetch_all(&self.readers).await?)
    }

    /// The member's page.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn member(&self, member: MemberId) -> Result<Option<MemberSheet>, BooksError> {
        let mut connection = self.readers.acquire().await?;
        let Some(row) = row(&mut connection, member).await? else { return Ok(None) };
        let upline = upline(&mut connection, member).await?.split_off(1);
        let pending: Option<i64> = sqlx::query_scalar(
            "SELECT b.amount FROM accounts a JOIN balances b ON b.account = a.key WHERE a.name = 'commission.pending' AND a.party = ?",
        )
        .bind(member.bytes())
        .fetch_optional(&mut *connection)
        .await?;
        // From month to month by the key, one step each, however many members earned in them.
        let months: Vec<(i64, i64, i64)> = sqlx::query_as(
            "WITH RECURSIVE walk (month) AS (SELECT max(month) FROM earned_months
                UNION ALL SELECT (SELECT max(month) FROM earned_months WHERE month < walk.month) FROM walk WHERE walk.month IS NOT NULL)
             SELECT e.month, e.sales, e.amount_micro FROM walk CROSS JOIN earned_months e ON e.month = walk.month
             WHERE e.member = (SELECT key FROM members WHERE id = ?) ORDER BY e.month DESC LIMIT 24",
        )
        .bind(member.bytes())
        .fetch_all(&mut *connection)
        .await?;
        let months = months.into_iter().map(|(month, sales, amount)| (super::month_name(month), sales, amount)).collect();
        let merged = sqlx::query_as(
            "SELECT id, number, name, phone, rank FROM members WHERE merged_into = (SELECT key FROM members WHERE id = ?) ORDER BY number",
        )
        .bind(member.bytes())
        .fetch_all(&mut *connection)
        .await?;
        let merged = hits(merged)?;
        Ok(Some(MemberSheet { merged, row, upline, pending_micro: pending.unwrap_or(0), months, referral: referral::code(member) }))
    }

    /// Merged cards on which something has come in since, each with the card that stays.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn merged_with_more(&self) -> Result<Vec<(MemberId, MemberId)>, BooksError> {
        let text = "SELECT m.id, i.id FROM members m INDEXED BY members_merged CROSS JOIN members i ON i.key = m.merged_into WHERE m.merged_into IS NOT NULL AND EXISTS
            (SELECT 1 FROM accounts a JOIN balances b ON b.account = a.key WHERE a.party = m.id AND b.amount <> 0
                AND a.name IN ('balance.paid', 'balance.bonus', 'points.held', 'growth.held')) ORDER BY m.id";
        let rows: Vec<(Vec<u8>, Vec<u8>)> = sqlx::query_as(text).fetch_all(&self.readers).await?;
        rows.iter().map(|(member, into)| Ok((id(member)?, id(into)?))).collect()
    }

    /// Names of these members.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn member_names(&self, members: &[MemberId]) -> Result<BTreeMap<MemberId, String>, BooksError> {
        if members.is_empty() {
            return Ok(BTreeMap::new());
        }
        let mut query = QueryBuilder::<Sqlite>::new("SELECT id, name FROM members WHERE id IN (");
        let mut ids = query.separated(", ");
        for member in members {
            ids.push_bind(member.bytes().to_vec());
        }
        query.push(")");
        let rows: Vec<(Vec<u8>, String)> = query.build_query_as().fetch_all(&self.readers).await?;
        rows.into_iter().map(|(member, name)| Ok((id(&member)?, name))).collect()
    }

    /// Number and name of each.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn member_labels(&self, members: &[MemberId]) -> Result<BTreeMap<MemberId, (String, String)>, BooksError> {
        if members.is_empty() {
            return Ok(BTreeMap::new());
        }
        let mut query = QueryBuilder::<Sqlite>::new("SELECT id, number, name FROM members WHERE id IN (");
        let mut ids = query.separated(", ");
        for member in members {
            ids.push_bind(member.bytes().to_vec());
        }
        query.push(")");
        let rows: Vec<(Vec<u8>, String, String)> = query.build_query_as().fetch_all(&self.readers).await?;
        rows.into_iter().map(|(member, number, name)| Ok((id(&member)?, (number, name)))).collect()
    }

    /// Levels and ranks in use, each in order of name.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn member_words(&self) -> Result<(Vec<String>, Vec<String>), BooksError> {
        let levels = sqlx::query_scalar("SELECT DISTINCT level FROM members WHERE level IS NOT NULL ORDER BY level").fetch_all(&self.readers).await?;
        let ranks = sqlx::query_scalar("SELECT DISTINCT rank FROM members WHERE rank IS NOT NULL ORDER BY rank").fetch_all(&self.readers).await?;
        Ok((levels, ranks))
    }
}

impl Reading<'_> {
    /// One member as lists show it.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn member(&mut self, member: MemberId) -> Result<Option<MemberRow>, BooksError> {
        row(self.connection, member).await
    }

    /// The member and everyone above with what a plan needs.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn chain(&mut self, member: MemberId) -> Result<Vec<ChainMember>, BooksError> {
        // A condition on the members' side would invite the planner to look through all of them first; the top's missing sponsor falls out by itself.
        let text = "WITH RECURSIVE up (key, depth) AS (
                SELECT key, 0 FROM members WHERE id = ?
                UNION ALL SELECT m.sponsor, up.depth + 1 FROM up CROSS JOIN members m ON m.key = up.key WHERE up.depth < 10000)
            SELECT m.id, m.rank, m.active, m.name FROM up JOIN members m ON m.key = up.key ORDER BY up.depth";
        let rows: Vec<(Vec<u8>, Option<String>, bool, String)> = sqlx::query_as(text).bind(member.bytes()).fetch_all(&mut *self.connection).await?;
        rows.into_iter()
            .map(|(member, rank, active, name)| Ok(ChainMember { link: ChainLink { member: id(&member)?, rank, active }, name }))
            .collect()
    }
}

impl Writing<'_> {
    /// The member and everyone above, nearest first. A line that closes upon itself ends where it began.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn upline(&mut self, member: MemberId) -> Result<Vec<MemberHit>, BooksError> {
        upline(self.reading(), member).await
    }

    /// Who else has this phone, and who else has this number.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn member_takers(
        &mut self,
        member: MemberId,
        phone: Option<&str>,
        number: &str,
    ) -> Result<(Option<String>, Option<String>), BooksError> {
        let text = "SELECT (SELECT name FROM members WHERE phone = ?2 AND id <> ?1 LIMIT 1), (SELECT name FROM members WHERE number = ?3 AND id <> ?1 LIMIT 1)";
        Ok(sqlx::query_as(text).bind(member.bytes()).bind(phone).bind(number).fetch_one(self.reading()).await?)
    }

    /// Everyone directly under a member, in order of number.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn brought_in_by(&mut self, member: MemberId) -> Result<Vec<MemberId>, BooksError> {
        let text = "SELECT m.id FROM members m WHERE m.sponsor = (SELECT key FROM members WHERE id = ?) ORDER BY m.number, m.id";
        let found: Vec<Vec<u8>> = sqlx::query_scalar(text).bind(member.bytes()).fetch_all(self.reading()).await?;
        found.iter().map(|member| id(member)).collect()
    }

    /// What a member holds that goes over to another card: stored value paid in, stored value added, both in minor units, usable points and growth.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn holdings(&mut self, member: MemberId) -> Result<[i64; 4], BooksError> {
        let text = "SELECT name, amount FROM (SELECT a.name AS name, b.amount AS amount FROM accounts a JOIN balances b ON b.account = a.key
            WHERE a.party = ? AND a.name IN ('balance.paid', 'balance.bonus', 'points.held', 'growth.held'))";
        let rows: Vec<(String, i64)> = sqlx::query_as(text).bind(member.bytes()).fetch_all(self.reading()).await?;
        let held = |name: &str| rows.iter().filter(|(account, _)| account == name).map(|(_, amount)| amount).sum::<i64>();
        Ok([-held("balance.paid"), -held("balance.bonus"), held("points.held"), held("growth.held")])
    }

    /// The member with exactly this number.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn member_by_number(&mut self, number: &str) -> Result<Option<MemberId>, BooksError> {
        let found: Option<Vec<u8>> =
            sqlx::query_scalar("SELECT id FROM members WHERE number = ? LIMIT 1").bind(number).fetch_optional(self.reading()).await?;
        found.as_deref().map(id).transpose()
    }
}

async fn row(connection: &mut SqliteConnection, member: MemberId) -> Result<Option<MemberRow>, BooksError> {
    let mut query = QueryBuilder::<Sqlite>::new(SELECT);
    query.push(" WHERE m.id = ").push_bind(member.bytes().to_vec());
    let found: Option<Raw> = query.build_query_as().fetch_optional(connection).await?;
    found.map(Raw::read).transpose()
}

async fn upline(connection: &mut SqliteConnection, member: MemberId) -> Result<Vec<MemberHit>, BooksError> {
    let text = "WITH RECURSIVE up (key, depth) AS (
            SELECT key, 0 FROM members WHERE id = ?
            UNION ALL SELECT m.sponsor, up.depth + 1 FROM up CROSS JOIN members m ON m.key = up.key WHERE up.depth < 10000)
        SELECT m.id, m.number, m.name, m.phone, m.rank FROM up JOIN members m ON m.key = up.key ORDER BY up.depth";
    hits(sqlx::query_as(text).bind(member.bytes()).fetch_all(connection).await?)
}

pub(super) type HitRow = (Vec<u8>, String, String, Option<String>, Option<String>);

pub(super) fn hits(rows: Vec<HitRow>) -> Result<Vec<MemberHit>, BooksError> {
    rows.into_iter().map(|(member, number, name, phone, rank)| Ok(MemberHit { member: id(&member)?, number, name, phone, rank })).collect()
}
