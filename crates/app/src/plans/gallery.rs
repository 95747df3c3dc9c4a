//! Plans to begin with: each a real plan of the language in a file of its own, with names in both languages.

use std::collections::BTreeMap;

use domain::plan::Plan;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::{check, files::in_currency_of, not_a_plan};
use crate::{failure::Failure, menu::Call};

/// The files, in the order in which they are shown.
const FILES: [&str; 7] = [
    include_str!("gallery/two-level-retail.json"),
    include_str!("gallery/three-level-by-rank.json"),
    include_str!("gallery/differential.json"),
    include_str!("gallery/unilevel.json"),
    include_str!("gallery/group-band.json"),
    include_str!("gallery/matching.json"),
    include_str!("gallery/binary.json"),
];

/// Names by language: `en`, `zh-CN`.
type Names = BTreeMap<String, String>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: String,
    name: Names,
    about: Names,
    /// Names of ranks by id.
    ranks: BTreeMap<String, Names>,
    /// Names of rules by id.
    rules: BTreeMap<String, Names>,
    plan: Value,
}

/// A plan to begin with.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct GalleryPlan {
    /// Which.
    pub id: String,
    /// Its name in the language that was asked for.
    pub name: String,
    /// What it does and for whom, in a sentence or two.
    pub about: String,
    /// The plan, its ranks and rules named in that language.
    pub text: String,
    /// The most of money received that it can pay; absent where nothing bounds it.
    pub bound: Option<String>,
    /// The law of the shop's jurisdiction forbids it as it stands.
    pub forbidden: bool,
}

/// The gallery in a language (`en` or `zh-CN`), judged by the shop's law.
pub async fn plan_gallery(call: &Call<'_>, language: String) -> Result<Vec<GalleryPlan>, Failure> {
    let shop = call.shop()?;
    let jurisdiction = shop.settings().await.jurisdiction.clone();
    let mut plans = Vec::new();
    for text in FILES {
        let (file, plan) = read(text, &language)?;
        let check = check(&in_currency_of(shop, plan), &jurisdiction)?;
        plans.push(GalleryPlan {
            id: file.id,
            name: named(&file.name, &language),
            about: named(&file.about, &language),
            text: check.text,
            bound: check.bound,
            forbidden: check.findings.iter().any(|finding| finding.severity == "block"),
        });
    }
    Ok(plans)
}

fn named(names: &Names, language: &str) -> String {
    let key = if language.starts_with("zh") { "zh-CN" } else { "en" };
    names.get(key).cloned().unwrap_or_default()
}

fn read(text: &str, language: &str) -> Result<(File, Plan), Failure> {
    let file: File = serde_json::from_str(text).map_err(|error| Failure::Broken { trace: format!("gallery: {error}") })?;
    let mut plan = file.plan.clone();
    rename(&mut plan, &file, language);
    let plan = Plan::parse(&plan.to_string()).map_err(|error| not_a_plan(&error))?;
    Ok((file, plan))
}

/// Ids of ranks and rules, wherever they stand, become names.
fn rename(value: &mut Value, file: &File, language: &str) {
    let name = |id: &str, of: &BTreeMap<String, Names>| of.get(id).map(|names| named(names, language));
    match value {
        Value::Object(fields) => {
            let old = std::mem::take(fields);
            for (key, mut inside) in old {
                match (key.as_str(), &inside) {
                    ("id" | "rank_gte" | "rank_is", Value::String(id)) => {
                        if let Some(name) = name(id, &file.ranks).or_else(|| name(id, &file.rules)) {
                            inside = name.into();
                        }
                    }
                    _ => rename(&mut inside, file, language),
                }
                fields.insert(name(&key, &file.ranks).unwrap_or(key), inside);
            }
        }
        Value::Array(items) => {
            for item in items {
                match item.as_str().and_then(|id| name(id, &file.rules)) {
                    Some(name) => *item = name.into(),
                    None => rename(item, file, language),
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_plan_of_the_gallery_is_one_in_both_languages_and_is_bounded_where_the_law_allows_it() {
        for text in FILES {
            let (file, english) = read(text, "en").expect("a plan");
            let (_, chinese) = read(text, "zh-CN").expect("a plan");
            for names in [&file.name, &file.about].into_iter().chain(file.ranks.values()).chain(file.rules.values()) {
                assert_eq!(names.keys().collect::<Vec<_>>(), ["en", "zh-CN"], "{}", file.id);
            }
            assert_eq!((english.ranks.len(), english.rules.len()), (file.ranks.len(), file.rules.len()), "{}: every rank and rule is named", file.id);
            assert!(!english.to_json().chars().any(|letter| letter as u32 > 0x2e80), "{}: English throughout", file.id);
            assert!(chinese.rules.iter().all(|rule| rule.id.chars().any(|letter| letter as u32 > 0x2e80)), "{}: Chinese rules", file.id);
            let bounds = |plan| check(plan, "none").expect("checked").bound_ppm;
            assert_eq!(bounds(&english), bounds(&chinese), "{}", file.id);
        }
    }

    #[test]
    fn the_law_of_china_allows_the_retail_plans_and_forbids_the_deep_ones() {
        let forbidden: Vec<bool> = FILES
            .iter()
            .map(|text| {
                let (_, plan) = read(text, "en").expect("a plan");
                check(&plan, "CN").expect("checked").findings.iter().any(|finding| finding.severity == "block")
            })
            .collect();
        assert_eq!(forbidden, [false, true, true, true, true, false, true]);
    }
}
