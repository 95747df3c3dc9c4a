//! Shops and the devices let into them: tokens are kept hashed, codes open once and not for long.

use domain::ids::DeviceId;
use serde::Serialize;
use sync::{Ceiling, Invite, Join, Joined, ShopMade};
use uuid::Uuid;

use crate::{
    store::{Store, on},
    trade::Deny,
};

/// How long a code for adding a device opens.
const CODE_MS: i64 = 15 * 60 * 1000;
/// Letters and digits that nobody takes for one another.
const SPOKEN: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// Whether a device trades.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It does.
    Active,
    /// It gets nothing, and what it sends is held, until it is unlocked.
    Locked,
    /// For good.
    Revoked,
}

impl State {
    /// The word of tables and answers.
    pub fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Locked => "locked",
            Self::Revoked => "revoked",
        }
    }

    /// Reads the word; what is not known does not trade.
    pub fn parse(word: &str) -> Self {
        [Self::Active, Self::Locked].into_iter().find(|state| state.word() == word).unwrap_or(Self::Revoked)
    }
}

/// The device behind a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caller {
    /// Its shop.
    pub shop: Uuid,
    /// The device.
    pub device: Uuid,
    /// What it may do at most.
    pub ceiling: Ceiling,
    /// Whether it trades.
    pub state: State,
}

/// A device as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeviceRow {
    /// The device.
    pub device: Uuid,
    /// What it is called.
    pub name: String,
    /// What it may do at most.
    pub ceiling: String,
    /// Its code in receipt numbers.
    pub till: i64,
    /// `active`, `locked` or `revoked`.
    pub state: String,
    /// When it last spoke, milliseconds.
    pub seen_at_ms: i64,
    /// The highest number it has folded.
    pub cursor: i64,
}

/// An entry that waits for the owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeldRow {
    /// Its chain.
    pub chain: Uuid,
    /// Its place in it.
    pub dseq: i64,
    /// Name of the device.
    pub device: String,
    /// Why it waits.
    pub reason: String,
    /// Its kind.
    pub kind: String,
    /// The shop's day it belongs to.
    pub business_date: String,
    /// True where it can be admitted.
    pub admissible: bool,
}

/// Makes a shop with its first device, which is the owner's.
///
/// # Errors
/// [`Deny`]
pub async fn make_shop(store: &Store, join: &Join, now_ms: i64) -> Result<ShopMade, Deny> {
    let (shop, journal) = (fresh_id()?, fresh_id()?);
    let token = fresh_token()?;
    let Join(_, device, public, name) = join;
    check_key(public)?;
    on!(store, |pool| {
        let mut tx = pool.begin().await?;
        sqlx::query("INSERT INTO shops (shop, journal, head, log, tills, made_at) VALUES ($1, $2, 0, $3, 1, $4)")
            .bind(shop.as_bytes().to_vec())
            .bind(journal.as_bytes().to_vec())
            .bind(vec![0u8; 32])
            .bind(now_ms)
            .execute(&mut *tx)
            .await?;
        sqlx::query(
            "INSERT INTO devices (shop, device, public_key, name, ceiling, till, token, state, seen_at, cursor) VALUES ($1, $2, $3, $4, 'owner', 1, $5, 'active', $6, 0)",
        )
        .bind(shop.as_bytes().to_vec())
        .bind(device.bytes().to_vec())
        .bind(public.to_vec())
        .bind(short(name))
        .bind(hashed(&token))
        .bind(now_ms)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
    });
    Ok(ShopMade(shop, journal, token))
}

/// Makes a code that lets one device in.
///
/// # Errors
/// `Forbidden` unless the device's ceiling is the owner's.
pub async fn invite(store: &Store, caller: &Caller, invite: &Invite, now_ms: i64) -> Result<String, Deny> {
    owner(caller)?;
    let code: String = random::<12>()?.iter().map(|byte| char::from(SPOKEN[usize::from(byte % 32)])).collect();
    on!(store, |pool| {
        sqlx::query("DELETE FROM codes WHERE shop = $1 AND until_ms < $2").bind(caller.shop.as_bytes().to_vec()).bind(now_ms).execute(pool).await?;
        sqlx::query("INSERT INTO codes (code, shop, ceiling, name, until_ms) VALUES ($1, $2, $3, $4, $5)")
            .bind(hashed(&code))
            .bind(caller.shop.as_bytes().to_vec())
            .bind(invite.0.word())
            .bind(short(&invite.1))
            .bind(now_ms + CODE_MS)
            .execute(pool)
            .await?;
    });
    audit(store, caller, "invited", &invite.1, now_ms).await?;
    Ok(format!("{}-{}-{}", &code[..4], &code[4..8], &code[8..]))
}

