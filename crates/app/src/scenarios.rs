//! Files of others: plan scenarios, plans to check, sales to price. Exact, and the same engine as the shop's own.

use domain::{
    plan::{self, Catalogue, Jurisdiction, Plan, Severity, ShopFacts},
    pricing,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    failure::Failure,
    menu::Call,
    plans::{PlanCheck, PlanFinding},
};

/// A plan to check against a jurisdiction and a catalogue, both as text.
#[derive(Debug, Clone, Serialize, Deserialize, ts_rs::TS)]
pub struct CheckQuestion {
    /// JSON text of the plan.
    pub plan: String,
    /// `CN`, `US`, `EU` or `none`.
    pub jurisdiction: String,
    /// JSON text: `{"products":[{"net":"10.00","pv":"5"}, …]}`.
    #[serde(default)]
    pub catalogue: Option<String>,
    /// JSON text: what the check has to know of the shop.
    #[serde(default)]
    pub shop: Option<String>,
}

/// Why a file of others is not run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
enum ScenarioRefusal {
    /// Not valid, and where.
    #[error("{reason}")]
    NotValid {
        /// JSON path.
        path: String,
        /// Line and column where known, and what is wrong there.
        reason: String,
    },
    /// No such pack.
    #[error("there is no jurisdiction {jurisdiction}; known are CN, US, EU and none")]
    UnknownJurisdiction {
        /// As asked.
        jurisdiction: String,
    },
}

fn not_valid(path: &str, reason: String) -> Failure {
    Failure::refused(ScenarioRefusal::NotValid { path: path.to_owned(), reason })
}

/// What the engine makes of a scenario of the plan language.
pub async fn plan_run(_: &Call<'_>, text: String) -> Result<Value, Failure> {
    let outcome = plan::run_scenario(&text).map_err(|error| not_valid(&error.path, error.to_string()))?;
    serde_json::to_value(outcome).map_err(|error| Failure::Broken { trace: error.to_string() })
}

/// Bound, worst case and findings of a plan.
pub async fn plan_check(_: &Call<'_>, question: CheckQuestion) -> Result<Value, Failure> {
    let jurisdiction = jurisdiction_of(&question.jurisdiction)?;
    let catalogue = part::<Catalogue>("catalogue", question.catalogue.as_deref())?;
    let shop = part::<ShopFacts>("shop", question.shop.as_deref())?;
    let report = plan::check(&question.plan, jurisdiction, &catalogue, &shop).map_err(|error| not_valid(&error.path, error.to_string()))?;
    serde_json::to_value(report).map_err(|error| Failure::Broken { trace: error.to_string() })
}

fn part<T: serde::de::DeserializeOwned + Default>(name: &str, text: Option<&str>) -> Result<T, Failure> {
    text.map_or_else(|| Ok(T::default()), |text| serde_json::from_str(text).map_err(|error| not_valid(name, error.to_string())))
}

/// A sale priced from a file.
pub async fn quote_file(_: &Call<'_>, text: String) -> Result<Value, Failure> {
    pricing::quote_scenario(&text).map_err(|error| not_valid(&error.path, error.to_string()))
}

fn jurisdiction_of(name: &str) -> Result<Jurisdiction, Failure> {
    serde_json::from_value(Value::from(name)).map_err(|_| Failure::refused(ScenarioRefusal::UnknownJurisdiction { jurisdiction: name.to_owned() }))
}

/// What the engine proves of a plan of the shop's own and what the law says of it.
pub fn check_of(plan: &Plan, jurisdiction: &str) -> Result<PlanCheck, Failure> {
    let report = plan::check_plan(plan, jurisdiction_of(jurisdiction)?, &Catalogue::default(), &ShopFacts::default());
    let findings = report
        .findings
        .iter()
        .map(|finding| {
            let rule = serde_json::to_value(finding.id).ok().and_then(|id| id.as_str().map(str::to_owned)).unwrap_or_default();
            let severity = match finding.severity {
                Severity::Block => "block",
                Severity::Confirm => "confirm",
                Severity::Info => "info",
            };
            let law = Some(finding.law.clone()).filter(|law| !law.is_empty());
            PlanFinding { severity: severity.into(), rule, reason: finding.reason.clone(), law }
        })
        .collect();
    let report_json = serde_json::to_value(&report).map_err(|error| Failure::Broken { trace: error.to_string() })?;
    let most = report_json["bound"]["most"].as_str().map(str::to_owned);
    let bound_ppm = most.as_deref().and_then(ppm_up);
    let bound = bound_ppm.map(percent);
    Ok(PlanCheck { text: plan.to_json(), bound, bound_ppm, findings, report: report_json })
}

/// A decimal share such as `0.26` in millionths, rounded up: a bound is never shown lower than it is.
fn ppm_up(share: &str) -> Option<i64> {
    let (whole, part) = share.split_once('.').unwrap_or((share, ""));
    let kept = part.get(..6).unwrap_or(part);
    let beyond = part.get(6..).is_some_and(|rest| rest.bytes().any(|digit| digit != b'0'));
    let ppm = whole.parse::<i64>().ok()?.checked_mul(1_000_000)?.checked_add(format!("{kept:0<6}").parse().ok()?)?;
    Some(ppm + i64::from(beyond))
}

/// Millionths as a percentage with two decimals, rounded up: `26.00%`.
fn percent(ppm: i64) -> String {
    let hundredths = ppm.div_euclid(100) + i64::from(ppm.rem_euclid(100) > 0);
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_is_never_shown_lower_than_it_is() {
        for (share, ppm, shown) in [("0.26", 260_000, "26.00%"), ("0.2600001", 260_001, "26.01%"), ("1", 1_000_000, "100.00%"), ("0", 0, "0.00%")] {
            assert_eq!(ppm_up(share), Some(ppm), "{share}");
            assert_eq!(percent(ppm), shown);
        }
    }
}
