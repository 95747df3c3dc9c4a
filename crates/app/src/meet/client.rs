//! What is said to the meeting place, over HTTP. Whatever answers without speaking our frames (a captive portal, a proxy's page, another program) counts as
//! nobody there.

use std::{sync::Once, time::Duration};

use reqwest::{Method, StatusCode, redirect::Policy};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use sync::{Invite, Join, Joined, MOST_FRAME_BYTES, Page, Push, PushAnswer, ShopMade, decode, encode};
use uuid::Uuid;

const CONNECT: Duration = Duration::from_secs(10);
/// The live channel says something every twenty seconds.
const SILENCE: Duration = Duration::from_secs(45);

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Fault {
    /// Nobody there: a cable, a name that is not known, a certificate that does not hold.
    Away(String),
    /// Somebody else answered.
    Stranger,
    /// The meeting place says no, in its own code.
    Said {
        code: String,
        answer: Value,
        /// How long it asks to wait, where it does.
        wait_ms: i64,
    },
}

/// What a meeting place needs to be asked as one device of one shop.
#[derive(Debug, Clone)]
pub(super) struct Client {
    http: reqwest::Client,
    address: String,
    shop: Uuid,
    token: String,
}

/// Makes ready what every connection needs: who checks certificates, and with which arithmetic.
fn http() -> Result<reqwest::Client, Fault> {
    static READY: Once = Once::new();
    // Somebody else may have chosen before: that is as well.
    READY.call_once(|| drop(rustls::crypto::ring::default_provider().install_default()));
    let agent = concat!("banyan/", env!("CARGO_PKG_VERSION"));
    let built = reqwest::Client::builder().user_agent(agent).connect_timeout(CONNECT).read_timeout(SILENCE).redirect(Policy::none()).build();
    built.map_err(|error| Fault::Away(error.to_string()))
}

/// Asks for a shop of one's own.
pub(super) async fn make_shop(address: &str, wish: &Join) -> Result<ShopMade, Fault> {
    stranger(address, "/v1/shops", wish).await
}

/// Asks in by a one-time code.
pub(super) async fn join(address: &str, wish: &Join) -> Result<Joined, Fault> {
    stranger(address, "/v1/join", wish).await
}

async fn stranger<T: serde::Serialize + DeserializeOwned>(address: &str, path: &str, wish: &Join) -> Result<T, Fault> {
    let request = http()?.post(format!("{address}{path}")).body(encode(wish));
    decode(&answer(request).await?).map_err(|_| Fault::Stranger)
}

