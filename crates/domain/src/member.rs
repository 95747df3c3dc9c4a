//! Customers, and who brought whom.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{fact::Posts, ids::MemberId, message::Contact};

/// A member joined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberEnrolled {
    /// The member.
    pub member: MemberId,
    /// The number on the card, unique.
    pub number: String,
    /// What the shop says of the member.
    pub card: MemberCard,
    /// Who brought them in.
    #[serde(default)]
    pub sponsor: Option<MemberId>,
    /// Business date `YYYY-MM-DD`.
    pub joined: String,
}
impl Posts for MemberEnrolled {}

/// A member's own data changed: the whole card as it stands from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberChanged {
    /// The member.
    pub member: MemberId,
    /// The card.
    pub card: MemberCard,
    /// The rank on the card was given, changed or taken away by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank_given: Option<RankGiven>,
}
impl Posts for MemberChanged {}

/// A rank changed by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RankGiven {
    /// What was given by hand before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// Why, as typed.
    pub reason: String,
}

/// A member got another sponsor, or none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SponsorMoved {
    /// The member.
    pub member: MemberId,
    /// The sponsor before.
    #[serde(default)]
    pub from: Option<MemberId>,
    /// The sponsor from now on.
    #[serde(default)]
    pub to: Option<MemberId>,
    /// Why, as typed by the manager.
    #[serde(default)]
    pub reason: Option<String>,
    /// True where the member named the sponsor at the till, under the shop's terms of binding.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bound: bool,
}
impl Posts for SponsorMoved {}

/// Everything that is edited on a member's page, save the sponsor.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct MemberCard {
    /// Name as spoken.
    pub name: String,
    /// Digits with a leading `+` and country code (E.164), or a bare national number.
    #[serde(default)]
    pub phone: Option<String>,
    /// Member level 会员等级.
    #[serde(default)]
    pub level: Option<String>,
    /// Distribution rank 分销等级.
    #[serde(default)]
    pub rank: Option<String>,
    /// False for a frozen member: keeps the place in the tree, and the plan decides what that means.
    #[serde(default = "yes")]
    pub active: bool,
    /// Free text.
    #[serde(default)]
    pub note: Option<String>,
    /// Birthday: `MM-DD`, or `YYYY-MM-DD` where the year is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional = nullable)]
    pub birthday: Option<String>,
    /// How the member can be told, and by which ways the member wants nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional = nullable)]
    pub contact: Option<Contact>,
}

fn yes() -> bool {
    true
}

/// Why a member is not taken as asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum MemberRefusal {
    /// The name is empty.
    #[error("a member needs a name")]
    NoName,
    /// Not a telephone number.
    #[error("{phone} is not a telephone number")]
    PhoneShape {
        /// As typed.
        phone: String,
    },
    /// Another member has this number.
    #[error("phone {phone} belongs to {by}")]
    PhoneTaken {
        /// Normalised.
        phone: String,
        /// Who has it.
        by: String,
    },
    /// Another member has this card number.
    #[error("number {number} belongs to {by}")]
    NumberTaken {
        /// As asked.
        number: String,
        /// Who has it.
        by: String,
    },
    /// There is no such sponsor.
    #[error("there is no such sponsor")]
    UnknownSponsor,
    /// The sponsor is the member or stands in the member's own downline.
    #[error("{sponsor} stands below {member}: a member cannot be sponsored from the own downline")]
    Cycle {
        /// The member.
        member: String,
        /// Who was asked for as sponsor.
        sponsor: String,
        /// Names from the sponsor up to the member.
        path: Vec<String>,
    },
    /// Somebody moved the member meanwhile.
    #[error("the sponsor was changed meanwhile")]
    MovedMeanwhile,
    /// The plan has no such rank.
    #[error("there is no rank {rank}")]
    UnknownRank {
        /// As asked.
        rank: String,
    },
    /// A rank that the plan works out is given by hand only with a reason.
    #[error("a rank given by hand needs a reason")]
    RankReason,
    /// Not an email address.
    #[error("{email} is no email address")]
    EmailShape {
        /// As typed.
        email: String,
    },
    /// Not a birthday.
    #[error("{birthday} is no birthday: month and day such as 05-21, or a whole date")]
    BirthdayShape {
        /// As typed.
        birthday: String,
    },
    /// Not a date.
    #[error("{date} is not a date")]
    DateShape {
        /// As typed.
        date: String,
    },
}

