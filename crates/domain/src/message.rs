//! What members are told, in which words, by which way and how often it is tried. A message is no fact: it follows from facts, moves nothing, and its
//! identity is made of the occasion, the member and the cause, so that the same cause never makes two.

mod retry;
mod template;
mod words;

pub use retry::{MOST_TRIES, pause_ms};
pub use template::{Placeholder, TemplateFault, Wording, check, render};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ids::{EntryId, MemberId};

/// What a member is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    /// Commission was earned, with a sale or by a month's rules.
    Earned,
    /// Commission can be paid out from now on.
    Matured,
    /// A month's statement is ready.
    Statement,
    /// A payout was asked for, went on, arrived or came back.
    Payout,
    /// Points run out soon.
    Points,
    /// A level was reached.
    Level,
}

impl Occasion {
    /// Every occasion, in the order of the screen.
    pub const ALL: [Self; 6] = [Self::Earned, Self::Matured, Self::Statement, Self::Payout, Self::Points, Self::Level];

    /// The word in tables and to the webhook.
    pub fn word(self) -> &'static str {
        match self {
            Self::Earned => "earned",
            Self::Matured => "matured",
            Self::Statement => "statement",
            Self::Payout => "payout",
            Self::Points => "points",
            Self::Level => "level",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|occasion| occasion.word() == word)
    }

    /// What its templates may name.
    pub fn placeholders(self) -> &'static [Placeholder] {
        use Placeholder::{Amount, Date, From, Level, Member, Month, Number, Points, Shop, State, Until};
        match self {
            Self::Earned => &[Member, Number, Shop, Date, Amount, From],
            Self::Matured => &[Member, Number, Shop, Date, Amount, Month],
            Self::Statement => &[Member, Number, Shop, Date, Amount, Month, From],
            Self::Payout => &[Member, Number, Shop, Date, Amount, From, State],
            Self::Points => &[Member, Number, Shop, Date, Points, Until],
            Self::Level => &[Member, Number, Shop, Date, Level],
        }
    }
}

/// The way a message goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MessageChannel {
    /// Email, by the shop's own mail server.
    Email,
    /// SMS, by the shop's webhook.
    Sms,
    /// WeChat 微信, by the shop's webhook.
    Wechat,
}

impl MessageChannel {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Email, Self::Sms, Self::Wechat];

    /// The word in tables and to the webhook.
    pub fn word(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
            Self::Wechat => "wechat",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.word() == word)
    }
}

/// The language that a member is told in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub enum Tongue {
    /// Chinese.
    #[serde(rename = "zh-CN")]
    Chinese,
    /// English.
    #[serde(rename = "en")]
    English,
}

/// How a member can be told, and by which ways the member wants nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Contact {
    /// Email address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional = nullable)]
    pub email: Option<String>,
    /// The member's language; the shop's where it is absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional = nullable)]
    pub language: Option<Tongue>,
    /// Ways by which the member wants nothing.
    #[serde(default)]
    pub silent: Vec<MessageChannel>,
}

impl Contact {
    /// Tidied: `None` where nothing is said.
    ///
    /// # Errors
    /// The address as typed, where it is none.
    pub fn tidy(self) -> Result<Option<Self>, String> {
        let email = self.email.map(|email| email.trim().to_owned()).filter(|email| !email.is_empty());
        if let Some(email) = email.as_ref().filter(|email| !is_email(email)) {
            return Err(email.clone());
        }
        let silent = MessageChannel::ALL.into_iter().filter(|channel| self.silent.contains(channel)).collect();
        let tidy = Self { email, language: self.language, silent };
        Ok((tidy != Self::default()).then_some(tidy))
    }
}

