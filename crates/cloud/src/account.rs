//! Who may see the owner's page: a password and a code, set up from a device of the owner's. Invariant: an account opens only after one code of it was seen,
//! a code opens once, a try is counted before it is looked at, and the token of a session is kept hashed.

use argon2::{Argon2, PasswordHash, PasswordHasher, PasswordVerifier};
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use uuid::Uuid;

use crate::{
    devices::{Caller, audit, fresh_token, hashed, owner, random},
    store::{Store, on},
    totp,
    trade::Deny,
};

/// Letters a password has at least, and at most.
const LETTERS: std::ops::RangeInclusive<usize> = 10..=200;
/// Wrong tries in a row before the page waits.
const TRIES: i64 = 5;
/// How long it waits then.
const WAIT_MS: i64 = 15 * 60 * 1000;
/// How long a session lasts.
pub const SESSION_MS: i64 = 12 * 60 * 60 * 1000;
/// Hashing takes memory on purpose: no more than so many at a time.
static HASHING: Semaphore = Semaphore::const_new(2);
/// Compared with where there is no account, so that it takes as long.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// What came of a try to sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignIn {
    /// A session's token.
    Opened(String),
    /// The password or the code does not fit; which, nobody is told.
    Wrong,
    /// Too many wrong tries: later.
    Wait,
}

/// Whether the shop has a page, and since when.
///
/// # Errors
/// `Forbidden` unless asked by an owner's device.
pub async fn state(store: &Store, caller: &Caller) -> Result<Value, Deny> {
    owner(caller)?;
    on!(store, |pool| {
        let since: Option<i64> = sqlx::query_scalar("SELECT made_at FROM pages WHERE shop = $1 AND proven = 1")
            .bind(caller.shop.as_bytes().to_vec())
            .fetch_optional(pool)
            .await?;
        Ok(json!({"since_ms": since}))
    })
}

/// Takes a password and gives the secret for an authenticator. What opened the page so far goes on doing so until a code of the new secret was seen.
///
/// # Errors
/// `Forbidden` unless asked by an owner's device; `Code` for a password that is too short or too long.
pub async fn set(store: &Store, caller: &Caller, password: String, now_ms: i64) -> Result<String, Deny> {
    owner(caller)?;
    if !LETTERS.contains(&password.chars().count()) {
        return Err(Deny::Code);
    }
    let (salt, secret) = (random::<16>()?, random::<{ totp::SECRET }>()?);
    let hash = aside(move || {
        let hash = Argon2::default().hash_password_with_salt(password.as_bytes(), &salt);
        hash.map(|hash| hash.to_string()).map_err(|error| broken(&error.to_string()))
    })
    .await??;
    on!(store, |pool| {
        sqlx::query(
            "INSERT INTO pages (shop, proven, password, secret, step, wrong, wait_until, made_at) VALUES ($1, 0, $2, $3, 0, 0, 0, $4)
             ON CONFLICT (shop, proven) DO UPDATE SET password = excluded.password, secret = excluded.secret, step = 0, wrong = 0, wait_until = 0,
                made_at = excluded.made_at",
        )
        .bind(caller.shop.as_bytes().to_vec())
        .bind(hash)
        .bind(secret.to_vec())
        .bind(now_ms)
        .execute(pool)
        .await?;
    });
    Ok(totp::base32(&secret))
}

/// Opens the page with the account that was set last, once its authenticator shows the right code; every session of the one before ends.
///
/// # Errors
/// `Forbidden` unless asked by an owner's device; `Code` where the code is wrong or nothing was set; `TooMany` after five wrong ones.
pub async fn prove(store: &Store, caller: &Caller, typed: &str, now_ms: i64) -> Result<(), Deny> {
    owner(caller)?;
    let shop = caller.shop.as_bytes().to_vec();
    on!(store, |pool| {
        let tried: Option<(Vec<u8>, i64)> =
            sqlx::query_as("UPDATE pages SET wrong = wrong + 1 WHERE shop = $1 AND proven = 0 RETURNING secret, wrong")
                .bind(shop.clone())
                .fetch_optional(pool)
                .await?;
        let (secret, tries) = tried.ok_or(Deny::Code)?;
        if tries > TRIES {
            return Err(Deny::TooMany);
        }
        let step = totp::step_of(&secret, typed, 0, now_ms).ok_or(Deny::Code)?;
        let mut tx = pool.begin().await?;
        sqlx::query("DELETE FROM pages WHERE shop = $1 AND proven = 1").bind(shop.clone()).execute(&mut *tx).await?;
        sqlx::query("DELETE FROM page_sessions WHERE shop = $1").bind(shop.clone()).execute(&mut *tx).await?;
        let done = sqlx::query("UPDATE pages SET proven = 1, wrong = 0, step = $3 WHERE shop = $1 AND proven = 0 AND secret = $2")
            .bind(shop)
            .bind(secret)
            .bind(step)
            .execute(&mut *tx)
            .await?
            .rows_affected();
        if done == 0 {
            return Err(Deny::Code);
        }
        tx.commit().await?;
    });
    audit(store, caller, "page_opened", "", now_ms).await
}