/// What deciding about a member needs to know.
#[derive(Debug, Clone, Default)]
pub struct MemberContext {
    /// Who else has the phone.
    pub phone_taken_by: Option<String>,
    /// Who else has the number.
    pub number_taken_by: Option<String>,
    /// Ranks of the plan in force; empty where there is no plan.
    pub ranks: Vec<String>,
    /// Country code for national numbers, digits only.
    pub country_code: String,
}

/// The card of someone who joins in a hurry: where only the phone is known, its last four digits stand for the name until one is told.
#[must_use]
pub fn named(mut card: MemberCard, phone: Option<&str>) -> MemberCard {
    if let Some(phone) = phone.filter(|_| card.name.trim().is_empty()) {
        card.name = phone.get(phone.len().saturating_sub(4)..).unwrap_or(phone).to_owned();
    }
    card
}

/// Tidies the card and decides whether it can stand.
///
/// # Errors
/// [`MemberRefusal`], in the order the rules speak: name, phone, rank, number.
pub fn decide(mut card: MemberCard, context: &MemberContext, number: &str) -> Result<MemberCard, MemberRefusal> {
    card.name = card.name.trim().to_owned();
    if card.name.is_empty() {
        return Err(MemberRefusal::NoName);
    }
    card.phone = match card.phone.as_deref().map(str::trim).filter(|phone| !phone.is_empty()) {
        Some(phone) => Some(normal_phone(phone, &context.country_code).ok_or_else(|| MemberRefusal::PhoneShape { phone: phone.to_owned() })?),
        None => None,
    };
    if let (Some(phone), Some(by)) = (&card.phone, &context.phone_taken_by) {
        return Err(MemberRefusal::PhoneTaken { phone: phone.clone(), by: by.clone() });
    }
    card.rank = card.rank.filter(|rank| !rank.is_empty());
    card.level = card.level.map(|level| level.trim().to_owned()).filter(|level| !level.is_empty());
    card.note = card.note.filter(|note| !note.trim().is_empty());
    if let Some(rank) = card.rank.as_ref().filter(|rank| !context.ranks.is_empty() && !context.ranks.contains(rank)) {
        return Err(MemberRefusal::UnknownRank { rank: rank.clone() });
    }
    card.birthday = match card.birthday.as_deref().map(str::trim).filter(|birthday| !birthday.is_empty()) {
        Some(birthday) => Some(normal_birthday(birthday).ok_or_else(|| MemberRefusal::BirthdayShape { birthday: birthday.to_owned() })?),
        None => None,
    };
    card.contact = match card.contact {
        Some(contact) => contact.tidy().map_err(|email| MemberRefusal::EmailShape { email })?,
        None => None,
    };
    if let Some(by) = &context.number_taken_by {
        return Err(MemberRefusal::NumberTaken { number: number.to_owned(), by: by.clone() });
    }
    Ok(card)
}

/// Brings a birthday to one form: `MM-DD`, with the year before it where it was told. `5-21`, `05/21`, `1990.5.21` and `0521` are read. `None` for
/// what is no day of any year.
pub fn normal_birthday(typed: &str) -> Option<String> {
    let typed = if typed.len() == 4 && typed.bytes().all(|digit| digit.is_ascii_digit()) {
        format!("{}-{}", typed.get(..2)?, typed.get(2..)?)
    } else {
        typed.to_owned()
    };
    let numbers: Vec<u32> =
        typed.split(['-', '/', '.', '年', '月', '日']).filter(|part| !part.is_empty()).map(str::parse).collect::<Result<_, _>>().ok()?;
    let (year, month, day) = match numbers[..] {
        [month, day] => (None, month, day),
        [year, month, day] if (1900..=9999).contains(&year) => (Some(year), month, day),
        _ => return None,
    };
    let leap = year.is_none_or(|year| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)));
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    };
    let year = year.map(|year| format!("{year:04}-")).unwrap_or_default();
    (1..=last).contains(&day).then(|| format!("{year}{month:02}-{day:02}"))
}

