//! Which members: every condition that the list, its count, a job over them and a group's figures share.

use domain::{group::MemberGroup, ids::MemberId, member, referral};
use serde::{Deserialize, Serialize};
use sqlx::{QueryBuilder, Sqlite};
use ts_rs::TS;

use super::after;

/// Which members, in which order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MemberFilter {
    /// Start of a name, pinyin, initials, number or phone, or the phone's last four.
    #[serde(default)]
    pub search: String,
    /// Only this rank.
    #[serde(default)]
    pub rank: Option<String>,
    /// Only this level.
    #[serde(default)]
    pub level: Option<String>,
    /// Only those sponsored by this member.
    #[serde(default)]
    pub sponsor: Option<MemberId>,
    /// Only frozen members, or only those that are not.
    #[serde(default)]
    pub frozen: Option<bool>,
    /// Only this group.
    #[serde(default)]
    pub group: Option<MemberGroup>,
    /// Only those who have all of these tags.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Only those who spent this much or more, net, in minor units.
    #[serde(default)]
    pub spent_from_minor: Option<i64>,
    /// Only those who spent less.
    #[serde(default)]
    pub spent_below_minor: Option<i64>,
    /// `number`, `name`, `joined`, `direct`, `purchases`, `net` or `last`.
    #[serde(default)]
    pub sort: Option<String>,
    /// Highest first.
    #[serde(default)]
    pub descending: bool,
}

/// What a filter leaves to the day and to the shop's terms.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupBounds {
    /// National telephone numbers are those of this country code.
    pub country_code: String,
    /// First day of joining of whoever is new.
    pub new_from: String,
    /// First day of the last purchase of whoever is active.
    pub active_from: String,
    /// First day of the last purchase of whoever only sleeps.
    pub sleeping_from: String,
    /// The month, as birthdays begin: `05-`.
    pub birthday_month: String,
    /// First day of the last purchase that counts as lately.
    pub rfm_from: String,
    /// Purchases that count as often.
    pub rfm_purchases: i64,
    /// Net that counts as much, minor units.
    pub rfm_minor: i64,
    /// Where the bands of spending begin.
    pub bands: Vec<i64>,
}

/// The statement with every condition of the filter; the members' table is `m`.
pub fn filtered(start: &'static str, filter: &MemberFilter, bounds: &GroupBounds) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new(start);
    query.push(" WHERE TRUE");
    if let Some(frozen) = filter.frozen {
        query.push(" AND m.active = ").push_bind(!frozen);
    }
    if let Some(rank) = &filter.rank {
        query.push(" AND m.rank = ").push_bind(rank.clone());
    }
    if let Some(level) = &filter.level {
        query.push(" AND m.level = ").push_bind(level.clone());
    }
    if let Some(sponsor) = filter.sponsor {
        query.push(" AND m.sponsor = (SELECT key FROM members WHERE id = ").push_bind(sponsor.bytes().to_vec()).push(")");
    }
    if let Some(group) = filter.group {
        grouped(&mut query, group, bounds);
    }
    for tag in &filter.tags {
        query.push(" AND m.key IN (SELECT member FROM member_tags WHERE tag = ").push_bind(tag.clone()).push(")");
    }
    if let Some(from) = filter.spent_from_minor {
        query.push(" AND m.net_minor >= ").push_bind(from);
    }
    if let Some(below) = filter.spent_below_minor {
        query.push(" AND m.net_minor < ").push_bind(below);
    }
    if !filter.search.trim().is_empty() {
        query.push(" AND m.key IN (");
        search_keys(&mut query, &filter.search, &bounds.country_code, None);
        query.push(")");
    }
    query
}

