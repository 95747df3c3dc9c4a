//! The JSON side for other systems (ERP, CRM, accounting): what the shop's numbered entries say, by kind, in number order, page by page. Read only. A token belongs
//! to one shop and one reader; without the word "personal" it gets numbers and figures, and nothing that says who somebody is.

use std::{sync::Arc, time::Instant};

use axum::{
    Router,
    extract::{RawQuery, State as Kept},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use domain::{apart, entry::Entry, fact::Fact};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    devices::{fresh_token, hashed},
    serve::Place,
    store::{Store, on},
    trade::Deny,
};

/// What may be read, and the kinds of entries that it is made of.
pub const FEEDS: [(&str, &str, &[&str]); 4] = [
    (
        "orders",
        "Sales and returns as they were recorded, and sales brought in from an earlier system.",
        &["SaleRecorded", "SaleReturned", "SaleImported"],
    ),
    (
        "members",
        "Members enrolled and changed, sponsors moved, levels reached, members erased.",
        &["MemberEnrolled", "MemberChanged", "SponsorMoved", "LevelChanged", "MemberErased"],
    ),
    ("products", "Products saved and archived, and prices from a day on.", &["ProductSaved", "ProductArchived", "PricesSet"]),
    ("statements", "Months closed and opened again, and the statements of commission.", &["MonthClosed", "MonthReopened", "StatementsIssued"]),
];

/// Rows of a page at most, and where nobody says how many.
const MOST: i64 = 500;
const USUAL: i64 = 200;
/// Entries looked through for one page at most: it may be empty while `next` goes on.
const LOOKED: i64 = 2_000;

/// The routes of this side.
pub(crate) fn routes() -> Router<Arc<Place>> {
    let described = Router::new().route("/api/v1/openapi.json", get(async || json_of(StatusCode::OK, &openapi())));
    FEEDS.iter().fold(described, |router, (name, _, kinds)| {
        let feed = move |Kept(place): Kept<Arc<Place>>, headers: HeaderMap, RawQuery(query): RawQuery| async move {
            page(&place, &headers, query.as_deref().unwrap_or_default(), kinds).await
        };
        router.route(&format!("/api/v1/{name}"), get(feed))
    })
}

fn json_of(status: StatusCode, value: &Value) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

async fn page(place: &Place, headers: &HeaderMap, query: &str, kinds: &[&str]) -> Response {
    let reader = match reader_of(place, headers).await {
        Ok(reader) => reader,
        Err(deny) => return deny.into_response(),
    };
    let (after, limit) = match asked(query) {
        Ok(asked) => asked,
        Err(wrong) => return json_of(StatusCode::BAD_REQUEST, &json!({"code": "query", "reason": wrong})),
    };
    match read(&place.store, &reader, kinds, after, limit).await {
        Ok(found) => json_of(StatusCode::OK, &found),
        Err(deny) => deny.into_response(),
    }
}

/// `after` and `limit`, nothing else.
fn asked(query: &str) -> Result<(i64, i64), String> {
    let (mut after, mut limit) = (0, USUAL);
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let number: Option<i64> = value.parse().ok();
        match (name, number) {
            ("after", Some(number)) if number >= 0 => after = number,
            ("limit", Some(number)) if (1..=MOST).contains(&number) => limit = number,
            ("after", _) => return Err("after is the `next` of the page before, or 0".to_owned()),
            ("limit", _) => return Err(format!("limit lies between 1 and {MOST}")),
            _ => return Err(format!("there is no {name}: after and limit are all there is")),
        }
    }
    Ok((after, limit))
}

struct Reader {
    shop: Uuid,
    personal: bool,
}

async fn reader_of(place: &Place, headers: &HeaderMap) -> Result<Reader, Deny> {
    let token = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(|value| value.strip_prefix("Bearer "));
    let token = token.ok_or(Deny::Unknown)?;
    let shop = token.split_once('.').and_then(|(shop, _)| Uuid::parse_str(shop).ok()).ok_or(Deny::Unknown)?;
    let hash = hashed(token);
    let mut bucket = [0; 16];
    bucket.copy_from_slice(hash.get(..16).unwrap_or(&[0; 16]));
    if !place.take(bucket, Instant::now()) {
        return Err(Deny::TooMany);
    }
    on!(&place.store, |pool| {
        let text = "SELECT personal FROM api_tokens WHERE shop = $1 AND token = $2 AND ended_at IS NULL";
        let personal: Option<i64> = sqlx::query_scalar(text).bind(shop.as_bytes().to_vec()).bind(hash).fetch_optional(pool).await?;
        personal.map(|personal| Reader { shop, personal: personal != 0 }).ok_or(Deny::Unknown)
    })
}

