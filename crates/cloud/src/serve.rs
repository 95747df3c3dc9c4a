//! The endpoint: who asks is settled first, then the frame is read, then the store is asked.

use std::{
    collections::HashMap,
    convert::Infallible,
    net::SocketAddr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant, SystemTime},
};

use axum::{
    Router,
    body::Bytes,
    extract::{ConnectInfo, DefaultBodyLimit, FromRequestParts, Path, Query, Request, State as Kept},
    http::{StatusCode, header, request::Parts},
    middleware::{self, Next},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
    routing::{get, post},
};
use domain::ids::DeviceId;
use serde::Deserialize;
use serde_json::json;
use sync::{Invite, Join, MOST_FRAME_BYTES, Push, decode, encode};
use tokio::sync::watch;
use uuid::Uuid;

use crate::{
    account, api,
    devices::{self, Caller, State},
    limits::Limits,
    page,
    store::Store,
    trade::{self, Deny},
};

/// On several nodes over one database the live channel looks this often.
const LOOK: Duration = Duration::from_secs(5);

/// What every request shares.
pub struct Place {
    pub(crate) store: Store,
    /// True where this program speaks TLS itself: cookies then travel on nothing else.
    pub(crate) secure: bool,
    clock: Clock,
    devices: Limits,
    strangers: Limits,
    opening: Option<String>,
    heads: Mutex<HashMap<Uuid, watch::Sender<i64>>>,
    counts: Counts,
}

/// What time it is, milliseconds since 1970 UTC.
pub type Clock = Box<dyn Fn() -> i64 + Send + Sync>;

#[derive(Default)]
struct Counts {
    requests: AtomicU64,
    refused: AtomicU64,
    entries_in: AtomicU64,
    entries_out: AtomicU64,
    held: AtomicU64,
}

impl Place {
    /// A meeting place over a store. `opening`: the word that making a new shop asks for; anyone may where there is none.
    pub fn new(store: Store, opening: Option<String>) -> Arc<Self> {
        Self::by(store, opening, false, Box::new(now_ms))
    }

    /// The same by a clock of one's own; `secure` where the program speaks TLS itself.
    pub fn by(store: Store, opening: Option<String>, secure: bool, clock: Clock) -> Arc<Self> {
        Arc::new(Self {
            store,
            secure,
            clock,
            devices: Limits::new(200, 50),
            strangers: Limits::new(20, 1),
            opening,
            heads: Mutex::default(),
            counts: Counts::default(),
        })
    }

    /// True where whoever asks by this key may ask once more now.
    pub(crate) fn take(&self, key: [u8; 16], now: Instant) -> bool {
        self.devices.take(key, now)
    }

    /// Its clock.
    pub(crate) fn now_ms(&self) -> i64 {
        (self.clock)()
    }

    fn watch(&self, shop: Uuid) -> watch::Receiver<i64> {
        let mut heads = self.heads.lock().unwrap_or_else(PoisonError::into_inner);
        heads.retain(|_, sender| sender.receiver_count() > 0);
        heads.entry(shop).or_insert_with(|| watch::channel(0).0).subscribe()
    }

    fn tell(&self, shop: Uuid, head: i64) {
        if let Some(sender) = self.heads.lock().unwrap_or_else(PoisonError::into_inner).get(&shop) {
            sender.send_if_modified(|before| std::mem::replace(before, head.max(*before)) < head);
        }
    }
}

/// Every way in.
pub fn routes(place: Arc<Place>) -> Router {
    Router::new()
        .route("/v1/shops", post(make_shop))
        .route("/v1/join", post(join))
        .route("/v1/{shop}/push", post(push))
        .route("/v1/{shop}/pull", get(pull))
        .route("/v1/{shop}/log", get(log))
        .route("/v1/{shop}/live", get(live))
        .route("/v1/{shop}/codes", post(invite))
        .route("/v1/{shop}/devices", get(list_devices))
        .route("/v1/{shop}/devices/{device}", post(set_state))
        .route("/v1/{shop}/held", get(list_held))
        .route("/v1/{shop}/held/{chain}/{dseq}", post(admit))
        .route("/v1/{shop}/page", get(page_state).post(set_page))
        .route("/v1/{shop}/page/prove", post(prove_page))
        .route("/v1/{shop}/page/end", post(end_page))
        .route("/health", get(health))
        .route("/metrics", get(metrics))
        .merge(page::routes())
        .merge(api::routes())
        .layer(DefaultBodyLimit::max(MOST_FRAME_BYTES))
        .layer(middleware::from_fn_with_state(place.clone(), log_line))
        .with_state(place)
}

