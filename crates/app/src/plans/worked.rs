//! A worked order beside the editor, through the real engine.

use std::collections::BTreeMap;

use domain::{
    exact::Exact,
    plan::worked::{Place, work},
    plans::PlanRefusal,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::plan_of;
use crate::{failure::Failure, menu::Call};

/// A worked example.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PlanTry {
    /// JSON text of the plan language.
    pub text: String,
    /// Amounts of the order in minor units: `net` and whatever else the plan reads.
    pub amounts_minor: BTreeMap<String, i64>,
    /// Tags of the order.
    #[serde(default)]
    pub tags: Vec<String>,
    /// The chain: the buyer first, then each upline with rank and whether active.
    pub chain: Vec<TryLink>,
}

/// A place in the example's chain.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TryLink {
    /// Rank.
    pub rank: Option<String>,
    /// False if frozen.
    pub active: bool,
}

/// What a place of the example's chain earns by one rule.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TryAnswer {
    /// Place in the chain, 0 the buyer.
    pub depth: u32,
    /// Rule.
    pub rule: String,
    /// Exact amount in millionths of a minor unit; what is finer is cut off.
    pub amount_micro: i64,
    /// The engine's explanation.
    pub why: Value,
}

/// Works an example through the real engine.
pub async fn try_plan(call: &Call<'_>, example: PlanTry) -> Result<Vec<TryAnswer>, Failure> {
    let shop = call.shop()?;
    let plan = plan_of(shop, &example.text, 1)?;
    if let Some(amount) = example.amounts_minor.iter().find(|(_, minor)| **minor < 0).map(|(name, _)| name.clone()) {
        return Err(Failure::refused(PlanRefusal::Negative { amount }));
    }
    let minor = Exact::ten_to(plan.minor_digits());
    let amounts = example.amounts_minor.iter().map(|(name, amount)| (name.clone(), Exact::from(*amount).over(&minor).unwrap_or_default())).collect();
    let chain: Vec<Place> = example.chain.iter().take(64).map(|link| Place { rank: link.rank.clone(), active: link.active }).collect();
    let micro = &minor * &Exact::ten_to(6);
    let worked = work(&plan, &amounts, &example.tags, &chain);
    let answers = worked.into_iter().map(|one| TryAnswer {
        depth: u32::try_from(one.place).unwrap_or(u32::MAX),
        rule: one.rule,
        amount_micro: (&one.amount * &micro).floor().to_i64().unwrap_or(i64::MAX),
        why: serde_json::to_value(&one.why).unwrap_or_default(),
    });
    Ok(answers.collect())
}
