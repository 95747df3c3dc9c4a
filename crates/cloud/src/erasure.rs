//! Personal data beside entries: remembered by member, and cut off for good where the shop erased the member. Hashes, seals and numbers stay.

use domain::{apart::whose, entry::Entry, ids::MemberId};

/// An entry's bytes without what stands beside it, where it is one of these members'; `None` where there is nothing to cut.
pub fn without(bytes: &[u8], members: &[MemberId]) -> Option<Vec<u8>> {
    let mut entry = Entry::read(0, bytes).ok().filter(|entry| !entry.15.is_empty())?;
    let fact = entry.fact(0).ok()??;
    if !whose(&fact).is_some_and(|member| members.contains(&member)) {
        return None;
    }
    entry.15.clear();
    Some(entry.bytes())
}

/// Remembers what stands beside newly numbered entries, and cuts what newly erased members left, inside a transaction that holds the shop's row.
macro_rules! cut {
    ($tx:expr, $shop:expr, $sums:expr) => {{
        for (id, member) in &$sums.beside {
            sqlx::query("INSERT INTO beside (shop, id, member) VALUES ($1, $2, $3) ON CONFLICT (shop, id) DO NOTHING")
                .bind($shop.clone())
                .bind(id.to_vec())
                .bind(member.bytes().to_vec())
                .execute(&mut *$tx)
                .await?;
        }
        for member in &$sums.erased {
            sqlx::query("INSERT INTO erased (shop, member) VALUES ($1, $2) ON CONFLICT (shop, member) DO NOTHING")
                .bind($shop.clone())
                .bind(member.bytes().to_vec())
                .execute(&mut *$tx)
                .await?;
            let rows: Vec<(i64, Vec<u8>)> = sqlx::query_as(
                "SELECT j.number, j.bytes FROM beside b JOIN journal j ON j.shop = b.shop AND j.id = b.id WHERE b.shop = $1 AND b.member = $2",
            )
            .bind($shop.clone())
            .bind(member.bytes().to_vec())
            .fetch_all(&mut *$tx)
            .await?;
            for (number, bytes) in rows {
                let Some(bytes) = $crate::erasure::without(&bytes, &$sums.erased) else { continue };
                sqlx::query("UPDATE journal SET bytes = $3 WHERE shop = $1 AND number = $2")
                    .bind($shop.clone())
                    .bind(number)
                    .bind(bytes)
                    .execute(&mut *$tx)
                    .await?;
            }
        }
        if !$sums.erased.is_empty() {
            let held: Vec<(Vec<u8>, i64, Vec<u8>)> = sqlx::query_as("SELECT chain, dseq, bytes FROM positions WHERE shop = $1 AND bytes IS NOT NULL")
                .bind($shop.clone())
                .fetch_all(&mut *$tx)
                .await?;
            for (chain, dseq, bytes) in held {
                let Some(bytes) = $crate::erasure::without(&bytes, &$sums.erased) else { continue };
                sqlx::query("UPDATE positions SET bytes = $4 WHERE shop = $1 AND chain = $2 AND dseq = $3")
                    .bind($shop.clone())
                    .bind(chain)
                    .bind(dseq)
                    .bind(bytes)
                    .execute(&mut *$tx)
                    .await?;
            }
        }
    }};
}
pub(crate) use cut;
