//! The sponsor tree in figures. Every change walks up one line; nothing ever reads the shop. A line that closes upon itself is walked once.

use std::collections::BTreeMap;

use domain::ids::MemberId;

use crate::batch::Batch;

/// Someone new stands below `sponsor`.
pub fn joined(batch: &mut Batch, sponsor: MemberId) {
    batch
        .statement(
            "UPDATE members SET below = below + 1 WHERE key IN (WITH RECURSIVE up (key) AS (SELECT key FROM members WHERE id = ?
                UNION SELECT m.sponsor FROM up CROSS JOIN members m ON m.key = up.key) SELECT key FROM up)",
        )
        .bind(sponsor.bytes().to_vec());
}

/// The member's branch is taken from everyone above; asked before the member moves.
pub fn taken_off(batch: &mut Batch, member: MemberId) {
    batch
        .statement(
            "UPDATE members SET below = below - (SELECT below + 1 FROM members WHERE id = ?) WHERE key IN (WITH RECURSIVE up (key) AS
                (SELECT sponsor FROM members WHERE id = ? UNION SELECT m.sponsor FROM up CROSS JOIN members m ON m.key = up.key) SELECT key FROM up)",
        )
        .bind(member.bytes().to_vec())
        .bind(member.bytes().to_vec())
        .statement(
            "INSERT INTO branch_months (member, month, own_minor, group_minor, earned_micro)
             WITH RECURSIVE up (key) AS (SELECT sponsor FROM members WHERE id = ? UNION SELECT m.sponsor FROM up CROSS JOIN members m ON m.key = up.key)
             SELECT up.key, b.month, 0, -b.group_minor, -b.earned_micro FROM up CROSS JOIN branch_months b ON b.member = (SELECT key FROM members WHERE id = ?)
             WHERE up.key IS NOT NULL
             ON CONFLICT (member, month) DO UPDATE SET group_minor = group_minor + excluded.group_minor,
                earned_micro = earned_micro + excluded.earned_micro",
        )
        .bind(member.bytes().to_vec())
        .bind(member.bytes().to_vec());
}

/// The member's branch is added to everyone above; asked after the member moved.
pub fn put_under(batch: &mut Batch, member: MemberId) {
    batch
        .statement(
            "UPDATE members SET below = below + (SELECT below + 1 FROM members WHERE id = ?) WHERE key IN (WITH RECURSIVE up (key) AS
                (SELECT sponsor FROM members WHERE id = ? UNION SELECT m.sponsor FROM up CROSS JOIN members m ON m.key = up.key) SELECT key FROM up)",
        )
        .bind(member.bytes().to_vec())
        .bind(member.bytes().to_vec())
        .statement(
            "INSERT INTO branch_months (member, month, own_minor, group_minor, earned_micro)
             WITH RECURSIVE up (key) AS (SELECT sponsor FROM members WHERE id = ? UNION SELECT m.sponsor FROM up CROSS JOIN members m ON m.key = up.key)
             SELECT up.key, b.month, 0, b.group_minor, b.earned_micro FROM up CROSS JOIN branch_months b ON b.member = (SELECT key FROM members WHERE id = ?)
             WHERE up.key IS NOT NULL
             ON CONFLICT (member, month) DO UPDATE SET group_minor = group_minor + excluded.group_minor,
                earned_micro = earned_micro + excluded.earned_micro",
        )
        .bind(member.bytes().to_vec())
        .bind(member.bytes().to_vec());
}

/// The member bought for this much, less than nothing where goods came back; `month` is the month of the business date, and a closed one counts in the
/// first that is open.
pub fn bought(batch: &mut Batch, member: MemberId, month: i64, net_minor: i64) {
    batch
        .statement(
            "INSERT INTO branch_months (member, month, own_minor, group_minor)
             WITH RECURSIVE up (key) AS (SELECT key FROM members WHERE id = ?
                UNION SELECT coalesce(m.sponsor, 0) FROM up CROSS JOIN members m ON m.key = up.key)
             SELECT key, max(?, coalesce((SELECT max(month) + 1 FROM closes WHERE reopened IS NULL), 0)),
                CASE key WHEN (SELECT key FROM members WHERE id = ?) THEN ? ELSE 0 END, ? FROM up WHERE TRUE
             ON CONFLICT (member, month) DO UPDATE SET own_minor = own_minor + excluded.own_minor, group_minor = group_minor + excluded.group_minor",
        )
        .bind(member.bytes().to_vec())
        .bind(month)
        .bind(member.bytes().to_vec())
        .bind(net_minor)
        .bind(net_minor);
}

/// What these members earned is added to them and to everyone above, and to the shop as a whole. `open`: a month that is closed counts in the first that is
/// not. The uplines of a sale stand on one line, which is walked once from `nearest`; whoever stands beside it is walked up for itself.
pub fn earned(batch: &mut Batch, month: i64, open: bool, nearest: MemberId, earnings: &BTreeMap<MemberId, i64>) {
    batch.statement("INSERT INTO branch_months (member, month, own_minor, group_minor, earned_micro) WITH RECURSIVE seed (id, amount) AS (VALUES");
    for (member, amount) in earnings {
        batch.row("(?, ?)").bind(member.bytes().to_vec()).bind(*amount);
    }
    batch
        .end(
            "), named (key, amount) AS MATERIALIZED (SELECT m.key, s.amount FROM seed s CROSS JOIN members m ON m.id = s.id),
             line (key, depth) AS MATERIALIZED (SELECT key, 0 FROM members WHERE id = ?
                UNION ALL SELECT coalesce(m.sponsor, 0), line.depth + 1 FROM line CROSS JOIN members m ON m.key = line.key WHERE line.depth < 10000),
             beside (start, key, amount) AS (SELECT key, key, amount FROM named WHERE key NOT IN (SELECT key FROM line)
                UNION SELECT beside.start, coalesce(m.sponsor, 0), beside.amount FROM beside CROSS JOIN members m ON m.key = beside.key),
             every (key, amount) AS (
                SELECT line.key, sum(coalesce(n.amount, 0)) OVER (ORDER BY line.depth) FROM line LEFT JOIN named n ON n.key = line.key
                UNION ALL SELECT key, amount FROM beside)
             SELECT key, max(?, CASE WHEN ? THEN coalesce((SELECT max(month) + 1 FROM closes WHERE reopened IS NULL), 0) ELSE 0 END), 0, 0, sum(amount)
             FROM every WHERE TRUE GROUP BY key
             ON CONFLICT (member, month) DO UPDATE SET earned_micro = earned_micro + excluded.earned_micro",
        )
        .bind(nearest.bytes().to_vec())
        .bind(month)
        .bind(open);
}