/// Lets a device in by its code, which is then used up. A device that was in before comes back under its old till code with a new token; one that was
/// taken out does not come back.
///
/// # Errors
/// `Code` where it is wrong, used or too old; `Forbidden` for a device that was taken out.
pub async fn join(store: &Store, join: &Join, now_ms: i64) -> Result<Joined, Deny> {
    let Join(code, device, public, name) = join;
    check_key(public)?;
    let code: String = code.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect();
    let token = fresh_token()?;
    on!(store, |pool| {
        let mut tx = pool.begin().await?;
        let row: Option<(Vec<u8>, String, String, i64)> = sqlx::query_as("DELETE FROM codes WHERE code = $1 RETURNING shop, ceiling, name, until_ms")
            .bind(hashed(&code))
            .fetch_optional(&mut *tx)
            .await?;
        let (shop, ceiling, called, until_ms) = row.ok_or(Deny::Code)?;
        if until_ms < now_ms {
            return Err(Deny::Code);
        }
        let (till, journal): (i64, Vec<u8>) = sqlx::query_as("UPDATE shops SET tills = tills + 1 WHERE shop = $1 RETURNING tills, journal")
            .bind(shop.clone())
            .fetch_one(&mut *tx)
            .await?;
        let name = if name.trim().is_empty() { called } else { short(name) };
        let let_in: Option<i64> = sqlx::query_scalar(
            "INSERT INTO devices (shop, device, public_key, name, ceiling, till, token, state, seen_at, cursor) VALUES ($1, $2, $3, $4, $5, $6, $7, 'active', $8, 0)
             ON CONFLICT (shop, device) DO UPDATE SET token = excluded.token, name = excluded.name, ceiling = excluded.ceiling, state = 'active'
             WHERE devices.public_key = excluded.public_key AND devices.state <> 'revoked' RETURNING till",
        )
        .bind(shop.clone())
        .bind(device.bytes().to_vec())
        .bind(public.to_vec())
        .bind(name)
        .bind(ceiling.clone())
        .bind(till)
        .bind(hashed(&token))
        .bind(now_ms)
        .fetch_optional(&mut *tx)
        .await?;
        let till = let_in.ok_or(Deny::Forbidden)?;
        tx.commit().await?;
        let id = |bytes: &[u8]| Uuid::from_slice(bytes).unwrap_or_default();
        let ceiling = Ceiling::parse(&ceiling).unwrap_or(Ceiling::Clerk);
        Ok(Joined(id(&shop), id(&journal), token, u32::try_from(till).unwrap_or(u32::MAX), ceiling))
    })
}

/// Who holds a token of a shop. Another shop's token is as good as none.
///
/// # Errors
/// `Unknown`
pub async fn caller(store: &Store, shop: Uuid, token: &str) -> Result<Caller, Deny> {
    on!(store, |pool| {
        let row: Option<(Vec<u8>, String, String)> = sqlx::query_as("SELECT device, ceiling, state FROM devices WHERE shop = $1 AND token = $2")
            .bind(shop.as_bytes().to_vec())
            .bind(hashed(token))
            .fetch_optional(pool)
            .await?;
        let (device, ceiling, state) = row.ok_or(Deny::Unknown)?;
        let device = Uuid::from_slice(&device).unwrap_or_default();
        Ok(Caller { shop, device, ceiling: Ceiling::parse(&ceiling).unwrap_or(Ceiling::Clerk), state: State::parse(&state) })
    })
}

/// Every device of the shop, in the order they came.
///
/// # Errors
/// The database's.
pub async fn devices(store: &Store, caller: &Caller) -> Result<Vec<DeviceRow>, Deny> {
    devices_of(store, caller.shop).await
}

pub(crate) async fn devices_of(store: &Store, shop: Uuid) -> Result<Vec<DeviceRow>, Deny> {
    on!(store, |pool| {
        type Row = (Vec<u8>, String, String, i64, String, i64, i64);
        let rows: Vec<Row> = sqlx::query_as("SELECT device, name, ceiling, till, state, seen_at, cursor FROM devices WHERE shop = $1 ORDER BY till")
            .bind(shop.as_bytes().to_vec())
            .fetch_all(pool)
            .await?;
        let row = |(device, name, ceiling, till, state, seen_at_ms, cursor): Row| {
            let device = Uuid::from_slice(&device).unwrap_or_default();
            DeviceRow { device, name, ceiling, till, state, seen_at_ms, cursor }
        };
        Ok(rows.into_iter().map(row).collect())
    })
}