/// The device's own list of the shop's devices.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct Devices {
    pub(super) devices: Vec<DeviceThere>,
    pub(super) head: u64,
    pub(super) now_ms: i64,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct DeviceThere {
    pub(super) device: Uuid,
    pub(super) name: String,
    pub(super) ceiling: String,
    pub(super) till: i64,
    pub(super) state: String,
    pub(super) seen_at_ms: i64,
    pub(super) cursor: u64,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct HeldThere {
    pub(super) chain: Uuid,
    pub(super) dseq: i64,
    pub(super) device: String,
    pub(super) reason: String,
    pub(super) kind: String,
    pub(super) business_date: String,
    pub(super) admissible: bool,
}

impl Client {
    pub(super) fn new(address: &str, shop: Uuid, token: &str) -> Result<Self, Fault> {
        Ok(Self { http: http()?, address: address.to_owned(), shop, token: token.to_owned() })
    }

    fn ask(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.http.request(method, format!("{}/v1/{}/{path}", self.address, self.shop)).bearer_auth(&self.token)
    }

    pub(super) async fn push(&self, frame: &Push) -> Result<PushAnswer, Fault> {
        decode(&answer(self.ask(Method::POST, "push").body(encode(frame))).await?).map_err(|_| Fault::Stranger)
    }

    pub(super) async fn pull(&self, after: i64, log: &[u8; 32]) -> Result<Page, Fault> {
        let hash: String = log.iter().map(|byte| format!("{byte:02x}")).collect();
        decode(&answer(self.ask(Method::GET, &format!("pull?after={after}&hash={hash}"))).await?).map_err(|_| Fault::Stranger)
    }

    /// The log hash at a number, where the journal there is so long, and its length.
    pub(super) async fn log(&self, number: i64) -> Result<(Option<String>, i64), Fault> {
        #[derive(Deserialize)]
        struct There {
            log: Option<String>,
            head: i64,
        }
        let there: There = self.json(self.ask(Method::GET, &format!("log?number={number}"))).await?;
        Ok((there.log, there.head))
    }

    pub(super) async fn invite(&self, wish: &Invite) -> Result<String, Fault> {
        #[derive(Deserialize)]
        struct There {
            code: String,
        }
        let there: There = self.json(self.ask(Method::POST, "codes").body(encode(wish))).await?;
        Ok(there.code)
    }

    pub(super) async fn devices(&self) -> Result<Devices, Fault> {
        self.json(self.ask(Method::GET, "devices")).await
    }

    pub(super) async fn set_state(&self, device: Uuid, state: &'static str) -> Result<(), Fault> {
        answer(self.ask(Method::POST, &format!("devices/{device}")).body(state)).await.map(drop)
    }

    pub(super) async fn held(&self) -> Result<Vec<HeldThere>, Fault> {
        self.json(self.ask(Method::GET, "held")).await
    }

    pub(super) async fn admit(&self, chain: Uuid, dseq: i64) -> Result<(), Fault> {
        answer(self.ask(Method::POST, &format!("held/{chain}/{dseq}"))).await.map(drop)
    }

    /// Since when the owner's page opens.
    pub(super) async fn page(&self) -> Result<Option<i64>, Fault> {
        #[derive(Deserialize)]
        struct There {
            since_ms: Option<i64>,
        }
        let there: There = self.json(self.ask(Method::GET, "page")).await?;
        Ok(there.since_ms)
    }

    /// Sets the page's password; the answer is the secret for an authenticator.
    pub(super) async fn set_page(&self, password: &str) -> Result<String, Fault> {
        #[derive(Deserialize)]
        struct There {
            secret: String,
        }
        let there: There = self.json(self.ask(Method::POST, "page").body(encode(&password))).await?;
        Ok(there.secret)
    }

    pub(super) async fn prove_page(&self, code: &str) -> Result<(), Fault> {
        answer(self.ask(Method::POST, "page/prove").body(encode(&code))).await.map(drop)
    }

    pub(super) async fn end_page(&self) -> Result<(), Fault> {
        answer(self.ask(Method::POST, "page/end")).await.map(drop)
    }

    /// Tells every highest number that the live channel names, until it breaks off.
    pub(super) async fn live(&self, mut told: impl FnMut(u64)) {
        let Ok(mut response) = self.ask(Method::GET, "live").send().await else { return };
        if response.status() != StatusCode::OK {
            return;
        }
        let mut line = Vec::new();
        while let Ok(Some(bytes)) = response.chunk().await {
            for byte in bytes {
                if byte != b'\n' {
                    // No line of ours is longer; what is sent without an end is not kept.
                    if line.len() < 64 {
                        line.push(byte);
                    }
                    continue;
                }
                let text = String::from_utf8_lossy(&line);
                if let Some(head) = text.trim().strip_prefix("data:").and_then(|number| number.trim().parse().ok()) {
                    told(head);
                }
                line.clear();
            }
        }
    }

    async fn json<T: DeserializeOwned>(&self, request: reqwest::RequestBuilder) -> Result<T, Fault> {
        serde_json::from_slice(&answer(request).await?).map_err(|_| Fault::Stranger)
    }
}

/// The body of a yes; the code of a no. Nothing longer than a frame is read.
async fn answer(request: reqwest::RequestBuilder) -> Result<Vec<u8>, Fault> {
    let away = |error: reqwest::Error| Fault::Away(reason(&error));
    let mut response = request.send().await.map_err(away)?;
    let status = response.status();
    let seconds = response.headers().get("retry-after").and_then(|value| value.to_str().ok()).and_then(|text| text.parse::<i64>().ok());
    let mut body = Vec::new();
    while let Some(bytes) = response.chunk().await.map_err(away)? {
        if body.len() + bytes.len() > MOST_FRAME_BYTES {
            return Err(Fault::Stranger);
        }
        body.extend_from_slice(&bytes);
    }
    if status == StatusCode::OK {
        return Ok(body);
    }
    let said: Option<Value> = serde_json::from_slice(&body).ok();
    match said.as_ref().and_then(|said| said["code"].as_str()) {
        Some(code) => {
            Err(Fault::Said { code: code.to_owned(), answer: said.clone().unwrap_or_default(), wait_ms: seconds.unwrap_or(2).saturating_mul(1000) })
        }
        None => Err(Fault::Stranger),
    }
}

/// The innermost reason: the outer ones only say that sending failed.
fn reason(error: &reqwest::Error) -> String {
    let mut inner: &dyn std::error::Error = error;
    while let Some(source) = inner.source() {
        inner = source;
    }
    inner.to_string()
}
