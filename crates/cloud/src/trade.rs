//! Taking entries in and handing them out: numbers without gap, taken by updating the shop's own row in the transaction that keeps the entries.

use domain::{apart::whose, entry::Entry};
use serde_bytes::ByteBuf;
use sync::{Broken, Ceiling, Held, MOST_ENTRIES, MOST_PUSH_BYTES, Page, PageEntry, Push, PushAnswer, check_run, log_after};
use uuid::Uuid;

use crate::{
    devices::{Caller, State},
    erasure::without,
    right,
    store::{Store, on},
    sums::bring_up,
};

/// Why the meeting place does not do what it is asked.
#[derive(Debug, thiserror::Error)]
pub enum Deny {
    /// No such shop or token; or the device was taken out.
    #[error("this device is not let in")]
    Unknown,
    /// The device may not do this.
    #[error("this device may not do that")]
    Forbidden,
    /// Another entry stands at this place of the chain.
    #[error("another entry stands at place {0} of the chain")]
    Fork(u64),
    /// The chain kept here ends before.
    #[error("the chain ends at place {0}")]
    Gap(u64),
    /// Another journal, or another past.
    #[error("this is another journal")]
    OtherJournal,
    /// What came is no run of a chain.
    #[error("{0}")]
    Run(#[from] Broken),
    /// What came is no frame.
    #[error("{0}")]
    Frame(#[from] sync::Malformed),
    /// More requests than one may send.
    #[error("too many requests")]
    TooMany,
    /// The code is wrong, used or too old.
    #[error("this code does not open anything")]
    Code,
    /// The database's.
    #[error("{0}")]
    Database(#[from] sqlx::Error),
}

/// Takes in a run of a chain. What was taken before is passed over, what must not be numbered is held, and nothing is ever dropped.
///
/// # Errors
/// [`Deny`]; then nothing of it is kept.
pub async fn push(store: &Store, caller: &Caller, frame: &Push, now_ms: i64) -> Result<PushAnswer, Deny> {
    let Push(journal, chain, device, entries, signature) = frame;
    if entries.len() > MOST_ENTRIES {
        return Err(Broken::Entry(MOST_ENTRIES).into());
    }
    let shop = caller.shop.as_bytes().to_vec();
    on!(store, |pool| {
        let mut tx = pool.begin().await?;
        // The shop's row is the queue: whoever updates it first takes the next numbers.
        let row: Option<(Vec<u8>, i64, Vec<u8>)> = sqlx::query_as("UPDATE shops SET head = head WHERE shop = $1 RETURNING journal, head, log")
            .bind(shop.clone())
            .fetch_optional(&mut *tx)
            .await?;
        let (kept_journal, mut head, log) = row.ok_or(Deny::Unknown)?;
        if kept_journal != journal.as_bytes() {
            return Err(Deny::OtherJournal);
        }
        let mut log = thirty_two(&log);
        let author: Option<(Vec<u8>, String, String)> =
            sqlx::query_as("SELECT public_key, ceiling, state FROM devices WHERE shop = $1 AND device = $2")
                .bind(shop.clone())
                .bind(device.bytes().to_vec())
                .fetch_optional(&mut *tx)
                .await?;
        let (public, ceiling, state) = author.ok_or(Deny::Forbidden)?;
        let public = thirty_two(&public);
        let ceiling = Ceiling::parse(&ceiling).unwrap_or(Ceiling::Clerk);
        let state = State::parse(&state);
        let run = check_run(*chain, *device, &public, entries, signature)?;
        let row: Option<(Vec<u8>, i64, Vec<u8>)> = sqlx::query_as("SELECT device, head, hash FROM chains WHERE shop = $1 AND chain = $2")
            .bind(shop.clone())
            .bind(chain.bytes().to_vec())
            .fetch_optional(&mut *tx)
            .await?;
        let (mut place, mut before) = match row {
            Some((of, place, hash)) if of == device.bytes() => (place, thirty_two(&hash)),
            Some(_) => return Err(Deny::Forbidden),
            None => (0, [0; 32]),
        };
        let mut held = Vec::new();
        let last = run.last().map_or(0, |read| read.dseq);
        for (read, bytes) in run.iter().zip(entries) {
            let dseq = i64::try_from(read.dseq).map_err(|_| Broken::Seal)?;
            if dseq <= place {
                let stands: Option<(Vec<u8>, Option<String>)> =
                    sqlx::query_as("SELECT hash, held FROM positions WHERE shop = $1 AND chain = $2 AND dseq = $3")
                        .bind(shop.clone())
                        .bind(chain.bytes().to_vec())
                        .bind(dseq)
                        .fetch_optional(&mut *tx)
                        .await?;
                match stands {
                    Some((hash, why)) if hash == read.hash => held.extend(why.map(|why| Held(read.dseq, why))),
                    Some(_) | None => return Err(Deny::Fork(read.dseq)),
                }
                continue;
            }
            if dseq > place + 1 {
                return Err(Deny::Gap(u64::try_from(place).unwrap_or(0)));
            }
            if read.entry.4.as_slice() != before {
                return Err(Deny::Fork(read.dseq));
            }
            let stands: Option<Vec<u8>> = sqlx::query_scalar("SELECT bytes FROM journal WHERE shop = $1 AND id = $2")
                .bind(shop.clone())
                .bind(read.entry.0.bytes().to_vec())
                .fetch_optional(&mut *tx)
                .await?;
            let role: Option<String> = match read.entry.7 {
                Some(actor) => {
                    sqlx::query_scalar("SELECT role FROM people WHERE shop = $1 AND person = $2")
                        .bind(shop.clone())
                        .bind(actor.bytes().to_vec())
                        .fetch_optional(&mut *tx)
                        .await?
                }
                None => None,
            };
            let same = stands.as_deref().map(|bytes| says_the_same(bytes, &read.entry));
            let why = match (same, read.doubt) {
                // Chained anew after a restore: it is here already, and one number is enough.
                (Some(true), _) => None,
                (Some(false), _) => Some("same_id"),
                (None, Some(doubt)) => Some(doubt),
                (None, None) => hold(state, ceiling, role.as_deref(), &read.entry),
            };
            // Of a member whom the shop erased nothing personal is kept, whoever sends it.
            let whose = if read.entry.15.is_empty() { None } else { read.entry.fact(0).ok().flatten().as_ref().and_then(whose) };
            let gone = match whose {
                Some(member) => sqlx::query_scalar("SELECT member FROM erased WHERE shop = $1 AND member = $2")
                    .bind(shop.clone())
                    .bind(member.bytes().to_vec())
                    .fetch_optional(&mut *tx)
                    .await?
                    .is_some_and(|_: Vec<u8>| true),
                None => false,
            };
            let kept = whose.filter(|_| gone).and_then(|member| without(bytes, &[member])).unwrap_or_else(|| bytes.to_vec());
            let mut number = None;
            if why.is_none() && same.is_none() {
                head += 1;
                log = log_after(&log, &read.hash);
                number = Some(head);
                let signed = if read.dseq == last { signature.to_vec() } else { Vec::new() };
                sqlx::query(
                    "INSERT INTO journal (shop, number, id, chain, dseq, log, bytes, public_key, signature) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                )
                .bind(shop.clone())
                .bind(head)
                .bind(read.entry.0.bytes().to_vec())
                .bind(chain.bytes().to_vec())
                .bind(dseq)
                .bind(log.to_vec())
                .bind(kept.clone())
                .bind(public.to_vec())
                .bind(signed)
                .execute(&mut *tx)
                .await?;
                if let Some((person, role)) = read.entry.fact(0).ok().flatten().as_ref().and_then(right::set_by) {
                    sqlx::query(
                        "INSERT INTO people (shop, person, role) VALUES ($1, $2, $3) ON CONFLICT (shop, person) DO UPDATE SET role = excluded.role",
                    )
                    .bind(shop.clone())
                    .bind(person.as_bytes().to_vec())
                    .bind(role.map_or("nobody", Ceiling::word).to_owned())
                    .execute(&mut *tx)
                    .await?;
                }
            }
            sqlx::query("INSERT INTO positions (shop, chain, dseq, hash, number, held, bytes) VALUES ($1, $2, $3, $4, $5, $6, $7)")
                .bind(shop.clone())
                .bind(chain.bytes().to_vec())
                .bind(dseq)
                .bind(read.hash.to_vec())
                .bind(number)
                .bind(why.map(str::to_owned))
                .bind(why.map(|_| kept))
                .execute(&mut *tx)
                .await?;
            held.extend(why.map(|why| Held(read.dseq, why.to_owned())));
            (place, before) = (dseq, read.hash);
        }
        sqlx::query(
            "INSERT INTO chains (shop, chain, device, head, hash) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (shop, chain) DO UPDATE SET head = excluded.head, hash = excluded.hash",
        )
        .bind(shop.clone())
        .bind(chain.bytes().to_vec())
        .bind(device.bytes().to_vec())
        .bind(place)
        .bind(before.to_vec())
        .execute(&mut *tx)
        .await?;
        sqlx::query("UPDATE shops SET head = $2, log = $3 WHERE shop = $1")
            .bind(shop.clone())
            .bind(head)
            .bind(log.to_vec())
            .execute(&mut *tx)
            .await?;
        sqlx::query("UPDATE devices SET seen_at = $3 WHERE shop = $1 AND device = $2")
            .bind(shop.clone())
            .bind(caller.device.as_bytes().to_vec())
            .bind(now_ms)
            .execute(&mut *tx)
            .await?;
        bring_up!(tx, shop);
        tx.commit().await?;
        Ok(PushAnswer(u64::try_from(place).unwrap_or(0), held, u64::try_from(head).unwrap_or(0), now_ms))
    })
}

/// Why an entry waits for the owner: its device was locked or taken out, or neither device nor person reaches so far.
fn hold(state: State, ceiling: Ceiling, role: Option<&str>, entry: &Entry) -> Option<&'static str> {
    let least = right::least_of(entry);
    match state {
        State::Locked => return Some("locked"),
        State::Revoked => return Some("revoked"),
        State::Active => {}
    }
    if ceiling < least {
        return Some("over_ceiling");
    }
    match role {
        Some(role) if Ceiling::parse(role).is_none_or(|role| role < least) => Some("over_role"),
        Some(_) | None => None,
    }
}

fn says_the_same(bytes: &[u8], entry: &Entry) -> bool {
    Entry::read(0, bytes).is_ok_and(|stands| stands.8 == entry.8 && stands.14 == entry.14 && stands.13 == entry.13)
}

/// Numbered entries after a cursor whose log hash is known to be ours.
///
/// # Errors
/// [`Deny`]
pub async fn pull(store: &Store, caller: &Caller, after: i64, hash: &[u8], now_ms: i64) -> Result<Page, Deny> {
    if caller.state != State::Active {
        return Err(Deny::Unknown);
    }
    let shop = caller.shop.as_bytes().to_vec();
    if log_at(store, caller, after).await? != Some(thirty_two(hash)) {
        return Err(Deny::OtherJournal);
    }
    on!(store, |pool| {
        let (journal, head): (Vec<u8>, i64) =
            sqlx::query_as("SELECT journal, head FROM shops WHERE shop = $1").bind(shop.clone()).fetch_optional(pool).await?.ok_or(Deny::Unknown)?;
        type Row = (i64, Vec<u8>, Vec<u8>, Vec<u8>);
        let rows: Vec<Row> =
            sqlx::query_as("SELECT number, bytes, public_key, signature FROM journal WHERE shop = $1 AND number > $2 ORDER BY number LIMIT $3")
                .bind(shop.clone())
                .bind(after)
                .bind(i64::try_from(MOST_ENTRIES).unwrap_or(500))
                .fetch_all(pool)
                .await?;
        let mut room = MOST_PUSH_BYTES;
        let mut entries: Vec<PageEntry> = Vec::with_capacity(rows.len());
        for (number, bytes, public, signature) in rows {
            if !entries.is_empty() && bytes.len() > room {
                break;
            }
            room = room.saturating_sub(bytes.len());
            let number = u64::try_from(number).unwrap_or(0);
            entries.push(PageEntry(number, ByteBuf::from(bytes), ByteBuf::from(public), ByteBuf::from(signature)));
        }
        sqlx::query("UPDATE devices SET seen_at = $3, cursor = $4 WHERE shop = $1 AND device = $2")
            .bind(shop)
            .bind(caller.device.as_bytes().to_vec())
            .bind(now_ms)
            .bind(after)
            .execute(pool)
            .await?;
        let journal = Uuid::from_slice(&journal).unwrap_or_default();
        Ok(Page(journal, entries, u64::try_from(head).unwrap_or(0), now_ms))
    })
}

/// The log hash at a number; `None` where the journal is shorter.
///
/// # Errors
/// [`Deny`]
pub async fn log_at(store: &Store, caller: &Caller, number: i64) -> Result<Option<[u8; 32]>, Deny> {
    if number == 0 {
        return Ok(Some([0; 32]));
    }
    on!(store, |pool| {
        let log: Option<Vec<u8>> = sqlx::query_scalar("SELECT log FROM journal WHERE shop = $1 AND number = $2")
            .bind(caller.shop.as_bytes().to_vec())
            .bind(number)
            .fetch_optional(pool)
            .await?;
        Ok(log.map(|log| thirty_two(&log)))
    })
}

/// The shop's highest number.
///
/// # Errors
/// [`Deny`]
pub async fn head(store: &Store, shop: Uuid) -> Result<i64, Deny> {
    on!(store, |pool| {
        let head: Option<i64> =
            sqlx::query_scalar("SELECT head FROM shops WHERE shop = $1").bind(shop.as_bytes().to_vec()).fetch_optional(pool).await?;
        head.ok_or(Deny::Unknown)
    })
}

/// Numbers an entry that was held, because the owner looked at it.
///
/// # Errors
/// `Forbidden` unless the device's ceiling is the owner's; `Code` where nothing is held there.
pub async fn admit(store: &Store, caller: &Caller, chain: Uuid, dseq: i64, now_ms: i64) -> Result<i64, Deny> {
    if caller.ceiling != Ceiling::Owner || caller.state != State::Active {
        return Err(Deny::Forbidden);
    }
    let shop = caller.shop.as_bytes().to_vec();
    on!(store, |pool| {
        let mut tx = pool.begin().await?;
        let (head, log): (i64, Vec<u8>) = sqlx::query_as("UPDATE shops SET head = head + 1 WHERE shop = $1 RETURNING head, log")
            .bind(shop.clone())
            .fetch_optional(&mut *tx)
            .await?
            .ok_or(Deny::Unknown)?;
        type Waiting = (Vec<u8>, Option<Vec<u8>>, Vec<u8>);
        let row: Option<Waiting> = sqlx::query_as(
            "SELECT p.hash, p.bytes, d.public_key FROM positions p JOIN chains c ON c.shop = p.shop AND c.chain = p.chain
             JOIN devices d ON d.shop = c.shop AND d.device = c.device
             WHERE p.shop = $1 AND p.chain = $2 AND p.dseq = $3 AND p.held IS NOT NULL AND p.held NOT IN ('same_id', 'postings', 'unreadable')",
        )
        .bind(shop.clone())
        .bind(chain.as_bytes().to_vec())
        .bind(dseq)
        .fetch_optional(&mut *tx)
        .await?;
        let Some((hash, Some(bytes), public)) = row else { return Err(Deny::Code) };
        let entry = Entry::read(0, &bytes).map_err(|_| Deny::Code)?;
        let log = log_after(&thirty_two(&log), &thirty_two(&hash));
        sqlx::query("UPDATE shops SET log = $2 WHERE shop = $1").bind(shop.clone()).bind(log.to_vec()).execute(&mut *tx).await?;
        sqlx::query(
            "INSERT INTO journal (shop, number, id, chain, dseq, log, bytes, public_key, signature) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(shop.clone())
        .bind(head)
        .bind(entry.0.bytes().to_vec())
        .bind(chain.as_bytes().to_vec())
        .bind(dseq)
        .bind(log.to_vec())
        .bind(bytes)
        .bind(public)
        .bind(Vec::<u8>::new())
        .execute(&mut *tx)
        .await?;
        sqlx::query("UPDATE positions SET held = NULL, bytes = NULL, number = $4 WHERE shop = $1 AND chain = $2 AND dseq = $3")
            .bind(shop.clone())
            .bind(chain.as_bytes().to_vec())
            .bind(dseq)
            .bind(head)
            .execute(&mut *tx)
            .await?;
        sqlx::query("INSERT INTO audit (shop, at_ms, device, deed, about) VALUES ($1, $2, $3, 'admitted', $4)")
            .bind(shop.clone())
            .bind(now_ms)
            .bind(caller.device.as_bytes().to_vec())
            .bind(format!("{chain}/{dseq}"))
            .execute(&mut *tx)
            .await?;
        bring_up!(tx, shop);
        tx.commit().await?;
        Ok(head)
    })
}

fn thirty_two(bytes: &[u8]) -> [u8; 32] {
    bytes.try_into().unwrap_or([0; 32])
}
