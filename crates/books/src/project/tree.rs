//! The sponsor tree in figures. Every change walks up one line; nothing ever reads the shop. A line that closes upon itself is walked once.

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
            "INSERT INTO branch_months (member, month, own_minor, group_minor)
             WITH RECURSIVE up (key) AS (SELECT sponsor FROM members WHERE id = ? UNION SELECT m.sponsor FROM up CROSS JOIN members m ON m.key = up.key)
             SELECT up.key, b.month, 0, -b.group_minor FROM up CROSS JOIN branch_months b ON b.member = (SELECT key FROM members WHERE id = ?)
             WHERE up.key IS NOT NULL
             ON CONFLICT (member, month) DO UPDATE SET group_minor = group_minor + excluded.group_minor",
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
            "INSERT INTO branch_months (member, month, own_minor, group_minor)
             WITH RECURSIVE up (key) AS (SELECT sponsor FROM members WHERE id = ? UNION SELECT m.sponsor FROM up CROSS JOIN members m ON m.key = up.key)
             SELECT up.key, b.month, 0, b.group_minor FROM up CROSS JOIN branch_months b ON b.member = (SELECT key FROM members WHERE id = ?)
             WHERE up.key IS NOT NULL
             ON CONFLICT (member, month) DO UPDATE SET group_minor = group_minor + excluded.group_minor",
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
