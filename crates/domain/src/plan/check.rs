//! A plan checked before it is activated: its bound, the witness of it, and what the lint of a jurisdiction finds.

use serde::Serialize;

use super::{
    bound::{Catalogue, PlanBound, bound},
    error::ScenarioError,
    lint::{Finding, ShopFacts, lint},
    pack::{Jurisdiction, Severity, pack},
    rule::Plan,
    witness::{Witness, witness},
};

/// What the check says about a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckReport {
    /// The plan's id.
    pub plan: String,
    /// Its version.
    pub version: u32,
    /// By whose law.
    pub jurisdiction: Jurisdiction,
    /// The law as of this date.
    pub as_of: String,
    /// May it be activated at all? False with any finding of severity `block`.
    pub allowed: bool,
    /// What it can pay at most, and why.
    pub bound: PlanBound,
    /// A worst case that the engine ran; absent where nothing is paid on a chain.
    pub witness: Option<Witness>,
    /// In the order of the pack.
    pub findings: Vec<Finding>,
    /// Shown beside every report.
    pub notice: &'static str,
}

/// What every report says about itself.
pub const NOTICE: &str = "This check is no legal advice.";

/// Checks the JSON of a plan.
///
/// # Errors
/// The first fault, where the text is no plan.
pub fn check(plan_json: &str, jurisdiction: Jurisdiction, catalogue: &Catalogue, shop: &ShopFacts) -> Result<CheckReport, ScenarioError> {
    Ok(check_plan(&Plan::parse(plan_json)?, jurisdiction, catalogue, shop))
}

/// Checks a plan.
pub fn check_plan(plan: &Plan, jurisdiction: Jurisdiction, catalogue: &Catalogue, shop: &ShopFacts) -> CheckReport {
    let pack = pack(jurisdiction);
    let bound = bound(plan, catalogue);
    let findings = lint(plan, &bound, &pack, shop);
    CheckReport {
        plan: plan.id.clone(),
        version: plan.version,
        jurisdiction,
        as_of: pack.as_of,
        allowed: !pack.rules.is_empty() && findings.iter().all(|finding| finding.severity != Severity::Block),
        witness: witness(plan, catalogue, bound.most.as_ref()),
        bound,
        findings,
        notice: NOTICE,
    }
}
