//! Jurisdiction packs: which rules of the lint apply where, how strictly, and by which law. Data with a date, because the law moves.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::exact::Exact;

/// Where a plan is to be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Jurisdiction {
    /// The Chinese mainland.
    #[serde(rename = "CN")]
    China,
    /// The United States.
    #[serde(rename = "US")]
    UnitedStates,
    /// The European Union.
    #[serde(rename = "EU")]
    EuropeanUnion,
    /// None of them: arithmetic only.
    #[serde(rename = "none")]
    None,
}

/// How strictly a rule is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Cannot be overridden within its jurisdiction.
    Block,
    /// Someone has to acknowledge it, by name, against the plan's hash.
    Confirm,
    /// Is shown.
    Info,
}

/// The rules of one jurisdiction as of a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// Where.
    pub jurisdiction: Jurisdiction,
    /// The law as of this date, `YYYY-MM-DD`.
    pub as_of: String,
    /// The rules that apply.
    pub rules: Vec<PackRule>,
}

/// One rule of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackRule {
    /// Which check.
    pub id: Check,
    /// How strictly.
    pub severity: Severity,
    /// Its thresholds.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, String>,
    /// The source of law.
    pub law: String,
}

/// The checks that packs choose from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// Pay for joining or head count.
    PayForJoining,
    /// Commission on kits or entry fees.
    KitCommission,
    /// More paid levels than allowed, or no end to them.
    TooDeep,
    /// Pairs.
    Binary,
    /// A licensed direct seller pays on others' sales.
    DirectSellerOthers,
    /// A licensed direct seller pays more than allowed.
    DirectSellerRate,
    /// The bound is over what is allowed.
    BoundOver,
    /// No bound and no company limit.
    Unbounded,
    /// Payouts without withholding.
    NoWithholding,
    /// Payouts to people who are not identified.
    Unidentified,
    /// Payouts to people who are not of age.
    UnderAge,
    /// An own purchase is required to earn.
    OwnPurchase,
    /// A base other than net.
    BaseNotNet,
    /// A pool.
    Pool,
    /// Nothing requires sales to customers.
    NoCustomerSales,
    /// Released before the return window ends.
    EarlyRelease,
    /// So many levels and people that the law speaks of a crime.
    CriminalLine,
    /// The bound is above the gross margin.
    BoundOverMargin,
    /// A higher rank with a lower rate.
    RankInversion,
    /// The proven maximum and its witness.
    ProvenMaximum,
    /// The plan is held only by a cut pro rata.
    ProRataCap,
    /// Members who buy far more than they sell.
    HeavyBuyers,
}

/// The pack of a jurisdiction.
pub fn pack(jurisdiction: Jurisdiction) -> Pack {
    let text = match jurisdiction {
        Jurisdiction::China => include_str!("packs/cn.json"),
        Jurisdiction::UnitedStates => include_str!("packs/us.json"),
        Jurisdiction::EuropeanUnion => include_str!("packs/eu.json"),
        Jurisdiction::None => include_str!("packs/none.json"),
    };
    serde_json::from_str(text).unwrap_or(Pack { jurisdiction, as_of: String::new(), rules: Vec::new() })
}

impl PackRule {
    /// A threshold, or what holds where the pack gives none.
    pub(super) fn threshold(&self, name: &str, otherwise: i64) -> Exact {
        self.params.get(name).and_then(|text| Exact::parse(text).ok()).unwrap_or(Exact::from(otherwise))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pack_reads_has_a_date_and_forbids_what_has_no_bound() {
        for jurisdiction in [Jurisdiction::China, Jurisdiction::UnitedStates, Jurisdiction::EuropeanUnion, Jurisdiction::None] {
            let pack = pack(jurisdiction);
            assert_eq!(pack.as_of.len(), 10, "{jurisdiction:?}");
            assert_eq!(pack.jurisdiction, jurisdiction);
            let severity = |check| pack.rules.iter().find(|rule| rule.id == check).map(|rule| rule.severity);
            assert_eq!(severity(Check::Unbounded), Some(Severity::Block));
            assert_eq!(severity(Check::Binary).is_some(), jurisdiction == Jurisdiction::China);
            let mut ids: Vec<Check> = pack.rules.iter().map(|rule| rule.id).collect();
            ids.sort();
            ids.dedup();
            assert_eq!(ids.len(), pack.rules.len(), "each check once");
        }
    }
}