/// Closes the page: account and sessions are gone.
///
/// # Errors
/// `Forbidden` unless asked by an owner's device.
pub async fn end(store: &Store, caller: &Caller, now_ms: i64) -> Result<(), Deny> {
    owner(caller)?;
    on!(store, |pool| {
        let mut tx = pool.begin().await?;
        for text in ["DELETE FROM pages WHERE shop = $1", "DELETE FROM page_sessions WHERE shop = $1"] {
            sqlx::query(text).bind(caller.shop.as_bytes().to_vec()).execute(&mut *tx).await?;
        }
        tx.commit().await?;
    });
    audit(store, caller, "page_closed", "", now_ms).await
}

/// Signs in with password and code.
///
/// # Errors
/// The database's.
pub async fn sign_in(store: &Store, shop: Uuid, password: String, typed: &str, now_ms: i64) -> Result<SignIn, Deny> {
    let shop = shop.as_bytes().to_vec();
    let tried: Option<(String, Vec<u8>, i64, bool)> = on!(store, |pool| {
        let tried: Option<(String, Vec<u8>, i64)> = sqlx::query_as(
            "UPDATE pages SET wrong = wrong + 1, wait_until = CASE WHEN wrong + 1 >= $3 THEN $4 ELSE wait_until END
             WHERE shop = $1 AND proven = 1 AND wait_until <= $2 RETURNING password, secret, step",
        )
        .bind(shop.clone())
        .bind(now_ms)
        .bind(TRIES)
        .bind(now_ms + WAIT_MS)
        .fetch_optional(pool)
        .await?;
        match tried {
            Some((hash, secret, step)) => Some((hash, secret, step, true)),
            None => {
                let there: Option<i64> =
                    sqlx::query_scalar("SELECT wait_until FROM pages WHERE shop = $1 AND proven = 1").bind(shop.clone()).fetch_optional(pool).await?;
                if there.is_some() {
                    return Ok(SignIn::Wait);
                }
                None
            }
        }
    });
    let (hash, secret, step, there) = tried.unwrap_or_else(|| (NOBODY.to_owned(), vec![0; totp::SECRET], i64::MAX, false));
    let fits = aside(move || {
        let long = password.chars().count() > *LETTERS.end();
        let fits = PasswordHash::new(&hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
        fits && !long
    })
    .await?;
    let step = totp::step_of(&secret, typed, step, now_ms);
    let (true, true, Some(step)) = (there, fits, step) else { return Ok(SignIn::Wrong) };
    let token = fresh_token()?;
    on!(store, |pool| {
        let mut tx = pool.begin().await?;
        // Whoever brings the same code at the same moment comes second here.
        let first = sqlx::query("UPDATE pages SET step = $3, wrong = 0, wait_until = 0 WHERE shop = $1 AND proven = 1 AND secret = $2 AND step < $3")
            .bind(shop.clone())
            .bind(secret)
            .bind(step)
            .execute(&mut *tx)
            .await?
            .rows_affected();
        if first == 0 {
            return Ok(SignIn::Wrong);
        }
        sqlx::query("DELETE FROM page_sessions WHERE shop = $1 AND until_ms <= $2").bind(shop.clone()).bind(now_ms).execute(&mut *tx).await?;
        sqlx::query("INSERT INTO page_sessions (shop, token, until_ms) VALUES ($1, $2, $3)")
            .bind(shop)
            .bind(hashed(&token))
            .bind(now_ms + SESSION_MS)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
    });
    Ok(SignIn::Opened(token))
}

/// True for a session of this shop that has not run out.
///
/// # Errors
/// The database's.
pub async fn is_open(store: &Store, shop: Uuid, token: &str, now_ms: i64) -> Result<bool, Deny> {
    on!(store, |pool| {
        let until: Option<i64> = sqlx::query_scalar("SELECT until_ms FROM page_sessions WHERE shop = $1 AND token = $2")
            .bind(shop.as_bytes().to_vec())
            .bind(hashed(token))
            .fetch_optional(pool)
            .await?;
        Ok(until.is_some_and(|until| now_ms < until))
    })
}

/// Ends a session.
///
/// # Errors
/// The database's.
pub async fn sign_out(store: &Store, shop: Uuid, token: &str) -> Result<(), Deny> {
    on!(store, |pool| {
        sqlx::query("DELETE FROM page_sessions WHERE shop = $1 AND token = $2")
            .bind(shop.as_bytes().to_vec())
            .bind(hashed(token))
            .execute(pool)
            .await?;
    });
    Ok(())
}

async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Deny> {
    let _turn = HASHING.acquire().await.map_err(|error| broken(&error.to_string()))?;
    tokio::task::spawn_blocking(work).await.map_err(|error| broken(&error.to_string()))
}

fn broken(reason: &str) -> Deny {
    Deny::Database(sqlx::Error::Io(std::io::Error::other(reason.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_there_is_no_account_the_comparison_is_as_dear() {
        let hash = PasswordHash::new(NOBODY).expect("a hash");
        let real = Argon2::default().hash_password_with_salt(b"x", &[7; 16]).expect("hashed").to_string();
        assert_eq!(real.split('$').take(4).collect::<Vec<_>>(), NOBODY.split('$').take(4).collect::<Vec<_>>());
        assert!(Argon2::default().verify_password(b"", &hash).is_err());
    }
}
