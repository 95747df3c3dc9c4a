//! What is said about messages between the menu and whoever asks.

use books::{
    MessageState, PassedWhy,
    query::{Page, Window},
};
use domain::{
    ids::MemberId,
    message::{MessageChannel, MessageTerms, Occasion, Tongue, Wording},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How the line to the mail server is kept from other ears.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MailSecurity {
    /// TLS from the first byte, usually port 465.
    #[default]
    Tls,
    /// Begun in the open and lifted to TLS, usually port 587; without TLS nothing is sent.
    Starttls,
    /// In the open: for a server on this computer or in the shop alone.
    Open,
}

/// The shop's mail server.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct MailServer {
    /// Name or address of the server.
    pub host: String,
    /// Port.
    pub port: u16,
    /// How the line is kept.
    pub security: MailSecurity,
    /// Name to sign in with; empty where the server asks for none.
    pub user: String,
    /// The address that messages come from.
    pub sender: String,
    /// The name that messages come from.
    pub sender_name: String,
}

/// How this device sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MessageServer {
    /// Email; absent where the shop sends none.
    pub mail: Option<MailServer>,
    /// Where SMS and WeChat messages are posted to; absent where the shop sends none.
    pub webhook: Option<String>,
    /// Seconds to wait for an answer.
    pub patience_seconds: u32,
}

impl Default for MessageServer {
    fn default() -> Self {
        Self { mail: None, webhook: None, patience_seconds: 30 }
    }
}

/// What this device keeps in its keyring.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct MessageSecrets {
    pub(super) password: Option<String>,
    pub(super) secret: Option<String>,
}

/// Which device sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Sending {
    /// None.
    Off,
    /// This one.
    Here,
    /// Another one, or this one before its file was brought back.
    Elsewhere,
}

/// A placeholder as the screen offers it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PlaceholderNames {
    /// Of which occasion.
    pub occasion: Occasion,
    /// Names in English and in Chinese.
    pub names: Vec<[String; 2]>,
}

/// Everything about messages that the owner sets.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MessageSetup {
    /// Occasions and words.
    pub terms: MessageTerms,
    /// How this device sends.
    pub server: MessageServer,
    /// A password is kept in this device's keyring.
    pub has_password: bool,
    /// A secret is kept in this device's keyring.
    pub has_secret: bool,
    /// Which device sends.
    pub sending: Sending,
    /// What templates may name.
    pub placeholders: Vec<PlaceholderNames>,
}

/// What the owner sets.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MessageSetupDraft {
    /// Occasions and words; who sends is not taken from here.
    pub terms: MessageTerms,
    /// How this device sends.
    pub server: MessageServer,
    /// A new password; absent: as before.
    pub password: Option<String>,
    /// A new secret; absent: as before.
    pub secret: Option<String>,
    /// True where this device is to send; false takes it away from this device alone.
    pub sending: bool,
}

/// One message to try the way with; nothing of it is kept.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MessageTry {
    /// How it goes.
    pub server: MessageServer,
    /// A new password; absent: the one that is kept.
    pub password: Option<String>,
    /// A new secret; absent: the one that is kept.
    pub secret: Option<String>,
    /// Which way.
    pub channel: MessageChannel,
    /// To whom.
    pub to: String,
}

/// How a test went.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MessageTried {
    /// What the server or the webhook said where it took the message.
    pub answer: String,
    /// Why it did not.
    pub fault: Option<MessageFault>,
}

