//! Versions of the shop's compensation plan; the language itself is in [`crate::plan`].

use serde::{Deserialize, Serialize};

use crate::fact::Posts;

/// A version of the plan takes effect from a date; versions are never overwritten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanActivated {
    /// Counts from 1 in the shop.
    pub version: u32,
    /// First business date on which sales earn by it, `YYYY-MM-DD`.
    pub effective_from: String,
    /// The plan as JSON text of the plan language.
    pub plan: String,
    /// BLAKE3 of that text, hexadecimal; printed on statements.
    pub hash: String,
    /// The most of money received that it can pay, as proved, in ppm; absent where only a company limit holds it.
    #[serde(default)]
    pub bound_ppm: Option<i64>,
    /// Rules of the compliance lint that the owner acknowledged by typing.
    #[serde(default)]
    pub acknowledged: Vec<String>,
    /// The same with what the owner typed against each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acknowledgements: Vec<Acknowledged>,
    /// The run of this very plan on a past month that was looked at before; absent where the shop had no past month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub simulated: Option<SimulationSeen>,
}
impl Posts for PlanActivated {}

/// A finding that the owner took upon themselves; it holds for the plan of this very hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledged {
    /// The rule of the lint.
    pub finding: String,
    /// What the owner typed, trimmed.
    pub words: String,
}

/// A run of a plan on a past month of the shop's own sales. Amounts in minor units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SimulationSeen {
    /// The month, `YYYY-MM`.
    pub month: String,
    /// Orders that count in it.
    pub orders: i64,
    /// What the buyers paid in them.
    pub net_minor: i64,
    /// Commission by the plan of that month.
    pub before_minor: i64,
    /// Commission by this plan.
    pub after_minor: i64,
}

/// Why a plan is not activated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum PlanRefusal {
    /// The text is no plan of the language.
    #[error("{path}: {reason}")]
    NotAPlan {
        /// Where.
        path: String,
        /// What is wrong there.
        reason: String,
    },
    /// Its amounts are of another currency than the shop's.
    #[error("the plan is written for {currency}, and the shop reckons in {shop}")]
    OtherCurrency {
        /// The plan's.
        currency: String,
        /// The shop's.
        shop: String,
    },
    /// The plan as it stands was not run on a past month and looked at.
    #[error("run this plan on a past month first, and look at the result")]
    NotSimulated,
    /// A month without sales.
    #[error("there are no sales in {month}")]
    NoSales {
        /// The month.
        month: String,
    },
    /// The plan cannot be run on the month.
    #[error("the plan cannot be run on this month: {reason}")]
    CannotRun {
        /// Why.
        reason: String,
    },
    /// A person stopped the run.
    #[error("stopped")]
    Stopped,
    /// An amount of the worked order is below zero.
    #[error("{amount} is below zero")]
    Negative {
        /// Its name.
        amount: String,
    },
    /// A date before the newest version's, or before today.
    #[error("a plan cannot take effect on {date}: sales of that day may have been paid already; the earliest is {earliest}")]
    TooEarly {
        /// As asked.
        date: String,
        /// The earliest possible.
        earliest: String,
    },
    /// Not a date.
    #[error("{date} is not a date")]
    DateShape {
        /// As typed.
        date: String,
    },
    /// The law or arithmetic forbids it.
    #[error("the check found {finding}, which cannot be overridden")]
    Blocked {
        /// The rule of the lint.
        finding: String,
        /// Its reason.
        reason: String,
    },
    /// The check wants an acknowledgement that was not given.
    #[error("{finding} has to be acknowledged first")]
    NotAcknowledged {
        /// The rule of the lint.
        finding: String,
        /// Its reason.
        reason: String,
    },
}