/// An answer as JSON.
struct Json(serde_json::Value);

impl IntoResponse for Json {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, "application/json")], self.0.to_string()).into_response()
    }
}

/// One line of JSON for each request, without names, bodies or tokens.
async fn log_line(Kept(place): Kept<Arc<Place>>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let response = next.run(request).await;
    place.counts.requests.fetch_add(1, Ordering::Relaxed);
    if response.status().is_client_error() {
        place.counts.refused.fetch_add(1, Ordering::Relaxed);
    }
    if path != "/health" && path != "/metrics" {
        let ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        println!("{}", json!({"at_ms": now_ms(), "method": method.as_str(), "path": path, "status": response.status().as_u16(), "ms": ms}));
    }
    response
}

impl IntoResponse for Deny {
    fn into_response(self) -> Response {
        let (status, body) = match &self {
            Self::Unknown => (StatusCode::UNAUTHORIZED, json!({"code": "unknown"})),
            Self::Forbidden => (StatusCode::FORBIDDEN, json!({"code": "forbidden"})),
            Self::Fork(from) => (StatusCode::CONFLICT, json!({"code": "fork", "from": from})),
            Self::Gap(head) => (StatusCode::RANGE_NOT_SATISFIABLE, json!({"code": "gap", "head": head})),
            Self::OtherJournal => (StatusCode::GONE, json!({"code": "other_journal"})),
            Self::Run(broken) => (StatusCode::UNPROCESSABLE_ENTITY, json!({"code": "run", "reason": broken.to_string()})),
            Self::Frame(sync::Malformed::TooLarge) => (StatusCode::PAYLOAD_TOO_LARGE, json!({"code": "too_large"})),
            Self::Frame(malformed) => (StatusCode::UNPROCESSABLE_ENTITY, json!({"code": "frame", "reason": malformed.to_string()})),
            Self::TooMany => (StatusCode::TOO_MANY_REQUESTS, json!({"code": "too_many"})),
            Self::Code => (StatusCode::NOT_FOUND, json!({"code": "code"})),
            Self::Database(error) => {
                // The database's own words name tables, never what is in them.
                eprintln!("{}", json!({"at_ms": now_ms(), "broken": error.to_string()}));
                (StatusCode::SERVICE_UNAVAILABLE, json!({"code": "busy"}))
            }
        };
        let mut response = (status, Json(body)).into_response();
        if status == StatusCode::SERVICE_UNAVAILABLE || status == StatusCode::TOO_MANY_REQUESTS {
            response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("2"));
        }
        response
    }
}

/// A device with its token, or an answer that it is not let in.
struct Known(Caller);

impl FromRequestParts<Arc<Place>> for Known {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, place: &Arc<Place>) -> Result<Self, Response> {
        let shop = parts.uri.path().split('/').nth(2).and_then(|shop| Uuid::parse_str(shop).ok());
        let token = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(|value| value.strip_prefix("Bearer "));
        let (Some(shop), Some(token)) = (shop, token) else { return Err(Deny::Unknown.into_response()) };
        let caller = devices::caller(&place.store, shop, token).await.map_err(IntoResponse::into_response)?;
        if !place.devices.take(caller.device.into_bytes(), Instant::now()) {
            return Err(Deny::TooMany.into_response());
        }
        Ok(Self(caller))
    }
}

/// A device that is locked or was taken out may send what it sold, and read nothing.
fn active(caller: &Caller) -> Result<(), Deny> {
    if caller.state == State::Active { Ok(()) } else { Err(Deny::Unknown) }
}