/// True for what looks like an email address: one `@`, a domain with a dot or `localhost`, no spaces or control signs.
pub fn is_email(text: &str) -> bool {
    let odd = |letter: char| letter.is_whitespace() || letter.is_control() || matches!(letter, '<' | '>' | ',' | ';' | '"' | '(' | ')');
    match text.split_once('@') {
        Some((local, domain)) => {
            text.len() <= 254
                && !local.is_empty()
                && !domain.contains('@')
                && !text.contains(odd)
                && (domain == "localhost" || domain.split('.').count() > 1 && domain.split('.').all(|part| !part.is_empty()))
        }
        None => false,
    }
}

/// Whether, how and in which words members are told of an occasion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OccasionTerms {
    /// Told at all.
    pub on: bool,
    /// By which way.
    pub channel: MessageChannel,
    /// In Chinese.
    pub zh: Wording,
    /// In English.
    pub en: Wording,
}

/// What the shop says about its messages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct MessageTerms {
    /// The chain of the one device that sends; absent where nothing is sent.
    pub sender: Option<String>,
    /// What that device is called.
    pub sender_name: String,
    /// By occasion; one that is missing has the words that the program brings.
    pub occasions: BTreeMap<Occasion, OccasionTerms>,
}

impl Default for MessageTerms {
    fn default() -> Self {
        Self {
            sender: None,
            sender_name: String::new(),
            occasions: Occasion::ALL.into_iter().map(|occasion| (occasion, words::usual(occasion))).collect(),
        }
    }
}

impl MessageTerms {
    /// The terms of an occasion.
    pub fn of(&self, occasion: Occasion) -> OccasionTerms {
        self.occasions.get(&occasion).cloned().unwrap_or_else(|| words::usual(occasion))
    }

    /// With every occasion.
    #[must_use]
    pub fn complete(self) -> Self {
        let occasions = Occasion::ALL.into_iter().map(|occasion| (occasion, self.of(occasion))).collect();
        Self { occasions, ..self }
    }
}

/// The identity of what a member is told of a cause on an occasion: of one cause there is one message, however often it is looked at.
pub fn message_id(occasion: Occasion, member: MemberId, cause: &str) -> EntryId {
    crate::close::part_id(&member.to_string(), cause, 0, occasion.word(), 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_is_the_occasion_the_member_and_the_cause() {
        let member = |n: u128| MemberId(uuid::Uuid::from_u128(n));
        let mut seen = std::collections::BTreeSet::new();
        for occasion in Occasion::ALL {
            for who in 1..4 {
                for cause in ["a", "b", "ab"] {
                    assert!(seen.insert(message_id(occasion, member(who), cause).to_string()));
                    assert!(!seen.insert(message_id(occasion, member(who), cause).to_string()), "the same again");
                }
            }
        }
    }

    #[test]
    fn an_address_is_one_or_is_refused_with_what_was_typed() {
        for (text, is) in [
            ("lin@example.com", true),
            ("林@例子.中国", true),
            ("a@localhost", true),
            ("a@b", false),
            ("a@b..c", false),
            ("@b.c", false),
            ("a@b@c.d", false),
            ("a b@c.d", false),
            ("a@c.d\nBcc: x@y.z", false),
            ("A <a@c.d>", false),
            ("", false),
        ] {
            assert_eq!(is_email(text), is, "{text}");
        }
        let contact = |email: &str| Contact { email: Some(email.into()), ..Contact::default() };
        assert_eq!(contact("  ").tidy(), Ok(None));
        assert_eq!(contact(" a@b.c ").tidy(), Ok(Some(contact("a@b.c"))));
        assert_eq!(contact("nobody").tidy(), Err("nobody".into()));
    }

    #[test]
    fn the_words_that_the_program_brings_hold_in_both_languages() {
        for occasion in Occasion::ALL {
            let terms = MessageTerms::default().of(occasion);
            for wording in [&terms.zh, &terms.en] {
                for text in [&wording.subject, &wording.text] {
                    assert_eq!(check(text, occasion.placeholders()), Ok(()), "{occasion:?}: {text}");
                    assert!(!text.is_empty());
                }
            }
            assert!(terms.zh.text.contains("{店名}") && terms.en.text.contains("{shop}"));
        }
    }
}
