//! Files of others: plan scenarios, plans to check, sales to price. Exact, and the same engine as the shop's own.

use domain::{
    plan::{self, Catalogue, Jurisdiction, ShopFacts},
    pricing,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{failure::Failure, menu::Call};

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

/// The jurisdiction of a name.
///
/// # Errors
/// No such pack.
pub(crate) fn jurisdiction_of(name: &str) -> Result<Jurisdiction, Failure> {
    serde_json::from_value(Value::from(name)).map_err(|_| Failure::refused(ScenarioRefusal::UnknownJurisdiction { jurisdiction: name.to_owned() }))
}
