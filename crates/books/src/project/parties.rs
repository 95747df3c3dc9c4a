//! Products and members as their lists and search boxes read them.

use domain::{
    erasure::MemberErased,
    member::{MemberCard, MemberChanged, MemberEnrolled, SponsorMoved},
    merge::MemberMerged,
    pinyin::search_keys,
    product::ProductSaved,
    tag::MembersTagged,
};

use super::tree;
use crate::batch::Batch;

pub fn product(batch: &mut Batch, saved: &ProductSaved) {
    let card = &saved.card;
    let keys = search_keys(&card.name);
    batch
        .statement("INSERT INTO products (id, code, barcode, name, name_2, py_full, py_initials, category, price_minor, cost_minor, tax, no_commission, min_milli) VALUES")
        .row("(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(saved.product.bytes().to_vec())
        .bind(card.code.clone())
        .bind(card.barcode.clone())
        .bind(card.name.clone())
        .bind(card.name_2.clone())
        .bind(keys.full)
        .bind(keys.initials)
        .bind(card.category.clone())
        .bind(card.price_minor)
        .bind(card.cost_minor)
        .bind(card.tax.clone())
        .bind(card.no_commission)
        .bind(card.min_milli)
        .end(
            "ON CONFLICT (id) DO UPDATE SET code = excluded.code, barcode = excluded.barcode, name = excluded.name, name_2 = excluded.name_2,
                py_full = excluded.py_full, py_initials = excluded.py_initials, category = excluded.category, price_minor = excluded.price_minor,
                cost_minor = excluded.cost_minor, tax = excluded.tax, no_commission = excluded.no_commission,
                min_milli = excluded.min_milli",
        );
}

fn contact(card: &MemberCard) -> Option<String> {
    card.contact.as_ref().and_then(|contact| serde_json::to_string(contact).ok())
}

pub fn enrolled(batch: &mut Batch, enrolled: &MemberEnrolled) {
    let card = &enrolled.card;
    let keys = search_keys(&card.name);
    let sponsor = enrolled.sponsor.map(|sponsor| sponsor.bytes().to_vec());
    batch
        .statement("INSERT OR IGNORE INTO members (id, number, name, py_full, py_initials, phone, sponsor, level, rank, rank_by_hand, joined, active, note, birthday, contact) VALUES")
        .row("(?, ?, ?, ?, ?, ?, (SELECT key FROM members WHERE id = ?), ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(enrolled.member.bytes().to_vec())
        .bind(enrolled.number.clone())
        .bind(card.name.clone())
        .bind(keys.full)
        .bind(keys.initials)
        .bind(card.phone.clone())
        .bind(sponsor.clone())
        .bind(card.level.clone())
        .bind(card.rank.clone())
        .bind(card.rank.clone())
        .bind(enrolled.joined.clone())
        .bind(card.active)
        .bind(card.note.clone())
        .bind(card.birthday.clone())
        .bind(contact(card))
        .statement("UPDATE members SET name = number, active = 0, erased = (SELECT day FROM erasures WHERE member = members.id) WHERE id = ? AND id IN (SELECT member FROM erasures)")
        .bind(enrolled.member.bytes().to_vec());
    if let Some(sponsor) = sponsor {
        batch.statement("UPDATE members SET direct = direct + 1 WHERE id = ?").bind(sponsor);
    }
    if let Some(sponsor) = enrolled.sponsor {
        tree::joined(batch, sponsor);
    }
    if let Some(counter) = enrolled.number.strip_prefix('M').and_then(|digits| digits.parse::<i64>().ok()) {
        batch
            .statement("INSERT INTO counters (name, value) VALUES ('member', ?) ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)")
            .bind(counter);
    }
}

pub fn changed(batch: &mut Batch, changed: &MemberChanged) {
    let card = &changed.card;
    let keys = search_keys(&card.name);
    // Another level on the card is somebody's word: it has no last day and rests on nothing else.
    batch
        .statement("UPDATE members SET level_until = NULL, level_rests = 'hand', under_level = NULL WHERE id = ? AND level IS NOT ?")
        .bind(changed.member.bytes().to_vec())
        .bind(card.level.clone());
    batch
        .statement(
            "UPDATE members SET name = iif(erased IS NULL, ?, number), py_full = ?, py_initials = ?, phone = ?, level = ?, rank = coalesce(?, rank_reached), rank_by_hand = ?,
            active = ? AND erased IS NULL AND merged_into IS NULL, note = ?, birthday = ?, contact = ? WHERE id = ?",
        )
        .bind(card.name.clone())
        .bind(keys.full)
        .bind(keys.initials)
        .bind(card.phone.clone())
        .bind(card.level.clone())
        .bind(card.rank.clone())
        .bind(card.rank.clone())
        .bind(card.active)
        .bind(card.note.clone())
        .bind(card.birthday.clone())
        .bind(contact(card))
        .bind(changed.member.bytes().to_vec());
}

/// Nothing personal is left; the number stands where the name stood. The member is frozen and keeps the place in the tree.
pub fn erased(batch: &mut Batch, day: &str, erased: &MemberErased) {
    let keys = search_keys("");
    let member = erased.member.bytes().to_vec();
    batch
        .statement("INSERT OR IGNORE INTO erasures (member, day) VALUES (?, ?)")
        .bind(member.clone())
        .bind(day.to_owned())
        .statement(
            "UPDATE members SET name = number, py_full = ?, py_initials = ?, phone = NULL, note = NULL, birthday = NULL, contact = NULL, active = 0,
                erased = coalesce(erased, ?) WHERE id = ?",
        )
        .bind(keys.full)
        .bind(keys.initials)
        .bind(day.to_owned())
        .bind(member.clone())
        .statement("DELETE FROM member_tags WHERE member = (SELECT key FROM members WHERE id = ?)")
        .bind(member.clone())
        .statement("DELETE FROM payees WHERE member = (SELECT key FROM members WHERE id = ?)")
        .bind(member);
}

/// Two tills may merge two cards into one another while they are apart: the first in the shop's numbers holds, the other changes nothing.
pub fn merged(batch: &mut Batch, number: i64, merged: &MemberMerged) {
    let (member, into) = (merged.member.bytes().to_vec(), merged.into.bytes().to_vec());
    batch
        .statement(
            "UPDATE members SET merged_into = (SELECT coalesce(i.merged_into, i.key) FROM members i WHERE i.id = ?), active = 0
             WHERE id = ? AND merged_into IS NULL AND key <> (SELECT coalesce(i.merged_into, i.key) FROM members i WHERE i.id = ?)",
        )
        .bind(into.clone())
        .bind(member.clone())
        .bind(into.clone())
        .statement(
            "UPDATE members SET merged_into = (SELECT m.merged_into FROM members m WHERE m.id = ?)
             WHERE merged_into = (SELECT m.key FROM members m WHERE m.id = ? AND m.merged_into IS NOT NULL)",
        )
        .bind(member.clone())
        .bind(member.clone())
        .statement("INSERT INTO merges (entry, member, into_member, reason) VALUES (?, ?, ?, ?)")
        .bind(number)
        .bind(member)
        .bind(into)
        .bind(merged.reason.clone());
}

/// Rows of one statement: SQLite takes 32,766 arguments.
const ROWS: usize = 10_000;

/// A member that the books do not know has no tag.
pub fn tagged(batch: &mut Batch, tagged: &MembersTagged) {
    for members in tagged.members.chunks(ROWS) {
        if tagged.on {
            batch.statement("INSERT OR IGNORE INTO member_tags (tag, member) SELECT ?, key FROM members WHERE id IN (").bind(tagged.tag.clone());
        } else {
            batch.statement("DELETE FROM member_tags WHERE tag = ? AND member IN (SELECT key FROM members WHERE id IN (").bind(tagged.tag.clone());
        }
        for member in members {
            batch.row("?").bind(member.bytes().to_vec());
        }
        batch.end(if tagged.on { ")" } else { "))" });
    }
}

/// Two tills may move two members under one another while they are apart: the move that comes later in the shop's numbers and would close a ring stays in
/// the journal as refused, and changes nothing.
pub fn moved(batch: &mut Batch, number: i64, day: &str, moved: &SponsorMoved) {
    let member = moved.member.bytes().to_vec();
    let to = moved.to.map(|to| to.bytes().to_vec());
    batch
        .statement("INSERT OR IGNORE INTO sponsor_moves (entry, member, sponsor, reason, day) VALUES (?, ?, ?, ?, ?)")
        .bind(number)
        .bind(member.clone())
        .bind(to.clone())
        .bind(moved.reason.clone())
        .bind(day.to_owned());
    tree::taken_off(batch, moved.member);
    batch
        .statement(
            "INSERT INTO refused_moves (entry, member, sponsor)
             WITH RECURSIVE up (key) AS (SELECT key FROM members WHERE id = ?
                UNION SELECT m.sponsor FROM members m JOIN up ON m.key = up.key WHERE m.sponsor IS NOT NULL)
             SELECT ?, id, ? FROM members WHERE id = ? AND key IN (SELECT key FROM up)",
        )
        .bind(to.clone())
        .bind(number)
        .bind(to.clone())
        .bind(member.clone())
        .statement(
            "UPDATE members SET direct = direct - 1 WHERE key = (SELECT sponsor FROM members WHERE id = ?)
             AND NOT EXISTS (SELECT 1 FROM refused_moves WHERE entry = ?)",
        )
        .bind(member.clone())
        .bind(number)
        .statement(
            "UPDATE members SET sponsor = (SELECT key FROM members WHERE id = ?) WHERE id = ? AND NOT EXISTS (SELECT 1 FROM refused_moves WHERE entry = ?)",
        )
        .bind(to.clone())
        .bind(member)
        .bind(number)
        .statement("UPDATE members SET direct = direct + 1 WHERE id = ? AND NOT EXISTS (SELECT 1 FROM refused_moves WHERE entry = ?)")
        .bind(to)
        .bind(number);
    // A refused move left the sponsor as it was: what was taken off the line goes back onto it.
    tree::put_under(batch, moved.member);
}
