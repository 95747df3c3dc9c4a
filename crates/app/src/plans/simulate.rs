//! A draft run on a past month of the shop's own sales: what everyone would have earned, held against what that month's plan gives them.
//!
//! Both plans are run by the same engine on the same orders over the frozen chains, so that a difference is the plans' and nothing else. Results stay in
//! memory until the program ends; that one was looked at is kept with the activation of the very plan that it ran.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use books::query::{Page, PeriodWish, Window};
use domain::{
    exact::Exact,
    ids::MemberId,
    plan::{
        Plan,
        month::{ShopMonth, as_if},
        ranks::RankPolicy,
        tally::{Tally, tally},
    },
    plans::PlanRefusal,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use super::{hash_of, in_force, next_version, not_found_simulation, plan_of};
use crate::{
    failure::Failure,
    house::Shop,
    jobs::{JobKind, Progress},
    menu::Call,
    month::close::rank_policy,
};

/// Results kept at a time; the oldest goes first.
const KEPT: usize = 8;

/// A draft and a month to run it on.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SimulateDraft {
    /// JSON text of the plan language.
    pub text: String,
    /// `YYYY-MM`.
    pub month: String,
}

/// Which part of a result.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SimulationQuestion {
    /// Hash of the plan that was run.
    pub hash: String,
    /// The month that it was run on.
    pub month: String,
    /// Part of a name or number; empty for all.
    #[serde(default)]
    pub search: String,
    /// `number`, `name`, `before`, `after` or `difference`.
    pub sort: Option<String>,
    /// Largest first.
    pub descending: bool,
    /// Which rows.
    pub window: Window,
}

/// A result: the whole, and the rows asked for.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Simulation {
    /// Figures of the whole.
    pub summary: SimulationSummary,
    /// Members who earn by either plan.
    pub page: Page<SimulationRow>,
}

/// Figures of a simulation. Amounts in minor units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SimulationSummary {
    /// Hash of the plan that was run.
    pub hash: String,
    /// The month.
    pub month: String,
    /// Version whose plan it is held against; absent where none was in force.
    pub version: Option<u32>,
    /// Orders that count.
    pub orders: i64,
    /// What the buyers paid in them.
    pub net_minor: i64,
    /// Statements by the plan of that month.
    pub before_minor: i64,
    /// Statements by the draft.
    pub after_minor: i64,
    /// Members who would gain.
    pub gain: i64,
    /// Members who would lose.
    pub lose: i64,
    /// Members who would earn the same.
    pub same: i64,
    /// Of the money received, in millionths, rounded up; absent where nothing was sold.
    pub ratio_ppm: Option<i64>,
    /// What the draft can pay at most, in millionths of money received.
    pub bound_ppm: Option<i64>,
    /// What the goods brought whose cost is known.
    pub costed_net_minor: i64,
    /// What they cost, at today's cost.
    pub cost_minor: i64,
    /// Members by the size of the difference, from the largest loss to the largest gain.
    pub spread: Vec<SpreadBin>,
}

/// Members whose difference lies in a range.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SpreadBin {
    /// Above (for gains: from just above) this many minor units; absent for the lowest bin.
    pub from_minor: Option<i64>,
    /// Up to this many; absent for the highest bin.
    pub to_minor: Option<i64>,
    /// Members.
    pub members: i64,
    /// Their differences together.
    pub sum_minor: i64,
}

/// A member in a simulation. Amounts in minor units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SimulationRow {
    /// Who.
    pub member: MemberId,
    /// Number.
    pub number: String,
    /// Name.
    pub name: String,
    /// By the plan of that month.
    pub before_minor: i64,
    /// By the draft.
    pub after_minor: i64,
    /// Draft less plan.
    pub difference_minor: i64,
}

/// A result as it is kept.
#[derive(Debug)]
pub struct Simulated {
    /// Figures of the whole.
    pub summary: SimulationSummary,
    /// By member's id.
    pub rows: Vec<SimulationRow>,
}

/// Results of this run of the program, newest last, and which of them were looked at.
#[derive(Debug, Default)]
pub struct Simulations(Mutex<Vec<(Arc<Simulated>, bool)>>);

