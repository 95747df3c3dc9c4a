//! The owner's plan: one form for plans of two or three levels by rank, versions with a date, the proven bound, and a worked example.

use std::collections::BTreeMap;

use books::query::PlanRow;
use domain::{
    ids::MemberId,
    plan::{Plan, ScenarioError},
    plans::{PlanActivated, PlanRefusal},
    sale::{ChainLink, Earned, earnings_of},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ts_rs::TS;

use crate::{failure::Failure, menu::Call, world::is_date};

/// A plan of some levels, by rank: what the form edits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PlanForm {
    /// Distribution ranks, lowest first; empty where all are alike.
    pub ranks: Vec<String>,
    /// How many levels above the buyer are paid.
    pub levels: u32,
    /// For each rank (one row where there are none) the percentage at each level, such as `8` or `2.5`.
    pub rates: Vec<Vec<String>>,
    /// Frozen members are passed over and the next above takes their place; otherwise they keep it and earn nothing.
    pub compress: bool,
    /// The buyer's own purchase earns at level 1 (自购返佣).
    pub self_purchase: bool,
}

/// A plan as a form or as text of the plan language.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum PlanSource {
    /// The form.
    Form {
        /// It.
        form: PlanForm,
    },
    /// JSON text.
    Text {
        /// It.
        text: String,
    },
}

/// A plan to activate.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PlanDraft {
    /// The plan.
    pub source: PlanSource,
    /// First business date.
    pub effective_from: String,
    /// Rules of the check that the owner acknowledged.
    #[serde(default)]
    pub acknowledged: Vec<String>,
}

/// A version as the page shows it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PlanVersion {
    /// As kept.
    pub row: PlanRow,
    /// The same as a form, where the form can hold it.
    pub form: Option<PlanForm>,
    /// True for the version in force today.
    pub in_force: bool,
}

/// What the check found.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PlanCheck {
    /// The plan as text of the plan language.
    pub text: String,
    /// The most of money received that it can ever pay, such as `26.00%`; absent where nothing bounds it.
    pub bound: Option<String>,
    /// The same in millionths, rounded up.
    pub bound_ppm: Option<i64>,
    /// Findings of the compliance check.
    pub findings: Vec<PlanFinding>,
    /// The whole report of the engine.
    pub report: Value,
}

/// One finding.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PlanFinding {
    /// `block`, `confirm` or `info`.
    pub severity: String,
    /// The rule of the check.
    pub rule: String,
    /// Its reason in English; screens own the words by `rule`.
    pub reason: String,
    /// Source of law.
    pub law: Option<String>,
}

/// A worked example.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PlanTry {
    /// The plan.
    pub source: PlanSource,
    /// Net of the order in minor units.
    pub net_minor: i64,
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

/// What each place of the example's chain earns.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TryAnswer {
    /// Place in the chain, 0 the buyer.
    pub depth: u32,
    /// Rule.
    pub rule: String,
    /// Rate in millionths.
    pub rate_ppm: Option<i64>,
    /// Exact amount in millionths of a minor unit.
    pub amount_micro: i64,
}

/// Why a form is no plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
enum FormRefusal {
    /// 1 to 10.
    #[error("a plan pays between 1 and 10 levels")]
    Levels,
    /// A row or cell is missing.
    #[error("every rank needs a rate at every level")]
    Table,
    /// Not a percentage between 0 and 100 with at most four decimals.
    #[error("{rate} is not a percentage between 0 and 100 with at most four decimals")]
    Rate { rate: String, rank: usize, level: usize },
    /// Two ranks of one name, or one without.
    #[error("ranks need names, each its own")]
    RankName,
}

impl PlanSource {
    /// The plan of this source.
    fn plan(&self, version: u32, currency: &str, minor_digits: u8) -> Result<Plan, Failure> {
        let text = match self {
            Self::Text { text } => text.clone(),
            Self::Form { form } => form.text(version, currency, minor_digits).map_err(Failure::refused)?,
        };
        Plan::parse(&text).map_err(|error| not_a_plan(&error))
    }
}

fn not_a_plan(error: &ScenarioError) -> Failure {
    Failure::refused(PlanRefusal::NotAPlan { path: error.path.clone(), reason: error.to_string() })
}

/// Ids of a plan's ranks, lowest first.
pub fn rank_names(plan: &Plan) -> Vec<String> {
    plan.ranks.iter().map(|rank| rank.id.clone()).collect()
}

