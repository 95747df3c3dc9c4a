//! The proof that a month's report equals the ledger. Entries never change, so a proof is carried on from where it stood: only entries since are summed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{after, month_of};
use crate::{Books, BooksError};

/// The month's report held against the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProofOfMonth {
    /// Sum of the report, exact, in millionths of a minor unit.
    pub report_micro: i64,
    /// Sum of the ledger's postings of the month's entries to pending commission.
    pub ledger_micro: i64,
    /// Net sales of the month in minor units.
    pub net_minor: i64,
}

/// A proof, and the entries it covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proven {
    /// The newest entry it covers.
    pub number: i64,
    /// It.
    pub proof: ProofOfMonth,
}

impl Books {
    /// Holds the report of a month against the ledger itself. With an earlier proof of the same month in these books, only what was recorded since is read
    /// from the ledger; the answer is the same.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn month_proof(&self, month: &str, earlier: Option<&Proven>) -> Result<Proven, BooksError> {
        // One statement, so that every sum is of the same moment. What the month owes is what it cost the shop, whoever's account it stands on since.
        // The plus keeps the days' index out where a few newest entries are the shorter way.
        let since = if earlier.is_some() { "+" } else { "" };
        let text = format!(
            "SELECT (SELECT coalesce(max(number), 0) FROM journal),
            (SELECT coalesce(sum(amount_micro), 0) FROM earned_months WHERE month = ?1),
            (SELECT coalesce(sum(CASE cost.key WHEN p.credit THEN p.amount WHEN p.debit THEN -p.amount ELSE 0 END), 0)
                FROM (SELECT key FROM accounts WHERE name = 'commission.expense' AND party IS NULL) cost,
                    (SELECT entry FROM sales WHERE month = ?1 AND entry > ?2 UNION SELECT entry FROM earnings WHERE month = ?1 AND entry > ?2) e
                JOIN postings p ON p.entry = e.entry WHERE p.unit = (SELECT key FROM units WHERE name = 'earning')),
            (SELECT coalesce(sum(net_minor), 0) FROM sales WHERE entry > ?2 AND {since}business_date >= ?3 AND {since}business_date < ?4)"
        );
        let (number, report_micro, ledger_micro, net_minor): (i64, i64, i64, i64) = sqlx::query_as(sqlx::AssertSqlSafe(text))
            .bind(month_of(month).unwrap_or(-1))
            .bind(earlier.map_or(0, |earlier| earlier.number))
            .bind(month)
            .bind(after(month))
            .fetch_one(&self.readers)
            .await?;
        let before = earlier.map_or((0, 0), |earlier| (earlier.proof.ledger_micro, earlier.proof.net_minor));
        Ok(Proven { number, proof: ProofOfMonth { report_micro, ledger_micro: before.0 + ledger_micro, net_minor: before.1 + net_minor } })
    }
}
