//! The whole shop at a glance: its largest branches, the largest within them, and what is left over.

use domain::ids::MemberId;
use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;
use ts_rs::TS;

use super::{GraphFilter, children, line};
use crate::{Books, BooksError};

/// What a branch is measured by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OverviewBy {
    /// Members in it.
    People,
    /// What it bought in the period.
    Sales,
}

/// A branch, or the rest of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OverviewCell {
    /// Who stands at the top of the branch; absent for the rest.
    pub member: Option<MemberId>,
    /// Their name; empty for the rest.
    pub name: String,
    /// Steps below the top of the picture, from 1 on.
    pub depth: i64,
    /// Place of the branch that it is part of among the cells; absent at depth 1.
    pub within: Option<i64>,
    /// Branches it stands for: 1, or how many the rest gathers.
    pub branches: i64,
    /// Members in it.
    pub people: i64,
    /// What it bought in the period, minor units.
    pub group_minor: i64,
}

/// The picture. Cells of one depth stand in order, each within its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Overview {
    /// Members in the picture.
    pub people: i64,
    /// What they bought in the period, minor units.
    pub group_minor: i64,
    /// Branches and rests.
    pub cells: Vec<OverviewCell>,
}

/// Depths that are drawn.
const DEPTHS: i64 = 5;
/// Branches that are drawn of one.
const KEPT: usize = 8;
/// Cells that are drawn in all.
const CELLS: usize = 300;
/// The largest that are looked at, by members, to find those that are drawn.
const LOOKED_AT: i64 = 200;

struct Part {
    /// Place among the cells; absent for the top.
    cell: Option<usize>,
    key: Option<i64>,
    depth: i64,
    direct: i64,
    people_below: i64,
    minor_below: i64,
}

impl Books {
    /// The whole shop, or the branch of a member, in at most three hundred cells.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn overview(&self, filter: &GraphFilter, by: OverviewBy) -> Result<Overview, BooksError> {
        let mut connection = self.readers.acquire().await?;
        let (people, group_minor, top) = match filter.sponsor {
            Some(member) => {
                let Some(own) = line(&mut connection, filter, member).await?.into_iter().next() else {
                    return Ok(Overview { people: 0, group_minor: 0, cells: Vec::new() });
                };
                let minor_below = own.group_minor - own.own_minor;
                let part = Part { cell: None, key: Some(own.key), depth: 0, direct: own.direct, people_below: own.below, minor_below };
                (own.below + 1, own.group_minor, part)
            }
            None => whole_shop(&mut connection, filter).await?,
        };
        let of = |people: i64, minor: i64| match by {
            OverviewBy::People => people,
            OverviewBy::Sales => minor.max(0),
        };
        let whole = of(people, group_minor).max(1);
        let mut cells: Vec<OverviewCell> = Vec::new();
        let mut open = std::collections::VecDeque::from([top]);
        while let Some(part) = open.pop_front() {
            if part.depth >= DEPTHS || part.direct == 0 || cells.len() >= CELLS {
                continue;
            }
            let mut near = children(&mut connection, filter, part.key, LOOKED_AT, 0).await?;
            near.sort_by_key(|one| std::cmp::Reverse(of(one.below + 1, one.group_minor)));
            // Anything thinner than a fortieth of the picture could be neither read nor hit: it belongs to the rest.
            near.retain(|one| of(one.below + 1, one.group_minor).saturating_mul(40) >= whole);
            near.truncate(KEPT);
            let (mut people_left, mut minor_left, mut direct_left) = (part.people_below, part.minor_below, part.direct);
            let within = part.cell.and_then(|place| i64::try_from(place).ok());
            for one in near {
                (people_left, minor_left, direct_left) = (people_left - one.below - 1, minor_left - one.group_minor, direct_left - 1);
                open.push_back(Part {
                    cell: Some(cells.len()),
                    key: Some(one.key),
                    depth: part.depth + 1,
                    direct: one.direct,
                    people_below: one.below,
                    minor_below: one.group_minor - one.own_minor,
                });
                let (people, group_minor) = (one.below + 1, one.group_minor);
                let node = one.read()?;
                cells.push(OverviewCell {
                    member: Some(node.member),
                    name: node.name,
                    depth: part.depth + 1,
                    within,
                    branches: 1,
                    people,
                    group_minor,
                });
            }
            if direct_left > 0 {
                let rest = OverviewCell {
                    member: None,
                    name: String::new(),
                    depth: part.depth + 1,
                    within,
                    branches: direct_left,
                    people: people_left,
                    group_minor: minor_left,
                };
                cells.push(rest);
            }
        }
        Ok(Overview { people, group_minor, cells })
    }
}

/// The shop's own sums: members are never taken out, so the last key counts them, and member 0 of the months is everyone together.
async fn whole_shop(connection: &mut SqliteConnection, filter: &GraphFilter) -> Result<(i64, i64, Part), BooksError> {
    let (people, minor, direct): (i64, i64, i64) = sqlx::query_as(
        "SELECT coalesce((SELECT max(key) FROM members), 0),
            coalesce((SELECT sum(group_minor) FROM branch_months WHERE member = 0 AND month BETWEEN ?1 AND ?2), 0),
            (SELECT count(*) FROM members WHERE sponsor IS NULL)",
    )
    .bind(filter.from)
    .bind(filter.to)
    .fetch_one(connection)
    .await?;
    Ok((people, minor, Part { cell: None, key: None, depth: 0, direct, people_below: people, minor_below: minor }))
}