impl Simulations {
    fn all(&self) -> MutexGuard<'_, Vec<(Arc<Simulated>, bool)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, simulated: Simulated) {
        let mut all = self.all();
        all.retain(|(old, _)| old.summary.hash != simulated.summary.hash || old.summary.month != simulated.summary.month);
        all.push((Arc::new(simulated), false));
        if all.len() > KEPT {
            all.remove(0);
        }
    }

    /// A result; whoever asks for it has seen it.
    pub(super) fn look(&self, hash: &str, month: &str) -> Option<Arc<Simulated>> {
        let mut all = self.all();
        let (simulated, seen) = all.iter_mut().find(|(one, _)| one.summary.hash == hash && one.summary.month == month)?;
        *seen = true;
        Some(simulated.clone())
    }

    /// The newest result of this very plan that was looked at.
    pub fn seen(&self, hash: &str) -> Option<Arc<Simulated>> {
        self.all().iter().rev().find(|(one, seen)| *seen && one.summary.hash == hash).map(|(one, _)| one.clone())
    }
}

/// Runs a draft on a past month, as a job; `simulation` reads the result.
pub async fn simulate_plan(call: &Call<'_>, draft: SimulateDraft) -> Result<u32, Failure> {
    let shop = call.shop_arc()?;
    let rows = shop.books.plans().await?;
    let plan = plan_of(&shop, &draft.text, next_version(&rows))?;
    let jurisdiction = shop.settings().await.jurisdiction.clone();
    let bound_ppm = super::check(&plan, &jurisdiction)?.bound_ppm;
    if !shop.books.months().await?.contains(&draft.month) {
        return Err(Failure::refused(PlanRefusal::NoSales { month: draft.month }));
    }
    let last_day = format!("{}-31", draft.month);
    let held = in_force(&rows, &last_day).map(|row| Ok::<_, Failure>((row.version, shop.plan(row)?))).transpose()?;
    let progress = call.house.jobs.begin(JobKind::Simulate, call.house.world.now_ms())?;
    let told = progress.clone();
    Ok(progress.run(async move {
        let simulated = run(&shop, plan, held, &draft.month, bound_ppm, &told).await?;
        let result = json!({"hash": simulated.summary.hash, "month": simulated.summary.month});
        shop.simulations.keep(simulated);
        Ok(result)
    }))
}

async fn run(
    shop: &Arc<Shop>,
    plan: Plan,
    held: Option<(u32, Arc<Plan>)>,
    month: &str,
    bound_ppm: Option<i64>,
    told: &Progress,
) -> Result<Simulated, Failure> {
    let stopped = || Failure::refused(PlanRefusal::Stopped);
    let wish = PeriodWish { month, explanations: false, only: None };
    let mut hear = |done, total| {
        told.at("reading", done, total);
        !told.stopped()
    };
    let (_, read) = shop.books.period(wish, &mut hear).await?.ok_or_else(stopped)?;
    let (costed_net_minor, cost_minor) = shop.books.month_cost(month).await?;
    let version = held.as_ref().map(|(version, _)| *version);
    let hash = hash_of(&plan.to_json());
    // Ranks fall or stay as the shop has set it, in the simulation as at the close.
    let policy = rank_policy(shop).await;
    let worker = told.clone();
    // The engine takes its time and a thread of its own: the window and the till go on meanwhile.
    let work = tokio::task::spawn_blocking(move || -> Result<_, Failure> {
        let total = i64::try_from(read.orders.len()).unwrap_or(i64::MAX);
        let pays = |plan: &Plan, step: &'static str| -> Result<BTreeMap<String, i64>, Failure> {
            let mut go_on = |done: usize| {
                worker.at(step, i64::try_from(done).unwrap_or(total), total);
                !worker.stopped()
            };
            statements(plan, &read, policy, &mut go_on)?.ok_or_else(|| Failure::refused(PlanRefusal::Stopped))
        };
        let before = held.map(|(_, plan)| pays(&plan, "before")).transpose()?.unwrap_or_default();
        let after = pays(&plan, "draft")?;
        let counting = read.orders.iter().filter(|order| order.net_minor > 0);
        let (orders, net_minor) = counting.fold((0, 0), |(orders, net), order| (orders + 1, net + order.net_minor));
        Ok((before, after, orders, net_minor))
    });
    let (before, after, orders, net_minor) = work.await.map_err(|error| Failure::Broken { trace: error.to_string() })??;
    let rows = named(shop, before, after).await?;
    let sum = |of: fn(&SimulationRow) -> i64| rows.iter().map(of).sum::<i64>();
    let count = |test: fn(i64) -> bool| i64::try_from(rows.iter().filter(|row| test(row.difference_minor)).count()).unwrap_or(i64::MAX);
    let after_minor = sum(|row| row.after_minor);
    let summary = SimulationSummary {
        hash,
        month: month.to_owned(),
        version,
        orders,
        net_minor,
        before_minor: sum(|row| row.before_minor),
        after_minor,
        gain: count(|difference| difference > 0),
        lose: count(|difference| difference < 0),
        same: count(|difference| difference == 0),
        ratio_ppm: ratio_up(after_minor, net_minor),
        bound_ppm,
        costed_net_minor,
        cost_minor,
        spread: spread(&rows, i64::from(shop.info.minor_digits)),
    };
    Ok(Simulated { summary, rows })
}

