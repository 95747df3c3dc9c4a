//! What the law of a country asks a shop to report of a year's commission, as data with the first year in which it holds.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// From which sum on a person's year is reported, and where that stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct YearlyReport {
    /// Law by which plans are checked, as the settings name it.
    pub jurisdiction: String,
    /// The first year in which it holds, until a later one takes its place.
    pub first_year: i32,
    /// Paid in the year: this much or more is reported, in whole units of the currency.
    pub least_units: i64,
    /// What the form is called.
    pub form: String,
    /// The source of law.
    pub law: String,
}

/// What is reported of a year under a jurisdiction; nothing where its law asks for no such form, or the pack is silent on the year.
pub fn yearly_report(jurisdiction: &str, year: i32) -> Option<YearlyReport> {
    let pack: Vec<YearlyReport> = serde_json::from_str(include_str!("yearly.json")).unwrap_or_default();
    let holds = |report: &YearlyReport| report.jurisdiction == jurisdiction && report.first_year <= year;
    pack.into_iter().filter(holds).max_by_key(|report| report.first_year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pack_is_read_and_each_year_has_its_own_law() {
        assert_eq!(yearly_report("US", 2019), None);
        assert_eq!(yearly_report("US", 2025).map(|report| report.least_units), Some(600));
        assert_eq!(yearly_report("US", 2026).map(|report| report.least_units), Some(2000));
        assert_eq!(yearly_report("CN", 2026), None);
    }
}
