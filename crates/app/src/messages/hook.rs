//! One message to the shop's webhook: a JSON body, signed, with an identity by which the webhook knows what it has already.

use std::{sync::Once, time::Duration};

use hmac::{Hmac, KeyInit, Mac};
use reqwest::redirect::Policy;
use serde_json::Value;
use sha2::Sha256;

use super::MessageFault;

/// Makes ready what every connection needs: with which arithmetic certificates are checked.
pub(crate) fn ready() {
    static READY: Once = Once::new();
    // Somebody else may have chosen before: that is as well.
    READY.call_once(|| drop(rustls::crypto::ring::default_provider().install_default()));
}

/// HMAC-SHA256 of the moment, a dot and the body, hexadecimal.
pub(crate) fn signature(secret: &str, seconds: i64, body: &str) -> String {
    // HMAC takes a key of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return String::new() };
    mac.update(format!("{seconds}.{body}").as_bytes());
    mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Posts the body, and waits so long for so many bytes of an answer; the answer is what the webhook said.
///
/// # Errors
/// [`MessageFault`]
pub(crate) async fn post(
    url: &str,
    secret: &str,
    (patience, most): (Duration, usize),
    id: &str,
    now_ms: i64,
    body: &Value,
) -> Result<String, MessageFault> {
    ready();
    let away = |error: reqwest::Error| MessageFault::HookAway { reason: error.without_url().to_string() };
    let agent = concat!("banyan/", env!("CARGO_PKG_VERSION"));
    let client = reqwest::Client::builder().user_agent(agent).timeout(patience).redirect(Policy::none()).build().map_err(away)?;
    let (body, seconds) = (body.to_string(), now_ms.div_euclid(1000));
    let request = client
        .post(url)
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", id)
        .header("X-Banyan-Timestamp", seconds.to_string())
        .header("X-Banyan-Signature", format!("sha256={}", signature(secret, seconds, &body)));
    let mut answer = request.body(body).send().await.map_err(away)?;
    let status = answer.status();
    let mut said = Vec::new();
    while let Some(more) = answer.chunk().await.map_err(away)? {
        said.extend_from_slice(&more[..more.len().min(most - said.len())]);
        if said.len() == most {
            break;
        }
    }
    let said = String::from_utf8_lossy(&said).into_owned();
    match status.as_u16() {
        200..=299 => Ok(said),
        408 | 425 | 429 | 500.. => Err(MessageFault::HookLater { status: status.as_u16() }),
        401 | 403 => Err(MessageFault::HookSignature { status: status.as_u16() }),
        status => Err(MessageFault::HookRefused { status, answer: said }),
    }
}

#[cfg(test)]
mod tests {
    use super::signature;

    #[test]
    fn a_signature_is_the_one_that_every_library_makes() {
        // Python: hmac.new(b"secret", b'1700000000.{"a":1}', "sha256").hexdigest()
        assert_eq!(signature("secret", 1_700_000_000, "{\"a\":1}"), "49f24e537407743fa4a0242bb63b94b9a47ee99cbbe071ccd8a22550ae411686");
        assert_ne!(signature("secret", 1_700_000_001, "{\"a\":1}"), signature("secret", 1_700_000_000, "{\"a\":1}"));
    }
}
