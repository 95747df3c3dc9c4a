//! What the engine proves of a plan and what the law of a jurisdiction says of it, ready to stand beside the fields.

use std::collections::BTreeMap;

use domain::{
    exact::Exact,
    plan::{
        self, Catalogue, Jurisdiction, Plan, Severity, ShopFacts,
        witness::Witness,
        worked::{amounts_of, tags_of},
    },
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::{hash_of, next_version, plan_of};
use crate::{failure::Failure, menu::Call, scenarios::jurisdiction_of};

/// What the check found.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PlanCheck {
    /// The plan as text of the plan language, every setting spelled out, as it would be kept.
    pub text: String,
    /// BLAKE3 of it.
    pub hash: String,
    /// The most of money received that it can ever pay, such as `26.00%`; absent where nothing bounds it.
    pub bound: Option<String>,
    /// The same in millionths, rounded up.
    pub bound_ppm: Option<i64>,
    /// The lowest company limit as a share of money received, where one stands.
    pub limit: Option<String>,
    /// Rule by rule, in the plan's order.
    pub rules: Vec<PlanRuleBound>,
    /// The chain that is paid most, as the engine ran it; absent where a chain is paid nothing.
    pub worst: Option<WorstCase>,
    /// Findings of the compliance check.
    pub findings: Vec<PlanFinding>,
    /// By whose law.
    pub jurisdiction: String,
    /// The law as of this date.
    pub as_of: String,
    /// Names of the order amounts that it reads, `net` first.
    pub amounts: Vec<String>,
    /// Tags of orders that it asks for.
    pub tags: Vec<String>,
}

/// The bound of one rule.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PlanRuleBound {
    /// The rule.
    pub rule: String,
    /// At most, such as `8.00%`; absent where nothing bounds it.
    pub bound: Option<String>,
    /// The same in millionths, rounded up.
    pub bound_ppm: Option<i64>,
    /// What it follows from: a code and its figures, as exact decimals.
    pub why: Value,
}

/// One finding.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PlanFinding {
    /// `block`, `confirm` or `info`.
    pub severity: String,
    /// The rule of the check.
    pub rule: String,
    /// JSON path of the field that it concerns, beginning at `plan`.
    pub path: String,
    /// Its figures by name.
    pub params: BTreeMap<String, String>,
    /// Its reason in English; screens own the words by `rule`.
    pub reason: String,
    /// Source of law.
    pub law: Option<String>,
}

/// A chain of members, the buyer first, and one order that the plan pays most for.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WorstCase {
    /// From the buyer up.
    pub places: Vec<WorstPlace>,
    /// Money received in it, exact.
    pub net: String,
    /// Paid in it, exact.
    pub paid: String,
    /// Paid of received, such as `26.00%`, rounded up.
    pub share: String,
    /// It reaches the bound: the bound is exact.
    pub reaches_bound: bool,
}

/// A place in the worst chain.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WorstPlace {
    /// Its rank.
    pub rank: Option<String>,
    /// What it is paid, exact.
    pub amount: String,
    /// Of money received, in millionths, rounded up.
    pub share_ppm: i64,
}

/// Bound, findings and the text of a plan that is being written.
pub async fn check_plan(call: &Call<'_>, text: String) -> Result<PlanCheck, Failure> {
    let shop = call.shop()?;
    let plan = plan_of(shop, &text, next_version(&shop.books.plans().await?))?;
    let jurisdiction = shop.settings().await.jurisdiction.clone();
    check(&plan, &jurisdiction)
}

