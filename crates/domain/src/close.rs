//! Closing a month: what its own rules earned, everyone's rank, and one statement per member. Recorded at release; a provisional close is no fact.
//!
//! Identities are natural: made from month, round and part, so that closing twice adds nothing. A month that was opened again is closed in a further
//! round, which holds differences alone.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    exact::Exact,
    fact::Posts,
    ids::{EntryId, MemberId, SaleId},
    ledger::{Account, Posting, Unit},
    plan::{
        ranks::{Ground, RankHow},
        withholding::labour_monthly,
    },
    sale::{Earned, PlanUsed},
};

/// A month was closed and its statements released.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthClosed {
    /// `YYYY-MM`.
    pub month: String,
    /// 1 for the first close, one more after each reopening.
    pub round: u32,
    /// The version that closed it; absent where no plan was in force.
    #[serde(default)]
    pub plan: Option<PlanUsed>,
    /// BLAKE3 over everything that the close led to, hexadecimal: the same books give the same.
    pub run_hash: String,
    /// Members with a statement.
    pub members: i64,
    /// Sum of what this round's own rules earned, in millionths of a minor unit.
    pub earned_micro: i64,
    /// Sum of what the statements pay, in minor units.
    pub payable_minor: i64,
}
impl Posts for MonthClosed {}

/// The owner opened the last closed month again. Its statements stand; the next close holds differences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthReopened {
    /// `YYYY-MM`.
    pub month: String,
    /// The round that is undone.
    pub round: u32,
    /// Why, as typed.
    pub reason: String,
}
impl Posts for MonthReopened {}

/// What the rules of a month earned; a part of a close.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeriodEarned {
    /// `YYYY-MM`.
    pub month: String,
    /// Of the close.
    pub round: u32,
    /// Counts from 0 within the round.
    pub part: u32,
    /// By which version.
    #[serde(default)]
    pub plan: Option<PlanUsed>,
    /// Each earning, by rule and source.
    pub earned: Vec<PeriodEarning>,
}

/// One earning of a period's rule. Its identity is month, rule, source and member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeriodEarning {
    /// The order, `buyer:` and a member, an earlier earning, or `period`.
    pub source: String,
    /// The earning; `depth` is the index that the rule counts.
    pub earned: Earned,
    /// What an earlier round paid for the same: the earning is the difference to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before_micro: Option<i64>,
    /// The orders that it came from, where the source does not name its only one: a return of one of them takes back that order's part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub orders: Vec<OrderPart>,
}

/// An order among those that an earning came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderPart {
    /// The sale.
    pub sale: SaleId,
    /// What commission is worked out on, as the close saw it, in minor units: its weight among them.
    pub base_minor: i64,
}

impl Posts for PeriodEarned {
    /// One movement per member: the list says what it is made of.
    fn postings(&self) -> Vec<Posting> {
        let mut sums: Vec<(MemberId, i64)> = Vec::new();
        for earning in &self.earned {
            match sums.iter_mut().find(|(member, _)| *member == earning.earned.member) {
                Some((_, sum)) => *sum += earning.earned.amount_micro,
                None => sums.push((earning.earned.member, earning.earned.amount_micro)),
            }
        }
        let moved = |(member, sum)| Posting::moving(Unit::earning(), Account::commission_pending(member), Account::commission_expense(), sum);
        sums.into_iter().filter_map(moved).collect()
    }
}

/// Ranks after a month; a part of a close. Whoever has the lowest rank and had no other before is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RanksDecided {
    /// `YYYY-MM`.
    pub month: String,
    /// Of the close.
    pub round: u32,
    /// Counts from 0 within the round.
    pub part: u32,
    /// By member's id.
    pub ranks: Vec<RankDecided>,
}
impl Posts for RanksDecided {}

/// One member's rank after a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RankDecided {
    /// Whose.
    pub member: MemberId,
    /// What an earlier close had given.
    #[serde(default)]
    pub before: Option<String>,
    /// In force from now on, where none is given by hand.
    #[serde(default)]
    pub rank: Option<String>,
    /// How it came about.
    pub how: RankHow,
    /// The month in which it was last reached, `YYYY-MM`.
    pub since: String,
    /// What the reached rank rests on.
    #[serde(default)]
    pub because: Vec<Ground>,
    /// What the next one wanted.
    #[serde(default)]
    pub missing: Vec<Ground>,
}