/// Locks a device, unlocks it, or takes it out for good.
///
/// # Errors
/// `Forbidden` unless asked by an owner's device, and for that device itself.
pub async fn set_state(store: &Store, caller: &Caller, device: DeviceId, state: State, now_ms: i64) -> Result<(), Deny> {
    owner(caller)?;
    if caller.device == device.0 {
        return Err(Deny::Forbidden);
    }
    let done = on!(store, |pool| {
        sqlx::query("UPDATE devices SET state = $3 WHERE shop = $1 AND device = $2 AND state <> 'revoked'")
            .bind(caller.shop.as_bytes().to_vec())
            .bind(device.bytes().to_vec())
            .bind(state.word())
            .execute(pool)
            .await?
            .rows_affected()
    });
    if done == 0 {
        return Err(Deny::Code);
    }
    audit(store, caller, state.word(), &device.to_string(), now_ms).await
}

/// What waits for the owner.
///
/// # Errors
/// `Forbidden` unless the device's ceiling is the owner's.
pub async fn held(store: &Store, caller: &Caller) -> Result<Vec<HeldRow>, Deny> {
    owner(caller)?;
    on!(store, |pool| {
        type Row = (Vec<u8>, i64, String, String, Option<Vec<u8>>);
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT p.chain, p.dseq, d.name, p.held, p.bytes FROM positions p JOIN chains c ON c.shop = p.shop AND c.chain = p.chain
             JOIN devices d ON d.shop = c.shop AND d.device = c.device WHERE p.shop = $1 AND p.held IS NOT NULL ORDER BY d.till, p.dseq LIMIT 200",
        )
        .bind(caller.shop.as_bytes().to_vec())
        .fetch_all(pool)
        .await?;
        let row = |(chain, dseq, device, reason, bytes): Row| {
            let entry = bytes.and_then(|bytes| domain::entry::Entry::read(0, &bytes).ok());
            let (kind, business_date) = entry.map_or_else(Default::default, |entry| (entry.8, entry.6));
            let admissible = !["same_id", "postings", "unreadable"].contains(&reason.as_str());
            HeldRow { chain: Uuid::from_slice(&chain).unwrap_or_default(), dseq, device, reason, kind, business_date, admissible }
        };
        Ok(rows.into_iter().map(row).collect())
    })
}

pub(crate) async fn audit(store: &Store, caller: &Caller, deed: &str, about: &str, now_ms: i64) -> Result<(), Deny> {
    on!(store, |pool| {
        sqlx::query("INSERT INTO audit (shop, at_ms, device, deed, about) VALUES ($1, $2, $3, $4, $5)")
            .bind(caller.shop.as_bytes().to_vec())
            .bind(now_ms)
            .bind(caller.device.as_bytes().to_vec())
            .bind(deed.to_owned())
            .bind(short(about))
            .execute(pool)
            .await?;
    });
    Ok(())
}

pub(crate) fn owner(caller: &Caller) -> Result<(), Deny> {
    if caller.ceiling == Ceiling::Owner && caller.state == State::Active { Ok(()) } else { Err(Deny::Forbidden) }
}

fn check_key(public: &[u8]) -> Result<(), Deny> {
    if public.len() == 32 { Ok(()) } else { Err(sync::Malformed::Shape("a key is 32 bytes".into()).into()) }
}

fn short(text: &str) -> String {
    text.trim().chars().take(60).collect()
}

pub(crate) fn hashed(secret: &str) -> Vec<u8> {
    blake3::derive_key("banyan cloud token 1", secret.as_bytes()).to_vec()
}

pub(crate) fn fresh_token() -> Result<String, Deny> {
    Ok(random::<32>()?.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn fresh_id() -> Result<Uuid, Deny> {
    Ok(uuid::Builder::from_random_bytes(random()?).into_uuid())
}

pub(crate) fn random<const N: usize>() -> Result<[u8; N], Deny> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| Deny::Database(sqlx::Error::Io(std::io::Error::other(error.to_string()))))?;
    Ok(bytes)
}