/// What each member's statement would be, in minor units.
fn statements(
    plan: &Plan,
    month: &ShopMonth,
    policy: RankPolicy,
    go_on: &mut dyn FnMut(usize) -> bool,
) -> Result<Option<BTreeMap<String, i64>>, Failure> {
    // Whole numbers where the plan allows it; the engine proper says the same with every explanation, which nobody reads here.
    match tally(plan, month, policy, go_on) {
        Tally::Statements(rows) => {
            return Ok(Some(rows.iter().map(|row| (month.parties[row.party as usize].id.clone(), row.amount_minor)).collect()));
        }
        Tally::Stopped => return Ok(None),
        Tally::Beyond => {}
    }
    let ran = as_if(plan, month, policy, go_on).map_err(|error| Failure::refused(PlanRefusal::CannotRun { reason: error.to_string() }))?;
    let minor = Exact::ten_to(plan.minor_digits());
    let in_minor = |amount: &str| Exact::parse(amount).ok().and_then(|amount| (&amount * &minor).floor().to_i64()).unwrap_or(0);
    Ok(ran.map(|ran| ran.closed.statements.iter().map(|row| (row.member.clone(), in_minor(&row.amount))).collect()))
}

async fn named(shop: &Shop, before: BTreeMap<String, i64>, mut after: BTreeMap<String, i64>) -> Result<Vec<SimulationRow>, Failure> {
    let mut pairs: BTreeMap<String, (i64, i64)> = before.into_iter().map(|(member, amount)| (member, (amount, 0))).collect();
    while let Some((member, amount)) = after.pop_first() {
        pairs.entry(member).or_default().1 = amount;
    }
    let mut ids: Vec<MemberId> = Vec::with_capacity(pairs.len());
    for member in pairs.keys() {
        ids.push(uuid::Uuid::parse_str(member).map(MemberId).map_err(|_| Failure::Broken { trace: format!("{member} is no member") })?);
    }
    let mut labels = BTreeMap::new();
    for part in ids.chunks(500) {
        labels.extend(shop.books.member_labels(part).await?);
    }
    let rows = ids.into_iter().zip(pairs.into_values()).map(|(member, (before_minor, after_minor))| {
        let (number, name) = labels.remove(&member).unwrap_or_default();
        SimulationRow { member, number, name, before_minor, after_minor, difference_minor: after_minor - before_minor }
    });
    Ok(rows.collect())
}

/// A share in millionths, rounded up.
fn ratio_up(part: i64, whole: i64) -> Option<i64> {
    let (part, whole) = (i128::from(part) * 1_000_000, i128::from(whole));
    let rounded = if whole > 0 { (part + whole - 1).div_euclid(whole) } else { return None };
    i64::try_from(rounded).ok()
}

