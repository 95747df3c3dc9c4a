//! The owner's page in a browser: read only, without a script, in two languages. Whoever has no session sees the form and nothing of the shop, whether it is
//! there or not.

mod figures;
mod html;

use std::{net::SocketAddr, sync::Arc};

use axum::{
    Form, Router,
    extract::{ConnectInfo, Path, Query, State as Kept},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    account::{self, SESSION_MS, SignIn},
    serve::{Place, stranger},
    trade::Deny,
};

use html::{Lang, Notice};

const SESSION: &str = "banyan_page";
const LANGUAGE: &str = "banyan_language";

/// Every way to the page.
pub(crate) fn routes() -> Router<Arc<Place>> {
    Router::new()
        .route("/page/style.css", get(style))
        .route("/page/{shop}", get(show))
        .route("/page/{shop}/in", post(sign_in))
        .route("/page/{shop}/out", post(sign_out))
        .layer(middleware::from_fn(guarded))
}

/// What keeps a browser from doing more with the page than showing it.
async fn guarded(request: axum::extract::Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let rules = [
        ("content-security-policy", "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ];
    for (name, value) in rules {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "max-age=3600")], include_str!("page/style.css"))
}

#[derive(Deserialize)]
struct Asked {
    lang: Option<String>,
}

async fn show(
    Kept(place): Kept<Arc<Place>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    Path(shop): Path<Uuid>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Deny> {
    let lang = language(asked.lang.as_deref(), &headers);
    let mut response = match open_session(&place, from, shop, &headers).await? {
        Some(token) => {
            let figures = figures::of(&place.store, shop, place.now_ms()).await?;
            page(StatusCode::OK, html::figures(lang, shop, &figures, &proof_of(&token)))
        }
        None => page(StatusCode::OK, html::form(lang, shop, None)),
    };
    if asked.lang.is_some() {
        let kept = format!("{LANGUAGE}={}; Path=/page; Max-Age=31536000; HttpOnly; SameSite=Strict{}", lang.tag(), secure(&place, &headers));
        put_cookie(&mut response, &kept);
    }
    Ok(response)
}

#[derive(Deserialize)]
struct Typed {
    password: String,
    code: String,
}

async fn sign_in(
    Kept(place): Kept<Arc<Place>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    Path(shop): Path<Uuid>,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Result<Response, Deny> {
    let lang = language(None, &headers);
    if stranger(&place, from).is_err() {
        return Ok(page(StatusCode::TOO_MANY_REQUESTS, html::form(lang, shop, Some(Notice::Wait))));
    }
    if is_foreign(&headers) {
        return Err(Deny::Forbidden);
    }
    Ok(match account::sign_in(&place.store, shop, typed.password, &typed.code, place.now_ms()).await? {
        SignIn::Opened(token) => {
            let seconds = SESSION_MS / 1000;
            let kept = format!("{SESSION}={token}; Path=/page/{shop}; Max-Age={seconds}; HttpOnly; SameSite=Strict{}", secure(&place, &headers));
            let mut response = to_page(shop);
            put_cookie(&mut response, &kept);
            response
        }
        SignIn::Wrong => page(StatusCode::UNAUTHORIZED, html::form(lang, shop, Some(Notice::Wrong))),
        SignIn::Wait => page(StatusCode::TOO_MANY_REQUESTS, html::form(lang, shop, Some(Notice::Wait))),
    })
}

#[derive(Deserialize)]
struct Leaving {
    proof: String,
}

async fn sign_out(
    Kept(place): Kept<Arc<Place>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    Path(shop): Path<Uuid>,
    headers: HeaderMap,
    Form(leaving): Form<Leaving>,
) -> Result<Response, Deny> {
    let Some(token) = open_session(&place, from, shop, &headers).await? else { return Ok(to_page(shop)) };
    if is_foreign(&headers) || blake3::hash(leaving.proof.as_bytes()) != blake3::hash(proof_of(&token).as_bytes()) {
        return Err(Deny::Forbidden);
    }
    account::sign_out(&place.store, shop, &token).await?;
    let mut response = to_page(shop);
    put_cookie(&mut response, &format!("{SESSION}=; Path=/page/{shop}; Max-Age=0; HttpOnly; SameSite=Strict{}", secure(&place, &headers)));
    Ok(response)
}

/// The token of the request's own session. Guessing one is a stranger's try.
async fn open_session(place: &Place, from: SocketAddr, shop: Uuid, headers: &HeaderMap) -> Result<Option<String>, Deny> {
    let Some(token) = cookie(headers, SESSION) else { return Ok(None) };
    if account::is_open(&place.store, shop, token, place.now_ms()).await? {
        return Ok(Some(token.to_owned()));
    }
    stranger(place, from)?;
    Ok(None)
}

/// What a form on the page carries and another site cannot know.
fn proof_of(token: &str) -> String {
    blake3::Hash::from(blake3::derive_key("banyan cloud page form 1", token.as_bytes())).to_hex().to_string()
}

/// A browser that says the request was made by another site.
fn is_foreign(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|site| site != "same-origin" && site != "none")
}

fn secure(place: &Place, headers: &HeaderMap) -> &'static str {
    let behind = headers.get("x-forwarded-proto").is_some_and(|proto| proto == "https");
    if place.secure || behind { "; Secure" } else { "" }
}

fn page(status: StatusCode, text: maud::Markup) -> Response {
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], text.into_string()).into_response()
}

fn to_page(shop: Uuid) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, format!("/page/{shop}"))]).into_response()
}

fn put_cookie(response: &mut Response, text: &str) {
    if let Ok(value) = HeaderValue::from_str(text) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let each = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok()).flat_map(|text| text.split(';'));
    each.filter_map(|pair| pair.trim().split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// What was asked for, what was chosen before, or what the browser wants most.
fn language(asked: Option<&str>, headers: &HeaderMap) -> Lang {
    let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let chosen = asked.or_else(|| cookie(headers, LANGUAGE)).and_then(Lang::parse);
    chosen.unwrap_or_else(|| preferred(wanted))
}

fn preferred(wanted: &str) -> Lang {
    let weighed = wanted.split(',').filter_map(|one| {
        let (tag, weight) = one.split_once(";q=").unwrap_or((one, "1"));
        // Weights have three decimals: as whole thousandths they compare exactly.
        let thousandths = domain::money::parse_decimal(weight.trim(), 3).ok().filter(|weight| *weight > 0)?;
        Some((Lang::parse(tag.trim())?, thousandths))
    });
    // The first of equals.
    weighed.fold((Lang::English, 0), |best, one| if one.1 > best.1 { one } else { best }).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browsers_languages_are_weighed() {
        let cases = [
            ("zh-CN,zh;q=0.9,en;q=0.8", Lang::Chinese),
            ("en-GB,en;q=0.9,zh;q=0.8", Lang::English),
            ("en;q=0.3, zh-TW;q=0.7", Lang::Chinese),
            ("de-DE,de;q=0.9,zh;q=0.2", Lang::Chinese),
            ("zh;q=0, en;q=0.1", Lang::English),
            ("de", Lang::English),
            ("", Lang::English),
            (";q=x,zh;q=", Lang::English),
        ];
        for (wanted, lang) in cases {
            assert_eq!(preferred(wanted), lang, "{wanted}");
        }
    }

    #[test]
    fn one_cookie_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("x=1; banyan_page=ab; banyan_pages=no"));
        headers.append(header::COOKIE, HeaderValue::from_static("banyan_language=en"));
        assert_eq!((cookie(&headers, SESSION), cookie(&headers, LANGUAGE), cookie(&headers, "y")), (Some("ab"), Some("en"), None));
    }
}