/// The check of a plan of the shop's own.
///
/// # Errors
/// A jurisdiction that is not known.
pub fn check(plan: &Plan, jurisdiction: &str) -> Result<PlanCheck, Failure> {
    let report = plan::check_plan(plan, jurisdiction_of(jurisdiction)?, &Catalogue::default(), &ShopFacts::default());
    let text = plan.to_json();
    let rules = report
        .bound
        .rules
        .iter()
        .map(|rule| {
            let why = serde_json::to_value(&rule.why).unwrap_or_default();
            let bound_ppm = rule.most.as_ref().and_then(ppm_up);
            PlanRuleBound { rule: rule.rule.clone(), bound: bound_ppm.map(percent), bound_ppm, why }
        })
        .collect();
    let findings = report
        .findings
        .iter()
        .map(|finding| PlanFinding {
            severity: match finding.severity {
                Severity::Block => "block",
                Severity::Confirm => "confirm",
                Severity::Info => "info",
            }
            .to_owned(),
            rule: word(&finding.id),
            path: finding.path.clone(),
            params: finding.params.clone(),
            reason: finding.reason.clone(),
            law: Some(finding.law.clone()).filter(|law| !law.is_empty()),
        })
        .collect();
    let bound_ppm = report.bound.most.as_ref().and_then(ppm_up);
    Ok(PlanCheck {
        hash: hash_of(&text),
        text,
        bound: bound_ppm.map(percent),
        bound_ppm,
        limit: report.bound.limit.as_ref().and_then(ppm_up).map(percent),
        rules,
        worst: report.witness.as_ref().and_then(worst),
        findings,
        jurisdiction: jurisdiction_word(report.jurisdiction),
        as_of: report.as_of,
        amounts: amounts_of(plan),
        tags: tags_of(plan),
    })
}

fn word(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn jurisdiction_word(jurisdiction: Jurisdiction) -> String {
    word(&jurisdiction)
}

/// The witness as a chain: what each member of it is paid on the one order and on whatever else the scenario needs.
fn worst(witness: &Witness) -> Option<WorstCase> {
    let outcome = plan::run_scenario(&witness.scenario.to_string()).ok()?;
    let mut paid: BTreeMap<&str, Exact> = BTreeMap::new();
    for posting in outcome.periods.iter().flat_map(|period| &period.postings) {
        *paid.entry(&posting.member).or_default() += &posting.amount;
    }
    let members = witness.scenario["facts"]["members"].as_array()?;
    let places = members
        .iter()
        .map(|member| {
            let amount = member["id"].as_str().and_then(|id| paid.get(id)).cloned().unwrap_or_default();
            let share_ppm = amount.over(&witness.net).as_ref().and_then(ppm_up).unwrap_or(0);
            WorstPlace { rank: member["rank"].as_str().map(str::to_owned), amount: amount.to_string(), share_ppm }
        })
        .collect::<Vec<_>>();
    // Whoever stands above the last who is paid says nothing.
    let last = places.iter().rposition(|place| place.share_ppm > 0).unwrap_or(0);
    Some(WorstCase {
        places: places.into_iter().take(last + 1).collect(),
        net: witness.net.to_string(),
        paid: witness.paid.to_string(),
        share: percent(ppm_up(&witness.share)?),
        reaches_bound: witness.reaches_bound,
    })
}

/// A share in millionths, rounded up: a bound is never shown lower than it is.
fn ppm_up(share: &Exact) -> Option<i64> {
    let millionths = share * &Exact::ten_to(6);
    let floored = millionths.floor();
    floored.to_i64().map(|ppm| ppm + i64::from(floored != millionths))
}

/// Millionths as a percentage with two decimals, rounded up: `26.00%`.
pub(super) fn percent(ppm: i64) -> String {
    let hundredths = ppm.div_euclid(100) + i64::from(ppm.rem_euclid(100) > 0);
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_is_never_shown_lower_than_it_is() {
        for (share, ppm, shown) in [("0.26", 260_000, "26.00%"), ("0.2600001", 260_001, "26.01%"), ("1", 1_000_000, "100.00%"), ("0", 0, "0.00%")] {
            assert_eq!(ppm_up(&Exact::parse(share).expect("a number")), Some(ppm), "{share}");
            assert_eq!(percent(ppm), shown);
        }
    }

    #[test]
    fn the_worst_chain_ends_at_the_last_who_is_paid_and_adds_up() {
        let plan = Plan::parse(r#"{"rules":[{"id":"up","kind":"walk","path":{"max":2},"rate":{"table":{"*":["8%","4.5%"]}}}]}"#).expect("a plan");
        let check = check(&plan, "none").expect("checked");
        let worst = check.worst.expect("a chain");
        assert_eq!(worst.places.iter().map(|place| place.share_ppm).collect::<Vec<_>>(), [0, 80_000, 45_000]);
        assert_eq!((worst.share.as_str(), worst.reaches_bound, check.bound.as_deref()), ("12.50%", true, Some("12.50%")));
        assert_eq!(check.rules[0].bound.as_deref(), Some("12.50%"));
    }
}
