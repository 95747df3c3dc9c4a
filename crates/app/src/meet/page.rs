//! The owner's page in a browser: set up here, shown by the meeting place.

use paper::picture::{Picture, qr};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{MeetRefusal, asks, client::Fault, refused};
use crate::{failure::Failure, menu::Call};

/// Letters that a password of the page has at least, and at most.
const LETTERS: std::ops::RangeInclusive<usize> = 10..=200;

/// The page as the settings show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OwnerPage {
    /// Where it is.
    pub address: String,
    /// Since when somebody can sign in there, milliseconds; absent where nobody can.
    pub since_ms: Option<i64>,
    /// The address as a QR code, for a phone.
    pub qr: Option<Picture>,
}

/// What an authenticator needs to show codes. It is shown once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PageSecret {
    /// To type, in groups of four.
    pub secret: String,
    /// To scan.
    pub qr: Option<Picture>,
}

/// Whether the owner's page is open, and where it is.
pub async fn owner_page(call: &Call<'_>, (): ()) -> Result<OwnerPage, Failure> {
    let (linked, client) = asks(call).await?;
    let since_ms = client.page().await.map_err(|fault| said(&linked.address, fault))?;
    let address = format!("{}/page/{}", linked.address, linked.shop);
    let qr = qr(&address, 4).map(|drawn| drawn.picture());
    Ok(OwnerPage { address, since_ms, qr })
}

/// Takes the page's password and gives what the owner's authenticator needs. What opened the page so far goes on doing so until [`prove_owner_page`].
pub async fn set_owner_page(call: &Call<'_>, password: String) -> Result<PageSecret, Failure> {
    let (linked, client) = asks(call).await?;
    if !LETTERS.contains(&password.chars().count()) {
        return Err(Failure::refused(MeetRefusal::PagePassword));
    }
    let secret = client.set_page(&password).await.map_err(|fault| said(&linked.address, fault))?;
    let name = call.shop()?.settings().await.shop_name.clone();
    let picture = otpauth(&name, &secret).and_then(|text| qr(&text, 4)).map(|drawn| drawn.picture());
    let fours: Vec<&str> = (0..secret.len()).step_by(4).filter_map(|at| secret.get(at..(at + 4).min(secret.len()))).collect();
    Ok(PageSecret { secret: fours.join(" "), qr: picture })
}

/// Opens the page, once the authenticator shows the right code. Whoever was signed in there before is signed out.
pub async fn prove_owner_page(call: &Call<'_>, code: String) -> Result<OwnerPage, Failure> {
    let (linked, client) = asks(call).await?;
    client.prove_page(code.trim()).await.map_err(|fault| match fault {
        Fault::Said { code, .. } if code == "code" => Failure::refused(MeetRefusal::PageCode),
        Fault::Said { code, .. } if code == "too_many" => Failure::refused(MeetRefusal::PageTries),
        fault => said(&linked.address, fault),
    })?;
    owner_page(call, ()).await
}

/// Closes the page: nobody can sign in there any more, and whoever is signed in is out.
pub async fn end_owner_page(call: &Call<'_>, (): ()) -> Result<OwnerPage, Failure> {
    let (linked, client) = asks(call).await?;
    client.end_page().await.map_err(|fault| said(&linked.address, fault))?;
    owner_page(call, ()).await
}

/// A meeting place from before there was a page answers with no words of ours.
fn said(address: &str, fault: Fault) -> Failure {
    match fault {
        Fault::Stranger => Failure::refused(MeetRefusal::OldPlace { address: address.to_owned() }),
        fault => refused(address, fault),
    }
}

/// What authenticators read: a secret under the shop's name.
fn otpauth(name: &str, secret: &str) -> Option<String> {
    let mut url = reqwest::Url::parse("otpauth://totp/").ok()?;
    // A colon would end the issuer, and a percent sign would be taken for an escape.
    let name: String = name.chars().filter(|letter| !matches!(letter, ':' | '%' | '/')).take(40).collect();
    url.set_path(&format!("Banyan:{name}"));
    url.query_pairs_mut().append_pair("secret", secret).append_pair("issuer", "Banyan");
    Some(url.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_authenticator_reads_any_shops_name() {
        let text = otpauth("榕 & 树?#:%41", "ABC").expect("an address");
        let url = reqwest::Url::parse(&text).expect("an address");
        assert_eq!((url.scheme(), url.host_str(), url.fragment()), ("otpauth", Some("totp"), None));
        assert_eq!(url.query(), Some("secret=ABC&issuer=Banyan"));
        assert!(url.path().starts_with("/Banyan:%E6%A6%95%20&%20%E6%A0%91%3F%2341"), "{}", url.path());
    }
}
