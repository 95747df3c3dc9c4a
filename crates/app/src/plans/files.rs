//! Plans as files: read strictly, written whole, in the shop's currency.

use std::path::Path;

use domain::{exact::Exact, plan::Plan};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::not_a_plan;
use crate::{
    failure::{DoorRefusal, Failure},
    house::Shop,
    menu::Call,
};

/// No plan is longer; a larger file is something else.
const MOST_BYTES: u64 = 4 << 20;

/// Where a plan comes from.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum PlanToRead {
    /// A JSON file.
    File {
        /// Its path.
        path: String,
    },
    /// Text that was pasted.
    Text {
        /// It.
        text: String,
    },
}

/// A plan that was read.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OpenedPlan {
    /// Every setting spelled out, in the shop's currency.
    pub text: String,
    /// The currency that it was written for, where that is another: its amounts now count as the shop's.
    pub written_for: Option<String>,
}

/// A plan to write to a file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PlanFile {
    /// JSON text of the plan language.
    pub text: String,
    /// Where to.
    pub path: String,
}

/// Reads a plan for the editor.
pub async fn read_plan(call: &Call<'_>, question: PlanToRead) -> Result<OpenedPlan, Failure> {
    let shop = call.shop()?;
    let text = match question {
        PlanToRead::Text { text } => text,
        PlanToRead::File { path } => {
            let refused = |reason: String| Failure::from(DoorRefusal::File { path: path.clone(), reason });
            let size = tokio::fs::metadata(&path).await.map_err(|error| refused(error.to_string()))?.len();
            if size > MOST_BYTES {
                return Err(refused("it is too large for a plan".to_owned()));
            }
            let bytes = tokio::fs::read(&path).await.map_err(|error| refused(error.to_string()))?;
            String::from_utf8(bytes).map_err(|_| refused("it is not text in UTF-8".to_owned()))?
        }
    };
    let plan = Plan::parse(text.trim_start_matches('\u{feff}')).map_err(|error| not_a_plan(&error))?;
    // Where nothing is said the language means its own default, which is no word of the author's.
    let said = serde_json::from_str::<serde_json::Value>(text.trim_start_matches('\u{feff}')).is_ok_and(|value| value["currency"].is_string());
    let written_for = (said && plan.currency != shop.info.currency).then(|| plan.currency.clone());
    Ok(OpenedPlan { text: in_currency_of(shop, plan).to_json(), written_for })
}

/// Writes a plan as a JSON file, laid out for reading.
pub async fn export_plan(_: &Call<'_>, file: PlanFile) -> Result<(), Failure> {
    let refused = |reason: String| Failure::from(DoorRefusal::File { path: file.path.clone(), reason });
    let plan = Plan::parse(&file.text).map_err(|error| not_a_plan(&error))?;
    let text = serde_json::to_string_pretty(&plan).map_err(|error| refused(error.to_string()))?;
    let path = Path::new(&file.path);
    // Whole or not at all: what stood there is replaced only by a finished file.
    let unfinished = path.with_extension("json.part");
    tokio::fs::write(&unfinished, format!("{text}\n")).await.map_err(|error| refused(error.to_string()))?;
    tokio::fs::rename(&unfinished, path).await.map_err(|error| refused(error.to_string()))
}

/// The plan with the shop's currency and its smallest unit of money.
pub(super) fn in_currency_of(shop: &Shop, mut plan: Plan) -> Plan {
    if plan.currency != shop.info.currency {
        plan.currency.clone_from(&shop.info.currency);
        plan.unit = Exact::ONE.over(&Exact::ten_to(u32::from(shop.info.minor_digits))).unwrap_or(Exact::ONE);
    }
    plan
}
