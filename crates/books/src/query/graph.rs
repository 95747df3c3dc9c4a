//! The distribution graph: who stands below whom, with what they and their branches bought and earned in a period. Every figure is read by key; a page
//! of a hundred costs the same wherever in a shop of any size it stands.

mod overview;

pub use overview::{Overview, OverviewBy, OverviewCell};

use domain::ids::MemberId;
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, FromRow, SqliteConnection};
use ts_rs::TS;

use super::{Page, Window, id};
use crate::{Books, BooksError};

/// Whose downline, in which months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GraphFilter {
    /// Those sponsored by this member; those without a sponsor where absent.
    pub sponsor: Option<MemberId>,
    /// First month, as the books count it.
    pub from: i64,
    /// Last month, as the books count it.
    pub to: i64,
}

/// A member in the graph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GraphNode {
    /// The member.
    pub member: MemberId,
    /// Number on the card.
    pub number: String,
    /// Name.
    pub name: String,
    /// Distribution rank.
    pub rank: Option<String>,
    /// False for a frozen member.
    pub active: bool,
    /// Members sponsored directly.
    pub direct: i64,
    /// Members below, at any depth.
    pub below: i64,
    /// Own purchases in the period, minor units.
    pub own_minor: i64,
    /// Own purchases and those of everyone below as the tree stands today, minor units.
    pub group_minor: i64,
    /// Commission earned in the period, in millionths of a minor unit.
    pub earned_micro: i64,
}

/// A member on the way down from the root.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GraphPlace {
    /// Who.
    pub node: GraphNode,
    /// How many of the same sponsor are listed before.
    pub before: i64,
}

/// A member with the line above and two depths below; never more than 120 in all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Lineage {
    /// The line above from the top down, at most the nearest twelve.
    pub upline: Vec<GraphNode>,
    /// How many stand above the first of these.
    pub above: i64,
    /// The member.
    pub node: GraphNode,
    /// The largest branches below.
    pub branches: Vec<LineageBranch>,
}

/// One directly below, and the largest branches below them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LineageBranch {
    /// Who.
    pub node: GraphNode,
    /// Those below.
    pub below: Vec<GraphNode>,
}

/// A row of a branch written to a file, in the order in which a tree is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BranchRow {
    /// Steps below the top of the branch.
    pub depth: i64,
    /// The member.
    pub node: GraphNode,
    /// Number of the sponsor's card.
    pub sponsor: Option<String>,
}

const UPLINE: usize = 12;
const BRANCHES: i64 = 12;
const LINEAGE: i64 = 120;

/// Figures of `m`; `?1` and `?2` are the first and the last month. The last figure is read from its own index: the table's key begins with the month.
const FIGURES: &str = "m.key, m.id, m.number, m.name, m.rank, m.active, m.direct, m.below,
    coalesce((SELECT sum(own_minor) FROM branch_months WHERE member = m.key AND month BETWEEN ?1 AND ?2), 0) AS own_minor,
    coalesce((SELECT sum(group_minor) FROM branch_months WHERE member = m.key AND month BETWEEN ?1 AND ?2), 0) AS group_minor,
    coalesce((SELECT sum(amount_micro) FROM earned_months INDEXED BY earned_months_member WHERE member = m.key AND month BETWEEN ?1 AND ?2), 0)
        AS earned_micro";

#[derive(FromRow)]
struct Raw {
    key: i64,
    id: Vec<u8>,
    number: String,
    name: String,
    rank: Option<String>,
    active: bool,
    direct: i64,
    below: i64,
    own_minor: i64,
    group_minor: i64,
    earned_micro: i64,
}

#[derive(FromRow)]
struct RawBranch {
    depth: i64,
    sponsor: Option<String>,
    #[sqlx(flatten)]
    raw: Raw,
}

impl Raw {
    fn read(self) -> Result<GraphNode, BooksError> {
        Ok(GraphNode {
            member: id(&self.id)?,
            number: self.number,
            name: self.name,
            rank: self.rank,
            active: self.active,
            direct: self.direct,
            below: self.below,
            own_minor: self.own_minor,
            group_minor: self.group_minor,
            earned_micro: self.earned_micro,
        })
    }
}