/// Brings a telephone number to one form: `+`, country code, digits. Full-width digits, spaces, dashes, dots and brackets are accepted;
/// `00` means `+`; a national number gets the shop's country code and loses its leading zero. `None` where it is no number of 5 to 15 digits.
pub fn normal_phone(phone: &str, country_code: &str) -> Option<String> {
    let mut digits = String::new();
    let mut international = false;
    for (place, letter) in phone.trim().chars().enumerate() {
        match letter {
            '+' | '＋' if place == 0 => international = true,
            '0'..='9' => digits.push(letter),
            '０'..='９' => digits.push(char::from_digit(u32::from(letter) - u32::from('０'), 10)?),
            ' ' | '-' | '.' | '(' | ')' | '/' | '－' | '（' | '）' | '\u{3000}' | '\u{a0}' => {}
            _ => return None,
        }
    }
    if !international && let Some(rest) = digits.strip_prefix("00") {
        digits = rest.to_owned();
        international = true;
    }
    if !international {
        let national = digits.strip_prefix('0').unwrap_or(&digits);
        digits = format!("{country_code}{national}");
    }
    (5..=15).contains(&digits.len()).then(|| format!("+{digits}"))
}

/// The start of a telephone number as a search box gets it, in the form that numbers are kept in: every number that begins with what was typed begins
/// with it too. A start without `+` or `00` is national and gets the shop's country code. `None` where it holds anything but digits and what
/// [`normal_phone`] passes over.
pub fn phone_start(typed: &str, country_code: &str) -> Option<String> {
    let typed = typed.trim();
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let rest_is_known = typed.chars().all(|letter| letter.is_ascii_digit() || "+ -.()/".contains(letter));
    if digits.is_empty() || !rest_is_known {
        return None;
    }
    let international = typed.strip_prefix('+').map(|_| digits.as_str()).or_else(|| digits.strip_prefix("00"));
    Some(match international {
        Some(digits) => format!("+{digits}"),
        None => format!("+{country_code}{}", digits.strip_prefix('0').unwrap_or(&digits)),
    })
}

/// Decides who stands above a member. `upline` names the asked sponsor and everyone above it, nearest first, up to the root.
///
/// # Errors
/// `Cycle` where the member stands in that line: any length is found, because the line is complete.
pub fn decide_sponsor(member: MemberId, name: &str, upline: &[(MemberId, String)]) -> Result<(), MemberRefusal> {
    match upline.iter().position(|(above, _)| *above == member) {
        None => Ok(()),
        Some(place) => Err(MemberRefusal::Cycle {
            member: name.to_owned(),
            sponsor: upline.first().map(|(_, name)| name.clone()).unwrap_or_default(),
            path: upline[..=place].iter().map(|(_, name)| name.clone()).collect(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_phone_in_one_form() {
        for (typed, normal) in [
            ("138 0013 8000", Some("+8613800138000")),
            ("１３８００１３８０００", Some("+8613800138000")),
            ("+33 6 12 34 56 78", Some("+33612345678")),
            ("0033612345678", Some("+33612345678")),
            ("(0371) 6666-8888", Some("+8637166668888")),
            ("12", None),
            ("call me", None),
        ] {
            assert_eq!(normal_phone(typed, "86").as_deref(), normal, "{typed}");
        }
    }

    #[test]
    fn a_birthday_is_a_day_of_some_year() {
        for (typed, normal) in [
            ("5-21", Some("05-21")),
            ("0521", Some("05-21")),
            ("1990.5.21", Some("1990-05-21")),
            ("1990年5月21日", Some("1990-05-21")),
            ("2-29", Some("02-29")),
            ("2001-02-29", None),
            ("13-01", None),
            ("4/31", None),
            ("soon", None),
            ("21", None),
        ] {
            assert_eq!(normal_birthday(typed).as_deref(), normal, "{typed}");
        }
    }

    #[test]
    fn the_start_of_a_phone_finds_it_however_it_is_typed() {
        for (typed, code, start) in [
            ("138 00", "86", Some("+8613800")),
            ("0151", "49", Some("+49151")),
            ("0049151", "86", Some("+49151")),
            ("+33 6", "86", Some("+336")),
            ("(0371) 66", "86", Some("+8637166")),
            ("07700 9", "44", Some("+4477009")),
            ("王", "86", None),
            ("M0001", "86", None),
            ("+", "86", None),
        ] {
            assert_eq!(phone_start(typed, code).as_deref(), start, "{typed}");
        }
    }

    #[test]
    fn fault_15_a_cycle_of_any_length_is_refused() {
        let id = |n: u128| MemberId(uuid::Uuid::from_u128(n));
        for length in 1..40u128 {
            // The asked sponsor stands `length - 1` below the member.
            let upline: Vec<_> = (0..length).map(|n| (id(length - n), format!("m{}", length - n))).collect();
            assert!(matches!(decide_sponsor(id(1), "m1", &upline), Err(MemberRefusal::Cycle { .. })), "length {length}");
            assert_eq!(decide_sponsor(id(999), "new", &upline), Ok(()));
        }
    }
}
