//! The owner's plan: versions with a date, read and written as text of the plan language; the editor's questions stand in the files below.

use books::query::PlanRow;
use domain::{
    plan::{Plan, ScenarioError},
    plans::{Acknowledged, PlanActivated, PlanRefusal, SimulationSeen},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{failure::Failure, house::Shop, menu::Call, world::is_date};

mod compare;
mod files;
mod gallery;
mod judge;
mod simulate;
mod simulation_sheet;
mod worked;

pub use compare::{PlanChange, PlanPair, compare_plans};
pub use files::{OpenedPlan, PlanFile, PlanToRead, export_plan, read_plan};
pub use gallery::{GalleryPlan, plan_gallery};
pub use judge::{PlanCheck, PlanFinding, PlanRuleBound, WorstCase, WorstPlace, check, check_plan};
pub use simulate::{
    SimulateDraft, Simulated, Simulation, SimulationQuestion, SimulationRow, SimulationSummary, Simulations, SpreadBin, simulate_plan, simulation,
};
pub use simulation_sheet::{SimulationFile, export_simulation};
pub use worked::{PlanTry, TryAnswer, TryLink, try_plan};

/// A plan to activate.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PlanDraft {
    /// JSON text of the plan language.
    pub text: String,
    /// First business date.
    pub effective_from: String,
    /// What the owner typed against each finding that has to be acknowledged.
    #[serde(default)]
    pub acknowledged: Vec<Acknowledgement>,
}

/// A finding that the owner takes upon themselves, in their own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Acknowledgement {
    /// The rule of the check.
    pub rule: String,
    /// As typed.
    pub words: String,
}

/// A version as the page shows it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PlanVersion {
    /// As kept.
    pub row: PlanRow,
    /// True for the version in force today.
    pub in_force: bool,
}

fn not_a_plan(error: &ScenarioError) -> Failure {
    Failure::refused(PlanRefusal::NotAPlan { path: error.path.clone(), reason: error.to_string() })
}

/// The plan of a text as it would stand in this shop under this version number.
fn plan_of(shop: &Shop, text: &str, version: u32) -> Result<Plan, Failure> {
    let mut plan = Plan::parse(text).map_err(|error| not_a_plan(&error))?;
    if plan.currency != shop.info.currency {
        return Err(Failure::refused(PlanRefusal::OtherCurrency { currency: plan.currency, shop: shop.info.currency.clone() }));
    }
    plan.version = version;
    Ok(plan)
}

/// BLAKE3 of a plan's text, hexadecimal: what acknowledgements, simulations and statements refer to.
fn hash_of(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

fn not_found_simulation() -> Failure {
    Failure::refused(PlanRefusal::NotSimulated)
}

/// Ids of a plan's ranks, lowest first.
pub fn rank_names(plan: &Plan) -> Vec<String> {
    plan.ranks.iter().map(|rank| rank.id.clone()).collect()
}

/// Every version, newest first.
pub async fn plans(call: &Call<'_>, (): ()) -> Result<Vec<PlanVersion>, Failure> {
    let shop = call.shop()?;
    let today = call.house.today(shop);
    let rows = shop.books.plans().await?;
    let in_force = in_force(&rows, &today).map(|row| row.version);
    Ok(rows.into_iter().map(|row| PlanVersion { in_force: Some(row.version) == in_force, row }).collect())
}

fn in_force<'a>(rows: &'a [PlanRow], date: &str) -> Option<&'a PlanRow> {
    rows.iter().filter(|row| row.effective_from.as_str() <= date).max_by(|a, b| (&a.effective_from, a.version).cmp(&(&b.effective_from, b.version)))
}

fn next_version(rows: &[PlanRow]) -> u32 {
    rows.iter().map(|row| row.version).max().unwrap_or(0) + 1
}

/// A new version takes effect from a date. The owner alone; what the law forbids is refused, what it doubts has to be acknowledged in words.
pub async fn activate_plan(call: &Call<'_>, draft: PlanDraft) -> Result<Vec<PlanVersion>, Failure> {
    let shop = call.shop()?;
    if !is_date(&draft.effective_from) {
        return Err(Failure::refused(PlanRefusal::DateShape { date: draft.effective_from }));
    }
    let jurisdiction = shop.settings().await.jurisdiction.clone();
    // A plan that nobody could try is the only one that need not be tried.
    let this_month = call.house.today(shop).get(..7).unwrap_or_default().to_owned();
    let has_past_month = shop.books.months().await?.iter().any(|month| *month < this_month);
    let mut writing = shop.books.write().await?;
    let outcome = async {
        let rows = writing.plans().await?;
        let today = call.house.today(shop);
        let newest = rows.iter().map(|row| row.effective_from.clone()).max();
        // The first plan may hold from any day: nothing was paid before it. A later one must not reach back over days that were sold under another.
        let earliest = newest.map(|newest| newest.max(today));
        if let Some(earliest) = earliest.filter(|earliest| draft.effective_from < *earliest) {
            return Err(Failure::refused(PlanRefusal::TooEarly { date: draft.effective_from.clone(), earliest }));
        }
        let version = next_version(&rows);
        let plan = plan_of(shop, &draft.text, version)?;
        let check = check(&plan, &jurisdiction)?;
        let acknowledgements = acknowledged(&check, &draft.acknowledged)?;
        let simulated = shop.simulations.seen(&check.hash);
        if simulated.is_none() && has_past_month {
            return Err(not_found_simulation());
        }
        let activated = PlanActivated {
            version,
            effective_from: draft.effective_from.clone(),
            plan: check.text,
            hash: check.hash,
            bound_ppm: check.bound_ppm,
            acknowledged: acknowledgements.iter().map(|one| one.finding.clone()).collect(),
            acknowledgements,
            simulated: simulated.map(|simulated| seen(&simulated.summary)),
        };
        writing.record(call.entry(activated)?).await?;
        Ok(())
    }
    .await;
    call.house.finish(writing, outcome).await?;
    plans(call, ()).await
}

fn seen(summary: &SimulationSummary) -> SimulationSeen {
    SimulationSeen {
        month: summary.month.clone(),
        orders: summary.orders,
        net_minor: summary.net_minor,
        before_minor: summary.before_minor,
        after_minor: summary.after_minor,
    }
}

/// What the owner took upon themselves of what the check found, each finding once.
fn acknowledged(check: &PlanCheck, typed: &[Acknowledgement]) -> Result<Vec<Acknowledged>, Failure> {
    let mut all: Vec<Acknowledged> = Vec::new();
    for finding in &check.findings {
        let (rule, reason) = (finding.rule.clone(), finding.reason.clone());
        let words = typed.iter().find(|one| one.rule == rule).map(|one| one.words.trim()).filter(|words| !words.is_empty());
        match (finding.severity.as_str(), words) {
            ("block", _) => return Err(Failure::refused(PlanRefusal::Blocked { finding: rule, reason })),
            ("confirm", None) => return Err(Failure::refused(PlanRefusal::NotAcknowledged { finding: rule, reason })),
            ("confirm", Some(words)) if !all.iter().any(|one| one.finding == rule) => {
                all.push(Acknowledged { finding: rule, words: words.to_owned() });
            }
            _ => {}
        }
    }
    Ok(all)
}
