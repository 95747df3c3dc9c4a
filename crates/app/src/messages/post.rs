//! The round: what happened since the last one becomes messages, and what is due goes out. A task of its own beside the shop.
//!
//! Nothing goes out twice unasked. A row is claimed before its try and marked after it. Where the program ends in between, or a mail server falls silent after
//! the whole message went out, an email is *doubtful* and waits for a person; what goes to the webhook is posted again, since the webhook knows its identity.

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use books::{Message, MessageState, PassedWhy, Sent};
use domain::message::{MessageChannel, pause_ms};
use serde_json::json;
use tokio::sync::{Mutex, MutexGuard, Notify};

use super::{MessageFault, MessageSecrets, MessageServer, MessagesSent, Sending, hook, look, mail};
use crate::{
    Notice,
    failure::Failure,
    house::{House, Shop},
};

/// How long it rests between two rounds.
const LOOK: Duration = Duration::from_secs(5);
/// Longer than any try lasts: a message in hand for longer was left by a program that is gone.
const LEASE_MS: i64 = 3_600_000;
/// Messages of one round.
const MOST: i64 = 50;
/// Bytes of a webhook's answer that are kept.
const ANSWER: usize = 200;
/// What went out or was dropped is forgotten after half a year.
const KEPT_MS: i64 = 183 * 86_400_000;

/// What the task and the house share.
#[derive(Debug, Default)]
pub struct Post {
    wake: Notify,
    round: Mutex<()>,
}

impl Post {
    /// Waits for the round under way and lets none begin meanwhile: what is set then holds for everything sent after it.
    pub(super) async fn between_rounds(&self) -> MutexGuard<'_, ()> {
        self.round.lock().await
    }

    /// Something is to be sent.
    pub(super) fn wake(&self) {
        self.wake.notify_one();
    }
}

/// One message on its way.
pub(super) struct Outgoing<'o> {
    pub(super) id: String,
    pub(super) occasion: &'static str,
    pub(super) channel: MessageChannel,
    pub(super) to: &'o str,
    pub(super) name: &'o str,
    pub(super) number: &'o str,
    pub(super) subject: &'o str,
    pub(super) body: &'o str,
    pub(super) language: &'o str,
    pub(super) at_ms: i64,
}

/// Sends for as long as the house stands.
pub(crate) async fn work(house: Weak<House>, post: Arc<Post>) {
    loop {
        drop(tokio::time::timeout(LOOK, post.wake.notified()).await);
        let Some(house) = house.upgrade() else { return };
        let Ok(shop) = house.shop().await else { continue };
        // The file was closed under it, or the disk is full: the shop says so itself, and it is tried again.
        if let Err(failure) = turn(&house, &shop).await {
            house.log.line(house.world.now_ms(), &format!("messages {}", crate::support::code_of(&failure)));
        }
    }
}

/// One round; `None` where this device does not send.
///
/// # Errors
/// The database's, or the keyring's.
pub(super) async fn turn(house: &Arc<House>, shop: &Shop) -> Result<Option<MessagesSent>, Failure> {
    let _one_at_a_time = house.post.between_rounds().await;
    let settings = shop.settings().await;
    if super::sending(shop, &settings.messages) != Sending::Here {
        return Ok(None);
    }
    look::look(house, shop, &settings).await?;
    let now_ms = house.world.now_ms();
    let due = shop.books.messages_due(now_ms, MOST).await?;
    let mut told = MessagesSent::default();
    if due.is_empty() {
        return Ok(Some(told));
    }
    if due.iter().any(|message| message.state == MessageState::Sending) {
        let mut writing = shop.books.write().await?;
        let outcome = writing.give_up_messages(now_ms, json!(MessageFault::MaybeSent).to_string()).await.map_err(Failure::from);
        house.finish(writing, outcome).await?;
    }
    shop.books.forget_messages(now_ms - KEPT_MS).await?;
    let server = super::server(shop).await?;
    let secrets = super::secrets(house, shop)?;
    let mut closed: Vec<bool> = Vec::new();
    let by_mail = |channel| channel == MessageChannel::Email;
    for message in due.into_iter().filter(|message| message.state == MessageState::Waiting) {
        // What one message met on its way, the next would meet as well.
        if closed.contains(&by_mail(message.channel)) {
            continue;
        }
        match in_hand(house, shop, &settings.shop_name, &server, &secrets, &message).await? {
            Some(Ok(_)) => told.sent += 1,
            Some(Err(fault)) => {
                told.failed += 1;
                if fault.is_of_the_way() {
                    closed.push(by_mail(message.channel));
                }
            }
            None => {}
        }
    }
    Ok(Some(told))
}