/// Why a message did not go out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum MessageFault {
    /// No mail server or no webhook is set for this way.
    NoServer,
    /// The server wants a password, and this device's keyring has none.
    NoPassword,
    /// The webhook has no secret to sign with.
    NoSecret,
    /// The server cannot be reached.
    Away {
        /// The system's words.
        reason: String,
    },
    /// The line cannot be kept from other ears: no TLS, or a certificate that does not hold.
    Tls {
        /// The system's words.
        reason: String,
    },
    /// Name or password were refused.
    SignIn {
        /// The server's words.
        answer: String,
    },
    /// The server does not take messages from this address.
    SenderRefused {
        /// The server's words.
        answer: String,
    },
    /// The server does not take messages to this address.
    AddressRefused {
        /// The server's words.
        answer: String,
    },
    /// The server refused the message.
    Refused {
        /// The server's words.
        answer: String,
    },
    /// The server asks to try later.
    Later {
        /// The server's words.
        answer: String,
    },
    /// The server said nothing for too long, before the message went out.
    Silent,
    /// The line broke before the message went out.
    Broken {
        /// The system's words.
        reason: String,
    },
    /// The whole message went out and no answer came, or the program ended then.
    MaybeSent,
    /// The webhook cannot be reached, or gave no answer.
    HookAway {
        /// The system's words.
        reason: String,
    },
    /// The webhook asks to try later.
    HookLater {
        /// HTTP status.
        status: u16,
    },
    /// The webhook does not take the signature.
    HookSignature {
        /// HTTP status.
        status: u16,
    },
    /// The webhook refused the message.
    HookRefused {
        /// HTTP status.
        status: u16,
        /// Its words.
        answer: String,
    },
    /// The card has no address for this way any more.
    NoAddress,
    /// The member wants nothing by this way any more.
    OptedOut,
}

impl MessageFault {
    /// True where the next message by the same way would meet the same.
    pub(super) fn is_of_the_way(&self) -> bool {
        matches!(
            self,
            Self::NoServer
                | Self::NoPassword
                | Self::NoSecret
                | Self::Away { .. }
                | Self::Tls { .. }
                | Self::SignIn { .. }
                | Self::SenderRefused { .. }
                | Self::HookAway { .. }
                | Self::HookSignature { .. }
        )
    }

    /// How a message ends by it; `None` where it is tried again.
    pub(super) fn end(&self) -> Option<MessageState> {
        match self {
            Self::MaybeSent => Some(MessageState::Doubtful),
            Self::AddressRefused { .. } | Self::Refused { .. } | Self::HookRefused { .. } | Self::NoAddress => Some(MessageState::Dead),
            Self::OptedOut => Some(MessageState::Dropped),
            _ => None,
        }
    }
}

/// A template to be looked at.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PreviewDraft {
    /// Of which occasion.
    pub occasion: Occasion,
    /// The words.
    pub wording: Wording,
    /// In which language.
    pub language: Tongue,
    /// With whose name; the shop's first member where it is absent.
    pub member: Option<MemberId>,
}

/// Which messages to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MessagesShown {
    /// Waiting, or on their way.
    Waiting,
    /// Given up, or doubtful: somebody has to decide.
    Stuck,
    /// Sent.
    Sent,
    /// Taken off.
    Dropped,
}

/// A part of the queue.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct MessagesQuestion {
    /// Which.
    pub shown: MessagesShown,
    /// Which rows.
    pub window: Window,
}

/// A message as the screens show it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MessageRow {
    /// Its number.
    pub message: i64,
    /// What of.
    pub occasion: Occasion,
    /// Which way.
    pub channel: MessageChannel,
    /// To whom.
    pub member: MemberId,
    /// The member's name.
    pub name: String,
    /// The member's number.
    pub number: String,
    /// One line.
    pub subject: String,
    /// The text.
    pub body: String,
    /// When it came to be.
    pub made_at_ms: i64,
    /// How it stands.
    pub state: MessageState,
    /// How often it was tried.
    pub tries: i64,
    /// When it is tried next, where it waits.
    pub due_at_ms: i64,
    /// When it went out or was dropped.
    pub done_at_ms: Option<i64>,
    /// Why the last try failed.
    pub fault: Option<MessageFault>,
}

/// Members that were passed over.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PassedOver {
    /// What of.
    pub occasion: Occasion,
    /// Which way.
    pub channel: MessageChannel,
    /// Why.
    pub why: PassedWhy,
    /// How often.
    pub times: i64,
}

/// The queue.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MessagesAnswer {
    /// The rows asked for.
    pub page: Page<MessageRow>,
    /// How many wait.
    pub waiting: i64,
    /// How many somebody has to decide about.
    pub stuck: i64,
    /// How many went out.
    pub sent: i64,
    /// How many were taken off.
    pub dropped: i64,
    /// Who was passed over.
    pub passed: Vec<PassedOver>,
    /// Which device sends.
    pub sending: Sending,
    /// What that device is called.
    pub sender_name: String,
}

/// What one round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MessagesSent {
    /// Messages that went out.
    pub sent: i64,
    /// Tries that failed.
    pub failed: i64,
}