pub(crate) fn stranger(place: &Place, address: SocketAddr) -> Result<(), Deny> {
    let key = match address.ip() {
        std::net::IpAddr::V4(ip) => ip.to_ipv6_mapped().octets(),
        std::net::IpAddr::V6(ip) => ip.octets(),
    };
    if place.strangers.take(key, Instant::now()) { Ok(()) } else { Err(Deny::TooMany) }
}

async fn make_shop(Kept(place): Kept<Arc<Place>>, ConnectInfo(from): ConnectInfo<SocketAddr>, body: Bytes) -> Result<Vec<u8>, Deny> {
    stranger(&place, from)?;
    let wish: Join = decode(&body)?;
    if place.opening.as_ref().is_some_and(|word| *word != wish.0) {
        return Err(Deny::Code);
    }
    Ok(encode(&devices::make_shop(&place.store, &wish, now_ms()).await?))
}

async fn join(Kept(place): Kept<Arc<Place>>, ConnectInfo(from): ConnectInfo<SocketAddr>, body: Bytes) -> Result<Vec<u8>, Deny> {
    stranger(&place, from)?;
    let wish: Join = decode(&body)?;
    Ok(encode(&devices::join(&place.store, &wish, now_ms()).await?))
}

async fn push(Kept(place): Kept<Arc<Place>>, Known(caller): Known, body: Bytes) -> Result<Vec<u8>, Deny> {
    let frame: Push = decode(&body)?;
    let answer = trade::push(&place.store, &caller, &frame, now_ms()).await?;
    place.counts.entries_in.fetch_add(frame.3.len() as u64, Ordering::Relaxed);
    place.counts.held.fetch_add(answer.1.len() as u64, Ordering::Relaxed);
    place.tell(caller.shop, i64::try_from(answer.2).unwrap_or(0));
    Ok(encode(&answer))
}

#[derive(Deserialize)]
struct After {
    after: i64,
    hash: String,
}

async fn pull(Kept(place): Kept<Arc<Place>>, Known(caller): Known, Query(after): Query<After>) -> Result<Vec<u8>, Deny> {
    let hash: Vec<u8> =
        (0..after.hash.len() / 2).filter_map(|place| u8::from_str_radix(after.hash.get(2 * place..2 * place + 2)?, 16).ok()).collect();
    let page = trade::pull(&place.store, &caller, after.after, &hash, now_ms()).await?;
    place.counts.entries_out.fetch_add(page.1.len() as u64, Ordering::Relaxed);
    Ok(encode(&page))
}

#[derive(Deserialize)]
struct At {
    number: i64,
}