/// Claims a message, tries it and says how it went; `None` where another program was faster.
async fn in_hand(
    house: &Arc<House>,
    shop: &Shop,
    shop_name: &str,
    server: &MessageServer,
    secrets: &MessageSecrets,
    message: &Message,
) -> Result<Option<Result<String, MessageFault>>, Failure> {
    let mut writing = shop.books.write().await?;
    let claimed = writing.claim_message(message.key, house.world.now_ms() + LEASE_MS).await.map_err(Failure::from);
    if !house.finish(writing, claimed).await? {
        return Ok(None);
    }
    // The card as it is now: an address that was put right counts, and so does a member who wants nothing any more.
    let outcome = match shop.books.addressee(message.member).await? {
        None => Err(MessageFault::NoAddress),
        Some(to) => match look::address(&to.number, &to.card, message.channel) {
            Err(PassedWhy::OptedOut) => Err(MessageFault::OptedOut),
            Err(PassedWhy::NoAddress) => Err(MessageFault::NoAddress),
            Ok(address) => {
                let one = Outgoing {
                    id: message.id.to_string(),
                    occasion: message.occasion.word(),
                    channel: message.channel,
                    to: &address,
                    name: &to.card.name,
                    number: &to.number,
                    subject: &message.subject,
                    body: &message.body,
                    language: &message.language,
                    at_ms: message.made_at_ms,
                };
                deliver(server, secrets, shop_name, house.world.now_ms(), &one).await
            }
        },
    };
    let now_ms = house.world.now_ms();
    let sent = match &outcome {
        Ok(_) => Sent::Taken,
        Err(fault) => {
            let (text, chance) = (json!(fault).to_string(), u16::from_be_bytes(house.world.random()));
            match (fault.end(), pause_ms(message.tries + 1, chance)) {
                (Some(state), _) => Sent::Ended { state, fault: text },
                (None, Some(pause)) => Sent::Again { due_at_ms: now_ms + pause, fault: text },
                (None, None) => Sent::Ended { state: MessageState::Dead, fault: text },
            }
        }
    };
    let stuck = matches!(&sent, Sent::Ended { state: MessageState::Dead | MessageState::Doubtful, .. });
    let mut writing = shop.books.write().await?;
    let marked = writing.tried_message(message.key, sent, now_ms).await.map_err(Failure::from);
    house.finish(writing, marked).await?;
    if stuck {
        house.tell(Notice::MessageStuck);
    }
    Ok(Some(outcome))
}

/// Gives one message to the server or the webhook.
///
/// # Errors
/// [`MessageFault`]
pub(super) async fn deliver(
    server: &MessageServer,
    secrets: &MessageSecrets,
    shop: &str,
    now_ms: i64,
    one: &Outgoing<'_>,
) -> Result<String, MessageFault> {
    let patience = Duration::from_secs(server.patience_seconds.into());
    match one.channel {
        MessageChannel::Email => {
            let mail = server.mail.as_ref().ok_or(MessageFault::NoServer)?;
            let letter = mail::Letter { id: &one.id, to: one.to, name: one.name, subject: one.subject, body: one.body, at_ms: one.at_ms };
            mail::send(mail, secrets.password.as_deref(), patience, &letter).await
        }
        MessageChannel::Sms | MessageChannel::Wechat => {
            let url = server.webhook.as_ref().ok_or(MessageFault::NoServer)?;
            let secret = secrets.secret.as_ref().ok_or(MessageFault::NoSecret)?;
            let body = json!({
                "id": one.id,
                "occasion": one.occasion,
                "channel": one.channel,
                "to": one.to,
                "member": {"number": one.number, "name": one.name},
                "language": one.language,
                "subject": one.subject,
                "text": one.body,
                "shop": shop,
                "at_ms": one.at_ms,
            });
            hook::post(url, secret, (patience, ANSWER), &one.id, now_ms, &body).await
        }
    }
}