async fn read(store: &Store, reader: &Reader, kinds: &[&str], after: i64, limit: i64) -> Result<Value, Deny> {
    let shop = reader.shop.as_bytes().to_vec();
    let (mut rows, mut next) = (Vec::new(), after);
    let head = crate::trade::head(store, reader.shop).await?;
    while next < head && next - after < LOOKED {
        let some: Vec<(i64, Vec<u8>)> = on!(store, |pool| {
            sqlx::query_as("SELECT number, bytes FROM journal WHERE shop = $1 AND number > $2 ORDER BY number LIMIT 200")
                .bind(shop.clone())
                .bind(next)
                .fetch_all(pool)
                .await?
        });
        if some.is_empty() {
            break;
        }
        for (number, bytes) in some {
            next = number;
            rows.extend(row(number, &bytes, kinds, reader.personal));
            if i64::try_from(rows.len()).is_ok_and(|found| found >= limit) {
                return Ok(json!({"rows": rows, "next": next, "head": head}));
            }
        }
    }
    Ok(json!({"rows": rows, "next": next, "head": head}))
}

/// An entry of one of the kinds; one that this version cannot read is passed over, as everywhere.
fn row(number: i64, bytes: &[u8], kinds: &[&str], personal: bool) -> Option<Value> {
    let entry = Entry::read(number, bytes).ok().filter(|entry| kinds.contains(&entry.8.as_str()))?;
    let mut fact = entry.fact(number).ok()??;
    if !personal && let Some((blank, _)) = apart::parted(&fact, [0; apart::SALT]) {
        fact = blank;
    }
    let mut said = said(&fact);
    if !personal {
        unsaid(&mut said);
    }
    Some(json!({"number": number, "id": entry.0, "kind": entry.8, "date": entry.6, "at_ms": entry.5.0, "device": entry.1, "fact": said}))
}

fn said(fact: &Fact) -> Value {
    serde_json::to_value(fact).unwrap_or(Value::Null)
}

/// Takes out what people typed: a reason or a note may name somebody.
fn unsaid(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for typed in ["reason", "note"] {
                fields.remove(typed);
            }
            fields.values_mut().for_each(unsaid);
        }
        Value::Array(parts) => parts.iter_mut().for_each(unsaid),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// What stands at `/api/v1/openapi.json`.
pub fn openapi() -> Value {
    let parameter = |name: &str, about: &str, least: i64, most: Option<i64>, usual: i64| {
        let mut schema = json!({"type": "integer", "format": "int64", "minimum": least, "default": usual});
        if let Some(most) = most {
            schema["maximum"] = json!(most);
        }
        json!({"name": name, "in": "query", "description": about, "schema": schema})
    };
    let refusal = |about: &str| json!({"description": about, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}});
    let paths: serde_json::Map<String, Value> = FEEDS
        .iter()
        .map(|(name, about, kinds)| {
            let told = format!("{about} Kinds: {}. Amounts are integers in the currency's minor unit, quantities thousandths of a piece.", kinds.join(", "));
            let get = json!({
                "operationId": name,
                "summary": about,
                "description": told,
                "parameters": [
                    parameter("after", "The `next` of the page before; 0 begins.", 0, None, 0),
                    parameter("limit", "Rows of a page at most. A page may have fewer, or none, while `next` is below `head`: ask again.", 1, Some(MOST), USUAL),
                ],
                "responses": {
                    "200": {"description": "A page in number order.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Page"}}}},
                    "400": refusal("A parameter that is none, or out of its bounds."),
                    "401": refusal("No token, one that was ended, or one of another place."),
                    "429": refusal("Too many requests; Retry-After says when."),
                },
            });
            (format!("/api/v1/{name}"), json!({"get": get}))
        })
        .collect();
    let whole = json!({"type": "integer", "format": "int64"});
    let row = json!({
        "type": "object",
        "required": ["number", "id", "kind", "date", "at_ms", "device", "fact"],
        "properties": {
            "number": whole, "id": {"type": "string", "format": "uuid"}, "kind": {"type": "string"},
            "date": {"type": "string", "format": "date", "description": "The shop's day."},
            "at_ms": whole, "device": {"type": "string", "format": "uuid"},
            "fact": {"type": "object", "description": "The fact of that kind. Fields are added in later versions, never renamed. A token without personal data gets neither names, telephones, birthdays and contacts nor reasons and notes."},
        },
    });
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Banyan cloud", "version": env!("CARGO_PKG_VERSION"), "description": "What a shop's entries say, for other systems to read. The operator makes a token with `banyan-cloud token`."},
        "paths": paths,
        "security": [{"token": []}],
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {
                "Row": row,
                "Page": {
                    "type": "object",
                    "required": ["rows", "next", "head"],
                    "properties": {
                        "rows": {"type": "array", "items": {"$ref": "#/components/schemas/Row"}},
                        "next": whole, "head": whole,
                    },
                },
                "Refusal": {"type": "object", "required": ["code"], "properties": {"code": {"type": "string"}, "reason": {"type": "string"}}},
            },
        },
    })
}

