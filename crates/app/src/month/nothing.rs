//! Why did this member earn nothing on this sale? Rule by rule, over the chain that the sale froze.

use books::query::PeriodWish;
use domain::{
    fact::Fact,
    ids::{EntryId, MemberId, SaleId},
    plan::{Plan, month::why_nothing_in, rule::Accrue},
    sale::PlanUsed,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::close::{closing_plan, rank_policy};
use crate::{
    failure::{Failure, not_found},
    menu::Call,
};

/// A sale and a member.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NothingQuestion {
    /// The sale.
    pub sale: SaleId,
    /// Who earned nothing, or so it seems.
    pub member: MemberId,
}

/// What each rule says.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NothingAnswer {
    /// Number of the sale.
    pub number: String,
    /// The shop's day.
    pub business_date: String,
    /// By which version it earned.
    pub plan: Option<PlanUsed>,
    /// Why no rule was asked at all: `no_plan`, `no_buyer`, `nothing_counts`, `not_a_member_then`.
    pub instead: Option<String>,
    /// The engine's answers: `rule`, `code` and the data of it.
    pub rules: Vec<Value>,
    /// Names of the members that the answers mention.
    pub names: Vec<(MemberId, String)>,
}

/// Why a member earned nothing on a sale.
pub async fn why_nothing(call: &Call<'_>, question: NothingQuestion) -> Result<NothingAnswer, Failure> {
    let shop = call.shop()?;
    let row = shop.books.sale_row(question.sale).await?.ok_or_else(|| not_found("sale"))?;
    let stored = shop.books.entry(EntryId(question.sale.0)).await?.ok_or_else(|| not_found("sale"))?;
    let (used, buyer, base) = match stored.entry.fact(stored.number)? {
        Some(Fact::SaleRecorded(sale)) => (sale.plan, sale.member, sale.lines.iter().map(|line| line.base_minor).sum()),
        Some(Fact::SaleImported(sale)) => (sale.plan.clone(), sale.member, sale.base_minor()),
        Some(_) | None => return Err(not_found("sale")),
    };
    let mut answer = NothingAnswer {
        number: row.number,
        business_date: row.business_date.clone(),
        plan: used.clone(),
        instead: None,
        rules: Vec::new(),
        names: Vec::new(),
    };
    let instead = match (&used, buyer, base) {
        (_, None, _) => Some("no_buyer"),
        (None, _, _) => Some("no_plan"),
        (_, _, ..=0) => Some("nothing_counts"),
        (Some(_), Some(_), _) => None,
    };
    let (Some(used), None) = (used, instead) else {
        answer.instead = instead.map(str::to_owned);
        return Ok(answer);
    };
    let plans = shop.books.plans().await?;
    let frozen = plans.iter().find(|plan| plan.version == used.version).ok_or_else(|| not_found("plan"))?;
    let frozen = shop.plan(frozen)?;
    let month = shop.books.sale_month(question.sale).await?.ok_or_else(|| not_found("sale"))?;
    let closing = closing_plan(shop, &month).await?.map(|row| shop.plan(&row)).transpose()?;
    let by_period = |plan: &Plan| plan.rules.iter().any(|rule| rule.accrue == Accrue::Period);
    // The whole month is read only where a rule asks for it.
    let whole = closing.as_deref().is_some_and(by_period);
    let wish = PeriodWish { month: &month, explanations: false, only: (!whole).then_some(question.sale) };
    let facts = shop.books.period(wish, &mut |_, _| true).await?.map(|(_, facts)| facts).unwrap_or_default();
    let policy = rank_policy(shop).await;
    let (order, member) = (question.sale.to_string(), question.member.to_string());
    let told = |plan: &Plan, accrue: Accrue| {
        let answers = why_nothing_in(plan, &facts, policy, &order, &member)?;
        let wanted = plan.rules.iter().zip(answers).filter(|(rule, _)| rule.accrue == accrue).map(|(_, answer)| answer);
        Some(wanted.filter_map(|answer| serde_json::to_value(answer).ok()).collect::<Vec<Value>>())
    };
    match told(&frozen, Accrue::Paid) {
        Some(rules) => answer.rules = rules,
        None => answer.instead = Some("not_a_member_then".into()),
    }
    if let (Some(plan), None) = (closing.as_deref().filter(|plan| by_period(plan)), &answer.instead) {
        answer.rules.extend(told(plan, Accrue::Period).unwrap_or_default());
    }
    let below = answer.rules.iter().filter_map(|rule| rule["member"].as_str()?.parse().ok().map(MemberId));
    let mut named: Vec<MemberId> = below.collect();
    named.push(question.member);
    answer.names = shop.books.member_names(&named).await?.into_iter().collect();
    Ok(answer)
}