/// What a device asks that has to find the number it has in common with a journal that lost its end.
async fn log(Kept(place): Kept<Arc<Place>>, Known(caller): Known, Query(at): Query<At>) -> Result<Json, Deny> {
    active(&caller)?;
    let log = trade::log_at(&place.store, &caller, at.number).await?;
    let head = trade::head(&place.store, caller.shop).await?;
    let log = log.map(|log| log.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    Ok(Json(json!({"log": log, "head": head})))
}

async fn live(Kept(place): Kept<Arc<Place>>, Known(caller): Known) -> Result<Sse<impl futures_util::Stream<Item = Result<Event, Infallible>>>, Deny> {
    active(&caller)?;
    let heads = place.watch(caller.shop);
    let first = trade::head(&place.store, caller.shop).await?;
    let shared = place.store.sqlite().is_none();
    let numbers = futures_util::stream::unfold((heads, place, -1_i64, first), move |(mut heads, place, told, mut head)| async move {
        while head <= told {
            let heard = tokio::time::timeout(if shared { LOOK } else { Duration::from_secs(60) }, heads.changed()).await;
            match heard {
                Ok(Ok(())) => head = *heads.borrow_and_update(),
                Ok(Err(_)) => return None,
                Err(_) if shared => head = trade::head(&place.store, caller.shop).await.unwrap_or(told),
                Err(_) => {}
            }
        }
        Some((Ok(Event::default().data(head.to_string())), (heads, place, head, head)))
    });
    Ok(Sse::new(numbers).keep_alive(KeepAlive::new().interval(Duration::from_secs(20))))
}

async fn invite(Kept(place): Kept<Arc<Place>>, Known(caller): Known, body: Bytes) -> Result<Json, Deny> {
    let wish: Invite = decode(&body)?;
    Ok(Json(json!({"code": devices::invite(&place.store, &caller, &wish, now_ms()).await?})))
}

async fn list_devices(Kept(place): Kept<Arc<Place>>, Known(caller): Known) -> Result<Json, Deny> {
    active(&caller)?;
    Ok(Json(json!({
        "devices": devices::devices(&place.store, &caller).await?,
        "head": trade::head(&place.store, caller.shop).await?,
        "now_ms": now_ms(),
    })))
}

async fn set_state(Kept(place): Kept<Arc<Place>>, Known(caller): Known, Path((_, device)): Path<(Uuid, Uuid)>, body: Bytes) -> Result<(), Deny> {
    let state = match body.as_ref() {
        b"active" => State::Active,
        b"locked" => State::Locked,
        b"revoked" => State::Revoked,
        _ => return Err(sync::Malformed::Shape("active, locked or revoked".into()).into()),
    };
    devices::set_state(&place.store, &caller, DeviceId(device), state, now_ms()).await
}

async fn list_held(Kept(place): Kept<Arc<Place>>, Known(caller): Known) -> Result<Json, Deny> {
    Ok(Json(json!(devices::held(&place.store, &caller).await?)))
}

async fn admit(Kept(place): Kept<Arc<Place>>, Known(caller): Known, Path((_, chain, dseq)): Path<(Uuid, Uuid, i64)>) -> Result<Json, Deny> {
    let head = trade::admit(&place.store, &caller, chain, dseq, now_ms()).await?;
    place.tell(caller.shop, head);
    Ok(Json(json!({"number": head})))
}

async fn page_state(Kept(place): Kept<Arc<Place>>, Known(caller): Known) -> Result<Json, Deny> {
    Ok(Json(account::state(&place.store, &caller).await?))
}

async fn set_page(Kept(place): Kept<Arc<Place>>, Known(caller): Known, body: Bytes) -> Result<Json, Deny> {
    let password: String = decode(&body)?;
    Ok(Json(json!({"secret": account::set(&place.store, &caller, password, place.now_ms()).await?})))
}

async fn prove_page(Kept(place): Kept<Arc<Place>>, Known(caller): Known, body: Bytes) -> Result<(), Deny> {
    let code: String = decode(&body)?;
    account::prove(&place.store, &caller, &code, place.now_ms()).await
}

async fn end_page(Kept(place): Kept<Arc<Place>>, Known(caller): Known) -> Result<(), Deny> {
    account::end(&place.store, &caller, place.now_ms()).await
}

async fn health(Kept(place): Kept<Arc<Place>>) -> StatusCode {
    match trade::head(&place.store, Uuid::nil()).await {
        Ok(_) | Err(Deny::Unknown) => StatusCode::OK,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

async fn metrics(Kept(place): Kept<Arc<Place>>) -> ([(header::HeaderName, &'static str); 1], String) {
    let read = |count: &AtomicU64| count.load(Ordering::Relaxed);
    let counts = &place.counts;
    let lines = [
        ("banyan_requests_total", read(&counts.requests)),
        ("banyan_refused_total", read(&counts.refused)),
        ("banyan_entries_in_total", read(&counts.entries_in)),
        ("banyan_entries_out_total", read(&counts.entries_out)),
        ("banyan_held_total", read(&counts.held)),
        ("banyan_live_shops", place.heads.lock().unwrap_or_else(PoisonError::into_inner).len() as u64),
    ];
    let text =
        lines.iter().map(|(name, value)| format!("# TYPE {name} {}\n{name} {value}\n", if name.ends_with("total") { "counter" } else { "gauge" }));
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text.collect())
}

/// The system's clock.
pub fn now_ms() -> i64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