/// Makes a token for a reader of a shop; it is shown once.
///
/// # Errors
/// `Unknown` where there is no such shop.
pub async fn make_token(store: &Store, shop: Uuid, name: &str, personal: bool, now_ms: i64) -> Result<String, Deny> {
    crate::trade::head(store, shop).await?;
    let token = format!("{}.{}", shop.simple(), fresh_token()?);
    on!(store, |pool| {
        sqlx::query("INSERT INTO api_tokens (shop, token, name, personal, made_at, ended_at) VALUES ($1, $2, $3, $4, $5, NULL)")
            .bind(shop.as_bytes().to_vec())
            .bind(hashed(&token))
            .bind(name.to_owned())
            .bind(i64::from(personal))
            .bind(now_ms)
            .execute(pool)
            .await?;
    });
    Ok(token)
}

/// Ends every token of that name; how many there were.
///
/// # Errors
/// The database's.
pub async fn end_tokens(store: &Store, shop: Uuid, name: &str, now_ms: i64) -> Result<u64, Deny> {
    on!(store, |pool| {
        let ended = sqlx::query("UPDATE api_tokens SET ended_at = $3 WHERE shop = $1 AND name = $2 AND ended_at IS NULL")
            .bind(shop.as_bytes().to_vec())
            .bind(name.to_owned())
            .bind(now_ms)
            .execute(pool)
            .await?;
        Ok(ended.rows_affected())
    })
}

/// Every shop of this place: identity, name and how many entries it has.
///
/// # Errors
/// The database's.
pub async fn shops(store: &Store) -> Result<Vec<(Uuid, String, i64)>, Deny> {
    on!(store, |pool| {
        let text = "SELECT s.shop, coalesce(u.name, ''), s.head FROM shops s LEFT JOIN summaries u ON u.shop = s.shop ORDER BY s.made_at";
        let rows: Vec<(Vec<u8>, String, i64)> = sqlx::query_as(text).fetch_all(pool).await?;
        Ok(rows.into_iter().map(|(shop, name, head)| (Uuid::from_slice(&shop).unwrap_or_default(), name, head)).collect())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_has_two_words_and_says_what_is_wrong_with_another() {
        assert_eq!(asked(""), Ok((0, USUAL)));
        assert_eq!(asked("after=7&limit=500"), Ok((7, 500)));
        for odd in ["limit=0", "limit=501", "limit=x", "after=-1", "after=", "until=3", "after=1&x"] {
            assert!(asked(odd).is_err(), "{odd}");
        }
    }

    #[test]
    fn what_is_described_is_what_is_served() {
        let described = openapi();
        let paths: Vec<&String> = described["paths"].as_object().unwrap().keys().collect();
        let served: Vec<String> = FEEDS.iter().map(|(name, ..)| format!("/api/v1/{name}")).collect();
        assert_eq!(paths.len(), served.len());
        assert!(served.iter().all(|path| paths.contains(&path)), "{paths:?}");
        for (_, _, kinds) in FEEDS {
            assert!(kinds.iter().all(|kind| domain::fact::KINDS.contains(kind)), "{kinds:?}");
        }
    }

    #[test]
    fn what_was_typed_is_left_out_however_deep_it_stands() {
        let mut value = json!({"reason": "x", "a": [{"note": "y", "b": 1}], "c": {"reason": null, "d": "z"}});
        unsaid(&mut value);
        assert_eq!(value, json!({"a": [{"b": 1}], "c": {"d": "z"}}));
    }
}
