//! Messages to members: what the owner sets, the queue as a person sees it, and one test message with its answer.
//!
//! One device of the shop sends. Which one stands in the shop's settings, by its chain, so that a copy of the file, a file brought back from yesterday and
//! every other till send nothing until somebody turns sending on there; the password and the webhook's secret lie in that device's keyring.

pub(crate) mod hook;
mod look;
mod mail;
mod post;
mod shapes;

pub use post::Post;
pub(crate) use post::work;
use shapes::MessageSecrets;
pub use shapes::*;

use books::{Message, MessageState, query::Page};
use domain::{
    message::{MessageChannel, MessageTerms, Occasion, Placeholder, TemplateFault, Tongue, Wording, check, is_email},
    shop::SettingChanged,
};
use serde::Serialize;
use serde_json::json;

use crate::{
    failure::{Failure, not_found},
    house::{House, Shop},
    menu::Call,
};

/// How this device reaches the mail server and the webhook.
const SERVER: &str = "messages.server";

/// Why messages are not set as asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub(crate) enum MessagesRefusal {
    #[error("{{{placeholder}}} at sign {at} is no placeholder here: {language} {field} of {occasion}")]
    UnknownPlaceholder { occasion: &'static str, language: &'static str, field: &'static str, placeholder: String, at: usize },
    #[error("the brace at sign {at} is not closed: {language} {field} of {occasion}")]
    OpenBrace { occasion: &'static str, language: &'static str, field: &'static str, at: usize },
    #[error("{occasion} is told without words in {language}")]
    NoWords { occasion: &'static str, language: &'static str },
    #[error("the mail server needs a name and a port")]
    NoMailHost,
    #[error("{email} is no email address")]
    SenderShape { email: String },
    #[error("{address} is no address of a webhook: https://… is one; http:// only within the shop's own network")]
    HookShape { address: String },
    #[error("the webhook needs a secret of at least 16 signs to sign with")]
    HookSecret,
    #[error("somebody has to be sent with: a mail server or a webhook")]
    NoWay,
    #[error("a wait lies between 1 and 300 seconds")]
    Patience,
    #[error("a shop to try things in tells nobody: open your own first")]
    SampleTells,
    #[error("this device does not send: turn sending on in the settings first")]
    NotSending,
    #[error("this message is on its way, went out, or is gone")]
    MessageOnItsWay,
}

/// Decides whether the words of the occasions can stand.
pub(crate) fn check_terms(terms: &MessageTerms) -> Result<(), MessagesRefusal> {
    for (occasion, terms) in &terms.occasions {
        for (language, wording) in [("zh-CN", &terms.zh), ("en", &terms.en)] {
            if terms.on && wording.text.trim().is_empty() {
                return Err(MessagesRefusal::NoWords { occasion: occasion.word(), language });
            }
            for (field, text) in [("subject", &wording.subject), ("text", &wording.text)] {
                check(text, occasion.placeholders()).map_err(|fault| refused_template(*occasion, language, field, fault))?;
            }
        }
    }
    Ok(())
}

fn refused_template(occasion: Occasion, language: &'static str, field: &'static str, fault: TemplateFault) -> MessagesRefusal {
    let occasion = occasion.word();
    match fault {
        TemplateFault::Unknown { name, at } => MessagesRefusal::UnknownPlaceholder { occasion, language, field, placeholder: name, at },
        TemplateFault::Open { at } => MessagesRefusal::OpenBrace { occasion, language, field, at },
    }
}

fn check_server(server: &MessageServer, secrets: &MessageSecrets) -> Result<(), MessagesRefusal> {
    if let Some(mail) = &server.mail {
        if mail.host.trim().is_empty() || mail.port == 0 {
            return Err(MessagesRefusal::NoMailHost);
        }
        if !is_email(&mail.sender) {
            return Err(MessagesRefusal::SenderShape { email: mail.sender.clone() });
        }
    }
    if let Some(address) = &server.webhook {
        if !crate::meet::is_safe(address) {
            return Err(MessagesRefusal::HookShape { address: address.clone() });
        }
        if secrets.secret.as_ref().is_none_or(|secret| secret.len() < 16) {
            return Err(MessagesRefusal::HookSecret);
        }
    }
    if !(1..=300).contains(&server.patience_seconds) {
        return Err(MessagesRefusal::Patience);
    }
    Ok(())
}

fn tidy(server: MessageServer) -> MessageServer {
    let mail = server.mail.map(|mail| MailServer {
        host: mail.host.trim().to_owned(),
        user: mail.user.trim().to_owned(),
        sender: mail.sender.trim().to_owned(),
        sender_name: mail.sender_name.trim().to_owned(),
        ..mail
    });
    let webhook = server.webhook.map(|address| address.trim().to_owned()).filter(|address| !address.is_empty());
    MessageServer { mail, webhook, ..server }
}

fn secret_name(shop: &Shop) -> String {
    format!("messages.{}", shop.books.chain())
}

fn secrets(house: &House, shop: &Shop) -> Result<MessageSecrets, Failure> {
    Ok(house.kept(&secret_name(shop))?.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default())
}

async fn server(shop: &Shop) -> Result<MessageServer, Failure> {
    Ok(shop.books.local(SERVER).await?.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

fn sending(shop: &Shop, terms: &MessageTerms) -> Sending {
    match &terms.sender {
        None => Sending::Off,
        Some(chain) if *chain == shop.books.chain().to_string() => Sending::Here,
        Some(_) => Sending::Elsewhere,
    }
}

/// New secrets over those that are kept; an empty one is forgotten.
fn with(kept: MessageSecrets, password: Option<String>, secret: Option<String>) -> MessageSecrets {
    let over = |new: Option<String>, kept: Option<String>| new.map_or(kept, |new| Some(new).filter(|new| !new.is_empty()));
    MessageSecrets { password: over(password, kept.password), secret: over(secret, kept.secret) }
}

/// Everything about messages that the owner sets.
pub async fn message_setup(call: &Call<'_>, (): ()) -> Result<MessageSetup, Failure> {
    let shop = call.shop()?;
    let terms = shop.settings().await.messages.clone().complete();
    let kept = secrets(call.house, shop)?;
    let names = |placeholder: &Placeholder| placeholder.names().map(str::to_owned);
    let placeholders = Occasion::ALL.into_iter();
    let placeholders =
        placeholders.map(|occasion| PlaceholderNames { occasion, names: occasion.placeholders().iter().map(names).collect() }).collect();
    Ok(MessageSetup {
        sending: sending(shop, &terms),
        terms,
        server: server(shop).await?,
        has_password: kept.password.is_some(),
        has_secret: kept.secret.is_some(),
        placeholders,
    })
}

/// Sets it. A device that begins to send tells nothing of what stands in the books already.
pub async fn save_message_setup(call: &Call<'_>, draft: MessageSetupDraft) -> Result<MessageSetup, Failure> {
    let shop = call.shop()?;
    let _no_round = call.house.post.between_rounds().await;
    let before = shop.settings().await.messages.clone();
    let kept = secrets(call.house, shop)?;
    let wanted = with(kept.clone(), draft.password, draft.secret);
    let server = tidy(draft.server);
    check_server(&server, &wanted).map_err(Failure::refused)?;
    let here = sending(shop, &before) == Sending::Here;
    if draft.sending && server.mail.is_none() && server.webhook.is_none() {
        return Err(Failure::refused(MessagesRefusal::NoWay));
    }
    if draft.sending && shop.info.sample {
        return Err(Failure::refused(MessagesRefusal::SampleTells));
    }
    let (sender, sender_name) = match (draft.sending, here) {
        (true, _) => (Some(shop.books.chain().to_string()), crate::shifts::till(shop).await?),
        (false, true) => (None, String::new()),
        (false, false) => (before.sender.clone(), before.sender_name.clone()),
    };
    let terms = MessageTerms { sender, sender_name, ..draft.terms }.complete();
    check_terms(&terms).map_err(Failure::refused)?;
    if wanted != kept {
        let bytes = serde_json::to_vec(&wanted).map_err(|error| Failure::Broken { trace: error.to_string() })?;
        call.house.keep(&secret_name(shop), &bytes)?;
    }
    let now_ms = call.house.world.now_ms();
    let mut writing = shop.books.write().await?;
    let outcome = async {
        writing.keep_local(SERVER, Some(json!(server).to_string())).await?;
        if draft.sending && !here {
            writing.tell_from_now_on(now_ms).await?;
        }
        if terms != before {
            writing.record(call.entry(SettingChanged { name: "messages".into(), value: json!(terms).to_string() })?).await?;
        }
        Ok(())
    }
    .await;
    call.house.finish(writing, outcome).await?;
    call.house.post.wake();
    message_setup(call, ()).await
}

/// Sends one message to an address as the draft says, and answers what came back.
pub async fn try_message(call: &Call<'_>, draft: MessageTry) -> Result<MessageTried, Failure> {
    let shop = call.shop()?;
    let kept = with(secrets(call.house, shop)?, draft.password, draft.secret);
    let server = tidy(draft.server);
    check_server(&server, &kept).map_err(Failure::refused)?;
    let settings = shop.settings().await;
    let chinese = settings.language == paper::receipt::Language::ZhCn;
    let (subject, body) = match chinese {
        true => (format!("{} 测试消息", settings.shop_name), "这是一条测试消息，收到即表示发送设置正确。".to_owned()),
        false => (format!("Test message of {}", settings.shop_name), "This is a test message: where it arrives, sending is set up right.".to_owned()),
    };
    let id: domain::ids::EntryId = call.house.world.new_id();
    let to = draft.to.trim();
    if draft.channel == MessageChannel::Email && !is_email(to) {
        return Err(Failure::refused(MessagesRefusal::SenderShape { email: to.to_owned() }));
    }
    let one = post::Outgoing {
        id: id.to_string(),
        occasion: "test",
        channel: draft.channel,
        to,
        name: "",
        number: "",
        subject: &subject,
        body: &body,
        language: if chinese { "zh-CN" } else { "en" },
        at_ms: call.house.world.now_ms(),
    };
    Ok(match post::deliver(&server, &kept, &settings.shop_name, call.house.world.now_ms(), &one).await {
        Ok(answer) => MessageTried { answer, fault: None },
        Err(fault) => MessageTried { answer: String::new(), fault: Some(fault) },
    })
}

/// What a member would read.
pub async fn preview_message(call: &Call<'_>, draft: PreviewDraft) -> Result<Wording, Failure> {
    let shop = call.shop()?;
    let settings = shop.settings().await;
    let chinese = draft.language == Tongue::Chinese;
    let language = if chinese { "zh-CN" } else { "en" };
    for (field, text) in [("subject", &draft.wording.subject), ("text", &draft.wording.text)] {
        check(text, draft.occasion.placeholders()).map_err(|fault| Failure::refused(refused_template(draft.occasion, language, field, fault)))?;
    }
    let level = settings.levels.keys().next().cloned();
    let (name, number) = match draft.member {
        Some(member) => {
            let row = shop.books.addressee(member).await?.ok_or_else(|| not_found("member"))?;
            (row.card.name, row.number)
        }
        None => (if chinese { "林晓" } else { "Lin Xiao" }.to_owned(), "M000001".to_owned()),
    };
    let values = look::example(&call.house.today(shop), level);
    Ok(look::filled(shop, &settings, &draft.wording, chinese, (&name, &number), &values))
}

fn row(message: Message) -> MessageRow {
    let (name, number) = message.who;
    MessageRow {
        message: message.key,
        occasion: message.occasion,
        channel: message.channel,
        member: message.member,
        name,
        number,
        subject: message.subject,
        body: message.body,
        made_at_ms: message.made_at_ms,
        state: message.state,
        tries: message.tries,
        due_at_ms: message.due_at_ms,
        done_at_ms: message.done_at_ms,
        fault: message.fault.and_then(|fault| serde_json::from_str(&fault).ok()),
    }
}

/// A part of the queue on this device, newest first.
pub async fn messages(call: &Call<'_>, question: MessagesQuestion) -> Result<MessagesAnswer, Failure> {
    use MessageState::{Dead, Doubtful, Dropped, Sending as OnItsWay, Sent, Waiting};
    let shop = call.shop()?;
    let states: &[MessageState] = match question.shown {
        MessagesShown::Waiting => &[Waiting, OnItsWay],
        MessagesShown::Stuck => &[Dead, Doubtful],
        MessagesShown::Sent => &[Sent],
        MessagesShown::Dropped => &[Dropped],
    };
    let page = shop.books.messages(states, question.window).await?;
    let counts = shop.books.message_counts().await?;
    let count = |states: &[MessageState]| counts.iter().filter(|(state, _)| states.contains(state)).map(|(_, count)| count).sum();
    let passed = shop.books.messages_passed().await?.into_iter();
    let terms = shop.settings().await.messages.clone();
    Ok(MessagesAnswer {
        page: Page { count: page.count, rows: page.rows.into_iter().map(row).collect() },
        waiting: count(&[Waiting, OnItsWay]),
        stuck: count(&[Dead, Doubtful]),
        sent: count(&[Sent]),
        dropped: count(&[Dropped]),
        passed: passed.map(|(occasion, channel, why, times)| PassedOver { occasion, channel, why, times }).collect(),
        sending: sending(shop, &terms),
        sender_name: terms.sender_name,
    })
}

fn done(changed: Result<bool, books::BooksError>) -> Result<(), Failure> {
    if changed? { Ok(()) } else { Err(Failure::refused(MessagesRefusal::MessageOnItsWay)) }
}

/// Sends a message again: at the next round, to the address that the card has then.
pub async fn retry_message(call: &Call<'_>, message: i64) -> Result<(), Failure> {
    let mut writing = call.shop()?.books.write().await?;
    let retried = writing.retry_message(message, call.house.world.now_ms()).await;
    call.house.finish(writing, done(retried)).await?;
    call.house.post.wake();
    Ok(())
}

/// Takes a message off the queue for good.
pub async fn drop_message(call: &Call<'_>, message: i64) -> Result<(), Failure> {
    let mut writing = call.shop()?.books.write().await?;
    let dropped = writing.drop_message(message, call.house.world.now_ms()).await;
    call.house.finish(writing, done(dropped)).await
}

/// Looks for news and sends what is due, now.
pub async fn send_messages(call: &Call<'_>, (): ()) -> Result<MessagesSent, Failure> {
    let shop = call.shop_arc()?;
    match post::turn(call.house, &shop).await? {
        Some(sent) => Ok(sent),
        None => Err(Failure::refused(MessagesRefusal::NotSending)),
    }
}