/// Statements of a month; a part of a close.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementsIssued {
    /// `YYYY-MM`.
    pub month: String,
    /// Of the close.
    pub round: u32,
    /// Counts from 0 within the round.
    pub part: u32,
    /// By member's id.
    pub statements: Vec<Statement>,
}

/// A member's month. `opening + earned + adjusted = payable + closing`, to the millionth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Statement {
    /// Whose.
    pub member: MemberId,
    /// Month, running number, and the round where it is not the first.
    pub number: String,
    /// What the statement before left: a remainder, or below zero a debt. In millionths of a minor unit.
    pub opening_micro: i64,
    /// Earned with sales of the month and by its rules.
    pub earned_micro: i64,
    /// Returns, late sales, cuts by limits, differences of a further round.
    pub adjusted_micro: i64,
    /// What is paid, tax included: the sum floored to the minor unit, never below zero.
    pub payable_minor: i64,
    /// Tax withheld from it.
    pub tax_minor: i64,
    /// What is left for the next statement.
    pub closing_micro: i64,
}

impl Posts for StatementsIssued {
    fn postings(&self) -> Vec<Posting> {
        let of = |statement: &Statement| {
            let (member, payable, tax) = (statement.member, statement.payable_minor, statement.tax_minor);
            let exact = payable.saturating_mul(MICRO);
            [
                Posting::moving(Unit::earning(), Account::commission_settled(), Account::commission_pending(member), exact),
                Posting::moving(Unit::money(), Account::commission_payable(member), Account::commission_expense(), payable - tax),
                Posting::moving(Unit::money(), Account::tax_withheld(), Account::commission_expense(), tax),
            ]
        };
        self.statements.iter().flat_map(of).flatten().collect()
    }
}

/// Millionths in a minor unit.
pub const MICRO: i64 = 1_000_000;

/// What a statement is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    /// What the statement before left.
    pub opening_micro: i64,
    /// Earned in the month.
    pub earned_micro: i64,
    /// Everything that corrects.
    pub adjusted_micro: i64,
    /// What earlier rounds of the month paid already, in minor units, tax included.
    pub paid_minor: i64,
    /// The tax withheld from that.
    pub paid_tax_minor: i64,
}

/// Works out a statement: rounds once, carries the remainder, and never pays below zero: a shortfall stays as a debt.
pub fn statement(member: MemberId, number: String, sums: Sums, tax: TaxRule, minor_digits: u32) -> Statement {
    let due = sums.opening_micro + sums.earned_micro + sums.adjusted_micro;
    let payable_minor = due.div_euclid(MICRO).max(0);
    let tax_minor = (tax.of(sums.paid_minor + payable_minor, minor_digits) - sums.paid_tax_minor).clamp(0, payable_minor);
    Statement {
        member,
        number,
        opening_micro: sums.opening_micro,
        earned_micro: sums.earned_micro,
        adjusted_micro: sums.adjusted_micro,
        payable_minor,
        tax_minor,
        closing_micro: due - payable_minor * MICRO,
    }
}

/// Which tax is withheld from commission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaxRule {
    /// None.
    None,
    /// Labour remuneration in China, by person and month.
    ChinaLabour,
}

impl TaxRule {
    /// The rule of a jurisdiction.
    pub fn of_jurisdiction(jurisdiction: &str) -> Self {
        if jurisdiction == "CN" { Self::ChinaLabour } else { Self::None }
    }

    /// Tax on what a person is paid in a month, rounded half up to the minor unit.
    pub fn of(self, payable_minor: i64, minor_digits: u32) -> i64 {
        match self {
            Self::None => 0,
            Self::ChinaLabour => {
                let minor = Exact::ten_to(minor_digits);
                let tax = labour_monthly(&Exact::from(payable_minor).over(&minor).unwrap_or(Exact::ZERO));
                let half = Exact::from(1).over(&Exact::from(2)).unwrap_or(Exact::ZERO);
                (&(&tax * &minor) + &half).floor().to_i64().unwrap_or(0)
            }
        }
    }
}

