//! What is wrong with a plan or a scenario, and where.

use serde::Serialize;

/// A text that is no plan or scenario: the first fault found, with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{}line {line}, column {column}: {fault}", if path.is_empty() { String::new() } else { format!("{path}: ") })]
pub struct ScenarioError {
    /// JSON path such as `plan.rules[0].rate.table`; empty where the text is no JSON.
    pub path: String,
    /// Line in the text, from 1.
    pub line: u32,
    /// Column in that line, in characters, from 1.
    pub column: u32,
    /// What is wrong there.
    pub fault: Fault,
}

/// The kinds of fault, in the order a reader meets them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Fault {
    /// Not JSON.
    #[error("expected {expected}")]
    Syntax {
        /// What could have stood there.
        expected: String,
    },
    /// The same key twice in one object.
    #[error("the key `{key}` is given twice")]
    KeyTwice {
        /// The key.
        key: String,
    },
    /// A key that the language does not know here.
    #[error("unknown key `{key}`; known here: {}", known.join(", "))]
    UnknownKey {
        /// As written.
        key: String,
        /// What may stand here.
        known: Vec<String>,
    },
    /// A key that has to be given.
    #[error("`{key}` is missing")]
    Missing {
        /// The key.
        key: String,
    },
    /// Another kind of value is wanted.
    #[error("expected {expected}")]
    WrongType {
        /// What is wanted.
        expected: String,
    },
    /// One of a few words is wanted.
    #[error("unknown value `{value}`; one of: {}", known.join(", "))]
    UnknownValue {
        /// As written.
        value: String,
        /// What may stand here.
        known: Vec<String>,
    },
    /// Not a decimal number or percentage.
    #[error("`{value}` is not a number: {reason}")]
    BadNumber {
        /// As written.
        value: String,
        /// Why not.
        reason: String,
    },
    /// A number outside what is allowed here.
    #[error("{value} is out of range: {range}")]
    OutOfRange {
        /// As written.
        value: String,
        /// What is allowed.
        range: String,
    },
    /// An id that was used already.
    #[error("the id `{id}` is used twice")]
    DuplicateId {
        /// The id.
        id: String,
    },
    /// A rank that the plan does not list.
    #[error("unknown rank `{rank}`")]
    UnknownRank {
        /// As written.
        rank: String,
    },
    /// A rule that is not listed before the one that names it.
    #[error("`{rule}` is no earlier rule of the plan")]
    UnknownRule {
        /// As written.
        rule: String,
    },
    /// A member that is not listed.
    #[error("unknown member `{member}`")]
    UnknownMember {
        /// As written.
        member: String,
    },
    /// An order that is not listed, or in more than one period.
    #[error("`{order}` names no single order")]
    UnknownOrder {
        /// As written.
        order: String,
    },
    /// A member above itself.
    #[error("`{member}` stands above itself in the {tree} tree")]
    Cycle {
        /// The member.
        member: String,
        /// `sponsor` or `placement`.
        tree: String,
    },
    /// Keys that exclude each other, or a setting that has no meaning with another.
    #[error("{reason}")]
    Contradiction {
        /// Which, and why.
        reason: String,
    },
}