impl PlanForm {
    fn text(&self, version: u32, currency: &str, minor_digits: u8) -> Result<String, FormRefusal> {
        if !(1..=10).contains(&self.levels) {
            return Err(FormRefusal::Levels);
        }
        let mut names: Vec<&str> = self.ranks.iter().map(|rank| rank.trim()).collect();
        let rows = names.len().max(1);
        names.sort_unstable();
        if names.iter().any(|name| name.is_empty() || *name == "*") || names.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(FormRefusal::RankName);
        }
        if self.rates.len() != rows || self.rates.iter().any(|row| row.len() != self.levels as usize) {
            return Err(FormRefusal::Table);
        }
        let mut table = serde_json::Map::new();
        for (place, row) in self.rates.iter().enumerate() {
            let cells = row.iter().enumerate().map(|(level, rate)| match percent(rate) {
                Some(rate) => Ok(Value::from(format!("{rate}%"))),
                None => Err(FormRefusal::Rate { rate: rate.clone(), rank: place, level }),
            });
            let name = self.ranks.get(place).map_or("*", |rank| rank.trim());
            table.insert(name.to_owned(), Value::Array(cells.collect::<Result<_, _>>()?));
        }
        let unit = match minor_digits {
            0 => "1".to_owned(),
            digits => format!("0.{}1", "0".repeat(usize::from(digits) - 1)),
        };
        let active = json!({"active": true});
        let (hold, pay) = if self.compress { (active, json!("always")) } else { (json!("always"), active) };
        let ranks: Vec<Value> = self.ranks.iter().map(|rank| json!({"id": rank.trim()})).collect();
        let plan = json!({
            "id": "shop", "version": version, "currency": currency, "rounding": {"unit": unit}, "ranks": ranks,
            "rules": [{
                "id": "levels", "kind": "walk", "accrue": "paid",
                "source": {"event": "order", "base": "net"},
                "path": {"tree": "sponsor", "self": self.self_purchase, "hold": hold, "pay": pay, "max": self.levels, "index": "depth"},
                "rate": {"mode": "absolute", "table": table},
            }],
            "limits": [],
        });
        Ok(plan.to_string())
    }

    /// The form of a plan, where the form can hold it: writing it again gives the same plan.
    pub fn of(row: &PlanRow, minor_digits: u8) -> Option<Self> {
        let value: Value = serde_json::from_str(&row.plan).ok()?;
        let rule = &value["rules"][0];
        let strings =
            |value: &Value| value.as_array()?.iter().map(|cell| Some(cell.as_str()?.trim_end_matches('%').to_owned())).collect::<Option<Vec<_>>>();
        let ranks: Vec<String> = value["ranks"].as_array().into_iter().flatten().filter_map(|rank| Some(rank["id"].as_str()?.to_owned())).collect();
        let table = &rule["rate"]["table"];
        let rates =
            if ranks.is_empty() { vec![strings(&table["*"])?] } else { ranks.iter().map(|rank| strings(&table[rank])).collect::<Option<_>>()? };
        let form = Self {
            ranks,
            levels: u32::try_from(rule["path"]["max"].as_u64()?).ok()?,
            rates,
            compress: rule["path"]["hold"] == json!({"active": true}),
            self_purchase: rule["path"]["self"] == json!(true),
        };
        let again = form.text(row.version, value["currency"].as_str()?, minor_digits).ok()?;
        (Plan::parse(&again).ok()? == Plan::parse(&row.plan).ok()?).then_some(form)
    }
}

/// A percentage as typed, between 0 and 100 with at most four decimals (so that a rate is whole millionths), without needless zeros.
fn percent(typed: &str) -> Option<String> {
    let typed = typed.trim().trim_end_matches(['%', '％']).trim();
    let (whole, part) = typed.split_once('.').unwrap_or((typed, ""));
    let digits = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
    let part = part.trim_end_matches('0');
    if whole.is_empty() || whole.len() > 3 || part.len() > 4 || !digits(whole) || !digits(part) {
        return None;
    }
    let whole: u32 = whole.parse().ok()?;
    let beyond = whole > 100 || (whole == 100 && !part.is_empty());
    (!beyond).then(|| if part.is_empty() { whole.to_string() } else { format!("{whole}.{part}") })
}

/// Every version, newest first.
pub async fn plans(call: &Call<'_>, (): ()) -> Result<Vec<PlanVersion>, Failure> {
    let shop = call.shop()?;
    let today = call.house.today(shop);
    let rows = shop.books.plans().await?;
    let in_force = in_force(&rows, &today).map(|row| row.version);
    let digits = shop.info.minor_digits;
    Ok(rows.into_iter().map(|row| PlanVersion { form: PlanForm::of(&row, digits), in_force: Some(row.version) == in_force, row }).collect())
}

fn in_force<'a>(rows: &'a [PlanRow], date: &str) -> Option<&'a PlanRow> {
    rows.iter().filter(|row| row.effective_from.as_str() <= date).max_by(|a, b| (&a.effective_from, a.version).cmp(&(&b.effective_from, b.version)))
}