/// The condition of a group.
fn grouped(query: &mut QueryBuilder<Sqlite>, group: MemberGroup, bounds: &GroupBounds) {
    match group {
        MemberGroup::New => query.push(" AND m.joined >= ").push_bind(bounds.new_from.clone()),
        MemberGroup::Active => query.push(" AND m.last_bought >= ").push_bind(bounds.active_from.clone()),
        MemberGroup::Sleeping => {
            query.push(" AND m.last_bought < ").push_bind(bounds.active_from.clone());
            query.push(" AND m.last_bought >= ").push_bind(bounds.sleeping_from.clone())
        }
        MemberGroup::Lost => query.push(" AND m.last_bought < ").push_bind(bounds.sleeping_from.clone()),
        MemberGroup::Never => query.push(" AND m.last_bought IS NULL"),
        MemberGroup::Birthday => {
            query.push(" AND m.birthday IS NOT NULL AND substr(m.birthday, -5) >= ").push_bind(bounds.birthday_month.clone());
            query.push(" AND substr(m.birthday, -5) < ").push_bind(after(&bounds.birthday_month))
        }
        MemberGroup::Unredeemed => query.push(" AND m.redeemed = 0 AND m.purchases > 0"),
        MemberGroup::Champion
        | MemberGroup::Promising
        | MemberGroup::Keep
        | MemberGroup::WinBack
        | MemberGroup::Loyal
        | MemberGroup::Fresh
        | MemberGroup::Fading
        | MemberGroup::Passing => {
            let (lately, often, much) = group.rfm().unwrap_or_default();
            query.push(if lately { " AND m.last_bought >= " } else { " AND m.last_bought < " }).push_bind(bounds.rfm_from.clone());
            query.push(if often { " AND m.purchases >= " } else { " AND m.purchases < " }).push_bind(bounds.rfm_purchases);
            query.push(if much { " AND m.net_minor >= " } else { " AND m.net_minor < " }).push_bind(bounds.rfm_minor)
        }
    };
}

/// One box for everything: a union of B-tree ranges, each cut at `most` keys. Digits are a number, a national or an international telephone.
pub fn search_keys(query: &mut QueryBuilder<Sqlite>, search: &str, country_code: &str, most: Option<i64>) {
    let search = search.trim();
    let keys = search.to_lowercase().replace(' ', "");
    let mut ranges: Vec<(&'static str, String)> =
        vec![("name", search.to_owned()), ("py_full", keys.clone()), ("py_initials", keys.clone()), ("number", search.to_uppercase())];
    if keys.bytes().all(|digit| digit.is_ascii_digit() || digit == b'+') {
        ranges.push(("number", search.to_owned()));
        ranges.push(("phone", format!("+{}", keys.trim_start_matches('+'))));
        if keys.len() == 4 {
            ranges.push(("phone_end", keys.clone()));
        }
    }
    ranges.extend(member::phone_start(search, country_code).map(|start| ("phone", start)));
    for (place, (column, start)) in ranges.into_iter().enumerate() {
        query.push(if place == 0 { "" } else { " UNION " });
        query.push("SELECT key FROM (SELECT key FROM members WHERE ").push(column).push(" >= ").push_bind(start.clone());
        query.push(" AND ").push(column).push(" < ").push_bind(after(&start));
        if let Some(most) = most {
            query.push(" LIMIT ").push_bind(most);
        }
        query.push(")");
    }
    if let Some(end) = referral::read(search) {
        query.push(" UNION SELECT key FROM members WHERE substr(id, 11) = ").push_bind(end.to_vec());
    }
}

/// How the list is ordered.
pub fn order(filter: &MemberFilter) -> &'static str {
    match (filter.sort.as_deref(), filter.descending) {
        (Some("name"), false) => " ORDER BY m.py_full, m.key",
        (Some("name"), true) => " ORDER BY m.py_full DESC, m.key DESC",
        (Some("joined"), false) => " ORDER BY m.joined, m.key",
        (Some("joined"), true) => " ORDER BY m.joined DESC, m.key DESC",
        (Some("direct"), false) => " ORDER BY m.direct, m.key",
        (Some("direct"), true) => " ORDER BY m.direct DESC, m.key DESC",
        (Some("purchases"), false) => " ORDER BY m.purchases, m.key",
        (Some("purchases"), true) => " ORDER BY m.purchases DESC, m.key DESC",
        (Some("last"), false) => " ORDER BY m.last_bought, m.key",
        (Some("last"), true) => " ORDER BY m.last_bought DESC, m.key DESC",
        (Some("net"), false) => " ORDER BY m.net_minor, m.key",
        (Some("net"), true) => " ORDER BY m.net_minor DESC, m.key DESC",
        (_, true) => " ORDER BY m.number DESC, m.key DESC",
        (_, false) => " ORDER BY m.number, m.key",
    }
}
