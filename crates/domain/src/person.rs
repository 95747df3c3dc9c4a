//! The people who work here and what they may do.

use serde::{Deserialize, Serialize};

use crate::{fact::Posts, ids::PersonId};

/// What a person may do, each including the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Sells at the till.
    Clerk,
    /// Keeps products and members, closes the month.
    Manager,
    /// Owns the books: people, plan, settings.
    Owner,
}

impl Role {
    /// The word as it stands in the books.
    pub fn word(self) -> &'static str {
        match self {
            Self::Clerk => "clerk",
            Self::Manager => "manager",
            Self::Owner => "owner",
        }
    }
    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Clerk, Self::Manager, Self::Owner].into_iter().find(|role| role.word() == word)
    }
}

/// Someone began to work here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonAdded {
    /// The person.
    pub person: PersonId,
    /// As shown at sign-in and on receipts.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Argon2id in PHC form; never the PIN.
    pub pin_hash: String,
}
impl Posts for PersonAdded {}

/// A person's data changed; absent fields stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonChanged {
    /// The person.
    pub person: PersonId,
    /// New name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// New role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// New Argon2id hash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin_hash: Option<String>,
    /// True when they left, false when they came back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archived: Option<bool>,
}
impl Posts for PersonChanged {}

/// Somebody else's yes, given over the shoulder. Stands in drafts alone: a fact names the person and never the PIN.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Approval {
    /// Who says yes.
    pub person: PersonId,
    /// Their PIN.
    pub pin: String,
}

impl std::fmt::Debug for Approval {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Approval").field("person", &self.person).finish_non_exhaustive()
    }
}

/// A wrong PIN was typed for this person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinRefused {
    /// Whose PIN was tried.
    pub person: PersonId,
    /// How many in a row, this one included.
    pub in_a_row: u32,
}
impl Posts for PinRefused {}

/// Seconds that the next try must wait after `in_a_row` wrong PINs: nothing for the first two, then doubling from 2 to 300.
pub fn pin_wait_seconds(in_a_row: u32) -> u32 {
    match in_a_row {
        0..=2 => 0,
        3..=9 => 1 << (in_a_row - 2),
        _ => 300,
    }
}

/// A PIN is 4 to 12 digits, and not all the same.
pub fn pin_is_sound(pin: &str) -> bool {
    (4..=12).contains(&pin.len()) && pin.bytes().all(|digit| digit.is_ascii_digit()) && pin.bytes().any(|digit| Some(digit) != pin.bytes().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_pin_slows_down_and_never_locks_for_ever() {
        let waits: Vec<u32> = (0..12).map(pin_wait_seconds).collect();
        assert_eq!(waits, [0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 300, 300]);
    }

    #[test]
    fn what_a_pin_may_be() {
        for (pin, sound) in [("1234", true), ("123", false), ("1111", false), ("12a4", false), ("1234567890123", false)] {
            assert_eq!(pin_is_sound(pin), sound, "{pin}");
        }
    }
}