/// Bound, findings and the text of a plan that is being written.
pub async fn check_plan(call: &Call<'_>, source: PlanSource) -> Result<PlanCheck, Failure> {
    let shop = call.shop()?;
    let plan = source.plan(next_version(&shop.books.plans().await?), &shop.info.currency, shop.info.minor_digits)?;
    let jurisdiction = shop.settings().await.jurisdiction.clone();
    check(&plan, &jurisdiction)
}

fn next_version(rows: &[PlanRow]) -> u32 {
    rows.iter().map(|row| row.version).max().unwrap_or(0) + 1
}

/// What the engine proves of a plan and what the law of a jurisdiction says of it.
pub fn check(plan: &Plan, jurisdiction: &str) -> Result<PlanCheck, Failure> {
    crate::scenarios::check_of(plan, jurisdiction)
}

/// A new version takes effect from a date. The owner alone; what the law forbids is refused, what it doubts has to be acknowledged.
pub async fn activate_plan(call: &Call<'_>, draft: PlanDraft) -> Result<Vec<PlanVersion>, Failure> {
    let shop = call.shop()?;
    if !is_date(&draft.effective_from) {
        return Err(Failure::refused(PlanRefusal::DateShape { date: draft.effective_from }));
    }
    let jurisdiction = shop.settings().await.jurisdiction.clone();
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
        let plan = draft.source.plan(version, &shop.info.currency, shop.info.minor_digits)?;
        let check = check(&plan, &jurisdiction)?;
        for finding in &check.findings {
            let (rule, reason) = (finding.rule.clone(), finding.reason.clone());
            match finding.severity.as_str() {
                "block" => return Err(Failure::refused(PlanRefusal::Blocked { finding: rule, reason })),
                "confirm" if !draft.acknowledged.contains(&rule) => {
                    return Err(Failure::refused(PlanRefusal::NotAcknowledged { finding: rule, reason }));
                }
                _ => {}
            }
        }
        let text = plan.to_json();
        let hash = blake3::hash(text.as_bytes()).to_hex().to_string();
        let (effective_from, acknowledged) = (draft.effective_from.clone(), draft.acknowledged.clone());
        let activated = PlanActivated { version, effective_from, plan: text, hash, bound_ppm: check.bound_ppm, acknowledged };
        writing.record(call.entry(activated)?).await?;
        Ok(())
    }
    .await;
    call.house.finish(writing, outcome).await?;
    plans(call, ()).await
}

/// Works an example through the real engine.
pub async fn try_plan(call: &Call<'_>, example: PlanTry) -> Result<Vec<TryAnswer>, Failure> {
    let shop = call.shop()?;
    let plan = example.source.plan(1, &shop.info.currency, shop.info.minor_digits)?;
    let chain: Vec<ChainLink> = (0u128..)
        .zip(&example.chain)
        .map(|(place, link)| ChainLink { member: MemberId(uuid::Uuid::from_u128(place + 1)), rank: link.rank.clone(), active: link.active })
        .collect();
    let earned = earnings_of(&plan, "example", example.net_minor, 1000, Default::default(), &chain).map_err(Failure::refused)?;
    let places: BTreeMap<MemberId, u32> = (0u32..).zip(&chain).map(|(place, link)| (link.member, place)).collect();
    let answer = |earned: Earned| TryAnswer {
        depth: places.get(&earned.member).copied().unwrap_or(earned.depth),
        rule: earned.rule,
        rate_ppm: earned.rate_ppm,
        amount_micro: earned.amount_micro,
    };
    Ok(earned.into_iter().map(answer).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_as_people_type_them() {
        for (typed, read) in [
            ("8", Some("8")),
            ("2.50%", Some("2.5")),
            ("0", Some("0")),
            ("100", Some("100")),
            ("100.1", None),
            ("1.23456", None),
            ("-1", None),
            ("", None),
        ] {
            assert_eq!(percent(typed).as_deref(), read, "{typed}");
        }
    }

    #[test]
    fn a_form_written_and_read_is_the_same_form() {
        let form = PlanForm {
            ranks: vec!["普通".into(), "金牌".into()],
            levels: 2,
            rates: vec![vec!["8".into(), "3".into()], vec!["10".into(), "4.5".into()]],
            compress: true,
            self_purchase: false,
        };
        let text = form.text(1, "CNY", 2).expect("a plan");
        let row = PlanRow { version: 1, effective_from: "2026-01-01".into(), plan: text, hash: String::new(), bound_ppm: None };
        assert_eq!(PlanForm::of(&row, 2), Some(form));
    }
}
