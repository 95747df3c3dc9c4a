//! The groups of members with their figures, and the members of a group, page after page by key.

use domain::{group::MemberGroup, ids::MemberId};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, QueryBuilder, Sqlite};
use ts_rs::TS;

use super::{
    id,
    member_filter::{GroupBounds, MemberFilter, filtered},
};
use crate::{Books, BooksError, apply::Reading};

/// How many members, and what they are worth to the shop.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, FromRow, Serialize, Deserialize, TS)]
pub struct GroupFigures {
    /// How many.
    pub members: i64,
    /// Net of all they bought, minor units.
    pub net_minor: i64,
    /// How many bought at all.
    pub buyers: i64,
    /// Net per buyer, rounded half up, minor units.
    pub per_buyer_minor: i64,
    /// How many bought again.
    pub again: i64,
    /// Their share of the buyers, in millionths.
    pub again_ppm: i64,
}

/// A group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GroupRow {
    /// Which.
    pub group: MemberGroup,
    /// Its figures.
    pub figures: GroupFigures,
}

/// A band of spending.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BandRow {
    /// From this net on, minor units; absent for the lowest.
    pub from_minor: Option<i64>,
    /// Below this; absent for the highest.
    pub below_minor: Option<i64>,
    /// Its figures.
    pub figures: GroupFigures,
}

/// A level or a tag.
#[derive(Debug, Clone, PartialEq, Eq, FromRow, Serialize, Deserialize, TS)]
pub struct WordRow {
    /// Its name.
    pub word: String,
    /// Its figures.
    #[sqlx(flatten)]
    pub figures: GroupFigures,
}

macro_rules! figures {
    () => {
        "count(*) AS members, coalesce(sum(m.net_minor), 0) AS net_minor, coalesce(sum(m.purchases > 0), 0) AS buyers,
            coalesce((2 * sum(m.net_minor) + sum(m.purchases > 0)) / nullif(2 * sum(m.purchases > 0), 0), 0) AS per_buyer_minor,
            coalesce(sum(m.purchases > 1), 0) AS again, coalesce(1000000 * sum(m.purchases > 1) / nullif(sum(m.purchases > 0), 0), 0) AS again_ppm"
    };
}

impl Books {
    /// Every group with its figures. Each is a walk over its part of an index.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn groups(&self, bounds: &GroupBounds) -> Result<Vec<GroupRow>, BooksError> {
        let mut rows = Vec::with_capacity(MemberGroup::ALL.len());
        for group in MemberGroup::ALL {
            let filter = MemberFilter { group: Some(group), ..MemberFilter::default() };
            rows.push(GroupRow { group, figures: self.figures(&filter, bounds).await? });
        }
        Ok(rows)
    }

    /// The bands of spending, lowest first.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn bands(&self, bounds: &GroupBounds) -> Result<Vec<BandRow>, BooksError> {
        let starts = || std::iter::once(None).chain(bounds.bands.iter().copied().map(Some));
        let mut rows = Vec::with_capacity(bounds.bands.len() + 1);
        for (from_minor, below_minor) in starts().zip(starts().skip(1).chain([None])) {
            let filter = MemberFilter { spent_from_minor: from_minor, spent_below_minor: below_minor, ..MemberFilter::default() };
            rows.push(BandRow { from_minor, below_minor, figures: self.figures(&filter, bounds).await? });
        }
        Ok(rows)
    }

    async fn figures(&self, filter: &MemberFilter, bounds: &GroupBounds) -> Result<GroupFigures, BooksError> {
        const START: &str = concat!("SELECT ", figures!(), " FROM members m");
        Ok(filtered(START, filter, bounds).build_query_as().fetch_one(&self.readers).await?)
    }

    /// The levels in use, and the tags, each with its figures.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn group_words(&self) -> Result<(Vec<WordRow>, Vec<WordRow>), BooksError> {
        const LEVELS: &str =
            concat!("SELECT m.level AS word, ", figures!(), " FROM members m WHERE m.level IS NOT NULL GROUP BY m.level ORDER BY m.level");
        const TAGS: &str =
            concat!("SELECT t.tag AS word, ", figures!(), " FROM member_tags t JOIN members m ON m.key = t.member GROUP BY t.tag ORDER BY t.tag");
        Ok((sqlx::query_as(LEVELS).fetch_all(&self.readers).await?, sqlx::query_as(TAGS).fetch_all(&self.readers).await?))
    }

    /// The tags in use, in order.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn tags(&self) -> Result<Vec<String>, BooksError> {
        // From tag to tag by the key, however many members have each.
        let text = "WITH RECURSIVE walk (tag) AS (SELECT min(tag) FROM member_tags
                UNION ALL SELECT (SELECT min(tag) FROM member_tags WHERE tag > walk.tag) FROM walk WHERE walk.tag IS NOT NULL)
            SELECT tag FROM walk WHERE tag IS NOT NULL";
        Ok(sqlx::query_scalar(text).fetch_all(&self.readers).await?)
    }
}

impl Reading<'_> {
    /// The next members under a filter who get a tag by `on`, or lose it: in order of their keys, after one of them.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn to_tag(
        &mut self,
        filter: &MemberFilter,
        bounds: &GroupBounds,
        (tag, on): (&str, bool),
        (after, most): (i64, i64),
    ) -> Result<Vec<(i64, MemberId)>, BooksError> {
        let mut query = filtered("SELECT m.key, m.id FROM members m", filter, bounds);
        query.push(" AND m.key > ").push_bind(after);
        query.push(if on { " AND m.key NOT IN" } else { " AND m.key IN" });
        query.push(" (SELECT member FROM member_tags WHERE tag = ").push_bind(tag.to_owned()).push(")");
        self.keyed(query, most).await
    }

    /// The next members under a filter in order of their keys, after one of them.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn members_after(
        &mut self,
        filter: &MemberFilter,
        bounds: &GroupBounds,
        (after, most): (i64, i64),
    ) -> Result<Vec<(i64, MemberId)>, BooksError> {
        let mut query = filtered("SELECT m.key, m.id FROM members m", filter, bounds);
        query.push(" AND m.key > ").push_bind(after);
        self.keyed(query, most).await
    }

    async fn keyed(&mut self, mut query: QueryBuilder<Sqlite>, most: i64) -> Result<Vec<(i64, MemberId)>, BooksError> {
        query.push(" ORDER BY m.key LIMIT ").push_bind(most);
        let rows: Vec<(i64, Vec<u8>)> = query.build_query_as().fetch_all(&mut *self.connection).await?;
        rows.into_iter().map(|(key, member)| Ok((key, id(&member)?))).collect()
    }
}