/// Those below `?3`, or without a sponsor where that is none, the largest branch first.
fn children_text(of_someone: bool) -> String {
    let whose = if of_someone { "m.sponsor = ?3" } else { "m.sponsor IS NULL" };
    format!("SELECT {FIGURES} FROM members m INDEXED BY members_tree WHERE {whose} ORDER BY m.below DESC, m.key LIMIT ?4 OFFSET ?5")
}

async fn children(
    connection: &mut SqliteConnection,
    filter: &GraphFilter,
    sponsor: Option<i64>,
    limit: i64,
    offset: i64,
) -> Result<Vec<Raw>, BooksError> {
    let text = children_text(sponsor.is_some());
    let rows = sqlx::query_as(AssertSqlSafe(text)).bind(filter.from).bind(filter.to).bind(sponsor).bind(limit).bind(offset);
    Ok(rows.fetch_all(connection).await?)
}

/// The member and everyone above, nearest first.
async fn line(connection: &mut SqliteConnection, filter: &GraphFilter, member: MemberId) -> Result<Vec<Raw>, BooksError> {
    let text = format!(
        "WITH RECURSIVE up (key, depth) AS (SELECT key, 0 FROM members WHERE id = ?3
            UNION ALL SELECT m.sponsor, up.depth + 1 FROM up CROSS JOIN members m ON m.key = up.key WHERE up.depth < 10000)
         SELECT {FIGURES} FROM up CROSS JOIN members m ON m.key = up.key ORDER BY up.depth"
    );
    let rows: Vec<Raw> = sqlx::query_as(AssertSqlSafe(text)).bind(filter.from).bind(filter.to).bind(member.bytes()).fetch_all(connection).await?;
    // A line that closes upon itself ends where it began.
    let mut seen = std::collections::BTreeSet::new();
    Ok(rows.into_iter().take_while(|row| seen.insert(row.key)).collect())
}

async fn key_of(connection: &mut SqliteConnection, member: MemberId) -> Result<Option<i64>, BooksError> {
    Ok(sqlx::query_scalar("SELECT key FROM members WHERE id = ?").bind(member.bytes()).fetch_optional(connection).await?)
}