/// The identity of a part of a close: the same wherever and however often it is closed.
pub fn part_id(shop: &str, month: &str, round: u32, kind: &str, part: u32) -> EntryId {
    let mut bytes = [0; 16];
    let text = format!("{shop}/{month}/{round}/{kind}/{part}");
    // FNV-1a, twice with different seeds: an identity, no secret.
    for (half, seed) in bytes.chunks_mut(8).zip([0xcbf2_9ce4_8422_2325_u64, 0x9ae1_6a3b_2f90_404f]) {
        let hash = text.bytes().fold(seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        half.copy_from_slice(&hash.to_be_bytes());
    }
    EntryId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

/// Why a month is not closed, or not opened again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum MonthRefusal {
    /// Not `YYYY-MM`.
    #[error("{month} is not a month")]
    MonthShape {
        /// As asked.
        month: String,
    },
    /// The month is not over yet.
    #[error("{month} is not over yet")]
    NotOver {
        /// As asked.
        month: String,
    },
    /// It is closed.
    #[error("{month} is closed already")]
    AlreadyClosed {
        /// As asked.
        month: String,
    },
    /// An earlier month has to be closed first.
    #[error("close {month} first")]
    EarlierOpen {
        /// The earliest open month.
        month: String,
    },
    /// What was reviewed is not what stands now.
    #[error("something of this month changed since it was worked out: look at it once more")]
    Changed,
    /// Not the last closed month.
    #[error("only the last closed month, {month}, can be opened again")]
    NotLast {
        /// Which could be.
        month: String,
    },
    /// No month is closed.
    #[error("no month is closed")]
    NoneClosed,
    /// The reason is missing.
    #[error("opening a month again needs a reason")]
    NoReason,
    /// The month's facts contradict each other.
    #[error("{reason}")]
    Engine {
        /// The engine's words.
        reason: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sums(opening_micro: i64, earned_micro: i64, adjusted_micro: i64) -> Sums {
        Sums { opening_micro, earned_micro, adjusted_micro, ..Sums::default() }
    }

    #[test]
    fn a_statement_rounds_once_carries_what_is_left_and_a_shortfall_stays_as_a_debt() {
        let member = MemberId(uuid::Uuid::from_u128(1));
        let cases =
            [(0, 2_999_999, 0, 2, 999_999), (999_999, 1, 0, 1, 0), (0, 500_000, -2_500_000, 0, -2_000_000), (-2_000_000, 5_300_000, 0, 3, 300_000)];
        for (opening, earned, adjusted, payable, closing) in cases {
            let statement = statement(member, String::new(), sums(opening, earned, adjusted), TaxRule::None, 2);
            assert_eq!((statement.payable_minor, statement.closing_micro), (payable, closing));
            assert_eq!(opening + earned + adjusted, statement.payable_minor * MICRO + statement.closing_micro);
        }
    }

    #[test]
    fn a_further_round_withholds_only_what_the_whole_month_owes_more() {
        let member = MemberId(uuid::Uuid::from_u128(1));
        let whole = TaxRule::ChinaLabour.of(500_000, 2);
        assert_eq!(whole, 80_000);
        let first = statement(member, String::new(), sums(0, 300_000 * MICRO, 0), TaxRule::ChinaLabour, 2);
        let paid = Sums { paid_minor: 300_000, paid_tax_minor: first.tax_minor, ..sums(0, 200_000 * MICRO, 0) };
        assert_eq!(first.tax_minor + statement(member, String::new(), paid, TaxRule::ChinaLabour, 2).tax_minor, whole);
    }

    #[test]
    fn the_same_part_has_one_identity_and_different_parts_have_others() {
        let one = part_id("shop", "2026-10", 1, "MonthClosed", 0);
        assert_eq!(one, part_id("shop", "2026-10", 1, "MonthClosed", 0));
        for other in [
            part_id("shop", "2026-10", 2, "MonthClosed", 0),
            part_id("shop", "2026-11", 1, "MonthClosed", 0),
            part_id("other", "2026-10", 1, "MonthClosed", 0),
        ] {
            assert_ne!(one, other);
        }
    }
}
