//! Two plans held against each other.

use domain::plan::{
    Plan,
    compare::{Part, compare},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::not_a_plan;
use crate::{failure::Failure, menu::Call};

/// Two plans, each as JSON text of the plan language.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PlanPair {
    /// As it was.
    pub before: String,
    /// As it is.
    pub after: String,
}

/// One difference; screens put it into words.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PlanChange {
    /// `plan`, `rank`, `rule`, `limit`, `rank_order` or `rule_order`.
    pub part: String,
    /// Which rank, rule or limit.
    pub id: Option<String>,
    /// Keys below it, outermost first; places in lists count from 1.
    pub path: Vec<String>,
    /// As it was; absent where there was nothing.
    pub before: Option<Value>,
    /// As it is; absent where there is nothing.
    pub after: Option<Value>,
}

/// What differs between two plans, in the order of the later one.
pub async fn compare_plans(_: &Call<'_>, pair: PlanPair) -> Result<Vec<PlanChange>, Failure> {
    let read = |text: &str| Plan::parse(text).map_err(|error| not_a_plan(&error));
    let changes = compare(&read(&pair.before)?, &read(&pair.after)?);
    let told = changes.into_iter().map(|change| {
        let (part, id) = match change.part {
            Part::Plan => ("plan", None),
            Part::Rank(id) => ("rank", Some(id)),
            Part::Rule(id) => ("rule", Some(id)),
            Part::Limit(id) => ("limit", Some(id)),
            Part::RankOrder => ("rank_order", None),
            Part::RuleOrder => ("rule_order", None),
        };
        PlanChange { part: part.to_owned(), id, path: change.path, before: change.before, after: change.after }
    });
    Ok(told.collect())
}
