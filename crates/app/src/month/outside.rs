//! An outside risk service: at each working-out of a month it is shown the statements' figures by number, never a name, and may add flags to the review.
//! A service that is away holds nothing up: the month is worked out, and the review says that the service was not heard.

use std::{collections::HashMap, time::Duration};

use domain::{close::Statement, ids::MemberId, risk::RiskSign};
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use crate::{
    failure::Failure,
    house::{House, Shop},
    menu::Call,
    messages::{MessageFault, hook},
};

/// The setting of this device that names the service.
const SERVICE: &str = "risk.service";
/// Statements that are shown in one question.
const AT_ONCE: usize = 1_000;
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// The largest answer that is read, in bytes.
const MOST_BYTES: usize = 1024 * 1024;
/// Signs of a flag's words, and flags of a member.
const MOST_SIGNS: usize = 200;
const MOST_FLAGS: usize = 5;

/// The outside risk service of this device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RiskService {
    /// Its address; empty for none.
    pub address: String,
    /// True where this device's keyring has a secret to sign with.
    pub has_secret: bool,
}

/// The service to ask from now on.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RiskServiceDraft {
    /// Its address; empty for none.
    pub address: String,
    /// A new secret of 16 signs or more; absent to keep the one that is there.
    #[serde(default)]
    pub secret: Option<String>,
}

/// Why the service is not set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum ServiceRefusal {
    /// Not an address, or one that is asked in the open.
    #[error("{address} is no address that begins with https://")]
    RiskAddress {
        /// As typed.
        address: String,
    },
    /// No secret, or a short one.
    #[error("the risk service needs a secret of 16 signs or more")]
    RiskSecret,
    /// The service was asked, and did not answer as agreed.
    #[error("the service did not answer as agreed: {reason}")]
    RiskAway {
        /// What came back.
        reason: String,
    },
}

/// What the service answers.
#[derive(Debug, Deserialize)]
struct Answer {
    #[serde(default)]
    flags: Vec<Flag>,
}

#[derive(Debug, Deserialize)]
struct Flag {
    /// Number on the member's card.
    member: String,
    /// What is wrong, in words for the manager.
    says: String,
}

fn secret_name(shop: &Shop) -> String {
    format!("risk.{}", shop.books.chain())
}

async fn address(shop: &Shop) -> Result<String, Failure> {
    Ok(shop.books.local(SERVICE).await?.unwrap_or_default())
}

fn secret(house: &House, shop: &Shop) -> Result<Option<String>, Failure> {
    Ok(house.kept(&secret_name(shop))?.and_then(|bytes| String::from_utf8(bytes).ok()))
}

/// The outside risk service of this device.
pub async fn risk_service(call: &Call<'_>, (): ()) -> Result<RiskService, Failure> {
    let shop = call.shop()?;
    Ok(RiskService { address: address(shop).await?, has_secret: secret(call.house, shop)?.is_some() })
}

/// Sets the service, once it has answered a question about no statement at all.
pub async fn save_risk_service(call: &Call<'_>, draft: RiskServiceDraft) -> Result<RiskService, Failure> {
    let shop = call.shop()?;
    let wanted = draft.address.trim().to_owned();
    if !wanted.is_empty() {
        if !crate::meet::is_safe(&wanted) {
            return Err(Failure::refused(ServiceRefusal::RiskAddress { address: wanted }));
        }
        let signs = draft.secret.clone().filter(|secret| !secret.is_empty()).or(secret(call.house, shop)?);
        let Some(signs) = signs.filter(|secret| secret.len() >= 16) else { return Err(Failure::refused(ServiceRefusal::RiskSecret)) };
        let none = question(shop, "", &[], &HashMap::new());
        ask(&wanted, &signs, call.house.world.now_ms(), &none)
            .await
            .map_err(|fault| Failure::refused(ServiceRefusal::RiskAway { reason: in_short(fault) }))?;
        call.house.keep(&secret_name(shop), signs.as_bytes())?;
    }
    let mut writing = shop.books.write().await?;
    let outcome = writing.keep_local(SERVICE, Some(wanted).filter(|address| !address.is_empty())).await.map_err(Failure::from);
    call.house.finish(writing, outcome).await?;
    risk_service(call, ()).await
}

fn question(shop: &Shop, month: &str, statements: &[&Statement], numbers: &HashMap<MemberId, (String, String)>) -> serde_json::Value {
    let number = |member: &MemberId| numbers.get(member).map_or("", |(number, _)| number.as_str());
    let statements: Vec<_> = statements
        .iter()
        .map(|one| {
            json!({"member": number(&one.member), "statement": one.number, "earned_micro": one.earned_micro, "adjusted_micro": one.adjusted_micro,
                "payable_minor": one.payable_minor})
        })
        .collect();
    json!({"shop": shop.info.name, "currency": shop.info.currency, "minor_digits": shop.info.minor_digits, "month": month, "statements": statements})
}

async fn ask(address: &str, secret: &str, now_ms: i64, question: &serde_json::Value) -> Result<Answer, MessageFault> {
    // The same question has the same identity, however often the month is worked out.
    let id = blake3::hash(question.to_string().as_bytes()).to_hex().to_string();
    let said = hook::post(address, secret, (PATIENCE, MOST_BYTES), &id, now_ms, question).await?;
    serde_json::from_str(&said).map_err(|error| MessageFault::HookRefused { status: 200, answer: error.to_string() })
}

fn in_short(fault: MessageFault) -> String {
    match fault {
        MessageFault::HookAway { reason } => reason,
        MessageFault::HookLater { status } | MessageFault::HookSignature { status } => format!("HTTP {status}"),
        MessageFault::HookRefused { status, answer } => format!("HTTP {status}: {answer}"),
        other => format!("{other:?}"),
    }
}

/// What the service says of a month's statements, member by member; nothing where there is none. The fault is told beside what was heard before it.
///
/// # Errors
/// The database's; the service's own faults are part of the answer.
pub(super) async fn flags(
    house: &House,
    shop: &Shop,
    month: &str,
    paid: &[&Statement],
) -> Result<(HashMap<MemberId, Vec<RiskSign>>, Option<MessageFault>), Failure> {
    let mut found: HashMap<MemberId, Vec<RiskSign>> = HashMap::new();
    let address = address(shop).await?;
    if address.is_empty() {
        return Ok((found, None));
    }
    let Some(secret) = secret(house, shop)? else { return Ok((found, Some(MessageFault::NoSecret))) };
    for some in paid.chunks(AT_ONCE) {
        let members: Vec<MemberId> = some.iter().map(|one| one.member).collect();
        let numbers = shop.books.member_labels(&members).await?;
        let by_number: HashMap<String, MemberId> = numbers.iter().map(|(member, (number, _))| (number.clone(), *member)).collect();
        let numbers = numbers.into_iter().collect();
        let answer = match ask(&address, &secret, house.world.now_ms(), &question(shop, month, some, &numbers)).await {
            Ok(answer) => answer,
            Err(fault) => return Ok((found, Some(fault))),
        };
        for Flag { member, says } in answer.flags {
            // Who was not asked about is nobody's business of the service.
            let Some(member) = by_number.get(&member) else { continue };
            let says: String = says.chars().filter(|sign| !sign.is_control()).take(MOST_SIGNS).collect();
            let signs = found.entry(*member).or_default();
            if !says.trim().is_empty() && signs.len() < MOST_FLAGS {
                signs.push(RiskSign::Outside { says: says.trim().to_owned() });
            }
        }
    }
    Ok((found, None))
}
