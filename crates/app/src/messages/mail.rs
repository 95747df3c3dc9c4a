//! One email to one mail server. Invariant: what this room says of a try is certain; where the server may have taken the message and nobody heard, it says so.

use std::{
    future::Future,
    time::{Duration, SystemTime},
};

use lettre::{
    Address, Message,
    message::{Mailbox, header::ContentType},
    transport::smtp::{
        Error,
        authentication::{Credentials, Mechanism},
        client::{AsyncSmtpConnection, TlsParameters},
        commands::{Data, Mail, Rcpt},
        extension::{ClientId, Extension, MailParameter},
    },
};

use super::{MailSecurity, MailServer, MessageFault};

/// An email, whole.
pub(super) struct Letter<'l> {
    /// Its identity: the same message sent again is known by it.
    pub(super) id: &'l str,
    pub(super) to: &'l str,
    pub(super) name: &'l str,
    pub(super) subject: &'l str,
    pub(super) body: &'l str,
    pub(super) at_ms: i64,
}

/// Why a step did not end well.
enum Trouble {
    /// Nothing was said for too long.
    Silent,
    /// The server or the line said so.
    Said(Error),
}

async fn within<T>(patience: Duration, step: impl Future<Output = Result<T, Error>>) -> Result<T, Trouble> {
    match tokio::time::timeout(patience, step).await {
        Ok(said) => said.map_err(Trouble::Said),
        Err(_) => Err(Trouble::Silent),
    }
}

/// What the server said, in its own words.
fn words(error: &Error) -> String {
    let mut text = error.to_string();
    text.truncate(text.char_indices().nth(400).map_or(text.len(), |(at, _)| at));
    text
}

/// Whether the line could not be made safe: a line that is to be safe from its first byte on ends as a connection that does not come about, with the
/// reason deep inside.
fn is_of_tls(error: &Error) -> bool {
    let mut at: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(cause) = at {
        let inside = cause.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        if cause.is::<rustls::Error>() || inside.is_some_and(|inside| inside.is::<rustls::Error>()) {
            return true;
        }
        at = cause.source();
    }
    error.is_tls()
}

/// A step before the message itself: nothing was taken, whatever broke.
fn before(trouble: Trouble, refused: fn(String) -> MessageFault) -> MessageFault {
    match trouble {
        Trouble::Silent => MessageFault::Silent,
        Trouble::Said(error) if error.is_permanent() => refused(words(&error)),
        Trouble::Said(error) if error.is_transient() => MessageFault::Later { answer: words(&error) },
        Trouble::Said(error) if is_of_tls(&error) => MessageFault::Tls { reason: words(&error) },
        Trouble::Said(error) => MessageFault::Broken { reason: words(&error) },
    }
}

fn mailbox(address: &str, name: &str) -> Result<Mailbox, String> {
    let address: Address = address.parse().map_err(|_| address.to_owned())?;
    Ok(Mailbox::new(Some(name.to_owned()).filter(|name| !name.trim().is_empty()), address))
}

fn written(server: &MailServer, letter: &Letter<'_>) -> Result<(Mailbox, Mailbox, Vec<u8>), MessageFault> {
    let from = mailbox(&server.sender, &server.sender_name).map_err(|answer| MessageFault::SenderRefused { answer })?;
    let to = mailbox(letter.to, letter.name).map_err(|answer| MessageFault::AddressRefused { answer })?;
    let at = SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(letter.at_ms).unwrap_or(0));
    let message = Message::builder()
        .from(from.clone())
        .to(to.clone())
        .subject(letter.subject)
        .date(at)
        .message_id(Some(format!("<{}@{}>", letter.id, from.email.domain())))
        .header(ContentType::TEXT_PLAIN)
        .body(letter.body.to_owned())
        .map_err(|error| MessageFault::Refused { answer: error.to_string() })?;
    Ok((from, to, message.formatted()))
}

/// Sends it; the answer is the server's.
///
/// # Errors
/// [`MessageFault`]: `MaybeSent` where the whole message went out and no answer came.
pub(super) async fn send(server: &MailServer, password: Option<&str>, patience: Duration, letter: &Letter<'_>) -> Result<String, MessageFault> {
    super::hook::ready();
    let (from, to, bytes) = written(server, letter)?;
    if !server.user.is_empty() && password.is_none() {
        return Err(MessageFault::NoPassword);
    }
    let tls = || TlsParameters::new(server.host.clone()).map_err(|error| MessageFault::Tls { reason: words(&error) });
    let hello = ClientId::default();
    let at_once = if server.security == MailSecurity::Tls { Some(tls()?) } else { None };
    let connecting = AsyncSmtpConnection::connect_tokio1((server.host.as_str(), server.port), Some(patience), &hello, at_once, None);
    let away = |trouble| match before(trouble, |answer| MessageFault::Later { answer }) {
        MessageFault::Broken { reason } => MessageFault::Away { reason },
        MessageFault::Silent => MessageFault::Away { reason: String::new() },
        other => other,
    };
    let mut line = within(patience, connecting).await.map_err(away)?;
    if server.security == MailSecurity::Starttls {
        let lifted = within(patience, line.starttls(tls()?, &hello)).await;
        lifted.map_err(|trouble| match trouble {
            Trouble::Silent => MessageFault::Silent,
            Trouble::Said(error) => MessageFault::Tls { reason: words(&error) },
        })?;
    }
    if let Some(password) = password.filter(|_| !server.user.is_empty()) {
        let credentials = Credentials::new(server.user.clone(), password.to_owned());
        let signed_in = within(patience, line.auth(&[Mechanism::Plain, Mechanism::Login], &credentials)).await;
        signed_in.map_err(|trouble| match trouble {
            Trouble::Said(error) if error.is_client() => MessageFault::SignIn { answer: words(&error) },
            other => before(other, |answer| MessageFault::SignIn { answer }),
        })?;
    }
    let ascii = |mailbox: &Mailbox| AsRef::<str>::as_ref(&mailbox.email).is_ascii();
    let foreign = !ascii(&from) || !ascii(&to);
    let beside = if foreign && line.server_info().supports_feature(Extension::SmtpUtfEight) { vec![MailParameter::SmtpUtfEight] } else { Vec::new() };
    let sender = within(patience, line.command(Mail::new(Some(from.email), beside))).await;
    sender.map_err(|trouble| before(trouble, |answer| MessageFault::SenderRefused { answer }))?;
    let receiver = within(patience, line.command(Rcpt::new(to.email, Vec::new()))).await;
    receiver.map_err(|trouble| before(trouble, |answer| MessageFault::AddressRefused { answer }))?;
    let begun = within(patience, line.command(Data)).await;
    begun.map_err(|trouble| before(trouble, |answer| MessageFault::Refused { answer }))?;
    let taken = match within(patience, line.message(&bytes)).await {
        Ok(response) => response.message().collect::<Vec<_>>().join(" "),
        Err(Trouble::Said(error)) if error.is_permanent() => return Err(MessageFault::Refused { answer: words(&error) }),
        Err(Trouble::Said(error)) if error.is_transient() => return Err(MessageFault::Later { answer: words(&error) }),
        // From the first byte of the message on, nobody but the server knows whether it has it.
        Err(Trouble::Said(_) | Trouble::Silent) => return Err(MessageFault::MaybeSent),
    };
    // It is taken; how the line ends changes nothing.
    drop(within(patience.min(Duration::from_secs(2)), line.quit()).await);
    Ok(taken)
}