/// Members by the size of their difference: none, and on both sides up to 10, 100, 1,000 and more units of money.
fn spread(rows: &[SimulationRow], digits: i64) -> Vec<SpreadBin> {
    let unit = 10_i64.pow(u32::try_from(digits).unwrap_or(0));
    let edges = [10 * unit, 100 * unit, 1000 * unit];
    let mut bins: Vec<SpreadBin> = Vec::new();
    let bin = |from_minor, to_minor| SpreadBin { from_minor, to_minor, members: 0, sum_minor: 0 };
    bins.push(bin(None, Some(-edges[2] - 1)));
    bins.push(bin(Some(-edges[2]), Some(-edges[1] - 1)));
    bins.push(bin(Some(-edges[1]), Some(-edges[0] - 1)));
    bins.push(bin(Some(-edges[0]), Some(-1)));
    bins.push(bin(Some(0), Some(0)));
    bins.push(bin(Some(1), Some(edges[0])));
    bins.push(bin(Some(edges[0] + 1), Some(edges[1])));
    bins.push(bin(Some(edges[1] + 1), Some(edges[2])));
    bins.push(bin(Some(edges[2] + 1), None));
    for row in rows {
        let difference = row.difference_minor;
        let inside = |bin: &&mut SpreadBin| bin.from_minor.is_none_or(|from| difference >= from) && bin.to_minor.is_none_or(|to| difference <= to);
        if let Some(bin) = bins.iter_mut().find(inside) {
            bin.members += 1;
            bin.sum_minor += difference;
        }
    }
    bins
}

/// A result, page by page; asking for it is what counts as having seen it.
pub async fn simulation(call: &Call<'_>, question: SimulationQuestion) -> Result<Simulation, Failure> {
    let shop = call.shop()?;
    let simulated = shop.simulations.look(&question.hash, &question.month).ok_or_else(not_found_simulation)?;
    let rows = sorted(&simulated, &question.search, question.sort.as_deref(), question.descending);
    let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let offset = usize::try_from(question.window.offset).unwrap_or(0);
    let limit = usize::try_from(question.window.limit.clamp(0, 200)).unwrap_or(0);
    let page = Page { count, rows: rows.into_iter().skip(offset).take(limit).cloned().collect() };
    Ok(Simulation { summary: simulated.summary.clone(), page })
}

/// Rows that match, in the order asked for; the largest change either way first where none is.
pub(super) fn sorted<'a>(simulated: &'a Simulated, search: &str, sort: Option<&str>, descending: bool) -> Vec<&'a SimulationRow> {
    let wanted = search.trim().to_lowercase();
    let matches =
        |row: &&SimulationRow| wanted.is_empty() || row.name.to_lowercase().contains(&wanted) || row.number.to_lowercase().contains(&wanted);
    let mut rows: Vec<&SimulationRow> = simulated.rows.iter().filter(matches).collect();
    match sort {
        Some("number") => rows.sort_by(|one, other| one.number.cmp(&other.number)),
        Some("name") => rows.sort_by(|one, other| one.name.cmp(&other.name)),
        Some("before") => rows.sort_by_key(|row| row.before_minor),
        Some("after") => rows.sort_by_key(|row| row.after_minor),
        Some("difference") => rows.sort_by_key(|row| row.difference_minor),
        Some(_) | None => {
            rows.sort_by_key(|row| std::cmp::Reverse(row.difference_minor.abs()));
            return rows;
        }
    }
    if descending {
        rows.reverse();
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_difference_lies_in_one_bin_and_the_bins_add_up() {
        let row = |difference_minor: i64| SimulationRow {
            member: MemberId(uuid::Uuid::nil()),
            number: String::new(),
            name: String::new(),
            before_minor: 0,
            after_minor: difference_minor,
            difference_minor,
        };
        let differences = [-100_001, -100_000, -10_001, -10_000, -1001, -1000, -1, 0, 1, 1000, 1001, 10_000, 10_001, 100_000, 100_001];
        let rows: Vec<SimulationRow> = differences.map(row).into();
        let bins = spread(&rows, 2);
        assert_eq!(bins.iter().map(|bin| bin.members).collect::<Vec<_>>(), [1, 2, 2, 2, 1, 2, 2, 2, 1]);
        assert_eq!(bins.iter().map(|bin| bin.sum_minor).sum::<i64>(), 0);
    }

    #[test]
    fn a_ratio_is_never_shown_lower_than_it_is() {
        assert_eq!([ratio_up(1, 3), ratio_up(26, 100), ratio_up(0, 5), ratio_up(5, 0)], [Some(333_334), Some(260_000), Some(0), None]);
    }
}