impl Books {
    /// A page of those below a member, or of those without a sponsor, the largest branch first.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn graph_children(&self, filter: &GraphFilter, window: Window) -> Result<Page<GraphNode>, BooksError> {
        let mut connection = self.readers.acquire().await?;
        let (sponsor, count) = match filter.sponsor {
            Some(member) => {
                let found: Option<(i64, i64)> =
                    sqlx::query_as("SELECT key, direct FROM members WHERE id = ?").bind(member.bytes()).fetch_optional(&mut *connection).await?;
                let Some((key, direct)) = found else { return Ok(Page { count: 0, rows: Vec::new() }) };
                (Some(key), direct)
            }
            None => (None, sqlx::query_scalar("SELECT count(*) FROM members WHERE sponsor IS NULL").fetch_one(&mut *connection).await?),
        };
        let rows = children(&mut connection, filter, sponsor, window.rows(), window.offset).await?;
        Ok(Page { count, rows: rows.into_iter().map(Raw::read).collect::<Result<_, _>>()? })
    }

    /// The way from the root down to a member, each with the place among those of the same sponsor; empty where there is no such member.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn graph_path(&self, filter: &GraphFilter, member: MemberId) -> Result<Vec<GraphPlace>, BooksError> {
        let mut connection = self.readers.acquire().await?;
        let mut line = line(&mut connection, filter, member).await?;
        line.reverse();
        let mut places = Vec::with_capacity(line.len());
        let mut sponsor: Option<i64> = None;
        for raw in line {
            let before: i64 = sqlx::query_scalar(
                "SELECT (SELECT count(*) FROM members WHERE sponsor IS ?1 AND below > ?2) + (SELECT count(*) FROM members WHERE sponsor IS ?1 AND below = ?2 AND key < ?3)",
            )
            .bind(sponsor)
            .bind(raw.below)
            .bind(raw.key)
            .fetch_one(&mut *connection)
            .await?;
            sponsor = Some(raw.key);
            places.push(GraphPlace { node: raw.read()?, before });
        }
        Ok(places)
    }

    /// The line above a member and two depths below.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn lineage(&self, filter: &GraphFilter, member: MemberId) -> Result<Option<Lineage>, BooksError> {
        let mut connection = self.readers.acquire().await?;
        let mut line = line(&mut connection, filter, member).await?.into_iter();
        let Some(own) = line.next() else { return Ok(None) };
        let upline: Vec<Raw> = line.collect();
        let above = upline.len().saturating_sub(UPLINE);
        let upline = upline.into_iter().take(UPLINE).rev().map(Raw::read).collect::<Result<Vec<_>, _>>()?;
        let near = children(&mut connection, filter, Some(own.key), BRANCHES, 0).await?;
        let taken = i64::try_from(upline.len() + 1 + near.len()).unwrap_or(LINEAGE);
        let each = (LINEAGE - taken) / i64::try_from(near.len().max(1)).unwrap_or(1);
        let mut branches = Vec::with_capacity(near.len());
        for one in near {
            let below = children(&mut connection, filter, Some(one.key), each, 0).await?;
            let below = below.into_iter().map(Raw::read).collect::<Result<_, _>>()?;
            branches.push(LineageBranch { node: one.read()?, below });
        }
        Ok(Some(Lineage { upline, above: i64::try_from(above).unwrap_or(i64::MAX), node: own.read()?, branches }))
    }

    /// A whole branch, or the whole shop, as a tree is read: a member, then the largest branch below with everyone in it, then the next.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn branch(&self, filter: &GraphFilter) -> Result<Vec<BranchRow>, BooksError> {
        let mut connection = self.readers.acquire().await?;
        let top = match filter.sponsor {
            Some(member) => match key_of(&mut connection, member).await? {
                Some(key) => Some(key),
                None => return Ok(Vec::new()),
            },
            None => None,
        };
        let begin = if top.is_some() { "key = ?3" } else { "sponsor IS NULL" };
        // The deepest first is what makes it a tree's order; no line can make it longer than there are members.
        let text = format!(
            "WITH RECURSIVE tree (key, depth, sponsor) AS (SELECT * FROM (SELECT key, 0, sponsor FROM members WHERE {begin} ORDER BY below DESC, key)
                UNION ALL SELECT m.key, t.depth + 1, t.key FROM tree t CROSS JOIN members m INDEXED BY members_tree ON m.sponsor = t.key
                ORDER BY 2 DESC LIMIT (SELECT max(key) FROM members))
             SELECT tree.depth, (SELECT number FROM members s WHERE s.key = tree.sponsor) AS sponsor, {FIGURES}
             FROM tree CROSS JOIN members m ON m.key = tree.key"
        );
        let rows: Vec<RawBranch> =
            sqlx::query_as(AssertSqlSafe(text)).bind(filter.from).bind(filter.to).bind(top).fetch_all(&mut *connection).await?;
        rows.into_iter().map(|row| Ok(BranchRow { depth: row.depth, sponsor: row.sponsor, node: row.raw.read()? })).collect()
    }

    /// How SQLite means to read a page of those below somebody, step by step.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn graph_plan(&self, of_someone: bool) -> Result<Vec<String>, BooksError> {
        let text = format!("EXPLAIN QUERY PLAN {}", children_text(of_someone));
        let rows: Vec<(i64, i64, i64, String)> =
            sqlx::query_as(AssertSqlSafe(text)).bind(0).bind(0).bind(1).bind(100).bind(0).fetch_all(&self.readers).await?;
        Ok(rows.into_iter().map(|(_, _, _, step)| step).collect())
    }
}
